//! Writes files to the output folder: only changed bytes, all at the end, and removes outdated files.

use crate::diagnostics::system::reason;
use crate::output::File;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::TryLockError;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};
use thiserror::Error;

/// The file that marks a folder as an earlier output, which may be cleared.
pub const MARKER: &str = ".bestil-en-betjent";

/// The folder in an output folder that caches the versions of images between builds. Writing leaves it alone.
pub const IMAGES_KEPT: &str = ".billeder";

/// The staging folder in an output folder, with a lock beside the staged files.
const WAITING: &str = ".ny";

/// Counts of the files that a build wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// New or changed files.
    pub written: usize,
    /// Files that already had the right bytes.
    pub unchanged: usize,
    /// Removed files.
    pub removed: usize,
}

/// An error that keeps the output folder from being written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The folder holds foreign files.
    #[error("I {0} ligger der filer, som site-gen ikke har skrevet. Vælg en tom eller en ny mappe")]
    Foreign(PathBuf),
    /// Another process is writing to the folder.
    #[error("En anden site-gen skriver i {0}. Vent, til den er færdig")]
    Busy(PathBuf),
    /// The content and output folders contain each other.
    #[error("{0} og mappen med indholdet ligger i hinanden. Vælg en mappe ved siden af indholdet")]
    Entangled(PathBuf),
    /// A file path that leads outside the folder.
    #[error("{0} er ikke en sti inde i mappen med resultatet")]
    Outside(String),
    /// An I/O operation failed.
    #[error("{path} kan ikke skrives ({})", reason(cause))]
    Io {
        /// The path.
        path: PathBuf,
        /// The cause.
        cause: io::Error,
    },
}

/// An output folder that is being written. Files are staged until all are there: the published files are not touched
/// before [`Output::finish`], and never if it is not called.
pub struct Output {
    folder: PathBuf,
    /// True if the folder is an earlier output.
    is_ours: bool,
    is_new: bool,
    /// The existing files and links by path.
    present: BTreeMap<String, PathBuf>,
    unchanged: AtomicUsize,
    /// Keeps other processes out until it is dropped.
    _lock: fs::File,
}

impl Output {
    /// Opens a folder that is new, empty or an earlier output. Any other is rejected, so that nobody loses a home
    /// folder to a typo in `--out`.
    pub fn open(folder: &Path) -> Result<Self, WriteError> {
        let (is_new, mut present) = (!folder.exists(), BTreeMap::new());
        if !is_new {
            list(folder, "", &mut present)?;
        }
        let is_ours = present.contains_key(MARKER);
        if !present.is_empty() && !is_ours {
            return Err(WriteError::Foreign(folder.to_owned()));
        }
        let (kept, folder) = (folder.join(WAITING), folder.to_owned());
        fs::create_dir_all(&kept).map_err(io_at(&kept))?;
        let path = kept.join("laas");
        let lock = fs::File::create(&path).map_err(io_at(&path))?;
        // Some file systems do not support locks.
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(WriteError::Busy(folder));
        }
        let output = Self { folder, is_ours, is_new, present, unchanged: AtomicUsize::new(0), _lock: lock };
        // A crash may have left staged files.
        clear(&output.waiting())?;
        Ok(output)
    }

    /// Stages a file, unless it is already in place. Several threads may do so at once.
    pub fn store(&self, File { path, bytes, .. }: &File) -> Result<(), WriteError> {
        if !is_inside(path) {
            return Err(WriteError::Outside(path.clone()));
        }
        // A link to a folder is replaced, whatever it contains.
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        let is_linked = above.any(|folder| self.present.contains_key(folder));
        if self.is_ours && !is_linked && is_there(&self.folder.join(path), bytes) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        let waiting = self.waiting().join(path);
        let folder = waiting.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&waiting, bytes)).map_err(io_at(&waiting))
    }

    /// Makes the folder hold exactly the files at these paths, which have been stored.
    ///
    /// Each appears complete under its name, by a rename. Outdated files are removed last, so that a visitor never
    /// follows a link to a page that does not exist yet.
    pub fn finish<'p>(self, paths: impl Iterator<Item = &'p str>) -> Result<Written, WriteError> {
        let wanted: BTreeSet<&str> = paths.collect();
        let old = self.present.iter().filter(|(path, _)| *path != MARKER && !wanted.contains(path.as_str()));
        // A file or a link where a folder is required.
        let is_in_the_way = |(path, _): &(&String, &PathBuf)| {
            let below = format!("{path}/");
            wanted.range(below.as_str()..).next().is_some_and(|wanted| wanted.starts_with(&below))
        };
        let (in_the_way, old): (Vec<_>, Vec<_>) = old.partition(is_in_the_way);
        in_the_way.iter().try_for_each(|(_, whole)| remove(whole))?;
        if !self.is_ours {
            let marker = self.folder.join(MARKER);
            fs::write(&marker, "Written by site-gen, which also removes files from this folder.\n")
                .map_err(io_at(&marker))?;
        }
        if self.waiting().exists() {
            settle(&self.waiting(), &self.folder)?;
        }
        let unchanged = self.unchanged.load(Ordering::Relaxed);
        let mut done = Written { written: wanted.len() - unchanged, unchanged, removed: in_the_way.len() };
        for (_, whole) in old {
            if fs::symlink_metadata(whole).is_ok_and(|found| !found.is_dir()) {
                remove(whole)?;
                done.removed += 1;
            }
        }
        if done.removed > 0 {
            remove_empty(&self.folder)?;
        }
        Ok(done)
    }

    fn waiting(&self) -> PathBuf {
        self.folder.join(WAITING).join("filer")
    }
}

