//! Reads the questions of a form, in Danish or as a translation.

use super::choices::{Advice, CODE, Choices, choices};
use super::forms::Origin;
use super::place_field;
use super::same_parts::Parts;
use super::slugs::Slugs;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::placeholders::names;
use crate::source::item::Text;
use crate::source::map::Map;
use model::field::{Fault, Field, Kind, Role, Section, Week};
use model::names::{ChoiceCode, FieldName};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A question and the locations of its parts.
pub(super) struct FieldDraft {
    /// `None` if its name or type is missing or invalid, which is reported.
    pub(super) field: Option<Field>,
    /// The choice of a kommune, which a place field asks for if the place lies in several.
    pub(super) choice: Option<Field>,
    /// The name as written, even if it is invalid.
    pub(super) name: String,
    pub(super) name_at: Location,
    pub(super) role_at: Location,
    pub(super) choices_at: Location,
    pub(super) only_for_at: Location,
    pub(super) errors: Vec<ErrorText>,
    /// True if no mistake in it has been reported.
    pub(super) is_sound: bool,
}

/// The message for an error in an answer, and its location.
#[derive(Clone)]
pub(super) struct ErrorText {
    pub(super) text: String,
    pub(super) at: Location,
}

/// The types of fields that authors can write.
#[derive(Clone, Copy)]
enum Type {
    Choice,
    Choices,
    Week,
    Line,
    Text,
    Place,
    Name,
    Phone,
    Email,
}

const TYPES: [(&str, Type); 9] = [
    ("valg", Type::Choice),
    ("flere-valg", Type::Choices),
    ("ugeskema", Type::Week),
    ("linje", Type::Line),
    ("tekst", Type::Text),
    (place_field::NAME, Type::Place),
    ("navn", Type::Name),
    ("telefon", Type::Phone),
    ("email", Type::Email),
];

const ROLES: [(&str, Role); 3] = [("emne", Role::Topic), ("sted", Role::Place), ("ringetid", Role::CallTimes)];

/// The range of a maximum length, in characters. The longest answer still fits into one mail.
const LENGTH: RangeInclusive<u16> = 1..=4000;

/// Reads the questions in a section of a form, in the order of the file.
pub(super) fn fields(
    map: &Map<'_>,
    origin: Origin<'_>,
    section: Option<&Section>,
    reporter: Reporter<'_>,
) -> Vec<FieldDraft> {
    let items = map.list("felter").into_iter();
    let drafts: Vec<FieldDraft> = items
        .filter_map(|item| {
            let before = reporter.count();
            let draft = item.map("felter", |map| read(map, origin, section, reporter))?;
            Some(FieldDraft { is_sound: reporter.count() == before, ..draft })
        })
        .collect();
    if let Some(section) = section {
        let danish = section.fields.iter().filter_map(|field| place_field::written(field.name.as_str())).collect();
        let named = drafts.iter().filter(|draft| !draft.name.is_empty());
        let written: Vec<Text<'_>> = named.map(|draft| Text { text: &draft.name, at: draft.name_at }).collect();
        Parts { noun: "Feltet", danish }.compare(&written, map.at("felter").unwrap_or(map.start()), reporter);
    }
    drafts
}

/// The authors' word for a role.
pub(super) fn role_word(role: Role) -> &'static str {
    ROLES.iter().find(|(_, known)| *known == role).map_or("", |(word, _)| word)
}

/// The properties of a field that are the same in every language.
struct Facts {
    name: Option<FieldName>,
    kind: Option<Kind>,
    role: Option<Role>,
    required: bool,
    only_for: Option<ChoiceCode>,
}

fn read(map: &Map<'_>, origin: Origin<'_>, section: Option<&Section>, reporter: Reporter<'_>) -> FieldDraft {
    let written = map.text("felt");
    let is_it = |field: &Field| place_field::written(field.name.as_str()) == Some(written.text);
    let danish = section.and_then(|section| {
        let at = section.fields.iter().position(is_it)?;
        Some((&section.fields[at], section.fields.get(at + 1)))
    });
    let facts = match (origin, danish) {
        (Origin::Danish(pages), _) => Facts::read(map, written, pages, reporter),
        (Origin::Translation(..), Some((danish, next))) => Facts::of(danish, next, map, reporter),
        (Origin::Translation(..), None) => {
            // The expected texts are unknown, so every key is accepted.
            map.entries();
            let (name, kind, role, required, only_for) = Default::default();
            Facts { name, kind, role, required, only_for }
        }
    };
    let is_known = section.is_none() || danish.is_some();
    let (question, short) =
        if is_known { (map.text("spoergsmaal").text, map.text("i_mail").text) } else { Default::default() };
    let hint = if is_known { hint(map, danish.map(|(field, _)| &field.hint)) } else { None };
    let Facts { name, kind, role, required, only_for } = facts;
    let start = map.start();
    let is_place = matches!(kind, Some(Kind::Postcode));
    let choice = if is_place { place_field::choice(map) } else { None };
    let errors = kind.as_ref().and_then(|kind| {
        map.map("fejl", |map| {
            let own = read_errors(map, reporter, kind, required && !is_place);
            let beside = choice.as_ref().map(|choice| read_errors(map, reporter, &choice.kind, required));
            (own, beside.unwrap_or_default())
        })
    });
    let (errors, beside) = errors.unwrap_or_default();
    let texts = errors.iter().chain(&beside).map(|(_, text)| text.clone()).collect();
    let choice = choice.map(|choice| Field { errors: texts_of(beside), required, ..choice });
    let field = name.zip(kind).map(|(name, kind)| Field {
        role: role.or(kind.fixed_role()).unwrap_or(Role::Detail),
        errors: texts_of(errors),
        name,
        kind,
        question: question.to_owned(),
        short: short.to_owned(),
        hint,
        required: required && !is_place,
        only_for,
    });
    FieldDraft {
        field,
        choice,
        name: written.text.to_owned(),
        name_at: written.at,
        role_at: map.has("rolle").unwrap_or(start),
        choices_at: ["valg", "dage", "tider"].into_iter().find_map(|key| map.has(key)).unwrap_or(start),
        only_for_at: map.has("kun_ved").unwrap_or(start),
        errors: texts,
        is_sound: true,
    }
}

