//! The content folder that is watched, also when another comes in its place.

use notify::{RecommendedWatcher, RecursiveMode, Result, Watcher};
use same_file::Handle;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// A folder by its path.
pub(super) struct Followed {
    path: PathBuf,
    /// It is gone when nobody watches any more.
    watcher: Weak<Mutex<RecommendedWatcher>>,
    /// The folder that is watched; none while there is none. It is held, so that no other is taken for it.
    folder: Option<Handle>,
}

impl Followed {
    /// Watches the folder that is at the path now.
    pub(super) fn new(path: &Path, watcher: &Arc<Mutex<RecommendedWatcher>>) -> Result<Self> {
        let folder = Handle::from_path(path).ok();
        watcher.lock().unwrap_or_else(PoisonError::into_inner).watch(path, RecursiveMode::Recursive)?;
        Ok(Self { path: path.to_owned(), watcher: Arc::downgrade(watcher), folder })
    }

    /// True if another folder is at the path than the one that is watched. No watcher reports it when a folder above it, or a link
    /// to it, is replaced.
    pub(super) fn is_replaced(&self) -> bool {
        Handle::from_path(&self.path).ok() != self.folder
    }

    /// Watches the folder that is at the path now.
    pub(super) fn follow(&mut self) {
        let folder = Handle::from_path(&self.path).ok();
        if folder == self.folder {
            return;
        }
        let Some(watcher) = self.watcher.upgrade() else { return };
        let mut watcher = watcher.lock().unwrap_or_else(PoisonError::into_inner);
        // It may not be watched any more, since it is gone.
        let _ = watcher.unwatch(&self.path);
        // One that cannot be watched is tried again.
        self.folder = folder.filter(|_| watcher.watch(&self.path, RecursiveMode::Recursive).is_ok());
    }
}
