//! The citizen's side of a case: whether somebody is calling just now, and what the citizen did about the request.

use super::{Act, By, Case, Event};
use crate::deadline::after;
use crate::names::KredsSlug;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Time for which a citizen reads that the police are calling.
pub const CALLING_FOR: SignedDuration = SignedDuration::from_mins(10);

/// The number that a citizen's telephone shows while an officer calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallerNumber {
    /// None: it is withheld.
    Hidden,
    /// The one that the officer calls from.
    Shown,
}

impl Case {
    /// The kreds whose officer is calling at `now`, the number the citizen's telephone shows, and until when that is said.
    /// It counts at once and ends by itself, or with the next thing that an officer notes: it is no state of the request.
    #[must_use]
    pub fn calling(&self, now: Timestamp) -> Option<(&KredsSlug, CallerNumber, Timestamp)> {
        let last = self.standing().rfind(|event| matches!(event.by, By::Officer(_)))?;
        let (By::Officer(kreds), Act::Calling { number }) = (&last.by, &last.act) else { return None };
        let until = after(last.at, CALLING_FOR);
        (!self.is_over() && now < until).then_some((kreds, *number, until))
    }

    /// When the citizen withdrew the request.
    #[must_use]
    pub fn withdrawn(&self) -> Option<Timestamp> {
        self.first(|act| *act == Act::Withdrawn)
    }

    /// When the citizen first said that nobody has called, as long as a call is owed.
    #[must_use]
    pub fn missed(&self) -> Option<Timestamp> {
        self.first(|act| matches!(act, Act::Answered { called: false })).filter(|_| self.owes_call())
    }

    /// True once nobody does anything more about the request: it is closed or withdrawn.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.closed().is_some() || self.withdrawn().is_some()
    }

    /// Each thing that the citizen did, in the order of time.
    pub fn by_citizen(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.standing().filter(|event| event.by == By::Citizen)
    }
}
