//! Reads an author's page and its translations.

use super::history::{History, OldAddress};
use super::translations::Translations;
use crate::front_matter::FrontMatter;
use crate::map::Map;
use crate::markdown::{Body, Headings, render};
use crate::problem::Blame;
use crate::site::Page;
use crate::target::{Target, target};

/// A page and the file it comes from, whose links are still to be checked.
pub(super) struct PageDraft<'a> {
    pub(super) page: Page,
    pub(super) body: Body,
    pub(super) blame: Blame<'a>,
    /// Where it was before; a translation was where the Danish page was.
    pub(super) old: Vec<OldAddress>,
    kind: Kind,
}

/// What a page is, which decides what its translations hold and whether there must be one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The national front page.
    Front,
    /// A kreds's front page, whose title is a name.
    Kreds,
    /// Any other page, which may say that it is in Danish only.
    Other,
}

/// The Danish page in a file, at its address.
pub(super) fn page(blame: Blame<'_>, path: String, kind: Kind) -> PageDraft<'_> {
    let front = FrontMatter::of(blame);
    let (title, description, is_translated, history, quick_exit) = front.read(|map| {
        let answers = [("ja", true), ("nej", false)];
        let is_translated = kind != Kind::Other || map.optional_one_of("oversaettes", &answers).unwrap_or(true);
        let (title, description) = (map.text("titel").text.to_owned(), map.text("beskrivelse").text.to_owned());
        let rule = "adressen på en side, som ingen lægger mærke til, for eksempel https://www.dmi.dk";
        let is_other = kind == Kind::Other;
        let quick_exit = is_other.then(|| map.optional_parsed("hurtig_udgang", rule, outside)).flatten();
        (title, description, is_translated, History::read(map, blame), quick_exit)
    });
    let draft = draft(&front, blame, path, title, description, kind).with(history);
    PageDraft { page: Page { is_only_danish: !is_translated, quick_exit, ..draft.page }, ..draft }
}

/// The address of a page of another site, if it is one.
fn outside(written: &str) -> Option<String> {
    let is_outside = written.starts_with("https://") && target(written) == Target::Outside;
    is_outside.then(|| written.to_owned())
}

/// The page with what its front matter says and the text below it.
pub(super) fn draft<'a>(
    front: &FrontMatter<'_>,
    blame: Blame<'a>,
    path: String,
    title: String,
    description: String,
    kind: Kind,
) -> PageDraft<'a> {
    let body = render(blame, front.body, Headings::Allowed);
    let (is_only_danish, old_paths, edited, quick_exit) = Default::default();
    let page =
        Page { path, title, description, body: body.html.clone(), is_only_danish, old_paths, edited, quick_exit };
    PageDraft { page, body, blame, old: Vec::new(), kind }
}

impl PageDraft<'_> {
    /// The page with what its author says of earlier days.
    pub(super) fn with(mut self, history: History) -> Self {
        self.page.old_paths = history.old.iter().map(|old| old.path.clone()).collect();
        self.page.edited = history.edited;
        Self { old: history.old, ..self }
    }

    /// The page in another language; none if there is none, which is reported unless the Danish page wants it so.
    pub(super) fn translated<'a>(&self, translations: &Translations<'a>) -> Option<PageDraft<'a>> {
        self.translated_with(translations, |_, _| ())
    }

    /// The same; `reading` asks the translation's front matter for what belongs to this page only.
    pub(super) fn translated_with<'a>(
        &self,
        translations: &Translations<'a>,
        reading: impl FnOnce(&Map<'_>, Blame<'a>),
    ) -> Option<PageDraft<'a>> {
        let danish = self.blame.path;
        if self.page.is_only_danish {
            if let Some(blame) = translations.find(danish) {
                blame.file(format!(
                    "Siden findes kun på dansk, for {danish} siger »oversaettes: nej«. Slet den linje, eller slet \
                     denne fil."
                ));
            }
            return None;
        }
        let advice = match self.kind {
            Kind::Other => {
                "Skriv den, eller skriv »oversaettes: nej« øverst i filen her, hvis siden kun skal være på dansk."
            }
            Kind::Front | Kind::Kreds => "Skriv den.",
        };
        let blame = translations.needed(self.blame, advice)?;
        let front = FrontMatter::of(blame);
        let (title, description) = front.read(|map| {
            map.translates(danish);
            reading(map, blame);
            let title = match self.kind {
                Kind::Kreds => self.page.title.clone(),
                Kind::Front | Kind::Other => map.text("titel").text.to_owned(),
            };
            (title, map.text("beskrivelse").text.to_owned())
        });
        let mut twin = draft(&front, blame, self.page.path.clone(), title, description, self.kind);
        twin.page.old_paths.clone_from(&self.page.old_paths);
        twin.page.edited = self.page.edited;
        twin.page.quick_exit.clone_from(&self.page.quick_exit);
        Some(twin)
    }
}
