//! Reads the tour of a kreds: its page, its stops, and their notes in every language.

use super::date::{MOMENT, needed_day};
use super::page::{self, PageDraft};
use super::page_facts::PageKind;
use super::places::Kommuner;
use super::translations::Translations;
use crate::check::tour::{BadWindow, Discretion, Hours, Stop, Window};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{choose_from, excerpt, hint, list, slug};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::placeholders::Placeholders;
use crate::source::front_matter::FrontMatter;
use crate::source::item::{Item, Text};
use crate::source::map::{Map, Rule};
use jiff::civil::Date;
use model::names::{KommuneCode, KredsSlug, Language};
use model::service_message::Moment;
use std::collections::BTreeMap;

/// The tour of a kreds in one language.
pub(super) struct TourDraft<'a> {
    pub(super) page: PageDraft<'a>,
    /// The stops with their Danish notes. Empty in a translation.
    pub(super) stops: Vec<Stop>,
    /// The notes of the stops, keyed by their Danish text.
    notes: BTreeMap<String, String>,
}

/// The source of everything but the texts of a tour.
#[derive(Clone, Copy)]
pub(super) enum Origin<'d> {
    /// The file itself, which is Danish. Its stops are in this kreds.
    Danish(&'d KredsSlug, &'d Kommuner<'d>),
    /// The Danish tour, which the file translates.
    Translation(&'d TourDraft<'d>),
}

const HOURS: Rule<'_> = Rule {
    code: DiagnosticCode::BadTime,
    text: "to klokkeslæt med punktum og en bindestreg imellem, for eksempel »14.00-16.30«",
};

impl<'a> TourDraft<'a> {
    /// Reads the tour in a file in any language, and reports mistakes in it.
    pub(super) fn read(reporter: Reporter<'a>, origin: Origin<'_>, placeholders: Placeholders<'_>) -> Self {
        let front = FrontMatter::of(reporter);
        front.read(|map| {
            let (of_page, (stops, notes)) = match origin {
                Origin::Danish(kreds, kommuner) => (
                    page::Origin::Danish(PageKind::Tour, pages::address::tour(Some(kreds))),
                    stops(map, reporter, kreds, kommuner),
                ),
                Origin::Translation(danish) => {
                    (page::Origin::Translation(&danish.page), (Vec::new(), danish.translated_notes(map, reporter)))
                }
            };
            Self { page: PageDraft::read(&front, map, of_page, placeholders, reporter), stops, notes }
        })
    }

    /// Reads the tour in another language. `None` if the translation is missing, which is reported.
    pub(super) fn translated<'b>(
        &self,
        translations: &Translations<'b>,
        placeholders: Placeholders<'_>,
    ) -> Option<TourDraft<'b>> {
        let reporter = self.page.translation(translations)?;
        Some(TourDraft::read(reporter, Origin::Translation(self), placeholders))
    }

    fn translated_notes(&self, map: &Map<'_>, reporter: Reporter<'_>) -> BTreeMap<String, String> {
        let items = map.optional_list("noter").into_iter();
        items.filter_map(|item| item.map("noter", |map| self.note(map, reporter)).flatten()).collect()
    }

    /// Reads a note in Danish and in another language.
    fn note(&self, map: &Map<'_>, reporter: Reporter<'_>) -> Option<(String, String)> {
        let (danish, translated) = (map.paragraph("dansk"), map.paragraph("oversat"));
        let danish = danish?;
        if !self.notes.contains_key(danish.text) {
            let known = || self.notes.keys().map(String::as_str);
            let (note, hint, path) = (excerpt(danish.text), hint(danish.text, known()), self.page.reporter.path);
            let advice = "Skriv noten præcis som dér, eller slet den her.";
            reporter.at(
                danish.at,
                DiagnosticCode::StrayPart,
                format!("Ingen stop i {path} har noten »{note}«.{hint} {advice}"),
            );
        }
        Some((danish.text.to_owned(), translated?.text.to_owned()))
    }

    /// Adds the notes in this language to the stops of this kreds.
    pub(super) fn translate(&self, language: &Language, stops: &mut [Stop]) {
        for stop in stops {
            let danish = stop.notes.get(&Language::danish());
            if let Some(note) = danish.and_then(|danish| self.notes.get(danish)).cloned() {
                stop.notes.insert(language.clone(), note);
            }
        }
    }
}

/// Reads the usable stops, and the notes of all stops.
fn stops(
    map: &Map<'_>,
    reporter: Reporter<'_>,
    kreds: &KredsSlug,
    kommuner: &Kommuner<'_>,
) -> (Vec<Stop>, BTreeMap<String, String>) {
    let mut notes = BTreeMap::new();
    let read = |item: Item<'_>| {
        let read = item.map("stop", |map| {
            let note = map.at("note").and_then(|_| map.paragraph("note")).map(|note| note.text.to_owned());
            // Includes unusable stops: their notes may be translated, too.
            notes.extend(note.clone().map(|note| (note.clone(), note)));
            stop(map, note, reporter, kreds, kommuner)
        });
        Some((item.at(), read??))
    };
    let stops: Vec<(Location, Stop)> = map.optional_list("stop").into_iter().filter_map(read).collect();
    report_twins(&stops, reporter);
    (stops.into_iter().map(|(_, stop)| stop).collect(), notes)
}

