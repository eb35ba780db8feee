//! A form as content defines it and as both programs use it: the page shows it, and the function validates by it.

use crate::all_faults;
use crate::field::{Choice, Field, Kind, Role, Section};
use crate::field_names::RESERVED;
use crate::html::SafeHtml;
use crate::names::{ChoiceCode, FieldName, FormId, Language, PageSlug};
use crate::raw::RawAnswers;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

/// A validated form in one language: it has the fields that routing and the officer's mail need, every error that a
/// field can give has its own text, and no two fields share a name or an error text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FormParts", into = "FormParts")]
pub struct Form(FormParts);

/// The parts of a [`Form`], before validation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormParts {
    /// The name in URLs.
    pub id: FormId,
    /// The language of its texts.
    pub language: Language,
    /// The heading of the page.
    pub title: String,
    /// A summary in one sentence, for links to the form.
    pub summary: String,
    /// The question before the form.
    pub start: Start,
    /// The introduction above the questions.
    pub introduction: SafeHtml,
    /// The law under which the answers are processed; empty only in catalogs that predate the field.
    #[serde(default)]
    pub legal_basis: String,
    /// True if postcode and kommune are one question: the postcode field takes any place, and the kommune is asked only
    /// if that place lies in several. In catalogs without this flag, they are two questions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_place: bool,
    /// The questions under their headings, in order.
    pub sections: Vec<Section>,
}

/// The question before a form, which keeps citizens from filling in the wrong one. Its other answers are the
/// [signposts](crate::signpost::Signpost).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The question.
    pub question: String,
    /// Help under the question.
    pub hint: Option<String>,
    /// The answer that leads to this form.
    pub here: String,
}

/// The wire names of the fields that every form has exactly once.
pub const ALWAYS: [&str; 5] = ["kommune", "postnr", "navn", "telefon", "email"];

/// Validation error of [`FormParts`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadForm {
    /// A field that every form must have is missing.
    #[error("there is no field {0}")]
    NoField(&'static str),
    /// A wire name is reserved, occurs twice, or is not the one that the kind of the field requires.
    #[error("field {0} cannot have this name")]
    FieldName(FieldName),
    /// A role that must occur exactly once does not.
    #[error("exactly one field must have the role {0:?}")]
    NotOne(Role),
    /// The role of a field does not fit its kind.
    #[error("field {0} cannot have its role")]
    Role(FieldName),
    /// A field has fewer than two choices, or two choices with the same code.
    #[error("field {0} must have at least two choices with different codes")]
    Choices(FieldName),
    /// A place, a name or a telephone number is optional, so that nobody could be called.
    #[error("field {0} cannot be optional")]
    NeverOptional(FieldName),
    /// A question about the citizen does not say why it is asked.
    #[error("field {0} must say why it is asked")]
    Reason(FieldName),
    /// A follow-up question belongs to no topic of the form, or is one that the form cannot do without.
    #[error("field {0} cannot be a follow-up question to that")]
    FollowUp(FieldName),
    /// A topic has no page of advice, or another choice has one.
    #[error("each topic must have advice, and no other choice; see field {0}")]
    Advice(FieldName),
    /// The error texts of a field are not exactly those for the errors that it can give.
    #[error("field {0} must have a text for each error it can give, and no other")]
    Errors(FieldName),
    /// Two errors have the same text, so that nobody can tell which one it is.
    #[error("field {0} has an error text that another error has")]
    SameError(FieldName),
}

impl Form {
    /// Validates the parts, or returns every error.
    pub fn new(parts: FormParts) -> Result<Self, Vec<BadForm>> {
        let mut faults = Vec::new();
        let fields: Vec<&Field> = parts.sections.iter().flat_map(|section| &section.fields).collect();
        let mut names = BTreeSet::new();
        let mut texts = BTreeSet::new();
        for field in &fields {
            let own_name = field.kind.wire_name();
            let taken = RESERVED.contains(&field.name.as_str()) || !names.insert(&field.name);
            let wrong = own_name.map_or(ALWAYS.contains(&field.name.as_str()), |own| own != field.name.as_str());
            if taken || wrong {
                faults.push(BadForm::FieldName(field.name.clone()));
            }
            if field.kind.fixed_role().is_some_and(|role| role != field.role) || !role_fits(field) {
                faults.push(BadForm::Role(field.name.clone()));
            }
            if field.kind.choices().into_iter().any(|choices| {
                let codes: BTreeSet<_> = choices.iter().map(|choice| &choice.code).collect();
                choices.len() < 2 || codes.len() != choices.len()
            }) {
                faults.push(BadForm::Choices(field.name.clone()));
            }
            if !field.required && matches!(field.kind, Kind::Kommune | Kind::Name { .. } | Kind::Phone) {
                faults.push(BadForm::NeverOptional(field.name.clone()));
            }
            if field.role == Role::Contact && field.hint.is_none() {
                faults.push(BadForm::Reason(field.name.clone()));
            }
            let is_topic = field.role == Role::Topic;
            if field.kind.choices().into_iter().flatten().any(|choice| choice.advice.is_some() != is_topic) {
                faults.push(BadForm::Advice(field.name.clone()));
            }
            if field.only_for.as_ref().is_some_and(|code| !follows(field, code, &parts.sections)) {
                faults.push(BadForm::FollowUp(field.name.clone()));
            }
            if field.errors.keys().copied().collect::<BTreeSet<_>>() != field.kind.faults(field.required) {
                faults.push(BadForm::Errors(field.name.clone()));
            }
            if !field.errors.values().all(|text| texts.insert(text)) {
                faults.push(BadForm::SameError(field.name.clone()));
            }
        }
        let missing = ALWAYS.iter().filter(|name| !fields.iter().any(|field| field.name.as_str() == **name));
        faults.extend(missing.map(|name| BadForm::NoField(name)));
        for role in [Role::Topic, Role::CallTimes] {
            if fields.iter().filter(|field| field.role == role).count() != 1 {
                faults.push(BadForm::NotOne(role));
            }
        }
        if faults.is_empty() { Ok(Self(parts)) } else { Err(faults) }
    }

