//! Builds: a content folder to the files of a site, and those to an output folder.
//!
//! Takes a content folder and a time; gives [`Built`] files, or all problems. Only [`mod@write`] touches the output.

pub mod apart;
pub mod incremental;
pub mod write;

mod finished;

use crate::build::incremental::{Builder, Draft};
use crate::build::write::WriteError;
use crate::check::assemble::Assembled;
use crate::check::build_profile::BuildProfile;
use crate::check::site::{BadAddress, Site};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::output::File;
use crate::output::render::RenderError;
use jiff::Timestamp;
use std::path::Path;
use std::sync::Arc;
use thiserror::Error;

/// A site and the files it is published as.
pub struct Built {
    /// The site.
    pub site: Arc<Site>,
    /// Warnings, sorted by file, line and column.
    pub warnings: Vec<Diagnostic>,
    /// Its files, sorted by path.
    pub files: Vec<File>,
    /// Number of pages that were rendered now; the others are as they were in the build before.
    pub rendered: usize,
}

/// Why there are no files.
#[derive(Debug, Error)]
pub enum Failure {
    /// Something in the content must be put right: all mistakes and warnings, sorted by file, line and column.
    #[error("{} problems in the content", .0.len())]
    Content(Vec<Diagnostic>),
    /// The address given for the site is not one.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// A template is wrong, which no author can put right.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The output folder is not as it should be.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Reads and checks the content as it is published at `now`, without rendering it or asking whether it was approved.
pub fn check(content: &Path, now: Timestamp) -> Result<Assembled, Vec<Diagnostic>> {
    Builder::new(content)
        .assemble(BuildProfile::published(now).before_approval())
        .map(|Draft { site, warnings, images, .. }| Assembled { site, warnings, images })
}

/// Builds the site in memory as it is published at `now`: the same content at the same time gives the same bytes.
/// `base_url` replaces the address in the settings, as for a machine of one's own.
pub fn build(content: &Path, base_url: Option<&str>, now: Timestamp) -> Result<Built, Failure> {
    let builder = Builder::new(content);
    let mut builder = match base_url {
        Some(base_url) => builder.at(base_url)?,
        None => builder,
    };
    builder.build(BuildProfile::published(now))
}
