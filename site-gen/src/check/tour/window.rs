//! The time window of a stop: its day and hours in Denmark as instants, correct across clock changes.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::AmbiguousOffset;
use jiff::{Span, Timestamp};
use model::deadline::denmark;

/// The hours of a day as editors write them: `14.00-16.30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hours {
    pub(crate) from: Time,
    pub(crate) until: Time,
}

/// Validated hours of a day: they exist on that day, and start before they end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    date: Date,
    hours: Hours,
    starts_at: Timestamp,
    ends_at: Timestamp,
}

/// The reason why hours do not form a [`Window`] on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadWindow {
    /// They end before they start, or at the same time.
    Order,
    /// A clock change skips this time on that day.
    Skipped(Time),
}

impl Hours {
    /// Parses two times separated by a hyphen or a dash, with optional spaces around it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once(['-', '–'])?;
        Some(Self { from: time(from.trim())?, until: time(until.trim())? })
    }
}

impl Window {
    /// The window of these hours on a day. A time that occurs twice, when clocks go back, means the first occurrence.
    pub(crate) fn new(date: Date, hours: Hours) -> Result<Self, BadWindow> {
        let starts_at = instant(date, hours.from)?;
        let ends_at = instant(date, hours.until)?;
        if hours.from >= hours.until {
            return Err(BadWindow::Order);
        }
        Ok(Self { date, hours, starts_at, ends_at })
    }

    pub(crate) const fn date(&self) -> Date {
        self.date
    }

    pub(crate) const fn hours(&self) -> Hours {
        self.hours
    }

    pub(crate) const fn starts_at(&self) -> Timestamp {
        self.starts_at
    }

    /// The exclusive end.
    pub(crate) const fn ends_at(&self) -> Timestamp {
        self.ends_at
    }

    /// The midnight that starts the day this long before.
    pub(crate) fn days_before(&self, days: Span) -> Timestamp {
        midnight(self.date.saturating_sub(days))
    }
}

/// The midnight that starts a day in Denmark. No clock change there skips a midnight in these centuries.
pub(crate) fn midnight(date: Date) -> Timestamp {
    let begin = denmark().to_ambiguous_timestamp(date.to_datetime(Time::midnight()));
    begin.compatible().unwrap_or(Timestamp::MIN)
}

fn instant(date: Date, time: Time) -> Result<Timestamp, BadWindow> {
    let at: DateTime = date.to_datetime(time);
    let found = denmark().to_ambiguous_timestamp(at);
    if matches!(found.offset(), AmbiguousOffset::Gap { .. }) {
        return Err(BadWindow::Skipped(time));
    }
    // The first occurrence if ambiguous. Fails only thousands of years from now.
    Ok(found.earlier().unwrap_or(Timestamp::MAX))
}

/// Parses `14.00` or `9.30`, with a full stop as Danes write times.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once('.')?;
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if !digits(hour) || !digits(minute) || minute.len() != 2 || !(1..=2).contains(&hour.len()) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(date: &str, hours: &str) -> Result<(String, String), BadWindow> {
        let window = Window::new(date.parse().unwrap(), Hours::parse(hours).unwrap())?;
        Ok((window.starts_at().to_string(), window.ends_at().to_string()))
    }

    #[test]
    fn hours_are_two_times_in_danish_notation() {
        let hours = |text: &str| Hours::parse(text).map(|hours| (hours.from.to_string(), hours.until.to_string()));
        for good in ["9.30-11.00", "09.30-11.00", "9.30 - 11.00", "9.30–11.00"] {
            assert_eq!(hours(good), Some(("09:30:00".to_owned(), "11:00:00".to_owned())), "{good}");
        }
        for bad in [
            "",
            "9.30",
            "9-11",
            "9:30-11:00",
            "9.3-11.0",
            "9.30-",
            "-9.30",
            "24.00-25.00",
            "9.60-10.00",
            "9.30-11.00-12.00",
            "kl. 9.30-11.00",
            "+9.30-11.00",
            "9,30-11,00",
            "009.30-11.00",
        ] {
            assert_eq!(hours(bad), None, "{bad}");
        }
    }

    #[test]
    fn hours_are_danish_time_across_clock_changes() {
        let utc = |from: &str, until: &str| Ok((from.to_owned(), until.to_owned()));
        for (date, hours, expected) in [
            ("2026-12-05", "14.00-16.30", utc("2026-12-05T13:00:00Z", "2026-12-05T15:30:00Z")),
            ("2026-07-05", "14.00-16.30", utc("2026-07-05T12:00:00Z", "2026-07-05T14:30:00Z")),
            // Clocks go forward on 28 March 2027 from 2 to 3: that hour does not exist.
            ("2027-03-28", "1.00-3.00", utc("2027-03-28T00:00:00Z", "2027-03-28T01:00:00Z")),
            ("2027-03-28", "2.00-4.00", Err(BadWindow::Skipped(Time::constant(2, 0, 0, 0)))),
            ("2027-03-28", "1.00-2.30", Err(BadWindow::Skipped(Time::constant(2, 30, 0, 0)))),
            // Clocks go back on 25 October 2026 from 3 to 2: the first of the two hours counts.
            ("2026-10-25", "2.00-2.30", utc("2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z")),
            ("2026-10-25", "2.30-3.00", utc("2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z")),
            ("2026-10-25", "1.00-12.00", utc("2026-10-24T23:00:00Z", "2026-10-25T11:00:00Z")),
            ("2026-12-05", "16.30-14.00", Err(BadWindow::Order)),
            ("2026-12-05", "14.00-14.00", Err(BadWindow::Order)),
        ] {
            assert_eq!(window(date, hours), expected, "{date} {hours}");
        }
    }
}
