//! One address for everything: the static site, the function, the mailbox, and reloading while writing.

use crate::preview::{Preview, Shown};
use crate::static_files::{answer, respond};
use crate::{held, inbox, problems};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{Request, Response, StatusCode, header};
use axum::routing::{get, post};
use function::Service;
use lambda_http::RequestExt;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext;
use lambda_http::request::RequestContext;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

#[derive(Clone)]
struct App {
    service: Arc<Service>,
    preview: Arc<Preview>,
    mail: PathBuf,
    reload: bool,
}

/// The most that is read of a body, as API Gateway reads it; the function refuses far smaller ones.
const READ_AT_MOST: usize = 10 * 1024 * 1024;

/// The paths that the function answers; the cloud sends them there in the same way.
const FUNCTION: [&str; 3] = ["/indsend/", "/kvittering/", "/find-kreds"];

/// How long a page waits for another build before it asks again.
const WAIT: Duration = Duration::from_secs(25);

const RELOAD: &str = include_str!("reload.js");
const STYLE: &str = include_str!("local.css");

/// All routes.
pub(crate) fn router(service: Arc<Service>, preview: Arc<Preview>, mail: PathBuf, reload: bool) -> Router {
    Router::new()
        .route("/_post/", get(mails))
        .route("/_post/held/{kreds}/{id}", post(release))
        .route("/_post/{name}/", get(mail_page))
        .route("/_post/{name}/html", get(mail_html))
        .route("/_lokal/genindlaes.js", get(|| async { file("text/javascript; charset=utf-8", RELOAD) }))
        .route("/_lokal/lokal.css", get(|| async { file("text/css; charset=utf-8", STYLE) }))
        .route("/_lokal/naeste", get(next_build))
        .fallback(everything_else)
        .with_state(App { service, preview, mail, reload })
}

async fn everything_else(State(app): State<App>, request: Request<Body>) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let build = *app.preview.builds().borrow();
    let response = if FUNCTION.iter().any(|prefix| path.starts_with(prefix)) {
        by_function(&app.service, request).await
    } else {
        answer(&app.preview.shown(), &path)
    };
    if app.reload { with_reload(response, &app.preview.shown(), build).await } else { response }
}

/// Hands a request to the function's own handler.
async fn by_function(service: &Service, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    // What is longer than we read is longer than the function takes: it gets something that it refuses, too.
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

/// Adds the reloading script to a page, and what is wrong with the content on top of it.
async fn with_reload(response: Response<Body>, shown: &Shown, build: u64) -> Response<Body> {
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
    let page = String::from_utf8_lossy(&bytes);
    let script = format!("<script src=\"/_lokal/genindlaes.js?{build}\" defer></script>\n</body>");
    let page = page.replacen("</body>", &script, 1);
    let page = match problems::told(shown) {
        told if told.is_empty() => page,
        told => page.replacen("<body>", &format!("<body>{told}"), 1),
    };
    Response::from_parts(parts, Body::from(page))
}

/// Answers as soon as there is another build than the page's own, or after a while without one.
async fn next_build(State(app): State<App>, RawQuery(seen): RawQuery) -> Response<Body> {
    let mut builds = app.preview.builds();
    let is_new = |build: &u64| seen.as_deref() != Some(build.to_string().as_str());
    match tokio::time::timeout(WAIT, builds.wait_for(is_new)).await {
        Ok(_) => page(StatusCode::OK, String::new()),
        Err(_) => page(StatusCode::NO_CONTENT, String::new()),
    }
}

async fn mails(State(app): State<App>) -> Response<Body> {
    let held = held::list(&app.service, app.preview.catalog().atlas().kredse()).await;
    page(StatusCode::OK, inbox::list(&app.mail, &held))
}

async fn release(State(app): State<App>, Path((kreds, id)): Path<(String, String)>) -> Response<Body> {
    if !held::release(&app.service, &kreds, &id).await {
        return page(StatusCode::NOT_FOUND, String::new());
    }
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

/// The mail's own HTML, as a mail program shows it. Its styles stand in the tags, as mail needs, so the policy allows that.
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
