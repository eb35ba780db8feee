//! The whole site, checked: if there is one, it can be rendered.

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
/// [`assemble`](crate::check::assemble::assemble) makes one, when nothing is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Site {
    pub(crate) profile: BuildProfile,
    /// The content that stands on more than one page.
    pub(crate) common: Common,
    pub(crate) commitments: Commitments,
    pub(crate) danish: LanguagePages,
    /// The other languages.
    pub(crate) translations: BTreeMap<Language, LanguagePages>,
    /// The controls that kredse have published, the newest first.
    pub(crate) controls: Vec<ShownControl>,
    /// Events that happen by themselves, sorted.
    pub(crate) changes: Vec<Change>,
    /// The links of authors' texts that lead to other sites, sorted by address and place; also those of drafts.
    pub(crate) outside: Vec<OutsideLink>,
    /// The warnings that keep it from being published.
    pub(crate) grave: Vec<DiagnosticCode>,
}

/// The content that any page may show. Besides, a page shows only content of its own: so if this is unchanged, other
/// pages are, too.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Common {
    pub(crate) catalog: Catalog,
    /// Not in the catalog: the function shows no map.
    pub(crate) map: KredsMap,
    pub(crate) tour: Tour,
    pub(crate) figures: Published,
    pub(crate) accessibility_statement: String,
    pub(crate) security_contact: EmailAddress,
    /// The time that pages are made for: that of the last change. They know no other.
    pub(crate) time: Timestamp,
}

/// The pages that authors wrote in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguagePages {
    /// The national front page.
    pub front: Page,
    /// The other national pages, by address.
    pub pages: Vec<Page>,
    /// In the order of the atlas, one for each kreds.
    pub kredse: Vec<KredsPages>,
}

/// A page that an author wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its address below the language prefix: `/privatliv/`.
    pub path: String,
    /// The heading.
    pub title: String,
    /// One sentence for search engines and lists.
    pub description: String,
    /// The text.
    pub body: SafeHtml,
    /// True if there is no such page in other languages, because its author wants it so or is not done with it.
    pub is_only_danish: bool,
    /// Since which day it is news, in every language.
    pub news: Option<Date>,
    /// The addresses it had before, below the language prefix, in every language that it is in.
    pub old_paths: Vec<String>,
    /// The day on which its author last changed what it says, in whichever language.
    pub edited: Option<Date>,
    /// Where its readers may go at once, if nobody must see that they read it.
    pub quick_exit: Option<String>,
    /// The reason why citizens do not see it; what is published holds no such page.
    pub unpublished: Option<Unpublished>,
}

/// The pages of one kreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KredsPages {
    /// The kreds's front page.
    pub front: Page,
    /// Its own pages. Those in Danish are in the order they are linked, in every language.
    pub own: Vec<Page>,
    /// The page of its mobile police station's tour, if it has one.
    pub tour: Option<Page>,
}

/// A site address that is not one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0} er ikke en adresse som https://bestil-en-betjent.example, uden skråstreg til sidst")]
pub struct BadAddress(pub String);

impl Page {
    /// The title as lists have it: for authors, with why the page is not on the site.
    pub(crate) fn listed_title(&self) -> String {
        self.unpublished.map_or_else(|| self.title.clone(), |why| format!("{} ({})", self.title, why.short()))
    }
}

impl Site {
    /// The content that the function needs to know.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.common.catalog
    }

    /// The commitments that the site makes.
    #[must_use]
    pub const fn commitments(&self) -> &Commitments {
        &self.commitments
    }

    /// Events that happen by themselves, sorted by time; some are past.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The next of these changes: until then, another build of the same content is the same site.
    #[must_use]
    pub fn next_change(&self) -> Option<&Change> {
        changes::next(&self.changes, self.profile.now)
    }

    /// Returns true if it is the same site at two times.
    #[must_use]
    pub fn is_same(&self, one: Timestamp, other: Timestamp) -> bool {
        changes::last(&self.changes, one) == changes::last(&self.changes, other)
    }

    /// The reason why citizens do not see the page at an address, such as `/en/fyn/stationer/`; none if they do, or if there
    /// is none.
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

/// Returns true if `text` is a scheme and a host, perhaps with a port, and no more.
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
    fn an_address_is_a_scheme_and_a_host_without_a_slash_at_the_end() {
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
