//! Notices about calls that are owed: whom to notify and when, decided from times and the case alone.
//!
//! At 80 % of the time the kreds is reminded, at 100 % its leader is notified, and one working day later the citizen is
//! asked. No state is kept: the same case at the same time gives the same decision.

use crate::case::{Case, UNDO_WITHIN};
use crate::deadline::{Promise, after};
use crate::working_time::{is_working_time, one_working_day_after, opening_before, working_time_from};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// The time after which a call is looked at again once every notice has been given. An event about the request causes
/// an earlier look.
const AGAIN: SignedDuration = SignedDuration::from_hours(6);

/// The kreds that owes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The kreds that got the request first.
    First,
    /// The kreds that an officer forwarded the request to.
    Forwarded,
}

/// A mail about a call that is owed. Each is sent once for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notice {
    /// To the mailbox of the kreds, before the deadline if there is time.
    Reminder(Holder),
    /// To the mailbox of its leader, at the deadline.
    Overdue(Holder),
    /// To the citizen, a working day after the deadline: »Blev du ringet op?«
    Question,
}

/// The times of the notices about a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timetable {
    /// The time at which the kreds is reminded.
    pub reminder: Timestamp,
    /// The time from which the call is overdue.
    pub deadline: Timestamp,
    /// The time at which the leader is notified.
    pub leader: Timestamp,
    /// The time at which the citizen is asked.
    pub question: Timestamp,
}

/// A call, with everything that the decision needs.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The kreds for which the call is looked at.
    pub holder: Holder,
    /// The time at which the request was received.
    pub received: Timestamp,
    /// The promise to the citizen, which also holds for a forwarded request.
    pub promise: Promise,
    /// The case of the request.
    pub case: &'a Case,
    /// The notices given so far.
    pub given: &'a BTreeSet<Notice>,
}

/// The result of looking at a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// This kreds no longer owes the call, and nobody can undo that.
    Over,
    /// The call is owed, or what settled it can still be undone.
    Owed {
        /// The notices that are due now.
        notices: Vec<Notice>,
        /// True if the deadline has passed.
        is_overdue: bool,
        /// The time of the next look.
        next: Timestamp,
    },
}

/// The decision about a planned notice that is about to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Still {
    /// It is sent now.
    Due,
    /// It may be sent at this time.
    Later(Timestamp),
    /// It is no longer needed.
    Over,
}

impl Holder {
    /// Both kredse.
    pub const ALL: [Self; 2] = [Self::First, Self::Forwarded];
}

impl Notice {
    /// All notices.
    pub const ALL: [Self; 5] = [
        Self::Reminder(Holder::First),
        Self::Overdue(Holder::First),
        Self::Reminder(Holder::Forwarded),
        Self::Overdue(Holder::Forwarded),
        Self::Question,
    ];

    /// The part in keys and in the names of mails: `K3F-9WZ.rykker`.
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

    /// Parses the part in keys and in the names of mails.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == text)
    }

    /// The kreds that gets the notice; `None` if the citizen does.
    #[must_use]
    pub const fn holder(self) -> Option<Holder> {
        match self {
            Self::Reminder(holder) | Self::Overdue(holder) => Some(holder),
            Self::Question => None,
        }
    }
}

impl Timetable {
    /// Computes the times for a call owed from `since` on, before `deadline`. Anything outside working time waits for
    /// it. A reminder that would then be too late comes at the last opening before the deadline or, failing that,
    /// together with the leader's notice: the kreds itself must always be notified.
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
    /// The times of this call; `None` if this kreds does not owe it.
    #[must_use]
    pub fn timetable(&self) -> Option<Timetable> {
        let since = match (self.holder, self.case.forwarded()) {
            (Holder::First, None) => self.received,
            // Until then, forwarding can be undone.
            (Holder::Forwarded, Some((_, at))) => after(at, UNDO_WITHIN),
            _ => return None,
        };
        Some(Timetable::new(since, self.promise.due()))
    }

    /// Decides whether a planned notice is sent at `now`.
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

    /// Decides which notices are due at `now`.
    #[must_use]
    pub fn look(&self, now: Timestamp) -> Look {
        let deadline = self.promise.due();
        let is_overdue = now >= deadline;
        let is_moving = self.case.forwarded().is_some_and(|(_, at)| now < after(at, UNDO_WITHIN));
        let timetable = self.timetable().filter(|_| self.case.owes_call() && !is_moving);
        let Some(timetable) = timetable else {
            // No reminder concerns a call that may be settled, and no call is settled while that can be undone.
            return match self.case.undo_ends(now) {
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
