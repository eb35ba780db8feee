//! Civil registration numbers in typed text, as people usually write them.

mod groups;
mod judge;
mod months;
mod readings;

use groups::{Group, groups};
use jiff::civil::Date;
use judge::judge;
use std::ops::Range;

/// Replacement for a number that was taken out.
pub const MASK: &str = "[cpr-nummer fjernet]";

/// The certainty that some digits are a civil registration number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// They may be a date and a time, or a telephone number: the citizen is asked, and what they then send is kept.
    Doubtful,
    /// They can hardly be anything else: they are taken out.
    Clear,
}

/// A place in a text, in bytes, where a number stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CprMatch {
    /// From its first to its last digit.
    pub place: Range<usize>,
    /// Certainty that it is one.
    pub certainty: Certainty,
}

/// The civil registration numbers in `text`, in order.
///
/// A number is a birthday and four digits after it (cpr.dk, "Personnummeret i CPR"). The check by modulus 11 is not used:
/// numbers without it are given since 2007. Days from 61 count too: replacement numbers add 60 to the day.
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

/// `text` with [`MASK`] in place of every number that is clearly one.
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

/// Returns true if a number begins at the end of one text and ends at the start of the next: the answers to two
/// adjacent questions.
#[must_use]
pub fn spans(first: &str, next: &str, today: Date) -> bool {
    let both = format!("{first}\n{next}");
    find(&both, today).iter().any(|found| found.place.start < first.len() && found.place.end > first.len() + 1)
}

/// The number of groups from the first of `all` that are a date and four digits, if they are, and the certainty that
/// these are a CPR number.
fn number_at(text: &str, all: &[Group], today: Date) -> Option<(usize, Option<Certainty>)> {
    readings::readings(text, all).find_map(|reading| {
        let certainty = judge(text, &reading, today)?;
        Some((reading.count, certainty))
    })
}

#[cfg(test)]
mod tests;
