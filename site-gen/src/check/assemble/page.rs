//! Reads an author's page and its translations.

use super::date;
use super::history::{History, OldAddress};
use super::publication;
use super::review::{self, Review};
use super::translations::Translations;
use crate::check::published::Published;
use crate::check::site::Page;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::passages::of_front_matter;
use crate::markdown::placeholders::Placeholders;
use crate::markdown::render::{Body, Link, render_with};
use crate::markdown::target::{Target, target};
use crate::source::front_matter::FrontMatter;
use crate::source::map::Map;

/// A page and the file it comes from, whose links are still to be checked.
pub(super) struct PageDraft<'a> {
    pub(super) page: Page,
    pub(super) body: Body,
    pub(super) reporter: Reporter<'a>,
    /// When it is on the site, in every language.
    pub(super) published: Published,
    /// Where it was before; a translation was where the Danish page was.
    pub(super) old: Vec<OldAddress>,
    /// When it is to be gone through, if somebody has said so. Its translations are, together with it.
    pub(super) review: Option<Review>,
    /// True if its front matter could be read: otherwise its statements on translations are unknown.
    is_readable: bool,
    kind: Kind,
}

/// The kind of a page, which decides what its translations hold and whether there must be one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The national front page.
    Front,
    /// A kreds's front page, whose title is a name.
    Kreds,
    /// A kreds's tour.
    Tour,
    /// A page of a kreds's own, which may say that it is in Danish only, and since when it is news.
    Own,
    /// Any other page, which may say that it is in Danish only.
    Other,
}

/// The Danish page in a file, at its address.
pub(super) fn page<'a>(
    reporter: Reporter<'a>,
    path: String,
    kind: Kind,
    placeholders: Placeholders<'_>,
) -> PageDraft<'a> {
    let front = FrontMatter::of(reporter);
    let (title, description, is_translated, history, quick_exit, news, review, published) = front.read(|map| {
        let answers = [("ja", true), ("nej", false)];
        let is_other = matches!(kind, Kind::Own | Kind::Other);
        let published = if is_other {
            publication::publication(map, reporter)
        } else {
            publication::refuse(map, reporter, "forsiden");
            Published::ALWAYS
        };
        let is_translated = !is_other || map.optional_one_of("oversaettes", &answers).unwrap_or(true);
        let is_news = || map.optional_parsed("nyhed", date::DATE, date::parse);
        let news = (kind == Kind::Own).then(is_news).flatten();
        let rule = "adressen på en side, som ingen lægger mærke til, for eksempel https://www.dmi.dk";
        let quick_exit = is_other.then(|| map.optional_parsed("hurtig_udgang", rule, outside)).flatten();
        let quick_exit = quick_exit.map(|address| (map.has("hurtig_udgang").unwrap_or(Location::START), address));
        let line = |key| placeholders.line(map.text(key), reporter);
        let (history, review) = (History::read(map, reporter), review::review(map));
        (line("titel"), line("beskrivelse"), is_translated, history, quick_exit, news, review, published)
    });
    let mut draft =
        draft(&front, reporter, path, title, description, kind, placeholders).with(history).reviewed(review);
    let quick_exit = quick_exit.map(|(at, address)| {
        draft.body.links.push(Link { at, target: Target::Web(address.clone()) });
        address
    });
    PageDraft { page: Page { is_only_danish: !is_translated, quick_exit, news, ..draft.page }, published, ..draft }
}

/// The address of a page of another site, if it is one.
fn outside(written: &str) -> Option<String> {
    const SCHEME: &str = "https://";
    let is_secure = written.get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
    (is_secure && matches!(target(written), Target::Web(_))).then(|| written.to_owned())
}

