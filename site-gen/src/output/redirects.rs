//! Lists the former addresses of pages, for hosts that can redirect themselves.

use crate::check::site::{Page, Site};
use pages::address;
use serde::Serialize;

/// A redirect with its HTTP status.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Redirect {
    from: String,
    to: String,
    status: u16,
}

/// All redirects as JSON, sorted. Each is a redirecting page as well, for hosts that cannot redirect.
pub(crate) fn json(site: &Site) -> String {
    let mut all = Vec::new();
    for language in site.catalog().languages() {
        let at = |path: &str| address::in_language(language, path);
        // Not permanent: the authority may publish its statement elsewhere.
        let statement = site.common.accessibility_statement.clone();
        all.push(Redirect { from: at(&address::accessibility_statement()), to: statement, status: 302 });
        let pages = site.pages(language);
        let of_kredse = pages.kredse.iter().flat_map(|kreds| kreds.own.iter().chain([&kreds.front]));
        let written = pages.pages.iter().chain([&pages.front]).chain(of_kredse);
        let moved = |page: &Page, old: &String| Redirect { from: at(old), to: at(&page.path), status: 301 };
        all.extend(written.flat_map(|page| page.old_paths.iter().map(|old| moved(page, old)).collect::<Vec<_>>()));
    }
    all.sort();
    let lines: Vec<String> = all.iter().map(|redirect| serde_json::json!(redirect).to_string()).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}
