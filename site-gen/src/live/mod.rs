//! A site in a browser while it is written: what is saved is shown at once, where the reader was.
//!
//! ```text
//! a file is saved --watch--> build --> shown --the page's script asks--> the new page in place of the old
//! ```
//!
//! While there are mistakes, the last good site stands, with them over it. `site-gen serve` shows a site by this alone;
//! the program with the whole service puts it together with the function.

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

use crate::edition::Edition;
use crate::incremental::Builder;
use crate::problem::Problem;
use crate::site::Site;
use crate::{Built, Failure};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tokio::sync::watch as channel;

/// The site as it is shown.
pub struct Live {
    edition: Edition,
    builder: Mutex<Builder>,
    shown: RwLock<Arc<Shown>>,
    builds: channel::Sender<u64>,
}

/// One state of it.
pub struct Shown {
    /// Its number: another state has another.
    pub build: u64,
    /// The last site that could be built; none if there has been none.
    pub site: Option<Arc<Site>>,
    /// Its files by their path on the site: `/oestjylland/index.html`.
    files: Arc<HashMap<String, Vec<u8>>>,
    /// What is wrong with the content now, if it could not be built since.
    pub problems: Vec<Problem>,
    /// What somebody should look at on the site that is shown.
    pub warnings: Vec<Problem>,
    /// When the content was looked at.
    at: Timestamp,
}

impl Live {
    /// Builds the content for the first time. It may have mistakes: then they are all that is shown.
    pub fn new(mut builder: Builder, edition: Edition) -> Result<Self, Failure> {
        let built = built(builder.build(edition))?;
        let (files, problems, warnings) = Default::default();
        let none = Shown { build: 0, site: None, files, problems, warnings, at: edition.now };
        let shown = none.next(built, edition.now);
        let builds = channel::Sender::new(shown.build);
        Ok(Self { edition, builder: Mutex::new(builder), shown: RwLock::new(Arc::new(shown)), builds })
    }

    /// What is shown now.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Builds the content as it is now, without showing it.
    fn build(&self, now: Timestamp) -> Result<Result<Built, Vec<Problem>>, Failure> {
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        built(builder.build(Edition { now, ..self.edition }))
    }

    /// Shows what was built, or what is wrong over what was shown.
    fn show(&self, built: Result<Built, Vec<Problem>>, now: Timestamp) {
        let next = self.shown().next(built, now);
        let build = next.build;
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        self.builds.send_replace(build);
    }

    /// Tells of each state from now on.
    fn builds(&self) -> channel::Receiver<u64> {
        self.builds.subscribe()
    }
}

impl Shown {
    fn next(&self, built: Result<Built, Vec<Problem>>, at: Timestamp) -> Self {
        let build = self.build + 1;
        match built {
            Ok(Built { site, files, warnings, .. }) => {
                let public = files.into_iter().filter_map(|file| {
                    let path = file.path.strip_prefix("public")?.to_owned();
                    Some((path, file.bytes))
                });
                let files = Arc::new(public.collect());
                Self { build, site: Some(site), files, problems: Vec::new(), warnings, at }
            }
            Err(problems) => {
                let (site, files) = (self.site.clone(), Arc::clone(&self.files));
                Self { build, site, files, problems, warnings: Vec::new(), at }
            }
        }
    }

    /// Whether nothing has begun or ended until `now` since the content was looked at.
    fn is_of(&self, now: Timestamp) -> bool {
        self.site.as_ref().is_none_or(|site| site.is_same(self.at, now))
    }
}

/// Mistakes of an author apart from failures that no author can put right.
fn built(result: Result<Built, Failure>) -> Result<Result<Built, Vec<Problem>>, Failure> {
    match result {
        Ok(built) => Ok(Ok(built)),
        Err(Failure::Content(problems)) => Ok(Err(problems)),
        Err(other) => Err(other),
    }
}
