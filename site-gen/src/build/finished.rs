//! Checks the rendered pages: every link must lead to a file of the site, and to an existing anchor in it.
//!
//! Authors' mistakes are found earlier, at their locations ([`links`](crate::check::links)). This is the safety net: it
//! sees what a browser sees, whether a link comes from a text or a template.

mod address;

use crate::check::phone_numbers::{Approved, plain};
use crate::check::site::Site;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint};
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics};
use crate::output::File;
use crate::output::links::unescaped;
use crate::source::read::{self, Source};
use address::{Place, decoded, place};
use foldhash::fast::FixedState;
use model::names::Language;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

/// The published site.
struct Public<'f> {
    /// The files below the public folder, sorted by path, such as `/fyn/index.html`.
    files: Vec<(&'f str, &'f File)>,
    /// The same files by path.
    by_path: HashMap<&'f str, &'f File, FixedState>,
    base_url: &'f str,
    /// The paths that the function answers.
    answered: Vec<String>,
    approved: Approved,
}

/// A problem with a reference.
#[derive(Debug, PartialEq, Eq)]
enum Fault<'f> {
    Number(String),
    Unreadable,
    NoFile(String),
    /// The file has no such anchor.
    NoPlace(&'f File, String),
}

/// The references that work from every page, and the broken ones, each with its page.
type Judged<'f> = (HashSet<&'f [u8], FixedState>, Vec<(&'f str, &'f str)>);

/// Reports every broken reference: where an author wrote it in the folder `content`, otherwise with the page.
pub(crate) fn faults(files: &[File], site: &Site, approved: Approved, content: &Path) -> Vec<Diagnostic> {
    let danish = Language::danish();
    let forms = site.catalog().forms(&danish);
    let answered =
        forms.map(|form| pages::address::submit(form.id())).chain([pages::address::FIND.to_owned()]).collect();
    let base_url = site.catalog().base_url();
    let files = files.iter().filter_map(|file| Some((file.path.strip_prefix("public")?, file)));
    let public = Public::new(files.collect(), base_url, answered, approved);
    let mut pages: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for (reference, path) in public.wrong() {
        let from = if reference.starts_with('/') { "/" } else { path };
        pages.entry((unescaped(reference), from)).or_default().push(address(path));
    }
    let diagnostics = Diagnostics::default();
    let sources = if pages.is_empty() { Vec::new() } else { read::read(content).sources };
    let written = all_written(&sources);
    for ((reference, from), mut pages) in pages {
        let Some((code, message)) = public.fault(from, &reference).map(|fault| public.message(&fault, &reference))
        else {
            continue;
        };
        // At every location in the content where the link is written.
        match written.get(decoded(&reference).as_str()) {
            Some(places) => {
                places.iter().for_each(|(source, at)| source.reporter(&diagnostics).at_byte(*at, code, &message));
            }
            None => {
                pages.dedup();
                report_page(&pages, code, &message, &diagnostics);
            }
        }
    }
    diagnostics.into_sorted()
}

impl<'f> Public<'f> {
    fn new(files: Vec<(&'f str, &'f File)>, base_url: &'f str, answered: Vec<String>, approved: Approved) -> Self {
        Self { by_path: files.iter().copied().collect(), files, base_url, answered, approved }
    }

