//! Mail as bytes: MIME with text and HTML, an address that mail may reach, and the same name for all attempts.

use crate::settings::{DeliveryPolicy, Settings};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use model::email::EmailAddress;
use model::pii::Pii;
use pages::Mail;
use thiserror::Error;

/// A mail that is ready to send. Only [`build`] makes one, so that none bypasses [`DeliveryPolicy`].
pub struct OutgoingMail {
    audience: Audience,
    from: EmailAddress,
    to: EmailAddress,
    bytes: Pii<Vec<u8>>,
}

/// The intended readers of a mail, whoever receives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The officers of a kreds.
    Kreds,
    /// A citizen.
    Citizen,
}

/// A mail that cannot be built.
#[derive(Debug, Error)]
#[error("a mail could not be built: {0}")]
pub struct BadMail(&'static str);

/// The header with a mail's name, `K7F-M2X-P9T.kreds`. Unlike the Message-ID it arrives unchanged by every route.
pub const NAME_HEADER: &str = "X-Bestilling";

impl OutgoingMail {
    /// The intended readers, whoever receives the mail.
    #[must_use]
    pub const fn audience(&self) -> Audience {
        self.audience
    }

    /// The sender's address in header and envelope.
    #[must_use]
    pub const fn from(&self) -> &EmailAddress {
        &self.from
    }

    /// The recipient's address in header and envelope.
    #[must_use]
    pub const fn to(&self) -> &EmailAddress {
        &self.to
    }

    /// The whole message (RFC 5322). It contains the citizen's words.
    #[must_use]
    pub const fn bytes(&self) -> &Pii<Vec<u8>> {
        &self.bytes
    }
}

impl DeliveryPolicy {
    /// The address that mail for an intended address goes to.
    fn address<'a>(&'a self, intended: &'a EmailAddress) -> &'a EmailAddress {
        match self {
            Self::Everyone => intended,
            Self::Only(sink) => sink,
        }
    }
}

/// Builds a mail for an address, and sends it where the delivery policy allows.
///
/// `name` becomes the Message-ID: equal names give equal ids, so that a second delivery is recognised. Amazon SES is
/// the exception: it replaces the Message-ID of every mail with its own ("Amazon SES header fields" in its developer
/// guide), so a mail that it sends twice has two. [`NAME_HEADER`] is the same by every route.
pub fn build(
    mail: Mail,
    settings: &Settings,
    from_name: &str,
    support: &EmailAddress,
    audience: Audience,
    intended: &EmailAddress,
    name: &str,
) -> Result<OutgoingMail, BadMail> {
    let from = match audience {
        Audience::Kreds => &settings.sender,
        Audience::Citizen => &settings.receipts.sender,
    };
    let to = settings.delivery.address(intended);
    let header = |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned());
    let message = Message::builder()
        .from(Mailbox::new(Some(plain(from_name)), address(from)?))
        .to(Mailbox::new(None, address(to)?))
        // A reply is read all the same, but never by anybody whom the policy excludes.
        .reply_to(Mailbox::new(None, address(settings.delivery.address(support))?))
        .subject(plain(&mail.subject))
        .message_id(Some(format!("<{name}@{}>", domain(from))))
        .raw_header(header(NAME_HEADER, name))
        // Out-of-office replies would reach nobody (RFC 3834).
        .raw_header(header("Auto-Submitted", "auto-generated"))
        // The same for Exchange. `All` would also suppress non-delivery reports, which show that a kreds gets no mail.
        .raw_header(header("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply"))
        .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))
        .map_err(|_| BadMail("headers or parts are refused by the mail library"))?;
    Ok(OutgoingMail { audience, from: from.clone(), to: to.clone(), bytes: Pii::new(message.formatted()) })
}

pub(crate) fn address(address: &EmailAddress) -> Result<Address, BadMail> {
    address.as_str().parse().map_err(|_| BadMail("an address is refused by the mail library"))
}

/// The part after the @.
pub(crate) fn domain(address: &EmailAddress) -> &str {
    address.as_str().rsplit_once('@').map_or("localhost", |(_, domain)| domain)
}