impl Facts {
    /// Reads the facts in a Danish file.
    fn read(map: &Map<'_>, written: Text<'_>, pages: &Slugs<'_>, reporter: Reporter<'_>) -> Self {
        let rule = "a-z, 0-9 og _ og begynde med et bogstav, højst 40 tegn";
        let name = map.parsed("felt", rule, |text| FieldName::parse(text).ok());
        let kind = map.one_of("type", &TYPES);
        let role = map.optional_one_of("rolle", &ROLES);
        let required = !map.yes_no("frivilligt");
        let only_for = map.optional_parsed("kun_ved", CODE, |text| ChoiceCode::parse(text).ok());
        let advice = match role {
            Some(Role::Topic) => Advice::Needed(pages),
            // It may be a topic with a misspelt role: then only the role should be reported.
            None => Advice::Possible(pages),
            Some(_) => Advice::None,
        };
        let kind = kind.map(|kind| read_kind(map, advice, reporter, kind));
        if kind.is_none() {
            // Without a type it is unknown which of these are allowed.
            for key in ["laengde", "valg", "dage", "tider", "fejl"] {
                map.at(key);
            }
        }
        let is_place = matches!(kind, Some(Kind::Postcode));
        let name = name.map(|name| if is_place { place_field::wire_name(name, written, reporter) } else { name });
        Self { name, kind, role, required, only_for }
    }

    /// Copies the facts of the Danish field and translates its choices. A place is followed by its choice of a kommune,
    /// which states whether an answer is required.
    fn of(danish: &Field, next: Option<&Field>, map: &Map<'_>, reporter: Reporter<'_>) -> Self {
        let list = |key, danish| choices(map, key, Choices::Of { danish, noun: "Valget" }, reporter);
        let kind = match &danish.kind {
            Kind::Choice(choices) => Kind::Choice(list("valg", choices)),
            Kind::Choices(choices) => Kind::Choices(list("valg", choices)),
            Kind::Week(week) => Kind::Week(Week { days: list("dage", &week.days), hours: list("tider", &week.hours) }),
            other => other.clone(),
        };
        let required = next.filter(|_| matches!(danish.kind, Kind::Postcode)).unwrap_or(danish).required;
        let (name, only_for) = (Some(danish.name.clone()), danish.only_for.clone());
        Self { name, kind: Some(kind), role: Some(danish.role), required, only_for }
    }
}

/// Reads a hint, which is optional in a Danish file, and required in a translation exactly if the Danish file has one.
pub(super) fn hint(map: &Map<'_>, danish: Option<&Option<String>>) -> Option<String> {
    let text = match danish {
        None => map.optional("hjaelp"),
        Some(Some(_)) => Some(map.text("hjaelp")),
        Some(None) => None,
    };
    text.map(|text| text.text.to_owned())
}

fn read_kind(map: &Map<'_>, advice: Advice<'_>, reporter: Reporter<'_>, kind: Type) -> Kind {
    let max = || map.number("laengde", &LENGTH).unwrap_or(1).into();
    let list = |key, advice| choices(map, key, Choices::New(advice), reporter);
    match kind {
        Type::Choice => Kind::Choice(list("valg", advice)),
        Type::Choices => Kind::Choices(list("valg", advice)),
        Type::Week => Kind::Week(Week { days: list("dage", Advice::None), hours: list("tider", Advice::None) }),
        Type::Line => Kind::Line { max: max() },
        Type::Text => Kind::Text { max: max() },
        Type::Name => Kind::Name { max: max() },
        Type::Place => Kind::Postcode,
        Type::Phone => Kind::Phone,
        Type::Email => Kind::Email,
    }
}

/// Reads the texts for the errors that this kind of field can have, and reports unknown placeholders in them.
fn read_errors(map: &Map<'_>, reporter: Reporter<'_>, kind: &Kind, required: bool) -> Vec<(Fault, ErrorText)> {
    let mut errors = Vec::new();
    for fault in kind.faults(required) {
        let written = map.text(key(fault));
        if written.text.is_empty() {
            continue;
        }
        let allowed = fault.placeholders();
        for name in names(written.text).filter(|name| !allowed.contains(name)) {
            let rule = match allowed {
                [] => "Her kan ingen bruges.".to_owned(),
                _ => format!("Her kan bruges: {}.", list(allowed.iter().copied())),
            };
            let shown = excerpt(name);
            reporter.at(
                written.at,
                DiagnosticCode::UnknownPlaceholder,
                format!("Ordet »{shown}« i krøllede parenteser kendes ikke i »{}«. {rule}", key(fault)),
            );
        }
        errors.push((fault, ErrorText { text: written.text.to_owned(), at: written.at }));
    }
    errors
}

const fn key(fault: Fault) -> &'static str {
    match fault {
        Fault::Missing => "mangler",
        Fault::Unknown => "ukendt",
        Fault::TooLong => "for_lang",
        Fault::Invalid => "ugyldig",
        Fault::Several => "flere",
        Fault::Elsewhere => "passer_ikke",
    }
}

/// The error texts without their locations.
fn texts_of(errors: Vec<(Fault, ErrorText)>) -> BTreeMap<Fault, String> {
    errors.into_iter().map(|(fault, text)| (fault, text.text)).collect()
}
