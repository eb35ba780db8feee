//! A traffic control that was held: when, how long and with which numbers, as far as it is known.

use crate::deadline::in_denmark;
use crate::names::{KommuneCode, KredsSlug, PageSlug};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// A validated control, as far as it is known: numbers are within bounds, and no more vehicles were too fast or fined
/// than passed. It holds no personal data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ControlParts", into = "ControlParts")]
pub struct Control(ControlParts);

/// The parts of a [`Control`], before validation. Each may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlParts {
    /// The day on which it was held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// The local time at which it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Time>,
    /// The duration in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// The number of vehicles checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicles: Option<u16>,
    /// The number of them over the speed limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<u16>,
    /// The number of them whose drivers were fined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fined: Option<u16>,
}

/// A part of a [`Control`], in the order in which forms ask for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlField {
    /// The day.
    Date,
    /// The time at which it began.
    Start,
    /// The duration in minutes.
    Minutes,
    /// The vehicles checked.
    Vehicles,
    /// The vehicles over the speed limit.
    Over,
    /// The vehicles whose drivers were fined.
    Fined,
}

/// A control that may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldControl {
    /// The kreds that held it.
    pub kreds: KredsSlug,
    /// Its name on the page of the kreds.
    pub id: PageSlug,
    /// The name of the road.
    pub road: String,
    /// The kommune of the road.
    pub kommune: KommuneCode,
    /// The day.
    pub date: Date,
    /// The time and numbers.
    pub control: Control,
}

/// The allowed duration of a control in minutes.
pub const MINUTES: RangeInclusive<u16> = 1..=1440;

/// The allowed number of vehicles of a control.
pub const VEHICLES: RangeInclusive<u16> = 0..=50_000;

/// The number of days after a control in which those who asked for it are mailed about it.
pub const ANNOUNCED_FOR: i64 = 90;

impl ControlField {
    /// All parts, in order.
    pub const ALL: [Self; 6] = [Self::Date, Self::Start, Self::Minutes, Self::Vehicles, Self::Over, Self::Fined];

    /// The name in forms and in content.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "dato",
            Self::Start => "tid",
            Self::Minutes => "minutter",
            Self::Vehicles => "koeretoejer",
            Self::Over => "for_hurtigt",
            Self::Fined => "boeder",
        }
    }
}

impl Control {
    /// Validates the parts, or returns the first that is invalid.
    pub fn new(parts: ControlParts) -> Result<Self, ControlField> {
        let ControlParts { minutes, vehicles, over, fined, .. } = parts;
        let most = vehicles.unwrap_or(*VEHICLES.end());
        if minutes.is_some_and(|minutes| !MINUTES.contains(&minutes)) {
            Err(ControlField::Minutes)
        } else if !VEHICLES.contains(&most) {
            Err(ControlField::Vehicles)
        } else if over.is_some_and(|over| over > most) {
            Err(ControlField::Over)
        } else if fined.is_some_and(|fined| fined > most) {
            Err(ControlField::Fined)
        } else {
            Ok(Self(parts))
        }
    }

    /// Parses a control as an officer types it, in the order of [`ControlField::ALL`]; an empty text is a missing part.
    /// The date, if any, must be among `days`.
    pub fn parse(typed: [&str; 6], days: RangeInclusive<Date>) -> Result<Self, ControlField> {
        fn part<T>(
            text: &str,
            field: ControlField,
            parse: impl Fn(&str) -> Option<T>,
        ) -> Result<Option<T>, ControlField> {
            if text.is_empty() { Ok(None) } else { parse(text).map(Some).ok_or(field) }
        }
        let [date, start, minutes, vehicles, over, fined] = typed.map(str::trim);
        Self::new(ControlParts {
            date: part(date, ControlField::Date, |text| day(text).filter(|date| days.contains(date)))?,
            start: part(start, ControlField::Start, time)?,
            minutes: part(minutes, ControlField::Minutes, whole)?,
            vehicles: part(vehicles, ControlField::Vehicles, whole)?,
            over: part(over, ControlField::Over, whole)?,
            fined: part(fined, ControlField::Fined, whole)?,
        })
    }

