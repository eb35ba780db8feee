//! Builds one content folder again and again, each time as far as it has changed.
//!
//! A first build is a full one, and [`build`](crate::build()) is that and no more: there is one way to build. A later one
//! must give the same bytes, or the same problems, as a full one would. It cannot do otherwise, because nothing is
//! reused for *what was changed*, but only for *what it is made of*:
//!
//! 1. All files are read, and the whole site is assembled and checked each time. That is fast. Slower results are kept
//!    with their input, or with a hash of it: the catalog (`Memo`), and the facts of each file (`FactMemo`).
//! 2. A page is made of what all pages have in common (`Common`) and of its own spec, and its function gets these two and
//!    nothing else. If both are equal to those of the build before, so is the page. Equality is derived: a field that is
//!    added to one of the two counts by itself.
//! 3. No page knows what time it is. It knows the time of the last change that was due (`changes`).
//! 4. The links and ids read from a finished page are kept with the page. Everything else (the search index, sitemap,
//!    calendars, feeds) is made each time.
//!
//! To keep it so: what a page is to show goes into `Common` or into its spec, never past them by a global or the disk;
//! what depends on the time is among the changes; and what is slow and belongs to one file (a look at its finished
//! HTML, say) is kept by its path. `site-gen/tests/incremental.rs` makes hundreds of edits and compares each with a full
//! build.

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

/// A checked site that is not rendered. The texts it is made of are not kept: the pages need the memory.
pub(crate) struct Draft {
    pub(crate) site: Arc<Site>,
    pub(crate) warnings: Vec<Diagnostic>,
    /// The files of images, by their addresses.
    pub(crate) images: BTreeMap<String, Arc<[u8]>>,
    approved: Approved,
}

/// A content folder and what was made of it last.
pub struct Builder {
    content: PathBuf,
    base_url: Option<String>,
    memory: Memos,
    /// None before the first build.
    renderer: Option<Renderer>,
}

impl Builder {
    /// Nothing is built yet.
    #[must_use]
    pub fn new(content: &Path) -> Self {
        Self { content: content.to_owned(), base_url: None, memory: Memos::default(), renderer: None }
    }

    /// The same with another address than that in the settings, as for a machine of one's own.
    pub fn at(mut self, base_url: &str) -> Result<Self, BadAddress> {
        if !is_address(base_url) {
            return Err(BadAddress(base_url.to_owned()));
        }
        self.base_url = Some(base_url.to_owned());
        Ok(self)
    }

    /// The same, with the versions of images kept in a folder until the next time.
    #[must_use]
    pub fn keeping_images_in(mut self, folder: PathBuf) -> Self {
        self.memory.pictures.keep_in(folder);
        self
    }

    /// Keeps the versions of images that are in memory in a folder too.
    pub fn keep_images(&self, folder: &Path) {
        self.memory.pictures.save(folder);
    }

    /// The same; `progress` gets how many images are done, and of how many, if that takes more than a second.
    #[must_use]
    pub fn reporting(mut self, progress: fn(usize, usize)) -> Self {
        self.memory.pictures.report_to(progress);
        self
    }

    /// Builds an edition of the content as it is now.
    pub fn build(&mut self, profile: BuildProfile) -> Result<Built, Failure> {
        let draft = self.assemble(profile).map_err(Failure::Content)?;
        let rendered = self.renderer()?.render(&draft.site, &Ok::<_, Failure>)?;
        self.judged(draft, rendered, &Ok)
    }

    /// Builds an edition and gives each file to `store` as soon as it is made, from several threads. In what is built, files
    /// have no bytes. What was stored is worth something only if nothing is wrong.
    pub fn build_into(
        &self,
        profile: BuildProfile,
        store: &(dyn Fn(&File) -> Result<(), WriteError> + Sync),
    ) -> Result<Built, Failure> {
        // The templates are compiled beside the reading.
        let (draft, renderer) = rayon::join(|| self.assemble(profile), Renderer::new);
        let draft = draft.map_err(Failure::Content)?;
        let keep = |file: File| store(&file).map(|()| file.without_bytes()).map_err(Failure::from);
        let rendered = renderer?.render(&draft.site, &keep)?;
        self.judged(draft, rendered, &keep)
    }

    /// The site and its files with the images on them, unless a page has something wrong.
    fn judged(
        &self,
        Draft { site, warnings, images, approved }: Draft,
        Rendered { mut files, made }: Rendered,
        keep: &dyn Fn(File) -> Result<File, Failure>,
    ) -> Result<Built, Failure> {
        // Those images that are on some page: a draft's are on none that is published.
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

    /// The site of an edition, not rendered.
    pub(crate) fn assemble(&self, profile: BuildProfile) -> Result<Draft, Vec<Diagnostic>> {
        let content = read::read(&self.content);
        let (sources, mut diagnostics) = (&content.sources, content.diagnostics.clone());
        // Of a folder that cannot be read, everything would be missing.
        if sources.is_empty() && !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        // Without one of its folders, nearly every other file would seem to be wrong.
        let lacking = NEEDED.iter().filter(|folder| !sources.iter().any(|source| source.path.starts_with(**folder)));
        let lacking: Vec<Diagnostic> = lacking.map(|folder| missing_folder(folder, sources)).collect();
        if !lacking.is_empty() {
            return Err([lacking, diagnostics].concat());
        }
        match assemble::assemble_with(sources, &content.images, profile, self.base_url.as_deref(), &self.memory) {
            Ok(Assembled { site, warnings, images }) if diagnostics.is_empty() => {
                let approved = assemble::approved_numbers(sources);
                // Beside the rendering: there may be many.
                rayon::spawn(move || drop(content));
                Ok(Draft { site, warnings, images, approved })
            }
            Ok(Assembled { warnings: more, .. }) | Err(more) => {
                // A file that cannot be read is there.
                let unread: HashSet<String> = diagnostics.iter().map(|one| one.path.clone()).collect();
                // What keeps the map or its outlines from being read explains why they do not fit.
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

/// The folders that every content has.
const NEEDED: [&str; 6] = ["data/", "formularer/", "kredse/", "sider/", "tekster/", "udgange/"];

fn missing_folder(folder: &str, sources: &[Source]) -> Diagnostic {
    let others = sources.iter().filter_map(|source| Some(source.path.split_once('/')?.0));
    let hint = hint(folder.trim_end_matches('/'), others);
    let advice = "Er den omdøbt eller flyttet, så giv den dens navn og plads igen.";
    let message = format!("Mappen »{folder}« mangler.{hint} {advice} De andre filer bliver tjekket bagefter.");
    Diagnostic::missing(folder.trim_end_matches('/'), DiagnosticCode::MissingFile, message)
}

/// Drops what looks wrong in translations only because their Danish file could not be read whole: an editor who followed the
/// advice would delete good text.
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
