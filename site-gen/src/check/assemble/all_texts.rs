//! Reads all texts of the content, in all languages, and checks them against each other.

use super::drafts::Drafts;
use super::kredse::{self, KredsDraft};
use super::layout::Layout;
use super::outdated::Compared;
use super::page::PageDraft;
use super::page_facts::PageKind;
use super::settings::{self, Settings};
use super::slugs::Slugs;
use super::{figures, link_faults, map, own_texts, places, signposts, texts};
use crate::check::basis;
use crate::check::build_profile::BuildProfile;
use crate::check::facts::{Facts, Gathering};
use crate::check::outside::OutsideLink;
use crate::diagnostics::diagnostic::Diagnostics;
use crate::markdown::images::Images;
use crate::markdown::passages::OnRead;
use crate::markdown::placeholders::Placeholders;
use ::pages::map::KredsMap;
use model::atlas::Atlas;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeSet;
use std::sync::Arc;

/// All texts, read and checked against each other.
pub(super) struct AllTexts<'a> {
    pub(super) settings: Option<Settings>,
    pub(super) kredse: Vec<KredsDraft<'a>>,
    pub(super) danish: Drafts<'a>,
    pub(super) translated: Vec<Drafts<'a>>,
    pub(super) atlas: Option<Atlas>,
    pub(super) map: Option<KredsMap>,
    pub(super) facts: Vec<Arc<Facts>>,
    pub(super) outside: BTreeSet<OutsideLink>,
    pub(super) compared: Compared<'a>,
}

impl<'a> AllTexts<'a> {
    /// Reads and checks all texts, and reports mistakes in them.
    pub(super) fn read(
        layout: &Layout<'a>,
        images: &'a Images,
        profile: BuildProfile,
        facts: &Gathering<'a>,
        on_read: OnRead<'a>,
        diagnostics: &Diagnostics,
    ) -> Self {
        let form_ids: Vec<_> = layout.forms.iter().map(|(id, _)| id.clone()).collect();
        let blocks = own_texts::blocks(layout, images, on_read);
        let page = |(slug, reporter): &(_, _)| {
            let placeholders = Placeholders::Page(&blocks, None);
            PageDraft::danish(*reporter, PageKind::Other, pages::address::page(slug), placeholders)
        };
        // The kredse do not depend on the national pages, so both are read in parallel.
        let of_kredse = || {
            let kommuner = places::kommuner(layout);
            let (kredse, pages) = kredse::kredse(layout, &form_ids, &kommuner, &blocks);
            (kommuner, kredse, pages, layout.file("sprog/da.yaml").and_then(texts::words))
        };
        let (pages, (kommuner, kredse, kreds_pages, words)): (Vec<_>, _) =
            rayon::join(|| layout.pages.par_iter().with_max_len(crate::AT_ONCE).map(page).collect(), of_kredse);
        let slugs = Slugs::new(&layout.pages, &pages, profile);
        let settings_file = layout.file("indstillinger.md");
        let settings = settings_file.and_then(|reporter| settings::settings(reporter, &slugs));
        let mut danish = Drafts::danish(layout, words, kreds_pages, pages, &slugs, blocks, diagnostics);
        let mut translated: Vec<Drafts<'_>> =
            layout.translations.iter().map(|files| danish.translated(files)).collect();
        Drafts::leave_alone(&mut danish, &mut translated);
        let atlas = places::atlas(layout, kommuner, &kredse, form_ids);
        let map = map::map(layout, &kredse);
        let base_url = settings.as_ref().map(|settings| settings.base_url.as_str());
        let has_figures = layout.file(figures::FILE).is_some();
        let links = || link_faults::check(&kredse, &danish, &translated, base_url, profile, has_figures);
        let of_files = || {
            let all = facts.all();
            let compared = Compared::of(facts.sources, layout.file(basis::FILE), &all);
            (all, compared)
        };
        let (mut outside, (facts, compared)) = rayon::join(links, of_files);
        if let (Some(settings), Some(reporter)) = (&settings, settings_file) {
            outside.extend(OutsideLink::of(&settings.statement_link, reporter.path, base_url));
        }
        own_texts::warn_unused(&danish, &translated);
        for page in danish.written() {
            page.facts.review.iter().for_each(|review| review.warn_if_past(profile.now, page.reporter));
        }
        [&danish]
            .into_iter()
            .chain(&translated)
            .for_each(|drafts| signposts::report_same_answers(&drafts.signposts, &drafts.forms));
        facts.iter().flat_map(|facts| &facts.diagnostics).for_each(|diagnostic| diagnostics.add(diagnostic.clone()));
        Self { settings, kredse, danish, translated, atlas, map, facts, outside, compared }
    }
}
