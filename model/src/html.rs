//! HTML that our own Markdown renderer made, apart from text that must be escaped.

use serde::{Deserialize, Serialize};

/// A piece of HTML without scripts or raw author HTML, safe to put into a page as it is.
///
/// Only the Markdown renderer of `site-gen` makes one from text; the catalog carries it to the function.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Takes HTML from a renderer that escapes everything an author wrote as HTML.
    #[must_use]
    pub const fn from_renderer(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
