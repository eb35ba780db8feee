//! Reads one question of a form.

use super::place;
use super::slugs::Slugs;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::item::{Item, Text};
use crate::source::map::Map;
use model::field::{Choice, Fault, Field, Kind, Role, Week};
use model::names::{ChoiceCode, FieldName};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A question and where its parts stand.
pub(super) struct FieldDraft {
    /// None if it has no name or no type that we know, which has been reported.
    pub(super) field: Option<Field>,
    /// Of a place, what is asked where the first answer leads to several kommuner.
    pub(super) choice: Option<Field>,
    /// The name as written, also where it cannot be one.
    pub(super) name: String,
    pub(super) name_at: Location,
    pub(super) role_at: Location,
    pub(super) choices_at: Location,
    pub(super) only_for_at: Location,
    pub(super) errors: Vec<ErrorText>,
    /// Whether nothing in it has been reported.
    pub(super) is_sound: bool,
}

/// What to say about a fault, and where it stands.
#[derive(Clone)]
pub(super) struct ErrorText {
    pub(super) text: String,
    pub(super) at: Location,
}

/// Whether choices name a page of advice, and the pages there are.
#[derive(Clone, Copy)]
pub(super) enum Advice<'a> {
    /// They are topics.
    Needed(&'a Slugs<'a>),
    /// They may be topics.
    Possible(&'a Slugs<'a>),
    /// They are no topics.
    None,
}

/// The types as authors write them.
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
    (place::NAME, Type::Place),
    ("navn", Type::Name),
    ("telefon", Type::Phone),
    ("email", Type::Email),
];

const ROLES: [(&str, Role); 3] = [("emne", Role::Topic), ("sted", Role::Place), ("ringetid", Role::CallTimes)];

/// What a choice's code must be, as messages say it.
const CODE: &str = "a-z, 0-9 og enkelte bindestreger, for eksempel »mobil-politistation«";

/// Most characters that an answer can be allowed: what still fits into one mail.
const LENGTH: RangeInclusive<u16> = 1..=4000;

/// The question in one element of `felter`.
pub(super) fn field(item: Item<'_>, pages: &Slugs<'_>, reporter: Reporter<'_>) -> Option<FieldDraft> {
    let before = reporter.count();
    let draft = item.map("felter", |map| read(map, pages, reporter))?;
    Some(FieldDraft { is_sound: reporter.count() == before, ..draft })
}

/// An author's word for a role.
pub(super) fn role_word(role: Role) -> &'static str {
    ROLES.iter().find(|(_, known)| *known == role).map_or("", |(word, _)| word)
}

fn read(map: &Map<'_>, pages: &Slugs<'_>, reporter: Reporter<'_>) -> FieldDraft {
    let written = map.text("felt");
    let rule = "a-z, 0-9 og _ og begynde med et bogstav, højst 40 tegn";
    let name = map.parsed("felt", rule, |text| FieldName::parse(text).ok());
    let kind = map.one_of("type", &TYPES);
    let role = map.optional_one_of("rolle", &ROLES);
    let question = map.text("spoergsmaal").text.to_owned();
    let short = map.text("i_mail").text.to_owned();
    let hint = map.optional("hjaelp").map(|text| text.text.to_owned());
    let required = !map.yes_no("frivilligt");
    let only_for = map.optional_parsed("kun_ved", CODE, |text| ChoiceCode::parse(text).ok());
    let advice = match role {
        Some(Role::Topic) => Advice::Needed(pages),
        // It may be the topic: whoever misspelt the role should hear of that alone.
        None => Advice::Possible(pages),
        Some(_) => Advice::None,
    };
    let kind = kind.map(|kind| read_kind(map, advice, reporter, kind));
    if kind.is_none() {
        // Without a type nobody knows which of these belong here.
        for key in ["laengde", "valg", "dage", "tider", "fejl"] {
            map.at(key);
        }
    }
    let start = map.start();
    let is_place = matches!(kind, Some(Kind::Postcode));
    let choice = if is_place { place::choice(map) } else { None };
    let errors = kind.as_ref().and_then(|kind| {
        map.map("fejl", |map| {
            let own = read_errors(map, reporter, kind, required && !is_place);
            let beside = choice.as_ref().map(|choice| read_errors(map, reporter, &choice.kind, required));
            (own, beside.unwrap_or_default())
        })
    });
    let (errors, beside) = errors.unwrap_or_default();
    let texts = errors.iter().chain(&beside).map(|(_, text)| text.clone()).collect();
    let choice = choice.map(|choice| Field { errors: told(beside), required, ..choice });
    let field = name.zip(kind).map(|(name, kind)| Field {
        role: role.or(kind.fixed_role()).unwrap_or(Role::Detail),
        errors: told(errors),
        name: if is_place { place::wire_name(name, written, reporter) } else { name },
        kind,
        question,
        short,
        hint,
        required: required && !is_place,
        only_for,
    });
    FieldDraft {
        field,
        choice,
        name: written.text.to_owned(),
        name_at: written.at,
        role_at: map.at("rolle").unwrap_or(start),
        choices_at: ["valg", "dage", "tider"].into_iter().find_map(|key| map.has(key)).unwrap_or(start),
        only_for_at: map.at("kun_ved").unwrap_or(start),
        errors: texts,
        is_sound: true,
    }
}

