//! The case of a request: timestamped events, which may arrive in any order.
//!
//! Events are only ever added. [`Case::new`] folds them, and nothing else determines the progress of a request. A
//! citizen is notified of an event only after [`UNDO_WITHIN`], unless it was undone: see [`Case::visible_to_citizen`].

mod citizen;
mod event;

pub use citizen::{CALLING_FOR, CallerNumber};

use crate::control::Control;
use crate::names::{CatalogVersion, KredsSlug, Nonce, ReasonSlug};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The time in which an officer can undo an event. Until then, no citizen and no other kreds is notified of it.
pub const UNDO_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// The largest difference between the clocks of two processes. Undoing ends this much earlier, since another process
/// may already be mailing the event.
const CLOCKS: SignedDuration = SignedDuration::from_secs(10);

/// Something that was done about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Identifies the press of a button: events with equal nonces are one event.
    pub nonce: Nonce,
    /// The time of the act.
    pub at: Timestamp,
    /// The author.
    pub by: By,
    /// The act itself.
    pub act: Act,
}

/// The author of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// An officer, through a link in a mail to a mailbox of this kreds.
    Officer(KredsSlug),
    /// The citizen, through the receipt's URL.
    Citizen,
}

/// An act about a request. Acts that only a later release knows are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// An officer talked to the citizen.
    Called,
    /// An officer called, and nobody answered.
    NotReached,
    /// An officer forwarded the request to another kreds.
    Forwarded {
        /// The kreds that receives it.
        to: KredsSlug,
    },
    /// The request is closed for a reason from the content.
    Closed {
        /// The reason.
        reason: ReasonSlug,
        /// The version of the content that defines the reason.
        catalog: CatalogVersion,
    },
    /// A control, a visit or another measure is planned.
    Planned,
    /// The measure was carried out. Its facts and numbers are stored beside the act, so that a release without them can
    /// ignore them.
    Done(#[serde(skip)] Control),
    /// The citizen's answer to the question whether somebody has called.
    Answered {
        /// True if somebody has called.
        called: bool,
    },
    /// An officer is about to call: see [`Case::calling`].
    Calling {
        /// The number that the citizen's telephone shows.
        number: CallerNumber,
    },
    /// The citizen chose other hours.
    HoursChanged,
    /// The citizen corrected the telephone number.
    PhoneChanged,
    /// The citizen withdrew the request: its answers are deleted.
    Withdrawn,
    /// An earlier event is undone.
    Undone {
        /// The nonce of that event.
        nonce: Nonce,
    },
}

/// All events of a request, in chronological order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    events: Vec<Event>,
    undone: BTreeSet<Nonce>,
}

/// The progress of a request, in the four stages that a citizen sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The kreds has the request; nobody has called yet.
    Received,
    /// Somebody has called, but nobody was reached.
    Tried,
    /// The citizen was called, or a measure is planned or carried out.
    Called,
    /// The request is closed, or the citizen has withdrawn it.
    Closed,
}

impl Act {
    /// `Some(true)` if it settles the promised call, `Some(false)` if it contradicts that, `None` if neither.
    #[must_use]
    pub const fn settles_call(&self) -> Option<bool> {
        match self {
            Self::Called | Self::Planned | Self::Done(_) | Self::Answered { called: true } => Some(true),
            Self::NotReached | Self::Answered { called: false } => Some(false),
            Self::Forwarded { .. }
            | Self::Closed { .. }
            | Self::Calling { .. }
            | Self::HoursChanged
            | Self::PhoneChanged
            | Self::Withdrawn
            | Self::Undone { .. } => None,
        }
    }
}

impl Case {
    /// Folds events, in whatever order they come. Of two with the same nonce, the earlier one counts. Only its author
    /// can undo an event, and only within [`UNDO_WITHIN`].
    #[must_use]
    pub fn new(events: impl IntoIterator<Item = Event>) -> Self {
        let mut once: BTreeMap<Nonce, Event> = BTreeMap::new();
        for event in events {
            let known = once.entry(event.nonce.clone()).or_insert_with(|| event.clone());
            if order(&event) < order(known) {
                *known = event;
            }
        }
        let takes_back = |event: &Event| {
            let Act::Undone { nonce } = &event.act else { return None };
            let undone = once.get(nonce)?;
            let may =
                undone.by == event.by && event.at < undone.visible_from() && !matches!(undone.act, Act::Undone { .. });
            may.then(|| nonce.clone())
        };
        let undone = once.values().filter_map(takes_back).collect();
        let mut events: Vec<Event> = once.into_values().collect();
        events.sort_by_key(order);
        Self { events, undone }
    }

    /// All events in chronological order, including undone ones, as officers read them.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Looks up an event by its nonce.
    #[must_use]
    pub fn event(&self, nonce: &Nonce) -> Option<&Event> {
        self.events.iter().find(|event| event.nonce == *nonce)
    }

