//! The citizen's side of a case: whether somebody is calling right now, and the citizen's own acts.

use super::{Act, By, Case, Event};
use crate::deadline::after;
use crate::names::KredsSlug;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The time for which a citizen reads that the police are calling.
pub const CALLING_FOR: SignedDuration = SignedDuration::from_mins(10);

/// The number that the citizen's telephone shows while an officer calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallerNumber {
    /// No number: it is withheld.
    Hidden,
    /// The number that the officer calls from.
    Shown,
}

impl Case {
    /// The kreds whose officer is calling at `now`, the number that the citizen's telephone shows, and the end of the
    /// announcement. It starts at once and ends by itself or with the next officer event. It is no stage.
    #[must_use]
    pub fn calling(&self, now: Timestamp) -> Option<(&KredsSlug, CallerNumber, Timestamp)> {
        let last = self.standing().rfind(|event| matches!(event.by, By::Officer(_)))?;
        let (By::Officer(kreds), Act::Calling { number }) = (&last.by, &last.act) else { return None };
        let until = after(last.at, CALLING_FOR);
        (!self.is_over() && now < until).then_some((kreds, *number, until))
    }

    /// The time at which the citizen withdrew the request; `None` if it was not withdrawn.
    #[must_use]
    pub fn withdrawn(&self) -> Option<Timestamp> {
        self.first(|act| *act == Act::Withdrawn)
    }

    /// The time at which the citizen first said that nobody has called; `None` if no call is owed.
    #[must_use]
    pub fn missed(&self) -> Option<Timestamp> {
        self.first(|act| matches!(act, Act::Answered { called: false })).filter(|_| self.owes_call())
    }

    /// True if the request is closed or withdrawn, so that nobody may act on it any more.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.closed().is_some() || self.withdrawn().is_some()
    }

    /// The citizen's own events, in chronological order.
    pub fn by_citizen(&self) -> impl DoubleEndedIterator<Item = &Event> {
        self.standing().filter(|event| event.by == By::Citizen)
    }
}
