//! A folder that keeps the versions of pictures from one build to the next. Losing it only costs time.

use crate::stored::{self, Key};
use crate::{MOST_BYTES, Picture};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::PathBuf;

/// A folder with a file for each picture.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
}

/// The extension of its files, which nothing else in the folder has.
const ENDING: &str = "picture";

impl Cache {
    /// Creates a cache in a folder, which need not exist.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns the picture kept under the key, if it is intact.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<Picture> {
        let mut bytes = Vec::new();
        let path = self.path(key);
        // A pipe or a device has no end, and is not ours.
        fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        fs::File::open(path).ok()?.take(4 * MOST_BYTES).read_to_end(&mut bytes).ok()?;
        stored::read(key, &bytes)
    }

    /// Keeps versions. If the cache cannot be written, nothing is kept and nothing fails.
    pub fn put(&self, key: Key, picture: &Picture) {
        let _ = fs::create_dir_all(&self.folder);
        // Write under a unique name first, since another build may write the same file.
        let temporary = self.folder.join(format!(".{}.{}", key.name(), std::process::id()));
        let written = fs::write(&temporary, stored::stored(key, picture));
        if written.and_then(|()| fs::rename(&temporary, self.path(key))).is_err() {
            let _ = fs::remove_file(&temporary);
        }
    }

    /// Removes everything kept under other keys.
    pub fn retain(&self, keys: impl IntoIterator<Item = Key>) {
        let names: BTreeSet<OsString> = keys.into_iter().map(|key| format!("{}.{ENDING}", key.name()).into()).collect();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|ending| ending == ENDING) && !names.contains(&entry.file_name()) {
                let _ = fs::remove_file(path);
            }
        }
    }

    fn path(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}.{ENDING}", key.name()))
    }
}
