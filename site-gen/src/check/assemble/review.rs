//! Reads who looks after a page and when it is to be gone through, and warns when that day is past.

use super::date;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::map::Map;
use jiff::Timestamp;
use jiff::civil::Date;
use model::deadline::danish_day;

/// A page's next review.
pub(super) struct Review {
    owner: Option<String>,
    by: Date,
    at: Location,
}

/// The review that front matter asks for, if it does. None of it is published.
pub(super) fn review(map: &Map<'_>) -> Option<Review> {
    let owner = map.optional("ansvarlig").map(|text| text.text.to_owned());
    let at = map.optional("gennemgaas_senest")?.at;
    let by = map.optional_parsed("gennemgaas_senest", date::DATE, date::parse)?;
    Some(Review { owner, by, at })
}

impl Review {
    /// Warns if the day is past at `now`.
    pub(super) fn warn_if_past(&self, now: Timestamp, reporter: Reporter<'_>) {
        if danish_day(now) <= self.by {
            return;
        }
        let who = self.owner.as_ref().map_or_else(String::new, |owner| format!(" af {owner}"));
        let advice = "Læs den igennem, ret det, der er forældet, og skriv en ny dato her.";
        reporter.warn_at(
            self.at,
            DiagnosticCode::ReviewPast,
            format!("Siden skulle være gennemgået{who} senest den {}. {advice}", self.by),
        );
    }
}
