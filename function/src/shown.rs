//! Answers of the pages that only an address leads to: a citizen's, and an officer's.

use crate::store::StoreError;
use pages::{BadPage, NoCase, Refusal};

/// The answer to a browser.
pub(crate) enum Shown {
    /// A page with a status.
    Page(u16, String),
    /// It is noted, or shown elsewhere: go to this path.
    SeeOther(String),
}

/// Why there is none.
pub(crate) enum NotShown {
    /// A citizen has no such page, or not now.
    Refused(Refusal),
    /// An officer has no such page, or not now.
    NoCase(NoCase),
    /// The page cannot be made.
    Page(BadPage),
}

impl NotShown {
    /// The store does not answer a citizen's page.
    pub(crate) fn to_citizen(error: &StoreError, refusal: Refusal) -> Self {
        tracing::error!(%error, "a citizen's page could not be read or written");
        Self::Refused(refusal)
    }

    /// The store does not answer an officer's page.
    pub(crate) fn to_officer(error: &StoreError) -> Self {
        tracing::error!(%error, "a case could not be read or written");
        Self::NoCase(NoCase::Down)
    }
}

impl From<BadPage> for NotShown {
    fn from(page: BadPage) -> Self {
        Self::Page(page)
    }
}

impl From<Refusal> for NotShown {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<NoCase> for NotShown {
    fn from(why: NoCase) -> Self {
        Self::NoCase(why)
    }
}
