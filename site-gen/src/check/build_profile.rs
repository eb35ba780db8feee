//! For whom, and at what time, the site is made.

use jiff::Timestamp;

/// The same content is another site for other readers and at another time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuildProfile {
    /// The time by which temporary content is judged.
    pub now: Timestamp,
    /// Its readers.
    pub reader: Reader,
    /// True if links must lead somewhere from this time on. For a time in the past this need not be checked.
    pub is_judged: bool,
    /// True if only approved [`commitments`](crate::check::commitments) may be published.
    pub needs_approval: bool,
}

/// The readers of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Everybody. There is no trace of a page that is not published.
    Citizen,
    /// Those who write it: every page is there, and those that are not published are marked.
    Author,
}

impl BuildProfile {
    /// The site that is published at `now`.
    #[must_use]
    pub const fn published(now: Timestamp) -> Self {
        Self { now, reader: Reader::Citizen, is_judged: true, needs_approval: true }
    }

    /// The same before anybody has approved it.
    #[must_use]
    pub const fn before_approval(self) -> Self {
        Self { needs_approval: false, ..self }
    }

    /// The site that was published at `then`, or will be, as far as that can be known.
    #[must_use]
    pub const fn of(then: Timestamp) -> Self {
        Self { now: then, reader: Reader::Citizen, is_judged: false, needs_approval: false }
    }

    /// The site that its authors look at while they write, at `now`.
    #[must_use]
    pub const fn preview(now: Timestamp) -> Self {
        Self { now, reader: Reader::Author, is_judged: true, needs_approval: true }
    }
}
