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
mod outlines;
mod page;
mod places;
mod privacy;
mod publication;
mod same_parts;
mod service_message;
mod settings;
mod slugs;
mod table;
mod texts;
mod translated_form;
mod translations;

use crate::changes::{self, Change, Event};
use crate::drawing;
use crate::edition::Edition;
use crate::kept::Memory;
use crate::links::Addresses;
use crate::problem::{Problem, Problems};
use crate::published::Published;
use crate::read::Source;
use crate::site::{Common, Site};
use drafts::Drafts;
use jiff::Timestamp;
use kredse::KredsDraft;
use layout::Layout;
use model::catalog::{Catalog, CatalogParts};
use model::names::{FormId, KredsSlug, Language};
use model::service_message::{Moment, ServiceMessage};
use page::Kind;
use slugs::Slugs;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A site, and what somebody should look at although it can be published.
pub struct Assembled {
    /// The site.
    pub site: Arc<Site>,
    /// Warnings, sorted by file, line and column.
    pub warnings: Vec<Problem>,
}

/// The site that the files make in an edition, or everything that is wrong with them, sorted by file, line and column.
///
/// What cannot be read is replaced by a stand-in, so that one run finds the other mistakes too; no stand-in can reach
/// a site, since there is none while there is a problem.
pub fn assemble(sources: &[Source], edition: Edition) -> Result<Assembled, Vec<Problem>> {
    assemble_with(sources, edition, None, &Memory::default())
}

/// The same at `base_url`, if there is one, and with what is remembered from before.
pub(crate) fn assemble_with(
    sources: &[Source],
    edition: Edition,
    base_url: Option<&str>,
    memory: &Memory,
) -> Result<Assembled, Vec<Problem>> {
    let problems = Problems::default();
    let site = site(sources, edition, base_url, memory, &problems);
    if site.is_none() && problems.count() == 0 {
        problems.missing(
            "content",
            "Indholdet kan ikke sættes sammen. Det er en fejl i programmet; sig det til en udvikler.",
        );
    }
    match site.filter(|_| problems.count() == 0) {
        Some(site) => Ok(Assembled { site: Arc::new(site), warnings: problems.into_sorted() }),
        None => Err(problems.into_sorted()),
    }
}

fn site(
    sources: &[Source],
    edition: Edition,
    base_url: Option<&str>,
    memory: &Memory,
    problems: &Problems,
) -> Option<Site> {
    let layout = Layout::of(sources, problems);
    let form_ids: Vec<_> = layout.forms.iter().map(|(id, _)| id.clone()).collect();
    let page = |(slug, blame): &(_, _)| page::page(*blame, pages::address::page(slug), Kind::Other);
    let pages: Vec<_> = layout.pages.iter().map(page).collect();
    let slugs = Slugs::new(&layout.pages, &pages, edition.now);
    let settings = layout.settings.and_then(|blame| settings::settings(blame, &slugs));
    let (kredse, kreds_pages) = kredse::kredse(&layout, &form_ids);
    let mut danish = Drafts::danish(&layout, kreds_pages, pages, &slugs, problems);
    let mut translated: Vec<Drafts<'_>> = layout.translations.iter().map(|files| danish.translated(files)).collect();
    Drafts::leave_alone(&mut danish, &mut translated);
    let atlas = places::atlas(&layout, &kredse, form_ids);
    let outlines = outlines::outlines(&layout, &kredse);
    check_links(&kredse, &danish, &translated, edition.now);
    let changes = changes(&kredse, &danish);

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
        base_url: base_url.map_or(settings.base_url, str::to_owned),
        fallback: settings.fallback,
        code_words: code_words?,
        danger_words: danger_words?,
    };
    let catalog = match memory.catalog.get(parts, |parts| Catalog::new(parts.clone())) {
        Ok(catalog) => catalog,
        // What else is wrong explains it.
        Err(_) if problems.count() > 0 => return None,
        Err(faults) => {
            faults.iter().for_each(|fault| problems.missing("content", &format!("Kataloget kan ikke laves: {fault}.")));
            return None;
        }
    };
    let translations =
        translated.into_iter().map(|drafts| Some((drafts.language.clone(), drafts.into_pages(edition)?)));
    let translations = translations.collect::<Option<_>>()?;
    let common = Common {
        catalog,
        map: memory.map.get(outlines?, |outlines| drawing::draw(outlines)),
        accessibility_statement: settings.accessibility_statement,
        security_contact: settings.security_contact,
        time: changes::last(&changes, edition.now),
    };
    Some(Site { edition, common, danish: danish.into_pages(edition)?, translations, changes })
}

/// What appears or goes away by itself, sorted: whatever is judged by the time must be among it.
fn changes(kredse: &[KredsDraft<'_>], danish: &Drafts<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |at: Option<Timestamp>, path: &str, event: Event| {
        changes.extend(at.map(|at| Change { at, path: path.to_owned(), event }));
    };
    for page in danish.written() {
        if let Published::During { from, until } = page.published {
            add(from.map(Moment::start), page.blame.path, Event::PageAppears);
            add(until.map(Moment::end), page.blame.path, Event::PageGoes);
        }
    }
    for kreds in kredse {
        if let Some(times) = kreds.message_times {
            add(times.from, kreds.blame.path, Event::MessageAppears);
            add(Some(times.until), kreds.blame.path, Event::MessageGoes);
        }
    }
    changes.sort();
    changes
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

/// Gives every page its address and checks that every link leads to one, whenever it can be seen from `now` on.
fn check_links(kredse: &[KredsDraft<'_>], danish: &Drafts<'_>, translated: &[Drafts<'_>], now: Timestamp) {
    let languages = || [danish].into_iter().chain(translated);
    let mut addresses = Addresses::new(now);
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
        addresses.publish(&draft.page.path, draft.published, draft.blame.path);
    }
    for drafts in translated {
        let at = |path: &str| pages::address::in_language(&drafts.language, path);
        for draft in drafts.written() {
            addresses.insert(at(&draft.page.path), draft.blame.path, &draft.body.headings);
        }
        for draft in danish.written() {
            addresses.publish(&at(&draft.page.path), draft.published, draft.blame.path);
        }
        for draft in danish.written().filter(|draft| !draft.page.is_only_danish) {
            addresses.expect(at(&draft.page.path), draft.blame.path);
        }
    }
    for drafts in languages() {
        let language = &drafts.language;
        for draft in drafts.written() {
            let own = pages::address::in_language(language, &draft.page.path);
            draft.body.links.iter().for_each(|link| {
                addresses.check(language, Some(&own), link, draft.blame);
                addresses.check_time(draft.published, link, draft.blame);
            });
        }
        let forms = drafts.forms.iter().map(|form| (&form.body, form.blame));
        let exits = drafts.exits.iter().map(|exit| (&exit.body, exit.blame));
        let texts = drafts.texts.all().map(|text| (&text.body, text.blame));
        for (body, blame) in forms.chain(exits).chain(texts) {
            for link in &body.links {
                addresses.check(language, None, link, blame);
                addresses.check_time(Published::ALWAYS, link, blame);
            }
        }
    }
}
