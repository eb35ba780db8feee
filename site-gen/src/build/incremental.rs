//! Builds one content folder repeatedly, reusing what has not changed.
//!
//! The first build is a full one, and [`build`](crate::build()) does nothing else: there is only one way to build.
//! Every later build must give the same bytes, or the same diagnostics, as a full build. This holds by construction:
//! results are never reused because of *what changed*, but only because their *inputs* are equal:
//!
//! 1. All files are read, and the whole site is assembled and checked each time. That is fast. Slower results are
//!    cached by their input, or by a hash of it: the catalog (`Memo`), and the facts of each file (`FactMemo`).
//! 2. A page is made from what all pages share (`Common`) and from its own spec: its function receives these two and
//!    nothing else. If both equal those of the previous build, so does the page. Equality is derived, so a field added
//!    to either counts automatically.
//! 3. No page knows the current time, only that of the last change that was due (`changes`).
//! 4. The links and ids read from a rendered page are cached with the page. Everything else (the search index, sitemap,
//!    calendars, feeds) is made each time.
//!
//! To keep this invariant: everything on a page goes into `Common` or its spec, never around them through a global or
//! the disk; everything that depends on the time is among the changes; and slow work on one file (on its rendered HTML,
//! say) is cached by its path. `site-gen/tests/incremental.rs` makes hundreds of edits and compares each build with a
//! full one.

use crate::build::finished;
use crate::build::write::WriteError;
use crate::build::{Built, Failure};
use crate::check::assemble::Assembled;
use crate::check::assemble::{self, MAP, OUTLINES};
use crate::check::build_profile::BuildProfile;
use crate::check::memo::Memos;
use crate::check::phone_numbers::Approved;
use crate::check::site::{BadAddress, Site, is_address};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::hint;
use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::output::File;
use crate::output::links::unescaped;
use crate::output::render::{Rendered, Renderer};
use crate::source::paths::danish_path;
use crate::source::read::{self, Source};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A checked site that is not rendered yet. Its source texts are dropped: the pages need the memory.
pub(crate) struct Draft {
    pub(crate) site: Arc<Site>,
    pub(crate) warnings: Vec<Diagnostic>,
    /// The image files by address.
    pub(crate) images: BTreeMap<String, Arc<[u8]>>,
    approved: Approved,
}

/// A content folder with the cached results of its last build.
pub struct Builder {
    content: PathBuf,
    base_url: Option<String>,
    memory: Memos,
    /// `None` before the first build.
    renderer: Option<Renderer>,
}

impl Builder {
    /// Creates a builder with empty caches.
    #[must_use]
    pub fn new(content: &Path) -> Self {
        Self { content: content.to_owned(), base_url: None, memory: Memos::default(), renderer: None }
    }

    /// Overrides the address in the settings, for example for a local server.
    pub fn at(mut self, base_url: &str) -> Result<Self, BadAddress> {
        if !is_address(base_url) {
            return Err(BadAddress(base_url.to_owned()));
        }
        self.base_url = Some(base_url.to_owned());
        Ok(self)
    }

    /// Caches the versions of images in a folder for the next run.
    #[must_use]
    pub fn keeping_images_in(mut self, folder: PathBuf) -> Self {
        self.memory.pictures.keep_in(folder);
        self
    }

    /// Saves the versions of images that are in memory to a folder as well.
    pub fn keep_images(&self, folder: &Path) {
        self.memory.pictures.save(folder);
    }

    /// Reports to `progress` the number of finished images and their total, if that takes more than a second.
    #[must_use]
    pub fn reporting(mut self, progress: fn(usize, usize)) -> Self {
        self.memory.pictures.report_to(progress);
        self
    }

    /// Builds the current content for a profile.
    pub fn build(&mut self, profile: BuildProfile) -> Result<Built, Failure> {
        let draft = self.assemble(profile).map_err(Failure::Content)?;
        let rendered = self.renderer()?.render(&draft.site, &Ok::<_, Failure>)?;
        self.judged(draft, rendered, &Ok)
    }

    /// Builds the content and passes each file to `store` as soon as it is made, from several threads. The files of the
    /// result have no bytes. Stored files are only valid if the build succeeds.
    pub fn build_into(
        &self,
        profile: BuildProfile,
        store: &(dyn Fn(&File) -> Result<(), WriteError> + Sync),
    ) -> Result<Built, Failure> {
        // The templates are compiled while the content is read.
        let (draft, renderer) = rayon::join(|| self.assemble(profile), Renderer::new);
        let draft = draft.map_err(Failure::Content)?;
        let keep = |file: File| store(&file).map(|()| file.without_bytes()).map_err(Failure::from);
        let rendered = renderer?.render(&draft.site, &keep)?;
        self.judged(draft, rendered, &keep)
    }

