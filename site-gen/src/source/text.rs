//! Converts texts to the normal form in which they are read, compared and published.

use model::text::normal;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Converts `text` to NFC with `\n` line breaks and without invisible characters. No-break spaces stay where they have
/// meaning, and become spaces in the structure of a file.
///
/// Locations in messages refer to this form: an invisible character takes up no column.
pub(crate) fn normal_text<'t>(text: &'t str, is_yaml: bool) -> Cow<'t, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // All visible ASCII, and the letters that begin with these bytes.
    let is_letter = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t' | 0x80..=0xbf | 0xc3..=0xc5);
    if text.bytes().fold(true, |all, byte| all & is_letter(byte))
        || text.chars().all(|sign| is_plain(sign) && sign != '\u{a0}')
    {
        return Cow::Borrowed(text);
    }
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.chars().all(is_plain) { out.push_str(line) } else { normal_line(line, &mut out) }
    }
    if out.contains(is_no_break) { Cow::Owned(with_spaces(&out, is_yaml)) } else { Cow::Owned(out) }
}

/// Escapes the text for HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The number of digits of a [`short_hash`].
pub(crate) const HASH_DIGITS: usize = 12;

/// The first digits of a SHA-256: enough to avoid accidental collisions between versions of a file.
pub(crate) fn short_hash(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes)[..HASH_DIGITS / 2].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The number of leading ASCII letters of a text. Most words contain nothing else.
#[inline]
pub(crate) fn letters(text: &[u8]) -> usize {
    const IS_LETTER: [bool; 256] = {
        let mut letters = [false; 256];
        let mut letter = b'a';
        while letter <= b'z' {
            letters[letter as usize] = true;
            letters[letter.to_ascii_uppercase() as usize] = true;
            letter += 1;
        }
        letters
    };
    text.iter().position(|byte| !IS_LETTER[usize::from(*byte)]).unwrap_or(text.len())
}

