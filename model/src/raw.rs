//! What came over the wire for a form, before anything is known about it.

use std::collections::BTreeMap;

/// The texts a citizen typed, by field name, as they are shown again when something is wrong.
///
/// Line breaks are one `\n` each, and control characters are gone, also those that turn the direction of text:
/// a mail or a page cannot show them, and nobody types them. It has no `Debug`: it is personal data.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawAnswers(BTreeMap<String, Vec<String>>);

impl RawAnswers {
    /// The answers in the order of the wire; a name may come several times.
    #[must_use]
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, text) in pairs {
            answers.entry(name).or_default().push(cleaned(&text));
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

/// `text` with each line break as one `\n`, and no other control or direction-turning characters.
fn cleaned(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|&c| c == '\n' || (!c.is_control() && !turns_direction(c)))
        .collect()
}

/// The characters that change the direction of the text after them (Unicode UAX #9), and the byte-order mark.
const fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_is_one_character_and_control_characters_are_gone() {
        let raw = RawAnswers::new([("a".to_owned(), "x\r\ny\rz\0\u{7}\u{202e}\tæ".to_owned())]);
        assert_eq!(raw.first("a"), "x\ny\nzæ");
        assert_eq!(raw.first("b"), "");
    }
}
