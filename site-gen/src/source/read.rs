//! Reads the content folder into memory.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics, Reporter};
use crate::diagnostics::system::reason;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One content file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Its path below the content folder, with `/`.
    pub path: String,
    /// Its text, with `\n` as line break and without a byte-order mark, so that both kinds of editors give one site.
    pub text: Arc<str>,
}

impl Source {
    /// The file, to be blamed.
    pub(crate) fn reporter<'a>(&'a self, diagnostics: &'a Diagnostics) -> Reporter<'a> {
        Reporter::new(&self.path, &self.text, diagnostics)
    }
}

/// A file that is no text: an image.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageFile {
    /// Its path below the content folder, with `/`.
    pub path: String,
    /// Where it is on the disk. It is read when it is needed, since all images together may not fit into memory.
    pub(crate) file: PathBuf,
}

impl ImageFile {
    /// Its bytes, unless they are more than `most`.
    pub(crate) fn bytes(&self, most: u64) -> io::Result<Vec<u8>> {
        regular(&self.file, most)
    }

    /// How many bytes it has.
    pub(crate) fn length(&self) -> io::Result<u64> {
        Ok(fs::metadata(&self.file)?.len())
    }
}

/// What was found in the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The files, sorted by path. A file that is not UTF-8 is here too, so that its other mistakes are found as well.
    pub sources: Vec<Source>,
    /// The images, sorted by path.
    pub images: Vec<ImageFile>,
    /// What could not be read, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// The folder of images below the content folder, and its address on the site.
pub(crate) const IMAGES: &str = "billeder/";

/// The most bytes of one file. Images have a limit of their own.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Files for people who edit the content, not for the site.
const NOTES: [&str; 2] = ["README.md", "KILDER.md"];

/// All content files below `folder`, without notes to editors, hidden files and the back-up copies of editors.
#[must_use]
pub fn read(folder: &Path) -> Content {
    let diagnostics = Diagnostics::default();
    let mut paths = Vec::new();
    list(folder, "", &mut paths, &diagnostics);
    paths.sort();
    let file = |path: &String| match regular(&folder.join(path), LARGEST) {
        Ok(bytes) => Some(source(path.clone(), &bytes, &diagnostics)),
        Err(error) => {
            diagnostics.missing(
                path,
                DiagnosticCode::UnreadableFile,
                &format!("Filen kan ikke læses ({}).", reason(&error)),
            );
            None
        }
    };
    let (images, texts): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.starts_with(IMAGES));
    let sources = texts.par_iter().filter_map(file).collect();
    let images = images.into_iter().map(|path| ImageFile { file: folder.join(&path), path }).collect();
    Content { sources, images, diagnostics: diagnostics.into_sorted() }
}

/// The paths of all files below a folder.
fn list(folder: &Path, path: &str, paths: &mut Vec<String>, diagnostics: &Diagnostics) {
    let shown = if path.is_empty() { folder.to_string_lossy() } else { path.into() };
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            return diagnostics.missing(
                &shown,
                DiagnosticCode::UnreadableFile,
                &format!("Mappen kan ikke læses ({}). Findes den, og må du læse den?", reason(&error)),
            );
        }
    };
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ignored(&name) {
            continue;
        }
        let path = if path.is_empty() { name } else { format!("{path}/{name}") };
        // A link to a folder is not followed: it could lead round in circles.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(&entry.path(), &path, paths, diagnostics);
        } else {
            paths.push(path);
        }
    }
}

/// The bytes of a file on a disk. A device or a pipe may have no end, and is not read.
pub fn regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is no regular file"));
    }
    at_most(path, most)
}

/// The bytes of whatever can be read, unless they are more than `most`.
pub fn at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("it has more than {most} bytes")));
    }
    Ok(bytes)
}

fn source(path: String, bytes: &[u8], diagnostics: &Diagnostics) -> Source {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
    let source = Source { path, text: text.into() };
    if std::str::from_utf8(bytes).is_err() {
        // A character that was really written would be found instead; either way the line has one to look at.
        let byte = source.text.find('\u{fffd}').unwrap_or(0);
        source.reporter(diagnostics).at_byte(
            byte,
            DiagnosticCode::NotUtf8,
            "Tegnet kan ikke læses. Gem filen som UTF-8, og skriv æ, ø og å igen, hvis de er blevet forkerte.",
        );
    }
    source
}

/// Whether a file of this name is none of the content.
pub(crate) fn is_ignored(name: &str) -> bool {
    let is_copy = name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".swo") || name.ends_with(".bak");
    NOTES.contains(&name) || name.starts_with('.') || (name.starts_with('#') && name.ends_with('#')) || is_copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_files_read_like_others_and_bad_bytes_are_placed() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "\u{feff}a\r\nb\r\n").unwrap();
        fs::write(folder.path().join("b.md"), b"a\nr\xf8d").unwrap();
        fs::write(folder.path().join("a.md~"), "copy").unwrap();
        fs::write(folder.path().join("README.md"), "note").unwrap();
        fs::create_dir(folder.path().join("sider")).unwrap();
        fs::write(folder.path().join("sider/.skjult"), "").unwrap();
        let content = read(folder.path());
        assert_eq!(content.sources.iter().map(|source| source.path.as_str()).collect::<Vec<_>>(), ["a.md", "b.md"]);
        assert_eq!(&*content.sources[0].text, "a\nb\n");
        assert!(content.diagnostics[0].to_string().starts_with("b.md:2:2: Tegnet"), "{:?}", content.diagnostics);
    }

    #[cfg(unix)]
    #[test]
    fn what_has_no_end_and_what_has_too_much_is_told_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("a.md")).unwrap();
        let told = read(folder.path()).diagnostics;
        assert!(
            told.len() == 1 && told[0].path == "a.md" && told[0].code == DiagnosticCode::UnreadableFile,
            "{told:?}"
        );
        let file = folder.path().join("b.md");
        fs::write(&file, "abc").unwrap();
        assert_eq!(at_most(&file, 3).unwrap(), b"abc");
        assert_eq!(at_most(&file, 2).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(at_most(Path::new("/dev/zero"), 2).unwrap_err().kind(), ErrorKind::FileTooLarge);
        assert_eq!(regular(folder.path(), 2).unwrap_err().kind(), ErrorKind::InvalidInput);
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_problem() {
        let content = read(Path::new("/findes/ikke"));
        assert!(content.diagnostics[0].message.contains("Mappen kan ikke læses"));
    }
}
