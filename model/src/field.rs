//! A question of a form: the kind of its answer, its role for the officer, and its possible errors.

use crate::names::{ChoiceCode, FieldName, PageSlug};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A group of questions under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The questions, in order.
    pub fields: Vec<Field>,
}

/// A question of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name on the wire.
    pub name: FieldName,
    /// The kind of answer it takes.
    pub kind: Kind,
    /// The role of the answer for the officer.
    pub role: Role,
    /// The question as asked.
    pub question: String,
    /// The question in a word or two, for the mail and the summary.
    pub short: String,
    /// Help under the question; for personal fields, the reason for asking it.
    pub hint: Option<String>,
    /// True if an answer is required.
    pub required: bool,
    /// The topic that it follows up on, without which it is not asked; `None` if it is always asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_for: Option<ChoiceCode>,
    /// The error message for each [`Fault`] the field can have.
    pub errors: BTreeMap<Fault, String>,
}

/// The kind of answer that a field takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One of several choices.
    Choice(Vec<Choice>),
    /// Any number of several choices.
    Choices(Vec<Choice>),
    /// Any number of hours on any number of days: a timetable of checkboxes. See [`crate::week`].
    Week(Week),
    /// One line of at most `max` characters.
    Line {
        /// The maximum number of characters.
        max: usize,
    },
    /// Several lines of at most `max` characters in total, a line break counting as one.
    Text {
        /// The maximum number of characters.
        max: usize,
    },
    /// The kommune of the place.
    Kommune,
    /// The place as text or as a postcode; see [`Atlas::find`](crate::atlas::Atlas::find).
    Postcode,
    /// The citizen's name, of at most `max` characters.
    Name {
        /// The maximum number of characters.
        max: usize,
    },
    /// The citizen's telephone number.
    Phone,
    /// The citizen's e-mail address.
    Email,
}

/// A possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The code on the wire.
    pub code: ChoiceCode,
    /// The label as displayed.
    pub label: String,
    /// The page of advice on this topic, for the receipt: it may solve the matter before the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<PageSlug>,
}

/// The rows and columns of a timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// The days, in order.
    pub days: Vec<Choice>,
    /// The hours, in order.
    pub hours: Vec<Choice>,
}

/// The role of an answer for the officer who calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The topic of the request; each form has one such field.
    Topic,
    /// The place of the problem.
    Place,
    /// The times for the call; each form has one such field.
    CallTimes,
    /// The person to call.
    Contact,
    /// Anything else.
    Detail,
}

/// An error in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A required answer is missing.
    Missing,
    /// The answer is none of the choices, or a place that is only similar to known ones.
    Unknown,
    /// The answer has too many characters. The message may contain `{max}`.
    TooLong,
    /// The answer is no telephone number, no e-mail address, or an unknown place.
    Invalid,
    /// The place lies in several kommuner. The message may contain `{postnr}` and `{kommuner}`.
    Several,
    /// The place lies elsewhere than the chosen kommune. The message may contain `{postnr}`, `{by}` and `{kommune}`.
    Elsewhere,
}

impl Kind {
    /// The errors that a field of this kind can have; each needs a message.
    #[must_use]
    pub fn faults(&self, required: bool) -> BTreeSet<Fault> {
        let own: &[Fault] = match self {
            Self::Choice(_) | Self::Choices(_) | Self::Week(_) => &[Fault::Unknown],
            Self::Line { .. } | Self::Text { .. } | Self::Name { .. } => &[Fault::TooLong],
            Self::Phone | Self::Email => &[Fault::Invalid],
            Self::Postcode => &[Fault::Invalid, Fault::Elsewhere],
            Self::Kommune => &[Fault::Unknown, Fault::Several],
        };
        own.iter().copied().chain(required.then_some(Fault::Missing)).collect()
    }

    /// True if the answer is typed rather than chosen, and reaches the officer unchanged.
    #[must_use]
    pub const fn is_typed(&self) -> bool {
        matches!(self, Self::Line { .. } | Self::Text { .. } | Self::Name { .. } | Self::Phone | Self::Email)
    }

    /// The role that every field of this kind has; `None` if it varies.
    #[must_use]
    pub const fn fixed_role(&self) -> Option<Role> {
        match self {
            Self::Kommune | Self::Postcode => Some(Role::Place),
            Self::Name { .. } | Self::Phone | Self::Email => Some(Role::Contact),
            Self::Choice(_) | Self::Choices(_) | Self::Week(_) | Self::Line { .. } | Self::Text { .. } => None,
        }
    }

    /// The lists of choices: none, one, or the days and the hours of a timetable.
    #[must_use]
    pub fn choices(&self) -> Vec<&[Choice]> {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => vec![choices],
            Self::Week(week) => vec![&week.days, &week.hours],
            _ => Vec::new(),
        }
    }

    /// The wire name of the one field of this kind; `None` if a form may have any number of them.
    #[must_use]
    pub const fn wire_name(&self) -> Option<&'static str> {
        match self {
            Self::Kommune => Some("kommune"),
            Self::Postcode => Some("postnr"),
            Self::Name { .. } => Some("navn"),
            Self::Phone => Some("telefon"),
            Self::Email => Some("email"),
            Self::Choice(_) | Self::Choices(_) | Self::Week(_) | Self::Line { .. } | Self::Text { .. } => None,
        }
    }
}

impl Fault {
    /// The placeholders that a message for this error may contain.
    #[must_use]
    pub const fn placeholders(self) -> &'static [&'static str] {
        match self {
            Self::TooLong => &["max"],
            Self::Several => &["postnr", "kommuner"],
            Self::Elsewhere => &["postnr", "by", "kommune"],
            Self::Missing | Self::Unknown | Self::Invalid => &[],
        }
    }
}
