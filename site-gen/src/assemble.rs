//! Makes a checked site of the content's files: the only place that can blame an author.

mod field;
mod form_faults;
mod forms;
mod kredse;
mod layout;
mod page;
mod places;
mod settings;
mod table;
mod texts;

use crate::links::Addresses;
use crate::problem::{Problem, Problems};
use crate::read::Source;
use crate::site::{KredsPages, Page, Site};
use forms::FormDraft;
use kredse::KredsDraft;
use layout::Layout;
use model::catalog::{Catalog, CatalogParts, LanguageParts, Link};
use model::names::Language;
use page::PageDraft;
use std::collections::BTreeMap;
use texts::Texts;

/// The site that the files make, or everything that is wrong with them, sorted by file, line and column.
///
/// What cannot be read is replaced by a stand-in, so that one run finds the other mistakes too; no stand-in can reach
/// a site, since there is none while there is a problem.
pub fn assemble(sources: &[Source]) -> Result<Site, Vec<Problem>> {
    let problems = Problems::default();
    let site = site(sources, &problems);
    if site.is_none() && problems.count() == 0 {
        problems.missing(
            "content",
            "Indholdet kan ikke sættes sammen. Det er en fejl i programmet; sig det til en udvikler.",
        );
    }
    match (site, problems.into_sorted()) {
        (Some(site), problems) if problems.is_empty() => Ok(site),
        (_, problems) => Err(problems),
    }
}

/// What authors wrote, read but not yet fitted together.
struct Drafts<'a> {
    front: Option<PageDraft<'a>>,
    pages: Vec<PageDraft<'a>>,
    kredse: Vec<KredsDraft<'a>>,
    forms: Vec<FormDraft<'a>>,
    texts: Texts<'a>,
}

fn site(sources: &[Source], problems: &Problems) -> Option<Site> {
    let layout = Layout::of(sources, problems);
    let form_ids: Vec<_> = layout.forms.iter().map(|(id, _)| id.clone()).collect();
    let settings = layout.settings.and_then(|blame| settings::settings(blame, &layout));
    let words = layout.words.and_then(texts::words);
    let drafts = Drafts {
        front: layout.front.map(|blame| page::page(blame, pages::address::front())),
        pages: layout.pages.iter().map(|(slug, blame)| page::page(*blame, pages::address::page(slug))).collect(),
        kredse: kredse::kredse(&layout, &form_ids),
        forms: layout.forms.iter().map(|(id, blame)| forms::form(id, *blame)).collect(),
        texts: texts::texts(&layout),
    };
    let atlas = places::atlas(&layout, &drafts.kredse, form_ids);
    check_links(&drafts);

    let settings = settings?;
    let footer = settings.footer.iter().filter_map(|slug| {
        let path = pages::address::page(slug);
        let page = drafts.pages.iter().find(|draft| draft.page.path == path)?;
        Some(Link { title: page.page.title.clone(), href: path })
    });
    let texts = LanguageParts {
        words: words?,
        no_guarantee: drafts.texts.no_guarantee.as_ref()?.body.html.clone(),
        privacy_notice: drafts.texts.privacy_notice.as_ref()?.body.html.clone(),
        not_urgent: drafts.texts.not_urgent.as_ref()?.body.html.clone(),
        footer: footer.collect(),
    };
    let parts = CatalogParts {
        site_name: settings.name,
        base_url: settings.base_url,
        fallback: settings.fallback,
        atlas: atlas?,
        forms: drafts.forms.into_iter().map(|draft| draft.form).collect::<Option<_>>()?,
        languages: BTreeMap::from([(Language::danish(), texts)]),
    };
    let catalog = match Catalog::new(parts) {
        Ok(catalog) => catalog,
        Err(faults) => {
            faults.iter().for_each(|fault| problems.missing("content", &format!("Kataloget kan ikke laves: {fault}.")));
            return None;
        }
    };
    let pages = |drafts: Vec<PageDraft<'_>>| -> Vec<Page> { drafts.into_iter().map(|draft| draft.page).collect() };
    let kredse = drafts.kredse.into_iter().map(|draft| KredsPages { front: draft.front.page, own: pages(draft.own) });
    Some(Site::new(catalog, Language::danish(), drafts.front?.page, pages(drafts.pages), kredse.collect()))
}

/// Gives every page its address and checks that every link leads to one.
fn check_links(drafts: &Drafts<'_>) {
    let mut addresses = Addresses::default();
    let mut written: Vec<&PageDraft<'_>> = Vec::new();
    addresses.insert(pages::address::places(), "listen over kommuner og postnumre", &[]);
    for kreds in &drafts.kredse {
        for form in &drafts.forms {
            addresses.insert(pages::address::form(&kreds.kreds.slug, &form.id), form.blame.path, &[]);
        }
    }
    written.extend(&drafts.front);
    written.extend(drafts.kredse.iter().map(|kreds| &kreds.front));
    written.extend(drafts.kredse.iter().flat_map(|kreds| &kreds.own));
    written.extend(&drafts.pages);
    for draft in &written {
        addresses.add(&draft.page.path, &draft.body.headings, draft.blame);
    }
    for draft in written {
        draft.body.links.iter().for_each(|link| addresses.check(Some(&draft.page.path), link, draft.blame));
    }
    for form in &drafts.forms {
        form.body.links.iter().for_each(|link| addresses.check(None, link, form.blame));
    }
    for text in drafts.texts.all() {
        text.body.links.iter().for_each(|link| addresses.check(None, link, text.blame));
    }
}
