//! The result of a run of the schedule: counts, and problems that need a human.

use crate::alarm::Alarm;
use crate::store::{ItemKey, Listing, Task};
use model::names::KredsSlug;

/// The counts of one run, and its problems that need a human.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sweep {
    /// Mails that went out, other than digests.
    pub sent: usize,
    /// Digests that went out.
    pub digests: usize,
    /// Tasks that failed and will be retried.
    pub put_off: usize,
    /// Tasks that are parked because their attempts are used up.
    pub parked: usize,
    /// Mails that were permanently refused during the attempt.
    pub refused: usize,
    /// Mails that were withheld: no longer needed, too soon after another one, or receipts while these are paused.
    pub withheld: usize,
    /// Submissions that were deleted because their time was up.
    pub erased: usize,
    /// Submissions that should have been deleted a day ago and still exist.
    pub overdue: usize,
    /// Items that this release cannot read, and skipped.
    pub unreadable: usize,
    /// Requests that had been deleted, were brought back by a point-in-time restore, and were deleted again.
    pub ghosts: usize,
    /// Requests whose mail had gone out before a point-in-time restore forgot it.
    pub went_before: usize,
    /// Problems that need a human, each with its kreds. Parked mails are included in every run.
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

    /// Skips items that cannot be read, with an alarm for each.
    pub(super) fn set_aside(&mut self, unreadable: &[ItemKey]) {
        unreadable.iter().for_each(|key| Alarm::Unreadable.raise_for_all(key));
        self.unreadable += unreadable.len();
    }

    /// Returns the readable items of a listing, and skips the others.
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
