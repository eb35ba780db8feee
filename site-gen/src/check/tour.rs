//! The stops of the mobile police station: what may be published of each at a given time, and when that changes.

mod window;

pub(crate) use window::{BadWindow, Hours, Window, midnight};

use jiff::{Timestamp, ToSpan};
use model::names::{KommuneCode, KredsSlug, Language};
use pages::{StopDetails, TourStop};
use std::collections::{BTreeMap, BTreeSet};

/// Every stop of every kreds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tour(Vec<Stop>);

/// A stop, checked: it begins before it ends, and is published before that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) kreds: KredsSlug,
    /// Its name on the page of its kreds, which no other stop there has. That of a discreet one holds no time of day.
    pub(crate) id: String,
    pub(crate) window: Window,
    pub(crate) town: String,
    pub(crate) place: String,
    pub(crate) kommune: KommuneCode,
    /// In Danish and in the languages that it is translated to; none if there is nothing else to say.
    pub(crate) notes: BTreeMap<Language, String>,
    /// It is secret before; none if it never is.
    pub(crate) shown_from: Option<Timestamp>,
    pub(crate) discretion: Discretion,
}

/// The facts about a stop that may be published beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Discretion {
    /// Everything.
    Open,
    /// The day, the town and the kommune.
    Discreet,
}

/// Stages of a stop's publicity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing, not even that there is one.
    Secret,
    /// The day, the town and the kommune.
    Announced,
    /// Everything.
    Revealed,
    /// It is over, and so of no use to anybody.
    Over,
}

/// A stop whose file does not say since when it may be published counts as new this long before its day: feeds and
/// calendars want a time, and that of the build would make every stop new in every build.
const NEWS_DAYS: i64 = 28;

impl Tour {
    pub(crate) const fn new(stops: Vec<Stop>) -> Self {
        Self(stops)
    }

    /// The stops at `now` in a language, of one kreds or of all, as far as they may be published, the next one first.
    /// Whatever is published of a stop is made of this.
    ///
    /// A discreet stop whose time is not revealed stands first on its day, so that its place in the list does not reveal it.
    #[must_use]
    pub fn shown<'a>(&'a self, kreds: Option<&KredsSlug>, language: &Language, now: Timestamp) -> Vec<TourStop<'a>> {
        let stops = self.of(kreds);
        let mut shown: Vec<TourStop<'a>> = stops.filter_map(|stop| stop.shown(language, now)).collect();
        shown.sort_by_key(|stop| (stop.date, stop.details.map(|details| (details.from, details.until)), stop.town));
        shown
    }

    /// Every instant at which something that is published of the tour changes, in order.
    ///
    /// It holds times that citizens must not know yet: it is for whoever orders the next build, and for no public file.
    #[must_use]
    pub fn changes(&self) -> BTreeSet<Timestamp> {
        self.0.iter().flat_map(Stop::changes).collect()
    }

    /// The last time up to `now` at which what is published of the tour, of one kreds or of all, changed by the clock alone.
    pub(crate) fn last_change(&self, kreds: Option<&KredsSlug>, now: Timestamp) -> Option<Timestamp> {
        self.of(kreds).flat_map(Stop::changes).filter(|change| *change <= now).max()
    }

    fn of<'a>(&'a self, kreds: Option<&KredsSlug>) -> impl Iterator<Item = &'a Stop> {
        self.0.iter().filter(move |stop| kreds.is_none_or(|kreds| stop.kreds == *kreds))
    }
}

impl Stop {
    fn stage(&self, now: Timestamp) -> Stage {
        if now >= self.window.ends_at() {
            Stage::Over
        } else if self.shown_from.is_some_and(|from| now < from) {
            Stage::Secret
        } else if self.discretion == Discretion::Discreet && now < self.window.starts_at() {
            Stage::Announced
        } else {
            Stage::Revealed
        }
    }

    fn shown(&self, language: &Language, now: Timestamp) -> Option<TourStop<'_>> {
        let details = match self.stage(now) {
            Stage::Secret | Stage::Over => return None,
            Stage::Announced => None,
            Stage::Revealed => {
                let Hours { from, until } = self.window.hours();
                Some(StopDetails { from, until, place: &self.place, note: self.note(language) })
            }
        };
        let announced = self.shown_from.unwrap_or_else(|| self.window.days_before(NEWS_DAYS.days()));
        let revealed = (self.discretion == Discretion::Discreet && details.is_some()).then(|| self.window.starts_at());
        Some(TourStop {
            id: &self.id,
            kreds: &self.kreds,
            date: self.window.date(),
            town: &self.town,
            kommune: &self.kommune,
            details,
            updated: revealed.map_or(announced, |revealed| revealed.max(announced)),
        })
    }

    /// The note in a language, or else in Danish.
    fn note(&self, language: &Language) -> Option<(&str, &Language)> {
        let found = self.notes.get_key_value(language).or_else(|| self.notes.get_key_value(&Language::danish()));
        found.map(|(language, text)| (text.as_str(), language))
    }

    fn changes(&self) -> impl Iterator<Item = Timestamp> {
        let revealed = (self.discretion == Discretion::Discreet).then(|| self.window.starts_at());
        self.shown_from.into_iter().chain(revealed).chain([self.window.ends_at()])
    }
}
