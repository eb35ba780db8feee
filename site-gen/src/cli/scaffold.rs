//! Creates content files with notes for the editor; existing files are never overwritten.

mod files;
mod stop;
mod suggestion;

use crate::check::assemble::assemble;
use crate::check::build_profile::BuildProfile;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::system::reason;
use crate::source::read::{self, Source};
use crate::source::replace::replace;
use clap::Subcommand;
use jiff::Timestamp;
use model::names::Language;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The thing to make.
#[derive(Debug, Subcommand)]
pub enum New {
    /// A kreds in a folder of its own
    Kreds {
        /// The name of the folder: a-z, digits and hyphens
        name: String,
    },
    /// A page: sider/NAME for the whole site, faelles/NAME for every kreds, KREDS/NAME for one
    #[command(alias = "side")]
    Page {
        /// Where it stands and its name in addresses
        place: String,
    },
    /// A stop of the tour of a kreds, in the tour that it has or in a new one
    Stop {
        /// The folder of the kreds
        kreds: String,
        /// The list of `operator visits KREDS --csv FILE`: a stop for each town that asks most and has none to come
        #[arg(long, value_name = "FILE")]
        requests: Option<PathBuf>,
    },
}

/// The created and extended files, and the next steps, in Danish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The created files, below the content folder.
    pub paths: Vec<String>,
    /// The extended file.
    pub longer: Option<String>,
    /// The editor's next steps.
    pub next: Vec<String>,
}

/// An error, after which nothing has been created, in Danish.
#[derive(Debug, Error)]
pub enum Refused {
    /// The name or location is invalid.
    #[error("{0}")]
    Name(String),
    /// A file already exists.
    #[error("Filen {0} er der allerede. Intet er skrevet. Åbn den, eller vælg et andet navn.")]
    Taken(String),
    /// The content folder could not be read or written.
    #[error("{path} kan ikke læses eller skrives ({}).", reason(error))]
    Disk {
        /// The path.
        path: String,
        /// The cause.
        error: io::Error,
    },
}

/// A file and its text.
struct NewFile {
    path: String,
    text: String,
}

/// The planned changes.
#[derive(Default)]
struct Plan {
    files: Vec<NewFile>,
    /// An existing file with lines inserted.
    longer: Option<NewFile>,
    next: Vec<String>,
}

/// Creates the files, or nothing if one of them exists.
pub fn make(content: &Path, new: &New) -> Result<Made, Refused> {
    let read::Content { sources, diagnostics, .. } = read::read(content);
    if let (true, Some(diagnostic)) = (sources.is_empty(), diagnostics.into_iter().next()) {
        return Err(Refused::Name(diagnostic.to_string()));
    }
    let Plan { files, longer, next } = match new {
        New::Kreds { name } => files::kreds(name, &sources)?,
        New::Page { place } => files::page(place, &sources)?,
        New::Stop { kreds, requests } => files::stop(kreds, requests.as_deref(), &sources, content)?,
    };
    let is_there = |file: &&NewFile| content.join(&file.path).exists();
    if let Some(file) = files.iter().find(is_there) {
        return Err(Refused::Taken(file.path.clone()));
    }
    if let Some(message) = files.first().and_then(|file| misplaced(file, &sources)) {
        return Err(Refused::Name(format!("{message} Intet er skrevet.")));
    }
    for file in &files {
        write(&content.join(&file.path), &file.text)?;
    }
    if let Some(file) = &longer {
        let path = content.join(&file.path);
        replace(&path, file.text.as_bytes())
            .map_err(|error| Refused::Disk { path: path.display().to_string(), error })?;
    }
    let paths = files.into_iter().map(|file| file.path).collect();
    Ok(Made { paths, longer: longer.map(|file| file.path), next })
}

/// The message of the check about a file's location, if it would reject it.
fn misplaced(file: &NewFile, sources: &[Source]) -> Option<String> {
    let mut sources = sources.to_vec();
    sources.push(Source { path: file.path.clone(), text: file.text.as_str().into() });
    sources.sort();
    let found = assemble(&sources, &[], BuildProfile::preview(Timestamp::now())).err()?;
    let is_about_place = |code| matches!(code, DiagnosticCode::TakenAddress | DiagnosticCode::FileName);
    let of_file = |path: &str, message: &str| path == file.path || message.contains(&file.path);
    let mut found = found.into_iter().filter(|found| is_about_place(found.code));
    found.find(|found| of_file(&found.path, &found.message)).map(|found| found.message)
}

fn write(path: &Path, text: &str) -> Result<(), Refused> {
    let failed = |error| Refused::Disk { path: path.display().to_string(), error };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Never overwrites, not even a file created a moment ago.
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(|error| {
        // A partial file would block the next attempt.
        let _ = fs::remove_file(path);
        failed(error)
    })
}

/// The codes of the translation languages.
fn languages(sources: &[Source]) -> Vec<&str> {
    let codes = sources.iter().filter_map(|source| source.path.strip_prefix("sprog/")?.strip_suffix(".yaml"));
    codes.filter(|code| Language::parse(code).is_ok_and(|code| code != Language::danish())).collect()
}

/// The names of the Markdown files in a folder, without translations.
fn names<'a>(sources: &'a [Source], folder: &str) -> Vec<&'a str> {
    let name = |source: &'a Source| source.path.strip_prefix(folder)?.strip_suffix(".md");
    sources.iter().filter_map(name).filter(|name| !name.contains(['/', '.'])).collect()
}

/// The folders of the kredse.
fn kredse(sources: &[Source]) -> Vec<&str> {
    let folders = sources.iter().filter_map(|source| source.path.strip_prefix("kredse/")?.split_once('/'));
    let mut folders: Vec<&str> = folders.map(|(folder, _)| folder).collect();
    folders.dedup();
    folders
}