    /// The name in URLs.
    #[must_use]
    pub const fn id(&self) -> &FormId {
        &self.0.id
    }

    /// The language of its texts.
    #[must_use]
    pub const fn language(&self) -> &Language {
        &self.0.language
    }

    /// The heading of the page.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.0.title
    }

    /// A summary in one sentence, for links to the form.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.0.summary
    }

    /// The question before the form.
    #[must_use]
    pub const fn start(&self) -> &Start {
        &self.0.start
    }

    /// The introduction above the questions.
    #[must_use]
    pub const fn introduction(&self) -> &SafeHtml {
        &self.0.introduction
    }

    /// The law under which the answers are processed.
    #[must_use]
    pub fn legal_basis(&self) -> &str {
        &self.0.legal_basis
    }

    /// True if postcode and kommune are one question.
    #[must_use]
    pub const fn has_one_place(&self) -> bool {
        self.0.one_place
    }

    /// The questions under their headings, in order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.0.sections
    }

    /// All questions, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.0.sections.iter().flat_map(|section| &section.fields)
    }

    /// The question about the topic.
    #[must_use]
    pub fn topic(&self) -> Option<&Field> {
        self.fields().find(|field| field.role == Role::Topic)
    }

    /// The chosen topic; `None` if no topic of the form was chosen.
    #[must_use]
    pub fn chosen_topic(&self, raw: &RawAnswers) -> Option<&Choice> {
        let topic = self.topic()?;
        let chosen = raw.first(topic.name.as_str()).trim();
        topic.kind.choices().into_iter().flatten().find(|choice| choice.code.as_str() == chosen)
    }

    /// Looks up the page of advice on a topic.
    #[must_use]
    pub fn advice(&self, topic: &ChoiceCode) -> Option<&PageSlug> {
        let mut topics = self.topic()?.kind.choices().into_iter().flatten();
        topics.find(|choice| choice.code == *topic)?.advice.as_ref()
    }

    /// Iterates over the questions to ask after these answers: all but the follow-ups to other topics.
    pub fn asked<'a>(&'a self, raw: &'a RawAnswers) -> impl Iterator<Item = &'a Field> {
        let topic = self.topic().map_or("", |topic| raw.first(topic.name.as_str()).trim());
        self.fields().filter(move |field| field.only_for.as_ref().is_none_or(|code| code.as_str() == topic))
    }
}

/// True if a field can follow up on the topic `code`: it is below the topic in the same section, so that a page can
/// show it there, and not every request needs it.
fn follows(field: &Field, code: &ChoiceCode, sections: &[Section]) -> bool {
    let topic_is_above = sections.iter().any(|section| {
        let place = |wanted: &dyn Fn(&Field) -> bool| section.fields.iter().position(wanted);
        let has_code = |topic: &Field| {
            topic.role == Role::Topic && topic.kind.choices().into_iter().flatten().any(|choice| choice.code == *code)
        };
        place(&has_code).zip(place(&|other| other.name == field.name)).is_some_and(|(topic, own)| topic < own)
    });
    topic_is_above && field.role == Role::Detail && !matches!(field.kind, Kind::Week(_))
}

fn role_fits(field: &Field) -> bool {
    match field.role {
        Role::Topic => matches!(field.kind, Kind::Choice(_)) && field.required,
        Role::CallTimes => matches!(field.kind, Kind::Choices(_)),
        Role::Contact => field.kind.fixed_role() == Some(Role::Contact),
        Role::Place | Role::Detail => true,
    }
}

impl TryFrom<FormParts> for Form {
    type Error = String;
    fn try_from(parts: FormParts) -> Result<Self, String> {
        Self::new(parts).map_err(|faults| all_faults(&faults))
    }
}

impl From<Form> for FormParts {
    fn from(form: Form) -> Self {
        form.0
    }
}
