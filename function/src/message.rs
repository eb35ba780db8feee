//! A mail as bytes: MIME with text and HTML, and the same Message-ID however often it is sent.

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use model::email::EmailAddress;
use model::pii::Pii;
use pages::Mail;
use thiserror::Error;

/// A mail that is ready to go.
pub struct OutgoingMail {
    /// Who gets it.
    pub to: EmailAddress,
    /// The whole message (RFC 5322). It holds the citizen's words.
    pub bytes: Pii<Vec<u8>>,
}

/// A mail that cannot be built.
#[derive(Debug, Error)]
#[error("a mail could not be built: {0}")]
pub struct BadMail(&'static str);

/// Builds a mail. `name` makes the Message-ID: equal names, equal ids, so a second delivery is seen as one.
pub fn build(
    mail: Mail,
    from_name: &str,
    from: &EmailAddress,
    to: &EmailAddress,
    name: &str,
) -> Result<OutgoingMail, BadMail> {
    let domain = from.as_str().rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let message = Message::builder()
        .from(Mailbox::new(Some(from_name.to_owned()), address(from)?))
        .to(Mailbox::new(None, address(to)?))
        .subject(mail.subject)
        .message_id(Some(format!("<{name}@{domain}>")))
        // Out-of-office answers would go to nobody (RFC 3834).
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(mail.text, mail.html))
        .map_err(|_| BadMail("headers or parts are refused by the mail library"))?;
    Ok(OutgoingMail { to: to.clone(), bytes: Pii::new(message.formatted()) })
}

fn address(address: &EmailAddress) -> Result<Address, BadMail> {
    address.as_str().parse().map_err(|_| BadMail("an address is refused by the mail library"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn built(to: &EmailAddress, subject: &str) -> String {
        let from = EmailAddress::parse("afsender@bestil-en-betjent.example").unwrap();
        let mail = Mail { subject: subject.to_owned(), text: "tekst".to_owned(), html: "<p>tekst</p>".to_owned() };
        let mail = build(mail, "Bestil en betjent", &from, to, "navn").unwrap();
        String::from_utf8(mail.bytes.reveal().clone()).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn every_address_that_a_form_accepts_is_one_that_mail_can_be_sent_to(
            typed in prop_oneof![
                "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,70}@[a-zA-Z0-9-]{1,12}(\\.[a-z0-9-]{1,8}){0,3}",
                "[ -~æøå\r\n]{0,20}@[ -~æøå\r\n]{0,20}",
                "\\PC{0,40}",
            ]
        ) {
            if let Ok(address) = EmailAddress::parse(&typed) {
                let mail = built(&address, "emne");
                let to: Vec<&str> = mail.lines().filter(|line| line.starts_with("To:")).collect();
                prop_assert_eq!(to, vec![format!("To: {}", address.as_str())]);
            }
        }

        #[test]
        fn no_subject_can_add_a_header(subject in "[ -~æøå\r\n]{0,80}") {
            let address = EmailAddress::parse("kreds@politi.example").unwrap();
            let mail = built(&address, &subject);
            let (head, _) = mail.split_once("\r\n\r\n").unwrap();
            let names: Vec<&str> =
                head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).filter_map(|line| line.split(':').next()).collect();
            let ours = ["From", "To", "Subject", "Message-ID", "Auto-Submitted", "MIME-Version", "Date", "Content-Type"];
            prop_assert_eq!(names, ours);
        }
    }
}
