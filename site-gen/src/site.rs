//! The whole site, checked: if there is one, it can be rendered.

use crate::tour::Tour;
use jiff::civil::Date;
use model::catalog::{BadCatalog, Catalog};
use model::email::EmailAddress;
use model::html::SafeHtml;
use model::names::Language;
use pages::map::KredsMap;
use std::collections::BTreeMap;
use thiserror::Error;

/// Everything the pages are made of, in every language of the catalog. Only [`assemble`](crate::assemble::assemble) makes one, when nothing is wrong.
#[derive(Clone, PartialEq, Eq)]
pub struct Site {
    catalog: Catalog,
    /// Not in the catalog: the function shows no map.
    map: KredsMap,
    danish: LanguagePages,
    /// The other languages.
    translations: BTreeMap<Language, LanguagePages>,
    tour: Tour,
    accessibility_statement: String,
    security_contact: EmailAddress,
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address below the language prefix: `/privatliv/`.
    pub path: String,
    /// The heading.
    pub title: String,
    /// One sentence for search engines and lists.
    pub description: String,
    /// The text.
    pub body: SafeHtml,
    /// Whether there is no such page in other languages, because its author wants it so.
    pub is_only_danish: bool,
    /// Since which day it is news; only Danish pages say so, for all languages.
    pub news: Option<Date>,
    /// The addresses it had before, below the language prefix, in every language that it is in.
    pub old_paths: Vec<String>,
    /// The day on which its author last changed what it says, in whichever language.
    pub edited: Option<Date>,
    /// Where its readers may go at once, if nobody must see that they read it.
    pub quick_exit: Option<String>,
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

/// A site address that is not one, or that cannot be put into the catalog.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadAddress {
    /// Not an address as it must be written.
    #[error("{0} is not an address like https://bestil-en-betjent.example, without a slash at the end")]
    Form(String),
    /// The catalog does not take it.
    #[error("the catalog does not take the address: {0}")]
    Catalog(#[from] BadCatalog),
}

impl Site {
    pub(crate) const fn new(
        catalog: Catalog,
        map: KredsMap,
        danish: LanguagePages,
        translations: BTreeMap<Language, LanguagePages>,
        tour: Tour,
        accessibility_statement: String,
        security_contact: EmailAddress,
    ) -> Self {
        Self { catalog, map, danish, translations, tour, accessibility_statement, security_contact }
    }

    /// The same site at another address, as for a test or a machine of one's own.
    pub fn at(mut self, base_url: &str) -> Result<Self, BadAddress> {
        if !is_address(base_url) {
            return Err(BadAddress::Form(base_url.to_owned()));
        }
        let first = |faults: Vec<BadCatalog>| faults.into_iter().next().unwrap_or(BadCatalog::NoDanish);
        self.catalog = self.catalog.at(base_url).map_err(first)?;
        Ok(self)
    }

    /// What the function needs to know of the content.
    #[must_use]
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The map of the kredse, in the order of the atlas.
    #[must_use]
    pub const fn map(&self) -> &KredsMap {
        &self.map
    }

    /// The Danish pages.
    #[must_use]
    pub const fn danish(&self) -> &LanguagePages {
        &self.danish
    }

    /// The stops of the mobile police station.
    #[must_use]
    pub const fn tour(&self) -> &Tour {
        &self.tour
    }

    /// Where the accessibility statement is published.
    #[must_use]
    pub fn accessibility_statement(&self) -> &str {
        &self.accessibility_statement
    }

    /// Who is told of a weakness of the site.
    #[must_use]
    pub const fn security_contact(&self) -> &EmailAddress {
        &self.security_contact
    }

    /// The pages of the other languages, by code.
    #[must_use]
    pub const fn translations(&self) -> &BTreeMap<Language, LanguagePages> {
        &self.translations
    }
}

/// Whether `text` is a scheme and a host, perhaps with a port, and no more.
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
