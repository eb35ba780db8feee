//! Provides a small, valid content tree with the real UI messages and word lists, and helpers to build it.

#![allow(dead_code, reason = "each test file uses its own part of this")]

#[cfg(feature = "serve")]
pub(crate) mod desk;
pub(crate) mod edits;
pub(crate) mod random;

use jiff::Timestamp;
use site_gen::check::commitments::APPROVED;
use site_gen::diagnostics::diagnostic::Diagnostic;
use site_gen::output::File;
use site_gen::{Built, Failure, build};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A copy of `tests/content` that a test may change.
pub(crate) struct Content {
    folder: TempDir,
}

impl Content {
    /// The valid tree. The UI messages are those of the real content, so that they are always up to date.
    pub(crate) fn new() -> Self {
        let content = Self { folder: tempfile::tempdir().unwrap() };
        content.lay(&crate_folder().join("tests/content"));
        for file in ["sprog/da.yaml", "ord/kodeord.txt"] {
            fs::create_dir_all(content.path().join(file).parent().unwrap()).unwrap();
            fs::copy(real().join(file), content.path().join(file)).unwrap();
        }
        content
    }

    /// The valid tree in Danish and English, except that the UI messages are Danish in both.
    pub(crate) fn english() -> Self {
        let content = Self::new();
        content.lay(&crate_folder().join("tests/english"));
        let words = fs::read_to_string(content.path().join("sprog/da.yaml")).unwrap();
        let english = words.replace("sprog: Dansk", "sprog: English").replace("paa_dansk: dansk", "paa_dansk: engelsk");
        assert_ne!(words, english);
        content.write("sprog/en.yaml", &english);
        content
    }

    /// A copy of the real content without its list of approved commitments, so that tests may change these.
    pub(crate) fn real() -> Self {
        let content = Self { folder: tempfile::tempdir().unwrap() };
        content.lay(&real());
        content.remove(APPROVED);
        content
    }

    /// Approves all commitments as they are now.
    pub(crate) fn approve(&self) {
        let site = site_gen::check(self.path(), now()).unwrap_or_else(|reported| panic!("{reported:?}")).site;
        self.write(APPROVED, &site.commitments().to_string());
    }

    /// Lays the files of another tree over this one.
    pub(crate) fn lay(&self, tree: &Path) {
        copy(tree, self.path());
    }

    /// All current files.
    pub(crate) fn all(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.insert(path.strip_prefix(self.path()).unwrap().to_owned(), fs::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// Restores the tree to exactly these files.
    pub(crate) fn restore(&self, files: &BTreeMap<PathBuf, Vec<u8>>) {
        self.all().into_keys().filter(|path| !files.contains_key(path)).for_each(|path| {
            fs::remove_file(self.path().join(path)).unwrap();
        });
        for (path, bytes) in files {
            let path = self.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    pub(crate) fn change(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path().join(path)).unwrap();
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, &text.replace(from, to));
    }

    /// Gives a kreds a tour with these stops, each an item of the list `stop`, and an English page for it.
    pub(crate) fn tour(&self, kreds: &str, stops: &str) {
        let list = if stops.is_empty() { String::new() } else { format!("stop:{stops}") };
        let danish = "titel: Den mobile politistation på tur\nbeskrivelse: Se, hvor du kan møde os.";
        self.write(&format!("kredse/{kreds}/tur.md"), &format!("---\n{danish}\n{list}---\n\nKom og mød os.\n"));
        let english = "titel: The mobile police station on tour\nbeskrivelse: See where you can meet us.";
        self.write(&format!("kredse/{kreds}/tur.en.md"), &format!("---\n{english}\n---\n\nCome and meet us.\n"));
    }

    /// Writes a page with this body, at `/proeve/`.
    pub(crate) fn page(&self, body: &str) {
        self.write("sider/proeve.md", &format!("---\ntitel: Prøve\nbeskrivelse: En prøve.\n---\n{body}"));
    }
}

/// The folder of this crate.
pub(crate) fn crate_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The real content.
pub(crate) fn real() -> PathBuf {
    crate_folder().join("../content")
}

/// The time that tests build for.
pub(crate) fn now() -> Timestamp {
    "2026-11-22T12:00:00Z".parse().unwrap()
}

/// The files of a content tree. A public file of an unknown media type would block publication.
pub(crate) fn files(content: &Content) -> Vec<File> {
    let files = built(content, now()).files;
    let is_unknown = |file: &&File| file.path.starts_with("public/") && pages::media_type(&file.path).is_none();
    let unknown: Vec<&str> = files.iter().filter(is_unknown).map(|file| file.path.as_str()).collect();
    assert!(unknown.is_empty(), "add to pages/media-types.tsv: {unknown:?}");
    files
}

/// The files of a content tree at a time.
pub(crate) fn files_at(content: &Content, now: &str) -> Vec<File> {
    built(content, now.parse().unwrap()).files
}

/// The site of a content tree at a time, its files and its warnings.
pub(crate) fn built(content: &Content, now: Timestamp) -> Built {
    build(content.path(), None, now).unwrap_or_else(|failure| panic!("{}", said(&failure)))
}

/// All diagnostics of a build: the mistakes with the warnings, or the warnings alone.
pub(crate) fn diagnostics(content: &Content) -> Vec<Diagnostic> {
    match build(content.path(), None, now()) {
        Ok(built) => built.warnings,
        Err(Failure::Content(diagnostics)) => diagnostics,
        Err(other) => panic!("{other}"),
    }
}

/// The diagnostics of a content tree with mistakes, as lines; empty if it can be published.
pub(crate) fn mistakes(content: &Content) -> Vec<String> {
    let diagnostics = site_gen::check(content.path(), now()).err().unwrap_or_default();
    diagnostics.iter().map(ToString::to_string).collect()
}

/// Runs the program on a content tree.
pub(crate) fn site_gen(content: &Content, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_site-gen"));
    program.args(arguments).arg("--content").arg(content.path()).output().unwrap()
}

/// All messages of a failure.
pub(crate) fn said(failure: &Failure) -> String {
    match failure {
        Failure::Content(diagnostics) => diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect(),
        other => other.to_string(),
    }
}

/// A file as text.
pub(crate) fn html(files: &[File], path: &str) -> String {
    let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(file.bytes.to_vec()).unwrap()
}

/// The files that contain a text, public or not.
pub(crate) fn holding<'a>(files: &'a [File], text: &str) -> Vec<&'a str> {
    let holds = |file: &&File| String::from_utf8_lossy(&file.bytes).contains(text);
    files.iter().filter(holds).map(|file| file.path.as_str()).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
