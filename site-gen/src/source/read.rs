//! Reads the content folder into memory.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics, Location, Reporter};
use crate::diagnostics::system::reason;
use crate::source::conflict::{Conflicts, conflicts};
use crate::source::encoding::{self, Decoded, Fault};
use crate::source::text::normal_text;
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
    /// Its text in the normal form, so that all kinds of editors give one site.
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

    /// Number of bytes it has.
    pub(crate) fn length(&self) -> io::Result<u64> {
        Ok(fs::metadata(&self.file)?.len())
    }
}

/// The content found in the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The files, sorted by path. A file that is not UTF-8 is here too, so that its other mistakes are found as well.
    pub sources: Vec<Source>,
    /// The images, sorted by path.
    pub images: Vec<ImageFile>,
    /// The faults that kept files from being read, sorted.
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
        if path.contains(|sign: char| sign.is_control() || sign == char::REPLACEMENT_CHARACTER) {
            let shown = path.replace(char::is_control, "?");
            let message = "Navnet har et tegn, der ikke kan ses, for eksempel et linjeskift. Omdøb filen eller mappen.";
            diagnostics.missing(&shown, DiagnosticCode::FileName, message);
            continue;
        }
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
    let Decoded { text, fault } = encoding::decode(bytes);
    let text = normal_text(&text, path.ends_with(".yaml"));
    let source = Source { path, text: text.into() };
    let reporter = source.reporter(diagnostics);
    match fault {
        None => {}
        Some(Fault::Utf16) => reporter.file(
            DiagnosticCode::NotUtf8,
            "Filen er gemt som UTF-16 (»Unicode«). Gem den som UTF-8: vælg »Gem som« og derefter UTF-8 under kodning.",
        ),
        Some(Fault::OneByte) => {
            // A character that was really written would be found instead; either way the line has one to look at.
            let byte = source.text.find('\u{fffd}').unwrap_or(0);
            reporter.at_byte(
                byte,
                DiagnosticCode::NotUtf8,
                "Tegnet kan ikke læses. Filen er nok gemt som Windows-1252 (»ANSI«). Gem den som UTF-8, og skriv æ, ø \
                 og å igen, hvis de er blevet forkerte.",
            );
        }
    }
    let Some(Conflicts { lines, text }) = conflicts(&source.text) else { return source };
    for line in lines {
        let advice = "To personer har rettet de samme linjer. Behold de rigtige, og slet linjerne med »<<<<<<<«, \
                      »=======« og »>>>>>>>«.";
        let message = format!("Her er en konflikt fra git. {advice}");
        reporter.at(Location { line, column: 1 }, DiagnosticCode::UnreadableLine, message);
    }
    let path = source.path;
    Source { path, text: text.into() }
}

/// Files that Windows and macOS put into folders.
const STRAY: [&str; 5] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"];

/// The ends of the copies that editors and git keep beside a file.
const COPIES: [&str; 8] = ["~", ".swp", ".swo", ".swx", ".bak", ".orig", ".rej", ".tmp"];

/// Returns true if a file of this name is not content.
pub(crate) fn is_ignored(name: &str) -> bool {
    NOTES.contains(&name)
        || name.starts_with('.')
        // Word keeps the name of whoever has a document open in such a file.
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || COPIES.iter().any(|end| name.ends_with(end))
        || STRAY.iter().any(|stray| name.eq_ignore_ascii_case(stray))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_files_are_read_like_others_and_bad_bytes_are_located() {
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

    #[test]
    fn stray_files_are_ignored_but_copies_by_hand_are_not() {
        let stray = "Thumbs.db desktop.ini Desktop.ini .DS_Store ~$plan.docx a.md.orig a.md.rej #a.md# a.md~ .a.md.swp a.md.tmp";
        stray.split(' ').for_each(|name| assert!(is_ignored(name), "{name}"));
        for name in ["a - Kopi.md", "Kopi af a.md", "a.md", "ini.md", "~a.md"] {
            assert!(!is_ignored(name), "{name}");
        }
    }

    #[test]
    fn conflicts_and_other_encodings_are_reported_once_and_the_rest_is_read() {
        let diagnostics = Diagnostics::default();
        let text = "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> gren\n";
        assert_eq!(&*source("a.yaml".into(), text.as_bytes(), &diagnostics).text, "a: b\n\nc: d\n\n\n\n");
        let wide: Vec<u8> = "titel: Sø\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(&*source("b.md".into(), &wide, &diagnostics).text, "titel: Sø\n");
        let told: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "a.yaml:2:1: Her er en konflikt fra git. To personer har rettet de samme linjer. Behold de rigtige, og \
                 slet linjerne med »<<<<<<<«, »=======« og »>>>>>>>«.",
                "b.md:1:1: Filen er gemt som UTF-16 (»Unicode«). Gem den som UTF-8: vælg »Gem som« og derefter UTF-8 \
                 under kodning.",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_name_with_a_line_break_is_reported_on_one_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a\nb.md"), "").unwrap();
        let content = read(folder.path());
        assert!(content.sources.is_empty());
        let told = content.diagnostics[0].to_string();
        assert_eq!(
            told,
            "a?b.md: Navnet har et tegn, der ikke kan ses, for eksempel et linjeskift. Omdøb filen eller mappen."
        );
    }

    #[cfg(unix)]
    #[test]
    fn endless_and_oversized_files_are_reported_and_not_read() {
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
    fn a_missing_folder_is_a_problem() {
        let content = read(Path::new("/findes/ikke"));
        assert!(content.diagnostics[0].message.contains("Mappen kan ikke læses"));
    }
}
