//! The two answers that a citizen may change once a request is received: the hours and the number for the call.

use super::{FieldError, nothing, some_of, typed_as, wrong};
use crate::answers::{Answer, Answers};
use crate::field::{Fault, Field, Kind, Role};
use crate::form::Form;
use crate::phone::Phone;
use crate::pii::Pii;
use crate::raw::RawAnswers;

impl Form {
    /// The question about the hours for the call.
    #[must_use]
    pub fn call_times(&self) -> Option<&Field> {
        self.fields().find(|field| field.role == Role::CallTimes)
    }

    /// The question about the telephone number.
    #[must_use]
    pub fn phone(&self) -> Option<&Field> {
        self.fields().find(|field| matches!(field.kind, Kind::Phone))
    }
}

impl Field {
    /// Returns the chosen hours as displayed: at least one, even if the form does not require any.
    pub fn hours(&self, raw: &RawAnswers) -> Result<Vec<String>, FieldError> {
        let Kind::Choices(choices) = &self.kind else { return Err(wrong(self, Fault::Unknown, &[])) };
        let hours = some_of(choices, self, raw.all(self.name.as_str()))?;
        if hours.is_empty() { Err(wrong(self, Fault::Unknown, &[])) } else { Ok(hours) }
    }

    /// Parses the typed number.
    pub fn number(&self, raw: &RawAnswers) -> Result<Phone, FieldError> {
        let mut phone = None;
        let typed = raw.first(self.name.as_str()).trim();
        typed_as(self, typed, |typed| Phone::parse(typed).ok(), Phone::grouped, &mut phone)?;
        match phone {
            Some(phone) => Ok(phone),
            None => nothing(self).and(Err(wrong(self, Fault::Invalid, &[]))),
        }
    }
}

impl Answers {
    /// Replaces the hours, with the question as officers read it.
    #[must_use]
    pub fn with_hours(mut self, question: &Field, hours: Vec<String>) -> Self {
        self.given.retain(|answer| answer.role != Role::CallTimes);
        self.given.push(Answer::new(question, hours));
        self
    }

    /// Replaces the number, with the question as officers read it.
    #[must_use]
    pub fn with_number(mut self, question: &Field, phone: Phone) -> Self {
        self.given.retain(|answer| answer.field != question.name);
        self.given.push(Answer::new(question, vec![phone.grouped()]));
        self.contact.phone = Pii::new(phone);
        self
    }
}
