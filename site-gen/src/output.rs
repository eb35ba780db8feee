//! Output: the files of a site, in memory.
//!
//! Takes a [`Site`](crate::check::site::Site); returns a [`File`] for each page, feed, calendar, index and list.

pub mod render;

mod calendar;
mod feed;
mod figures;
pub(crate) mod links;
mod own_pages;
mod page_spec;
mod redirects;
mod search;
mod security;
mod sitemap;
mod subscriptions;

use links::Links;
use std::sync::Arc;

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// The path in the output folder, with `/`: `public/oestjylland/index.html`.
    pub path: String,
    /// The content.
    pub bytes: Arc<[u8]>,
    /// The ids and references of a page.
    links: Arc<Links>,
}

impl File {
    /// Creates a file at a path.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { path: path.into(), bytes: bytes.into(), links: Arc::default() }
    }

    /// Creates a page at a path, and reads its ids and references.
    #[must_use]
    pub fn page(path: impl Into<String>, html: &str) -> Self {
        Self { links: Arc::new(Links::of(html)), ..Self::new(path, html.as_bytes()) }
    }

    /// The ids on a page that can be linked to.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.links.ids().filter_map(|id| str::from_utf8(id).ok())
    }

    /// The addresses on a page that a browser may follow, fetch or send to, as written in the HTML.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        self.raw_references().filter_map(|reference| str::from_utf8(reference).ok())
    }

    /// The references as bytes, to look up known ones: validating each as UTF-8 takes longer than the lookup.
    pub(crate) fn raw_references(&self) -> impl Iterator<Item = &[u8]> {
        self.links.references()
    }

    /// Drops the bytes once they are stored: with many pages, they take most of the memory.
    pub(crate) fn without_bytes(self) -> Self {
        Self { bytes: Arc::default(), ..self }
    }
}
