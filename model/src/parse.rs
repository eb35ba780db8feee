//! Parsing of typed answers: into valid answers, or into all errors.

mod correction;

use crate::answers::{Answer, Answers, Contact};
use crate::atlas::{Atlas, Candidate, Place, PlaceFault};
use crate::cpr::{self, Certainty};
use crate::danger::{DangerRules, Tidings};
use crate::email::EmailAddress;
use crate::field::{Choice, Fault, Field, Kind, Week};
use crate::form::Form;
use crate::names::{FieldName, Language};
use crate::number::grouped;
use crate::phone::Phone;
use crate::pii::Pii;
use crate::raw::RawAnswers;
use crate::week::NotInWeek;
use crate::words::fill;
use jiff::civil::Date;

/// An error for the citizen to correct, in the form's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field at which it is shown.
    pub field: FieldName,
    /// Instructions to the citizen. They never repeat the typed text, except a known place.
    pub message: String,
}

/// A civil registration number in an answer, by what can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CprNumber {
    /// It is in a text, from which it is removed if the form is sent anyway.
    InText,
    /// It is in an e-mail address or telephone number, from which only the citizen can remove it.
    InAddress,
    /// It only resembles a number, and is kept if the form is sent anyway.
    Perhaps,
}

impl Form {
    /// Parses the answers if each is valid and the place has a kreds; otherwise returns all errors, in the order of the
    /// form. `today` distinguishes birthdays from other dates.
    pub fn parse(&self, raw: &RawAnswers, atlas: &Atlas, today: Date) -> Result<Answers, Vec<FieldError>> {
        let place = atlas.locate(raw.first("kommune"), raw.first("postnr"));
        let text = |max, field, typed: &str| text(max, field, typed, self.language(), today);
        let mut errors = Vec::new();
        let mut given = Vec::new();
        let (mut name, mut phone, mut email) = (None, None, None);
        for field in self.asked(raw) {
            let typed = raw.first(field.name.as_str()).trim();
            let outcome = match &field.kind {
                Kind::Choice(choices) => one_of(choices, field, typed),
                Kind::Choices(choices) => some_of(choices, field, raw.all(field.name.as_str())),
                Kind::Week(week) => hours(week, self.language(), field, raw.all(field.name.as_str())),
                Kind::Line { max } => text(*max, field, &one_line(typed)),
                Kind::Text { max } => text(*max, field, typed),
                Kind::Name { max } => {
                    text(*max, field, &one_line(typed)).inspect(|values| name = values.first().cloned())
                }
                Kind::Kommune => kommune(atlas, field, &place),
                Kind::Postcode => postcode(atlas, field, &place),
                Kind::Phone => typed_as(field, typed, |typed| Phone::parse(typed).ok(), Phone::grouped, &mut phone),
                Kind::Email => {
                    typed_as(field, typed, |typed| EmailAddress::parse(typed).ok(), EmailAddress::shown, &mut email)
                }
            };
            match outcome {
                Ok(values) if values.is_empty() => {}
                Ok(values) => given.push(Answer::new(field, values)),
                // A single question shows its errors in one place, and at the kommune only if there is a choice.
                Err(error) if self.has_one_place() && matches!(field.kind, Kind::Kommune) && !is_choice(&place) => {
                    let asked = self.fields().find(|field| matches!(field.kind, Kind::Postcode));
                    let field = asked.map_or(error.field, |asked| asked.name.clone());
                    errors.push(FieldError { field, message: error.message });
                }
                Err(error) => errors.push(error),
            }
        }
        match (place, name, phone) {
            (Ok(place), Some(name), Some(phone)) if errors.is_empty() => Ok(Answers {
                place,
                contact: Contact { name: Pii::new(name), phone: Pii::new(phone), email: email.map(Pii::new) },
                given,
            }),
            _ => Err(errors),
        }
    }

    /// Returns the fields with something like a civil registration number, even if it continues in the next field.
    /// [`Form::parse`] removes those that are clear; the citizen is asked to do so first.
    pub fn with_cpr_number<'a>(&'a self, raw: &'a RawAnswers, today: Date) -> Vec<(&'a Field, CprNumber)> {
        let typed = |field: &'a Field| (field, raw.first(field.name.as_str()).trim());
        let fields = self.asked(raw).filter(|field| field.kind.is_typed()).map(typed);
        // The fields above and below an empty field are neighbours as well.
        let fields: Vec<(&Field, &str)> = fields.filter(|(_, text)| !text.is_empty()).collect();
        let next = fields.iter().skip(1).map(|(_, text)| *text).chain([""]);
        let number = |((field, text), next): (&(&'a Field, &str), &str)| {
            let here = cpr::find(text, today).iter().map(|found| found.certainty).max();
            let here = here.or_else(|| cpr::spans(text, next, today).then_some(Certainty::Doubtful))?;
            let number = match (here, &field.kind) {
                (Certainty::Clear, Kind::Phone | Kind::Email) => CprNumber::InAddress,
                (Certainty::Clear, _) => CprNumber::InText,
                (Certainty::Doubtful, _) => CprNumber::Perhaps,
            };
            Some((*field, number))
        };
        fields.iter().zip(next).filter_map(number).collect()
    }

    /// The verdict on all free texts together, except names.
    #[must_use]
    pub fn tidings(&self, raw: &RawAnswers, rules: &DangerRules) -> Tidings {
        let texts = self.free_text(raw).filter(|field| !matches!(field.kind, Kind::Name { .. }));
        let judge = |field: &Field| match (&field.kind, raw.first(field.name.as_str())) {
            (Kind::Text { .. }, text) => rules.judge(text),
            (_, line) => rules.judge_line(line),
        };
        texts.map(judge).max().unwrap_or(Tidings::Harmless)
    }

    fn free_text<'a>(&'a self, raw: &'a RawAnswers) -> impl Iterator<Item = &'a Field> {
        let is_text = |field: &&Field| matches!(field.kind, Kind::Line { .. } | Kind::Text { .. } | Kind::Name { .. });
        self.asked(raw).filter(is_text)
    }
}

