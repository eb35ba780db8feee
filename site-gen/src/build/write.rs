//! Writes files to the output folder: only bytes that changed, and away with what is no longer wanted.

use crate::diagnostics::system::reason;
use crate::output::File;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};
use thiserror::Error;

/// The file that says a folder is an earlier output, and so may be cleared.
pub const MARKER: &str = ".bestil-en-betjent";

/// The folder in an output folder that keeps the versions of images from one build to the next. Writing leaves it alone.
pub const IMAGES_KEPT: &str = ".billeder";

/// Counts of the files that a build wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that had the right bytes already.
    pub unchanged: usize,
    /// Files that are gone.
    pub removed: usize,
}

/// Why the output folder is not as it should be.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The folder holds something else.
    #[error("I {0} ligger der filer, som site-gen ikke har skrevet. Vælg en tom eller en ny mappe")]
    Foreign(PathBuf),
    /// The content and the output lie in each other.
    #[error("{0} og mappen med indholdet ligger i hinanden. Vælg en mappe ved siden af indholdet til --out")]
    Entangled(PathBuf),
    /// A file that would lie outside the folder.
    #[error("{0} er ikke en sti inde i mappen med resultatet")]
    Outside(String),
    /// The disk refused.
    #[error("{path} kan ikke skrives ({})", reason(cause))]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

/// Refuses an output folder in the content folder, or around it, by whatever way the two are written: the output would be
/// read as content, or the content cleared as old output.
pub fn apart(content: &Path, out: &Path) -> Result<(), WriteError> {
    let (content, real) = (real(content), real(out));
    if content.starts_with(&real) || real.starts_with(&content) {
        return Err(WriteError::Entangled(out.to_owned()));
    }
    Ok(())
}

/// The path without links and dots, also where its end is not there yet.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
        real = fs::canonicalize(&real).unwrap_or(real);
    }
    real
}

/// Makes `out` hold exactly `files`.
///
/// In a folder that was written before, each file appears whole under its name, by a rename; what is no longer wanted is
/// removed last, so that a visitor never follows a link to a page that is not there yet. A folder that is not empty and
/// was not written by this function is refused, so that nobody loses a home folder to a slip in `--out`.
pub fn write(files: &[File], out: &Path) -> Result<Written, WriteError> {
    let wanted = wanted(files)?;
    let mut present = Vec::new();
    if out.exists() {
        list(out, "", &mut present)?;
    }
    let is_marked = present.iter().any(|(path, _)| path == MARKER);
    if !present.is_empty() && !is_marked {
        return Err(WriteError::Foreign(out.to_owned()));
    }
    fs::create_dir_all(out).map_err(io_at(out))?;
    if !is_marked {
        let marker = out.join(MARKER);
        fs::write(&marker, "Written by site-gen, which also removes files from this folder.\n")
            .map_err(io_at(&marker))?;
    }
    let old = present.iter().filter(|(path, _)| path != MARKER && !wanted.contains_key(path.as_str()));
    // A file, or a link, where a folder must be.
    let is_in_the_way = |(path, _): &&(String, PathBuf)| {
        let below = format!("{path}/");
        wanted.range(below.as_str()..).next().is_some_and(|(wanted, _)| wanted.starts_with(&below))
    };
    let (in_the_way, old): (Vec<_>, Vec<_>) = old.partition(is_in_the_way);
    in_the_way.iter().try_for_each(|(_, whole)| remove(whole))?;
    let put = |(path, bytes): (&&str, &&[u8])| {
        let whole = out.join(path);
        match is_marked {
            true if is_there(&whole, bytes) => Ok(false),
            true => put(&whole, bytes).map(|()| true),
            // Nobody visits it yet, and the next run mends what a crash leaves half written.
            false => put_new(&whole, bytes).map_err(io_at(&whole)).map(|()| true),
        }
    };
    let all: Vec<_> = wanted.iter().collect();
    let is_new = all.into_par_iter().with_max_len(crate::AT_ONCE).map(put).collect::<Result<Vec<bool>, _>>()?;
    let written = is_new.iter().filter(|is_new| **is_new).count();
    let mut done = Written { written, unchanged: is_new.len() - written, removed: in_the_way.len() };
    for (_, whole) in old {
        if fs::symlink_metadata(whole).is_ok_and(|found| !found.is_dir()) {
            remove(whole)?;
            done.removed += 1;
        }
    }
    if done.removed > 0 {
        remove_empty(out, out)?;
    }
    Ok(done)
}

