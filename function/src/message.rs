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
