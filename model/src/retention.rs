//! The storage period of a request's answers.

use crate::deadline::{Promise, after, danish_day};
use crate::service_message::Moment;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The number of days that answers are kept after the last promised day, 0 to 90.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Retention(u16);

/// A number of days for which answers cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("answers are kept 0 to {} days after the last day that was promised", Retention::LONGEST)]
pub struct BadRetention;

impl Retention {
    /// The most days that answers are kept after receipt, whatever was promised, and so also after a promise.
    pub const LONGEST: u16 = 90;

    /// The minimum number of days before that limit on which somebody is warned that a request has not arrived.
    const WARNED: u16 = 7;

    /// Creates a storage period of this many days.
    pub const fn days(days: u16) -> Result<Self, BadRetention> {
        if days <= Self::LONGEST { Ok(Self(days)) } else { Err(BadRetention) }
    }

    /// The number of days.
    #[must_use]
    pub const fn as_days(self) -> u16 {
        self.0
    }

    /// The time by which the answers of a request must be gone: this many days after the end of the last promised day
    /// in Denmark, but never later than 90 times 24 hours after they were `received`.
    #[must_use]
    pub fn keep_until(self, received: Timestamp, promise: Promise) -> Timestamp {
        let last = promise.done_by().saturating_add(i64::from(self.0).days());
        Moment::Day(last).end().min(Self::end(received))
    }

    /// The time by which the answers of a closed request must be gone: this many days after the day of closing, unless
    /// their time is up before.
    #[must_use]
    pub fn after_closing(self, closed: Timestamp) -> Timestamp {
        Moment::Day(danish_day(closed).saturating_add(i64::from(self.0).days())).end()
    }

    /// The time by which the answers of any request must be gone: 90 times 24 hours after they were `received`.
    #[must_use]
    pub fn end(received: Timestamp) -> Timestamp {
        after(received, whole_days(Self::LONGEST))
    }

    /// The time from which daily warnings are sent if a request has not arrived.
    #[must_use]
    pub fn warned_from(received: Timestamp) -> Timestamp {
        after(received, whole_days(Self::LONGEST - Self::WARNED))
    }
}

fn whole_days(days: u16) -> SignedDuration {
    SignedDuration::from_hours(i64::from(days) * 24)
}

/// Long enough for questions about a call that was made, or about a promise that was not kept.
impl Default for Retention {
    fn default() -> Self {
        Self(30)
    }
}

impl TryFrom<u16> for Retention {
    type Error = BadRetention;
    fn try_from(days: u16) -> Result<Self, BadRetention> {
        Self::days(days)
    }
}

impl From<Retention> for u16 {
    fn from(retention: Retention) -> Self {
        retention.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::Deadline;

    fn until(days: u16, received: &str, deadline: Deadline) -> String {
        let received = received.parse().unwrap();
        Retention::days(days).unwrap().keep_until(received, deadline.promise(received)).to_string()
    }

    #[test]
    fn answers_are_kept_for_days_after_the_last_promise_until_danish_midnight() {
        let call = |days| Deadline::Call { days };
        let both = |answer_days, act_days| Deadline::AnswerAndAct { answer_days, act_days };
        for (received, deadline, days, gone) in [
            // By Monday 30 November 2026, all in winter time.
            ("2026-11-23T10:00:00Z", call(7), 0, "2026-11-30T23:00:00Z"),
            ("2026-11-23T10:00:00Z", call(7), 1, "2026-12-01T23:00:00Z"),
            ("2026-11-23T10:00:00Z", call(7), 30, "2026-12-30T23:00:00Z"),
            // The later of two promises counts, whichever is named first.
            ("2026-11-23T10:00:00Z", both(7, 14), 30, "2027-01-06T23:00:00Z"),
            ("2026-11-23T10:00:00Z", both(14, 7), 30, "2027-01-06T23:00:00Z"),
            // Received in summer time, gone in winter time: the clocks go back on 25 October 2026.
            ("2026-10-12T10:00:00Z", call(7), 5, "2026-10-24T22:00:00Z"),
            ("2026-10-12T10:00:00Z", call(7), 6, "2026-10-25T23:00:00Z"),
            // And forward on 28 March 2027; the day before is a Saturday.
            ("2027-03-12T10:00:00Z", call(7), 8, "2027-03-27T23:00:00Z"),
            ("2027-03-12T10:00:00Z", call(7), 9, "2027-03-28T22:00:00Z"),
            // Over a day off: a Sunday moves to the Monday, and the days are counted from there.
            ("2026-11-22T10:00:00Z", call(7), 1, "2026-12-01T23:00:00Z"),
        ] {
            assert_eq!(until(days, received, deadline), gone, "{received}, {deadline:?}, {days} days");
        }
    }

    #[test]
    fn answers_are_never_kept_longer_than_90_days_of_24_hours() {
        let call = Deadline::Call { days: 80 };
        // Across the clocks going back: 90 days of 24 hours end an hour earlier on the clock.
        assert_eq!(until(90, "2026-09-01T10:00:00Z", call), "2026-11-30T10:00:00Z");
        assert_eq!(until(30, "2026-09-01T10:00:00Z", call), "2026-11-30T10:00:00Z");
        // The last promise ends sooner than that, even after the longest run of days off.
        assert_eq!(until(0, "2027-01-04T10:00:00Z", call), "2027-03-30T22:00:00Z");
        assert_eq!(until(0, "2026-09-01T10:00:00Z", Deadline::Call { days: 400 }), "2026-11-30T10:00:00Z");
    }

    #[test]
    fn only_0_to_90_days_are_accepted_even_from_the_store() {
        for (days, is_good) in [(0, true), (30, true), (90, true), (91, false), (u16::MAX, false)] {
            assert_eq!(Retention::days(days).is_ok(), is_good, "{days}");
            assert_eq!(serde_json::from_str::<Retention>(&days.to_string()).is_ok(), is_good, "{days}");
        }
        assert_eq!(Retention::default().as_days(), 30);
    }

    #[test]
    fn the_latest_time_does_not_overflow() {
        let promise = Promise::Call { by: jiff::civil::Date::MAX };
        assert_eq!(Retention::default().keep_until(Timestamp::MAX, promise), Timestamp::MAX);
    }
}
