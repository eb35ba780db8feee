//! The store: the one client of both tables, its errors, and its public types.

mod accept;
mod access;
mod adopted;
mod audit;
mod calls;
mod cases;
mod catalogs;
mod change;
mod corrections;
pub mod digests;
mod due;
mod ended;
mod erasure;
mod figures;
mod ghosts;
mod held;
mod items;
mod leases;
mod limits;
mod mailboxes;
mod neighbours;
mod outcomes;
mod overview;
mod owed_again;
mod probes;
mod receipts;
mod recipient;
mod reports;
mod restores;
mod serials;
mod submissions;
mod task;
mod transaction;
mod withdrawals;

pub use accept::{Accepted, NewSubmission};
pub use audit::AuditLine;
pub use calls::OwedCall;
pub use cases::{CaseFile, Step, Stepped, read_again};
pub use catalogs::{LARGEST_CATALOG, PUBLISHING};
pub use corrections::Correction;
pub use due::{Due, ItemKey, Listing, due_of, mails_due};
pub use erasure::{Erasure, Hashes};
pub use figures::FormCounts;
pub use ghosts::Settled;
pub use held::Released;
pub use leases::{LEASE, Leased, RunToken};
pub use limits::{BETWEEN_RECEIPTS, Hit, RateLimit, WINDOW, Window};
pub use neighbours::{Neighbour, RoadMarks};
pub use outcomes::{GRACE, REPORT_WITHIN, Sent};
pub use overview::{Overview, Progress, TaskState};
pub use recipient::{Mailbox, Recipient};
pub use reports::{DeliveryStatus, StatusNote};
pub use restores::{Behind, Lost, Restore};
pub use serials::Series;
pub use submissions::Routed;
pub use task::{MailName, OWED_SINCE, Queue, Task};

use crate::encryption::{EncryptionError, KeyService};
use crate::settings::{BadSetting, Settings};
use access::failed;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig};
use aws_smithy_http_client::{Builder, tls};
use std::time::Duration;
use thiserror::Error;

/// The client of the tables. It is the real SDK, wherever the tables run.
#[derive(Clone)]
pub struct Store {
    client: aws_sdk_dynamodb::Client,
    table: String,
    keys_table: String,
    keys: KeyService,
}

/// Errors of the store. They never quote an item.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The table answered with an error, or not at all.
    #[error("{operation} failed: {reason}")]
    Failed {
        /// The operation that failed.
        operation: &'static str,
        /// The error code, or the kind of missing answer.
        reason: String,
    },
    /// No catalog is published yet.
    #[error("no catalog is published")]
    NoCatalog,
    /// An item of this kind cannot be read by this release.
    #[error("an item of kind {0} cannot be read")]
    Unreadable(&'static str),
    /// Answers cannot be encrypted or decrypted.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
}

/// The sparse index of owed tasks: queue, due time and [`OWED_SINCE`].
pub const DUE_INDEX: &str = "due";

impl Store {
    /// Creates a client for the tables in the settings. Its timeouts are far shorter than the SDK's defaults, since a
    /// citizen waits for the answer and a small share of calls hangs in normal operation.
    pub fn new(settings: &Settings, http: SharedHttpClient) -> Result<Self, BadSetting> {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(3))
            .operation_timeout(Duration::from_secs(8))
            .build();
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(sdk_region(settings))
            .credentials_provider(sdk_credentials(settings))
            .http_client(http.clone())
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .timeout_config(timeouts)
            // Its grace period for slow bodies is longer than an attempt may take here.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        let config = match &settings.endpoint {
            Some(endpoint) => config.endpoint_url(endpoint),
            None => config,
        };
        Ok(Self {
            client: aws_sdk_dynamodb::Client::from_conf(config.build()),
            table: settings.table.clone(),
            keys_table: settings.keys_table.clone(),
            keys: KeyService::new(settings, http)?,
        })
    }

    /// The SDK's client, for code that creates or inspects the tables.
    #[must_use]
    pub const fn client(&self) -> &aws_sdk_dynamodb::Client {
        &self.client
    }

    /// The name of the main table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The name of the table of keys, which holds wrapped data keys.
    #[must_use]
    pub fn keys_table(&self) -> &str {
        &self.keys_table
    }
}

impl StoreError {
    /// The error of a run whose lease ran out: another run has the task.
    fn lost_lease(operation: &'static str) -> Self {
        Self::Failed { operation, reason: "another run has the task".to_owned() }
    }
}

pub(crate) fn sdk_region(settings: &Settings) -> Region {
    Region::new(settings.region.clone())
}

pub(crate) fn sdk_credentials(settings: &Settings) -> Credentials {
    let credentials = &settings.credentials;
    Credentials::new(&credentials.key_id, &credentials.key, credentials.session.clone(), None, "settings")
}

/// The HTTPS client: rustls with ring, since aws-lc costs some 20 ms of CPU time at a cold start's first handshake.
pub fn https() -> SharedHttpClient {
    Builder::new().tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring)).build_https()
}

/// The same client without connection reuse. A Lambda is frozen between two invocations, and meanwhile its connections
/// die unnoticed: a request written to one is silently lost.
pub fn https_once() -> SharedHttpClient {
    Builder::new()
        .pool_max_idle_per_host(0)
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build_https()
}
