//! The ways that mail goes out: Amazon SES, a mail server of one's own, or a folder.

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

/// One way that mail goes out, chosen in the settings.
pub enum Mailer {
    /// Amazon SES.
    #[cfg(feature = "cloud")]
    Ses(Ses),
    /// A mail server of one's own.
    Smtp(Smtp),
    /// One file for each mail.
    Folder(PathBuf),
    /// Whatever a test makes of it.
    Memory(Memory),
}

/// A test's function that takes a mail and its name instead of sending it.
pub type Memory = Arc<dyn Fn(&OutgoingMail, &str) -> Result<Handover, NotSent> + Send + Sync>;

/// A mail that the next server took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handover {
    /// Nothing more is heard of it.
    Final,
    /// A delivery notification will follow.
    AwaitingReport,
}

/// A mail that was not sent.
#[derive(Debug, Error)]
#[error("mail was not sent: {reason}")]
pub struct NotSent {
    /// Why, in codes and words of ours: never an address, a server's text or a citizen's words.
    pub reason: String,
    /// The consequence for the mail.
    pub failure: SendFailure,
}

/// The consequence of an attempt that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendFailure {
    /// It was not sent, and may be at another time.
    Transient,
    /// It was handed over, and no answer came: it may have been sent.
    Ambiguous,
    /// It was refused for good.
    Refused(Refusal),
}

impl NotSent {
    /// A mail that may be sent at another time.
    pub fn for_now(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), failure: SendFailure::Transient }
    }

    /// A mail that was refused for good.
    pub fn refused(refusal: Refusal, reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), failure: SendFailure::Refused(refusal) }
    }

    /// A mail that may have been sent.
    pub fn perhaps(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), failure: SendFailure::Ambiguous }
    }
}

impl Mailer {
    /// The mailer that the settings name, or what is wrong with how they name it. A program without the feature `cloud`
    /// has no SES.
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

    /// Sends a mail once. `name` is the same for every attempt at one mail.
    pub async fn send(&self, mail: &OutgoingMail, name: &str) -> Result<Handover, NotSent> {
        match self {
            #[cfg(feature = "cloud")]
            Self::Ses(ses) => ses.send(mail, name).await,
            Self::Smtp(smtp) => smtp.send(mail).await.map(|()| Handover::Final),
            Self::Folder(folder) => folder::write_whole(folder, name, mail.bytes().reveal())
                .map(|()| Handover::Final)
                .map_err(|error| NotSent::for_now(error.kind().to_string())),
            Self::Memory(test) => {
                // A network has a moment before and after; so that a test can stop a run in either, this has them, too.
                tokio::task::yield_now().await;
                let outcome = test(mail, name);
                tokio::task::yield_now().await;
                outcome
            }
        }
    }
}
