//! The ids of a page's headings: made of their texts, so that links to them live as long as the texts.

use crate::diagnostics::danish::slug;

/// The ids given on one page.
#[derive(Default)]
pub(crate) struct Ids(Vec<String>);

impl Ids {
    /// The id for the next heading; a text that was there before gets a number.
    pub(crate) fn give(&mut self, heading: &str) -> String {
        let base = match slug(heading) {
            empty if empty.is_empty() => "afsnit".to_owned(),
            slug => slug,
        };
        let numbered = (2..).map(|number| format!("{base}-{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(numbered);
        let id = candidates.find(|id| !self.0.contains(id)).unwrap_or(base);
        self.0.push(id.clone());
        id
    }

    /// All ids, in the order of the headings.
    pub(crate) fn into_all(self) -> Vec<String> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headings_get_numbers_that_no_other_heading_has() {
        let mut ids = Ids::default();
        let given = ["Frist", "Frist", "Frist 3", "Frist", "?"].map(|heading| ids.give(heading));
        assert_eq!(given, ["frist", "frist-2", "frist-3", "frist-4", "afsnit"]);
        assert_eq!(ids.into_all(), given);
    }
}
