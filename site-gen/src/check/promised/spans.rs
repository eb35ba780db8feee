//! Spans of time in a text: `7 dage`, `fourteen days`, each told in one way of writing.

use crate::source::text::letters;

/// Words for spans of time in Danish, and how each is told.
const DANISH: [(&str, &str); 25] = [
    ("arbejdsdag", "arbejdsdage"),
    ("arbejdsdage", "arbejdsdage"),
    ("hverdag", "hverdage"),
    ("hverdage", "hverdage"),
    ("hverdages", "hverdage"),
    ("dag", "dage"),
    ("dage", "dage"),
    ("dages", "dage"),
    ("døgn", "døgn"),
    ("døgns", "døgn"),
    ("uge", "uger"),
    ("uger", "uger"),
    ("ugers", "uger"),
    ("måned", "måneder"),
    ("måneder", "måneder"),
    ("måneders", "måneder"),
    ("time", "timer"),
    ("timer", "timer"),
    ("timers", "timer"),
    ("minut", "minutter"),
    ("minutter", "minutter"),
    ("minutters", "minutter"),
    ("kvarter", "kvarter"),
    ("år", "år"),
    ("års", "år"),
];

/// The same in English.
const ENGLISH: [(&str, &str); 18] = [
    ("workday", "arbejdsdage"),
    ("workdays", "arbejdsdage"),
    ("fortnight", "uger"),
    ("fortnights", "uger"),
    ("weekday", "hverdage"),
    ("weekdays", "hverdage"),
    ("day", "dage"),
    ("days", "dage"),
    ("week", "uger"),
    ("weeks", "uger"),
    ("month", "måneder"),
    ("months", "måneder"),
    ("hour", "timer"),
    ("hours", "timer"),
    ("minute", "minutter"),
    ("minutes", "minutter"),
    ("year", "år"),
    ("years", "år"),
];

/// Words between number and unit, and what they make of days.
const BETWEEN: [(&str, Option<&str>); 6] = [
    ("hele", None),
    ("full", None),
    ("calendar", None),
    ("working", Some("arbejdsdage")),
    ("business", Some("arbejdsdage")),
    ("åbne", None),
];

/// Units in the plural and in the singular.
const ONE: [(&str, &str); 7] = [
    ("dage", "dag"),
    ("uger", "uge"),
    ("timer", "time"),
    ("måneder", "måned"),
    ("minutter", "minut"),
    ("hverdage", "hverdag"),
    ("arbejdsdage", "arbejdsdag"),
];

/// The words for numbers in Danish, rounded up; those from 21 to 99 are made of these.
const DANISH_NUMBERS: [(&str, u64); 34] = [
    ("en", 1),
    ("et", 1),
    ("én", 1),
    ("ét", 1),
    ("par", 2),
    ("to", 2),
    ("tre", 3),
    ("fire", 4),
    ("fem", 5),
    ("seks", 6),
    ("syv", 7),
    ("otte", 8),
    ("ni", 9),
    ("ti", 10),
    ("elleve", 11),
    ("tolv", 12),
    ("tretten", 13),
    ("fjorten", 14),
    ("femten", 15),
    ("seksten", 16),
    ("sytten", 17),
    ("atten", 18),
    ("nitten", 19),
    ("halvanden", 2),
    ("halvandet", 2),
    ("tyve", 20),
    ("tredive", 30),
    ("fyrre", 40),
    ("halvtreds", 50),
    ("tres", 60),
    ("halvfjerds", 70),
    ("firs", 80),
    ("halvfems", 90),
    ("hundrede", 100),
];

/// The same in English.
const ENGLISH_NUMBERS: [(&str, u64); 31] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("couple", 2),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("hundred", 100),
];

/// The beginnings of the words for units of time, as a text that others can be added to.
macro_rules! unit_beginnings {
    () => {
        "arbejdsdag dag day døgn fortnight hour hverdag kvarter minut month måned time uge week workday year år"
    };
}
pub(super) use unit_beginnings;

/// The beginnings of the words for units of time.
pub(crate) const UNITS: Beginnings = Beginnings::of(unit_beginnings!());

/// The beginnings of words in small letters, with a blank between them. Most texts have no such word, and a glance at their
/// bytes tells: judging a text takes long.
pub(crate) struct Beginnings {
    words: &'static str,
    /// The bytes where the words begin, as many as there are.
    starts: ([usize; 32], usize),
    /// By the first byte of a word, the bits of its second, and by the second those of the third.
    pairs: [[u32; 32]; 2],
}

impl Beginnings {
    /// At most 32 words, of three bytes or more.
    pub(crate) const fn of(words: &'static str) -> Self {
        let (bytes, mut starts, mut pairs, mut at) = (words.as_bytes(), ([0; 32], 0), [[0; 32]; 2], 0);
        while at + 2 < bytes.len() {
            if at == 0 || bytes[at - 1] == b' ' {
                starts.0[starts.1] = at;
                starts.1 += 1;
                pairs[0][(bytes[at] & 31) as usize] |= 1 << (bytes[at + 1] & 31);
                pairs[1][(bytes[at + 1] & 31) as usize] |= 1 << (bytes[at + 2] & 31);
            }
            at += 1;
        }
        Self { words, starts, pairs }
    }