    /// True if an event was undone.
    #[must_use]
    pub fn is_undone(&self, event: &Event) -> bool {
        self.undone.contains(&event.nonce)
    }

    /// The events that count, in chronological order: neither undone events nor undos.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Event> {
        let counts = |event: &&Event| !self.is_undone(event) && !matches!(event.act, Act::Undone { .. });
        self.events.iter().filter(counts)
    }

    /// The case as a citizen may see it at `now`: without events that can still be undone. The citizen's own acts count
    /// at once.
    #[must_use]
    pub fn visible_to_citizen(&self, now: Timestamp) -> Self {
        let is_visible = |event: &&Event| event.by == By::Citizen || event.visible_from() <= now;
        Self { events: self.standing().filter(is_visible).cloned().collect(), undone: BTreeSet::new() }
    }

    /// The last word about the promised call: the last event that settles it or contradicts what settled it.
    #[must_use]
    pub fn last_word(&self) -> Option<&Event> {
        self.standing().rfind(|event| event.act.settles_call().is_some())
    }

    /// The time of each call that reached nobody.
    pub fn not_reached(&self) -> impl Iterator<Item = Timestamp> {
        self.standing().filter(|event| event.act == Act::NotReached).map(|event| event.at)
    }

    /// The kreds that the request was forwarded to, and the time; `None` if it was not forwarded.
    #[must_use]
    pub fn forwarded(&self) -> Option<(&KredsSlug, Timestamp)> {
        self.standing().find_map(|event| match &event.act {
            Act::Forwarded { to } => Some((to, event.at)),
            _ => None,
        })
    }

    /// The reason for closing the request, the content that defines it, and the time; `None` if it is not closed.
    #[must_use]
    pub fn closed(&self) -> Option<(&ReasonSlug, &CatalogVersion, Timestamp)> {
        self.standing().find_map(|event| match &event.act {
            Act::Closed { reason, catalog } => Some((reason, catalog, event.at)),
            _ => None,
        })
    }

    /// The kreds responsible for the request: the one that it was forwarded to, otherwise the `first` one.
    #[must_use]
    pub fn kreds<'a>(&'a self, first: &'a KredsSlug) -> &'a KredsSlug {
        self.forwarded().map_or(first, |(to, _)| to)
    }

    /// True if a call is still owed: the request is not over, and by the last word nobody has talked to the citizen or
    /// acted. A mistake of an officer or the citizen never ends a call for good, since a later event can contradict it.
    #[must_use]
    pub fn owes_call(&self) -> bool {
        matches!(self.stage(), Stage::Received | Stage::Tried)
    }

    /// True if an event makes a settled call owed again.
    #[must_use]
    pub fn is_reopened_by(&self, event: &Event) -> bool {
        let after = || Self::new(self.events.iter().chain([event]).cloned());
        !self.owes_call() && after().owes_call()
    }

    /// The progress of the request.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.is_over() {
            Stage::Closed
        } else if self.last_word().is_some_and(|word| word.act.settles_call() == Some(true)) {
            Stage::Called
        } else if self.not_reached().next().is_some() {
            Stage::Tried
        } else {
            Stage::Received
        }
    }

    /// True if an officer of the kreds `by` may do this now; `first` is the kreds that got the request first. Only the
    /// responsible kreds may act, until the request is closed or withdrawn, and it can forward a request only once.
    #[must_use]
    pub fn may(&self, act: &Act, by: &KredsSlug, first: &KredsSlug) -> bool {
        let is_ours = !self.is_over() && self.kreds(first) == by;
        match act {
            Act::Forwarded { to } => is_ours && to != by && self.forwarded().is_none(),
            Act::Answered { .. } | Act::Undone { .. } | Act::HoursChanged | Act::PhoneChanged | Act::Withdrawn => false,
            Act::Called | Act::NotReached | Act::Closed { .. } | Act::Planned | Act::Done(_) | Act::Calling { .. } => {
                is_ours
            }
        }
    }

    /// The last event that an officer of this kreds can still undo; `None` once the request is withdrawn.
    #[must_use]
    pub fn undoable(&self, by: &KredsSlug, now: Timestamp) -> Option<&Event> {
        if self.withdrawn().is_some() {
            return None;
        }
        let last = self.standing().rfind(|event| matches!(event.by, By::Officer(_)))?;
        let is_in_time = now.saturating_add(CLOCKS).is_ok_and(|now| now < last.visible_from());
        (last.by == By::Officer(by.clone()) && is_in_time).then_some(last)
    }

    fn first(&self, is: impl Fn(&Act) -> bool) -> Option<Timestamp> {
        self.standing().find(|event| is(&event.act)).map(|event| event.at)
    }
}

fn order(event: &Event) -> (Timestamp, Nonce) {
    (event.at, event.nonce.clone())
}

#[cfg(test)]
mod citizen_tests;
#[cfg(test)]
mod tests;
