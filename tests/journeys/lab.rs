//! The function in process, on a service's table, with its own settings, post office and network.

use crate::journeys::network::Network;
use crate::journeys::post_office::PostOffice;
use crate::journeys::service::Service;
use crate::journeys::visitor::{FormOnPage, selector, words};
use crate::shared::settings::settings;
use function::EventFailed;
use function::metrics::{Kept, Metrics};
use function::outbox::Sweep;
use function::settings::Settings;
use jiff::SignedDuration;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext;
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt};
use model::names::{KredsSlug, SubmissionId};
use scraper::Html;
use std::collections::BTreeSet;

/// The function and everything around it.
pub(crate) struct Lab {
    pub(crate) service: Service,
    pub(crate) function: function::Service,
    pub(crate) post: PostOffice,
    pub(crate) network: Network,
    pub(crate) metrics: Kept,
}

/// The answer to a web request.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) html: String,
}

impl Lab {
    /// Starts with the real content, no limit, and no delivery notifications.
    pub(crate) fn start() -> Self {
        Self::with(Service::start(), |_| {})
    }

    /// Starts on the test's own service, with changed settings.
    pub(crate) fn with(service: Service, change: impl FnOnce(&mut Settings)) -> Self {
        let (post, network, metrics) = (PostOffice::new(), Network::new(), Kept::default());
        let function = wired(&service, &post, &network, &metrics, change);
        Self { service, function, post, network, metrics }
    }

    /// Creates another function on the same table, with the same post office and network.
    pub(crate) fn beside(&self, change: impl FnOnce(&mut Settings)) -> function::Service {
        wired(&self.service, &self.post, &self.network, &self.metrics, change)
    }

    /// Opens a form of the static site.
    pub(crate) fn open(&self, kreds: &str, form: &str) -> FormOnPage {
        crate::journeys::filled::open(&self.service.visitor(), kreds, form)
    }

    /// Sends a form from an address, as a press on »Send« does.
    pub(crate) fn send(&self, from: &str, form: &FormOnPage) -> Answer {
        let form = form.clone().set("trin", "send");
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
        self.ask(request("POST", &form.action, from, body))
    }

    /// Opens a page of the function.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(request("GET", path, "192.0.2.1", String::new()))
    }

    pub(crate) fn ask(&self, request: Request) -> Answer {
        self.service.run(ask(&self.function, request))
    }

    /// Runs the schedule once.
    pub(crate) fn sweep(&self) -> Sweep {
        self.service.run(self.function.sweep()).unwrap()
    }

    /// Notifies the function of the outcome of mails, as the topic does.
    pub(crate) fn notify(&self, event: &str) -> Result<(), EventFailed> {
        let request = Request::new(Body::from(event)).with_request_context(RequestContext::PassThrough);
        self.service.run(self.function.handle(request)).map(|_| ())
    }

    pub(crate) fn wait(&self, duration: SignedDuration) {
        self.service.wait(duration);
    }

    /// Waits without sending that time's digests: those of months take minutes.
    pub(crate) fn wait_without_digests(&self, duration: SignedDuration) {
        self.wait(duration);
        // Each call plans at most a month.
        for _ in 0..4 {
            self.service.run(self.function.store().plan_digests(&[], self.service.now())).unwrap();
        }
    }

    /// Puts changed content into force.
    pub(crate) fn publish(&self, content: &std::path::Path) {
        let address = &self.service.running().address;
        let built =
            site_gen::build(content, Some(address), self.service.now()).unwrap_or_else(|error| panic!("{error}"));
        self.service.run(self.function.store().publish(built.site.catalog())).unwrap();
    }

    /// Returns the names of the requests' mails that went out to an address.
    pub(crate) fn names_to(&self, address: &str) -> Vec<String> {
        self.post
            .mails()
            .into_iter()
            .filter(|mail| mail.to.eq_ignore_ascii_case(address))
            .map(|mail| mail.name)
            .collect()
    }
}

fn wired(
    service: &Service,
    post: &PostOffice,
    network: &Network,
    metrics: &Kept,
    change: impl FnOnce(&mut Settings),
) -> function::Service {
    let settings = settings(&[("AWS_ENDPOINT_URL", &service.running().database)]);
    // Changed content is read at once, and concurrent tests are slow.
    let mut settings = Settings { catalog_seconds: 0, answer_seconds: 300, ..settings };
    change(&mut settings);
    let function = function::Service::wired(settings, service.clock(), network.client(), post.mailer()).unwrap();
    function.measured_by(Metrics::Kept(metrics.clone()))
}

/// Builds a web request as API Gateway sends it.
pub(crate) fn request(method: &str, path: &str, from: &str, body: String) -> Request {
    let mut context = ApiGatewayV2httpRequestContext::default();
    context.http.source_ip = Some(from.to_owned());
    let mut request = Request::new(Body::Text(body)).with_request_context(RequestContext::ApiGatewayV2(context));
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = path.parse().unwrap();
    let kind = "application/x-www-form-urlencoded".parse().unwrap();
    request.headers_mut().insert("content-type", kind);
    request
}

pub(crate) async fn ask(function: &function::Service, request: Request) -> Answer {
    let response = function.handle(request).await.unwrap();
    let text = |(name, value): (&lambda_http::http::HeaderName, &lambda_http::http::HeaderValue)| {
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().iter().map(text).collect(),
        html: match response.body() {
            Body::Text(text) => text.clone(),
            _ => String::new(),
        },
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the id of the request that was received.
    pub(crate) fn id(&self) -> SubmissionId {
        assert_eq!(self.status, 303, "{}", self.text());
        SubmissionId::parse(self.header("location").unwrap().rsplit('/').next().unwrap()).unwrap()
    }

    /// Returns all text of the page, with single spaces.
    pub(crate) fn text(&self) -> String {
        let document = Html::parse_document(&self.html);
        document.select(&selector("body")).next().map_or_else(String::new, |body| words(&body))
    }
}

pub(crate) fn kreds(slug: &str) -> KredsSlug {
    KredsSlug::parse(slug).unwrap()
}

/// Asserts that no two names are equal.
pub(crate) fn assert_once(names: &[String]) {
    let different: BTreeSet<&String> = names.iter().collect();
    assert_eq!(different.len(), names.len(), "{names:?}");
}
