//! The origin check: it accepts forms from pages of this site only, as far as the browser states it.

use crate::Service;
use crate::language::ours;
use lambda_http::http::{HeaderMap, HeaderName, header};
use model::catalog::Catalog;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// True if a form with these headers may be received.
pub(crate) fn is_ours(service: &Service, catalog: &Catalog, headers: &HeaderMap) -> bool {
    // An unreadable header is none of our origins.
    let said = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("null"));
    may_post(said(&header::ORIGIN), said(&FETCH_SITE), ours(service, catalog))
}

/// True if a form with a nonce of one of our pages may be received. Such a page hides its address, so a browser older
/// than `Sec-Fetch-Site` sends the origin `null`.
pub(crate) fn is_not_foreign(service: &Service, catalog: &Catalog, headers: &HeaderMap) -> bool {
    let is_hidden = headers.get(header::ORIGIN).is_some_and(|origin| origin == "null");
    is_ours(service, catalog, headers) || is_hidden && !headers.contains_key(FETCH_SITE)
}

/// A named origin decides. Without one, `Sec-Fetch-Site` decides, which no script of a page can set. A client that
/// sends neither is no current browser, and no other site can make it post.
fn may_post<'a>(origin: Option<&str>, fetch_site: Option<&str>, mut ours: impl Iterator<Item = &'a str>) -> bool {
    match origin {
        None | Some("") => !matches!(fetch_site, Some("cross-site" | "same-site")),
        // An extension hides the page, or a tab is restored.
        Some("null") => matches!(fetch_site, Some("same-origin" | "none")),
        Some(origin) => ours.any(|ours| ours.eq_ignore_ascii_case(origin)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_foreign_if_the_browser_names_another_site() {
        const NONE: Option<&str> = None;
        let ours = "https://bestil.example";
        let fetch_sites = [NONE, Some("same-origin"), Some("none"), Some("same-site"), Some("cross-site")];
        for (origin, may) in [
            (NONE, [true, true, true, false, false]),
            (Some(""), [true, true, true, false, false]),
            (Some("null"), [false, true, true, false, false]),
            (Some(ours), [true; 5]),
            (Some("https://Bestil.Example"), [true; 5]),
            (Some("https://other.example"), [false; 5]),
            (Some("http://bestil.example"), [false; 5]),
            (Some("https://bestil.example.other.example"), [false; 5]),
            (Some("https://bestil.example:8443"), [false; 5]),
            (Some("https://a.bestil.example"), [false; 5]),
            (Some("NULL"), [false; 5]),
        ] {
            for (fetch_site, may) in fetch_sites.into_iter().zip(may) {
                assert_eq!(may_post(origin, fetch_site, [ours].into_iter()), may, "{origin:?} {fetch_site:?}");
            }
        }
    }
}