    /// The broken references, each with its page, in page order.
    fn wrong(&self) -> Vec<(&'f str, &'f str)> {
        let judge = |(mut right, mut wrong): Judged<'f>, (path, file): &(&'f str, &'f File)| {
            for raw in file.raw_references() {
                if right.contains(raw) {
                    continue;
                }
                let Ok(reference) = str::from_utf8(raw) else { continue };
                if self.fault(path, &unescaped(reference)).is_some() {
                    wrong.push((reference, *path));
                } else if reference.starts_with('/') || reference.contains(':') {
                    // Most are on all pages, and have the same target from each.
                    right.insert(raw);
                }
            }
            (right, wrong)
        };
        let judged = self.files.par_iter().with_max_len(crate::AT_ONCE * 8).fold(Judged::default, judge);
        judged.map(|(_, wrong)| wrong).reduce(Vec::new, |one, other| [one, other].concat())
    }

    /// Checks a reference in the file `from`. `None` if it works.
    fn fault(&self, from: &str, reference: &str) -> Option<Fault<'f>> {
        match place(reference, from, self.base_url) {
            Place::Outside => None,
            Place::Telephone(number) if self.approved.contains_key(&plain(number)) => None,
            Place::Telephone(number) => Some(Fault::Number(number.to_owned())),
            Place::Unknown => Some(Fault::Unreadable),
            Place::Inside { path, .. } if self.answered.contains(&path) => None,
            Place::Inside { path, anchor } => {
                let Some(file) = self.by_path.get(path.as_str()).copied() else { return Some(Fault::NoFile(path)) };
                let anchor = anchor.filter(|anchor| !anchor.is_empty() && *anchor != "top")?;
                let is_there = file.ids().any(|id| unescaped(id) == anchor);
                (!is_there).then_some(Fault::NoPlace(file, anchor))
            }
        }
    }

    /// The code and the message for a broken reference.
    fn message(&self, fault: &Fault<'_>, reference: &str) -> (DiagnosticCode, String) {
        let shown = excerpt(reference);
        match fault {
            Fault::Number(number) => (
                DiagnosticCode::UnapprovedNumber,
                format!("Telefonnummeret »{number}« står ikke på listen over godkendte numre."),
            ),
            Fault::Unreadable => (DiagnosticCode::BadLink, format!("Linket »{shown}« kan en browser ikke følge.")),
            Fault::NoFile(path) => {
                let hint = hint(address(path), self.files.iter().map(|(path, _)| address(path)));
                let message = format!("Linket »{shown}« fører ikke til en fil på hjemmesiden.{hint}");
                (DiagnosticCode::DeadLink, message)
            }
            // A file that is not a page has no anchors.
            Fault::NoPlace(file, anchor) => {
                let ids: BTreeSet<_> = file.ids().map(unescaped).collect();
                let hint = hint(anchor, ids.iter().map(|id| &**id));
                let page = address(file.path.strip_prefix("public").unwrap_or(&file.path));
                let message = format!("Linket »{shown}« fører ikke til noget sted på siden {page}.{hint}");
                (DiagnosticCode::DeadAnchor, message)
            }
        }
    }
}

/// Every link that authors wrote, with its locations: content with many mistakes is searched only once.
fn all_written(sources: &[Source]) -> HashMap<String, Vec<(&Source, usize)>> {
    let mut written: HashMap<String, Vec<(&Source, usize)>> = HashMap::new();
    for source in sources.iter().filter(|source| source.path.ends_with(".md")) {
        for (at, link) in written_links(&source.text) {
            written.entry(decoded(link)).or_default().push((source, at));
        }
    }
    written
}

/// Finds the targets of Markdown links, each with its offset.
fn written_links(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = ["](", "]: ", "<"].into_iter().flat_map(|sign| text.match_indices(sign));
    starts.map(|(at, sign)| {
        let start = at + sign.len();
        let start = start + usize::from(text[start..].starts_with('<'));
        let end = text[start..].find(|end: char| end.is_whitespace() || "()<>".contains(end));
        (start, &text[start..end.map_or(text.len(), |end| start + end)])
    })
}

/// Reports an error in a template, with one of its pages.
fn report_page(pages: &[&str], code: DiagnosticCode, message: &str, diagnostics: &Diagnostics) {
    let Some((first, others)) = pages.split_first() else { return };
    let others = match others.len() {
        0 => String::new(),
        1 => " Det står også på 1 anden side.".to_owned(),
        count => format!(" Det står også på {count} andre sider."),
    };
    let advice = "Det står ikke i nogen tekst, så det er en fejl i programmet; sig det til en udvikler.";
    diagnostics.missing(first, code, &format!("{message} {advice}{others}"));
}

/// The address of a file: for a page, its folder.
fn address(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}

#[cfg(test)]
mod tests;
