//! Live preview: a saved change is shown in the browser at once, where the reader was.
//!
//! ```text
//! a file is saved --watch--> build --> shown --the page's script asks--> the new page in place of the old
//! ```
//!
//! While there are mistakes, the last good site is shown with an overlay of them. `site-gen serve` shows only the site;
//! the program with the whole service combines it with the function.

mod followed;
mod overlay;
mod routes;
mod saved;
mod serve;
mod static_files;
mod watch;

pub use overlay::overlaid;
pub use routes::routes;
pub use serve::{ServeError, Serving, serve};
pub use static_files::{answer, respond};
pub use watch::{News, Watching, watch};

use crate::build::incremental::Builder;
use crate::build::{Built, Failure};
use crate::check::build_profile::BuildProfile;
use crate::check::site::Site;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::output::File;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch as channel;

/// A site with live reload.
pub struct Live {
    profile: BuildProfile,
    builder: Mutex<Builder>,
    shown: channel::Sender<Arc<Shown>>,
}

/// One state of the shown site.
#[derive(Default)]
pub struct Shown {
    /// The number of this state; each has its own.
    pub build: u64,
    /// The last site that could be built. `None` if there has been none.
    pub site: Option<Arc<Site>>,
    /// The site's files by path on the site: `/oestjylland/index.html`.
    files: Arc<HashMap<String, Arc<[u8]>>>,
    /// The diagnostics of the current content, if it could not be built.
    pub diagnostics: Vec<Diagnostic>,
    /// The warnings about the content, if it could be built.
    pub warnings: Vec<Diagnostic>,
    /// The time for which the content was read.
    at: Timestamp,
}

impl Live {
    /// Builds the content for the first time. If it has mistakes, only those are shown.
    pub fn new(mut builder: Builder, profile: BuildProfile) -> Result<Self, Failure> {
        let shown = Shown::default().next(built(builder.build(profile))?, profile.now);
        Ok(Self { profile, builder: Mutex::new(builder), shown: channel::Sender::new(Arc::new(shown)) })
    }

    /// The last site that could be built, and the diagnostics since.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.borrow())
    }

    /// Builds the current content without showing it.
    fn build(&self, now: Timestamp) -> Result<Result<Built, Vec<Diagnostic>>, Failure> {
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        built(builder.build(BuildProfile { now, ..self.profile }))
    }

    /// Shows the new site, or the diagnostics over the last one.
    fn show(&self, built: Result<Built, Vec<Diagnostic>>, at: Timestamp) {
        let next = self.shown().next(built, at);
        self.shown.send_replace(Arc::new(next));
    }
}

impl Shown {
    fn next(&self, built: Result<Built, Vec<Diagnostic>>, at: Timestamp) -> Self {
        let build = self.build + 1;
        match built {
            Ok(Built { site, files, warnings, .. }) => {
                Self { build, site: Some(site), files: public(files), diagnostics: Vec::new(), warnings, at }
            }
            Err(diagnostics) => {
                let (site, files) = (self.site.clone(), Arc::clone(&self.files));
                Self { build, site, files, diagnostics, warnings: Vec::new(), at }
            }
        }
    }

    /// Returns true if nothing has begun or ended between the last build and `now`.
    fn is_of(&self, now: Timestamp) -> bool {
        self.site.as_ref().is_none_or(|site| site.is_same(self.at, now))
    }
}

/// The public files by path on the site.
fn public(files: Vec<File>) -> Arc<HashMap<String, Arc<[u8]>>> {
    let public = files.into_iter().filter_map(|file| Some((file.path.strip_prefix("public")?.to_owned(), file.bytes)));
    Arc::new(public.collect())
}

/// Separates mistakes of an author from failures that no author can correct.
fn built(result: Result<Built, Failure>) -> Result<Result<Built, Vec<Diagnostic>>, Failure> {
    match result {
        Ok(built) => Ok(Ok(built)),
        Err(Failure::Content(diagnostics)) => Ok(Err(diagnostics)),
        Err(other) => Err(other),
    }
}
