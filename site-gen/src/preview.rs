//! A site in a browser while it is written: what is saved is shown at once, where the reader was.
//!
//! ```text
//! a file is saved --watch--> build --> shown --the page's script asks--> the new page in place of the old
//! ```
//!
//! While there are mistakes, the last good site stands, with them over it. `site-gen serve` shows a site by this alone;
//! the program with the whole service puts it together with the function.

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

/// The site as it is shown.
pub struct Live {
    profile: BuildProfile,
    builder: Mutex<Builder>,
    shown: channel::Sender<Arc<Shown>>,
}

/// One state of it.
#[derive(Default)]
pub struct Shown {
    /// Its number: another state has another.
    pub build: u64,
    /// The last site that could be built; none if there has been none.
    pub site: Option<Arc<Site>>,
    /// Its files by their path on the site: `/oestjylland/index.html`.
    files: Arc<HashMap<String, Arc<[u8]>>>,
    /// The faults of the current content, if it could not be built since.
    pub diagnostics: Vec<Diagnostic>,
    /// The warnings about it, if it could.
    pub warnings: Vec<Diagnostic>,
    /// When the content was looked at.
    at: Timestamp,
}

impl Live {
    /// Builds the content for the first time. It may have mistakes: then they are all that is shown.
    pub fn new(mut builder: Builder, profile: BuildProfile) -> Result<Self, Failure> {
        let shown = Shown::default().next(built(builder.build(profile))?, profile.now);
        Ok(Self { profile, builder: Mutex::new(builder), shown: channel::Sender::new(Arc::new(shown)) })
    }

    /// The last site that could be built, and what is wrong since.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.borrow())
    }

    /// Builds the content as it is now, without showing it.
    fn build(&self, now: Timestamp) -> Result<Result<Built, Vec<Diagnostic>>, Failure> {
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        built(builder.build(BuildProfile { now, ..self.profile }))
    }

    /// Shows what was built, or what is wrong over the last site.
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

    /// Returns true if nothing has begun or ended until `now` since the content was looked at.
    fn is_of(&self, now: Timestamp) -> bool {
        self.site.as_ref().is_none_or(|site| site.is_same(self.at, now))
    }
}

/// The files that are public, by their path on the site.
fn public(files: Vec<File>) -> Arc<HashMap<String, Arc<[u8]>>> {
    let public = files.into_iter().filter_map(|file| Some((file.path.strip_prefix("public")?.to_owned(), file.bytes)));
    Arc::new(public.collect())
}

/// Mistakes of an author apart from failures that no author can put right.
fn built(result: Result<Built, Failure>) -> Result<Result<Built, Vec<Diagnostic>>, Failure> {
    match result {
        Ok(built) => Ok(Ok(built)),
        Err(Failure::Content(diagnostics)) => Ok(Err(diagnostics)),
        Err(other) => Err(other),
    }
}