/// Characters of which no sequence has another normal form: printable ASCII, Latin letters and common punctuation.
const fn is_plain(sign: char) -> bool {
    matches!(sign, ' '..='~' | '\n' | '\t' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{17f}')
        || matches!(sign, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '€' | '−' | '→')
}

/// True for no-break spaces.
const fn is_no_break(sign: char) -> bool {
    matches!(sign, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Appends a normalised line, but keeps tabs and no-break spaces: an editor, unlike a citizen, may intend them.
fn normal_line(line: &str, out: &mut String) {
    // Word's bullets, private characters of the fonts Symbol and Wingdings.
    let bullet = line.trim_start().strip_prefix(|sign| matches!(sign, '\u{f000}'..='\u{f0ff}'));
    let line = bullet.map_or(Cow::Borrowed(line), |rest| Cow::Owned(format!("•{rest}")));
    // Ligatures, as in PDFs, and mathematical bold letters, as in social media.
    let is_drawn = |sign: char| matches!(sign, '\u{fb00}'..='\u{fb06}' | '\u{1d400}'..='\u{1d7ff}');
    let mut line = line;
    if line.contains(is_drawn) {
        let mut plain = String::with_capacity(line.len());
        for sign in line.chars() {
            if is_drawn(sign) { plain.extend(std::iter::once(sign).nfkc()) } else { plain.push(sign) }
        }
        line = Cow::Owned(plain);
    }
    for part in line.split_inclusive(|sign| sign == '\t' || is_no_break(sign)) {
        let end = part.chars().next_back().filter(|sign| *sign == '\t' || is_no_break(*sign));
        out.push_str(&normal(part.strip_suffix(['\t', '\u{a0}', '\u{202f}', '\u{2007}']).unwrap_or(part)));
        out.extend(end);
    }
}

/// Converts no-break spaces to spaces after the marks at the start of a line, and after a YAML key.
fn with_spaces(text: &str, is_yaml: bool) -> String {
    let mut in_yaml = is_yaml || text.lines().next().is_some_and(|line| line.trim_end() == "---");
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let marks = line.find(|sign| !matches!(sign, ' ' | '#' | '-' | '>' | '*' | '+') && !is_no_break(sign));
        let (marks, rest) = line.split_at(marks.unwrap_or(line.len()));
        if in_yaml {
            out.extend(marks.chars().map(spaced));
            let is_group = rest.starts_with('{') || rest.contains(": {") || rest.contains(":\u{a0}{");
            let parts = rest.split_inclusive(|sign| is_group && (sign == '{' || sign == ','));
            parts.for_each(|part| key_with_spaces(part, &mut out));
        } else {
            let begin = marks.find(|sign| !is_blank(sign)).unwrap_or(marks.len());
            out.push_str(&marks[..begin]);
            out.extend(marks[begin..].chars().map(spaced));
            out.push_str(rest);
        }
        in_yaml &= is_yaml || number == 0 || line.trim_end() != "---";
    }
    out
}

/// Appends a key and its value, with spaces around the colon.
fn key_with_spaces(part: &str, out: &mut String) {
    let begin = part.len() - part.trim_start_matches(is_blank).len();
    let end = part[begin..].find(|sign: char| !sign.is_alphanumeric() && sign != '_' && sign != '-').unwrap_or(0);
    let rest = &part[begin + end..];
    let colon = rest.trim_start_matches(is_blank);
    let value = colon.strip_prefix(':').map(|value| value.trim_start_matches(is_blank));
    let value = value.filter(|_| end > 0 && colon[1..].starts_with(is_blank));
    let value = value.unwrap_or(part);
    out.extend(part[..part.len() - value.len()].chars().map(spaced));
    out.push_str(value);
}

const fn is_blank(sign: char) -> bool {
    sign == ' ' || is_no_break(sign)
}

const fn spaced(sign: char) -> char {
    if is_no_break(sign) { ' ' } else { sign }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn invisible_characters_are_dropped_and_no_break_spaces_stay() {
        for (text, expected) in [
            ("\u{feff}a\r\nb\rc\n", "a\nb\nc\n"),
            ("bo\u{308}rn i A\u{30a}rhus\n", "börn i Århus\n"),
            ("so\u{ad}ge\u{200b}r \u{2066}114\u{2069}\u{feff}\u{2060}\n", "soger 114\n"),
            ("\u{1f468}\u{200d}\u{1f469}\n", "\u{1f468}\u{200d}\u{1f469}\n"),
            ("5\u{a0}km a\u{ad}\u{202f}b\n", "5\u{a0}km a\u{202f}b\n"),
            ("a\0b\tc\u{ad}\n", "ab\tc\n"),
            ("e\u{fb03}cient o\u{fb03}cer, \u{1d5d5}\u{1d5f2} \u{1d7ed}\u{1d7ee}\n", "efficient officer, Be 12\n"),
            ("\u{f0a7}\tpunkt\n  \u{f0d8} punkt \u{f0d8}\n", "•\tpunkt\n• punkt  \n"),
            ("titel: a\u{2028}kladde: ja\n", "titel: a\nkladde: ja\n"),
            ("##\u{a0}Sted\n-\u{a0}punkt\n1.\u{a0}maj\n", "## Sted\n- punkt\n1.\u{a0}maj\n"),
            ("---\ntitel:\u{a0}x\u{a0}y\n---\nObs:\u{a0}x\n", "---\ntitel: x\u{a0}y\n---\nObs:\u{a0}x\n"),
        ] {
            assert_eq!(normal_text(text, false), expected, "{text:?}");
        }
        for (text, expected) in [
            ("a:\u{a0}\u{a0}b\n", "a:  b\n"),
            ("a\u{a0}: b\u{a0}c\n", "a : b\u{a0}c\n"),
            ("  - {kode:\u{a0}a, tekst\u{a0}: b\u{a0}c,\u{a0}d: e}\n", "  - {kode: a, tekst : b\u{a0}c, d: e}\n"),
            ("frist: {ring:\u{a0}7}\n", "frist: {ring: 7}\n"),
            ("a: Obs:\u{a0}b, c:\u{a0}d\n", "a: Obs:\u{a0}b, c:\u{a0}d\n"),
        ] {
            assert_eq!(normal_text(text, true), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn normal_text_is_stable_and_has_no_invisible_characters(text in "[a-zæøå \\n\\r\\t\u{a0}\u{202f}\u{ad}\u{200b}-\u{200f}\u{2028}\u{308}\u{30a}\u{feff}#:-]{0,40}|\\PC{0,20}") {
            let once = normal_text(&text, false).into_owned();
            prop_assert_eq!(&normal_text(&once, false), &once);
            prop_assert!(!once.contains(['\r', '\u{ad}', '\u{200b}', '\u{feff}', '\u{2060}', '\u{200e}']), "{:?}", once);
        }

        #[test]
        fn plain_characters_are_left_alone(text in "[ -~\n\u{a0}-\u{ac}\u{ae}-\u{17f}\u{2010}-\u{2027}\u{2030}-\u{205e}€−→]{0,40}") {
            let parts: Vec<String> = text.split('\u{a0}').map(normal).collect();
            prop_assert_eq!(parts.join("\u{a0}"), text);
        }
    }
}
