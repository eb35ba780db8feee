//! Assembles a checked site from the content files: the only module that reports mistakes in them.

mod all_texts;
mod approval;
mod changes;
mod choices;
mod closed;
mod code_words;
mod controls;
mod danger_rules;
mod date;
mod deadline;
mod drafts;
mod field;
mod figures;
mod form_faults;
mod forms;
mod kredse;
mod layout;
mod link_faults;
mod mailboxes;
mod map;
mod outdated;
mod own_texts;
mod page;
mod page_facts;
mod phone_numbers;
mod place_field;
mod places;
mod privacy;
mod reasons;
mod same_parts;
mod service_message;
mod settings;
mod signposts;
mod slugs;
mod table;
mod texts;
mod tour;
mod translations;

pub(crate) use map::{MAP, OUTLINES};
pub(crate) use phone_numbers::approved_numbers;

use crate::check::build_profile::{BuildProfile, Reader};
use crate::check::changes::last;
use crate::check::commitments::Commitments;
use crate::check::facts::Rules;
use crate::check::memo::Memos;
use crate::check::readability::WordList;
use crate::check::site::{Common, Site};
use crate::check::tour::Tour;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::markdown::images::Images;
use crate::markdown::passages::Passage;
use crate::source::front_matter::FrontMatter;
use crate::source::read::{ImageFile, Source};
use all_texts::AllTexts;
use drafts::Drafts;
use kredse::KredsPagesDraft;
use layout::Layout;
use model::catalog::{Catalog, CatalogParts};
use model::danger::DangerWords;
use model::deadline::danish_day;
use model::names::{FormId, KredsSlug, Language};
use model::service_message::ServiceMessage;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A site that can be published, with its warnings.
pub struct Assembled {
    /// The site.
    pub site: Arc<Site>,
    /// Warnings, sorted by file, line and column.
    pub warnings: Vec<Diagnostic>,
    /// The image files by address, for the pages that show them.
    pub(crate) images: BTreeMap<String, Arc<[u8]>>,
}

/// Assembles the site, or returns every diagnostic at `profile.now`, sorted by file, line and column.
///
/// A part that cannot be read is replaced by a stand-in, so that one run also finds the other mistakes. No stand-in
/// can reach a site, because no site is returned while there is a mistake.
pub fn assemble(sources: &[Source], images: &[ImageFile], profile: BuildProfile) -> Result<Assembled, Vec<Diagnostic>> {
    assemble_with(sources, images, profile, None, &Memos::default())
}

/// Does the same with memoized values from earlier runs. A `base_url` replaces the one in the settings.
pub(crate) fn assemble_with(
    sources: &[Source],
    images: &[ImageFile],
    profile: BuildProfile,
    base_url: Option<&str>,
    memory: &Memos,
) -> Result<Assembled, Vec<Diagnostic>> {
    let diagnostics = Diagnostics::default();
    let images = Images::of(images, &memory.pictures, &diagnostics);
    let site = site(sources, &images, profile, base_url, memory, &diagnostics);
    if diagnostics.count() == 0 {
        images.warn_of_unused(&diagnostics);
    }
    // For authors, and before approval, these stay warnings.
    if let (Some(site), Reader::Citizen, true) = (&site, profile.reader, profile.needs_approval) {
        diagnostics.make_grave(|code| site.grave.contains(&code), GRAVE);
    }
    if site.is_none() && diagnostics.count() == 0 {
        diagnostics.missing(
            "content",
            DiagnosticCode::Program,
            "Indholdet kan ikke sættes sammen. Det er en fejl i programmet; sig det til en udvikler.",
        );
    }
    match site.filter(|_| diagnostics.count() == 0) {
        Some(site) => {
            Ok(Assembled { site: Arc::new(site), warnings: diagnostics.into_sorted(), images: images.files() })
        }
        None => Err(without_advice(diagnostics.into_sorted())),
    }
}

/// Appended to a warning that is escalated to a mistake.
const GRAVE: &str = " (Det stopper hjemmesiden, for det står ved »alvorlige« i indstillinger.md.)";

/// Drops advice on better wording, which is given only once the site can be built.
fn without_advice(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_advice = |code| matches!(code, DiagnosticCode::VagueLink | DiagnosticCode::BareAddress);
    diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Mistake || !is_advice(diagnostic.code));
    diagnostics
}

