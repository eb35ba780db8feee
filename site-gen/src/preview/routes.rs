//! The routes of live reload: the script, the style, and long polling for the next build.

use super::{Live, Shown, respond};
use axum::Router;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{Response, StatusCode};
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;

const SCRIPT: &str = include_str!("reload.js");
const STYLE: &str = include_str!("lokal.css");

/// The timeout of a poll, after which the page asks again.
const WAIT: Duration = Duration::from_secs(25);

/// The routes, all below `/_lokal/`.
pub fn routes(live: Arc<Live>) -> Router {
    Router::new()
        .route("/_lokal/genindlaes.js", get(|| async { text("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/_lokal/lokal.css", get(|| async { text("text/css; charset=utf-8", STYLE) }))
        .route("/_lokal/naeste", get(next_build))
        .with_state(live)
}

/// Responds with the number of the shown build as soon as it differs from the page's own, or with nothing after a
/// while. A page of build 7 asks with `?7`.
async fn next_build(State(live): State<Arc<Live>>, RawQuery(query): RawQuery) -> Response<Body> {
    let seen = query.unwrap_or_default();
    let mut shown = live.shown.subscribe();
    let is_new = |shown: &Arc<Shown>| seen != shown.build.to_string();
    match tokio::time::timeout(WAIT, shown.wait_for(is_new)).await {
        Ok(Ok(shown)) => text("text/plain; charset=utf-8", &shown.build.to_string()),
        _ => respond(StatusCode::NO_CONTENT, "text/plain; charset=utf-8", "no-store", Vec::new()),
    }
}

fn text(media_type: &'static str, text: &str) -> Response<Body> {
    respond(StatusCode::OK, media_type, "no-store", text.as_bytes().to_vec())
}