/// The bytes of each file by its path, which must be written as the paths of `list` are.
fn wanted(files: &[File]) -> Result<BTreeMap<&str, &[u8]>, WriteError> {
    let is_inside = |path: &str| {
        let parts = Path::new(path).components().map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        });
        parts.eq(path.split('/').map(Some)) && path != MARKER && path.split('/').next() != Some(IMAGES_KEPT)
    };
    match files.iter().find(|file| !is_inside(&file.path)) {
        Some(file) => Err(WriteError::Outside(file.path.clone())),
        None => Ok(files.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect()),
    }
}

/// Everything below `folder` that is not a folder, by its path from the root with `/`; links are not followed.
fn list(folder: &Path, below: &str, found: &mut Vec<(String, PathBuf)>) -> Result<(), WriteError> {
    for entry in fs::read_dir(folder).map_err(io_at(folder))? {
        let entry = entry.map_err(io_at(folder))?;
        let (path, whole) = (format!("{below}{}", entry.file_name().to_string_lossy()), entry.path());
        if path == IMAGES_KEPT {
            continue;
        }
        if entry.file_type().map_err(io_at(&whole))?.is_dir() {
            list(&whole, &format!("{path}/"), found)?;
        } else {
            found.push((path, whole));
        }
    }
    Ok(())
}

/// True if the file at `path` is no link and has these bytes.
fn is_there(path: &Path, bytes: &[u8]) -> bool {
    let is_like = |found: fs::Metadata| found.is_file() && found.len() == bytes.len() as u64;
    fs::symlink_metadata(path).is_ok_and(is_like) && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Puts `bytes` at `path`, where nothing is.
fn put_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, bytes)
}

/// Puts `bytes` at `path`, whatever is there.
fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    // In the same folder, so that the rename cannot cross to another disk. A crash leaves it to the next run to remove.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.ny"));
    let write = || fs::write(&temporary, bytes);
    let written = match write() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| write())
        }
        written => written,
    };
    let rename = || match fs::rename(&temporary, path) {
        // A folder, where a file must be.
        Err(_) if path.is_dir() => fs::remove_dir_all(path).and_then(|()| fs::rename(&temporary, path)),
        renamed => renamed,
    };
    let done = written.and_then(|()| rename());
    if done.is_err() {
        // Half a file would keep a full disk full.
        let _ = fs::remove_file(&temporary);
    }
    done.map_err(io_at(path))
}

fn remove(path: &Path) -> Result<(), WriteError> {
    fs::remove_file(path).map_err(io_at(path))
}

/// Removes the folders below `root` that hold nothing.
fn remove_empty(root: &Path, folder: &Path) -> Result<(), WriteError> {
    for entry in fs::read_dir(folder).map_err(io_at(folder))? {
        let entry = entry.map_err(io_at(folder))?;
        if folder == root && entry.file_name() == IMAGES_KEPT {
            continue;
        }
        if entry.file_type().map_err(io_at(&entry.path()))?.is_dir() {
            remove_empty(root, &entry.path())?;
        }
    }
    let is_empty = fs::read_dir(folder).map_err(io_at(folder))?.next().is_none();
    if is_empty && folder != root {
        fs::remove_dir(folder).map_err(io_at(folder))?;
    }
    Ok(())
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> WriteError + use<> {
    let path = path.to_owned();
    move |cause| WriteError::Io { path, cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_and_content_may_not_contain_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at("content/sider")).unwrap();
        for out in ["content", "content/dist", "./content/a/b", "dist/../content/x", ".", "content/../content/x"] {
            let told = apart(&at("content"), &at(out)).unwrap_err().to_string();
            assert!(
                told.ends_with("ligger i hinanden. Vælg en mappe ved siden af indholdet til --out"),
                "{out}: {told}"
            );
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("content"), at("link")).unwrap();
            assert!(apart(&at("content"), &at("link/dist")).is_err());
            assert!(apart(&at("link"), &at("content/dist")).is_err());
        }
        for out in ["dist", "content-dist", "content/../dist", "dist/content"] {
            assert!(apart(&at("content"), &at(out)).is_ok(), "{out}");
        }
    }
}
