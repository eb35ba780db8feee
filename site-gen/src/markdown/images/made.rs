//! Creates the versions of all pictures: each once, in parallel, and cached until the next build.

use crate::source::read::ImageFile;
use pictures::{Altered, Cache, Fault, Key, MOST_BYTES, Picture};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// A progress callback: the number of finished pictures, and the total.
type Progress = fn(usize, usize);

/// The reason why a picture has no versions.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// The file is too large; this is its known size in bytes.
    Heavy(u64),
    /// The content cannot be used.
    Fault(Fault),
}

/// The versions of a picture, and how they differ from the original.
pub(crate) struct Made {
    key: Key,
    pub(super) picture: Arc<Picture>,
    pub(super) altered: Option<Altered>,
}

/// The versions made so far, in memory and optionally in a folder.
#[derive(Default)]
pub(crate) struct Pictures {
    cache: Option<Cache>,
    progress: Option<Progress>,
    kept: Mutex<HashMap<Key, Arc<Picture>>>,
    /// Held while a large picture is processed, so that only one at a time is in memory.
    large: Mutex<()>,
}

/// The number of pixels from which a picture is large: four times those of most phones.
const LARGE: u64 = 50_000_000;

/// The delay before the first progress report, and the interval between reports.
const PATIENCE: Duration = Duration::from_secs(1);

impl Pictures {
    /// Also caches versions in a folder.
    pub(crate) fn keep_in(&mut self, folder: PathBuf) {
        self.cache = Some(Cache::new(folder));
    }

    /// Reports progress to this function if the work takes long.
    pub(crate) const fn report_to(&mut self, progress: Progress) {
        self.progress = Some(progress);
    }

    /// Writes versions from memory to a folder that lacks them.
    pub(crate) fn save(&self, folder: &Path) {
        let cache = Cache::new(folder.to_owned());
        for (key, picture) in &*self.kept() {
            if cache.get(*key).is_none() {
                cache.put(*key, picture);
            }
        }
    }

    /// The versions of each file, in the same order. Versions that no file uses any more are dropped.
    pub(crate) fn of(&self, files: &[ImageFile]) -> Vec<Result<Made, Failed>> {
        let done = AtomicUsize::new(0);
        let made = self.with_progress(&done, files.len(), || {
            let one = |file: &ImageFile| {
                let made = self.one(file);
                done.fetch_add(1, Ordering::Relaxed);
                made
            };
            files.par_iter().map(one).collect::<Vec<_>>()
        });
        let keys: HashSet<Key> = made.iter().flatten().map(|made| made.key).collect();
        self.kept().retain(|key, _| keys.contains(key));
        // Only if every file is usable: an unusable one may be repaired tomorrow, and its versions used again.
        if let (Some(cache), true) = (&self.cache, made.iter().all(Result::is_ok)) {
            cache.retain(keys);
        }
        made
    }

    fn one(&self, file: &ImageFile) -> Result<Made, Failed> {
        let bytes = file.bytes(MOST_BYTES).map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => Failed::Heavy(file.length().unwrap_or_default()),
            _ => Failed::Unreadable(error),
        })?;
        let (key, altered) = (Key::of(&bytes), pictures::altered(&bytes));
        let known = self.kept().get(&key).map(Arc::clone);
        if let Some(picture) = known {
            return Ok(Made { key, picture, altered });
        }
        let picture = match self.cache.as_ref().and_then(|cache| cache.get(key)) {
            Some(picture) => picture,
            None => self.make(key, &bytes).map_err(Failed::Fault)?,
        };
        let picture = Arc::new(picture);
        self.kept().insert(key, Arc::clone(&picture));
        Ok(Made { key, picture, altered })
    }

    fn make(&self, key: Key, bytes: &[u8]) -> Result<Picture, Fault> {
        let is_large = pictures::pixels(bytes).is_some_and(|pixels| pixels >= LARGE);
        let _alone = is_large.then(|| self.large.lock().unwrap_or_else(PoisonError::into_inner));
        let picture = pictures::make(bytes)?;
        if let Some(cache) = &self.cache {
            cache.put(key, &picture);
        }
        Ok(picture)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<Key, Arc<Picture>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work`, and reports its progress every second.
    fn with_progress<T>(&self, done: &AtomicUsize, all: usize, work: impl FnOnce() -> T) -> T {
        let Some(progress) = self.progress.filter(|_| all > 0) else { return work() };
        let (end, ended) = channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || {
                while ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    progress(done.load(Ordering::Relaxed), all);
                }
            });
            let made = work();
            drop(end);
            made
        })
    }
}
