//! What waits to be mailed to the police after a run, as far as the run knows: what it read when it began, less what it did.
//!
//! It asks the table nothing of its own. The index tells when a mail is due, not since when it is owed; so the age is that
//! of the first mail that was due and that nobody came to, and what fails again and again is seen in the number.

use crate::metrics::{Measured, Metric};
use crate::store::{Due, Task};
use jiff::Timestamp;
use model::names::KredsSlug;

/// The mails to the police that wait.
#[derive(Default)]
pub(super) struct Owed {
    waiting: Vec<Waiting>,
    /// A queue could not be read, so nobody knows.
    is_unknown: bool,
}

struct Waiting {
    task: Task,
    kreds: KredsSlug,
    /// Since when it is due; none if this run or another has come to it.
    due: Option<Timestamp>,
}

impl Owed {
    /// What stands in a kreds's queue, due or not.
    pub(super) fn read(&mut self, kreds: &KredsSlug, standing: &[Due]) {
        let mails = standing.iter().filter(|due| due.task.is_to_the_police());
        self.waiting.extend(mails.map(|due| Waiting { task: due.task.clone(), kreds: kreds.clone(), due: due.at() }));
    }

    /// A queue could not be read.
    pub(super) const fn unreadable(&mut self) {
        self.is_unknown = true;
    }

    /// Somebody has come to a task: whatever becomes of it, nobody let it lie.
    pub(super) fn begun(&mut self, task: &Task) {
        if let Some(waiting) = self.waiting.iter_mut().find(|waiting| waiting.task == *task) {
            waiting.due = None;
        }
    }

    /// A task waits no more.
    pub(super) fn over(&mut self, task: &Task) {
        self.waiting.retain(|waiting| waiting.task != *task);
    }

    /// Adds what waits at the end of a run; nothing if it is not known.
    pub(super) fn measure(&self, now: Timestamp, measured: &mut Measured) {
        if self.is_unknown {
            return;
        }
        let age = |waiting: &Waiting| {
            let seconds = waiting.due.map_or(0, |due| now.duration_since(due).as_secs());
            u64::try_from(seconds).unwrap_or(0)
        };
        let kredse: std::collections::BTreeSet<&KredsSlug> =
            self.waiting.iter().map(|waiting| &waiting.kreds).collect();
        let of = |kreds: &KredsSlug| self.waiting.iter().filter(|waiting| waiting.kreds == *kreds).collect::<Vec<_>>();
        let counts = kredse.iter().map(|kreds| ((*kreds).clone(), of(kreds).len() as u64));
        measured.add(Metric::Owed, self.waiting.len() as u64, counts);
        let oldest = |waiting: &[&Waiting]| waiting.iter().map(|waiting| age(waiting)).max().unwrap_or(0);
        let ages = kredse.iter().map(|kreds| ((*kreds).clone(), oldest(&of(kreds))));
        measured.add(Metric::OwedAge, oldest(&self.waiting.iter().collect::<Vec<_>>()), ages);
    }
}
