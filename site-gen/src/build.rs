//! Builds a content folder into the files of a site, and writes them to an output folder.
//!
//! Takes a content folder and a time; returns [`Built`] files or all diagnostics. Only [`mod@write`] writes output.

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

/// A site and its published files.
pub struct Built {
    /// The site.
    pub site: Arc<Site>,
    /// Warnings, sorted by file, line and column.
    pub warnings: Vec<Diagnostic>,
    /// The files, sorted by path.
    pub files: Vec<File>,
    /// The number of pages rendered by this build; the others are unchanged since the previous one.
    pub rendered: usize,
}

/// An error that keeps a build from producing files.
#[derive(Debug, Error)]
pub enum Failure {
    /// The content must be corrected: all mistakes and warnings, sorted by file, line and column.
    #[error("{} problems in the content", .0.len())]
    Content(Vec<Diagnostic>),
    /// The given site address is invalid.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// A template is wrong, which no author can correct.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The output folder cannot be used.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Reads and checks the content as published at `now`, without rendering it or requiring approval of its commitments.
pub fn check(content: &Path, now: Timestamp) -> Result<Assembled, Vec<Diagnostic>> {
    Builder::new(content)
        .assemble(BuildProfile::published(now).before_approval())
        .map(|Draft { site, warnings, images, .. }| Assembled { site, warnings, images })
}

/// Builds the site in memory as published at `now`. The same content at the same time gives the same bytes. `base_url`
/// overrides the address in the settings, for example for a local server.
pub fn build(content: &Path, base_url: Option<&str>, now: Timestamp) -> Result<Built, Failure> {
    let builder = Builder::new(content);
    let mut builder = match base_url {
        Some(base_url) => builder.at(base_url)?,
        None => builder,
    };
    builder.build(BuildProfile::published(now))
}
