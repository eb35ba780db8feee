//! Reads the authors' texts in one language as drafts, which are combined later.

use super::forms::FormDraft;
use super::kredse::KredsPagesDraft;
use super::layout::Layout;
use super::page::PageDraft;
use super::page_facts::PageKind;
use super::reasons::{self, ReasonDraft};
use super::settings::Settings;
use super::signposts::{self, SignpostDraft};
use super::slugs::Slugs;
use super::texts::{self, HELPERS, MISSED_CALL, NO_GUARANTEE, NOT_URGENT, Texts};
use super::translations::Translations;
use crate::check::build_profile::{BuildProfile, Reader};
use crate::check::published::Published;
use crate::check::site::{KredsPages, LanguagePages, Page};
use crate::diagnostics::diagnostic::Diagnostics;
use crate::markdown::includes::Includes;
use crate::markdown::placeholders::Placeholders;
use model::catalog::{LanguageParts, Link};
use model::names::{Language, PageSlug};
use model::words::Words;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeSet;

/// The texts in one language.
pub(super) struct Drafts<'a> {
    pub(super) language: Language,
    words: Option<Words>,
    front: Option<PageDraft<'a>>,
    pages: Vec<PageDraft<'a>>,
    /// The pages of each kreds, in the order of the kredse.
    pub(super) kredse: Vec<KredsPagesDraft<'a>>,
    pub(super) forms: Vec<FormDraft<'a>>,
    pub(super) signposts: Vec<SignpostDraft<'a>>,
    pub(super) reasons: Vec<ReasonDraft<'a>>,
    pub(super) texts: Texts<'a>,
    /// The texts that pages show by placeholder.
    pub(super) blocks: Includes<'a>,
}

impl<'a> Drafts<'a> {
    /// Reads the other Danish files, after those of the kredse and the national pages, whose names are `slugs`.
    pub(super) fn danish(
        layout: &Layout<'a>,
        words: Option<Words>,
        kredse: Vec<KredsPagesDraft<'a>>,
        pages: Vec<PageDraft<'a>>,
        slugs: &Slugs<'_>,
        blocks: Includes<'a>,
        diagnostics: &Diagnostics,
    ) -> Self {
        let placeholders = Placeholders::Page(&blocks, None);
        let front = |reporter| PageDraft::danish(reporter, PageKind::Front, pages::address::front(), placeholders);
        Self {
            language: Language::danish(),
            words,
            front: layout.file("sider/forside.md").map(front),
            pages,
            kredse,
            forms: layout.forms.iter().map(|(id, reporter)| FormDraft::danish(id, slugs, *reporter)).collect(),
            signposts: signposts::signposts(layout, blocks.images, diagnostics),
            reasons: reasons::reasons(layout),
            texts: Texts::read(layout.texts.iter().map(|(name, reporter)| (*name, *reporter))),
            blocks,
        }
    }

