//! A form's answers once they are validated, each with its own question, so that they can be read in years.

use crate::atlas::Place;
use crate::email::EmailAddress;
use crate::field::{Field, Role};
use crate::names::{FieldName, KommuneCode, KredsSlug, Postcode};
use crate::phone::Phone;
use crate::pii::Pii;
use serde::{Deserialize, Serialize};

/// The names of the fields about the conversation, which a form may have. By their names and not by a role: a release that
/// does not know of them reads them as details.
pub const CONVERSATION: [&str; 2] = ["samtale", "tolkesprog"];

/// A citizen's answers, validated: every needed answer is there, and the place has a kreds.
#[derive(Clone, PartialEq, Eq)]
pub struct Answers {
    /// Where the problem is, which decides the kreds.
    pub place: Place,
    /// Whom to call.
    pub contact: Contact,
    /// Every answer that was given, in the order of the form, as it is read.
    pub given: Vec<Answer>,
}

/// Whom the officer calls.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// As typed.
    pub name: Pii<String>,
    /// To dial.
    pub phone: Pii<Phone>,
    /// Only if the citizen gave one.
    pub email: Option<Pii<EmailAddress>>,
}

/// One answer with its question.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The field's name.
    pub field: FieldName,
    /// The question as it was asked.
    pub question: String,
    /// The question in a word or two.
    pub short: String,
    /// The role of the answer for the officer.
    pub role: Role,
    /// The answers as they are read: one, or one for each choice.
    pub values: Pii<Vec<String>>,
}

/// Stored answers that cannot be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stored answers are not in the shape this version reads")]
pub struct Unreadable;

/// The shape in the store. Its own type, so that what is stored is chosen here and nowhere else.
#[derive(Serialize, Deserialize)]
struct Stored {
    kommune: KommuneCode,
    postcode: Option<Postcode>,
    kreds: KredsSlug,
    name: String,
    phone: Phone,
    email: Option<EmailAddress>,
    given: Vec<StoredAnswer>,
}

#[derive(Serialize, Deserialize)]
struct StoredAnswer {
    field: FieldName,
    question: String,
    short: String,
    role: Role,
    values: Vec<String>,
}

impl Answers {
    /// The answers as JSON for the store; equal answers give equal bytes.
    pub fn to_stored(&self) -> Result<Pii<String>, Unreadable> {
        let stored = Stored {
            kommune: self.place.kommune.clone(),
            postcode: self.place.postcode.clone(),
            kreds: self.place.kreds.clone(),
            name: self.contact.name.reveal().clone(),
            phone: self.contact.phone.reveal().clone(),
            email: self.contact.email.as_ref().map(|email| email.reveal().clone()),
            given: self.given.iter().map(Answer::to_stored).collect(),
        };
        serde_json::to_string(&stored).map(Pii::new).map_err(|_| Unreadable)
    }

    /// The answers from the store.
    pub fn from_stored(stored: &Pii<String>) -> Result<Self, Unreadable> {
        let stored: Stored = serde_json::from_str(stored.reveal()).map_err(|_| Unreadable)?;
        Ok(Self {
            place: Place { kommune: stored.kommune, postcode: stored.postcode, kreds: stored.kreds },
            contact: Contact {
                name: Pii::new(stored.name),
                phone: Pii::new(stored.phone),
                email: stored.email.map(Pii::new),
            },
            given: stored.given.into_iter().map(StoredAnswer::into_answer).collect(),
        })
    }

    /// Answers to read before calling: those that say whether something makes it hard to talk on the telephone.
    pub fn conversation(&self) -> impl Iterator<Item = &Answer> {
        self.given.iter().filter(|answer| CONVERSATION.contains(&answer.field.as_str()))
    }

    /// Answers to read after the rest.
    pub fn details(&self) -> impl Iterator<Item = &Answer> {
        self.with_role(Role::Detail).filter(|answer| !CONVERSATION.contains(&answer.field.as_str()))
    }

    /// The answers with one role, in the order of the form.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &Answer> {
        self.given.iter().filter(move |answer| answer.role == role)
    }
}

impl Answer {
    /// The answer to a question, as it is read.
    pub(crate) fn new(question: &Field, values: Vec<String>) -> Self {
        Self {
            field: question.name.clone(),
            question: question.question.clone(),
            short: question.short.clone(),
            role: question.role,
            values: Pii::new(values),
        }
    }

    fn to_stored(&self) -> StoredAnswer {
        StoredAnswer {
            field: self.field.clone(),
            question: self.question.clone(),
            short: self.short.clone(),
            role: self.role,
            values: self.values.reveal().clone(),
        }
    }
}

impl StoredAnswer {
    fn into_answer(self) -> Answer {
        Answer {
            field: self.field,
            question: self.question,
            short: self.short,
            role: self.role,
            values: Pii::new(self.values),
        }
    }
}
