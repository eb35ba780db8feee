//! Judges the finished pages: whether every link leads to a file of the site, and to what it names there.
//!
//! Mistakes of authors are found before, where they stand ([`links`](crate::check::links)). This is the net below: it sees
//! what a browser sees, however a link came about, in a text or in a template.

mod address;
mod html;

use crate::check::assemble;
use crate::check::phone_numbers::{Approved, plain};
use crate::check::site::Site;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint};
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics};
use crate::output::File;
use crate::source::read::Source;
use address::{Place, decoded, place};
use html::Page;
use model::names::Language;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The site as it is published.
struct Public<'f> {
    /// The files below the public folder, `/fyn/index.html`, with what is read of a page.
    files: BTreeMap<&'f str, Option<Arc<Page>>>,
    base_url: &'f str,
    /// Where the function answers.
    answered: Vec<String>,
    approved: Approved,
}

/// The bytes of a page, and what was read of them.
type Read = (Arc<[u8]>, Arc<Page>);

/// Judges one build after another, and reads only those pages that are others than before.
#[derive(Default)]
pub(crate) struct Judge {
    /// The last pages by path.
    read: HashMap<String, Read>,
}

impl Judge {
    /// Reads the pages of a build.
    pub(crate) fn read(&mut self, files: &[File]) {
        let mut last = std::mem::take(&mut self.read);
        let pages = files.iter().filter(|file| file.path.ends_with(".html"));
        let pages: Vec<_> = pages.map(|file| (file, last.remove(&file.path))).collect();
        let read = |(file, last): (&File, Option<Read>)| {
            let page = match last {
                Some((bytes, page)) if bytes == file.bytes => (bytes, page),
                _ => (file.bytes.clone(), Arc::new(html::read(&file.bytes))),
            };
            (file.path.clone(), page)
        };
        self.read = pages.into_par_iter().map(read).collect();
    }

    /// What the pages that were read last may make a browser fetch from a folder of the site.
    pub(crate) fn references<'j>(&'j self, folder: &'j str) -> impl Iterator<Item = &'j str> {
        let pages = self.read.values();
        pages.flat_map(move |(_, page)| page.below(folder))
    }

    /// Everything that leads nowhere from the pages that were read last: at its place where an author wrote it, else with the
    /// page.
    pub(crate) fn faults(&self, files: &[File], site: &Site, sources: &[Source]) -> Vec<Diagnostic> {
        let public = files.iter().filter_map(|file| {
            let path = file.path.strip_prefix("public")?;
            Some((path, self.read.get(&file.path).map(|(_, page)| Arc::clone(page))))
        });
        faults(public.collect(), site, sources)
    }
}

fn faults(files: BTreeMap<&str, Option<Arc<Page>>>, site: &Site, sources: &[Source]) -> Vec<Diagnostic> {
    let danish = Language::danish();
    let forms = site.catalog().forms(&danish);
    let answered =
        forms.map(|form| pages::address::submit(form.id())).chain([pages::address::FIND.to_owned()]).collect();
    let (base_url, approved) = (site.catalog().base_url(), assemble::approved_numbers(sources));
    let public = Public { files, base_url, answered, approved };
    // Most stand on all pages, and lead to the same place from each.
    let mut pages: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (path, page) in public.files.iter().filter_map(|(path, page)| Some((*path, page.as_ref()?))) {
        for reference in &page.references {
            let from = if reference.starts_with('/') { "/" } else { path };
            pages.entry((reference, from)).or_default().push(address(path));
        }
    }
    let diagnostics = Diagnostics::default();
    for ((reference, from), pages) in pages {
        let Some((code, message)) = public.fault(from, reference) else { continue };
        if !report_authors(reference, code, &message, sources, &diagnostics) {
            report_page(&pages, code, &message, &diagnostics);
        }
    }
    diagnostics.into_sorted()
}

impl Public<'_> {
    /// What is wrong with a reference in the file `from`, if anything is.
    fn fault(&self, from: &str, reference: &str) -> Option<(DiagnosticCode, String)> {
        let shown = excerpt(reference);
        match place(reference, from, self.base_url) {
            Place::Outside => None,
            Place::Telephone(number) if self.approved.contains_key(&plain(number)) => None,
            Place::Telephone(number) => Some((
                DiagnosticCode::UnapprovedNumber,
                format!("Telefonnummeret »{number}« står ikke på listen over godkendte numre."),
            )),
            Place::Unknown => Some((DiagnosticCode::BadLink, format!("Linket »{shown}« kan en browser ikke følge."))),
            Place::Inside { path, .. } if self.answered.contains(&path) => None,
            Place::Inside { path, anchor } => self.inside_fault(&shown, &path, anchor.as_deref()),
        }
    }

    fn inside_fault(&self, shown: &str, path: &str, anchor: Option<&str>) -> Option<(DiagnosticCode, String)> {
        let Some(file) = self.files.get(path) else {
            let known = self.files.keys().map(|path| address(path));
            let hint = hint(address(path), known);
            return Some((
                DiagnosticCode::DeadLink,
                format!("Linket »{shown}« fører ikke til en fil på hjemmesiden.{hint}"),
            ));
        };
        let anchor = anchor.filter(|anchor| !anchor.is_empty() && *anchor != "top")?;
        // What is no page has no places of its own.
        let ids = file.as_ref().map(|page| &page.ids);
        if ids.is_some_and(|ids| ids.contains(anchor)) {
            return None;
        }
        let hint = hint(anchor, ids.into_iter().flatten().map(String::as_str));
        Some((
            DiagnosticCode::DeadAnchor,
            format!("Linket »{shown}« fører ikke til noget sted på siden {}.{hint}", address(path)),
        ))
    }
}

