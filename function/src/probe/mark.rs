//! The mark by which the service recognises its own probe: nobody without its secret can make one.

use crate::hashes::{Hashed, hash};
use crate::settings::Secret;
use jiff::{SignedDuration, Timestamp};
use model::names::{FormId, KredsSlug};

/// The longest age of a valid mark. The probe that carries it is in transit for seconds.
const VALID: SignedDuration = SignedDuration::from_mins(5);

/// Makes the mark of a probe sent now: the Unix time in seconds, and a keyed hash of it, the kreds and the form.
pub(super) fn mark(secret: &Secret, form: &FormId, kreds: &KredsSlug, now: Timestamp) -> String {
    let at = now.as_second();
    format!("{at}.{}", hash(secret, &Hashed::Probe { at, form, kreds }))
}

/// True if a mark is ours, recent, and for this form and kreds. The hash is compared in constant time.
pub(super) fn is_ours(secret: &Secret, mark: &str, form: &FormId, kreds: &KredsSlug, now: Timestamp) -> bool {
    let Some((at, given)) = mark.split_once('.') else { return false };
    let Ok(at) = at.parse::<i64>() else { return false };
    let age = now.as_second().saturating_sub(at);
    // The clocks of two machines differ a little.
    let is_now = (-60..=VALID.as_secs()).contains(&age);
    let right = Secret::from_hex(&hash(secret, &Hashed::Probe { at, form, kreds }));
    is_now && right.is_some_and(|right| right.is(given))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_valid_for_its_own_request_and_secret_for_five_minutes() {
        let secret = Secret::new([1; 32]);
        let (form, other) = (FormId::parse("a").unwrap(), FormId::parse("b").unwrap());
        let (fyn, bornholm) = (KredsSlug::parse("fyn").unwrap(), KredsSlug::parse("bornholm").unwrap());
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let after = |seconds| now + SignedDuration::from_secs(seconds);
        let good = mark(&secret, &form, &fyn, now);
        for seconds in [-60, 0, 1, 300] {
            assert!(is_ours(&secret, &good, &form, &fyn, after(seconds)), "{seconds}");
        }
        for seconds in [-61, 301, 86_400] {
            assert!(!is_ours(&secret, &good, &form, &fyn, after(seconds)), "{seconds}");
        }
        assert!(!is_ours(&secret, &good, &other, &fyn, now));
        assert!(!is_ours(&secret, &good, &form, &bornholm, now));
        assert!(!is_ours(&Secret::new([2; 32]), &good, &form, &fyn, now));
        let (at, hash) = good.split_once('.').unwrap();
        let later = format!("{}.{hash}", after(200).as_second());
        for wrong in
            ["", ".", "x", at, &later, &format!("{at}."), &format!("{at}.{}", "0".repeat(64)), &format!("{good}0")]
        {
            assert!(!is_ours(&secret, wrong, &form, &fyn, now), "{wrong}");
        }
        // A hash for another purpose is no mark.
        let phone = model::phone::Phone::parse("20 12 34 56").unwrap();
        let other = format!("{at}.{}", crate::hashes::hash(&secret, &Hashed::Phone(&phone)));
        assert!(!is_ours(&secret, &other, &form, &fyn, now));
    }
}
