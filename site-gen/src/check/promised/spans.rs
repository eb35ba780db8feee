//! Durations in a text, such as `7 dage` or `fourteen days`, in a uniform format.

use super::numbers::{DANISH_NUMBERS, ENGLISH_NUMBERS, number};
use crate::diagnostics::danish::is_among;

/// Units of time in the uniform format, each with its Danish words, the singular first. An s may follow: `dages`.
const DANISH: [(&str, &str); 11] = [
    ("arbejdsdage", "arbejdsdag arbejdsdage"),
    ("hverdage", "hverdag hverdage"),
    ("dage", "dag dage kalenderdag kalenderdage"),
    ("døgn", "døgn"),
    ("uger", "uge uger"),
    ("måneder", "måned måneder mdr"),
    ("timer", "time timer"),
    ("minutter", "minut minutter min"),
    ("sekunder", "sekund sekunder"),
    ("kvarter", "kvarter"),
    ("år", "år"),
];

/// The same units with their English words.
const ENGLISH: [(&str, &str); 8] = [
    ("arbejdsdage", "workday"),
    ("hverdage", "weekday"),
    ("dage", "day"),
    ("uger", "week fortnight"),
    ("måneder", "month"),
    ("timer", "hour"),
    ("minutter", "minute"),
    ("år", "year"),
];

/// Words between number and unit, and the unit they turn days into.
const BETWEEN: [(&str, Option<&str>); 8] = [
    ("hele", None),
    ("halv", None),
    ("halvt", None),
    ("full", None),
    ("calendar", None),
    ("working", Some("arbejdsdage")),
    ("business", Some("arbejdsdage")),
    ("åbne", None),
];

/// Prefixes of the words for units of time, as a literal for `concat!`.
macro_rules! unit_beginnings {
    () => {
        "arbejdsdag dag day døgn fortnight hour hverdag kalenderdag kvarter mdr min month måned sekund time uge week workday year år"
    };
}
pub(super) use unit_beginnings;

/// Prefixes of the words for units of time.
pub(crate) const UNITS: Beginnings = Beginnings::of(unit_beginnings!());

/// Lowercase prefixes of words, separated by spaces. Most texts contain none of them, and a quick look at their bytes
/// shows it; a full check is slow.
pub(crate) struct Beginnings {
    words: &'static str,
    /// The byte offset of each prefix.
    starts: [usize; 64],
    /// For each of the first three positions in a prefix and each byte there, the bits of the prefixes that have it.
    having: [[u64; 32]; 3],
}

impl Beginnings {
    /// At most 64 prefixes, of at least three bytes each.
    pub(crate) const fn of(words: &'static str) -> Self {
        let (bytes, mut starts, mut having, mut at, mut word) = (words.as_bytes(), [0; 64], [[0; 32]; 3], 0, 0);
        while at + 2 < bytes.len() {
            if at == 0 || bytes[at - 1] == b' ' {
                starts[word] = at;
                having[0][(bytes[at] & 31) as usize] |= 1 << word;
                having[1][(bytes[at + 1] & 31) as usize] |= 1 << word;
                having[2][(bytes[at + 2] & 31) as usize] |= 1 << word;
                word += 1;
            }
            at += 1;
        }
        Self { words, starts, having }
    }

    /// True if a word of the text may start with one of the prefixes, ignoring case.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        let (bytes, words) = (text.as_bytes(), self.words.as_bytes());
        let begins = |at: usize, start: usize| {
            let word = words[start..].iter().take_while(|byte| **byte != b' ');
            // The case bit, which is the same in the second byte of `Å` and `Ø`.
            word.zip(bytes[at..].iter().chain([&b' '])).all(|(one, other)| one | 0x20 == other | 0x20)
        };
        let having = |index: usize, byte: &u8| self.having[index][usize::from(byte & 31)];
        // All bits at the start of a word, otherwise none: avoids an unpredictable branch.
        let mut open = u64::MAX;
        for (at, three) in bytes.windows(3).enumerate() {
            let [one, two, three] = three else { continue };
            let mut found = open & having(0, one) & having(1, two) & having(2, three);
            while found != 0 {
                if begins(at, self.starts[found.trailing_zeros() as usize]) {
                    return true;
                }
                found &= found - 1;
            }
            open = if one.is_ascii_alphabetic() { 0 } else { u64::MAX };
        }
        false
    }
}

