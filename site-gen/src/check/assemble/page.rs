//! Reads an author's page, in Danish or as a translation.

use super::page_facts::{Facts, PageKind, QUICK_EXIT};
use super::translations::Translations;
use crate::check::published::Published;
use crate::check::site::Page;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::passages::of_front_matter;
use crate::markdown::placeholders::Placeholders;
use crate::markdown::render::{Body, Link, render_with};
use crate::markdown::target::Target;
use crate::source::front_matter::FrontMatter;
use crate::source::map::Map;

/// A page and its file. Its links are not checked yet.
pub(super) struct PageDraft<'a> {
    pub(super) page: Page,
    pub(super) facts: Facts,
    pub(super) body: Body,
    pub(super) reporter: Reporter<'a>,
    /// True if its front matter could be read. Otherwise it is unknown whether the page is to be translated.
    is_readable: bool,
}

/// The source of everything but the texts of a page.
pub(super) enum Origin<'d> {
    /// The file itself, which is Danish, with the address of its page.
    Danish(PageKind, String),
    /// The Danish page, which the file translates.
    Translation(&'d PageDraft<'d>),
}

impl<'a> PageDraft<'a> {
    /// Reads the Danish page in a file.
    pub(super) fn danish(reporter: Reporter<'a>, kind: PageKind, path: String, placeholders: Placeholders<'_>) -> Self {
        let front = FrontMatter::of(reporter);
        front.read(|map| Self::read(&front, map, Origin::Danish(kind, path), placeholders, reporter))
    }

    /// Reads the page in another language. `None` if there is no translation: see [`translation`](Self::translation).
    pub(super) fn translated<'b>(
        &self,
        translations: &Translations<'b>,
        placeholders: Placeholders<'_>,
    ) -> Option<PageDraft<'b>> {
        let reporter = self.translation(translations)?;
        let front = FrontMatter::of(reporter);
        Some(front.read(|map| PageDraft::read(&front, map, Origin::Translation(self), placeholders, reporter)))
    }

    /// Reads the page in a file in any language. `map` is its front matter.
    pub(super) fn read(
        front: &FrontMatter<'_>,
        map: &Map<'_>,
        origin: Origin<'_>,
        placeholders: Placeholders<'_>,
        reporter: Reporter<'a>,
    ) -> Self {
        let mut body = render_with(reporter, front.body, placeholders.headings(), placeholders);
        if let Placeholders::Page(blocks, _) = placeholders {
            let mut passages = of_front_matter(front);
            // Taken, not cloned: a draft stays in memory until all files are read.
            passages.extend(std::mem::take(&mut body.passages));
            (blocks.on_read)(reporter.path, front, &passages);
        }
        let (page, facts) = match origin {
            Origin::Danish(kind, path) => {
                let mut page = Page { path, ..Page::default() };
                let facts = Facts::read(map, kind, &mut page, reporter);
                let exit = page.quick_exit.clone().zip(map.has(QUICK_EXIT));
                body.links.extend(exit.map(|(address, at)| Link { at, target: Target::Web(address) }));
                (page, facts)
            }
            Origin::Translation(danish) => {
                if let Some(name) = danish.body.inserted.iter().find(|name| !body.inserted.contains(name)) {
                    let advice = format!("Sæt »{{{name}}}« ind på en linje for sig selv.");
                    let path = danish.reporter.path;
                    reporter.warn_at(
                        reporter.spot(front.body),
                        DiagnosticCode::MissingPart,
                        format!("Siden viser ikke teksten »{name}«, som {path} viser. {advice}"),
                    );
                }
                (danish.page.clone(), danish.facts.clone())
            }
        };
        let line = |key| placeholders.line(map.text(key), reporter);
        let title = match (facts.kind, placeholders) {
            (PageKind::Kreds, Placeholders::Page(_, Some(values))) => values.name.clone(),
            _ => line("titel"),
        };
        let page = Page { title, description: line("beskrivelse"), body: body.html.clone(), ..page };
        Self { page, facts, body, reporter, is_readable: front.is_readable() }
    }

    /// The page's translation. A missing one is reported, unless the Danish page is a draft or is not to be translated.
    pub(super) fn translation<'b>(&self, translations: &Translations<'b>) -> Option<Reporter<'b>> {
        let danish = self.reporter.path;
        let found = translations.find(danish);
        if self.page.is_only_danish {
            if let Some(reporter) = found {
                reporter.file(
                    DiagnosticCode::StrayTranslation,
                    format!(
                        "Siden findes kun på dansk, for {danish} siger »oversaettes: nej«. Slet den linje, eller slet \
                     denne fil."
                    ),
                );
            }
            return None;
        }
        let advice = match self.facts.kind {
            PageKind::Own | PageKind::Other => {
                "Skriv den, eller skriv »oversaettes: nej« øverst i filen her, hvis siden kun skal være på dansk."
            }
            PageKind::Front | PageKind::Kreds | PageKind::Tour => "Skriv den.",
        };
        match self.facts.published {
            // A draft need not be translated.
            Published::Never => found,
            Published::During { .. } if found.is_none() && (!self.is_readable || self.is_meant_danish()) => None,
            Published::During { .. } => translations.needed(self.reporter, advice),
        }
    }

    /// True if its author misspelt `oversaettes`, as in `oversættes: nej`, which is reported as a mistake.
    fn is_meant_danish(&self) -> bool {
        let mut front = self.reporter.text.lines().skip(1).take_while(|line| line.trim_end() != "---");
        front.any(|line| line.to_lowercase().starts_with("overs") && !line.starts_with("oversaettes:"))
    }
}
