//! The audience and the time of a build.

use jiff::Timestamp;

/// The audience and the time of a build: the same content becomes a different site for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuildProfile {
    /// The time at which temporary content is evaluated.
    pub now: Timestamp,
    /// The audience.
    pub reader: Reader,
    /// True if only approved commitments may be published ([`commitments`](crate::check::commitments)).
    pub needs_approval: bool,
}

/// The audience of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The public: unpublished pages leave no trace.
    Citizen,
    /// The authors: every page is included, and unpublished ones are marked.
    Author,
}

impl BuildProfile {
    /// The site that is published at `now`.
    #[must_use]
    pub const fn published(now: Timestamp) -> Self {
        Self { now, reader: Reader::Citizen, needs_approval: true }
    }

    /// The same profile before approval: commitments need no approval yet.
    #[must_use]
    pub const fn before_approval(self) -> Self {
        Self { needs_approval: false, ..self }
    }

    /// The preview that authors see while they write, at `now`.
    #[must_use]
    pub const fn preview(now: Timestamp) -> Self {
        Self { now, reader: Reader::Author, needs_approval: true }
    }
}
