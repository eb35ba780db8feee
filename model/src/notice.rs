//! Notices that a call is owed: who hears of it and when, decided from times and the case alone.
//!
//! At 80 % of the time the kreds is reminded, at 100 % its leader is notified, and a working day later the citizen is asked.
//! Nobody keeps a state of it: a look at the same case at the same time decides the same.

use crate::case::{Case, UNDO_WITHIN};
use crate::deadline::{Promise, after};
use crate::working_time::{is_working_time, one_working_day_after, opening_before, working_time_from};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Time after which a call that everybody has been notified of is looked at again. Whatever is done about it has it looked at
/// sooner.
const AGAIN: SignedDuration = SignedDuration::from_hours(6);

/// The kreds whose call it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The one that got the request first.
    First,
    /// The one that an officer sent it on to.
    Forwarded,
}

/// A mail about a call that is owed. Each goes out once for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// To the mailbox of the kreds, before the deadline if there is time.
    Reminder(Holder),
    /// To the mailbox of its leader, at the deadline.
    Overdue(Holder),
    /// To the citizen, a working day after the deadline: »Blev du ringet op?«
    Question,
}

/// Times at which somebody hears that a call is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timetable {
    /// When the kreds is reminded.
    pub reminder: Timestamp,
    /// When the call is overdue.
    pub deadline: Timestamp,
    /// When the leader is notified.
    pub leader: Timestamp,
    /// When the citizen is asked.
    pub question: Timestamp,
}

/// A call, as much as the decision needs.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// For whom it is looked at.
    pub holder: Holder,
    /// When the request was received.
    pub received: Timestamp,
    /// The promise to the citizen. It goes with the request to another kreds.
    pub promise: Promise,
    /// The events of its case.
    pub case: &'a Case,
    /// The notices that were given before.
    pub given: &'a BTreeSet<Notice>,
}

/// The outcome of a look at a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// This kreds owes it no longer, and nobody can take that back.
    Over,
    /// It is owed, or was until a moment ago.
    Owed {
        /// Notices that are due now.
        notices: Vec<Notice>,
        /// True if it is past its deadline.
        is_overdue: bool,
        /// When to look again.
        next: Timestamp,
    },
}

/// A notice that was planned, when it is about to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Still {
    /// It goes out.
    Due,
    /// Perhaps it does then.
    Later(Timestamp),
    /// Nobody need hear of it any more.
    Over,
}

impl Holder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::First, Self::Forwarded];
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Reminder(Holder::First),
        Self::Overdue(Holder::First),
        Self::Reminder(Holder::Forwarded),
        Self::Overdue(Holder::Forwarded),
        Self::Question,
    ];

    /// Its part in keys and in the names of mails: `K3F-9WZ.rykker`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reminder(Holder::First) => "rykker",
            Self::Overdue(Holder::First) => "overskredet",
            Self::Reminder(Holder::Forwarded) => "videre-rykker",
            Self::Overdue(Holder::Forwarded) => "videre-overskredet",
            Self::Question => "spoergsmaal",
        }
    }

    /// The one with that part.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == text)
    }

    /// The kreds that gets it; none if the citizen does.
    #[must_use]
    pub const fn holder(self) -> Option<Holder> {
        match self {
            Self::Reminder(holder) | Self::Overdue(holder) => Some(holder),
            Self::Question => None,
        }
    }
}

impl Timetable {
    /// The times for a call that a kreds owes since a moment and must make before the deadline. Whatever falls outside
    /// working time waits for it; a reminder that would then come too late comes at the last opening before the deadline,
    /// and without any together with the leader's: the kreds itself must hear of the call.
    #[must_use]
    pub fn new(since: Timestamp, deadline: Timestamp) -> Self {
        let most = deadline.duration_since(since) / 5 * 4;
        let at = working_time_from(since.saturating_add(most).unwrap_or(deadline));
        let reminder = if at < deadline { Some(at) } else { opening_before(deadline) };
        let leader = working_time_from(deadline.max(since));
        Self {
            reminder: reminder.filter(|at| *at > since).unwrap_or(leader),
            deadline,
            leader,
            question: one_working_day_after(working_time_from(deadline)),
        }
    }

    const fn at(&self, notice: Notice) -> Timestamp {
        match notice {
            Notice::Reminder(_) => self.reminder,
            Notice::Overdue(_) => self.leader,
            Notice::Question => self.question,
        }
    }
}

impl Call<'_> {
    /// The times of this call; none if it is not this kreds's.
    #[must_use]
    pub fn timetable(&self) -> Option<Timetable> {
        let since = match (self.holder, self.case.forwarded()) {
            (Holder::First, None) => self.received,
            // Until then it may be taken back.
            (Holder::Forwarded, Some((_, at))) => after(at, UNDO_WITHIN),
            _ => return None,
        };
        Some(Timetable::new(since, self.promise.due()))
    }

    /// Decides whether a notice that was planned goes out at `now`.
    #[must_use]
    pub fn still(&self, notice: Notice, now: Timestamp) -> Still {
        let given = self.given.iter().copied().filter(|given| *given != notice).collect();
        let Self { holder, received, promise, case, .. } = *self;
        let others = Call { holder, received, promise, case, given: &given };
        match others.look(now) {
            Look::Owed { notices, .. } if notices.contains(&notice) => Still::Due,
            Look::Owed { next, .. } => Still::Later(next),
            Look::Over => Still::Over,
        }
    }

    /// Decides what is due at `now`.
    #[must_use]
    pub fn look(&self, now: Timestamp) -> Look {
        let deadline = self.promise.due();
        let is_overdue = now >= deadline;
        let is_moving = self.case.forwarded().is_some_and(|(_, at)| now < after(at, UNDO_WITHIN));
        let timetable = self.timetable().filter(|_| self.case.owes_call() && !is_moving);
        let Some(timetable) = timetable else {
            // Nobody is reminded of what may be settled, and nothing is settled that may be taken back.
            return match self.case.settles(now) {
                Some(next) => Look::Owed { notices: Vec::new(), is_overdue, next },
                None => Look::Over,
            };
        };
        let is_open = is_working_time(now);
        let (mut notices, mut next) = (Vec::new(), if is_overdue { after(now, AGAIN) } else { deadline });
        for notice in [Notice::Reminder(self.holder), Notice::Overdue(self.holder), Notice::Question] {
            let at = timetable.at(notice);
            if self.given.contains(&notice) {
                continue;
            }
            if at > now {
                next = next.min(at);
            } else if is_open {
                notices.push(notice);
            } else {
                next = next.min(working_time_from(now));
            }
        }
        Look::Owed { notices, is_overdue, next }
    }
}

#[cfg(test)]
mod tests;
