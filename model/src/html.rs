//! HTML from our own Markdown renderer, kept apart from text that must be escaped.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A piece of HTML without scripts or raw author HTML, safe to insert into a page unescaped.
///
/// Only the Markdown renderer of `site-gen` makes it from text; the catalog carries it to the function.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct SafeHtml(Arc<str>);

impl From<String> for SafeHtml {
    fn from(html: String) -> Self {
        Self(html.into())
    }
}

impl From<SafeHtml> for String {
    fn from(SafeHtml(html): SafeHtml) -> Self {
        html.as_ref().to_owned()
    }
}

impl SafeHtml {
    /// Wraps HTML from a renderer that escapes everything an author wrote as HTML.
    #[must_use]
    pub fn from_renderer(html: String) -> Self {
        html.into()
    }

    /// True if the HTML has a placeholder for the value called `name`: `{name}`.
    #[must_use]
    pub fn has_place(&self, name: &str) -> bool {
        self.0.contains(&format!("{{{name}}}"))
    }

    /// Fills the placeholders for the value called `name` with text, which is escaped.
    #[must_use]
    pub fn filled(&self, name: &str, text: &str) -> Self {
        let signs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"), ("{", "&#123;")];
        let text = signs.iter().fold(text.to_owned(), |text, (sign, escaped)| text.replace(sign, escaped));
        Self(self.0.replace(&format!("{{{name}}}"), &text).into())
    }

    /// Returns the words alone, on one line, for a mail without HTML.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts = self.0.split('<');
        let first = parts.next().unwrap_or_default().to_owned();
        // The renderer escapes every `<` and `>` except those of its own tags.
        let bare = parts.fold(first, |text, part| text + part.split_once('>').map_or("", |(_, after)| after));
        let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
            .iter()
            .fold(bare, |text, (escaped, sign)| text.replace(escaped, sign));
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_has_no_tags_and_no_escapes() {
        let html = SafeHtml::from_renderer("<p>Ring <strong>112</strong>,\nhvis a &lt; b &amp;lt; c.</p>\n".to_owned());
        assert_eq!(html.text(), "Ring 112, hvis a < b &lt; c.");
    }
}
