//! The raw answers to a form, as they came over the wire.

use crate::text;
use std::collections::BTreeMap;

/// The texts that a citizen typed, by field name. They are shown again if something is wrong.
///
/// Each is in its [normal form](crate::text::normal), so that nothing judges or stores any other form. There is no
/// `Debug`, since this is personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawAnswers(BTreeMap<String, Vec<String>>);

impl RawAnswers {
    /// Collects the answers in wire order; a name may occur several times.
    #[must_use]
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, text) in pairs {
            answers.entry(name).or_default().push(text::normal(&text));
        }
        Self(answers)
    }

    /// The first answer to a field, or an empty text.
    #[must_use]
    pub fn first(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All answers to a field, such as those of checkboxes.
    #[must_use]
    pub fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_normalised() {
        let raw = RawAnswers::new([("a".to_owned(), "x\r\ny\rz\0\u{202e}\tæ".to_owned())]);
        assert_eq!(raw.first("a"), "x\ny\nz æ");
        assert_eq!(raw.first("b"), "");
    }
}
