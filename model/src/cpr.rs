//! Detection of civil registration (CPR) numbers in typed text, as people usually write them.

mod groups;
mod judge;
mod months;
mod readings;

use groups::{Group, groups};
use jiff::civil::Date;
use judge::judge;
use std::ops::Range;

/// The replacement for a masked number.
pub const MASK: &str = "[cpr-nummer fjernet]";

/// The certainty that some digits are a civil registration number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// They may be a date and a time, or a telephone number: the citizen is asked, and the text is kept as sent.
    Doubtful,
    /// They can hardly be anything else, so they are masked.
    Clear,
}

/// A number found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CprMatch {
    /// The byte range from its first to its last digit.
    pub place: Range<usize>,
    /// The certainty that it is a civil registration number.
    pub certainty: Certainty,
}

/// Finds the civil registration numbers in `text`, in order.
///
/// A number is a birthday followed by four digits (cpr.dk, "Personnummeret i CPR"). The modulus 11 check is not used:
/// numbers that fail it have been issued since 2007. Days from 61 count too: replacement numbers add 60 to the day.
#[must_use]
pub fn find(text: &str, today: Date) -> Vec<CprMatch> {
    let all = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        match number_at(text, &all[at..], today) {
            Some((count, certainty)) => {
                let end = at + count;
                let place = all[at].start..all[end - 1].end;
                found.extend(certainty.map(|certainty| CprMatch { place, certainty }));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Replaces every number in `text` that is clearly one with [`MASK`].
#[must_use]
pub fn masked(text: &str, today: Date) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for found in find(text, today).into_iter().filter(|found| found.certainty == Certainty::Clear) {
        out.push_str(&text[done..found.place.start]);
        out.push_str(MASK);
        done = found.place.end;
    }
    out.push_str(&text[done..]);
    out
}

/// True if a number begins at the end of one text and ends at the start of the next, as across the answers to two
/// adjacent questions.
#[must_use]
pub fn spans(first: &str, next: &str, today: Date) -> bool {
    let both = format!("{first}\n{next}");
    find(&both, today).iter().any(|found| found.place.start < first.len() && found.place.end > first.len() + 1)
}

/// Reads the first groups of `all` as a date and four digits. Returns the number of groups and the certainty that they
/// are a CPR number, which is `None` if they are more likely something else.
fn number_at(text: &str, all: &[Group], today: Date) -> Option<(usize, Option<Certainty>)> {
    readings::readings(text, all).find_map(|reading| {
        let certainty = judge(text, &reading, today)?;
        Some((reading.count, certainty))
    })
}

#[cfg(test)]
mod tests;
