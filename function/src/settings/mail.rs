//! Settings of mail by audience: receipts go to anybody and may bounce, which must not affect mail to the police.

use model::email::EmailAddress;
use std::path::PathBuf;

/// The default number of receipts a day.
pub const RECEIPTS_A_DAY: u32 = 1000;

/// A route of outgoing mail. It has no `Debug`, since it may contain a password.
#[derive(Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// Amazon SES.
    Ses {
        /// The configuration set for mail to kredse: suppression off, TLS required, events on.
        kredse: Option<String>,
        /// The configuration set for mail to citizens: suppression on.
        citizens: Option<String>,
    },
    /// An SMTP relay, as a URL: `smtps://user:password@mail.example:465`.
    Smtp(String),
    /// A folder, with one file per mail; nothing leaves the machine.
    Folder(PathBuf),
}

/// Receipts to citizens: their own sender, and their own share of the mail service's quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipts {
    /// The sender's address.
    pub sender: EmailAddress,
    /// The most receipts a day; zero for none.
    pub a_day: u32,
}

/// The domains, with their subdomains, that mail to the police may go to; empty for any domain.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoliceDomains(Vec<String>);

impl PoliceDomains {
    /// Parses a comma-separated list; `None` if one of the domains is invalid.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let domains: Vec<String> = text.split(',').map(|domain| domain.trim().to_ascii_lowercase()).collect();
        let plain = |domain: &String| {
            let sign = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'.' | b'-');
            domain.contains('.') && domain.bytes().all(sign) && !domain.starts_with('.') && !domain.ends_with('.')
        };
        domains.iter().all(plain).then_some(Self(domains))
    }

    /// True if mail to the police may go to an address.
    #[must_use]
    pub fn allow(&self, to: &EmailAddress) -> bool {
        let domain = to.as_str().rsplit_once('@').map_or("", |(_, domain)| domain).to_ascii_lowercase();
        let within = |known: &String| {
            domain == *known || domain.strip_suffix(known.as_str()).is_some_and(|rest| rest.ends_with('.'))
        };
        self.0.is_empty() || self.0.iter().any(within)
    }
}

pub(super) const MAIL_WANTS: &str =
    "must be ses, ses:<set for kredse>,<set for citizens>, smtp://…, smtps://… or folder:<path>";

pub(super) fn mail_route(text: &str) -> Option<MailRoute> {
    match text.split_once(':') {
        None if text == "ses" => Some(MailRoute::Ses { kredse: None, citizens: None }),
        Some(("ses", sets)) => match sets.split_once(',') {
            Some((kredse, citizens)) if !kredse.is_empty() && !citizens.is_empty() => {
                Some(MailRoute::Ses { kredse: Some(kredse.to_owned()), citizens: Some(citizens.to_owned()) })
            }
            _ => None,
        },
        Some(("smtp" | "smtps", rest)) if rest.len() > 2 => Some(MailRoute::Smtp(text.to_owned())),
        Some(("folder", path)) if !path.is_empty() => Some(MailRoute::Folder(path.into())),
        _ => None,
    }
}

/// Parses the number of receipts a day: a number, or `off` for zero.
pub(super) fn receipts_a_day(text: &str) -> Option<u32> {
    if text == "off" { Some(0) } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn police_mail_goes_only_to_named_domains_and_their_subdomains() {
        let domains = PoliceDomains::parse("politi.example, Myndighed.example").unwrap();
        for (to, may) in [
            ("fyn@politi.example", true),
            ("vagten@fyn.politi.example", true),
            ("faldback@myndighed.example", true),
            ("fyn@POLITI.example", true),
            ("fyn@notpoliti.example", false),
            ("fyn@politi.example.other.example", false),
            ("politi.example@other.example", false),
        ] {
            assert_eq!(domains.allow(&EmailAddress::parse(to).unwrap()), may, "{to}");
        }
        assert!(PoliceDomains::default().allow(&EmailAddress::parse("fyn@other.example").unwrap()));
        for wrong in ["", "politi", "politi.example,", "@politi.example", ".politi.example", "*"] {
            assert_eq!(PoliceDomains::parse(wrong), None, "{wrong}");
        }
    }
}
