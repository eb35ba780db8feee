//! One process of the function: its own memory, its own slightly wrong clock, the shared database.

use crate::failures::network::Network;
use crate::failures::record::Record;
use dynoxide::Database;
use function::Service;
use function::clock::Clock;
use function::mailer::Mailer;
use function::message::OutgoingMail;
use function::settings::Settings;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A process. Dropping the last clone drops its memory.
#[derive(Clone)]
pub(crate) struct Instance {
    pub(crate) service: Arc<Service>,
    pub(crate) network: Network,
    moved: Arc<AtomicI64>,
    skew: i64,
}

impl Instance {
    /// Starts a process with a region of its own: the SDK counts retries per region, and all of these share a process.
    pub(crate) fn start(database: &Database, record: &Record, region: &str, skew: i64) -> Self {
        Self::wired(Network::to(database, record), settings(region), skew)
    }

    pub(crate) fn wired(network: Network, settings: Settings, skew: i64) -> Self {
        let moved = Arc::new(AtomicI64::new(0));
        let http = network.client();
        let post = network.clone();
        let mailer = Mailer::Memory(Arc::new(move |mail: &OutgoingMail, name: &str| {
            post.end().record.mail(mail.to().as_str(), name)
        }));
        let service = Service::wired(settings, Clock::Moved(Arc::clone(&moved)), http, mailer).unwrap();
        Self { service: Arc::new(service), network, moved, skew }
    }

    /// Sets its clock to a Unix time. The function's clock keeps running, so it is set before every turn.
    pub(crate) fn pin(&self, now: i64) {
        self.moved.store(now + self.skew - Timestamp::now().as_second(), Ordering::SeqCst);
    }
}

/// Returns the settings of a world. Nothing answers at the endpoint: requests go through the world's network.
pub(crate) fn settings(region: &str) -> Settings {
    crate::shared::settings::settings(&[("AWS_REGION", region), ("AWS_ENDPOINT_URL", "http://database.example")])
}