    /// Adds the images in use to the files, and fails if a page has a broken reference.
    fn judged(
        &self,
        Draft { site, warnings, images, approved }: Draft,
        Rendered { mut files, made }: Rendered,
        keep: &dyn Fn(File) -> Result<File, Failure>,
    ) -> Result<Built, Failure> {
        // Only images on some page: a draft's are on no published page.
        let references = files.iter().filter(|_| !images.is_empty()).flat_map(File::references);
        let shown: HashSet<_> = references.filter(|one| one.starts_with("/billeder/")).map(unescaped).collect();
        let images = images.into_iter().filter(|(address, _)| shown.contains(address.as_str()));
        let images = images.map(|(address, bytes)| keep(File::new(format!("public{address}"), bytes)));
        files.extend(images.collect::<Result<Vec<_>, _>>()?);
        files.sort();
        let faults = finished::faults(&files, &site, approved, &self.content);
        if faults.is_empty() {
            return Ok(Built { site, warnings, files, rendered: made });
        }
        let mut diagnostics = [warnings, faults].concat();
        diagnostics.sort();
        Err(Failure::Content(diagnostics))
    }

    fn renderer(&mut self) -> Result<&mut Renderer, Failure> {
        Ok(match &mut self.renderer {
            Some(renderer) => renderer,
            none => none.insert(Renderer::new()?),
        })
    }

    /// Assembles the site without rendering it.
    pub(crate) fn assemble(&self, profile: BuildProfile) -> Result<Draft, Vec<Diagnostic>> {
        let content = read::read(&self.content);
        let (sources, mut diagnostics) = (&content.sources, content.diagnostics.clone());
        // If the folder cannot be read, everything would be reported as missing.
        if sources.is_empty() && !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        // Without one of these folders, nearly every other file would seem wrong.
        let lacking = NEEDED.iter().filter(|folder| !sources.iter().any(|source| source.path.starts_with(**folder)));
        let lacking: Vec<Diagnostic> = lacking.map(|folder| missing_folder(folder, sources)).collect();
        if !lacking.is_empty() {
            return Err([lacking, diagnostics].concat());
        }
        match assemble::assemble_with(sources, &content.images, profile, self.base_url.as_deref(), &self.memory) {
            Ok(Assembled { site, warnings, images }) if diagnostics.is_empty() => {
                let approved = assemble::approved_numbers(sources);
                // In parallel with rendering: there may be many.
                rayon::spawn(move || drop(content));
                Ok(Draft { site, warnings, images, approved })
            }
            Ok(Assembled { warnings: more, .. }) | Err(more) => {
                // An unreadable file is not missing.
                let unread: HashSet<String> = diagnostics.iter().map(|one| one.path.clone()).collect();
                // If the map or its outlines cannot be read, that explains why they do not match.
                let is_map = |code| matches!(code, DiagnosticCode::OutdatedMap | DiagnosticCode::UnreadableMap);
                let is_reported = |one: &Diagnostic| {
                    one.code == DiagnosticCode::MissingFile && unread.contains(&one.path)
                        || one.code == DiagnosticCode::UnusedImage
                        || is_map(one.code) && [MAP, OUTLINES].iter().any(|path| unread.contains(*path))
                };
                diagnostics.extend(more.into_iter().filter(|one| !is_reported(one)));
                drop_consequences(&mut diagnostics);
                diagnostics.sort();
                Err(diagnostics)
            }
        }
    }
}

/// The folders that the content must have.
const NEEDED: [&str; 6] = ["data/", "formularer/", "kredse/", "sider/", "tekster/", "udgange/"];

fn missing_folder(folder: &str, sources: &[Source]) -> Diagnostic {
    let others = sources.iter().filter_map(|source| Some(source.path.split_once('/')?.0));
    let hint = hint(folder.trim_end_matches('/'), others);
    let advice = "Er den omdøbt eller flyttet, så giv den dens navn og plads igen.";
    let message = format!("Mappen »{folder}« mangler.{hint} {advice} De andre filer bliver tjekket bagefter.");
    Diagnostic::missing(folder.trim_end_matches('/'), DiagnosticCode::MissingFile, message)
}

/// Drops diagnostics of translations that only follow from an unreadable part of their Danish file: an editor who acted
/// on them would delete good text.
fn drop_consequences(diagnostics: &mut Vec<Diagnostic>) {
    use DiagnosticCode::{MissingField, MissingPart, MissingSignpost, Outdated, PartOrder, SameCode, StrayPart};
    let is_cause = |code: DiagnosticCode| code <= SameCode || (MissingField..=MissingSignpost).contains(&code);
    let causes = diagnostics.iter().filter(|one| one.severity == Severity::Mistake && is_cause(one.code));
    let unread: HashSet<String> = causes.map(|one| one.path.clone()).collect();
    let is_consequence = |code| matches!(code, MissingPart | StrayPart | PartOrder | Outdated);
    diagnostics.retain(|one| {
        !is_consequence(one.code) || danish_path(&one.path).is_none_or(|danish| !unread.contains(&danish))
    });
}
