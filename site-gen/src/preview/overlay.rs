//! Adds the overlay to a previewed page: the diagnostics, and why citizens do not see the page.

use super::Shown;
use crate::diagnostics::diagnostic::{Diagnostic, counted};
use crate::diagnostics::snippet::shown;
use crate::source::text::escaped;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Response, header};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Adds the overlay and the reload script to a page. Other responses pass unchanged.
///
/// The page's own bytes are those of the site. Its `etag` tells the script separately if the next page differs and if
/// its overlay does: only a different page may replace what somebody has typed into it.
pub async fn overlaid(response: Response<Body>, shown: &Shown, path: &str) -> Response<Body> {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
    let page = String::from_utf8_lossy(&bytes);
    let over = format!("{}{}", mistakes(shown), mark(shown, path));
    let tag = format!("{:x}-{:x}", hash(&page), hash(&over));
    let page = page.replacen("<body>", &format!("<body>{over}"), 1);
    let script = format!("<script src=\"/_lokal/genindlaes.js?{}-{tag}\" defer></script>\n</body>", shown.build);
    parts.headers.remove(header::CONTENT_LENGTH);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(page.replacen("</body>", &script, 1)))
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The mistakes, or the collapsed warnings; empty if there are none.
fn mistakes(shown: &Shown) -> String {
    if !shown.diagnostics.is_empty() {
        let (count, list) = (counted(&shown.diagnostics), list(&shown.diagnostics));
        let below = match shown.site {
            Some(_) => "Siden nedenunder er den sidste, der kunne bygges.",
            None => "Siden kommer, når de er rettet.",
        };
        format!(
            "{STYLE}<section class=\"lokal-fejl\" aria-label=\"Fejl i indholdet\"><h2>Der er fejl i indholdet: {count}</h2>\
             <p>{below}</p>{list}</section>"
        )
    } else if !shown.warnings.is_empty() {
        let (count, list) = (counted(&shown.warnings), list(&shown.warnings));
        format!(
            "{STYLE}<section class=\"lokal-fejl lokal-advarsel\" aria-label=\"Advarsler om indholdet\">\
             <details><summary>{count}</summary>{list}</details></section>"
        )
    } else {
        String::new()
    }
}

fn list(diagnostics: &[Diagnostic]) -> String {
    let items: String = diagnostics.iter().map(item).collect();
    format!("<ul>{items}</ul>")
}

/// A diagnostic, and below it the line with the location marked.
fn item(diagnostic: &Diagnostic) -> String {
    let line = diagnostic.snippet.as_ref().map_or_else(String::new, |snippet| {
        // Makes the mark visible at the end of a line.
        let at = if snippet.at.is_empty() { " " } else { &snippet.at };
        let [before, at, after] = [&snippet.before, at, &snippet.after].map(|part| escaped(&shown(part)));
        format!("<pre>{before}<mark>{at}</mark>{after}</pre>")
    });
    format!("<li>{}{line}</li>\n", escaped(&diagnostic.to_string()))
}

/// The reason why citizens do not see the page at a path; empty if they do.
fn mark(shown: &Shown, path: &str) -> String {
    let why = shown.site.as_ref().and_then(|site| site.unpublished(path));
    why.map_or_else(String::new, |why| {
        format!("{STYLE}<p class=\"lokal-maerke\" role=\"note\">{}</p>", escaped(&why.to_string()))
    })
}

/// The style, before the elements it applies to, so that they are never shown unstyled.
const STYLE: &str = "<link rel=\"stylesheet\" href=\"/_lokal/lokal.css\">";