/// A header's text without control characters, which could end it. This does not rely on the mail library to do it.
fn plain(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{email, settings};
    use proptest::prelude::*;

    fn built(to: &EmailAddress, subject: &str, delivery: DeliveryPolicy) -> OutgoingMail {
        let settings = Settings { delivery, ..settings("folder:/nowhere") };
        let mail = Mail { subject: subject.to_owned(), text: "æ".repeat(2000), html: "<p>æ</p>".to_owned() };
        build(mail, &settings, "Bestil en betjent", &support(), Audience::Citizen, to, "K7F-M2X-P9T.borger").unwrap()
    }

    fn support() -> EmailAddress {
        email("faldback@bestil-en-betjent.example")
    }

    fn text_of(mail: &OutgoingMail) -> String {
        String::from_utf8(mail.bytes().reveal().clone()).unwrap()
    }

    #[test]
    fn mail_to_anybody_goes_to_the_sink_without_the_intended_address() {
        let (intended, sink) = (email("anna@eksempel.example"), email("sink@bestil-en-betjent.example"));
        let mail = built(&intended, "emne", DeliveryPolicy::Only(sink.clone()));
        assert_eq!(mail.to(), &sink);
        assert!(text_of(&mail).contains("\r\nTo: sink@bestil-en-betjent.example\r\n"), "{}", text_of(&mail));
        assert!(!text_of(&mail).contains("anna@"), "{}", text_of(&mail));
        assert!(text_of(&mail).contains("\r\nReply-To: sink@bestil-en-betjent.example\r\n"), "{}", text_of(&mail));
        let mail = built(&intended, "emne", DeliveryPolicy::Everyone);
        assert_eq!(mail.to(), &intended);
        assert!(text_of(&mail).contains("\r\nTo: anna@eksempel.example\r\n"), "{}", text_of(&mail));
        assert!(text_of(&mail).contains("\r\nReply-To: faldback@bestil-en-betjent.example\r\n"), "{}", text_of(&mail));
        assert!(text_of(&mail).contains("\r\nAuto-Submitted: auto-generated\r\n"), "{}", text_of(&mail));
        assert!(
            text_of(&mail).contains("\r\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply\r\n"),
            "{}",
            text_of(&mail)
        );
    }

    #[test]
    fn a_mail_has_seven_bit_lines_that_every_server_accepts() {
        let mail = built(&email("kreds@politi.example"), "Bestil en færdselskontrol · ÆØÅ", DeliveryPolicy::Everyone);
        let text = text_of(&mail);
        assert!(text.is_ascii());
        assert!(text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])), "{text}");
        assert!(text.contains("\r\nX-Bestilling: K7F-M2X-P9T.borger\r\n"), "{text}");
        assert!(text.contains("\r\nMessage-ID: <K7F-M2X-P9T.borger@bestil-en-betjent.example>\r\n"), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn mail_can_be_sent_to_every_address_that_a_form_accepts(
            typed in prop_oneof![
                "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,70}@[a-zA-Z0-9-]{1,12}(\\.[a-z0-9-]{1,8}){0,3}",
                "[ -~æøå\r\n]{0,20}@[ -~æøå\r\n]{0,20}",
                "\\PC{0,40}",
            ]
        ) {
            if let Ok(address) = EmailAddress::parse(&typed) {
                let mail = text_of(&built(&address, "emne", DeliveryPolicy::Everyone));
                let to: Vec<&str> = mail.lines().filter(|line| line.starts_with("To:")).collect();
                prop_assert_eq!(to, vec![format!("To: {}", address.as_str())]);
            }
        }

        #[test]
        fn no_subject_can_add_a_header(subject in "[ -~æøå\r\n]{0,80}") {
            let mail = text_of(&built(&email("kreds@politi.example"), &subject, DeliveryPolicy::Everyone));
            let (head, _) = mail.split_once("\r\n\r\n").unwrap();
            let names: Vec<&str> =
                head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).filter_map(|line| line.split(':').next()).collect();
            let ours = ["From", "To", "Reply-To", "Subject", "Message-ID", NAME_HEADER, "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version", "Date", "Content-Type"];
            prop_assert_eq!(names, ours);
        }
    }
}