    /// The validated parts.
    #[must_use]
    pub const fn parts(&self) -> &ControlParts {
        &self.0
    }

    /// Joins two notes about one control; `None` if they contradict each other, so that they are about two controls.
    #[must_use]
    pub fn with(&self, other: &Self) -> Option<Self> {
        fn one<T: Copy + PartialEq>(first: Option<T>, second: Option<T>) -> Option<Option<T>> {
            (first.is_none() || second.is_none() || first == second).then_some(first.or(second))
        }
        let (first, second) = (&self.0, &other.0);
        let parts = ControlParts {
            date: one(first.date, second.date)?,
            start: one(first.start, second.start)?,
            minutes: one(first.minutes, second.minutes)?,
            vehicles: one(first.vehicles, second.vehicles)?,
            over: one(first.over, second.over)?,
            fined: one(first.fined, second.fined)?,
        };
        // More may be fined in one note than were counted in the other.
        Self::new(parts).ok()
    }

    /// True if nothing is known about it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl HeldControl {
    /// The moment at which it began, or its day if the time is unknown. Only requests from before it asked for it.
    #[must_use]
    pub fn began(&self) -> Timestamp {
        in_denmark(self.date.to_datetime(self.control.0.start.unwrap_or(Time::midnight())))
    }

    /// True if those who asked for it are mailed about it on the given day.
    #[must_use]
    pub fn is_announced_on(&self, today: Date) -> bool {
        self.date <= today && self.date >= today.saturating_sub(ANNOUNCED_FOR.days())
    }
}

/// Formats the control for the audit: `2026-12-03, 07:30, 60 minutes, 212 vehicles, 31 over the limit, 12 fined`.
impl fmt::Display for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ControlParts { date, start, minutes, vehicles, over, fined } = self.0;
        let counts = [(minutes, "minutes"), (vehicles, "vehicles"), (over, "over the limit"), (fined, "fined")];
        let counts = counts.into_iter().filter_map(|(number, what)| Some(format!("{} {what}", number?)));
        let start = start.map(|start| start.strftime("%H:%M").to_string());
        let said: Vec<String> = date.map(|date| date.to_string()).into_iter().chain(start).chain(counts).collect();
        f.write_str(&said.join(", "))
    }
}

impl TryFrom<ControlParts> for Control {
    type Error = &'static str;

    fn try_from(parts: ControlParts) -> Result<Self, Self::Error> {
        Self::new(parts).map_err(|_| "a control with numbers that do not fit")
    }
}

impl From<Control> for ControlParts {
    fn from(control: Control) -> Self {
        control.0
    }
}

/// Parses a day: `3.12.2026`, `3/12-2026` or `2026-12-03`.
fn day(text: &str) -> Option<Date> {
    let numbers: Vec<i16> = text
        .split(['-', '.', '/', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (year, month, day) = match *numbers.as_slice() {
        [day, month, year] if year >= 1000 => (year, month, day),
        [year, month, day] if year >= 1000 => (year, month, day),
        _ => return None,
    };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// Parses a time: `7.30`, `07:30`, `7` or `kl. 7.30`.
pub fn time(text: &str) -> Option<Time> {
    let text = text.strip_prefix("kl.").unwrap_or(text).trim();
    let (hour, minute) = text.split_once(['.', ':']).unwrap_or((text, "00"));
    let number = |digits: &str| digits.parse::<i8>().ok().filter(|_| digits.chars().all(|sign| sign.is_ascii_digit()));
    Time::new(number(hour)?, number(minute).filter(|_| minute.len() == 2)?, 0, 0).ok()
}

/// Parses a number with or without separators: `1250`, `1.250` or `1 250`.
fn whole(text: &str) -> Option<u16> {
    let mut groups = text.split(['.', ' ', '\u{a0}']);
    let first = groups.next()?;
    let is_digits = |group: &str| !group.is_empty() && group.chars().all(|sign| sign.is_ascii_digit());
    groups.clone().all(|group| group.len() == 3 && is_digits(group)).then_some(())?;
    let digits: String = [first].into_iter().chain(groups).collect();
    digits.parse().ok().filter(|_| is_digits(first))
}

#[cfg(test)]
mod tests;
