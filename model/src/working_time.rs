//! Working time: notices that need not come at night or over a weekend wait for it or are counted in it.

use crate::deadline::{danish_day, denmark, in_denmark};
use crate::holidays::{is_free, working_day_from};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// The hours of a working day in Denmark, the same in every kreds: from 8 to 16.
const HOURS: (i8, i8) = (8, 16);

/// The most days to look at: nothing that is asked about waits so long.
const MOST_DAYS: u32 = 100;

/// The working time between two moments in Denmark: 8 to 16, except on Saturdays, Sundays and public holidays.
#[must_use]
pub fn working_time(from: Timestamp, until: Timestamp) -> SignedDuration {
    let (mut day, last) = (danish_day(from), danish_day(until));
    let mut worked = SignedDuration::ZERO;
    for _ in 0..MOST_DAYS {
        if day > last {
            break;
        }
        if !is_free(day) {
            let (opens, closes) = (at(day, HOURS.0), at(day, HOURS.1));
            worked += until.min(closes).duration_since(from.max(opens)).max(SignedDuration::ZERO);
        }
        day = day.saturating_add(1.day());
    }
    worked
}

/// True if a moment is in working time: see [`working_time`].
#[must_use]
pub fn is_working_time(moment: Timestamp) -> bool {
    working_time_from(moment) == moment
}

/// The first moment of working time from a moment on: the moment itself, or the next opening.
#[must_use]
pub fn working_time_from(moment: Timestamp) -> Timestamp {
    let day = danish_day(moment);
    let opening = |day| at(working_day_from(day), HOURS.0);
    if moment < at(day, HOURS.1) { moment.max(opening(day)) } else { opening(day.saturating_add(1.day())) }
}

/// The last opening before a moment; `None` if there is none within 100 days.
#[must_use]
pub fn opening_before(moment: Timestamp) -> Option<Timestamp> {
    let mut day = danish_day(moment);
    for _ in 0..MOST_DAYS {
        let opens = at(day, HOURS.0);
        if !is_free(day) && opens < moment {
            return Some(opens);
        }
        day = day.saturating_sub(1.day());
    }
    None
}

/// The same time of day in Denmark on the next working day.
#[must_use]
pub fn one_working_day_after(moment: Timestamp) -> Timestamp {
    let local = moment.to_zoned(denmark());
    let day = working_day_from(local.date().saturating_add(1.day()));
    in_denmark(day.to_datetime(local.time()))
}

fn at(day: Date, hour: i8) -> Timestamp {
    in_denmark(day.at(hour, 0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hours_of_danish_working_days_count() {
        for (from, until, minutes) in [
            ("2026-11-23T08:00:00Z", "2026-11-23T12:00:00Z", 240), // a Monday from 9 to 13
            ("2026-11-23T05:00:00Z", "2026-11-23T08:30:00Z", 90),  // from 6 to 9.30
            ("2026-11-23T14:00:00Z", "2026-11-24T08:00:00Z", 120), // over a night: 15 to 16, 8 to 9
            ("2026-11-27T14:00:00Z", "2026-11-30T10:00:00Z", 240), // over a weekend
            ("2026-11-28T05:00:00Z", "2026-11-29T22:00:00Z", 0),
            ("2026-12-24T14:00:00Z", "2026-12-28T07:30:00Z", 90), // over Christmas and the weekend after it
            ("2026-07-01T06:00:00Z", "2026-07-01T14:00:00Z", 480), // a day in summer
            ("2026-10-23T13:00:00Z", "2026-10-26T08:00:00Z", 120), // over the night in which the clocks go back
            ("2026-11-24T12:00:00Z", "2026-11-24T11:00:00Z", 0),
            ("1970-01-01T00:00:00Z", "2026-11-24T11:00:00Z", 32_640), // at most 100 days, 68 of them working days
        ] {
            let worked = working_time(from.parse().unwrap(), until.parse().unwrap());
            assert_eq!(worked.as_mins(), minutes, "{from} to {until}");
        }
        assert!(working_time(Timestamp::MAX, Timestamp::MAX) <= SignedDuration::from_hours(8));
    }
}
