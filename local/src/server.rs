//! The HTTP server for everything: the static site, the function, the mailbox, and the live preview.

use crate::{held, inbox};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::http::{Method, Request, Response, StatusCode, header};
use axum::routing::{get, post};
use function::Service;
use function::clock::Clock;
use jiff::SignedDuration;
use lambda_http::RequestExt;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext;
use lambda_http::request::RequestContext;
use site_gen::preview::{Live, answer, overlaid, respond, routes};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone)]
struct App {
    service: Arc<Service>,
    live: Arc<Live>,
    mail: PathBuf,
    is_watched: bool,
    clock: Clock,
}

/// The most bytes read of a body, the limit of API Gateway; the function refuses far smaller bodies.
const READ_AT_MOST: usize = 10 * 1024 * 1024;

/// The path prefixes that are routed to the function, as in the cloud.
const FUNCTION: [&str; 4] = ["/indsend/", "/kvittering/", "/sag/", "/find-kreds"];

const STYLE: &str = include_str!("post.css");

/// Builds the router with all routes.
pub(crate) fn router(service: Arc<Service>, live: Arc<Live>, mail: PathBuf, is_watched: bool, clock: Clock) -> Router {
    Router::new()
        .route("/_post/", get(mails))
        .route("/_post/held/{kreds}/{id}", post(release))
        .route("/_post/wait", post(wait))
        .route("/_post/{name}/", get(mail_page))
        .route("/_post/{name}/html", get(mail_html))
        .route("/_post/post.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .fallback(everything_else)
        .with_state(App { service, live: Arc::clone(&live), mail, is_watched, clock })
        .merge(routes(live))
}

async fn everything_else(State(app): State<App>, request: Request<Body>) -> Response<Body> {
    let (path, method) = (request.uri().path().to_owned(), request.method().clone());
    let shown = app.live.shown();
    let response = if FUNCTION.iter().any(|prefix| path.starts_with(prefix)) {
        by_function(&app.service, request).await
    } else {
        answer(&shown, &path)
    };
    // Responses to forms get no overlay: they cannot be requested again.
    if app.is_watched && method == Method::GET { overlaid(response, &shown, &path).await } else { response }
}

/// Hands a request to the function's own handler.
async fn by_function(service: &Service, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    // A body beyond the limit is too large for the function as well: it gets another that it refuses.
    let bytes = to_bytes(body, READ_AT_MOST).await.map_or_else(|_| vec![0; READ_AT_MOST], Into::into);
    let mut context = ApiGatewayV2httpRequestContext::default();
    context.http.source_ip = Some(Ipv4Addr::LOCALHOST.to_string());
    let request = lambda_http::Request::from_parts(parts, bytes.into());
    let request = request.with_request_context(RequestContext::ApiGatewayV2(context));
    let Ok(response) = service.handle(request).await else {
        return page(StatusCode::SERVICE_UNAVAILABLE, String::new());
    };
    response.map(|body| match body {
        lambda_http::Body::Text(text) => Body::from(text),
        lambda_http::Body::Binary(bytes) => Body::from(bytes),
        _ => Body::empty(),
    })
}

async fn mails(State(app): State<App>) -> Response<Body> {
    let shown = app.live.shown();
    let kredse = shown.site.as_ref().map_or(&[][..], |site| site.catalog().atlas().kredse());
    let held = held::list(&app.service, kredse).await;
    page(StatusCode::OK, inbox::list(&app.mail, &held))
}

async fn release(State(app): State<App>, Path((kreds, id)): Path<(String, String)>) -> Response<Body> {
    if !held::release(&app.service, &kreds, &id).await {
        return page(StatusCode::NOT_FOUND, String::new());
    }
    back()
}

/// Moves the service's clock past the time in which an officer can undo an act. The machine's clock is unchanged.
async fn wait(State(app): State<App>) -> Response<Body> {
    app.clock.advance(SignedDuration::from_mins(inbox::WAIT));
    back()
}

fn back() -> Response<Body> {
    let mut response = page(StatusCode::SEE_OTHER, String::new());
    response.headers_mut().insert(header::LOCATION, header::HeaderValue::from_static("/_post/"));
    response
}

async fn mail_page(State(app): State<App>, Path(name): Path<String>) -> Response<Body> {
    match inbox::one(&app.mail, &name) {
        Some(html) => page(StatusCode::OK, html),
        None => page(StatusCode::NOT_FOUND, inbox::list(&app.mail, "")),
    }
}

/// Serves a mail's own HTML, as a mail program shows it. Mail needs inline styles, so the policy allows them.
async fn mail_html(State(app): State<App>, Path(name): Path<String>) -> Response<Body> {
    let Some(html) = inbox::html_of(&app.mail, &name) else { return page(StatusCode::NOT_FOUND, String::new()) };
    let mut response = page(StatusCode::OK, html);
    let policy = header::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn page(status: StatusCode, html: String) -> Response<Body> {
    respond(status, "text/html; charset=utf-8", "no-store", html.into_bytes())
}

fn file(media_type: &'static str, text: &str) -> Response<Body> {
    respond(StatusCode::OK, media_type, "no-cache", text.as_bytes().to_vec())
}