/// The page with what its front matter says and the text below it.
pub(super) fn draft<'a>(
    front: &FrontMatter<'_>,
    reporter: Reporter<'a>,
    path: String,
    title: String,
    description: String,
    kind: Kind,
    placeholders: Placeholders<'_>,
) -> PageDraft<'a> {
    let mut body = render_with(reporter, front.body, placeholders.headings(), placeholders);
    if let Placeholders::Page(blocks, _) = placeholders {
        let mut passages = of_front_matter(front);
        // With their memory: a draft is kept until all are read.
        passages.extend(std::mem::take(&mut body.passages));
        (blocks.on_read)(reporter.path, front, &passages);
    }
    let (is_only_danish, news, old_paths, edited, quick_exit, unpublished) = Default::default();
    let html = body.html.clone();
    let page =
        Page { path, title, description, body: html, is_only_danish, news, old_paths, edited, quick_exit, unpublished };
    let (is_readable, published) = (front.is_readable(), Published::ALWAYS);
    PageDraft { page, body, reporter, published, old: Vec::new(), review: None, is_readable, kind }
}

impl PageDraft<'_> {
    /// The page with what its author says of earlier days.
    pub(super) fn with(mut self, history: History) -> Self {
        self.page.old_paths = history.old.iter().map(|old| old.path.clone()).collect();
        self.page.edited = history.edited;
        Self { old: history.old, ..self }
    }

    /// The same page, to be gone through by that day.
    pub(super) fn reviewed(self, review: Option<Review>) -> Self {
        Self { review, ..self }
    }

    /// True if its author wrote `oversættes: nej` or the like, which is reported as a mistake.
    fn is_meant_danish(&self) -> bool {
        let mut front = self.reporter.text.lines().skip(1).take_while(|line| line.trim_end() != "---");
        front.any(|line| line.to_lowercase().starts_with("overs") && !line.starts_with("oversaettes:"))
    }

    /// The page in another language; none if there is none, which is reported unless the Danish page wants it so.
    pub(super) fn translated<'a>(
        &self,
        translations: &Translations<'a>,
        placeholders: Placeholders<'_>,
    ) -> Option<PageDraft<'a>> {
        self.translated_with(translations, placeholders, |_, _| ())
    }

    /// The same; `reading` asks the translation's front matter for what belongs to this page only.
    pub(super) fn translated_with<'a>(
        &self,
        translations: &Translations<'a>,
        placeholders: Placeholders<'_>,
        reading: impl FnOnce(&Map<'_>, Reporter<'a>),
    ) -> Option<PageDraft<'a>> {
        let danish = self.reporter.path;
        if self.page.is_only_danish {
            if let Some(reporter) = translations.find(danish) {
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
        let advice = match self.kind {
            Kind::Own | Kind::Other => {
                "Skriv den, eller skriv »oversaettes: nej« øverst i filen her, hvis siden kun skal være på dansk."
            }
            Kind::Front | Kind::Kreds | Kind::Tour => "Skriv den.",
        };
        // Who is not done with a page need not have it translated.
        let found = translations.find(danish);
        let reporter = match self.published {
            Published::Never => found?,
            Published::During { .. } if found.is_none() && (!self.is_readable || self.is_meant_danish()) => {
                return None;
            }
            Published::During { .. } => translations.needed(self.reporter, advice)?,
        };
        let front = FrontMatter::of(reporter);
        let (title, description) = front.read(|map| {
            reading(map, reporter);
            let title = match self.kind {
                Kind::Kreds => self.page.title.clone(),
                Kind::Front | Kind::Tour | Kind::Own | Kind::Other => placeholders.line(map.text("titel"), reporter),
            };
            (title, placeholders.line(map.text("beskrivelse"), reporter))
        });
        let mut page = draft(&front, reporter, self.page.path.clone(), title, description, self.kind, placeholders);
        let missing = self.body.inserted.iter().find(|name| !page.body.inserted.contains(name));
        if let Some(name) = missing {
            let advice = format!("Sæt »{{{name}}}« ind på en linje for sig selv.");
            reporter.warn_at(
                reporter.spot(front.body),
                DiagnosticCode::MissingPart,
                format!("Siden viser ikke teksten »{name}«, som {danish} viser. {advice}"),
            );
        }
        page.page.old_paths.clone_from(&self.page.old_paths);
        page.page.edited = self.page.edited;
        page.page.quick_exit.clone_from(&self.page.quick_exit);
        Some(PageDraft { published: self.published, ..page })
    }
}
