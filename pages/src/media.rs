//! The media types of published files: one table, which the preview, the publication and the tests also read.

use std::path::Path;

/// An extension and its `Content-Type` per line, separated by a tab.
const TABLE: &str = include_str!("../media-types.tsv");

/// The media type of the file at a path, by its extension. `None` if no such file is published.
#[must_use]
pub fn media_type(path: &str) -> Option<&'static str> {
    let extension = Path::new(path).extension()?;
    TABLE.lines().filter_map(|line| line.split_once('\t')).find(|(known, _)| *known == extension).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_and_feeds_have_their_own_media_types() {
        assert_eq!(media_type("/fyn/tur.ics"), Some("text/calendar; charset=utf-8"));
        assert_eq!(media_type("/fyn/tur.atom"), Some("application/atom+xml; charset=utf-8"));
        assert_eq!((media_type("/fyn/tur"), media_type("/fyn.d/"), media_type("a.docx")), (None, None, None));
    }
}
