//! The function behind the forms: it receives requests, stores them, and mails the kreds that is responsible.
//!
//! [`Service::handle`] is the only entry point, in the cloud and on a developer's machine. An HTTP request goes through
//! [`web`] to [`reception`], which stores the citizen's request in one transaction and answers with a receipt; no mail
//! is sent there. The schedule runs [`outbox`], which sends due mails and retries them until they are sent or parked. A
//! delivery notification of the mail service goes to [`reports`]. A second schedule starts a [`probe`].
//!
//! `function/README.md` states the promises of this crate; `docs/guarantees.md` lists the tests that prove them.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod alarm;
mod automated;
mod brakes;
mod case_link;
pub mod catalogs;
mod citizen;
mod client_ip;
pub mod clock;
pub mod compat;
mod content;
mod correcting;
pub mod encryption;
mod erasing;
mod fetch;
pub mod figures;
mod gate;
mod hashes;
mod lambda;
mod language;
pub mod mail_events;
pub mod mailer;
pub mod message;
pub mod metrics;
mod neighbours;
mod officer;
mod origin;
pub mod outbox;
pub mod panics;
mod path;
pub mod post;
pub mod probe;
mod question;
mod receipts;
pub mod reception;
pub mod refusal;
pub mod reports;
pub mod route;
mod secret;
pub mod settings;
mod shown;
pub mod store;
mod storing;
#[cfg(test)]
mod test_support;
mod urlencoded;
pub mod web;

pub use lambda::lambda;

use alarm::Alarm;
use aws_sdk_dynamodb::config::SharedHttpClient;
use catalogs::Catalogs;
use clock::Clock;
use jiff::{SignedDuration, Timestamp};
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt, Response};
use mail_events::{Listener, Rejected, Report};
use mailer::Mailer;
use metrics::Metrics;
use model::catalog::Catalog;
use model::names::SubmissionId;
use model::phone::Phone;
use outbox::{Sweep, SweepError};
use pages::{BadPage, Pages};
use probe::Probed;
use settings::{BadSetting, Settings};
use std::pin::Pin;
use std::sync::Arc;
use store::Store;
use thiserror::Error;

/// Work in progress. It is boxed so that everything below it is compiled in this crate, once and optimised like it,
/// instead of again in every program and test that awaits it.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Everything that the function needs, wired once at startup.
pub struct Service {
    pub(crate) settings: Settings,
    pub(crate) clock: Clock,
    pub(crate) store: Store,
    pub(crate) catalogs: Catalogs,
    pub(crate) pages: Pages,
    pub(crate) mailer: Mailer,
    pub(crate) mail_events: Option<Listener>,
    pub(crate) metrics: Metrics,
}

