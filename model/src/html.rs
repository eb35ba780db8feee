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

    /// The words alone, on one line, for a mail without HTML.
    #[must_use]
    pub fn text(&self) -> String {
        let mut parts = self.0.split('<');
        let first = parts.next().unwrap_or_default().to_owned();
        // The renderer escapes every `<` and `>` that is not a tag of its own.
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
    fn the_words_alone_have_no_tags_and_no_escapes() {
        let html = SafeHtml::from_renderer("<p>Ring <strong>112</strong>,\nhvis a &lt; b &amp;lt; c.</p>\n".to_owned());
        assert_eq!(html.text(), "Ring 112, hvis a < b &lt; c.");
    }
}
