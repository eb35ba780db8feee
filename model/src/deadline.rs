//! The deadline of a kreds, and the promise that follows from it.

use crate::holidays::working_day_from;
use crate::service_message::Moment;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The deadline of a kreds: in calendar days from the day of receipt, or in hours from the moment of receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deadline {
    /// An officer calls within this many days.
    Call {
        /// The number of days.
        days: u16,
    },
    /// An officer calls within this many hours, weekends included.
    CallWithin {
        /// The number of hours.
        hours: u16,
    },
    /// The kreds answers within some days, and has acted within some more.
    AnswerAndAct {
        /// Days until the answer.
        answer_days: u16,
        /// Days until the kreds has acted, counted from the same day.
        act_days: u16,
    },
}

/// A [`Deadline`] applied to one request, as dates in Denmark or as a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// An officer calls on this day at the latest.
    Call {
        /// The last day.
        by: Date,
    },
    /// An officer calls before this moment.
    CallBefore {
        /// The start of a minute, since promises are shown without seconds.
        at: Timestamp,
    },
    /// The kreds answers and acts on these days at the latest.
    AnswerAndAct {
        /// The last day for an answer.
        answer_by: Date,
        /// The last day for acting.
        act_by: Date,
    },
}

impl Deadline {
    /// The promise for a request received at `received`. The day of receipt is the day in Denmark, also across clock
    /// changes. A last day on a Saturday, a Sunday or a public holiday moves to the next working day.
    #[must_use]
    pub fn promise(self, received: Timestamp) -> Promise {
        let day = danish_day(received);
        let last_day = |days: u16| working_day_from(day.saturating_add(i64::from(days).days()));
        match self {
            Self::Call { days } => Promise::Call { by: last_day(days) },
            Self::CallWithin { hours } => {
                Promise::CallBefore { at: minute(after(received, SignedDuration::from_hours(hours.into()))) }
            }
            Self::AnswerAndAct { answer_days, act_days } => {
                Promise::AnswerAndAct { answer_by: last_day(answer_days), act_by: last_day(act_days) }
            }
        }
    }
}

impl Promise {
    /// The last day by which the citizen hears from the kreds.
    #[must_use]
    pub fn heard_by(self) -> Date {
        match self {
            Self::Call { by } => by,
            Self::CallBefore { at } => danish_day(at),
            Self::AnswerAndAct { answer_by, .. } => answer_by,
        }
    }

    /// The moment at which a call becomes overdue.
    #[must_use]
    pub fn due(self) -> Timestamp {
        match self {
            Self::CallBefore { at } => at,
            Self::Call { .. } | Self::AnswerAndAct { .. } => Moment::Day(self.heard_by()).end(),
        }
    }

    /// The last day of everything that is promised.
    #[must_use]
    pub fn done_by(self) -> Date {
        match self {
            Self::Call { .. } | Self::CallBefore { .. } => self.heard_by(),
            Self::AnswerAndAct { answer_by, act_by } => answer_by.max(act_by),
        }
    }
}

fn minute(moment: Timestamp) -> Timestamp {
    let seconds = moment.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60)).unwrap_or(moment)
}

/// The time zone of Denmark, from the database built into the program: the Lambda's system has none.
#[must_use]
pub fn denmark() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}

/// The day in Denmark at `moment`.
#[must_use]
pub fn danish_day(moment: Timestamp) -> Date {
    moment.to_zoned(denmark()).date()
}

/// The moment of a local time in Denmark; the last possible one if out of range. When the clocks change, the first of
/// two equal times counts, and a skipped time counts an hour later.
#[must_use]
pub fn in_denmark(local: DateTime) -> Timestamp {
    local.to_zoned(denmark()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// Adds a duration to a moment, up to the last possible one.
pub(crate) fn after(moment: Timestamp, time: SignedDuration) -> Timestamp {
    moment.saturating_add(time).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_in_denmark_across_clock_changes_year_ends_and_days_off() {
        for (received, days, by) in [
            ("2026-11-23T10:00:00Z", 7, "2026-11-30"),  // a Monday
            ("2026-11-22T10:00:00Z", 7, "2026-11-30"),  // a Sunday, so the day after
            ("2026-11-22T22:59:59Z", 8, "2026-11-30"),  // a second before midnight in Denmark
            ("2026-11-22T23:00:00Z", 8, "2026-12-01"),  // midnight in Denmark in winter
            ("2026-06-30T22:00:00Z", 14, "2026-07-15"), // midnight in Denmark in summer
            ("2026-10-24T22:30:00Z", 1, "2026-10-26"),  // the night the clocks go back
            ("2027-03-27T23:30:00Z", 1, "2027-03-30"),  // the clocks go forward on Easter Sunday; Monday is off too
            ("2026-12-18T12:00:00Z", 7, "2026-12-28"),  // Christmas Day
            ("2026-12-30T12:00:00Z", 14, "2027-01-13"), // over the year's end
            ("2028-02-20T12:00:00Z", 15, "2028-03-06"), // over a leap day
        ] {
            let received: Timestamp = received.parse().unwrap();
            assert_eq!(
                Deadline::Call { days }.promise(received),
                Promise::Call { by: by.parse().unwrap() },
                "{received}"
            );
        }
    }
}
