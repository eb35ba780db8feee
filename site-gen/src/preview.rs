//! A site in a browser while it is written: what is saved is shown at once, where the reader was.
//!
//! ```text
//! a file is saved --watch--> build --> shown --the page's script asks--> the new page in place of the old
//! ```
//!
//! The pages that somebody has open come first: they are shown as soon as the content is found without mistakes. The
//! rest of the site is made and judged after that, and whoever asks for another page meanwhile waits for it, so that
//! nobody sees pages of two sites. Should the finished pages be wrong after all, what was shown early is taken back.
//!
//! While there are mistakes, the last good site stands, with them over it. `site-gen serve` shows a site by this alone;
//! the program with the whole service puts it together with the function.

mod followed;
mod open;
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

use crate::build::incremental::{Builder, Draft};
use crate::build::{Built, Failure};
use crate::check::build_profile::BuildProfile;
use crate::check::site::Site;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::output::File;
use crate::output::render::IsWanted;
use jiff::Timestamp;
use open::Open;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use tokio::sync::watch as channel;

/// The site as it is shown.
pub struct Live {
    profile: BuildProfile,
    builder: Mutex<Builder>,
    now: RwLock<Now>,
    builds: channel::Sender<u64>,
    open: Open,
}

/// The current state.
struct Now {
    /// The last site that was judged, and what is wrong since.
    whole: Arc<Shown>,
    /// While the next one is made: those of its pages that are open.
    early: Option<Arc<Shown>>,
}

/// One state of it.
#[derive(Clone)]
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
        let built = built(builder.build(profile))?;
        let (files, diagnostics, warnings) = Default::default();
        let none = Shown { build: 0, site: None, files, diagnostics, warnings, at: profile.now };
        let whole = none.next(1, built, profile.now);
        let builds = channel::Sender::new(whole.build);
        let now = RwLock::new(Now { whole: Arc::new(whole), early: None });
        Ok(Self { profile, builder: Mutex::new(builder), now, builds, open: Open::default() })
    }

    /// The last whole site, and what is wrong since.
    #[must_use]
    pub fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.read().whole)
    }

    /// Returns the state to show at a path. While a site is made, a page that is not there yet is waited for.
    pub async fn shown_at(&self, path: &str) -> Arc<Shown> {
        let mut builds = self.builds.subscribe();
        loop {
            if let Some(shown) = self.read().at(path) {
                return shown;
            }
            // It ends only with the sender, which is our own.
            let _ = builds.changed().await;
        }
    }

    /// Checks the content as it is now. The pages that are open are shown, if it has no mistakes.
    fn begin(&self, now: Timestamp) -> Result<Result<Draft, Vec<Diagnostic>>, Failure> {
        let mut builder = self.builder();
        let draft = match builder.assemble(BuildProfile { now, ..self.profile }) {
            Ok(draft) => draft,
            Err(diagnostics) => return Ok(Err(diagnostics)),
        };
        self.show_early(&draft, builder.pages(&draft, &self.open.addresses())?, now);
        Ok(Ok(draft))
    }

    /// Makes the rest of a site, without showing it.
    fn finish(&self, draft: Draft, is_wanted: IsWanted<'_>) -> Result<Result<Built, Vec<Diagnostic>>, Failure> {
        built(self.builder().finish(draft, is_wanted))
    }

    fn builder(&self) -> MutexGuard<'_, Builder> {
        self.builder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows pages of a site that is not whole yet.
    fn show_early(&self, draft: &Draft, pages: Vec<File>, at: Timestamp) {
        let (site, warnings) = (Some(Arc::clone(&draft.site)), draft.warnings.clone());
        self.change(|now, build| {
            let early = Shown { build, site, files: public(pages), diagnostics: Vec::new(), warnings, at };
            now.early = Some(Arc::new(early));
        });
    }

    /// Shows what was built, or what is wrong over the last whole site. A site of which pages were shown early keeps its number:
    /// whoever has one of them has the page as it is.
    fn show(&self, built: Result<Built, Vec<Diagnostic>>, at: Timestamp) {
        self.change(|now, next| {
            let build = now.early.as_ref().filter(|_| built.is_ok()).map_or(next, |early| early.build);
            *now = Now { whole: Arc::new(now.whole.next(build, built, at)), early: None };
        });
    }

    /// Shows the last whole site again, should there be pages of a later one.
    fn take_back(&self) {
        self.change(|now, build| {
            if now.early.take().is_some() {
                now.whole = Arc::new(Shown { build, ..now.whole.as_ref().clone() });
            }
        });
    }

    /// Changes what is shown, which gets the next number, and tells of it.
    fn change(&self, change: impl FnOnce(&mut Now, u64)) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut now, *self.builds.borrow() + 1);
        self.builds.send_replace(now.early.as_ref().unwrap_or(&now.whole).build);
    }

    fn read(&self) -> RwLockReadGuard<'_, Now> {
        self.now.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells of each state from now on.
    fn builds(&self) -> channel::Receiver<u64> {
        self.builds.subscribe()
    }
}

impl Now {
    /// The state to show at a path; `None` while the page is not there yet.
    fn at(&self, path: &str) -> Option<Arc<Shown>> {
        match &self.early {
            None => Some(Arc::clone(&self.whole)),
            Some(early) => early.files.contains_key(&file(path)).then(|| Arc::clone(early)),
        }
    }
}

impl Shown {
    fn next(&self, build: u64, built: Result<Built, Vec<Diagnostic>>, at: Timestamp) -> Self {
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

/// The file that is shown at a path of the site.
fn file(path: &str) -> String {
    if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// Mistakes of an author apart from failures that no author can put right.
fn built(result: Result<Built, Failure>) -> Result<Result<Built, Vec<Diagnostic>>, Failure> {
    match result {
        Ok(built) => Ok(Ok(built)),
        Err(Failure::Content(diagnostics)) => Ok(Err(diagnostics)),
        Err(other) => Err(other),
    }
}
