//! Serves the static site as the cloud does: index pages, redirects to the final slash, the 404 page, the headers.

use super::Shown;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use pages::{HEADERS, media_type};

/// The response to a GET of `path`.
#[must_use]
pub fn answer(shown: &Shown, path: &str) -> Response<Body> {
    let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(bytes) = shown.files.get(&file) {
        let cache = if path.starts_with("/assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        let media_type = media_type(&file).unwrap_or("application/octet-stream");
        return respond(StatusCode::OK, media_type, cache, bytes.to_vec());
    }
    if shown.files.contains_key(&format!("{path}/index.html")) {
        let mut moved = respond(StatusCode::PERMANENT_REDIRECT, "text/plain; charset=utf-8", "no-cache", Vec::new());
        if let Ok(location) = HeaderValue::from_str(&format!("{path}/")) {
            moved.headers_mut().insert(header::LOCATION, location);
        }
        return moved;
    }
    // Below a language prefix, the error page of that language.
    let first = path.split('/').nth(1).unwrap_or_default();
    let missing = shown.files.get(&format!("/{first}/404.html")).or_else(|| shown.files.get("/404.html"));
    let missing = missing.map_or_else(|| NO_SITE.as_bytes().to_vec(), |page| page.to_vec());
    respond(StatusCode::NOT_FOUND, "text/html; charset=utf-8", "no-cache", missing)
}

/// The page below the overlay if the content has never been built.
const NO_SITE: &str = "<!doctype html>\n<html lang=\"da\"><head><meta charset=\"utf-8\"><title>Fejl i indholdet</title>\
                       </head><body>\n</body></html>\n";

/// A response with the site's headers.
#[must_use]
pub fn respond(status: StatusCode, media_type: &'static str, cache: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let own = [("content-type", media_type), ("cache-control", cache)];
    for (name, value) in HEADERS.into_iter().chain(own) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
