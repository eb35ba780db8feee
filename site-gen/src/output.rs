//! Output: the files of a site, in memory.
//!
//! Takes a [`Site`](crate::check::site::Site); gives a [`File`] for each page, feed, calendar, index and list.

pub mod render;

mod calendar;
mod feed;
mod own_pages;
mod page_spec;
mod redirects;
mod search;
mod security;
mod sitemap;
mod subscriptions;

use std::sync::Arc;

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Its path in the output folder, with `/`: `public/oestjylland/index.html`.
    pub path: String,
    /// Its content.
    pub bytes: Arc<[u8]>,
}
