//! A month of the calendar in Denmark.

use crate::deadline::{danish_day, in_denmark};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use std::fmt;

/// A month: `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// Whole months after a month until nothing of it is counted any more. Most requests are deleted by then.
    const SETTLES_IN: i64 = 2;

    /// Reads one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 7).then(|| format!("{text}-01").parse().ok().map(Self))?
    }

    /// The month that a moment falls in.
    #[must_use]
    pub fn of(moment: Timestamp) -> Self {
        Self(danish_day(moment).first_of_month())
    }

    /// So many months later, or earlier.
    #[must_use]
    pub fn plus(self, months: i64) -> Self {
        Self(self.0.saturating_add(months.months()))
    }

    /// Its first day.
    #[must_use]
    pub const fn first_day(self) -> Date {
        self.0
    }

    /// When it begins.
    #[must_use]
    pub fn begin(self) -> Timestamp {
        in_denmark(self.0.to_datetime(Time::midnight()))
    }

    /// When its figures are settled: what is done later about a request of this month is not counted, so that what is published
    /// never changes.
    #[must_use]
    pub fn settled(self) -> Timestamp {
        self.plus(Self::SETTLES_IN + 1).begin()
    }

    /// The months in which something may be done that counts for it.
    pub fn counted_in(self) -> impl Iterator<Item = Self> {
        (0..=Self::SETTLES_IN).map(move |months| self.plus(months))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m"))
    }
}
