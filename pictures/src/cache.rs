//! A folder that keeps pictures' versions from one build to the next. Losing it costs time and nothing else.

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

/// The ending of its files, which nothing else that lies there has.
const ENDING: &str = "picture";

impl Cache {
    /// The cache in a folder, which need not exist.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Returns the picture kept under the key, if it is whole.
    #[must_use]
    pub fn get(&self, key: Key) -> Option<Picture> {
        let mut bytes = Vec::new();
        let path = self.path(key);
        // A pipe or a device has no end, and is none of ours.
        fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        fs::File::open(path).ok()?.take(4 * MOST_BYTES).read_to_end(&mut bytes).ok()?;
        stored::read(key, &bytes)
    }

    /// Keeps versions. A cache that cannot be written keeps nothing, and all else goes on.
    pub fn put(&self, key: Key, picture: &Picture) {
        let _ = fs::create_dir_all(&self.folder);
        // Under a name of its own first: another build may write the same.
        let temporary = self.folder.join(format!(".{}.{}", key.name(), std::process::id()));
        let written = fs::write(&temporary, stored::stored(key, picture));
        if written.and_then(|()| fs::rename(&temporary, self.path(key))).is_err() {
            let _ = fs::remove_file(&temporary);
        }
    }

    /// Removes what is kept under other keys.
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
