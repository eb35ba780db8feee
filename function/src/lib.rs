//! The function behind the forms: it receives requests, stores them, and mails the kreds that is responsible.
//!
//! [`Service::handle`] is the one entry, in the cloud and on a developer's machine. A web request goes through [`web`]
//! to [`reception`], which stores it in one transaction and answers with a receipt; nothing is mailed there. The
//! schedule goes to [`outbox`], which sends due mails and keeps at it until they are sent or parked. A delivery
//! notification of the mail service goes to [`reports`]. A second schedule begins a [`probe`].
//!
//! `function/README.md` states what this crate promises; `docs/guarantees.md` lists the tests that hold it.

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
use mail_events::{Listener, Refused, Report};
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

/// Work in progress. It is boxed, so that all below it is compiled in this crate, once and optimised as this crate is, and
/// not again in every program and test that awaits it.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Everything the function needs, wired once at the start.
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

/// An event that could not be dealt with; it must come again.
#[derive(Debug, Error)]
pub enum EventFailed {
    /// The schedule.
    #[error(transparent)]
    Sweep(#[from] SweepError),
    /// A delivery notification could not be noted.
    #[error("what was told of a mail could not be noted: {0}")]
    MailEvent(#[from] store::StoreError),
    /// A catalog could not be checked.
    #[error("whether a catalog is read cannot be said: {0}")]
    Reading(#[source] store::StoreError),
    /// The certificate that would prove a notification cannot be fetched now.
    #[error("the certificate of what was told of a mail cannot be fetched now")]
    Certificate,
    /// The program panicked.
    #[error(transparent)]
    Panic(#[from] panics::Panicked),
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
        Self::wired(settings, clock, store::https(), mailer)
    }

    /// Wires the service with a way to the network and a mailer of the caller's: tests lose requests in the one, and
    /// see what goes out by the other.
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

    /// The service, with somebody who gets what it counts and measures.
    #[must_use]
    pub fn measured_by(self, metrics: Metrics) -> Self {
        Self { metrics, ..self }
    }

    /// Answers a web request, runs the schedule, or notes a delivery notification.
    ///
    /// Which of them is decided by the request's context, never by its path: anyone can ask for a path. A web request always
    /// gets an answer; the others fail where they should come again.
    pub fn handle(&self, request: Request) -> Work<'_, Result<Response<Body>, EventFailed>> {
        Box::pin(async move {
            if matches!(request.request_context_ref(), Some(RequestContext::PassThrough)) {
                // A runtime that catches a panic logs what it said.
                return panics::caught(self.event(request.body())).await?;
            }
            Ok(gate::answer(self, request).await)
        })
    }

    /// Runs the schedule, sends a probe, says whether a catalog is read, or notes a delivery notification.
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

    /// Notes the mail service's delivery notifications. One that is not from it is counted, and nothing else.
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
                Err(Refused::Ignored) => {}
                Err(Refused::Unreachable) => return Err(EventFailed::Certificate),
                Err(refused) => Alarm::ForgedEvent.raise_for_all(refused),
            }
        }
        Ok(Response::new(Body::Empty))
    }

    /// Sends everything that is due now.
    pub fn sweep(&self) -> Work<'_, Result<Sweep, SweepError>> {
        Box::pin(outbox::sweep(self))
    }

    /// Sends a probe through the whole chain.
    pub fn probe(&self) -> Work<'_, Probed> {
        Box::pin(probe::send(self))
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

    /// The submissions from a telephone number.
    pub async fn by_phone(&self, phone: &Phone) -> Result<Vec<SubmissionId>, store::StoreError> {
        self.store.by_phone(&self.hash(&hashes::Hashed::Phone(phone))).await
    }

    /// The content in force.
    pub async fn catalog(&self) -> Result<Arc<Catalog>, store::StoreError> {
        self.catalogs.current(self.clock.now()).await
    }

    /// The table, for those who publish content or look after it.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }
}
