//! The ways that mail goes out.

use crate::message::OutgoingMail;
use crate::settings::{MailRoute, Settings};
use crate::store::{sdk_credentials, sdk_region};
use aws_sdk_sesv2::config::BehaviorVersion;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::error::ProvideErrorMetadata;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, RawMessage};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;

/// One way that mail goes out, chosen in the settings.
pub enum Mailer {
    /// Amazon SES.
    Ses {
        /// The real client.
        client: aws_sdk_sesv2::Client,
        /// The configuration set for mail to kredse.
        kredse: Option<String>,
        /// The configuration set for mail to citizens.
        citizens: Option<String>,
    },
    /// One file for each mail.
    Folder(PathBuf),
    /// Whatever a test makes of it.
    Memory(Memory),
}

/// What a test does with a mail instead of sending it.
pub type Memory = Arc<dyn Fn(&OutgoingMail, &str) -> Result<(), NotSent> + Send + Sync>;

/// A mail that was not sent; the task tries again.
#[derive(Debug, Error)]
#[error("mail was not sent: {0}")]
pub struct NotSent(pub String);

impl Mailer {
    /// The mailer that the settings name.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        match &settings.mail {
            MailRoute::Folder(folder) => Self::Folder(folder.clone()),
            MailRoute::Smtp(_) => todo!(),
            MailRoute::Ses { kredse, citizens } => {
                // A send that timed out may have been sent: the task decides about trying again, not the client.
                let config = aws_sdk_sesv2::Config::builder()
                    .behavior_version(BehaviorVersion::v2026_01_12())
                    .region(sdk_region(settings))
                    .credentials_provider(sdk_credentials(settings))
                    .http_client(crate::store::https())
                    .retry_config(RetryConfig::disabled())
                    .timeout_config(TimeoutConfig::builder().operation_timeout(Duration::from_secs(10)).build());
                let config = match &settings.endpoint {
                    Some(endpoint) => config.endpoint_url(endpoint),
                    None => config,
                };
                let client = aws_sdk_sesv2::Client::from_conf(config.build());
                Self::Ses { client, kredse: kredse.clone(), citizens: citizens.clone() }
            }
        }
    }

    /// Sends a mail once. `name` is the same for every attempt at one mail.
    pub async fn send(&self, mail: &OutgoingMail, name: &str) -> Result<(), NotSent> {
        match self {
            Self::Ses { client, kredse, .. } => {
                let raw = RawMessage::builder().data(Blob::new(mail.bytes.reveal().clone())).build();
                let raw = raw.map_err(|_| NotSent("the message is empty".to_owned()))?;
                client
                    .send_email()
                    .set_configuration_set_name(kredse.clone())
                    .destination(Destination::builder().to_addresses(mail.to.as_str()).build())
                    .content(EmailContent::builder().raw(raw).build())
                    .send()
                    .await
                    .map(|_| ())
                    .map_err(|error| NotSent(error.code().unwrap_or("no answer from SES").to_owned()))
            }
            Self::Folder(folder) => {
                write_whole(folder, name, mail.bytes.reveal()).map_err(|error| NotSent(error.kind().to_string()))
            }
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

/// Writes `<name>.eml` by a temporary name, so that nobody reads half a mail. A mail that is sent again is a file more,
/// as it would be a mail more in a mailbox.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{name}.part"));
    std::fs::write(&unfinished, bytes)?;
    let mut file = folder.join(format!("{name}.eml"));
    let mut again = 1;
    while file.exists() {
        again += 1;
        file = folder.join(format!("{name}.{again}.eml"));
    }
    std::fs::rename(&unfinished, file)
}