#[cfg(test)]
pub(crate) fn units() -> impl Iterator<Item = &'static str> {
    DANISH.iter().chain(&ENGLISH).flat_map(|(_, words)| words.split(' '))
}

/// The durations in a lowercase line, in Danish and English, each with its start.
pub(crate) fn spans(line: &str) -> Vec<(usize, String)> {
    let words = words(line);
    // The unit follows soon, and few words start like a unit.
    let units: Vec<bool> = words.iter().map(|word| UNITS.may_be_in(word.text)).collect();
    let is_near = |index: usize| units.iter().skip(index + 1).take(3).any(|is_unit| *is_unit);
    let span = |(index, word): (usize, &Word<'_>)| {
        let english = || span(&words, index, &ENGLISH, ENGLISH_NUMBERS);
        let span = || span(&words, index, &DANISH, DANISH_NUMBERS).or_else(english);
        Some((word.start, is_near(index).then(span)??))
    };
    words.iter().enumerate().filter_map(span).collect()
}

/// The duration that starts with the word at `index`. Number and unit must share a language: `a time` is not one.
fn span(words: &[Word<'_>], index: usize, units: &[(&str, &str)], numbers: &str) -> Option<String> {
    let word = words.get(index)?;
    let units_of = number(word.text, numbers)?;
    // `twenty-four`: two words, and the first alone is not a duration.
    let tens = index.checked_sub(1).and_then(|before| words.get(before)).filter(|_| word.follows && units_of < 10);
    let tens =
        tens.and_then(|word| number(word.text, numbers)).filter(|tens| (20..100).contains(tens) && tens % 10 == 0);
    let count = units_of + tens.unwrap_or(0);
    let mut next = words.get(index + 1).filter(|word| word.follows)?;
    // `a couple of days`
    if next.text == "of" {
        next = words.get(index + 2).filter(|word| word.follows)?;
    }
    let between = BETWEEN.iter().find(|(word, _)| *word == next.text);
    if between.is_some() {
        next = words.get(index + 2).filter(|word| word.follows)?;
    }
    let unit_of = |text: &str| units.iter().find(|(_, words)| is_among(text, words));
    let (unit, _) = unit_of(next.text).or_else(|| unit_of(next.text.strip_suffix('s')?))?;
    let unit = between.and_then(|(_, made)| *made).filter(|_| *unit == "dage").unwrap_or(unit);
    Some(written(count, unit))
}

/// Formats a duration: `7 dage`, `1 dag`.
pub(crate) fn written(count: u64, unit: &str) -> String {
    let words = DANISH.iter().find(|(many, _)| count == 1 && *many == unit);
    format!("{count} {}", words.and_then(|(_, words)| words.split(' ').next()).unwrap_or(unit))
}

struct Word<'l> {
    text: &'l str,
    /// The byte offset in the line.
    start: usize,
    /// True if only spaces, hyphens or marks such as those of bold separate it from the previous word.
    follows: bool,
}

fn words(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut end = 0;
    while let Some(start) = line[end..].find(char::is_alphanumeric).map(|start| end + start) {
        let follows = line[end..start].chars().all(|c| " -\u{2011}*_()".contains(c));
        let rest = &line[start..];
        // `24timer` counts as two words.
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
        let ends = |c: char| !c.is_alphanumeric() || (is_number && !c.is_ascii_digit());
        end = start + rest.find(ends).unwrap_or(rest.len());
        words.push(Word { text: &line[start..end], start, follows });
    }
    words
}