/// Blames every place in the content where the link is written; says whether there is one.
fn report_authors(
    value: &str,
    code: DiagnosticCode,
    message: &str,
    sources: &[Source],
    diagnostics: &Diagnostics,
) -> bool {
    let wanted = decoded(value);
    let mut is_found = false;
    for source in sources.iter().filter(|source| source.path.ends_with(".md")) {
        for (at, _) in written_links(&source.text).filter(|(_, link)| decoded(link) == wanted) {
            is_found = true;
            source.reporter(diagnostics).at_byte(at, code, message);
        }
    }
    is_found
}

/// What stands where links are written in Markdown, and where.
fn written_links(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = ["](", "]: ", "<"].into_iter().flat_map(|sign| text.match_indices(sign));
    starts.map(|(at, sign)| {
        let start = at + sign.len();
        let start = start + usize::from(text[start..].starts_with('<'));
        let end = text[start..].find(|end: char| end.is_whitespace() || "()<>".contains(end));
        (start, &text[start..end.map_or(text.len(), |end| start + end)])
    })
}

/// Blames a template, by one page it has made.
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

/// The address of a file: that of a page's folder, where it is one.
fn address(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public() -> Public<'static> {
        let page = |html: &str| Some(Arc::new(html::read(html.as_bytes())));
        let files = [
            ("/index.html", page("<h2 id=frist>")),
            ("/en/fyn/index.html", page("<h2 id=deadline>")),
            ("/billeder/kort.png", None),
        ];
        let approved = [("114".to_owned(), "114".to_owned())].into();
        Public { files: files.into(), base_url: "https://a.example", answered: vec!["/indsend/a".to_owned()], approved }
    }

    #[test]
    fn whatever_leads_nowhere_is_found_in_every_spelling() {
        for (reference, code) in [
            ("/fyn/", DiagnosticCode::DeadLink),
            ("/en/fyn", DiagnosticCode::DeadLink),
            ("/EN/fyn/", DiagnosticCode::DeadLink),
            ("../nord/", DiagnosticCode::DeadLink),
            ("https://a.example/fyn/", DiagnosticCode::DeadLink),
            ("/billeder/kort.jpg", DiagnosticCode::DeadLink),
            ("/indsend/b", DiagnosticCode::DeadLink),
            ("#frist", DiagnosticCode::DeadAnchor),
            ("/#deadline", DiagnosticCode::DeadAnchor),
            ("/?a#frister", DiagnosticCode::DeadAnchor),
            ("/billeder/kort.png#a", DiagnosticCode::DeadAnchor),
            ("", DiagnosticCode::BadLink),
            ("//b.example/", DiagnosticCode::BadLink),
            ("javascript:alert(1)", DiagnosticCode::BadLink),
            ("tel:115", DiagnosticCode::UnapprovedNumber),
        ] {
            let fault = public().fault("/en/fyn/index.html", reference);
            assert_eq!(fault.map(|(code, _)| code), Some(code), "{reference}");
        }
    }

    #[test]
    fn whatever_leads_somewhere_passes_in_every_spelling() {
        for reference in [
            "/",
            "/index.html#frist",
            "/?a=b#frist",
            "/#%66rist",
            "/en/fyn/",
            "/%65n/fyn/index.html",
            "../fyn/",
            "../../",
            "#deadline",
            "#",
            "#top",
            "?a",
            "https://a.example",
            "https://a.example/#frist",
            "/billeder/kort.png?1",
            "/indsend/a#fejl",
            "https://b.example/x",
            "mailto:a@b.example",
            "tel:114",
        ] {
            assert_eq!(public().fault("/en/fyn/index.html", reference), None, "{reference}");
        }
    }

    #[test]
    fn an_author_is_told_of_each_place_and_a_template_once() {
        let text = "---\n---\n[a](/fyn/) og <tel:115>\n\n[b]: </f%79n/> \"titel\"\n";
        let sources = [Source { path: "sider/a.md".to_owned(), text: text.into() }];
        let diagnostics = Diagnostics::default();
        assert!(report_authors("/fyn/", DiagnosticCode::DeadLink, "Død.", &sources, &diagnostics));
        assert!(report_authors("tel:115", DiagnosticCode::UnapprovedNumber, "Ukendt.", &sources, &diagnostics));
        assert!(!report_authors("/nord/", DiagnosticCode::DeadLink, "Død.", &sources, &diagnostics));
        report_page(&["/", "/en/", "/fyn/"], DiagnosticCode::DeadLink, "Død.", &diagnostics);
        let told: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "/: Død. Det står ikke i nogen tekst, så det er en fejl i programmet; sig det til en udvikler. Det står også på 2 andre sider.",
                "sider/a.md:3:5: Død.",
                "sider/a.md:3:16: Ukendt.",
                "sider/a.md:5:7: Død.",
            ]
        );
    }
}
