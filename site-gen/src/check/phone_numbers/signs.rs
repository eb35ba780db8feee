//! Characters as readers see them: digits of any script, spaces, dashes and slashes in one form, and nothing invisible.

use crate::diagnostics::danish::is_among;
use std::ops::RangeInclusive;

/// Separates two blocks of a page that read as one number, such as two list items.
pub(crate) const BLOCK: char = '\u{1f}';

/// Letters that people and OCR take for digits.
pub(super) const LIKE_DIGITS: [char; 4] = ['O', 'o', 'l', 'I'];

/// The zeros of decimal digits in other scripts, and the character before the one of circled digits; the other nine
/// digits follow each.
const NOUGHTS: [u32; 45] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20,
    0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0x245f, 0x24f4,
    0x2775, 0x277f, 0x2789, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x11066, 0x1fbf0,
    0x1e950,
];

/// The digits of five consecutive mathematical alphabets.
const MATHEMATICAL: RangeInclusive<u32> = 0x1d7ce..=0x1d7ff;

/// Characters with the names of their entities.
const NAMED: [(char, &str); 12] = [
    (' ', "nbsp NonBreakingSpace ensp emsp numsp puncsp thinsp hairsp"),
    ('\u{ad}', "shy"),
    ('\u{200d}', "zwj zwnj"),
    ('\u{200b}', "ZeroWidthSpace"),
    ('\u{2060}', "NoBreak"),
    ('\u{200e}', "lrm rlm"),
    ('-', "ndash mdash hyphen dash horbar minus"),
    ('.', "period"),
    (',', "comma"),
    ('/', "sol"),
    ('+', "plus"),
    ('@', "commat"),
];

/// The character as readers see it; `None` if it is invisible.
pub(super) fn seen(sign: char) -> Option<char> {
    Some(match sign {
        ' '..='~' => sign,
        '\t' => ' ',
        blank if blank.is_whitespace() && !blank.is_control() => ' ',
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}'
        | '\u{2e3a}'
        | '\u{2e3b}'
        | '\u{30fc}' => '-',
        '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{2d9}' | '\u{2219}' | '\u{22c5}' | '\u{ff0e}' | '\u{2024}'
        | '\u{fe52}' => '.',
        '\u{ff0c}' | '\u{201a}' | '\u{fe50}' | '\u{60c}' | '\u{3001}' => ',',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' | '\u{29f8}' => '/',
        '\u{ff0b}' | '\u{207a}' => '+',
        '\u{ff20}' | '\u{fe6b}' => '@',
        '\u{ff08}' => '(',
        '\u{ff09}' => ')',
        // A keycap around a digit.
        '\u{20e3}' | BLOCK => return None,
        other if is_unseen(other) => return None,
        other => digit(other).unwrap_or(other),
    })
}

/// Replaces lookalike letters by digits, in words of nothing else: `33 l4 14 4O`. The length stays the same.
pub(super) fn with_digits(text: String) -> String {
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let is_like = |byte: &u8| LIKE_DIGITS.contains(&char::from(*byte));
    if !text.as_bytes().windows(2).any(|two| two.iter().any(is_digit) && two.iter().any(is_like)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|sign: char| !sign.is_alphanumeric()) {
        let word = part.trim_end_matches(|sign: char| !sign.is_alphanumeric()).as_bytes();
        if word.iter().any(is_digit) && word.iter().all(|byte| is_digit(byte) || is_like(byte)) {
            out.push_str(&part.replace(['O', 'o'], "0").replace(['l', 'I'], "1"));
        } else {
            out.push_str(part);
        }
    }
    out
}

fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
        || (sign.is_control() && sign != '\n')
}

fn digit(sign: char) -> Option<char> {
    let code = u32::from(sign);
    // Most letters come before all of them.
    if code < NOUGHTS[0] {
        return None;
    }
    let value = if MATHEMATICAL.contains(&code) {
        (code - MATHEMATICAL.start()) % 10
    } else {
        NOUGHTS.iter().map(|nought| code.wrapping_sub(*nought)).find(|value| *value < 10)?
    };
    char::from_digit(value, 10)
}

/// Decodes the entity or YAML escape at the start of `text`, and returns its length in bytes.
pub(super) fn written_out(text: &str) -> Option<(char, usize)> {
    if let Some(escaped) = text.strip_prefix('\\') {
        let digits = match escaped.chars().next()? {
            '_' | 'N' | 'L' | 'P' | 't' | 'n' if !escaped[1..].starts_with(char::is_alphabetic) => {
                return Some((' ', 2));
            }
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let code = u32::from_str_radix(escaped.get(1..=digits)?, 16).ok()?;
        return Some((char::from_u32(code)?, digits + 2));
    }
    let name = text.strip_prefix('&')?;
    let end = name.bytes().take(24).position(|byte| byte == b';')?;
    let name = &name[..end];
    let sign = match name.strip_prefix('#') {
        Some(code) => {
            let code = match code.strip_prefix(['x', 'X']) {
                Some(code) => u32::from_str_radix(code, 16),
                None => code.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => NAMED.iter().find(|(_, names)| is_among(name, names))?.0,
    };
    Some((sign, end + 2))
}
