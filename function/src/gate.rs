//! Whom a web request is answered for, and for how long somebody waits: there is an answer, whatever happens.

use crate::Service;
use crate::probe::last;
use crate::{client_ip, panics, web};
use lambda_http::http::{Method, Uri};
use lambda_http::{Body, Request, RequestExt, Response};
use std::time::Duration;

/// Answers a web request that came through the distribution.
///
/// Whoever asks the gateway itself is refused before anything is read: the firewall is in the distribution. Work still
/// going on when time is up is dropped. A write that was sent off by then may succeed all the same, and the request is
/// stored although the page says that it was not received; sent again, it is the same request.
pub(crate) async fn answer(service: &Service, request: Request) -> Response<Body> {
    let request = &without_stage(request);
    if client_ip::is_stranger(&service.settings, request) {
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

/// The request with the path that was asked for. A REST API names that, and beside it puts its stage into the address.
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
