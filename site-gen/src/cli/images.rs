//! The images of a build from the command line: where their versions are kept, and how progress is told.

use crate::build::incremental::Builder;
use crate::build::write::{IMAGES_KEPT, MARKER};
use crate::cli::report::progress;
use std::path::{Path, PathBuf};

/// The folder that keeps versions from one build to the next.
pub(crate) enum KeptImages {
    Nowhere,
    /// A folder that was named.
    In(PathBuf),
    /// This output folder. One that is not there yet, or not ours, is not touched before all is well.
    InOutput(PathBuf),
}

impl KeptImages {
    pub(crate) fn new(named: Option<&Path>, out: Option<&Path>) -> Self {
        match (named, out) {
            (Some(named), _) => Self::In(named.to_owned()),
            (None, Some(out)) => Self::InOutput(out.to_owned()),
            (None, None) => Self::Nowhere,
        }
    }

    /// A builder that uses it, and tells of its progress where somebody reads it.
    pub(crate) fn used_by(&self, builder: Builder, is_reported: bool) -> Builder {
        let builder = match self.folder() {
            Some(folder) => builder.keeping_images_in(folder),
            None => builder,
        };
        if is_reported { builder.reporting(progress) } else { builder }
    }

    /// Keeps what a build has made, after it was written.
    pub(crate) fn keep(&self, builder: &Builder) {
        if let Some(folder) = self.folder() {
            builder.keep_images(&folder);
        }
    }

    fn folder(&self) -> Option<PathBuf> {
        match self {
            Self::Nowhere => None,
            Self::In(folder) => Some(folder.clone()),
            Self::InOutput(out) => out.join(MARKER).is_file().then(|| out.join(IMAGES_KEPT)),
        }
    }
}
