//! A calendar month in Denmark.

use crate::deadline::{danish_day, in_denmark};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use std::fmt;

/// A month: `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// Whole months after a month in which events still count for it. Most requests are deleted by then.
    const SETTLES_IN: i64 = 2;

    /// Parses a month such as `2026-11`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 7).then(|| format!("{text}-01").parse().ok().map(Self))?
    }

    /// The month in which a moment falls, in Denmark.
    #[must_use]
    pub fn of(moment: Timestamp) -> Self {
        Self(danish_day(moment).first_of_month())
    }

    /// Adds a number of months, which may be negative.
    #[must_use]
    pub fn plus(self, months: i64) -> Self {
        Self(self.0.saturating_add(months.months()))
    }

    /// The first day.
    #[must_use]
    pub const fn first_day(self) -> Date {
        self.0
    }

    /// The moment at which it begins.
    #[must_use]
    pub fn begin(self) -> Timestamp {
        in_denmark(self.0.to_datetime(Time::midnight()))
    }

    /// The moment at which its figures are settled. Later events about its requests are not counted, so that published
    /// figures never change.
    #[must_use]
    pub fn settled(self) -> Timestamp {
        self.plus(Self::SETTLES_IN + 1).begin()
    }

    /// The months whose events may count for it.
    pub fn counted_in(self) -> impl Iterator<Item = Self> {
        (0..=Self::SETTLES_IN).map(move |months| self.plus(months))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m"))
    }
}
