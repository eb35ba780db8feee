//! Responses of the pages at secret URLs: a citizen's, and an officer's.

use crate::store::StoreError;
use pages::{BadPage, NoCase, Refusal};

/// The response to a browser.
pub(crate) enum Shown {
    /// A page with an HTTP status.
    Page(u16, String),
    /// A redirect to this path: the change is recorded, or the page is elsewhere.
    SeeOther(String),
}

/// The reason why there is no page.
pub(crate) enum NotShown {
    /// A citizen's page does not exist, or not now.
    Refused(Refusal),
    /// An officer's page does not exist, or not now.
    NoCase(NoCase),
    /// The page cannot be rendered.
    Page(BadPage),
}

impl NotShown {
    /// Refuses a citizen's page because of an error of the store.
    pub(crate) fn to_citizen(error: &StoreError, refusal: Refusal) -> Self {
        tracing::error!(%error, "a citizen's page could not be read or written");
        Self::Refused(refusal)
    }

    /// Refuses an officer's page because of an error of the store.
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
