//! Makes a checked site of the content's files: the only place that can blame an author.

mod closed;
mod drafts;
mod exits;
mod field;
mod form_faults;
mod forms;
mod kredse;
mod layout;
mod lists;
mod mailboxes;
mod outdated;
mod outlines;
mod page;
mod phone_numbers;
mod places;
mod privacy;
mod review;
mod same_parts;
mod service_message;
mod settings;
mod table;
mod texts;
mod translated_form;
mod translations;

pub(crate) use phone_numbers::approved_numbers;

use crate::drawing;
use crate::flaw::Flaw;
use crate::images::Images;
use crate::links::Addresses;
use crate::problem::{Problem, Problems};
use crate::read::{ImageFile, Source};
use crate::site::Site;
use drafts::Drafts;
use jiff::Timestamp;
use kredse::KredsDraft;
use layout::Layout;
use model::catalog::{Catalog, CatalogParts};
use model::names::{FormId, KredsSlug, Language};
use model::service_message::ServiceMessage;
use std::collections::BTreeMap;

/// A site, and what somebody should look at although it can be published.
pub struct Assembled {
    /// The site.
    pub site: Site,
    /// Warnings, sorted by file, line and column.
    pub warnings: Vec<Problem>,
}

/// The site that the files make, or everything that is wrong with them at `now`, sorted by file, line and column.
///
/// What cannot be read is replaced by a stand-in, so that one run finds the other mistakes too; no stand-in can reach
/// a site, since there is none while there is a problem.
pub fn assemble(sources: &[Source], images: &[ImageFile], now: Timestamp) -> Result<Assembled, Vec<Problem>> {
    let problems = Problems::default();
    let images = Images::of(images, &problems);
    let site = site(sources, &images, now, &problems);
    if problems.count() == 0 {
        images.warn_of_unused(&problems);
    }
    if site.is_none() && problems.count() == 0 {
        problems.missing(
            "content",
            Flaw::Program,
            "Indholdet kan ikke sættes sammen. Det er en fejl i programmet; sig det til en udvikler.",
        );
    }
    match site.filter(|_| problems.count() == 0) {
        Some(site) => Ok(Assembled { site, warnings: problems.into_sorted() }),
        None => Err(problems.into_sorted()),
    }
}

fn site(sources: &[Source], images: &Images, now: Timestamp, problems: &Problems) -> Option<Site> {
    let layout = Layout::of(sources, images, problems);
    let form_ids: Vec<_> = layout.forms.iter().map(|(id, _)| id.clone()).collect();
    let settings = layout.settings.and_then(|blame| settings::settings(blame, &layout));
    let (kredse, kreds_pages) = kredse::kredse(&layout, &form_ids);
    let danish = Drafts::danish(&layout, kreds_pages, problems);
    let translated: Vec<Drafts<'_>> = layout.translations.iter().map(|files| danish.translated(files)).collect();
    let atlas = places::atlas(&layout, &kredse, form_ids);
    let outlines = outlines::outlines(&layout, &kredse);
    check_links(&kredse, &danish, &translated);
    danish.written().for_each(|page| page.review.iter().for_each(|review| review.warn_if_past(now, page.blame)));
    [&danish].into_iter().chain(&translated).for_each(|drafts| exits::blame_same_answers(&drafts.exits, &drafts.forms));
    phone_numbers::check(sources, layout.phone_numbers, problems);

    let code_words = layout.code_words.and_then(lists::code_words);
    let danger_words = layout.danger_words.map(lists::danger_words);

    let settings = settings?;
    let languages = [&danish].into_iter().chain(&translated);
    let texts = |drafts: &Drafts<'_>| Some((drafts.language.clone(), drafts.texts(&settings, &danish)?));
    let parts = CatalogParts {
        atlas: atlas?,
        forms: languages
            .clone()
            .flat_map(|drafts| &drafts.forms)
            .map(|draft| draft.form.clone())
            .collect::<Option<_>>()?,
        service_messages: service_messages(&kredse, &danish, &translated),
        closed: closed(&kredse, languages.clone()),
        languages: languages.map(texts).collect::<Option<_>>()?,
        site_name: settings.name,
        base_url: settings.base_url,
        fallback: settings.fallback,
        code_words: code_words?,
        danger_words: danger_words?,
    };
    let catalog = match Catalog::new(parts) {
        Ok(catalog) => catalog,
        // What else is wrong explains it.
        Err(_) if problems.count() > 0 => return None,
        Err(faults) => {
            faults.iter().for_each(|fault| {
                problems.missing("content", Flaw::Program, &format!("Kataloget kan ikke laves: {fault}."));
            });
            return None;
        }
    };
    outdated::outdated(sources, layout.basis, problems);
    let translations = translated.into_iter().map(|drafts| Some((drafts.language.clone(), drafts.into_pages()?)));
    let translations = translations.collect::<Option<_>>()?;
    Some(Site::new(
        catalog,
        drawing::draw(&outlines?),
        danish.into_pages()?,
        translations,
        settings.accessibility_statement,
        settings.security_contact,
    ))
}

