//! Notifications of the mail service, and the process that receives them.

use crate::failures::instance::{Instance, settings};
use crate::failures::network::Network;
use crate::failures::post::Notification;
use crate::failures::record::Record;
use crate::shared::sns::Topic;
use dynoxide::Database;
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt};
use std::sync::LazyLock;

/// The topic of all worlds: its certificate is there for as long as the tests run.
static TOPIC: LazyLock<Topic> = LazyLock::new(Topic::start);

/// Starts a process that receives notifications. It fetches the certificate over a real network, once, before any
/// schedule begins: while one runs, time is not real.
pub(crate) fn listener() -> Instance {
    let mut settings = settings("listener");
    settings.events = TOPIC.settings();
    let nowhere = Database::memory().unwrap();
    let instance = Instance::wired(Network::to(&nowhere, &Record::new(0)), settings, 0);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answer = runtime.block_on(instance.service.handle(event(TOPIC.any("{\"eventType\":\"Send\"}"))));
    assert!(answer.is_ok(), "the certificate could not be fetched");
    instance
}

/// Builds the function's event for a notification.
pub(crate) fn request(Notification { name, report, at }: &Notification) -> Request {
    event(TOPIC.event(name, *report, jiff::Timestamp::from_second(*at).unwrap()))
}

fn event(body: String) -> Request {
    Request::new(Body::Text(body)).with_request_context(RequestContext::PassThrough)
}
