//! Formatting of numbers by language.

use crate::names::Language;

/// Groups the digits of a number: `1.000` in Danish and the like, `1,000` in English, else a thin space (ISO 80000).
#[must_use]
pub fn grouped(number: usize, language: &Language) -> String {
    let mark = match language.as_str() {
        "da" | "de" | "es" | "it" | "nl" | "tr" => '.',
        "en" => ',',
        _ => '\u{202f}',
    };
    let digits = number.to_string();
    let mut written = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(mark);
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_as_in_the_language() {
        for (number, language, written) in [
            (0, "da", "0"),
            (999, "da", "999"),
            (1000, "da", "1.000"),
            (1000, "en", "1,000"),
            (1000, "uk", "1\u{202f}000"),
            (1_234_567, "da", "1.234.567"),
        ] {
            assert_eq!(grouped(number, &Language::parse(language).unwrap()), written);
        }
    }
}
