//! The routes of outgoing mail: Amazon SES, an SMTP server, or a folder.

mod folder;
#[cfg(feature = "cloud")]
mod ses;
mod smtp;
mod tag;

#[cfg(feature = "cloud")]
pub use ses::Ses;
pub use smtp::Smtp;
pub(crate) use tag::{TAG, name_in};

use crate::message::OutgoingMail;
use crate::refusal::Refusal;
use crate::settings::{BadSetting, MailRoute, Settings};
use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;

/// A route of outgoing mail, chosen in the settings.
pub enum Mailer {
    /// Amazon SES.
    #[cfg(feature = "cloud")]
    Ses(Ses),
    /// An SMTP server.
    Smtp(Smtp),
    /// A folder, with one file per mail.
    Folder(PathBuf),
    /// A test's function.
    Memory(Memory),
}

/// A test's function that takes a mail and its name instead of sending it.
pub type Memory = Arc<dyn Fn(&OutgoingMail, &str) -> Result<Handover, NotSent> + Send + Sync>;

/// A mail that the next server accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handover {
    /// No report will follow.
    Final,
    /// A delivery notification will follow.
    AwaitingReport,
}

/// A mail that was not sent.
#[derive(Debug, Error)]
#[error("mail was not sent: {reason}")]
pub struct NotSent {
    /// The reason in codes and words of ours: never an address, a server's text or a citizen's words.
    pub reason: String,
    /// The consequence for the mail.
    pub failure: SendFailure,
}

/// The consequence of a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendFailure {
    /// The mail was not sent, and may be sent later.
    Transient,
    /// The mail was handed over without an answer: it may have been sent.
    Ambiguous,
    /// The mail was refused permanently.
    Refused(Refusal),
}

impl NotSent {
    /// A mail that may be sent later.
    pub fn for_now(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), failure: SendFailure::Transient }
    }

    /// A mail that was refused permanently.
    pub fn refused(refusal: Refusal, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), failure: SendFailure::Refused(refusal) }
    }

    /// A mail that may have been sent.
    pub fn perhaps(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), failure: SendFailure::Ambiguous }
    }
}

impl Mailer {
    /// Creates the mailer that the settings name, or fails with the error in the setting. Without the feature `cloud`
    /// there is no SES.
    pub fn new(settings: &Settings) -> Result<Self, BadSetting> {
        Ok(match &settings.mail {
            MailRoute::Folder(folder) => Self::Folder(folder.clone()),
            MailRoute::Smtp(url) => Self::Smtp(Smtp::new(url, &settings.sender)?),
            #[cfg(not(feature = "cloud"))]
            MailRoute::Ses { .. } => return Err(BadSetting::new("MAIL", crate::settings::WANTS_CLOUD)),
            #[cfg(feature = "cloud")]
            MailRoute::Ses { kredse, citizens } => {
                Self::Ses(Ses::new(settings, crate::store::https_once(), kredse.clone(), citizens.clone()))
            }
        })
    }

    /// Sends a mail once. `name` is the same for all attempts at one mail.
    pub async fn send(&self, mail: &OutgoingMail, name: &str) -> Result<Handover, NotSent> {
        match self {
            #[cfg(feature = "cloud")]
            Self::Ses(ses) => ses.send(mail, name).await,
            Self::Smtp(smtp) => smtp.send(mail).await.map(|()| Handover::Final),
            Self::Folder(folder) => folder::write_whole(folder, name, mail.bytes().reveal())
                .map(|()| Handover::Final)
                .map_err(|error| NotSent::for_now(error.kind().to_string())),
            Self::Memory(test) => {
                // It yields before and after like a network, so that a test can stop a run at either point.
                tokio::task::yield_now().await;
                let outcome = test(mail, name);
                tokio::task::yield_now().await;
                outcome
            }
        }
    }
}
