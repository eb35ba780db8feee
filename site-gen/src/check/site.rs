//! The whole validated site: if it exists, it can be rendered.

use crate::check::build_profile::BuildProfile;
use crate::check::changes::{self, Change};
use crate::check::commitments::Commitments;
use crate::check::outside::OutsideLink;
use crate::check::published::Unpublished;
use crate::check::tour::Tour;
use crate::diagnostics::code::DiagnosticCode;
use jiff::Timestamp;
use jiff::civil::Date;
use model::catalog::Catalog;
use model::email::EmailAddress;
use model::figures::Published;
use model::html::SafeHtml;
use model::names::Language;
use pages::ShownControl;
use pages::map::KredsMap;
use std::collections::BTreeMap;
use thiserror::Error;

/// Everything the pages of an edition are made of, in every language of the catalog. Only
/// [`assemble`](crate::check::assemble::assemble) creates it, if there are no errors.
#[derive(Clone, PartialEq, Eq)]
pub struct Site {
    pub(crate) profile: BuildProfile,
    /// The content shared by several pages.
    pub(crate) common: Common,
    pub(crate) commitments: Commitments,
    pub(crate) danish: LanguagePages,
    /// The other languages.
    pub(crate) translations: BTreeMap<Language, LanguagePages>,
    /// The controls that kredse have published, the newest first.
    pub(crate) controls: Vec<ShownControl>,
    /// Changes that happen by themselves, sorted.
    pub(crate) changes: Vec<Change>,
    /// The links in authors' texts to other sites, sorted by address and location, including those in drafts.
    pub(crate) outside: Vec<OutsideLink>,
    /// The warnings that prevent publishing.
    pub(crate) grave: Vec<DiagnosticCode>,
}

/// The content that any page may show. Apart from it, a page shows only its own content: while this is unchanged, an
/// edit changes only its own page.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Common {
    pub(crate) catalog: Catalog,
    /// Not in the catalog, since the function shows no map.
    pub(crate) map: KredsMap,
    pub(crate) tour: Tour,
    pub(crate) figures: Published,
    pub(crate) accessibility_statement: String,
    pub(crate) security_contact: EmailAddress,
    /// The time for which pages are rendered: the last change. Pages know no other time.
    pub(crate) time: Timestamp,
}

/// The authors' pages in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguagePages {
    /// The national front page.
    pub front: Page,
    /// The other national pages, by address.
    pub pages: Vec<Page>,
    /// The pages of each kreds, in the order of the atlas.
    pub kredse: Vec<KredsPages>,
}

/// An author's page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The address without the language prefix: `/privatliv/`.
    pub path: String,
    /// The heading.
    pub title: String,
    /// One sentence for search engines and lists.
    pub description: String,
    /// The text.
    pub body: SafeHtml,
    /// True if the page has no translations, because its author does not want them or has not finished the page.
    pub is_only_danish: bool,
    /// The day from which it is news, in every language.
    pub news: Option<Date>,
    /// Old addresses without the language prefix, valid in every language of the page.
    pub old_paths: Vec<String>,
    /// The day of the author's last change of its content, in any language.
    pub edited: Option<Date>,
    /// The target of the quick exit, for readers who must not be seen reading it.
    pub quick_exit: Option<String>,
    /// The reason why citizens do not see it; always `None` in a published site.
    pub unpublished: Option<Unpublished>,
}

/// The pages of one kreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KredsPages {
    /// The front page.
    pub front: Page,
    /// The kreds's own pages. The Danish ones are in the order of their links, in every language.
    pub own: Vec<Page>,
    /// The tour of its mobile police station, if it has one.
    pub tour: Option<Page>,
}

/// An invalid site URL.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0} er ikke en adresse som https://bestil-en-betjent.example, uden skråstreg til sidst")]
pub struct BadAddress(pub String);

impl Page {
    /// The title for lists; authors also see why the page is not published.
    pub(crate) fn listed_title(&self) -> String {
        self.unpublished.map_or_else(|| self.title.clone(), |why| format!("{} ({})", self.title, why.short()))
    }
}

impl Site {
    /// The content that the function needs.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.common.catalog
    }

    /// The commitments that the site makes.
    #[must_use]
    pub const fn commitments(&self) -> &Commitments {
        &self.commitments
    }

    /// Changes that happen by themselves, sorted by time, including past ones.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The next change: until then, another build of the same content produces the same site.
    #[must_use]
    pub fn next_change(&self) -> Option<&Change> {
        changes::next(&self.changes, self.profile.now)
    }

    /// True if the site is the same at two times.
    #[must_use]
    pub fn is_same(&self, one: Timestamp, other: Timestamp) -> bool {
        changes::last(&self.changes, one) == changes::last(&self.changes, other)
    }

    /// The reason why citizens do not see the page at an address such as `/en/fyn/stationer/`; `None` if they do, or if
    /// there is no such page.
    #[must_use]
    pub fn unpublished(&self, address: &str) -> Option<Unpublished> {
        let danish = [(&Language::danish(), &self.danish)];
        danish.into_iter().chain(&self.translations).find_map(|(language, pages)| {
            let path = address.strip_prefix(&language.prefix())?;
            let own = pages.kredse.iter().flat_map(|kreds| &kreds.own);
            pages.pages.iter().chain(own).find(|page| page.path == path)?.unpublished
        })
    }

    /// The map of the kredse, in the order of the atlas.
    #[must_use]
    pub const fn map(&self) -> &KredsMap {
        &self.common.map
    }

    /// The Danish pages.
    #[must_use]
    pub const fn danish(&self) -> &LanguagePages {
        &self.danish
    }

    /// The stops of the mobile police station.
    #[must_use]
    pub const fn tour(&self) -> &Tour {
        &self.common.tour
    }

    /// The pages in a language of the site.
    pub(crate) fn pages(&self, language: &Language) -> &LanguagePages {
        self.translations.get(language).unwrap_or(&self.danish)
    }
}

/// True if `text` is only a scheme and a host, with an optional port.
pub(crate) fn is_address(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        let (name, port) = host.split_once(':').unwrap_or((host, "80"));
        let is_name = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        name.split('.').all(is_name) && port.chars().all(|c| c.is_ascii_digit()) && port.parse::<u16>().is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_address_is_a_scheme_and_a_host_without_a_trailing_slash() {
        for good in ["https://a.example", "http://localhost:8080", "http://127.0.0.1:8080"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "a.example",
            "https://",
            "https://a.example/",
            "https://a b",
            "ftp://a.dk",
            "https://a:x",
            "https://a..b",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