type Outcome = Result<Vec<String>, FieldError>;

fn one_of(choices: &[Choice], field: &Field, typed: &str) -> Outcome {
    match choices.iter().find(|choice| choice.code.as_str() == typed) {
        Some(choice) => Ok(vec![choice.label.clone()]),
        None if !typed.is_empty() => Err(wrong(field, Fault::Unknown, &[])),
        None => nothing(field),
    }
}

/// Returns the labels in the order of the form, whatever the order of the codes.
fn some_of(choices: &[Choice], field: &Field, typed: &[String]) -> Outcome {
    let typed: Vec<&str> = typed.iter().map(|code| code.trim()).filter(|code| !code.is_empty()).collect();
    if typed.iter().any(|code| !choices.iter().any(|choice| choice.code.as_str() == *code)) {
        return Err(wrong(field, Fault::Unknown, &[]));
    }
    let chosen = choices.iter().filter(|choice| typed.contains(&choice.code.as_str()));
    let labels: Vec<String> = chosen.map(|choice| choice.label.clone()).collect();
    if labels.is_empty() { nothing(field) } else { Ok(labels) }
}

/// Returns one text for each run of days with equal hours.
fn hours(week: &Week, language: &Language, field: &Field, typed: &[String]) -> Outcome {
    match week.read(typed, language) {
        Ok(texts) if texts.is_empty() => nothing(field),
        Ok(texts) => Ok(texts),
        Err(NotInWeek) => Err(wrong(field, Fault::Unknown, &[])),
    }
}

fn text(max: usize, field: &Field, typed: &str, language: &Language, today: Date) -> Outcome {
    if typed.is_empty() {
        nothing(field)
    } else if typed.chars().count() > max {
        Err(wrong(field, Fault::TooLong, &[("max", &grouped(max, language))]))
    } else {
        Ok(vec![cpr::masked(typed, today)])
    }
}

fn typed_as<T>(
    field: &Field,
    typed: &str,
    parse: impl Fn(&str) -> Option<T>,
    show: impl Fn(&T) -> String,
    into: &mut Option<T>,
) -> Outcome {
    if typed.is_empty() {
        return nothing(field);
    }
    let value = parse(typed).ok_or_else(|| wrong(field, Fault::Invalid, &[]))?;
    let shown = vec![show(&value)];
    *into = Some(value);
    Ok(shown)
}

fn kommune(atlas: &Atlas, field: &Field, place: &Result<Place, PlaceFault<'_>>) -> Outcome {
    match place {
        Ok(place) => Ok(atlas.kommune(&place.kommune).map(|kommune| kommune.name.clone()).into_iter().collect()),
        Err(PlaceFault::Nothing) => nothing(field),
        Err(PlaceFault::UnknownKommune | PlaceFault::Similar(_)) => Err(wrong(field, Fault::Unknown, &[])),
        Err(PlaceFault::Several(all)) => {
            let names: Vec<&str> = all.iter().map(|one| one.kommune.name.as_str()).collect();
            let mut codes: Vec<&str> = all.iter().filter_map(|one| Some(one.area?.code.as_str())).collect();
            codes.dedup();
            let words = [("postnr", codes.join(", ")), ("kommuner", names.join(", "))];
            Err(wrong(field, Fault::Several, &words.each_ref().map(|(name, word)| (*name, word.as_str()))))
        }
        // The postcode's own field shows the error.
        Err(PlaceFault::Unknown | PlaceFault::Elsewhere { .. }) => Ok(Vec::new()),
    }
}

fn postcode(atlas: &Atlas, field: &Field, place: &Result<Place, PlaceFault<'_>>) -> Outcome {
    match place {
        Err(PlaceFault::Unknown) => Err(wrong(field, Fault::Invalid, &[])),
        Err(PlaceFault::Elsewhere { place: Candidate { kommune: own, area }, kommune }) => {
            let (code, town) = area.map_or(("", &own.name), |area| (area.code.as_str(), &area.name));
            Err(wrong(field, Fault::Elsewhere, &[("postnr", code), ("by", town), ("kommune", &kommune.name)]))
        }
        Ok(Place { postcode: Some(code), .. }) => {
            let town = atlas.postal_area(code).map_or("", |area| &area.name);
            Ok(vec![format!("{code} {town}").trim_end().to_owned()])
        }
        Ok(_) | Err(_) => Ok(Vec::new()),
    }
}

/// True if the citizen is shown places to choose from.
const fn is_choice(place: &Result<Place, PlaceFault<'_>>) -> bool {
    matches!(place, Err(PlaceFault::Similar(_) | PlaceFault::Several(_)))
}

fn nothing(field: &Field) -> Outcome {
    if field.required { Err(wrong(field, Fault::Missing, &[])) } else { Ok(Vec::new()) }
}

fn wrong(field: &Field, fault: Fault, words: &[(&str, &str)]) -> FieldError {
    let text = field.errors.get(&fault).map_or("", String::as_str);
    // An empty word would leave two spaces.
    FieldError { field: field.name.clone(), message: one_line(&fill(text, words)) }
}

fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}
