//! Raw answers of a form, as they came over the wire.

use crate::text;
use std::collections::BTreeMap;

/// The texts a citizen typed, by field name, as they are shown again when something is wrong.
///
/// Each is in its [normal form](crate::text::normal), so that nothing judges or stores another. It has no `Debug`: it is
/// personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawAnswers(BTreeMap<String, Vec<String>>);

impl RawAnswers {
    /// The answers in the order of the wire; a name may come several times.
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

    /// All answers to a field, as checkboxes give.
    #[must_use]
    pub fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_in_their_normal_form() {
        let raw = RawAnswers::new([("a".to_owned(), "x\r\ny\rz\0\u{202e}\tæ".to_owned())]);
        assert_eq!(raw.first("a"), "x\ny\nz æ");
        assert_eq!(raw.first("b"), "");
    }
}
