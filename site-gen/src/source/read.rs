//! Reads the content folder into memory.

mod misplaced;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics, Location, Reporter};
use crate::diagnostics::system::reason;
use crate::source::conflict::{Conflicts, conflicts};
use crate::source::encoding::{self, Decoded, Fault};
use crate::source::text::normal_text;
use misplaced::{File, in_its_place};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One content file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The path below the content folder, with `/`.
    pub path: String,
    /// The text in the normal form, so that all editors give the same site.
    pub text: Arc<str>,
}

impl Source {
    /// Creates a reporter for the file.
    pub(crate) fn reporter<'a>(&'a self, diagnostics: &'a Diagnostics) -> Reporter<'a> {
        Reporter::new(&self.path, &self.text, diagnostics)
    }
}

/// An image file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageFile {
    /// The path below the content folder, with `/`.
    pub path: String,
    /// The path on the disk. Images are read on demand, since they may not all fit into memory.
    pub(crate) file: PathBuf,
}

impl ImageFile {
    /// Reads the bytes, unless they are more than `most`.
    pub(crate) fn bytes(&self, most: u64) -> io::Result<Vec<u8>> {
        regular(&self.file, most)
    }

    /// The size in bytes.
    pub(crate) fn length(&self) -> io::Result<u64> {
        Ok(fs::metadata(&self.file)?.len())
    }
}

/// The files of the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The files, sorted by path, even those that are not UTF-8, so that their other mistakes are found.
    pub sources: Vec<Source>,
    /// The images, sorted by path.
    pub images: Vec<ImageFile>,
    /// The diagnostics of reading, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// The folder of images below the content folder, and its address on the site.
pub(crate) const IMAGES: &str = "billeder/";

/// The maximum size of a file in bytes. Images have a limit of their own.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Files for people who edit the content, not for the site.
const NOTES: [&str; 2] = ["README.md", "KILDER.md"];

/// Reads all content files below `folder`, except notes, hidden files and backup copies of editors.
#[must_use]
pub fn read(folder: &Path) -> Content {
    let diagnostics = Diagnostics::default();
    let found = list(folder, "", &diagnostics);
    let (files, misnamed): (Vec<_>, Vec<_>) =
        found.into_par_iter().map(in_its_place).partition(|file| file.reported.is_none());
    let mut files: BTreeMap<String, String> = files.into_iter().map(|file| (file.path, file.written)).collect();
    for File { path, written, reported } in misnamed {
        if let Some((place, code, message)) = reported {
            diagnostics.missing(&place, code, &message);
        }
        // Treated as correctly named from here on, unless another file has that name.
        files.entry(path).or_insert(written);
    }
    let file = |(path, written): &(String, String)| match regular(&folder.join(written), LARGEST) {
        Ok(bytes) => Some(source(path.clone(), &bytes, &diagnostics)),
        Err(error) => {
            diagnostics.missing(
                written,
                DiagnosticCode::UnreadableFile,
                &format!("Filen kan ikke læses ({}).", reason(&error)),
            );
            None
        }
    };
    let (images, texts): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| path.starts_with(IMAGES));
    let sources = texts.par_iter().with_max_len(crate::AT_ONCE).filter_map(file).collect();
    let images = images.into_iter().map(|(path, written)| ImageFile { file: folder.join(written), path }).collect();
    Content { sources, images, diagnostics: diagnostics.into_sorted() }
}

/// Lists the paths of all files below a folder.
fn list(folder: &Path, path: &str, diagnostics: &Diagnostics) -> Vec<String> {
    let shown = if path.is_empty() { folder.to_string_lossy() } else { path.into() };
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("Mappen kan ikke læses ({}). Findes den, og må du læse den?", reason(&error));
            diagnostics.missing(&shown, DiagnosticCode::UnreadableFile, &message);
            return Vec::new();
        }
    };
    let below = |entry: DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ignored(&name) {
            return Vec::new();
        }
        let path = if path.is_empty() { name } else { format!("{path}/{name}") };
        if path.contains(|sign: char| sign.is_control() || sign == char::REPLACEMENT_CHARACTER) {
            let shown = path.replace(char::is_control, "?");
            let message = "Navnet har et tegn, der ikke kan ses, for eksempel et linjeskift. Omdøb filen eller mappen.";
            diagnostics.missing(&shown, DiagnosticCode::FileName, message);
            return Vec::new();
        }
        // A link to a folder is not followed: it could be circular.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(&entry.path(), &path, diagnostics)
        } else {
            vec![path]
        }
    };
    entries.into_par_iter().flat_map_iter(below).collect()
}

/// Reads a regular file. A device or a pipe may be endless, and is not read.
pub fn regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is no regular file"));
    }
    at_most(path, most, found.len())
}

/// Reads anything that can be opened, unless it has more than `most` bytes; `length` is the expected number.
pub fn at_most(path: &Path, most: u64, length: u64) -> io::Result<Vec<u8>> {
    // Reserved in full: `Take` hides the length that `read_to_end` would use.
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default() + 1);
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("it has more than {most} bytes")));
    }
    Ok(bytes)
}

fn source(path: String, bytes: &[u8], diagnostics: &Diagnostics) -> Source {
    let Decoded { text: decoded, fault } = encoding::decode(bytes);
    let text = normal_text(&decoded, path.ends_with(".yaml"));
    let source = Source { path, text: text.into() };
    let reporter = source.reporter(diagnostics);
    match fault {
        None => {}
        Some(Fault::Twice(byte)) => {
            let number = decoded.get(..byte).unwrap_or_default().matches('\n').count();
            let (at, line) = (Location { line: number + 1, column: 1 }, source.text.lines().nth(number));
            let advice = "Hent teksten igen der, hvor den kom fra, eller skriv æ, ø og å igen, og gem filen som UTF-8.";
            let message = format!("Bogstaverne er forkerte: »{}«. {advice}", excerpt(line.unwrap_or_default()));
            reporter.at(at, DiagnosticCode::NotUtf8, message);
        }
        Some(Fault::Utf16) => reporter.file(
            DiagnosticCode::NotUtf8,
            "Filen er gemt som UTF-16 (»Unicode«). Gem den som UTF-8: vælg »Gem som« og derefter UTF-8 under kodning.",
        ),
        Some(Fault::OneByte) => {
            // A replacement character in the original would be found instead; the line deserves a look either way.
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

/// The files that Windows and macOS put into folders.
const STRAY: [&str; 5] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"];

/// The name endings of copies that editors and git keep beside a file.
const COPIES: [&str; 8] = ["~", ".swp", ".swo", ".swx", ".bak", ".orig", ".rej", ".tmp"];

/// Returns true if a file of this name is not content.
pub(crate) fn is_ignored(name: &str) -> bool {
    NOTES.iter().any(|note| name.eq_ignore_ascii_case(note))
        || name.starts_with('.')
        // Word keeps the name of the user who has a document open in such a file.
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || COPIES.iter().any(|end| name.ends_with(end))
        || STRAY.iter().any(|stray| name.eq_ignore_ascii_case(stray))
}

#[cfg(test)]
mod tests;
