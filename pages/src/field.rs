//! A question as the form template shows it.

use crate::form::ErrorLink;
use crate::frame::View;
use crate::week::WeekView;
use model::alphabet::sort_key;
use model::atlas::Candidate;
use model::field::{Choice, Field, Kind, Role};
use model::form::Form;
use model::names::{FieldName, KommuneCode, KredsSlug};
use model::parse::FieldError;
use model::raw::RawAnswers;
use serde::Serialize;

/// A field with its input and its error.
#[derive(Serialize)]
pub(crate) struct FieldView<'a> {
    /// The name in the request, and the id in the page.
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
    /// False for names, numbers and addresses, which are not in the page's language.
    is_prose: bool,
    dir: &'static str,
    value: &'a str,
    options: Vec<OptionView<'a>>,
    /// Suggestions while typing.
    list: Vec<&'a str>,
    week: Option<WeekView<'a>>,
    /// The maximum number of characters. JavaScript counts them down in text areas.
    max: Option<usize>,
}

/// The values that all questions on one page share.
#[derive(Clone, Copy)]
pub(crate) struct Questions<'a> {
    pub(crate) view: &'a View<'a>,
    pub(crate) form: &'a Form,
    /// The kreds that the page belongs to.
    pub(crate) kreds: &'a KredsSlug,
    /// The places to choose from if the input does not name exactly one.
    pub(crate) choice: &'a [Candidate<'a>],
    pub(crate) raw: &'a RawAnswers,
    pub(crate) errors: &'a [FieldError],
}

#[derive(Serialize)]
struct OptionView<'a> {
    id: String,
    code: &'a str,
    label: String,
    chosen: bool,
    /// Questions for those who choose this option.
    follow_ups: Vec<FieldView<'a>>,
}

impl<'a> Questions<'a> {
    /// Returns true if the page asks the question. A kommune is asked for only if there are several to choose from.
    pub(crate) fn is_asked(self, field: &Field) -> bool {
        !(self.form.has_one_place() && matches!(field.kind, Kind::Kommune) && self.choice.is_empty())
    }

