//! The function behind the forms: it receives requests, stores them, and mails the kreds that is responsible.
//!
//! [`Service::handle`] is the one entry, in the cloud and on a developer's machine. A web request goes through
//! [`web`] to [`reception`], which stores it in one transaction and answers with a receipt; nothing is mailed there.
//! The schedule goes to [`outbox`], which sends what is due and keeps at it until it is sent or parked.
//!
//! What this crate promises, and the test that holds it, stands in the README under "What always holds".

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod catalogs;
pub mod clock;
mod lambda;
mod language;
pub mod mail_events;
pub mod mailer;
pub mod message;
pub mod outbox;
pub mod post;
mod quarantine;
pub mod reception;
pub mod settings;
pub mod store;
#[cfg(test)]
mod test_support;
pub mod web;

pub use lambda::lambda;

use aws_sdk_dynamodb::config::SharedHttpClient;
use catalogs::Catalogs;
use clock::Clock;
use jiff::{SignedDuration, Timestamp};
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt, Response};
use mailer::Mailer;
use outbox::{Sweep, SweepError};
use pages::{BadPage, Pages};
use settings::{BadSetting, Settings};
use store::Store;
use thiserror::Error;

/// Everything the function needs, wired once at the start.
pub struct Service {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) catalogs: Catalogs,
    pub(crate) pages: Pages,
    pub(crate) mailer: Mailer,
}

/// Why the service cannot be wired.
#[derive(Debug, Error)]
pub enum NotWired {
    /// A setting is wrong.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A template is wrong.
    #[error(transparent)]
    Page(#[from] BadPage),
}

impl Service {
    /// Wires the service. It connects to nothing.
    pub fn new(settings: Settings, clock: Clock) -> Result<Self, NotWired> {
        let mailer = Mailer::new(&settings)?;
        Ok(Self::wired(settings, clock, store::https(), mailer)?)
    }

    /// Wires the service with a way to the network and a mailer of the caller's: tests lose requests in the one, and
    /// see what goes out by the other.
    pub fn wired(settings: Settings, clock: Clock, http: SharedHttpClient, mailer: Mailer) -> Result<Self, BadPage> {
        let store = Store::new(&settings, http);
        let fresh = SignedDuration::from_secs(settings.catalog_seconds);
        Ok(Self { catalogs: Catalogs::new(store.clone(), fresh), pages: Pages::new()?, settings, clock, store, mailer })
    }

    /// Answers a web request, or runs the schedule.
    ///
    /// Which of the two is told by the request's context, never by its path: anyone can ask for a path.
    pub async fn handle(&self, request: Request) -> Response<Body> {
        if matches!(request.request_context_ref(), Some(RequestContext::PassThrough)) {
            return match self.sweep().await {
                Ok(sweep) => Response::new(Body::from(format!("{sweep:?}"))),
                Err(error) => {
                    tracing::error!(%error, "the schedule could not run; it runs again in a minute");
                    web::status_only(503)
                }
            };
        }
        web::answer(self, &request).await
    }

    /// Sends everything that is due now.
    pub async fn sweep(&self) -> Result<Sweep, SweepError> {
        outbox::sweep(self).await
    }

    /// Asks for the catalog in force, so that the first request need not.
    pub async fn warm_up(&self) -> Result<(), store::StoreError> {
        self.catalogs.current(self.clock.now()).await.map(|_| ())
    }

    /// The service's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The table, for those who publish content or look after it.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }
}
