//! The site in memory: the last one that could be built, and what is wrong with the content since.

use crate::StartError;
use crate::start::fault;
use function::clock::Clock;
use model::catalog::Catalog;
use model::names::KredsSlug;
use site_gen::Failure;
use site_gen::problem::Problem;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::watch;

/// The site as it is shown.
pub(crate) struct Preview {
    shown: RwLock<Arc<Shown>>,
    builds: watch::Sender<u64>,
}

/// One state of it.
pub(crate) struct Shown {
    /// Files by their path on the site: `/oestjylland/index.html`.
    pub(crate) files: HashMap<String, Vec<u8>>,
    /// The kredse whose messages they show.
    with_message: Vec<KredsSlug>,
    /// The catalog that belongs to them.
    pub(crate) catalog: Arc<Catalog>,
    /// What is wrong with the content now, if it could not be built since.
    pub(crate) problems: Vec<Problem>,
    /// What somebody should look at, if it could.
    pub(crate) warnings: Vec<Problem>,
}

impl Preview {
    /// Builds the content; there must be a site to begin with.
    pub(crate) fn build(content: &Path, origin: &str, clock: &Clock) -> Result<Self, StartError> {
        let shown = build(content, origin, clock)?;
        Ok(Self { shown: RwLock::new(Arc::new(shown)), builds: watch::Sender::new(0) })
    }

    /// Builds the content again. If it has mistakes, the last good site stays, with the mistakes beside it.
    pub(crate) fn rebuild(&self, content: &Path, origin: &str, clock: &Clock) -> Result<(), String> {
        let next = match build(content, origin, clock) {
            Ok(shown) => shown,
            Err(StartError::Content { problems }) => {
                let last = self.shown();
                let (files, catalog) = (last.files.clone(), Arc::clone(&last.catalog));
                // A message that begins or ends meanwhile must not be tried again and again.
                let with_message = catalog.with_service_message(clock.now()).cloned().collect();
                Shown { files, with_message, catalog, problems, warnings: Vec::new() }
            }
            Err(other) => return Err(other.to_string()),
        };
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        self.builds.send_modify(|build| *build += 1);
        Ok(())
    }

    /// What is shown now.
    pub(crate) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the pages show the messages that are in force now.
    pub(crate) fn is_of_its_time(&self, clock: &Clock) -> bool {
        let shown = self.shown();
        shown.catalog.with_service_message(clock.now()).eq(&shown.with_message)
    }

    /// The catalog of what is shown.
    pub(crate) fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.shown().catalog)
    }

    /// Tells of each build from now on.
    pub(crate) fn builds(&self) -> watch::Receiver<u64> {
        self.builds.subscribe()
    }
}

fn build(content: &Path, origin: &str, clock: &Clock) -> Result<Shown, StartError> {
    let now = clock.now();
    match site_gen::build(content, Some(origin), now) {
        Ok(built) => {
            let catalog = built.site.catalog().clone();
            let with_message = catalog.with_service_message(now).cloned().collect();
            let files = built.files.into_iter();
            let public = files.filter_map(|file| Some((file.path.strip_prefix("public")?.to_owned(), file.bytes)));
            let (files, catalog) = (public.collect(), Arc::new(catalog));
            Ok(Shown { files, with_message, catalog, problems: Vec::new(), warnings: built.warnings })
        }
        Err(Failure::Content(problems)) => Err(StartError::Content { problems }),
        Err(other) => Err(fault(other)),
    }
}