    /// Links to the fields to correct, one for each error.
    pub(crate) fn error_links(self) -> Vec<ErrorLink<'a>> {
        let place = |field: &Field| {
            let first = self.choice.first().filter(|_| matches!(field.kind, Kind::Kommune));
            first.map_or_else(|| target(self.form, field), kommune_id)
        };
        let target = |name: &FieldName| self.form.fields().find(|field| field.name == *name).map(place);
        let link = |error: &'a FieldError| ErrorLink {
            target: target(&error.field).unwrap_or_default(),
            message: &error.message,
        };
        self.errors.iter().map(link).collect()
    }

    /// A question. The follow-up questions among `all` are placed below the answers that they belong to.
    pub(crate) fn field(self, field: &'a Field, all: &'a [Field]) -> FieldView<'a> {
        let name = field.name.as_str();
        let error = self.errors.iter().find(|error| error.field == field.name).map(|error| error.message.as_str());
        let described_by =
            [field.hint.as_ref().map(|_| format!("{name}-hint")), error.map(|_| format!("{name}-error"))];
        let is_place = self.form.has_one_place() && matches!(field.kind, Kind::Postcode);
        let (shape, inputmode, autocomplete) = match &field.kind {
            Kind::Kommune if self.form.has_one_place() => ("choice", None, None),
            kind => shape(kind),
        };
        let follow_ups = |choice: &Choice| {
            let is_topic = field.role == Role::Topic;
            let own = all.iter().filter(|other| is_topic && other.only_for.as_ref() == Some(&choice.code));
            own.map(|other| self.field(other, &[])).collect()
        };
        FieldView {
            name,
            question: &field.question,
            hint: field.hint.as_deref(),
            error,
            required: field.required || is_place,
            is_topic: field.role == Role::Topic,
            described_by: described_by.into_iter().flatten().collect::<Vec<_>>().join(" "),
            shape,
            inputmode,
            autocomplete,
            is_prose: matches!(field.kind, Kind::Line { .. } | Kind::Text { .. }),
            dir: match field.kind {
                Kind::Phone | Kind::Email => "ltr",
                _ => "auto",
            },
            value: match &field.kind {
                Kind::Kommune => self.chosen(),
                // A page from before the two questions became one has its answer in the other field.
                Kind::Postcode if is_place && self.raw.first(name).is_empty() => self.chosen(),
                _ => self.raw.first(name),
            },
            options: match &field.kind {
                Kind::Choice(choices) | Kind::Choices(choices) => {
                    options(name, choices, self.raw.all(name), follow_ups)
                }
                Kind::Kommune => self.choice.iter().map(|one| self.place(one)).collect(),
                _ => Vec::new(),
            },
            list: if is_place || matches!(field.kind, Kind::Kommune) { self.kommuner() } else { Vec::new() },
            week: match &field.kind {
                Kind::Week(week) => Some(WeekView::new(name, week, self.raw.all(name))),
                _ => None,
            },
            max: match field.kind {
                Kind::Line { max } | Kind::Text { max } | Kind::Name { max } => Some(max),
                _ => None,
            },
        }
    }

    fn place(self, one: &Candidate<'a>) -> OptionView<'a> {
        OptionView {
            id: kommune_id(one),
            code: one.kommune.code.as_str(),
            label: one.label(),
            chosen: self.raw.first("kommune") == one.kommune.code.as_str(),
            follow_ups: Vec::new(),
        }
    }

    /// The name of the chosen kommune, or the raw value if it is no known code.
    fn chosen(self) -> &'a str {
        let chosen = self.raw.first("kommune");
        let kommune = KommuneCode::parse(chosen).ok().and_then(|code| self.view.catalog.atlas().kommune(&code));
        kommune.map_or(chosen, |kommune| &kommune.name)
    }

    /// The names of all kommuner, those of the page's kreds first: most of its readers live there.
    fn kommuner(self) -> Vec<&'a str> {
        let mut kommuner: Vec<_> = self.view.catalog.atlas().kommuner().iter().collect();
        kommuner.sort_by_key(|kommune| (kommune.kreds != *self.kreds, sort_key(&kommune.name)));
        kommuner.into_iter().map(|kommune| kommune.name.as_str()).collect()
    }
}

/// The id of the option for a kommune.
fn kommune_id(one: &Candidate<'_>) -> String {
    format!("kommune-{}", one.kommune.code)
}

/// The anchor of a field: the field itself, or its first option.
pub(crate) fn target(form: &Form, field: &Field) -> String {
    match &field.kind {
        // With a single place question, the options exist only for ambiguous input; otherwise there is the text field.
        Kind::Kommune if form.has_one_place() => {
            form.fields().find(|field| matches!(field.kind, Kind::Postcode)).unwrap_or(field).name.to_string()
        }
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.first().map_or_else(|| field.name.to_string(), |first| option_id(field.name.as_str(), first))
        }
        Kind::Week(week) => WeekView::first(field.name.as_str(), week),
        _ => field.name.to_string(),
    }
}

/// The control's type, keyboard and autocomplete token. Only fields about the user have a token (WCAG 1.3.5). The place
/// is that of the problem, so the browser must not fill in the user's address.
const fn shape(kind: &Kind) -> (&'static str, Option<&'static str>, Option<&'static str>) {
    match kind {
        Kind::Choice(_) => ("choice", None, None),
        Kind::Choices(_) => ("choices", None, None),
        Kind::Week(_) => ("week", None, None),
        // Not "off": browsers would then not restore the input when the user returns to the page.
        Kind::Line { .. } => ("text-line", None, None),
        Kind::Text { .. } => ("text", None, None),
        // A saved address is the reader's home, and must not determine the kreds.
        Kind::Kommune | Kind::Postcode => ("text-line", None, Some("off")),
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
        label: choice.label.clone(),
        chosen: chosen.iter().any(|code| code == choice.code.as_str()),
        follow_ups: follow_ups(choice),
    };
    choices.iter().map(option).collect()
}

fn option_id(name: &str, choice: &Choice) -> String {
    format!("{name}-{}", choice.code)
}