impl Drop for Output {
    /// Leaves the folder as it was, unless it was finished.
    fn drop(&mut self) {
        let _ = clear(&self.folder.join(WAITING));
        if self.is_new {
            // Fails if anything is in it.
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Makes `folder` hold exactly `files`.
pub fn write(files: &[File], folder: &Path) -> Result<Written, WriteError> {
    let output = Output::open(folder)?;
    files.iter().try_for_each(|file| output.store(file))?;
    output.finish(files.iter().map(|file| file.path.as_str()))
}

/// Moves the contents of one folder into another; folders are moved as a whole if the target does not exist.
fn settle(from: &Path, to: &Path) -> Result<(), WriteError> {
    for entry in fs::read_dir(from).map_err(io_at(from))? {
        let entry = entry.map_err(io_at(from))?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let is_folder = entry.file_type().map_err(io_at(&from))?.is_dir();
        match (is_folder, to.is_dir()) {
            (true, true) => settle(&from, &to)?,
            // A folder where a file is required.
            (false, true) => fs::remove_dir_all(&to).and_then(|()| fs::rename(&from, &to)).map_err(io_at(&to))?,
            (_, false) => fs::rename(&from, &to).map_err(io_at(&to))?,
        }
    }
    fs::remove_dir(from).map_err(io_at(from))
}

/// Returns true if a path is normalised like those of `list`, and not reserved.
fn is_inside(path: &str) -> bool {
    let parts = Path::new(path).components().map(|part| match part {
        Component::Normal(part) => part.to_str(),
        _ => None,
    });
    let first = path.split('/').next();
    parts.eq(path.split('/').map(Some)) && path != MARKER && !first.is_some_and(is_kept)
}

/// Returns true if a name in an output folder is reserved.
fn is_kept(name: &str) -> bool {
    [IMAGES_KEPT, WAITING].contains(&name)
}

/// Lists everything below `folder` except folders, by path from the root with `/`. Links are not followed.
fn list(folder: &Path, below: &str, found: &mut BTreeMap<String, PathBuf>) -> Result<(), WriteError> {
    for entry in fs::read_dir(folder).map_err(io_at(folder))? {
        let entry = entry.map_err(io_at(folder))?;
        let (path, whole) = (format!("{below}{}", entry.file_name().to_string_lossy()), entry.path());
        if is_kept(&path) {
            continue;
        }
        if entry.file_type().map_err(io_at(&whole))?.is_dir() {
            list(&whole, &format!("{path}/"), found)?;
        } else {
            found.insert(path, whole);
        }
    }
    Ok(())
}

/// True if the file at `path` is not a link and has these bytes.
fn is_there(path: &Path, bytes: &[u8]) -> bool {
    let is_like = |found: fs::Metadata| found.is_file() && found.len() == bytes.len() as u64;
    fs::symlink_metadata(path).is_ok_and(is_like) && fs::read(path).is_ok_and(|old| old == bytes)
}

fn remove(path: &Path) -> Result<(), WriteError> {
    fs::remove_file(path).map_err(io_at(path))
}

/// Removes a folder and its contents, if it exists.
fn clear(folder: &Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(io_at(folder)(cause)),
        _ => Ok(()),
    }
}

/// Removes the empty folders below `folder`.
fn remove_empty(folder: &Path) -> Result<(), WriteError> {
    for entry in fs::read_dir(folder).map_err(io_at(folder))? {
        let entry = entry.map_err(io_at(folder))?;
        let path = entry.path();
        if entry.file_type().map_err(io_at(&path))?.is_dir() && !entry.file_name().to_str().is_some_and(is_kept) {
            remove_empty(&path)?;
            // This fails for a folder that is not empty.
            let _ = fs::remove_dir(&path);
        }
    }
    Ok(())
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> WriteError + use<> {
    let path = path.to_owned();
    move |cause| WriteError::Io { path, cause }
}
