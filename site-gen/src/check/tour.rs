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

/// A validated stop: it starts before it ends, and is published before it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) kreds: KredsSlug,
    /// The id, unique on the page of its kreds. The id of a discreet stop contains no time of day.
    pub(crate) id: String,
    pub(crate) window: Window,
    pub(crate) town: String,
    pub(crate) place: String,
    pub(crate) kommune: KommuneCode,
    /// The note in Danish and in the languages of its translations; empty if there is no note.
    pub(crate) notes: BTreeMap<Language, String>,
    /// The time from which the stop is public; `None` if it is never secret.
    pub(crate) shown_from: Option<Timestamp>,
    pub(crate) discretion: Discretion,
}

/// The details of a stop that may be published in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Discretion {
    /// All details.
    Open,
    /// Only the day, the town and the kommune.
    Discreet,
}

/// The stage of a stop's publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing is public, not even that the stop exists.
    Secret,
    /// The day, the town and the kommune are public.
    Announced,
    /// All details are public.
    Revealed,
    /// The stop is over and no longer published.
    Over,
}

/// A stop without a publication time counts as new this many days before its date. Feeds and calendars need a time, and
/// with the build time every stop would be new in every build.
const NEWS_DAYS: i64 = 28;

impl Tour {
    pub(crate) const fn new(stops: Vec<Stop>) -> Self {
        Self(stops)
    }

    /// The stops of one kreds or all that may be published at `now`, in a language, the next one first. Everything
    /// published about a stop comes from here.
    ///
    /// A discreet stop whose hours are not revealed comes first on its day, so that its position does not reveal them.
    #[must_use]
    pub fn shown<'a>(&'a self, kreds: Option<&KredsSlug>, language: &Language, now: Timestamp) -> Vec<TourStop<'a>> {
        let stops = self.of(kreds);
        let mut shown: Vec<TourStop<'a>> = stops.filter_map(|stop| stop.shown(language, now)).collect();
        shown.sort_by_key(|stop| (stop.date, stop.details.map(|details| (details.from, details.until)), stop.town));
        shown
    }

    /// Every time at which the published part of the tour changes, in order.
    ///
    /// It includes times that citizens must not know yet: use it to schedule the next build, never in a public file.
    #[must_use]
    pub fn changes(&self) -> BTreeSet<Timestamp> {
        self.0.iter().flat_map(Stop::changes).collect()
    }

    /// The last time up to `now` at which the published part of the tour, of one kreds or all, changed by time alone.
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

    /// The note in a language, falling back to Danish.
    fn note(&self, language: &Language) -> Option<(&str, &Language)> {
        let found = self.notes.get_key_value(language).or_else(|| self.notes.get_key_value(&Language::danish()));
        found.map(|(language, text)| (text.as_str(), language))
    }

    fn changes(&self) -> impl Iterator<Item = Timestamp> {
        let revealed = (self.discretion == Discretion::Discreet).then(|| self.window.starts_at());
        self.shown_from.into_iter().chain(revealed).chain([self.window.ends_at()])
    }
}
