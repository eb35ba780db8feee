//! Keyed hashes of values that must be found again or counted, but must not be readable.

use crate::Service;
use crate::settings::Secret;
use crate::store::Recipient;
use hmac::{Hmac, KeyInit, Mac};
use model::email::EmailAddress;
use model::names::{FormId, KommuneCode, KredsSlug, Nonce, SubmissionId, hex};
use model::phone::Phone;
use model::text::folded;
use sha2::Sha256;
use std::net::IpAddr;

/// A value to hash. Each kind is hashed apart from the others: an address never equals a number.
pub(crate) enum Hashed<'a> {
    /// The whole of a request, so that a double click is one request. The day is not part of it: equal answers within
    /// 24 hours are one request, even across midnight.
    Same {
        form: &'a FormId,
        kreds: &'a KredsSlug,
        /// As stored, before encryption.
        answers: &'a str,
    },
    /// A telephone number, to find the requests that name it.
    Phone(&'a Phone),
    /// A telephone number, to count the requests that name it in a day. The count is no trace of another request, so
    /// the hash is not that of [`Self::Phone`].
    PhoneDay(&'a Phone),
    /// The address that requests come from. Of an IPv6 address only the first 56 bits count, the least that a household
    /// gets: it chooses the rest itself (RFC 6177, RIPE-690).
    Address(IpAddr),
    /// The address that requests come from in a day.
    AddressDay(IpAddr),
    /// The mailbox that a receipt was mailed to, as mail providers see it.
    Email(&'a EmailAddress),
    /// One form of a road's name, by which requests about that road are found together.
    Road { kommune: &'a KommuneCode, form: &'a str },
    /// The signature of a URL that leads an officer of one mailbox to one request.
    Case { id: &'a SubmissionId, recipient: Recipient, kreds: &'a KredsSlug, form: &'a FormId },
    /// The signature of a form on the page at such a URL.
    CaseForm { address: &'a str, nonce: &'a Nonce },
    /// A citizen's answer about a request: the same answer sent again is the same event.
    Answer {
        id: &'a SubmissionId,
        answer: &'a str,
        /// The number of earlier answers.
        before: usize,
    },
    /// The mark of a probe, sent at the Unix time `at` in seconds.
    Probe { at: i64, form: &'a FormId, kreds: &'a KredsSlug },
}

impl Service {
    /// Hashes a value with this installation's secret.
    pub(crate) fn hash(&self, what: &Hashed<'_>) -> String {
        hash(&self.settings.secret, what)
    }
}

/// Computes HMAC-SHA-256 in hex. Without the secret, nobody can find the value by trying candidates.
pub(crate) fn hash(secret: &Secret, what: &Hashed<'_>) -> String {
    let parts = match what {
        Hashed::Same { form, kreds, answers } => {
            // In JSON a line break is two characters.
            vec!["same".to_owned(), form.to_string(), kreds.to_string(), folded(&answers.replace("\\n", " "))]
        }
        Hashed::Phone(phone) => vec!["phone".to_owned(), phone.as_e164().to_owned()],
        Hashed::PhoneDay(phone) => vec!["phone of a day".to_owned(), phone.as_e164().to_owned()],
        Hashed::Address(ip) => vec!["address".to_owned(), subscriber(*ip)],
        Hashed::AddressDay(ip) => vec!["address of a day".to_owned(), subscriber(*ip)],
        Hashed::Probe { at, form, kreds } => {
            vec!["probe".to_owned(), at.to_string(), form.to_string(), kreds.to_string()]
        }
        Hashed::Case { id, recipient, kreds, form } => {
            let recipient = recipient.as_str().to_owned();
            vec!["case".to_owned(), id.to_string(), recipient, kreds.to_string(), form.to_string()]
        }
        Hashed::CaseForm { address, nonce } => {
            vec!["form of a case".to_owned(), (*address).to_owned(), nonce.to_string()]
        }
        Hashed::Answer { id, answer, before } => {
            let mut parts = vec!["answer".to_owned(), id.to_string(), (*answer).to_owned()];
            parts.extend((*before > 0).then(|| before.to_string()));
            parts
        }
        Hashed::Road { kommune, form } => vec!["road".to_owned(), kommune.to_string(), (*form).to_owned()],
        Hashed::Email(email) => vec!["email".to_owned(), email.mailbox()],
    };
    // An HMAC key may have any length (RFC 2104), so this never fails.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.bytes()) else { return String::new() };
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    hex(&mac.finalize().into_bytes())
}

fn subscriber(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ip: &str) -> String {
        hash(&Secret::new([1; 32]), &Hashed::Address(ip.parse().unwrap()))
    }

    #[test]
    fn addresses_of_one_subscriber_have_the_same_keyed_hash() {
        assert_eq!(of("2001:db8:1:200::1"), of("2001:db8:1:2ff:ffff::9"));
        assert_ne!(of("2001:db8:1:200::1"), of("2001:db8:1:300::1"));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_ne!(of("192.0.2.1"), hash(&Secret::new([2; 32]), &Hashed::Address("192.0.2.1".parse().unwrap())));
        assert_eq!(of("192.0.2.1").len(), 64);
    }
}