    /// True if a word of the text may begin with one of these, whatever its case.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        let (bytes, words) = (text.as_bytes(), self.words.as_bytes());
        let begins = |at: usize, start: usize| {
            let word = words[start..].iter().take_while(|byte| **byte != b' ');
            // The bit in which capitals differ, also in the second byte of `Å` and `Ø`.
            word.zip(bytes[at..].iter().chain([&b' '])).all(|(one, other)| one | 0x20 == other | 0x20)
        };
        let follows =
            |step: usize, one: u8, other: u8| self.pairs[step][usize::from(one & 31)] >> (other & 31) & 1 == 1;
        let may_begin = |at: usize| {
            let [one, two, three, ..] = bytes[at..] else { return false };
            let is_it = |start: &usize| (words[*start] ^ one) & 31 == 0 && begins(at, *start);
            follows(0, one, two) && follows(1, two, three) && self.starts.0[..self.starts.1].iter().any(is_it)
        };
        let mut at = 0;
        while at < bytes.len() {
            if may_begin(at) {
                return true;
            }
            at += letters(&bytes[at..]) + 1;
        }
        false
    }
}

#[cfg(test)]
pub(crate) fn units() -> impl Iterator<Item = &'static str> {
    DANISH.iter().chain(&ENGLISH).map(|(unit, _)| *unit)
}

/// The spans of time in a line of small letters, in any language that is known here, and where each begins.
pub(crate) fn spans(line: &str) -> Vec<(usize, String)> {
    let words = words(line);
    // The unit comes soon after, and few words begin like one.
    let units: Vec<bool> = words.iter().map(|word| UNITS.may_be_in(word.text)).collect();
    let is_near = |place: usize| units.iter().skip(place + 1).take(3).any(|is_unit| *is_unit);
    let span = |(place, word): (usize, &Word<'_>)| {
        let span = || danish(&words, place).or_else(|| english(&words, place));
        Some((word.start, is_near(place).then(span)??))
    };
    words.iter().enumerate().filter_map(span).collect()
}

fn danish(words: &[Word<'_>], place: usize) -> Option<String> {
    span(words, place, &DANISH, &DANISH_NUMBERS)
}

fn english(words: &[Word<'_>], place: usize) -> Option<String> {
    span(words, place, &ENGLISH, &ENGLISH_NUMBERS)
}

/// The span that begins with the word at `place`. Number and unit are of one language: `a time` is none.
fn span(words: &[Word<'_>], place: usize, units: &[(&str, &str)], numbers: &[(&str, u64)]) -> Option<String> {
    let word = words.get(place)?;
    let units_of = number(word.text, numbers)?;
    // `twenty-four`: two words, of which the first makes no span of its own.
    let tens = place.checked_sub(1).and_then(|before| words.get(before)).filter(|_| word.follows && units_of < 10);
    let tens =
        tens.and_then(|word| number(word.text, numbers)).filter(|tens| (20..100).contains(tens) && tens % 10 == 0);
    let count = units_of + tens.unwrap_or(0);
    let mut next = words.get(place + 1).filter(|word| word.follows)?;
    // `a couple of days`
    if next.text == "of" {
        next = words.get(place + 2).filter(|word| word.follows)?;
    }
    let between = BETWEEN.iter().find(|(word, _)| *word == next.text);
    if between.is_some() {
        next = words.get(place + 2).filter(|word| word.follows)?;
    }
    let (_, unit) = units.iter().find(|(word, _)| *word == next.text)?;
    let unit = between.and_then(|(_, made)| *made).filter(|_| *unit == "dage").unwrap_or(unit);
    Some(told(count, unit))
}

/// A span of time as it is told: `7 dage`, `1 dag`.
pub(crate) fn told(count: u64, unit: &str) -> String {
    let one = ONE.iter().find(|(many, _)| count == 1 && *many == unit);
    format!("{count} {}", one.map_or(unit, |(_, one)| one))
}

fn number(word: &str, numbers: &[(&str, u64)]) -> Option<u64> {
    let known = numbers.iter().find(|(known, _)| *known == word).map(|(_, number)| *number);
    // `fireogtyve`
    let made = || {
        let (ones, tens) = word.split_once("og")?;
        let of = |part: &str| numbers.iter().find(|(known, _)| *known == part).map(|(_, number)| *number);
        Some(of(ones)? + of(tens).filter(|tens| *tens >= 20)?)
    };
    known.or_else(made).or_else(|| word.parse().ok().filter(|_| word.chars().all(|c| c.is_ascii_digit())))
}

struct Word<'l> {
    text: &'l str,
    /// Where it begins in the line.
    start: usize,
    /// True if nothing but a space or a hyphen stands between it and the word before.
    follows: bool,
}

fn words(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut end = 0;
    while let Some(start) = line[end..].find(char::is_alphanumeric).map(|start| end + start) {
        let follows = line[end..start].chars().all(|c| [' ', '-', '\u{2011}'].contains(&c));
        let rest = &line[start..];
        // `24timer` is written for two words.
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
        let ends = |c: char| !c.is_alphanumeric() || (is_number && !c.is_ascii_digit());
        end = start + rest.find(ends).unwrap_or(rest.len());
        words.push(Word { text: &line[start..end], start, follows });
    }
    words
}
