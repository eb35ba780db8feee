//! E-mail addresses that the mailer can send to.

use email_address::{EmailAddress as Parser, Options};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// An e-mail address: ASCII, at most 254 characters, a domain with a dot, no display name, no quoted or literal parts.
/// An internationalised domain is stored in its ASCII form (RFC 5890), as mail servers know it.
///
/// Stricter than RFC 5321 on purpose: the mail builder accepts every address accepted here (a test checks this), and
/// only forms that reach nobody are excluded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// A text that is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an e-mail address like navn@eksempel.dk")]
pub struct BadEmail;

impl EmailAddress {
    /// Parses an address, ignoring surrounding spaces.
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        // NFKC turns compatibility forms into plain ones, such as the full-width `＠`.
        let text: String = text.trim().nfkc().collect();
        let text = with_ascii_domain(&text).ok_or(BadEmail)?;
        let text = text.as_ref();
        let rules = Options::default().with_required_tld().without_domain_literal().without_display_text();
        let plain = text.len() <= 254 && text.chars().all(|c| c.is_ascii_graphic() && c != '"');
        if plain && Parser::parse_with_options(text, rules).is_ok() && has_real_domain(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadEmail)
        }
    }

    /// An address that nobody can have, since no name ends in `invalid` (RFC 2606): mail to it is refused.
    #[must_use]
    pub fn nobody() -> Self {
        Self("ingen@postkasse.invalid".to_owned())
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address for display: the domain in its own letters, if IDNA accepts it as visually distinct.
    #[must_use]
    pub fn shown(&self) -> String {
        match self.0.rsplit_once('@') {
            Some((name, domain)) if domain.contains("xn--") => match idna::domain_to_unicode(domain) {
                (shown, Ok(())) => format!("{name}@{shown}"),
                (_, Err(_)) => self.0.clone(),
            },
            _ => self.0.clone(),
        }
    }

    /// The mailbox as providers see it, for counting and never for mailing: in lower case, without dots and tag before
    /// the @. If a provider does distinguish `a.b` from `ab`, two people share a count.
    #[must_use]
    pub fn mailbox(&self) -> String {
        let (name, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let untagged = name.split('+').next().filter(|name| !name.is_empty()).unwrap_or(name);
        format!("{}@{domain}", untagged.replace('.', "")).to_ascii_lowercase()
    }

    /// True if both lead to one mailbox: hardly any mail server distinguishes upper from lower case.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

/// Converts the domain to ASCII; an address that is already ASCII stays as typed.
fn with_ascii_domain(address: &str) -> Option<Cow<'_, str>> {
    match address.rsplit_once('@') {
        Some((name, domain)) if !domain.is_ascii() => {
            Some(Cow::Owned(format!("{name}@{}", idna::domain_to_ascii_strict(domain).ok()?)))
        }
        _ => Some(Cow::Borrowed(address)),
    }
}

/// True if every label of the domain is letters, digits and inner hyphens (RFC 1123), and the last is not a number.
fn has_real_domain(address: &str) -> bool {
    let Some((_, domain)) = address.rsplit_once('@') else { return false };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last_is_name =
        domain.rsplit('.').next().is_some_and(|last| last.len() >= 2 && !last.chars().all(|c| c.is_ascii_digit()));
    domain.contains('.') && domain.split('.').all(label) && last_is_name
}

impl TryFrom<String> for EmailAddress {
    type Error = BadEmail;
    fn try_from(text: String) -> Result<Self, BadEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_accepted() {
        for good in ["anna@eksempel.dk", " anna.b+politi@mail.eksempel.dk ", "o'hara@x-y.example", "1@2.dk"] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn international_domains_are_stored_in_ascii_and_shown_as_typed() {
        for (typed, kept, shown) in [
            ("kontakt@prøve.example", "kontakt@xn--prve-hra.example", "kontakt@prøve.example"),
            ("kontakt@PRØVE.example", "kontakt@xn--prve-hra.example", "kontakt@prøve.example"),
            ("kontakt@xn--prve-hra.example", "kontakt@xn--prve-hra.example", "kontakt@prøve.example"),
            ("Ib@mail.пример.example", "Ib@mail.xn--e1afmkfd.example", "Ib@mail.пример.example"),
            ("ib＠eksempel.example", "ib@eksempel.example", "ib@eksempel.example"),
            ("Ib@Eksempel.example", "Ib@Eksempel.example", "Ib@Eksempel.example"),
        ] {
            let address = EmailAddress::parse(typed).unwrap();
            assert_eq!((address.as_str(), address.shown().as_str()), (kept, shown), "{typed}");
            assert_eq!(EmailAddress::parse(&address.shown()), Ok(address), "{typed}");
        }
    }

    #[test]
    fn letter_case_does_not_make_another_mailbox() {
        let [first, capital, other] =
            ["a@fyn.example", "A@Fyn.example", "b@fyn.example"].map(|text| EmailAddress::parse(text).unwrap());
        assert!(first.is_same(&capital) && !first.is_same(&other));
        assert_eq!(EmailAddress::parse(EmailAddress::nobody().as_str()), Ok(EmailAddress::nobody()));
    }

    #[test]
    fn dots_tags_and_letter_case_do_not_make_another_mailbox() {
        let mailbox = |text: &str| EmailAddress::parse(text).unwrap().mailbox();
        for one in ["ab@mail.example", "a.b@mail.example", "A.B+1@Mail.example", "ab+c+d@mail.example"] {
            assert_eq!(mailbox(one), "ab@mail.example", "{one}");
        }
        assert_eq!(mailbox("+a@mail.example"), "+a@mail.example");
        assert_ne!(mailbox("ab@mail.example"), mailbox("ab@ma.il.example"));
    }

    #[test]
    fn addresses_the_mailer_cannot_send_to_are_refused() {
        for bad in [
            "",
            "anna",
            "anna@",
            "@eksempel.dk",
            "anna@eksempel",
            "a b@eksempel.dk",
            "anna@eksempel..dk",
            "anna@-x.dk",
            "Anna <anna@eksempel.dk>",
            "anna@[127.0.0.1]",
            "\"a b\"@eksempel.dk",
            "anna@eksempel.dk\r\nBcc: x@y.dk",
            "anna@eksempel.dk,x@y.dk",
            "jørgen@eksempel.dk",
            "jørgen@prøve.example",
            "anna@prø ve.example",
            "anna@-prøve.example",
            "anna@prøve..example",
            "anna@\u{ad}.example",
            "anna@127.0.0.1",
            ".anna@eksempel.dk",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }
}