fn site(
    sources: &[Source],
    images: &Images,
    profile: BuildProfile,
    base_url: Option<&str>,
    memory: &Memos,
    diagnostics: &Diagnostics,
) -> Option<Site> {
    let layout = Layout::of(sources, diagnostics);
    let rules = Rules {
        limits: layout.file("indstillinger.md").map(settings::limits).unwrap_or_default(),
        hard_words: layout.file("ord/klart-sprog.txt").map(WordList::read).unwrap_or_default(),
        approved: layout.file(phone_numbers::FILE).and_then(phone_numbers::approved),
    };
    let gathering = memory.facts.gather(sources, rules);
    let on_read = |path: &str, front: &FrontMatter<'_>, passages: &[Passage]| gathering.read(path, front, passages);
    // Checking these two lists takes as long as checking all texts.
    let lists = || {
        let code_words = layout.file("ord/kodeord.txt").and_then(code_words::code_words);
        (code_words, layout.file("ord/fareord.txt").and_then(danger_rules::danger_rules))
    };
    let ((code_words, danger_rules), texts) =
        rayon::join(lists, || AllTexts::read(&layout, images, profile, &gathering, &on_read, diagnostics));
    let AllTexts { settings, kredse, danish, translated, atlas, map, facts, outside, compared } = texts;
    let slugs: Vec<&KredsSlug> = kredse.iter().map(|draft| &draft.kreds.slug).collect();
    let figures = layout.file(figures::FILE).map(|reporter| figures::figures(reporter, &slugs)).unwrap_or_default();
    let files = sources.iter().zip(facts.iter().map(|facts| facts.commitments.as_slice()));
    let commitments = Commitments::new(files, kredse.iter().map(|draft| &draft.kreds));
    if profile.needs_approval {
        approval::check(sources, &facts, &commitments, profile.reader, diagnostics);
    }
    let changes = changes::changes(&kredse, &danish);
    let time = last(&changes, profile.now);
    let controls = controls::shown(kredse.iter().flat_map(|draft| &draft.controls), profile);
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
        service_messages: service_messages(&danish, languages.clone()),
        closed: closed(languages.clone()),
        own_texts: by_kreds(languages.clone(), |pages| own_texts::parts(&pages.texts)),
        reasons: reasons::of_all(&danish, &translated)?,
        controls: controls::published(&controls, danish_day(time)),
        languages: languages.map(texts).collect::<Option<_>>()?,
        site_name: settings.name,
        base_url: base_url.map_or(settings.base_url, str::to_owned),
        fallback: settings.fallback,
        code_words: code_words?,
        danger_words: DangerWords::of(danger_rules.as_ref()?),
        danger_rules,
    };
    let tour = tour(&danish, &translated);
    let catalog = || memory.catalog.get(&parts, || Catalog::new(parts.clone()));
    let (catalog, ()) = rayon::join(catalog, || compared.warn(diagnostics));
    let catalog = match catalog {
        Ok(catalog) => catalog,
        // The mistakes reported so far explain it.
        Err(_) if diagnostics.count() > 0 => return None,
        Err(faults) => {
            faults.iter().for_each(|fault| {
                diagnostics.missing("content", DiagnosticCode::Program, &format!("Kataloget kan ikke laves: {fault}."));
            });
            return None;
        }
    };
    let translations =
        translated.into_iter().map(|drafts| Some((drafts.language.clone(), drafts.into_pages(profile)?)));
    let translations = translations.collect::<Option<_>>()?;
    let common = Common {
        catalog,
        map: map?,
        tour,
        figures,
        accessibility_statement: settings.accessibility_statement,
        security_contact: settings.security_contact,
        time,
    };
    let danish = danish.into_pages(profile)?;
    let outside = outside.into_iter().collect();
    let grave = settings.grave;
    Some(Site { profile, common, commitments, danish, translations, controls, changes, outside, grave })
}

/// The service messages of the kredse in all languages.
fn service_messages<'a, 'b: 'a>(
    danish: &Drafts<'_>,
    languages: impl Iterator<Item = &'a Drafts<'b>>,
) -> BTreeMap<KredsSlug, ServiceMessage> {
    let mut texts = by_kreds(languages, |pages| Some(pages.message()?.text.clone()));
    let message = |pages: &KredsPagesDraft<'_>| {
        let (kreds, texts) = texts.remove_entry(&pages.values.slug)?;
        Some((kreds, service_message::message(pages.message()?.times?, texts)?))
    };
    danish.kredse.iter().filter_map(message).collect()
}

/// Collects a part of each kreds in each language.
fn by_kreds<'a, 'b: 'a, T>(
    languages: impl Iterator<Item = &'a Drafts<'b>>,
    get: impl Fn(&KredsPagesDraft<'b>) -> Option<T>,
) -> BTreeMap<KredsSlug, BTreeMap<Language, T>> {
    let mut all: BTreeMap<KredsSlug, BTreeMap<Language, T>> = BTreeMap::new();
    for drafts in languages {
        for (pages, value) in drafts.kredse.iter().filter_map(|pages| Some((pages, get(pages)?))) {
            all.entry(pages.values.slug.clone()).or_default().insert(drafts.language.clone(), value);
        }
    }
    all
}

/// Collects the stops of all kredse, with their notes in all languages.
fn tour(danish: &Drafts<'_>, translated: &[Drafts<'_>]) -> Tour {
    let of_kreds = |(index, pages): (usize, &KredsPagesDraft<'_>)| {
        let mut stops = pages.tour.as_ref()?.stops.clone();
        let tours = translated.iter().filter_map(|drafts| Some((drafts, drafts.kredse.get(index)?.tour.as_ref()?)));
        tours.for_each(|(drafts, tour)| tour.translate(&drafts.language, &mut stops));
        Some(stops)
    };
    Tour::new(danish.kredse.iter().enumerate().filter_map(of_kreds).flatten().collect())
}

/// Collects the closed forms of each kreds, with the texts about them in all languages.
fn closed<'a, 'b: 'a>(
    languages: impl Iterator<Item = &'a Drafts<'b>>,
) -> BTreeMap<KredsSlug, BTreeMap<FormId, BTreeMap<Language, String>>> {
    let mut closed: BTreeMap<KredsSlug, BTreeMap<FormId, BTreeMap<Language, String>>> = BTreeMap::new();
    for drafts in languages {
        for (pages, front) in drafts.kredse.iter().filter_map(|pages| Some((pages, pages.front.as_ref()?))) {
            for (form, text) in &front.closed {
                let forms = closed.entry(pages.values.slug.clone()).or_default();
                forms.entry(form.clone()).or_default().insert(drafts.language.clone(), text.clone());
            }
        }
    }
    closed
}
