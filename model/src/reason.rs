//! The reasons for closing a request, from which officers choose and which citizens then read.

use crate::html::SafeHtml;
use crate::names::{Language, ReasonSlug};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A reason for closing a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The slug, which is also the file name in the content.
    pub slug: ReasonSlug,
    /// The title for officers.
    pub title: String,
    /// True if citizens also read how to complain.
    pub guides_complaints: bool,
    /// The text for citizens, in each language.
    pub texts: BTreeMap<Language, SafeHtml>,
}

impl Reason {
    /// The text for citizens in a language, or in Danish if that is missing.
    #[must_use]
    pub fn text(&self, language: &Language) -> Option<&SafeHtml> {
        self.texts.get(language).or_else(|| self.texts.get(&Language::danish()))
    }
}