/// The path of the Danish file that the file at `path` translates, as its name says.
pub(crate) fn danish_path(path: &str) -> Option<String> {
    translations::parts(path).map(|(danish, _)| danish)
}

/// What kredse tell citizens for a while, in all languages.
fn service_messages(
    kredse: &[KredsDraft<'_>],
    danish: &Drafts<'_>,
    translated: &[Drafts<'_>],
) -> BTreeMap<KredsSlug, ServiceMessage> {
    let message = |(place, kreds): (usize, &KredsDraft<'_>)| {
        let text = |drafts: &Drafts<'_>| Some((drafts.language.clone(), drafts.service_message(place)?.to_owned()));
        let texts = [danish].into_iter().chain(translated).filter_map(text).collect();
        Some((kreds.kreds.slug.clone(), service_message::message(kreds.message_times?, texts)?))
    };
    kredse.iter().enumerate().filter_map(message).collect()
}

/// Which forms kredse do not receive for now, and what they say of it in all languages.
fn closed<'a, 'b: 'a>(
    kredse: &[KredsDraft<'_>],
    languages: impl Iterator<Item = &'a Drafts<'b>>,
) -> BTreeMap<KredsSlug, BTreeMap<FormId, BTreeMap<Language, String>>> {
    let mut closed: BTreeMap<KredsSlug, BTreeMap<FormId, BTreeMap<Language, String>>> = BTreeMap::new();
    for drafts in languages {
        for (place, kreds) in kredse.iter().enumerate() {
            for (form, text) in drafts.closed(place) {
                let forms = closed.entry(kreds.kreds.slug.clone()).or_default();
                forms.entry(form.clone()).or_default().insert(drafts.language.clone(), text.clone());
            }
        }
    }
    closed
}

/// Gives every page its address and checks that every link leads to one.
fn check_links(kredse: &[KredsDraft<'_>], danish: &Drafts<'_>, translated: &[Drafts<'_>]) {
    let languages = || [danish].into_iter().chain(translated);
    let mut addresses = Addresses::default();
    for language in languages().map(|drafts| &drafts.language) {
        let at = |path: String| pages::address::in_language(language, &path);
        addresses.insert(at(pages::address::places()), "listen over kommuner og postnumre", &[]);
        addresses.insert(at(pages::address::accessibility_statement()), "tilgængelighedserklæringen", &[]);
        for kreds in kredse {
            for form in &danish.forms {
                let slug = &kreds.kreds.slug;
                for path in [pages::address::start(slug, &form.id), pages::address::form(slug, &form.id)] {
                    addresses.insert(at(path), form.blame.path, &[]);
                }
                for exit in &danish.exits {
                    let path = pages::address::exit(slug, &form.id, &exit.exit.slug);
                    addresses.insert(at(path), exit.blame.path, &exit.body.headings);
                }
            }
        }
    }
    for draft in danish.written() {
        addresses.add(&draft.page.path, &draft.body.headings, draft.blame);
    }
    for drafts in translated {
        let at = |path: &str| pages::address::in_language(&drafts.language, path);
        for draft in drafts.written() {
            addresses.insert(at(&draft.page.path), draft.blame.path, &draft.body.headings);
        }
        for draft in danish.written().filter(|draft| !draft.page.is_only_danish) {
            addresses.expect(at(&draft.page.path), draft.blame.path);
        }
    }
    for drafts in languages() {
        let language = &drafts.language;
        for draft in drafts.written() {
            let own = pages::address::in_language(language, &draft.page.path);
            draft.body.links.iter().for_each(|link| addresses.check(language, Some(&own), link, draft.blame));
        }
        for form in &drafts.forms {
            form.body.links.iter().for_each(|link| addresses.check(language, None, link, form.blame));
        }
        for exit in &drafts.exits {
            exit.body.links.iter().for_each(|link| addresses.check(language, None, link, exit.blame));
        }
        for text in drafts.texts.all() {
            text.body.links.iter().for_each(|link| addresses.check(language, None, link, text.blame));
        }
    }
}
