//! The validated answers to a form, each stored with its own question so that it stays readable for years.

use crate::atlas::Place;
use crate::email::EmailAddress;
use crate::field::{Field, Role};
use crate::names::{FieldName, KommuneCode, KredsSlug, Postcode};
use crate::phone::Phone;
use crate::pii::Pii;
use serde::{Deserialize, Serialize};

/// Names of the optional fields about the conversation. They are recognised by name, not by role: a release that does
/// not know them reads them as details.
pub const CONVERSATION: [&str; 2] = ["samtale", "tolkesprog"];

/// A citizen's validated answers: every required answer is present, and the place has a kreds.
#[derive(Clone, PartialEq, Eq)]
pub struct Answers {
    /// The place of the problem, which determines the kreds.
    pub place: Place,
    /// The person to call.
    pub contact: Contact,
    /// Every answer given, as displayed, in the order of the form.
    pub given: Vec<Answer>,
}

/// The person whom the officer calls.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    /// The name as typed.
    pub name: Pii<String>,
    /// The number to dial.
    pub phone: Pii<Phone>,
    /// `None` if the citizen gave no address.
    pub email: Option<Pii<EmailAddress>>,
}

/// An answer with its question.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The field's name.
    pub field: FieldName,
    /// The question as asked.
    pub question: String,
    /// The question in a word or two.
    pub short: String,
    /// The role of the answer for the officer.
    pub role: Role,
    /// The answer as displayed: one value, or one for each choice.
    pub values: Pii<Vec<String>>,
}

/// Stored answers that cannot be read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stored answers are not in the shape this version reads")]
pub struct Unreadable;

/// The stored shape of [`Answers`]. A separate type, so that the stored format is defined here and nowhere else.
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
    /// Serializes the answers to JSON for the store. Equal answers give equal bytes.
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

    /// Parses answers from the store.
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

    /// Returns the answers to read before calling: they say whether anything makes it hard to talk on the telephone.
    pub fn conversation(&self) -> impl Iterator<Item = &Answer> {
        self.given.iter().filter(|answer| CONVERSATION.contains(&answer.field.as_str()))
    }

    /// Returns the details to read last: all but those about the conversation.
    pub fn details(&self) -> impl Iterator<Item = &Answer> {
        self.with_role(Role::Detail).filter(|answer| !CONVERSATION.contains(&answer.field.as_str()))
    }

    /// Returns the answers with a role, in the order of the form.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &Answer> {
        self.given.iter().filter(move |answer| answer.role == role)
    }
}

impl Answer {
    /// Creates the answer to a question from the values as displayed.
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