fn stop(
    map: &Map<'_>,
    note: Option<String>,
    reporter: Reporter<'_>,
    kreds: &KredsSlug,
    kommuner: &Kommuner<'_>,
) -> Option<Stop> {
    let date = needed_day(map, "dato");
    let time = map.text("tid");
    let hours = map.understood("tid", time, HOURS, Hours::parse, |text| Some(text.replace(':', ".")));
    let window = date.zip(hours).and_then(|(date, hours)| window(date, hours, time.at, reporter));
    let (town, place) = (map.text("by").text.to_owned(), map.text("sted").text.to_owned());
    let kommune = kommune(map.text("kommune"), reporter, kreds, kommuner);
    let shown_from = map.optional_parsed("vises_fra", MOMENT, Moment::parse).map(Moment::start);
    let discretion = if map.yes_no("diskret") { Discretion::Discreet } else { Discretion::Open };
    let window = window?;
    if shown_from.is_some_and(|from| from >= window.ends_at()) {
        let at = map.at("vises_fra").unwrap_or(map.start());
        reporter.at(
            at,
            DiagnosticCode::StopNeverShown,
            "»vises_fra« skal være, før stoppet er slut. Ellers bliver det aldrig vist. Ret den ene.",
        );
    }
    let kommune = kommune?;
    let id = id(&window, discretion, &town, &kommune);
    let notes = note.map(|note| (Language::danish(), note)).into_iter().collect();
    let kreds = kreds.clone();
    Some(Stop { kreds, id, window, town, place, kommune, notes, shown_from, discretion })
}

/// The stop's id: day, time and town, without the time of a discreet stop, which is revealed no sooner than its place.
fn id(window: &Window, discretion: Discretion, town: &str, kommune: &KommuneCode) -> String {
    let town = Some(slug(town)).filter(|town| !town.is_empty()).unwrap_or_else(|| kommune.to_string());
    match discretion {
        Discretion::Open => format!("{}-{}-{town}", window.date(), window.hours().from.strftime("%H%M")),
        Discretion::Discreet => format!("{}-{town}", window.date()),
    }
}

fn report_twins(stops: &[(Location, Stop)], reporter: Reporter<'_>) {
    let mut seen: BTreeMap<&str, Location> = BTreeMap::new();
    for (at, stop) in stops {
        if let Some(first) = seen.get(stop.id.as_str()) {
            let what = match stop.discretion {
                Discretion::Open => "samme dag, tid og by",
                Discretion::Discreet => "samme dag og by, og begge er diskrete",
            };
            let line = first.line;
            reporter.at(
                *at,
                DiagnosticCode::Twice,
                format!("Stoppet står her to gange: {what}; første gang i linje {line}. Slet det ene."),
            );
        } else {
            seen.insert(&stop.id, *at);
        }
    }
}

fn window(date: Date, hours: Hours, at: Location, reporter: Reporter<'_>) -> Option<Window> {
    let message = match Window::new(date, hours) {
        Ok(window) => return Some(window),
        Err(BadWindow::Order) => {
            "Stoppet skal slutte, efter at det begynder, og samme dag. Ret »tid«; varer det til efter midnat, så skriv \
             to stop."
                .to_owned()
        }
        Err(BadWindow::Skipped(time)) => format!(
            "Klokken {} findes ikke den dag, for uret bliver stillet frem til sommertid. Ret »tid«.",
            time.strftime("%-H.%M")
        ),
    };
    reporter.at(at, DiagnosticCode::BadTime, message);
    None
}

/// Resolves a kommune that an author gave by name or code. It must belong to the kreds.
pub(super) fn kommune(
    written: Text<'_>,
    reporter: Reporter<'_>,
    kreds: &KredsSlug,
    kommuner: &Kommuner<'_>,
) -> Option<KommuneCode> {
    let Text { text, at } = written;
    if text.is_empty() {
        return None;
    }
    let is_it = |name: &str, code: &KommuneCode| code.as_str() == text || name.to_lowercase() == text.to_lowercase();
    let found = kommuner.all.iter().find(|kommune| is_it(&kommune.name, &kommune.code));
    let own = || kommuner.all.iter().filter(|kommune| kommune.kreds == *kreds).map(|kommune| kommune.name.as_str());
    match found {
        Some(kommune) if kommune.kreds == *kreds => return Some(kommune.code.clone()),
        Some(kommune) => reporter.at(
            at,
            DiagnosticCode::UnknownKommune,
            format!("{} hører til kredsen »{}«. Vælg mellem: {}.", kommune.name, kommune.kreds, list(own())),
        ),
        // It may be in a row that could not be read.
        None if !kommuner.is_whole => {}
        None => {
            let bare = text.strip_suffix("kommune").or_else(|| text.strip_suffix("Kommune")).unwrap_or(text);
            let (name, choice) = (excerpt(text), choose_from(bare.trim_end(), own()));
            let message = format!("Kredsen har ingen kommune »{name}«.{choice}.");
            reporter.at(at, DiagnosticCode::UnknownKommune, message);
        }
    }
    None
}
