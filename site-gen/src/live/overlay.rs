//! What stands over a page while it is written: what is wrong with the content, and why citizens do not see the page.

use super::Shown;
use crate::problem::{Problem, Severity};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Response, header};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A page with what stands over it, and with the script that puts the next one in its place. Other answers pass.
///
/// The page's own bytes stay as they are in the site. Its `etag` tells the script whether the next page is another one.
pub async fn overlaid(response: Response<Body>, shown: &Shown, path: &str) -> Response<Body> {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
    let page = String::from_utf8_lossy(&bytes);
    let page = page.replacen("<body>", &format!("<body>{}{}", mistakes(shown), mark(shown, path)), 1);
    let mut hasher = DefaultHasher::new();
    page.hash(&mut hasher);
    let tag = format!("{:x}", hasher.finish());
    let script = format!("<script src=\"/_lokal/genindlaes.js?{}-{tag}\" defer></script>\n</body>", shown.build);
    parts.headers.remove(header::CONTENT_LENGTH);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(page.replacen("</body>", &script, 1)))
}

/// What is wrong with the content; nothing if nothing is.
fn mistakes(shown: &Shown) -> String {
    let problems = &shown.problems;
    if problems.is_empty() {
        return String::new();
    }
    let list: String = problems.iter().map(told).collect();
    let count = problems.iter().filter(|problem| problem.severity == Severity::Mistake).count();
    let below = if shown.site.is_some() {
        "Siden nedenunder er den sidste, der kunne bygges."
    } else {
        "Siden kommer, når de er rettet."
    };
    format!(
        "{STYLE}<section class=\"lokal-fejl\" aria-label=\"Fejl i indholdet\"><h2>{count} fejl i indholdet</h2>\
         <p>{below}</p><ul>{list}</ul></section>"
    )
}

/// One problem, as it is told here.
fn told(problem: &Problem) -> String {
    format!("<li>{}</li>\n", escaped(&problem.to_string()))
}

/// Why citizens do not see the page at a path; nothing if they do.
fn mark(shown: &Shown, path: &str) -> String {
    let why = shown.site.as_ref().and_then(|site| site.unpublished(path));
    why.map_or_else(String::new, |why| {
        format!("{STYLE}<p class=\"lokal-maerke\" role=\"note\">{}</p>", escaped(&why.to_string()))
    })
}

/// Before what it is for, so that that is never seen without it.
const STYLE: &str = "<link rel=\"stylesheet\" href=\"/_lokal/lokal.css\">";

/// `text` as HTML shows it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
