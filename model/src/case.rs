//! The case beside a request's mails: what was done about it, as events with times that may come in any order.
//!
//! Events are only added. [`Case::new`] folds them; nothing else says how far a request is. A citizen is notified of an event only
//! when [`UNDO_WITHIN`] is over and nobody has taken it back: see [`Case::visible_to_citizen`].

mod citizen;
mod event;

pub use citizen::{CALLING_FOR, CallerNumber};

use crate::control::Control;
use crate::names::{CatalogVersion, KredsSlug, Nonce, ReasonSlug};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Time in which an officer can take back what was chosen. Until then no citizen and no other kreds is notified of it.
pub const UNDO_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// Most that the clocks of two processes differ. So much earlier nothing can be taken back any more: another process may be
/// mailing it already.
const CLOCKS: SignedDuration = SignedDuration::from_secs(10);

/// One thing that was done about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Which press of a button it was: equal nonce, equal event.
    pub nonce: Nonce,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: By,
    /// The act.
    pub act: Act,
}

/// Who did something about a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// An officer, by a link in a mail to a mailbox of this kreds.
    Officer(KredsSlug),
    /// The citizen, by the receipt's address.
    Citizen,
}

/// Acts that can be done about a request. A later release may know more; what this one does not know is passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// An officer has talked to the citizen.
    Called,
    /// An officer has called, and nobody answered.
    NotReached,
    /// Another kreds gets it.
    Forwarded {
        /// Which.
        to: KredsSlug,
    },
    /// It is closed, for a reason of the content.
    Closed {
        /// Which.
        reason: ReasonSlug,
        /// The content that the reason is from.
        catalog: CatalogVersion,
    },
    /// A control, a visit or another measure is planned.
    Planned,
    /// The measure was carried out. Its facts and numbers stand beside the act, where a release that knows no numbers passes
    /// over them.
    Done(#[serde(skip)] Control),
    /// The citizen, who was asked, says whether somebody has called.
    Answered {
        /// True if somebody has.
        called: bool,
    },
    /// An officer is about to call: see [`Case::calling`].
    Calling {
        /// True if the citizen's telephone shows who calls.
        number: CallerNumber,
    },
    /// The citizen has chosen other hours.
    HoursChanged,
    /// The citizen has corrected the telephone number.
    PhoneChanged,
    /// The citizen has withdrawn the request: its answers are deleted.
    Withdrawn,
    /// An event is taken back.
    Undone {
        /// Which.
        nonce: Nonce,
    },
}

/// All that was done about a request, in the order of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    events: Vec<Event>,
    undone: BTreeSet<Nonce>,
}

/// Progress of a request, in the four states that a citizen reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The kreds has it; nobody has called yet.
    Received,
    /// Somebody has called, and reached nobody.
    Tried,
    /// The citizen was called, or a measure is planned or carried out.
    Called,
    /// It is closed, or its citizen has withdrawn it.
    Closed,
}

impl Act {
    /// True if it settles the promised call, false if it contradicts that; none if it says nothing of it.
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
    /// Folds events, in whatever order they come. Of two with one nonce the earlier counts. An event is undone by whoever
    /// did it, within [`UNDO_WITHIN`].
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

    /// Every event in the order of time, also those that were taken back: what officers read.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The event with a nonce.
    #[must_use]
    pub fn event(&self, nonce: &Nonce) -> Option<&Event> {
        self.events.iter().find(|event| event.nonce == *nonce)
    }

    /// True if an event was taken back.
    #[must_use]
    pub fn is_undone(&self, event: &Event) -> bool {
        self.undone.contains(&event.nonce)
    }

    /// The events that count, in the order of time.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Event> {
        let counts = |event: &&Event| !self.is_undone(event) && !matches!(event.act, Act::Undone { .. });
        self.events.iter().filter(counts)
    }

    /// The case as a citizen may know it at `now`: nothing that could still be taken back. The citizen's own acts count
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

    /// Each time that somebody called in vain.
    pub fn not_reached(&self) -> impl Iterator<Item = Timestamp> {
        self.standing().filter(|event| event.act == Act::NotReached).map(|event| event.at)
    }

    /// The kreds that it was sent on to, and when.
    #[must_use]
    pub fn forwarded(&self) -> Option<(&KredsSlug, Timestamp)> {
        self.standing().find_map(|event| match &event.act {
            Act::Forwarded { to } => Some((to, event.at)),
            _ => None,
        })
    }

    /// The reason for which it was closed, the content that has it, and when.
    #[must_use]
    pub fn closed(&self) -> Option<(&ReasonSlug, &CatalogVersion, Timestamp)> {
        self.standing().find_map(|event| match &event.act {
            Act::Closed { reason, catalog } => Some((reason, catalog, event.at)),
            _ => None,
        })
    }

    /// Whose request it is: that of the kreds it was sent on to, else of the one it went to first.
    #[must_use]
    pub fn kreds<'a>(&'a self, first: &'a KredsSlug) -> &'a KredsSlug {
        self.forwarded().map_or(first, |(to, _)| to)
    }

    /// True if a call is still owed: it is not over, and by the last word nobody has talked to the citizen or done anything.
    /// A slip of an officer or of the citizen never ends a call for good: whoever knows better contradicts it.
    #[must_use]
    pub fn owes_call(&self) -> bool {
        matches!(self.stage(), Stage::Received | Stage::Tried)
    }

    /// True if an event makes the call owed again, after something had settled it.
    #[must_use]
    pub fn is_reopened_by(&self, event: &Event) -> bool {
        let after = || Self::new(self.events.iter().chain([event]).cloned());
        !self.owes_call() && after().owes_call()
    }

    /// Its progress.
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

    /// True if an officer of a kreds may do this now; `first` is the kreds that got the request first. Nobody does anything
    /// about what is closed or withdrawn, and only the kreds that has it does anything. It is sent on once.
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

    /// The last event that an officer of this kreds can still take back; none once the request is withdrawn.
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
