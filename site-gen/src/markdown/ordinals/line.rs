//! Lines that start with a number and a full stop, classified as a date, another ordinal or a step.

use crate::diagnostics::danish::{MONTHS, is_among};
use crate::diagnostics::lines::lines;
use std::ops::Range;

/// A number and a full stop where Markdown expects a list item.
#[derive(Debug, Clone)]
pub(super) struct Marker {
    pub(super) number: u32,
    /// The byte offset of the full stop.
    pub(super) dot: usize,
    pub(super) line: Range<usize>,
    pub(super) column: usize,
    /// The column where the text after it starts.
    pub(super) content: usize,
    /// Equal for all lines that no separate paragraph or heading divides.
    pub(super) group: usize,
    /// True if only the marker of a bullet precedes it.
    pub(super) is_first_in_bullet: bool,
    pub(super) meaning: Meaning,
}

/// The meaning of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `18. december`: unambiguously a date.
    Date,
    /// `1. juledag`, `3. May`: an ordinal, unless it is among steps.
    Ordinal,
    /// `1. Ring`: a list item.
    Step,
}

/// Abbreviated months; no step of a list starts with one of these or of the [`MONTHS`].
const SHORT_MONTHS: [&str; 9] = ["jan", "feb", "apr", "jun", "jul", "aug", "sept", "okt", "dec"];

fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || SHORT_MONTHS.contains(&word)
}

/// Other words after an ordinal, in lowercase.
const COUNTED: &str = "nov sep mar january february march may june july october oct juledag juledags pinsedag påskedag nytårsdag advent \
     søndag mandag tirsdag onsdag torsdag fredag lørdag hverdag kvartal kvartals halvår semester sal sals etage \
     klasse klasses klasserne klassetrin årgang division verdenskrig gang behandling instans plads prioritet halvleg \
     juleaften skoledag";

/// Words that count only in lowercase: steps may start with the name of a day.
const SMALL: [&str; 8] = ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "hverdag"];

/// Visits each marker of a text, in order.
pub(super) fn markers(text: &str, mut with: impl FnMut(Marker)) {
    let (mut group, mut is_after_blank, mut content) = (0, true, 0);
    for (start, line) in lines(text) {
        let range = start..start + line.len();
        let begin = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let first = line.as_bytes().get(begin).copied().unwrap_or(b'\n');
        match first {
            b'\n' | b'\r' => {
                is_after_blank = true;
                continue;
            }
            b'0'..=b'9' | b'>' | b'-' | b'*' | b'+' => {
                let last = of_line(line, &range, group, &mut with);
                content = last.unwrap_or(content);
                // Another kind of list or a quotation ends the previous list only if it is not nested in it.
                if last.is_none() && is_after_blank && begin < content {
                    group += 1;
                }
            }
            _ if first == b'#' || (is_after_blank && begin < content) => group += 1,
            _ => {}
        }
        is_after_blank = false;
    }
}

/// Visits the markers of one line, and returns the column of the text after the last.
fn of_line(line: &str, range: &Range<usize>, group: usize, with: &mut impl FnMut(Marker)) -> Option<usize> {
    let bytes = line.as_bytes();
    let (mut at, mut last, mut is_first_in_bullet) = (0, None, false);
    loop {
        match bytes.get(at)? {
            b' ' | b'\t' | b'>' => at += 1,
            b'-' | b'*' | b'+' if matches!(bytes.get(at + 1), Some(b' ' | b'\t')) => {
                at += 2;
                is_first_in_bullet = true;
            }
            b'0'..=b'9' => {
                let Some((number, rest)) = numbered(&line[at..]) else { return last };
                let dot = line.len() - rest.len() - 1;
                let text = rest.trim_start_matches([' ', '\t']);
                let content = line.len() - text.len();
                let meaning = meaning(number, text);
                let (column, line) = (at, range.clone());
                let dot = range.start + dot;
                with(Marker { number, dot, line, column, content, group, is_first_in_bullet, meaning });
                last = Some(content);
                if meaning != Meaning::Step {
                    return last;
                }
                (at, is_first_in_bullet) = (content, false);
            }
            _ => return last,
        }
    }
}

/// Parses a number of at most nine digits before a full stop or bracket and a space, and returns the rest.
fn numbered(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    let number = text[..digits].parse().ok().filter(|_| (1..=9).contains(&digits))?;
    rest.starts_with([' ', '\t', '\r', '\n']).then_some((number, rest))
}

/// The meaning of a number before this text.
fn meaning(number: u32, text: &str) -> Meaning {
    if let Some((month, rest)) = numbered(text) {
        let is_date = (1..=31).contains(&number) && (1..=12).contains(&month);
        // `24. 12. kl. 10`, but `1. 18. december` is a step.
        return if is_date && word(rest.trim_start()) == Meaning::Step { Meaning::Date } else { Meaning::Step };
    }
    let both = CONNECTING.iter().find_map(|connecting| text.strip_prefix(connecting));
    match both.and_then(|rest| numbered(rest.trim_start())) {
        Some((_, rest)) => word(rest.trim_start()),
        None => word(text),
    }
}

/// Words and dashes between two ordinals: `24. og 25. december`.
const CONNECTING: [&str; 8] = ["og ", "eller ", "til ", "and ", "to ", "-", "–", "—"];

/// The meaning of a number before the first word of the text.
fn word(text: &str) -> Meaning {
    let end = text.find(|sign: char| !sign.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    // No listed word is longer, in bytes.
    if word.len() > 16 || rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic)) {
        return Meaning::Step;
    }
    if is_month(word) {
        return Meaning::Date;
    }
    let small = word.to_lowercase();
    let is_counted = is_month(&small) || is_among(&small, COUNTED);
    if is_counted && (small == word || !SMALL.contains(&small.as_str())) { Meaning::Ordinal } else { Meaning::Step }
}
