//! Mail by SMTP, to the mail server that the settings name.

mod address;
#[cfg(test)]
mod tests;

use super::NotSent;
use crate::message::{self, OutgoingMail};
use crate::refusal::{Refusal, Step};
use crate::settings::BadSetting;
use address::{ServerAddress, WANTS};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use model::email::EmailAddress;
use std::error::Error as _;
use std::time::Duration;
use tokio::time::timeout;

/// A mail server, and how to connect to it. It has no `Debug`, since it holds a password.
pub struct Smtp {
    host: String,
    port: u16,
    us: ClientId,
    security: Security,
    credentials: Option<Credentials>,
    connecting: Duration,
    sending: Duration,
}

enum Security {
    /// No encryption, on this machine only.
    None,
    /// TLS after a plain start; a server without STARTTLS gets nothing.
    StartTls(TlsParameters),
    /// TLS from the first byte.
    Tls(TlsParameters),
}

/// The time limit for connecting, including TLS and authentication.
const CONNECTING: Duration = Duration::from_secs(10);
/// The time limit for announcing a mail, and for handing it over. All limits together are less than a task's lease.
const SENDING: Duration = Duration::from_secs(20);
/// The time limit for the answer to QUIT.
const LEAVING: Duration = Duration::from_secs(1);

impl Smtp {
    /// Creates a client for the server at a URL. It loads the trusted certificate authorities, but does not connect.
    pub(super) fn new(url: &str, sender: &EmailAddress) -> Result<Self, BadSetting> {
        let bad = || BadSetting::new("MAIL", WANTS);
        let ServerAddress { host, port, wrapped, credentials } = ServerAddress::parse(url).ok_or_else(bad)?;
        let tls = || TlsParameters::new(host.clone()).map_err(|_| bad());
        let security = match wrapped {
            true => Security::Tls(tls()?),
            false if address::is_this_machine(&host) => Security::None,
            false => Security::StartTls(tls()?),
        };
        let us = ClientId::Domain(message::domain(sender).to_owned());
        let credentials = credentials.map(|(name, word)| Credentials::new(name, word));
        Ok(Self { security, us, host, port, credentials, connecting: CONNECTING, sending: SENDING })
    }

    /// Sends a mail once, over a connection of its own.
    ///
    /// It goes step by step rather than through lettre's transport, which does not report the step at which the server
    /// refused; the class of a refusal depends on it ([`Refusal::of_reply`]). It would also wait for the answer to
    /// QUIT: a mail that the server has already accepted would count as not sent.
    pub(super) async fn send(&self, mail: &OutgoingMail) -> Result<(), NotSent> {
        let late = |_| NotSent::for_now("no answer from the mail server in time");
        let mut connection = timeout(self.connecting, self.connect()).await.map_err(late)??;
        let outcome = match timeout(self.sending, announce(&mut connection, mail)).await.map_err(late).flatten() {
            Ok(()) => timeout(self.sending, hand_over(&mut connection, mail))
                .await
                .unwrap_or_else(|_| Err(NotSent::perhaps("no answer from the mail server in time"))),
            Err(refused) => Err(refused),
        };
        let _ = timeout(LEAVING, connection.quit()).await;
        outcome
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, NotSent> {
        let failed = |name| move |error| because(Step::BeforeRecipient, name, &error);
        let (wrapping, starting) = match &self.security {
            Security::None => (None, None),
            Security::StartTls(tls) => (None, Some(tls)),
            Security::Tls(tls) => (Some(tls.clone()), None),
        };
        let server = (self.host.as_str(), self.port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(server, None, &self.us, wrapping, None)
            .await
            .map_err(failed("EHLO"))?;
        if let Some(tls) = starting {
            connection.starttls(tls.clone(), &self.us).await.map_err(failed("STARTTLS"))?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(failed("AUTH"))?;
        }
        Ok(connection)
    }
}

async fn announce(connection: &mut AsyncSmtpConnection, mail: &OutgoingMail) -> Result<(), NotSent> {
    let address = |whose| message::address(whose).map_err(|error| NotSent::for_now(error.to_string()));
    let (from, to) = (address(mail.from())?, address(mail.to())?);
    let failed = |step, name| move |error| because(step, name, &error);
    connection.command(Mail::new(Some(from), vec![])).await.map_err(failed(Step::BeforeRecipient, "MAIL"))?;
    connection.command(Rcpt::new(to, vec![])).await.map_err(failed(Step::Recipient, "RCPT"))?;
    connection.command(Data).await.map_err(failed(Step::BeforeText, "DATA"))?;
    Ok(())
}

/// Hands over the mail. If the connection breaks here, the server may have accepted it.
async fn hand_over(connection: &mut AsyncSmtpConnection, mail: &OutgoingMail) -> Result<(), NotSent> {
    connection.message(mail.bytes().reveal()).await.map(|_| ()).map_err(|error| {
        let not_sent = because(Step::AfterText, "the mail", &error);
        if error.status().is_some() { not_sent } else { NotSent::perhaps(not_sent.reason) }
    })
}

/// Describes an error by its step and code. The server's text quotes addresses: only its enhanced status is read.
fn because(step: Step, name: &str, error: &Error) -> NotSent {
    let Some(code) = error.status() else {
        return NotSent::for_now(format!("the mail server did not answer {name}"));
    };
    let reason = format!("the mail server answered {name} with {code}");
    let text = error.source().map(ToString::to_string).unwrap_or_default();
    match Refusal::of_reply(step, u16::from(code), &text) {
        Some(refusal) => NotSent::refused(refusal, reason),
        None => NotSent::for_now(reason),
    }
}