    /// Reads the same files in another language, and reports missing ones.
    pub(super) fn translated<'b>(&self, translations: &Translations<'b>) -> Drafts<'b>
    where
        'a: 'b,
    {
        let blocks = self.blocks.translated(|danish| translations.needed(danish, "Skriv den."));
        let placeholders = Placeholders::Page(&blocks, None);
        let front = self.front.as_ref().and_then(|page| page.translated(translations, placeholders));
        let page = |page: &PageDraft<'_>| page.translated(translations, placeholders);
        let pages = || self.pages.par_iter().with_max_len(crate::AT_ONCE).filter_map(page).collect();
        let kredse = || self.kredse.par_iter().map(|kreds| kreds.translated(translations, &blocks)).collect();
        let (pages, (kredse, words)) = rayon::join(pages, || rayon::join(kredse, || texts::words(translations.words)));
        Drafts {
            language: translations.language.clone(),
            words,
            front,
            pages,
            kredse,
            forms: self.forms.iter().filter_map(|form| form.translated(translations)).collect(),
            signposts: self
                .signposts
                .iter()
                .filter_map(|signpost| signpost.translated(translations, blocks.images))
                .collect(),
            reasons: self.reasons.iter().filter_map(|reason| reason.translated(translations)).collect(),
            texts: self.texts.translated(translations),
            blocks,
        }
    }

    /// Marks each unpublished draft that is not translated into every language as Danish only, so that its versions do
    /// not link to each other.
    pub(super) fn leave_alone(danish: &mut Self, translated: &mut [Self]) {
        let is_everywhere =
            |path: &str| translated.iter().all(|drafts| drafts.written().any(|draft| draft.page.path == path));
        let untranslated: BTreeSet<String> = danish
            .written()
            .filter(|draft| draft.facts.published == Published::Never && !is_everywhere(&draft.page.path))
            .map(|draft| draft.page.path.clone())
            .collect();
        for drafts in [danish].into_iter().chain(translated) {
            let own = drafts.kredse.iter_mut().flat_map(|kreds| &mut kreds.own);
            for draft in drafts.pages.iter_mut().chain(own) {
                draft.page.is_only_danish |= untranslated.contains(&draft.page.path);
            }
        }
    }

    /// Iterates over all pages that authors wrote.
    pub(super) fn written(&self) -> impl Iterator<Item = &PageDraft<'a>> {
        let fronts = self.kredse.iter().filter_map(|kreds| Some(&kreds.front.as_ref()?.page));
        let own = self.kredse.iter().flat_map(|kreds| &kreds.own);
        let tours = self.kredse.iter().filter_map(|kreds| Some(&kreds.tour.as_ref()?.page));
        self.front.iter().chain(fronts).chain(own).chain(tours).chain(&self.pages)
    }

    /// Collects the texts around the forms. `None` if one is missing or invalid, which is reported.
    pub(super) fn texts(&self, settings: &Settings, danish: &Self) -> Option<LanguageParts> {
        let link = |slug: &PageSlug| {
            let path = pages::address::page(slug);
            let page =
                |drafts: &Drafts<'_>| Some(drafts.pages.iter().find(|draft| draft.page.path == path)?.page.clone());
            if let Some(page) = page(self) {
                let href = pages::address::in_language(&self.language, &path);
                return Some(Link { title: page.title, href, language: None });
            }
            let page = page(danish).filter(|page| page.is_only_danish)?;
            Some(Link { title: page.title, href: path, language: Some(Language::danish()) })
        };
        let topics = danish.forms.iter().filter_map(|draft| draft.form.as_ref()?.topic());
        let choices = topics.flat_map(|topic| topic.kind.choices()).flatten();
        let advice = choices.filter_map(|choice| choice.advice.as_ref());
        Some(LanguageParts {
            words: self.words.clone()?,
            no_guarantee: self.texts.html(NO_GUARANTEE)?,
            privacy_notice: self.texts.privacy_notice.clone()?,
            not_urgent: self.texts.html(NOT_URGENT)?,
            helpers: self.texts.html(HELPERS),
            missed_call: self.texts.html(MISSED_CALL),
            signposts: self.signposts.iter().map(|draft| draft.signpost.clone()).collect(),
            advice: advice.filter_map(|slug| Some((slug.clone(), link(slug)?))).collect(),
            footer: settings.footer.iter().filter_map(link).collect(),
        })
    }

    /// Selects the pages of an edition. `None` if a required page is missing, which is reported.
    pub(super) fn into_pages(self, profile: BuildProfile) -> Option<LanguagePages> {
        let page = |draft: PageDraft<'_>| {
            let unpublished = draft.facts.published.missing(profile.now);
            let is_there = unpublished.is_none() || profile.reader == Reader::Author;
            is_there.then_some(Page { unpublished, ..draft.page })
        };
        let pages = |drafts: Vec<PageDraft<'_>>| -> Vec<Page> { drafts.into_par_iter().filter_map(page).collect() };
        let kreds = |kreds: KredsPagesDraft<'_>| {
            let tour = kreds.tour.map(|tour| tour.page.page);
            Some(KredsPages { front: kreds.front?.page.page, own: pages(kreds.own), tour })
        };
        Some(LanguagePages {
            front: self.front?.page,
            pages: pages(self.pages),
            kredse: self.kredse.into_iter().map(kreds).collect::<Option<_>>()?,
        })
    }
}
