//! Automated requests: requests that look as if a program filled in the form.
//!
//! They wait for a human for a day at most, and are never dropped.

use model::field_names::{FILL_TIME, HONEYPOT, VERSION};
use model::raw::RawAnswers;
use model::submission::Held;

/// The shortest time in which somebody can read and fill in a form.
const FASTEST_MILLISECONDS: u64 = 3_000;

/// Fields that every page of this release and the previous one sends, even empty and without JavaScript.
const ALWAYS: [&str; 3] = [HONEYPOT, FILL_TIME, VERSION];

/// The reason for holding a form, if any. Without JavaScript a form sends no time, and is never held for that.
pub(crate) fn held(raw: &RawAnswers) -> Option<Held> {
    let took = || raw.first(FILL_TIME).trim().parse::<u64>().ok();
    if !raw.first(HONEYPOT).trim().is_empty() {
        Some(Held::Honeypot)
    } else if took().is_some_and(|took| took < FASTEST_MILLISECONDS) {
        Some(Held::TooFast)
    } else if ALWAYS.iter().any(|name| raw.all(name).is_empty()) {
        Some(Held::Incomplete)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_honeypot_or_an_impossible_speed_holds_a_form() {
        for (honeypot, time, expected) in [
            ("", "", None),
            (" ", "3000", None),
            ("", "61234", None),
            ("", "2999", Some(Held::TooFast)),
            ("", "0", Some(Held::TooFast)),
            ("", "-5", None),
            ("", "NaN", None),
            ("", "99999999999999999999999", None),
            ("http://spam.example", "", Some(Held::Honeypot)),
            ("x", "1", Some(Held::Honeypot)),
        ] {
            let raw = [(HONEYPOT, honeypot), (FILL_TIME, time), (VERSION, "v")];
            let raw = RawAnswers::new(raw.map(|(name, value)| (name.to_owned(), value.to_owned())));
            assert_eq!(held(&raw), expected, "{honeypot:?} {time:?}");
        }
    }

    #[test]
    fn a_form_without_a_field_that_all_pages_send_is_held() {
        for missing in ALWAYS {
            let sent = ALWAYS.into_iter().filter(|name| *name != missing);
            let raw = RawAnswers::new(sent.map(|name| (name.to_owned(), String::new())));
            assert_eq!(held(&raw), Some(Held::Incomplete), "{missing}");
        }
    }
}
