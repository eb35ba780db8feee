//! What looks as if a program had filled in a form. It waits for a human, and is never thrown away.

use model::raw::RawAnswers;
use model::submission::Held;
use model::wire::{FILL_TIME, HONEYPOT};

/// Nobody reads a form and fills it in in less.
const FASTEST_MILLISECONDS: u64 = 3_000;

/// Why a form should wait. One without JavaScript says no time, and is never held because of it.
pub(crate) fn held(raw: &RawAnswers) -> Option<Held> {
    let took = || raw.first(FILL_TIME).trim().parse::<u64>().ok();
    if !raw.first(HONEYPOT).trim().is_empty() {
        Some(Held::Honeypot)
    } else if took().is_some_and(|took| took < FASTEST_MILLISECONDS) {
        Some(Held::TooFast)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filled_trap_or_a_time_that_nobody_can_keep_holds_a_form() {
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
            let raw = [(HONEYPOT, honeypot), (FILL_TIME, time)];
            let raw = RawAnswers::new(raw.map(|(name, value)| (name.to_owned(), value.to_owned())));
            assert_eq!(held(&raw), expected, "{honeypot:?} {time:?}");
        }
    }
}