fn read_kind(map: &Map<'_>, advice: Advice<'_>, reporter: Reporter<'_>, kind: Type) -> Kind {
    let max = || map.number("laengde", &LENGTH).unwrap_or(1).into();
    match kind {
        Type::Choice => Kind::Choice(choices(map, "valg", advice, reporter)),
        Type::Choices => Kind::Choices(choices(map, "valg", advice, reporter)),
        Type::Week => Kind::Week(Week {
            days: choices(map, "dage", Advice::None, reporter),
            hours: choices(map, "tider", Advice::None, reporter),
        }),
        Type::Line => Kind::Line { max: max() },
        Type::Text => Kind::Text { max: max() },
        Type::Name => Kind::Name { max: max() },
        Type::Place => Kind::Postcode,
        Type::Phone => Kind::Phone,
        Type::Email => Kind::Email,
    }
}

/// The choices in a list.
pub(super) fn choices(map: &Map<'_>, key: &'static str, advice: Advice<'_>, reporter: Reporter<'_>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for item in map.list(key) {
        let choice = item.map(key, |map| {
            let written = map.text("tekst");
            let label = written.text.to_owned();
            blame_same_answer(written, choices.iter().map(|choice| choice.label.as_str()), reporter);
            let code = map.parsed("kode", CODE, |text| ChoiceCode::parse(text).ok());
            let advice = match advice {
                Advice::Needed(pages) => pages.page(map.text("raad"), reporter),
                Advice::Possible(pages) => map.optional("raad").and_then(|text| pages.page(text, reporter)),
                Advice::None => None,
            };
            let code = code?;
            if choices.iter().any(|choice| choice.code == code) {
                reporter.at(
                    map.start(),
                    DiagnosticCode::SameCode,
                    format!("Koden »{code}« står to gange i listen. Giv den ene et andet navn."),
                );
            }
            Some(Choice { code, label, advice })
        });
        choices.extend(choice.flatten());
    }
    choices
}

/// Blames an answer that reads as one before it: nobody could tell which to choose.
pub(super) fn blame_same_answer<'c>(
    answer: Text<'_>,
    before: impl IntoIterator<Item = &'c str>,
    reporter: Reporter<'_>,
) {
    if !answer.text.is_empty() && before.into_iter().any(|other| other.eq_ignore_ascii_case(answer.text)) {
        let advice = "Så kan ingen se forskel på dem. Skriv noget andet, eller slet det ene.";
        reporter.at(
            answer.at,
            DiagnosticCode::SameAnswer,
            format!("To svar hedder »{}«. {advice}", excerpt(answer.text)),
        );
    }
}

/// The texts for the faults that this kind of field can have, each with the placeholders it may hold.
pub(super) fn read_errors(
    map: &Map<'_>,
    reporter: Reporter<'_>,
    kind: &Kind,
    required: bool,
) -> Vec<(Fault, ErrorText)> {
    let mut errors = Vec::new();
    for fault in kind.faults(required) {
        let written = map.text(key(fault));
        if written.text.is_empty() {
            continue;
        }
        let allowed = fault.placeholders();
        for name in placeholders(written.text).filter(|name| !allowed.contains(name)) {
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

/// Error texts without their places.
pub(super) fn told(errors: Vec<(Fault, ErrorText)>) -> BTreeMap<Fault, String> {
    errors.into_iter().map(|(fault, text)| (fault, text.text)).collect()
}

/// What stands between `{` and `}`.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
