//! Answers to the question before a form that lead elsewhere: to 112, to 114, or to the kommune.

use crate::field::Choice;
use crate::html::SafeHtml;
use crate::names::PageSlug;
use serde::{Deserialize, Serialize};

/// A page for matters that this service does not handle. It says where to turn instead and has nothing to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signpost {
    /// The slug in URLs, below the form: `ring-114`.
    pub slug: PageSlug,
    /// The service to turn to instead.
    pub instead: Instead,
    /// The heading.
    pub title: String,
    /// The answers that lead here.
    pub answers: Vec<Choice>,
    /// Advice for the citizen, with the reason.
    pub body: SafeHtml,
}

/// A service to turn to instead, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instead {
    /// 112: somebody is in danger now.
    Emergency,
    /// 114: a crime or an accident to report.
    Police,
    /// The kommune: roads, signs, parking.
    Kommune,
}

impl Signpost {
    /// True if this answer leads here.
    #[must_use]
    pub fn is_for(&self, answer: &str) -> bool {
        self.answers.iter().any(|choice| choice.code.as_str() == answer)
    }
}
