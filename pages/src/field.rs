//! One question as the form template shows it.

use crate::address;
use crate::frame::View;
use crate::week::WeekView;
use model::alphabet::sort_key;
use model::atlas::{Kommune, Kreds};

use model::field::{Choice, Field, Kind, Role};
use model::parse::FieldError;
use model::raw::RawAnswers;
use model::words::{Words, fill};
use serde::Serialize;

/// A field with what was typed into it and what is wrong with it.
#[derive(Serialize)]
pub(crate) struct FieldView<'a> {
    id: String,
    name: &'a str,
    question: &'a str,
    hint: Option<&'a str>,
    error: Option<&'a str>,
    required: bool,
    is_topic: bool,
    described_by: String,
    shape: &'static str,
    inputmode: Option<&'static str>,
    autocomplete: Option<&'static str>,
    /// Names, numbers and addresses are no words of the page's language.
    is_prose: bool,
    dir: &'static str,
    value: &'a str,
    options: Vec<OptionView<'a>>,
    groups: Vec<Group<'a>>,
    week: Option<WeekView<'a>>,
    /// The most characters. JavaScript counts them down where there is room for many.
    max: Option<usize>,
    /// Where JavaScript finds the kommuner of each postcode.
    places: Option<&'static str>,
}

/// What every question on one page is shown with.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) words: &'a Words,
    pub(crate) kreds: &'a Kreds,
    pub(crate) raw: &'a RawAnswers,
    pub(crate) errors: &'a [FieldError],
}

#[derive(Serialize)]
struct OptionView<'a> {
    id: String,
    code: &'a str,
    label: &'a str,
    chosen: bool,
    /// Asked of those who choose this.
    follow_ups: Vec<FieldView<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    label: String,
    options: Vec<OptionView<'a>>,
}

impl<'a> Asked<'a> {
    /// A question, its follow-up questions from among `all` below the answers they follow.
    pub(crate) fn field(self, field: &'a Field, all: &'a [Field]) -> FieldView<'a> {
        let name = field.name.as_str();
        let error = self.errors.iter().find(|error| error.field == field.name).map(|error| error.message.as_str());
        let described_by =
            [field.hint.as_ref().map(|_| format!("{name}-hint")), error.map(|_| format!("{name}-error"))];
        let (shape, inputmode, autocomplete) = shape(&field.kind);
        let follow_ups = |choice: &Choice| {
            let is_topic = field.role == Role::Topic;
            let own = all.iter().filter(|other| is_topic && other.only_for.as_ref() == Some(&choice.code));
            own.map(|other| self.field(other, &[])).collect()
        };
        FieldView {
            id: name.to_owned(),
            name,
            question: &field.question,
            hint: field.hint.as_deref(),
            error,
            required: field.required,
            is_topic: field.role == Role::Topic,
            described_by: described_by.into_iter().flatten().collect::<Vec<_>>().join(" "),
            shape,
            inputmode,
            autocomplete,
            is_prose: matches!(field.kind, Kind::Line { .. } | Kind::Text { .. }),
            dir: match field.kind {
                Kind::Phone | Kind::Email | Kind::Postcode => "ltr",
                _ => "auto",
            },
            value: self.raw.first(name),
            options: match &field.kind {
                Kind::Choice(choices) | Kind::Choices(choices) => {
                    options(name, choices, self.raw.all(name), follow_ups)
                }
                _ => Vec::new(),
            },
            groups: match field.kind {
                Kind::Kommune => kommuner(self.view, self.words, self.kreds, self.raw.first(name)),
                _ => Vec::new(),
            },
            week: match &field.kind {
                Kind::Week(week) => Some(WeekView::new(name, week, self.raw.all(name))),
                _ => None,
            },
            max: match field.kind {
                Kind::Line { max } | Kind::Text { max } | Kind::Name { max } => Some(max),
                _ => None,
            },
            places: matches!(field.kind, Kind::Postcode).then_some(address::POSTCODES),
        }
    }
}

/// Where a link to the field leads: the field, or its first choice.
pub(crate) fn target(field: &Field) -> String {
    match &field.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.first().map_or_else(|| field.name.to_string(), |first| option_id(field.name.as_str(), first))
        }
        Kind::Week(week) => WeekView::first(field.name.as_str(), week),
        _ => field.name.to_string(),
    }
}

/// The control's type, keyboard, and what the browser may fill in by itself (WCAG 1.3.5: only about the user). The place
/// is that of the problem, which the user's own address must not choose.
const fn shape(kind: &Kind) -> (&'static str, Option<&'static str>, Option<&'static str>) {
    match kind {
        Kind::Choice(_) => ("choice", None, None),
        Kind::Choices(_) => ("choices", None, None),
        Kind::Week(_) => ("week", None, None),
        Kind::Line { .. } => ("text-line", None, Some("off")),
        Kind::Text { .. } => ("text", None, Some("off")),
        Kind::Kommune => ("select", None, Some("off")),
        Kind::Postcode => ("text-line", Some("numeric"), Some("off")),
        Kind::Name { .. } => ("text-line", None, Some("name")),
        Kind::Phone => ("tel", Some("tel"), Some("tel")),
        Kind::Email => ("email", Some("email"), Some("email")),
    }
}

fn options<'a>(
    name: &str,
    choices: &'a [Choice],
    chosen: &[String],
    follow_ups: impl Fn(&Choice) -> Vec<FieldView<'a>>,
) -> Vec<OptionView<'a>> {
    let option = |choice: &'a Choice| OptionView {
        id: option_id(name, choice),
        code: choice.code.as_str(),
        label: &choice.label,
        chosen: chosen.iter().any(|code| code == choice.code.as_str()),
        follow_ups: follow_ups(choice),
    };
    choices.iter().map(option).collect()
}

fn option_id(name: &str, choice: &Choice) -> String {
    format!("{name}-{}", choice.code)
}

/// The kommuner of the page's kreds first, then all others.
fn kommuner<'a>(view: &View<'a>, words: &Words, kreds: &Kreds, chosen: &str) -> Vec<Group<'a>> {
    let mut all: Vec<&'a Kommune> = view.catalog.atlas().kommuner().iter().collect();
    all.sort_by_key(|kommune| sort_key(&kommune.name));
    let option = |kommune: &&'a Kommune| OptionView {
        id: String::new(),
        code: kommune.code.as_str(),
        label: &kommune.name,
        chosen: kommune.code.as_str() == chosen,
        follow_ups: Vec::new(),
    };
    let (own, others): (Vec<&'a Kommune>, Vec<&'a Kommune>) =
        all.into_iter().partition(|kommune| kommune.kreds == kreds.slug);
    let own_label = fill(words.get("kommuner_i"), &[("kreds", &kreds.name)]);
    let groups = [(own_label, own), (words.get("andre_kommuner").to_owned(), others)];
    groups
        .into_iter()
        .map(|(label, kommuner)| Group { label, options: kommuner.iter().map(option).collect() })
        .collect()
}
