//! Reads what an author says of a page's earlier days: where it was, and when its text was last edited.

use super::date;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, slug};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::map::Map;
use jiff::civil::Date;

/// A page's earlier days.
#[derive(Default)]
pub(super) struct History {
    pub(super) old: Vec<OldAddress>,
    pub(super) edited: Option<Date>,
}

/// An address that a page had before, and where an author says so.
pub(super) struct OldAddress {
    /// Below the language prefix, with a slash first and last.
    pub(super) path: String,
    pub(super) at: Location,
}

impl History {
    /// Reads both from a Danish page's front matter; they hold for its translations, too.
    pub(super) fn read(map: &Map<'_>, reporter: Reporter<'_>) -> Self {
        let items = map.optional_list("aliaser").into_iter();
        let old = items.filter_map(|item| item.text("aliaser")).filter_map(|written| {
            let path = path(written.text);
            if path.is_none() {
                let shown = excerpt(written.text);
                reporter.at(
                    written.at,
                    DiagnosticCode::WrongValue,
                    format!(
                        "»{shown}« er ikke en adresse, en side her kan have haft. Skriv den med skråstreg først og \
                         sidst og kun med a-z, tal og bindestreg, for eksempel »{}«.",
                        example(written.text)
                    ),
                );
            }
            Some(OldAddress { path: path?, at: written.at })
        });
        Self { old: old.collect(), edited: map.optional_parsed("rettet", date::DATE, date::parse) }
    }
}

/// The address, if it is written like those of pages here.
fn path(written: &str) -> Option<String> {
    let parts = written.strip_prefix('/')?.strip_suffix('/')?.split('/');
    parts.into_iter().all(|part| !part.is_empty() && slug(part) == part).then(|| written.to_owned())
}

/// Guesses the path that was probably meant.
fn example(written: &str) -> String {
    let bare = written.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.split_once("://").map_or(bare, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let bare = [".html", ".htm", ".md"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    let parts: Vec<String> = bare.split('/').map(slug).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "/gammel-side/".to_owned() } else { format!("/{}/", parts.join("/")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_is_written_like_those_of_pages() {
        for good in ["/a/", "/fyn/gode-raad/", "/2025/"] {
            assert_eq!(path(good).as_deref(), Some(good));
        }
        for (bad, meant) in [
            ("gammel", "/gammel/"),
            ("/gammel", "/gammel/"),
            ("/Gode råd/", "/gode-raad/"),
            ("/a//b/", "/a/b/"),
            ("/a.html", "/a/"),
            ("https://politi.example/a/b?c=d#e", "/a/b/"),
            ("/../a/", "/a/"),
            ("/a/\"><script>/", "/a/script/"),
            ("/", "/gammel-side/"),
            ("", "/gammel-side/"),
        ] {
            assert_eq!((path(bad), example(bad).as_str()), (None, meant), "{bad}");
        }
    }
}
