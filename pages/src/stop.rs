//! A stop of the mobile police station, on pages and in calendars and feeds.

use crate::frame::View;
use crate::{BadPage, address, dates};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use model::names::{FormId, KommuneCode, KredsSlug, Language};
use model::words::fill;
use serde::Serialize;

/// The public part of a stop, without details that are still secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TourStop<'a> {
    /// A stable id, the anchor on the page of the kreds: `2026-12-05-1400-hadsten`.
    pub id: &'a str,
    /// The kreds that holds the stop.
    pub kreds: &'a KredsSlug,
    /// The day of the stop.
    pub date: Date,
    /// The town.
    pub town: &'a str,
    /// The kommune that the town lies in.
    pub kommune: &'a KommuneCode,
    /// `None` before a discreet stop begins: its details are secret until then.
    pub details: Option<StopDetails<'a>>,
    /// When the public part last changed, as far as is known.
    pub updated: Timestamp,
}

/// Details of a stop; those of a discreet stop are secret until it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopDetails<'a> {
    /// The beginning, in local time.
    pub from: Time,
    /// The end, on the same day.
    pub until: Time,
    /// The place within the town.
    pub place: &'a str,
    /// A note, and its language.
    pub note: Option<(&'a str, &'a Language)>,
}

/// The text about a stop in a calendar or a feed, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopText {
    /// The title: `Mobil politistation i Hadsten`.
    pub title: String,
    /// Day and hours, `lørdag den 5. december 2026 kl. 14.00–16.30`, or the day alone.
    pub when: String,
    /// Place and town, `Torvet, Hadsten`, or the town alone.
    pub place: String,
    /// Kommune, and either the note or why details are missing; one item per line.
    pub lines: Vec<String>,
}

/// The form with which citizens ask for a visit.
const FORM: &str = "bestil-en-betjent";

/// A stop on a page.
#[derive(Serialize)]
pub(crate) struct StopView<'a> {
    id: String,
    datetime: String,
    day: String,
    when: String,
    hours: Option<String>,
    place: Option<&'a str>,
    town: &'a str,
    kommune: &'a str,
    note: Option<&'a str>,
    /// `None` if it is the page's language.
    note_language: Option<&'a str>,
    kreds: &'a str,
    /// The address of the stop on the page of its kreds.
    href: String,
    /// The question before the form for a visit; `None` if there is no such form.
    visit: Option<String>,
}

impl<'a> View<'a> {
    /// The stop as a page shows it, with this id.
    pub(crate) fn stop(&self, stop: &TourStop<'a>, id: &str) -> Result<StopView<'a>, BadPage> {
        let atlas = self.catalog.atlas();
        let form = FormId::parse(FORM).ok().and_then(|id| self.catalog.form(&id, self.language));
        let note = stop.details.and_then(|details| details.note);
        Ok(StopView {
            id: id.to_owned(),
            datetime: dates::datetime(stop.date, stop.details.map(|details| details.from)),
            day: dates::capital(&dates::date(&self.texts()?.words, stop.date)),
            when: dates::capital(&self.when(stop)?),
            hours: stop.details.map(|details| self.hours(details)).transpose()?,
            place: stop.details.map(|details| details.place),
            town: stop.town,
            kommune: atlas.kommune(stop.kommune).map_or("", |kommune| &kommune.name),
            note: note.map(|(text, _)| text),
            note_language: note.map(|(_, language)| language.as_str()).filter(|code| *code != self.language.as_str()),
            kreds: atlas.kreds(stop.kreds).map_or("", |kreds| &kreds.name),
            href: self.stop_link(stop),
            visit: form.map(|form| self.link(&address::start(stop.kreds, form.id()))),
        })
    }

    /// The text about the stop in calendars and feeds.
    pub fn stop_text(&self, stop: &TourStop<'_>) -> Result<StopText, BadPage> {
        let words = &self.texts()?.words;
        let kommune = self.catalog.atlas().kommune(stop.kommune).map_or("", |kommune| &kommune.name);
        let mut lines = vec![format!("{}: {kommune}", words.get("tur_kommune"))];
        let place = match stop.details {
            Some(details) => {
                lines.extend(details.note.map(|(text, _)| text.to_owned()));
                format!("{}, {}", details.place, stop.town)
            }
            None => {
                lines.push(words.get("tur_skjult").to_owned());
                stop.town.to_owned()
            }
        };
        let title = fill(words.get("tur_titel"), &[("by", stop.town)]);
        Ok(StopText { title, when: self.when(stop)?, place, lines })
    }

    /// The address of the stop on the page of its kreds.
    #[must_use]
    pub fn stop_link(&self, stop: &TourStop<'_>) -> String {
        self.link(&format!("{}#{}", address::tour(Some(stop.kreds)), stop.id))
    }

    fn when(&self, stop: &TourStop<'_>) -> Result<String, BadPage> {
        let date = dates::date(&self.texts()?.words, stop.date);
        Ok(match stop.details {
            Some(details) => format!("{date} {}", self.hours(details)?),
            None => date,
        })
    }

    /// The hours in words: `kl. 14.00–16.30`.
    fn hours(&self, details: StopDetails<'_>) -> Result<String, BadPage> {
        let words = &self.texts()?.words;
        let time = |time: Time| {
            let (hour, minute) = (time.hour().to_string(), format!("{:02}", time.minute()));
            fill(words.get("tur_klokken"), &[("time", &hour), ("minut", &minute)])
        };
        Ok(fill(words.get("tur_fra_til"), &[("fra", &time(details.from)), ("til", &time(details.until))]))
    }
}
