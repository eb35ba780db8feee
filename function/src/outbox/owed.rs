//! Mails to the police that are still owed after a run: those that it read when it began, less those that it sent.
//!
//! It makes no queries of its own: the index has when each mail is due, and since when it is owed. If the oldest grows
//! old, a mail fails again and again; if one is late, nobody even tries.

use crate::metrics::{Measured, Metric};
use crate::store::{Due, Task};
use jiff::Timestamp;
use model::names::KredsSlug;
use std::collections::BTreeMap;

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
    /// Since when it is owed.
    since: Option<Timestamp>,
    /// Since when it is due; none if this run or another has come to it.
    due: Option<Timestamp>,
}

/// Sum of the waiting mails: their number, the age of the oldest and the lateness of the latest, in seconds.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: u64,
    age: u64,
    late: u64,
}

impl Owed {
    /// Reads a kreds's queue, due or not.
    pub(super) fn read(&mut self, kreds: &KredsSlug, standing: &[Due]) {
        let mails = standing.iter().filter(|due| due.task.is_to_the_police());
        self.waiting.extend(mails.map(|due| Waiting {
            task: due.task.clone(),
            kreds: kreds.clone(),
            since: due.since(),
            due: due.at(),
        }));
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
        let (mut all, mut kredse) = (Sum::default(), BTreeMap::<&KredsSlug, Sum>::new());
        for waiting in &self.waiting {
            all.add(waiting, now);
            kredse.entry(&waiting.kreds).or_default().add(waiting, now);
        }
        for metric in [Metric::Owed, Metric::OwedAge, Metric::Late] {
            let each = kredse.iter().map(|(kreds, sum)| ((*kreds).clone(), sum.of(metric)));
            measured.add(metric, all.of(metric), each);
        }
    }
}

impl Sum {
    fn add(&mut self, waiting: &Waiting, now: Timestamp) {
        let seconds = |since: Option<Timestamp>| {
            let seconds = since.map_or(0, |since| now.duration_since(since).as_secs());
            u64::try_from(seconds).unwrap_or(0)
        };
        self.count += 1;
        self.age = self.age.max(seconds(waiting.since));
        self.late = self.late.max(seconds(waiting.due));
    }

    const fn of(&self, metric: Metric) -> u64 {
        match metric {
            Metric::OwedAge => self.age,
            Metric::Late => self.late,
            _ => self.count,
        }
    }
}
