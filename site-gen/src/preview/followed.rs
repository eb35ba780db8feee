//! Watches the content folder, even when another folder replaces it.

use notify::{RecommendedWatcher, RecursiveMode, Result, Watcher};
use same_file::Handle;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// A folder by its path.
pub(super) struct Followed {
    path: PathBuf,
    /// Dropped when watching stops.
    watcher: Weak<Mutex<RecommendedWatcher>>,
    /// The watched folder. `None` while it does not exist. The open handle keeps its identity from being reused.
    folder: Option<Handle>,
}

impl Followed {
    /// Watches the folder that is currently at the path.
    pub(super) fn new(path: &Path, watcher: &Arc<Mutex<RecommendedWatcher>>) -> Result<Self> {
        let folder = Handle::from_path(path).ok();
        watcher.lock().unwrap_or_else(PoisonError::into_inner).watch(path, RecursiveMode::Recursive)?;
        Ok(Self { path: path.to_owned(), watcher: Arc::downgrade(watcher), folder })
    }

    /// True if the path leads to another folder than the watched one. A watcher does not report that a folder above it,
    /// or a link to it, is replaced.
    pub(super) fn is_replaced(&self) -> bool {
        Handle::from_path(&self.path).ok() != self.folder
    }

    /// Watches the folder that is currently at the path.
    pub(super) fn follow(&mut self) {
        let folder = Handle::from_path(&self.path).ok();
        if folder == self.folder {
            return;
        }
        let Some(watcher) = self.watcher.upgrade() else { return };
        let mut watcher = watcher.lock().unwrap_or_else(PoisonError::into_inner);
        // Fails if the folder is gone.
        let _ = watcher.unwatch(&self.path);
        // If this fails, it is retried.
        self.folder = folder.filter(|_| watcher.watch(&self.path, RecursiveMode::Recursive).is_ok());
    }
}
