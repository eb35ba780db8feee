//! Parses dates and moments as editors write them.

use crate::diagnostics::code::DiagnosticCode;
use crate::source::map::{Map, Rule};
use jiff::civil::Date;
use model::service_message::Moment;

/// The format of a date.
pub(super) const DATE: Rule<'_> =
    Rule { code: DiagnosticCode::BadDate, text: "en dato som år-måned-dag, for eksempel »2026-12-05«" };

/// The format of a moment.
pub(super) const MOMENT: Rule<'_> = Rule {
    code: DiagnosticCode::BadDate,
    text: "en dato eller en dato med klokkeslæt, for eksempel »2026-12-01« eller »2026-12-01 08:00« (dansk tid)",
};

/// Parses a day without a time.
pub(super) fn day(text: &str) -> Option<Date> {
    match Moment::parse(text)? {
        Moment::Day(date) => Some(date),
        Moment::Minute(_) => None,
    }
}

/// Reads the day at a required key. For a date in another format, the correct one is suggested.
pub(super) fn needed_day(map: &Map<'_>, key: &'static str) -> Option<Date> {
    map.understood(key, map.text(key), DATE, day, |text| Some(suggestion(text)))
}

/// Converts `5.12.2026`, `5/12-2026` and `2026-12-5` to the required format.
fn suggestion(text: &str) -> String {
    let numbers: Vec<&str> = text.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty()).collect();
    match numbers.as_slice() {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => String::new(),
    }
}
