//! One question of a form: what may be answered, what it is to the officer, and what can be wrong with it.

use crate::names::{ChoiceCode, FieldName, PageSlug};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Some questions under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The questions, in order.
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name on the wire.
    pub name: FieldName,
    /// The kind of answer it takes.
    pub kind: Kind,
    /// The role of the answer for the officer.
    pub role: Role,
    /// The question as asked.
    pub question: String,
    /// The question in a word or two, for the mail and the summary.
    pub short: String,
    /// Help under the question; for personal fields, why it is asked.
    pub hint: Option<String>,
    /// True if an answer is required.
    pub required: bool,
    /// The topic it is a follow-up question to: it is asked of those who chose that topic, and of nobody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_for: Option<ChoiceCode>,
    /// The error message for each [`Fault`] the field can have.
    pub errors: BTreeMap<Fault, String>,
}

/// The kinds of answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One of some choices.
    Choice(Vec<Choice>),
    /// Any number of some choices.
    Choices(Vec<Choice>),
    /// Any number of hours on any number of days: a timetable of boxes. See [`crate::week`].
    Week(Week),
    /// One line of at most `max` characters.
    Line {
        /// Most characters.
        max: usize,
    },
    /// Some lines of at most `max` characters together, a line break counting as one.
    Text {
        /// Most characters.
        max: usize,
    },
    /// The kommune of the place.
    Kommune,
    /// The place in words or by its postcode; see [`Atlas::find`](crate::atlas::Atlas::find).
    Postcode,
    /// The citizen's name, of at most `max` characters.
    Name {
        /// Most characters.
        max: usize,
    },
    /// The citizen's telephone number.
    Phone,
    /// The citizen's e-mail address.
    Email,
}

/// One possible answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// On the wire.
    pub code: ChoiceCode,
    /// As read.
    pub label: String,
    /// A topic's page of advice, for the receipt: it may solve the matter before the call.
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
    /// The topic of the request: one for each form.
    Topic,
    /// Where it is.
    Place,
    /// When to call: one for each form.
    CallTimes,
    /// Whom to call.
    Contact,
    /// Anything else.
    Detail,
}

/// A fault of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// No answer where one is needed.
    Missing,
    /// An answer that is none of the choices, or a place that is only nearly written as one we know.
    Unknown,
    /// Too many characters. Its text may say `{max}`.
    TooLong,
    /// Not a telephone number or e-mail address, or a place we do not know.
    Invalid,
    /// The place lies in several kommuner. Its text may say `{postnr}` and `{kommuner}`.
    Several,
    /// The place lies elsewhere than the kommune beside it. Its text may say `{postnr}`, `{by}` and `{kommune}`.
    Elsewhere,
}

impl Kind {
    /// The faults that a field of this kind can have; each needs a text.
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

    /// Returns true if an answer is typed, not chosen, and reaches the officer as it is.
    #[must_use]
    pub const fn is_typed(&self) -> bool {
        matches!(self, Self::Line { .. } | Self::Text { .. } | Self::Name { .. } | Self::Phone | Self::Email)
    }

    /// The role that a field of this kind always has, if any.
    #[must_use]
    pub const fn fixed_role(&self) -> Option<Role> {
        match self {
            Self::Kommune | Self::Postcode => Some(Role::Place),
            Self::Name { .. } | Self::Phone | Self::Email => Some(Role::Contact),
            Self::Choice(_) | Self::Choices(_) | Self::Week(_) | Self::Line { .. } | Self::Text { .. } => None,
        }
    }

    /// The lists of choices in it: none, one, or the days and the hours of a timetable.
    #[must_use]
    pub fn choices(&self) -> Vec<&[Choice]> {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => vec![choices],
            Self::Week(week) => vec![&week.days, &week.hours],
            _ => Vec::new(),
        }
    }

    /// The name that the one field of this kind must have on the wire, if it must be there once.
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
    /// The placeholders that a text for this fault may hold.
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
