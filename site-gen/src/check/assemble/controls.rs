//! Reads the controls that a kreds has carried out and publishes: one file each, drafted by `operator controls`.

use super::date::needed_day;
use super::layout::{Folder, Layout};
use super::page_facts::publication;
use super::places::Kommuner;
use super::tour::kommune;
use crate::check::build_profile::{BuildProfile, Reader};
use crate::check::published::{Published, Unpublished};
use crate::check::tour::midnight;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::render::{Body, Headings, render};
use crate::source::front_matter::FrontMatter;
use crate::source::item::Text;
use crate::source::map::{Map, Rule};
use jiff::Timestamp;
use jiff::civil::Date;
use model::control::{Control, ControlField, ControlParts, HeldControl, MINUTES, VEHICLES, time};
use model::names::{KredsSlug, PageSlug};
use model::road::Road;
use model::service_message::Moment;
use pages::ShownControl;
use std::cmp::Reverse;

/// A control and its file.
pub(super) struct ControlDraft<'a> {
    pub(super) id: PageSlug,
    pub(super) body: Body,
    pub(super) reporter: Reporter<'a>,
    /// The times at which it is visible, never before its day.
    pub(super) published: Published,
    /// `None` if something is missing, which is reported unless it is a draft.
    held: Option<HeldControl>,
}

const TIME: Rule<'_> =
    Rule { code: DiagnosticCode::BadTime, text: "et klokkeslæt med punktum, for eksempel »7.30«" };

/// The maximum length of a road's name, in characters.
const LONGEST: usize = 80;

/// Reads the controls of a kreds, and reports mistakes in them.
pub(super) fn controls<'a>(
    layout: &Layout<'a>,
    folder: &Folder<'a>,
    kreds: &KredsSlug,
    kommuner: &Kommuner<'_>,
) -> Vec<ControlDraft<'a>> {
    let read = |(id, reporter): &(PageSlug, Reporter<'a>)| {
        for translation in layout.translations.iter().filter_map(|files| files.find(reporter.path)) {
            let advice = "Teksten bliver vist på dansk på alle sprog. Slet filen.";
            translation.file(DiagnosticCode::StrayTranslation, format!("En kontrol bliver ikke oversat. {advice}"));
        }
        control(id.clone(), *reporter, kreds, kommuner)
    };
    folder.controls.iter().map(read).collect()
}

/// The controls of all kredse that the readers of this edition see, newest first.
pub(super) fn shown<'d>(
    drafts: impl Iterator<Item = &'d ControlDraft<'d>>,
    profile: BuildProfile,
) -> Vec<ShownControl> {
    let shown = |draft: &ControlDraft<'_>| {
        let missing = draft.published.missing(profile.now);
        let is_there = missing.is_none() || profile.reader == Reader::Author;
        Some(ShownControl {
            held: draft.held.clone().filter(|_| is_there)?,
            updated: draft.published.begins().unwrap_or(Timestamp::UNIX_EPOCH),
            body: draft.body.html.clone(),
            unpublished: missing.map(Unpublished::short),
        })
    };
    let mut shown: Vec<ShownControl> = drafts.filter_map(shown).collect();
    shown.sort_by_key(|shown| (Reverse(shown.held.began()), shown.held.id.clone()));
    shown
}

/// The published controls that are recent enough on `today` to notify the citizens who asked for them.
pub(super) fn published(shown: &[ShownControl], today: Date) -> Vec<HeldControl> {
    let published = shown.iter().filter(|shown| shown.unpublished.is_none() && shown.held.is_announced_on(today));
    published.map(|shown| shown.held.clone()).collect()
}

fn control<'a>(id: PageSlug, reporter: Reporter<'a>, kreds: &KredsSlug, kommuner: &Kommuner<'_>) -> ControlDraft<'a> {
    let front = FrontMatter::of(reporter);
    let body = render(reporter, front.body, Headings::Refused);
    let (held, published) = front.read(|map| {
        let published = publication(map, reporter);
        // An unfinished draft may lack the road.
        let is_open = published == Published::Never && map.at("vej").is_none();
        let road = if is_open { None } else { road(map) };
        let kommune = kommune(map.text("kommune"), reporter, kreds, kommuner);
        let date = needed_day(map, ControlField::Date.name());
        let control = numbers(map, reporter);
        let held = (|| {
            let (id, kreds) = (id.clone(), kreds.clone());
            Some(HeldControl { kreds, id, road: road?, kommune: kommune?, date: date?, control: control? })
        })();
        (held, date.map_or(published, |date| published.not_before(date)))
    });
    ControlDraft { id, body, reporter, published, held }
}

/// The name of a road, by which the citizens who asked for the control are found.
fn road(map: &Map<'_>) -> Option<String> {
    let rule = "navnet på én vej på højst 80 tegn, for eksempel »Grenåvej«";
    let is_road = |text: &str| text.chars().count() <= LONGEST && Road::all_in(text).len() == 1;
    map.parsed("vej", rule, |text| is_road(text).then(|| text.to_owned()))
}

fn numbers(map: &Map<'_>, reporter: Reporter<'_>) -> Option<Control> {
    let number = |field: ControlField, allowed| map.optional_number(field.name(), allowed);
    let parts = ControlParts {
        date: None,
        start: map.optional_parsed(ControlField::Start.name(), TIME, time),
        minutes: number(ControlField::Minutes, &MINUTES),
        vehicles: number(ControlField::Vehicles, &VEHICLES),
        over: number(ControlField::Over, &VEHICLES),
        fined: number(ControlField::Fined, &VEHICLES),
    };
    match Control::new(parts) {
        Ok(control) => Some(control),
        Err(field) => {
            let Text { text, at } = map.text(field.name());
            let (name, vehicles) = (field.name(), ControlField::Vehicles.name());
            let message = format!("»{name}« kan ikke være større end »{vehicles}«. Her står »{text}«. Ret den ene.");
            reporter.at(at, DiagnosticCode::BadNumber, message);
            None
        }
    }
}

impl Published {
    /// Postpones the beginning to the given day, if it is earlier or missing.
    fn not_before(self, date: Date) -> Self {
        match self {
            Self::Never => Self::Never,
            Self::During { from: Some(from), until } if from.start() > midnight(date) => {
                Self::During { from: Some(from), until }
            }
            Self::During { until, .. } => Self::During { from: Some(Moment::Day(date)), until },
        }
    }

    /// The beginning, if there is one.
    pub(super) fn begins(self) -> Option<Timestamp> {
        match self {
            Self::During { from, .. } => from.map(Moment::start),
            Self::Never => None,
        }
    }
}
