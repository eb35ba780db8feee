//! Reads the facts in a Danish page that hold for all languages: its publication, old addresses and next review.

use super::date::{DATE, MOMENT, day};
use crate::check::published::Published;
use crate::check::site::Page;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, slug};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::target::{Target, target};
use crate::source::map::Map;
use jiff::Timestamp;
use jiff::civil::Date;
use model::deadline::danish_day;
use model::service_message::Moment;

/// The properties of a page that are the same in every language, except those that its readers see.
#[derive(Clone)]
pub(super) struct Facts {
    pub(super) kind: PageKind,
    pub(super) published: Published,
    pub(super) old: Vec<OldAddress>,
    pub(super) review: Option<Review>,
}

/// The kind of a page, which determines the keys in its front matter and whether a translation is required.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PageKind {
    /// The national front page.
    Front,
    /// A kreds's front page, whose title is the kreds's name.
    Kreds,
    /// A kreds's tour.
    Tour,
    /// Another page of a kreds, which may be in Danish only, and may be news from a given day.
    Own,
    /// Any other page, which may be in Danish only.
    Other,
}

/// A former address of a page, and its location in the file.
#[derive(Clone)]
pub(super) struct OldAddress {
    /// The path below the language prefix, with a leading and a trailing slash.
    pub(super) path: String,
    pub(super) at: Location,
}

/// A page's next review.
#[derive(Clone)]
pub(super) struct Review {
    owner: Option<String>,
    by: Date,
    at: Location,
}

/// The front matter key of a quick exit.
pub(super) const QUICK_EXIT: &str = "hurtig_udgang";

impl Facts {
    /// Reads the front matter of a Danish page. The properties that readers see are stored in `page`.
    pub(super) fn read(map: &Map<'_>, kind: PageKind, page: &mut Page, reporter: Reporter<'_>) -> Self {
        let mut facts = Self { kind, published: Published::ALWAYS, old: Vec::new(), review: None };
        match kind {
            // A tour has none of these keys.
            PageKind::Tour => return facts,
            PageKind::Front => refuse_publication(map, reporter, "forsiden"),
            PageKind::Kreds => refuse_publication(map, reporter, "kredsens side"),
            PageKind::Own | PageKind::Other => {
                facts.published = publication(map, reporter);
                page.is_only_danish =
                    map.optional_one_of("oversaettes", &[("ja", false), ("nej", true)]).unwrap_or(false);
                let rule = "adressen på en side, som ingen lægger mærke til, for eksempel https://www.dmi.dk";
                page.quick_exit = map.optional_parsed(QUICK_EXIT, rule, outside);
            }
        }
        if kind == PageKind::Own {
            page.news = map.optional_parsed("nyhed", DATE, day);
        }
        facts.old = old_addresses(map, reporter);
        page.old_paths = facts.old.iter().map(|old| old.path.clone()).collect();
        page.edited = map.optional_parsed("rettet", DATE, day);
        facts.review = review(map);
        facts
    }
}

/// Reads the publication of a page: `kladde`, `fra` and `til`.
pub(super) fn publication(map: &Map<'_>, reporter: Reporter<'_>) -> Published {
    let is_draft = map.yes_no("kladde");
    let from = map.optional_parsed("fra", MOMENT, Moment::parse);
    let until = map.optional_parsed("til", MOMENT, Moment::parse);
    if let (Some(begin), Some(end)) = (from, until)
        && begin.start() >= end.end()
    {
        let at = map.at("til").unwrap_or(map.start());
        reporter.at(
            at,
            DiagnosticCode::PageNeverShown,
            "»til« skal være efter »fra«. Ellers bliver siden aldrig vist. Ret den ene.",
        );
    }
    if is_draft { Published::Never } else { Published::During { from, until } }
}

/// Reports the same keys on a page that is always published. `page` is its name in messages.
fn refuse_publication(map: &Map<'_>, reporter: Reporter<'_>, page: &str) {
    for key in ["kladde", "fra", "til"] {
        if map.has(key).is_some()
            && let Some(at) = map.at(key)
        {
            reporter.at(
                at,
                DiagnosticCode::AlwaysThere,
                format!("»{key}« kan ikke stå her, for {page} skal altid være der. Slet linjen."),
            );
        }
    }
}

/// Accepts a full HTTPS address.
fn outside(written: &str) -> Option<String> {
    const SCHEME: &str = "https://";
    let is_secure = written.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
    (is_secure && matches!(target(written), Target::Web(_))).then(|| written.to_owned())
}

fn old_addresses(map: &Map<'_>, reporter: Reporter<'_>) -> Vec<OldAddress> {
    let items = map.optional_list("aliaser").into_iter();
    let old = items.filter_map(|item| item.text("aliaser")).filter_map(|written| {
        let path = old_path(written.text);
        if path.is_none() {
            let shown = excerpt(written.text);
            reporter.at(
                written.at,
                DiagnosticCode::WrongValue,
                format!(
                    "»{shown}« er ikke en adresse, en side her kan have haft. Skriv den med skråstreg først og \
                     sidst og kun med a-z, tal og bindestreg, for eksempel »{}«.",
                    suggested_path(written.text)
                ),
            );
        }
        Some(OldAddress { path: path?, at: written.at })
    });
    old.collect()
}

/// The address, if it has the format of this site's addresses.
fn old_path(written: &str) -> Option<String> {
    let parts = written.strip_prefix('/')?.strip_suffix('/')?.split('/');
    parts.into_iter().all(|part| !part.is_empty() && slug(part) == part).then(|| written.to_owned())
}

/// Guesses the path that was probably intended.
fn suggested_path(written: &str) -> String {
    let bare = written.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.split_once("://").map_or(bare, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let bare = [".html", ".htm", ".md"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    let parts: Vec<String> = bare.split('/').map(slug).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "/gammel-side/".to_owned() } else { format!("/{}/", parts.join("/")) }
}

/// Reads the next review from front matter, if there is one. It is never published.
fn review(map: &Map<'_>) -> Option<Review> {
    let owner = map.optional("ansvarlig").map(|text| text.text.to_owned());
    let at = map.optional("gennemgaas_senest")?.at;
    let by = map.optional_parsed("gennemgaas_senest", DATE, day)?;
    Some(Review { owner, by, at })
}

impl Review {
    /// Warns if the review is overdue at `now`.
    pub(super) fn warn_if_past(&self, now: Timestamp, reporter: Reporter<'_>) {
        if danish_day(now) <= self.by {
            return;
        }
        let who = self.owner.as_ref().map_or_else(String::new, |owner| format!(" af {owner}"));
        let advice = "Læs den igennem, ret det, der er forældet, og skriv en ny dato her.";
        reporter.warn_at(
            self.at,
            DiagnosticCode::ReviewPast,
            format!("Siden skulle være gennemgået{who} senest den {}. {advice}", self.by),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_has_the_format_of_page_addresses() {
        for good in ["/a/", "/fyn/gode-raad/", "/2025/"] {
            assert_eq!(old_path(good).as_deref(), Some(good));
        }
        for (bad, suggestion) in [
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
            assert_eq!((old_path(bad), suggested_path(bad).as_str()), (None, suggestion), "{bad}");
        }
    }
}