/// An event that failed, and must be delivered again.
#[derive(Debug, Error)]
pub enum EventFailed {
    /// The schedule failed.
    #[error(transparent)]
    Sweep(#[from] SweepError),
    /// A delivery notification could not be recorded.
    #[error("a delivery notification could not be recorded: {0}")]
    MailEvent(#[from] store::StoreError),
    /// The compatibility of a catalog could not be checked.
    #[error("the compatibility of a catalog cannot be checked: {0}")]
    Reading(#[source] store::StoreError),
    /// The certificate that verifies a notification cannot be fetched now.
    #[error("the certificate of a delivery notification cannot be fetched now")]
    Certificate,
    /// The program panicked.
    #[error(transparent)]
    Panic(#[from] panics::Panicked),
}

/// The reason why the service cannot be wired.
#[derive(Debug, Error)]
pub enum NotWired {
    /// A setting is invalid.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A template is invalid.
    #[error(transparent)]
    Page(#[from] BadPage),
}

impl Service {
    /// Wires the service without connecting to anything.
    pub fn new(settings: Settings, clock: Clock) -> Result<Self, NotWired> {
        let mailer = Mailer::new(&settings)?;
        Self::wired(settings, clock, store::https(), mailer)
    }

    /// Wires the service with the caller's HTTP client and mailer: tests lose requests with the one, and observe
    /// outgoing mail with the other.
    pub fn wired(settings: Settings, clock: Clock, http: SharedHttpClient, mailer: Mailer) -> Result<Self, NotWired> {
        let store = Store::new(&settings, http)?;
        let fresh = SignedDuration::from_secs(settings.catalog_seconds);
        let mail_events = settings.events.as_ref().map(Listener::new);
        Ok(Self {
            catalogs: Catalogs::new(store.clone(), fresh),
            pages: Pages::new()?,
            settings,
            clock,
            store,
            mailer,
            mail_events,
            metrics: Metrics::Off,
        })
    }

    /// Makes the service send its counts and measurements to `metrics`.
    #[must_use]
    pub fn measured_by(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    /// Answers an HTTP request, runs the schedule, or records a delivery notification.
    ///
    /// The HTTP request's context decides which, never its path: anybody can ask for any path. An HTTP request always
    /// gets an answer; the others fail if they must be delivered again.
    pub fn handle(&self, request: Request) -> Work<'_, Result<Response<Body>, EventFailed>> {
        Box::pin(async move {
            if matches!(request.request_context_ref(), Some(RequestContext::PassThrough)) {
                // A runtime that caught the panic would log its message.
                return panics::caught(self.event(request.body())).await?;
            }
            Ok(gate::answer(self, request).await)
        })
    }

    /// Runs the schedule, sends a probe, checks a catalog, or records a delivery notification.
    async fn event(&self, body: &[u8]) -> Result<Response<Body>, EventFailed> {
        match std::str::from_utf8(body).ok() {
            Some(body) if mail_events::is_mail_event(body) => self.mail_events(body).await,
            Some(body) if probe::is_asked_for(body) => {
                Ok(Response::new(Body::from(format!("{:?}", self.probe().await))))
            }
            Some(body) if let Some(query) = compat::query(body) => {
                let answer = compat::answer(&self.store, &query).await.map_err(EventFailed::Reading)?;
                Ok(Response::new(Body::from(answer.to_string())))
            }
            _ => Ok(Response::new(Body::from(format!("{:?}", self.sweep().await?)))),
        }
    }

    /// Records delivery notifications of the mail service. A forged one raises an alarm, and has no other effect.
    async fn mail_events(&self, body: &str) -> Result<Response<Body>, EventFailed> {
        let Some(listener) = &self.mail_events else {
            Alarm::ForgedEvent.raise_for_all("no topic is set");
            return Ok(Response::new(Body::Empty));
        };
        for event in listener.read(body).await {
            match event {
                Ok(Report::Mail(event)) => {
                    reports::apply(self, &event).await?;
                }
                Ok(Report::ReceiptsComeBack) => self.rest_receipts().await?,
                Err(Rejected::Ignored) => {}
                Err(Rejected::Unreachable) => return Err(EventFailed::Certificate),
                Err(rejected) => Alarm::ForgedEvent.raise_for_all(rejected),
            }
        }
        Ok(Response::new(Body::Empty))
    }

    /// Sends everything that is due.
    pub fn sweep(&self) -> Work<'_, Result<Sweep, SweepError>> {
        Box::pin(outbox::sweep(self))
    }

    /// Sends a probe through the whole chain.
    pub fn probe(&self) -> Work<'_, Probed> {
        Box::pin(probe::send(self))
    }

    /// Loads the catalog in force, so that the first HTTP request does not wait for it.
    pub async fn warm_up(&self) -> Result<(), store::StoreError> {
        self.catalogs.current(self.clock.now()).await.map(|_| ())
    }

    /// The current time by the service's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The ids of the requests from a telephone number.
    pub async fn by_phone(&self, phone: &Phone) -> Result<Vec<SubmissionId>, store::StoreError> {
        self.store.by_phone(&self.hash(&hashes::Hashed::Phone(phone))).await
    }

    /// The catalog in force.
    pub async fn catalog(&self) -> Result<Arc<Catalog>, store::StoreError> {
        self.catalogs.current(self.clock.now()).await
    }

    /// The table, for programs that publish content or maintain it.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }
}
