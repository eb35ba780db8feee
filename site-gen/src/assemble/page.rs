//! Reads an author's page and its translations.

use super::review::{self, Review};
use super::translations::Translations;
use crate::flaw::Flaw;
use crate::front_matter::FrontMatter;
use crate::map::Map;
use crate::markdown::{Body, Headings, render};
use crate::problem::Blame;
use crate::site::Page;

/// A page and the file it comes from, whose links are still to be checked.
pub(super) struct PageDraft<'a> {
    pub(super) page: Page,
    pub(super) body: Body,
    pub(super) blame: Blame<'a>,
    /// When it is to be gone through, if somebody has said so. Its translations are, together with it.
    pub(super) review: Option<Review>,
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
    let (title, description, is_translated, review) = front.read(|map| {
        let answers = [("ja", true), ("nej", false)];
        let is_translated = kind != Kind::Other || map.optional_one_of("oversaettes", &answers).unwrap_or(true);
        (map.text("titel").text.to_owned(), map.text("beskrivelse").text.to_owned(), is_translated, review::review(map))
    });
    let draft = draft(&front, blame, path, title, description, kind);
    PageDraft { page: Page { is_only_danish: !is_translated, ..draft.page }, review, ..draft }
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
    let page = Page { path, title, description, body: body.html.clone(), is_only_danish: false };
    PageDraft { page, body, blame, review: None, kind }
}

impl PageDraft<'_> {
    /// The same page, to be gone through by that day.
    pub(super) fn reviewed(self, review: Option<Review>) -> Self {
        Self { review, ..self }
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
                blame.file(
                    Flaw::StrayTranslation,
                    format!(
                        "Siden findes kun på dansk, for {danish} siger »oversaettes: nej«. Slet den linje, eller slet \
                     denne fil."
                    ),
                );
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
        Some(draft(&front, blame, self.page.path.clone(), title, description, self.kind))
    }
}
