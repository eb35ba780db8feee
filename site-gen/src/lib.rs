//! Makes the website and the catalog out of Markdown, or says everything that is wrong with it.
//!
//! ```text
//! content/ --read--> Vec<Source> --assemble--> Site --render--> Vec<File> --judge--> Vec<File> --write--> dist/
//! ```
//!
//! Each step is a pure function of the one before but the first and the last, which alone touch the disk.
//! [`assemble`](assemble::assemble) is the step that can blame an author, and it reports all problems at once; if it
//! gives a [`Site`], that can be rendered. The finished pages are judged once more: no link of theirs may lead nowhere.
//! Everything is rendered before anything is written, so a failed build leaves the last one as it was.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod assemble;
pub mod changes;
pub mod compared;
pub mod compress;
pub mod cut;
pub mod edition;
pub mod flaw;
pub mod incremental;
pub mod language;
#[cfg(feature = "serve")]
pub mod live;
pub mod overrides;
pub mod problem;
pub mod promises;
pub mod published;
pub mod read;
pub mod render;
pub mod report;
pub mod scaffold;
pub mod site;
pub mod terminal;
pub mod tour;
pub mod write;

mod basis;
mod blocks;
mod brackets;
mod calendar;
mod danish;
mod drawing;
mod feed;
mod finished;
mod front_matter;
mod headings;
mod images;
mod item;
mod kept;
mod links;
mod map;
mod markdown;
mod numbers;
mod outline;
mod own_pages;
mod packing;
mod redirects;
mod search;
mod security;
mod sheet;
mod sitemap;
mod subscriptions;
mod target;
mod yaml;

use crate::assemble::Assembled;
use crate::edition::Edition;
use crate::incremental::{Builder, Draft};
use crate::problem::Problem;
use crate::render::{File, RenderError};
use crate::site::{BadAddress, Site};
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;

/// A site and the files it is published as.
pub struct Built {
    /// The site.
    pub site: Arc<Site>,
    /// What somebody should look at, sorted by file, line and column.
    pub warnings: Vec<Problem>,
    /// Its files, sorted by path.
    pub files: Vec<File>,
    /// How many of its pages were made now; the others are as they were in the build before.
    pub rendered: usize,
}

/// Why there are no files.
#[derive(Debug, Error)]
pub enum Failure {
    /// Something in the content must be put right: all mistakes and warnings, sorted by file, line and column.
    #[error("{} problems in the content", .0.len())]
    Content(Vec<Problem>),
    /// The address given for the site is not one.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// A template is wrong, which no author can put right.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// Reads and checks the content as it is published at `now`, without rendering it.
pub fn check(content: &Path, now: Timestamp) -> Result<Assembled, Vec<Problem>> {
    Builder::new(content)
        .assemble(Edition::published(now))
        .map(|Draft { site, warnings, .. }| Assembled { site, warnings })
}

/// Builds the site in memory as it is published at `now`: the same content at the same time gives the same bytes.
/// `base_url` replaces the address in the settings, as for a machine of one's own.
pub fn build(content: &Path, base_url: Option<&str>, now: Timestamp) -> Result<Built, Failure> {
    let builder = Builder::new(content);
    let mut builder = match base_url {
        Some(base_url) => builder.at(base_url)?,
        None => builder,
    };
    builder.build(Edition::published(now))
}
