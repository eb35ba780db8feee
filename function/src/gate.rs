//! The gate for HTTP requests: those that bypass the distribution are refused, and all others get an answer in time.

use crate::Service;
use crate::probe::last;
use crate::{client_ip, panics, web};
use lambda_http::http::{Method, Uri};
use lambda_http::{Body, Request, RequestExt, Response};
use std::time::Duration;

/// Answers an HTTP request that came through the distribution.
///
/// A direct request to the gateway is refused before anything is read, since the firewall is in the distribution. Work
/// that is unfinished when time is up is dropped. A write already sent may still succeed: the citizen's request is then
/// stored although the page says that it was not received; sent again, it is the same request.
pub(crate) async fn answer(service: &Service, request: Request) -> Response<Body> {
    let request = &without_stage(request);
    if client_ip::bypassed_distribution(&service.settings, request) {
        tracing::info!(refused = 403, "a request did not come through the distribution");
        return web::not_received(403);
    }
    if request.uri().path() == last::PATH {
        return last::answer(service).await;
    }
    let is_post = request.method() == Method::POST;
    let deadline = Duration::from_secs(service.settings.answer_seconds);
    match tokio::time::timeout(deadline, panics::caught(web::answer(service, request))).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(panics::Panicked)) => web::last_resort(service, is_post),
        Err(_) => {
            tracing::error!(seconds = deadline.as_secs(), "there was no answer in time");
            web::last_resort(service, is_post)
        }
    }
}

/// Restores the path that the client asked for: a REST API puts its stage before it in the URI.
fn without_stage(mut request: Request) -> Request {
    let asked = request.raw_http_path();
    if asked.is_empty() || asked == request.uri().path() {
        return request;
    }
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(uri) = format!("{asked}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request
}
