//! Splits a Danish text into sentences.

use std::ops::Range;

/// Abbreviations that do not end a sentence, without their last full stop.
const GOES_ON: [&str; 34] = [
    "adr", "afd", "art", "bl.a", "ca", "dr", "dvs", "ekskl", "evt", "f.eks", "fx", "fr", "hhv", "hr", "inkl", "jf",
    "kap", "kl", "kr", "maks", "max", "mht", "mia", "min", "mio", "nr", "p.g.a", "pga", "pkt", "sml", "stk", "tlf",
    "t.eks", "vedr",
];

/// The spans of the sentences of `text`.
///
/// A full stop ends a sentence if a capital, a digit or a quotation mark follows, but not after an abbreviation, and
/// not in a date, a time or an address (`5. december`, `kl. 14.30`, `politi.dk`). A colon ends one if a capital
/// follows, as Björnsson counts.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut start, mut from) = (Vec::new(), 0, 0);
    // The first bytes of sentence-ending characters.
    let is_first = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | b':' | 0xe2);
    while let Some(at) = text.as_bytes()[from..].iter().position(is_first).map(|at| from + at) {
        from = at + 1;
        let Some(sign) = text[at..].chars().next().filter(|sign| sign.is_ascii() || *sign == '…') else { continue };
        let after = &text[at + sign.len_utf8()..];
        let rest = after.trim_start_matches(['.', '!', '?', ')', ']', '»', '«', '”', '"', '*']);
        if is_end(&text[..at], sign, rest) {
            let end = text.len() - rest.len();
            found.push(start..end);
            start = end;
        }
    }
    found.push(start..text.len());
    found.retain(|range| text[range.clone()].chars().any(char::is_alphanumeric));
    found
}

/// True if `sign` ends a sentence. The `rest` must be stripped of closing brackets and quotation marks.
fn is_end(before: &str, sign: char, rest: &str) -> bool {
    let next = rest.trim_start();
    if next.is_empty() {
        return true;
    }
    // Within a word: `14.30`, `politi.dk`, `f.eks.`.
    if rest.len() == next.len() {
        return false;
    }
    // The value filled in there is a separate sentence.
    if sign == '.' && next.starts_with(['{', '[']) {
        return true;
    }
    let first = next.trim_start_matches(['«', '»', '“', '”', '"', '(', '[', '–', '-', '*', ' ']).chars().next();
    let begins = first.is_some_and(|first| first.is_uppercase() || (sign != ':' && first.is_ascii_digit()));
    if sign != '.' {
        return begins;
    }
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '»' | '"')).next().unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // No abbreviation is longer.
    begins && !is_initial && (word.len() > 5 || !GOES_ON.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| text[range].trim()).collect()
    }

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        for (text, expected) in [
            ("Ring 114. Ring 112!", &["Ring 114.", "Ring 112!"][..]),
            ("Er du i fare? Så ring 112", &["Er du i fare?", "Så ring 112"]),
            ("Han sagde: »Kom nu.« Så gik han.", &["Han sagde:", "»Kom nu.«", "Så gik han."]),
            ("Husk: Ring 112.", &["Husk:", "Ring 112."]),
            ("Husk: vejens navn.", &["Husk: vejens navn."]),
            ("Der er 11 stationer. 3 har åbent.", &["Der er 11 stationer.", "3 har åbent."]),
            ("Vent … Så ring.", &["Vent …", "Så ring."]),
            ("Vi sletter den. {opbevaring} Har du ret?", &["Vi sletter den.", "{opbevaring} Har du ret?"]),
            ("", &[]),
            (" . ", &[]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn abbreviations_dates_times_and_addresses_do_not_end_a_sentence() {
        for text in [
            "Det sker f.eks. Om natten.",
            "Vi ringer kl. 14.30 eller kl. 16.",
            "Det var den 5. december 2026 om aftenen.",
            "Lov nr. 410 af 27. april 2017 gælder.",
            "Se bl.a. Aarhus og dvs. Randers, jf. Forordningens art. 13.",
            "Læs på politi.dk eller på www.datatilsynet.dk om det.",
            "H. C. Andersen skrev ca. 160 eventyr.",
            "Der er 1.000 tegn i alt.",
        ] {
            assert_eq!(split(text).len(), 1, "{text}: {:?}", split(text));
        }
    }
}
