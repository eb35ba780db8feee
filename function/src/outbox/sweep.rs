//! The result of a run of the schedule.

use crate::alarm::Alarm;
use crate::store::{ItemKey, Listing, Task};
use model::names::KredsSlug;

/// The acts of one run, and the problems it found that need a human.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sweep {
    /// Mails about requests that went out.
    pub sent: usize,
    /// Digests that went out.
    pub digests: usize,
    /// Tasks that will be tried again.
    pub put_off: usize,
    /// Tasks that were tried for the last time.
    pub parked: usize,
    /// Mails that a mailbox refused for good, at once.
    pub refused: usize,
    /// Receipts that were not sent, because another one was not long ago.
    pub withheld: usize,
    /// Submissions that were deleted, because their time was up.
    pub erased: usize,
    /// Submissions that should have been deleted a day ago and are there.
    pub overdue: usize,
    /// Items that this release cannot read, and passed by.
    pub unreadable: usize,
    /// Requests that had been deleted, that a restore in time brought back, and that were deleted again.
    pub ghosts: usize,
    /// Requests whose mail had gone out before a restore in time forgot it.
    pub went_before: usize,
    /// Problems that need a human, each with its kreds. Parked mails are here in every run.
    pub alarms: Vec<(Alarm, KredsSlug)>,
}

impl Sweep {
    pub(super) fn raise(&mut self, alarm: Alarm, kreds: &KredsSlug, what: impl std::fmt::Display) {
        alarm.raise(kreds, what);
        self.note(alarm, kreds);
    }

    pub(super) fn note(&mut self, alarm: Alarm, kreds: &KredsSlug) {
        let entry = (alarm, kreds.clone());
        if !self.alarms.contains(&entry) {
            self.alarms.push(entry);
        }
    }

    /// Passes by items that cannot be read, and names each.
    pub(super) fn set_aside(&mut self, unreadable: &[ItemKey]) {
        unreadable.iter().for_each(|key| Alarm::Unreadable.raise_for_all(key));
        self.unreadable += unreadable.len();
    }

    /// The items of a listing that can be read; passes by the others.
    pub(super) fn readable<T>(&mut self, listing: Listing<T>) -> Vec<T> {
        self.set_aside(&listing.unreadable);
        listing.items
    }

    pub(super) const fn count(&mut self, task: &Task) {
        match task {
            Task::Digest(..) => self.digests += 1,
            _ => self.sent += 1,
        }
    }
}
