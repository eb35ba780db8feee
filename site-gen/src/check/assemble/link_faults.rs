//! Checks the links of the whole site, once all pages are known.

use super::drafts::Drafts;
use super::kredse::KredsDraft;
use crate::check::build_profile::BuildProfile;
use crate::check::links::Addresses;
use crate::check::outside::OutsideLink;
use crate::check::published::Published;
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::render::Body;
use jiff::Timestamp;
use model::names::Language;
use std::collections::BTreeSet;

/// Registers the address of every page, and checks that each link leads to one at any time it is visible from now on.
/// `base_url` is the address of the site itself. Returns the external links.
pub(super) fn check(
    kredse: &[KredsDraft<'_>],
    danish: &Drafts<'_>,
    translated: &[Drafts<'_>],
    base_url: Option<&str>,
    profile: BuildProfile,
    has_figures: bool,
) -> BTreeSet<OutsideLink> {
    let languages = || [danish].into_iter().chain(translated);
    let mut outside = BTreeSet::new();
    let mut addresses = Addresses::new(profile, base_url);
    for language in languages().map(|drafts| &drafts.language) {
        let at = |path: String| pages::address::in_language(language, &path);
        addresses.insert(at(pages::address::places()), "listen over kommuner og postnumre", &[]);
        addresses.insert(at(pages::address::tour(None)), "listen over de mobile politistationers stop", &[]);
        addresses.insert(at(pages::address::search()), "søgesiden", &[]);
        let of_kredse = kredse.iter().map(|kreds| Some(&kreds.kreds.slug));
        for kreds in [None].into_iter().chain(of_kredse).filter(|_| has_figures) {
            addresses.insert(at(pages::address::figures(kreds)), super::figures::FILE, &[]);
        }
        addresses.insert(at(pages::address::accessibility_statement()), "tilgængelighedserklæringen", &[]);
        for kreds in kredse {
            let at_page = || at(pages::address::controls(&kreds.kreds.slug));
            // The page appears with its first control.
            let first =
                kreds.controls.iter().min_by_key(|control| control.published.begins().unwrap_or(Timestamp::MAX));
            if let Some(first) = first {
                let ids: Vec<String> = kreds.controls.iter().map(|control| control.id.to_string()).collect();
                addresses.insert(at_page(), first.reporter.path, &ids);
                addresses.publish(&at_page(), first.published, first.reporter.path);
            }
            for form in &danish.forms {
                let slug = &kreds.kreds.slug;
                for path in [pages::address::start(slug, &form.id), pages::address::form(slug, &form.id)] {
                    addresses.insert(at(path), form.reporter.path, &[]);
                }
                for signpost in &danish.signposts {
                    let path = pages::address::signpost(slug, &form.id, &signpost.signpost.slug);
                    addresses.insert(at(path), signpost.reporter.path, &signpost.body.headings);
                }
            }
        }
    }
    for draft in danish.written() {
        addresses.add(&draft.page.path, &draft.body.headings, draft.reporter);
        addresses.publish(&draft.page.path, draft.facts.published, draft.reporter.path);
    }
    for drafts in translated {
        let at = |path: &str| pages::address::in_language(&drafts.language, path);
        for draft in drafts.written() {
            addresses.written(at(&draft.page.path), &draft.body.headings, draft.reporter);
        }
        for draft in danish.written() {
            addresses.publish(&at(&draft.page.path), draft.facts.published, draft.reporter.path);
            if !draft.page.is_only_danish {
                addresses.expect(at(&draft.page.path), draft.reporter.path);
            }
        }
    }
    // Only once all pages are known: an old address must not be that of a current page.
    for draft in danish.written() {
        draft.facts.old.iter().for_each(|old| addresses.moved(&old.path, old.at, &draft.page.path, draft.reporter));
    }
    for drafts in languages() {
        let language = &drafts.language;
        let mut check = |own: Option<&str>, published: Published, body: &Body, reporter: Reporter<'_>| {
            for link in &body.links {
                addresses.check(language, own, link, reporter);
                addresses.check_time(published, link, reporter);
                outside.extend(OutsideLink::of(link, reporter.path, base_url));
            }
        };
        for draft in drafts.written() {
            let own = pages::address::in_language(language, &draft.page.path);
            check(Some(&own), draft.facts.published, &draft.body, draft.reporter);
        }
        for control in kredse.iter().flat_map(|kreds| &kreds.controls).filter(|_| *language == Language::danish()) {
            check(None, control.published, &control.body, control.reporter);
        }
        let mut check_all = |body: &Body, reporter: Reporter<'_>| check(None, Published::ALWAYS, body, reporter);
        drafts.forms.iter().for_each(|form| check_all(&form.body, form.reporter));
        drafts.signposts.iter().for_each(|signpost| check_all(&signpost.body, signpost.reporter));
        drafts.reasons.iter().for_each(|reason| check_all(&reason.text.body, reason.text.reporter));
        drafts.blocks.for_each_used(&mut check_all);
        let own = drafts.kredse.iter().flat_map(|kreds| kreds.texts.all());
        drafts.texts.all().chain(own).for_each(|text| check_all(&text.body, text.reporter));
    }
    outside
}
