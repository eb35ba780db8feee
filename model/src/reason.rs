//! Reasons for closing a request: what an officer chooses from, and what its citizen then reads.

use crate::html::SafeHtml;
use crate::names::{Language, ReasonSlug};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A reason for closing a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Its name.
    pub slug: ReasonSlug,
    /// The words that officers read.
    pub title: String,
    /// True if citizens read how to complain.
    pub guides_complaints: bool,
    /// The words that citizens read, in each language.
    pub texts: BTreeMap<Language, SafeHtml>,
}

impl Reason {
    /// The words that citizens read in a language, in Danish where there is none.
    #[must_use]
    pub fn text(&self, language: &Language) -> Option<&SafeHtml> {
        self.texts.get(language).or_else(|| self.texts.get(&Language::danish()))
    }
}
