//! Mails to the police that are still owed after a run: those that it read at its start, minus those that it sent.
//!
//! It makes no queries of its own: the index has the due time of each mail, and the time since which it is owed. If the
//! age of the oldest grows, a mail fails again and again; if one is late, nobody even tries.

use crate::metrics::{Measured, Metric};
use crate::store::{Due, Task};
use jiff::Timestamp;
use model::names::KredsSlug;
use std::collections::BTreeMap;

/// The mails to the police that wait.
#[derive(Default)]
pub(super) struct Owed {
    waiting: Vec<Waiting>,
    /// True if a queue could not be read, so that the metrics are unknown.
    is_unknown: bool,
}

struct Waiting {
    task: Task,
    kreds: KredsSlug,
    /// The time since which it is owed.
    since: Option<Timestamp>,
    /// The time since which it is due; `None` if this run or another has begun it.
    due: Option<Timestamp>,
}

/// The sum of waiting mails: their number, the age of the oldest and the longest lateness, in seconds.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    count: u64,
    age: u64,
    late: u64,
}

impl Owed {
    /// Adds the queue of a kreds, due or not.
    pub(super) fn read(&mut self, kreds: &KredsSlug, standing: &[Due]) {
        let mails = standing.iter().filter(|due| due.task.is_to_the_police());
        self.waiting.extend(mails.map(|due| Waiting {
            task: due.task.clone(),
            kreds: kreds.clone(),
            since: due.since(),
            due: due.at(),
        }));
    }

    /// Notes that a queue could not be read.
    pub(super) const fn unreadable(&mut self) {
        self.is_unknown = true;
    }

    /// Notes that a run has begun a task: whatever its outcome, it is not late.
    pub(super) fn begun(&mut self, task: &Task) {
        if let Some(waiting) = self.waiting.iter_mut().find(|waiting| waiting.task == *task) {
            waiting.due = None;
        }
    }

    /// Removes a task that no longer waits.
    pub(super) fn over(&mut self, task: &Task) {
        self.waiting.retain(|waiting| waiting.task != *task);
    }

    /// Adds the metrics at the end of a run, unless they are unknown.
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
