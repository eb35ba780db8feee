//! Danish public holidays: a deadline that falls on one moves to the next working day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Returns the first working day from `day` on: `day` itself, unless it is a Saturday, a Sunday or a public holiday.
#[must_use]
pub fn working_day_from(day: Date) -> Date {
    let mut day = day;
    while is_free(day) {
        day = day.saturating_add(1.day());
    }
    day
}

/// True for Saturdays, Sundays and the public holidays of the Danish national church. Store bededag has been a working
/// day since 2024 (lov nr. 214 af 7. marts 2023).
pub(crate) fn is_free(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let fixed = matches!((day.month(), day.day()), (1, 1) | (12, 25 | 26));
    // Maundy Thursday, Good Friday, Easter Monday, Ascension Day, Whit Monday. The others are Sundays anyway.
    let after_easter = easter(day.year()).is_some_and(|easter| {
        [-3, -2, 1, 39, 50]
            .into_iter()
            .any(|days| easter.checked_add(i64::from(days).days()).is_ok_and(|free| free == day))
    });
    weekend || fixed || after_easter
}

/// Computes Easter Sunday in the Gregorian calendar (the "anonymous" computus, Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_on_the_dates_in_the_almanac() {
        for (year, day) in [
            (2024, "2024-03-31"),
            (2025, "2025-04-20"),
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2038, "2038-04-25"),
        ] {
            assert_eq!(easter(year), Some(date(day)));
        }
    }

    #[test]
    fn a_day_off_moves_to_the_next_working_day() {
        for (day, next) in [
            ("2026-11-27", "2026-11-27"), // a Friday
            ("2026-11-28", "2026-11-30"), // a Saturday
            ("2026-11-29", "2026-11-30"), // a Sunday
            ("2026-12-25", "2026-12-28"), // Christmas, then a weekend
            ("2027-01-01", "2027-01-04"), // a Friday
            ("2026-04-02", "2026-04-07"), // Maundy Thursday to Easter Monday
            ("2026-05-14", "2026-05-15"), // Ascension Day
            ("2026-05-23", "2026-05-26"), // Whitsun
            ("2026-05-01", "2026-05-01"), // store bededag, a working day again
            ("2026-06-05", "2026-06-05"), // Constitution Day, not a public holiday
        ] {
            assert_eq!(working_day_from(date(day)), date(next), "{day}");
        }
    }
}
