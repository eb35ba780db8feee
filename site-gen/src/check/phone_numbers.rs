//! Finds telephone numbers in authors' texts, and ignores dates, years, codes, laws and amounts.
//!
//! A number of eight digits, or with a country code, is recognised by its groups. A short one like 114 could also be a
//! count or a section of a law: it is recognised by the words around it ([`context`]).

pub(crate) mod text;
pub(crate) mod written;
pub(crate) mod yaml;

mod context;
mod groups;
mod mixed;
mod signs;

use groups::Run;
use memchr::{memchr_iter, memchr3, memchr3_iter};
use std::collections::BTreeMap;

/// A telephone number and its span in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhoneNumber {
    /// The offset of the first byte.
    pub(crate) start: usize,
    /// The offset after the last byte.
    pub(crate) end: usize,
    /// The number as written.
    pub(crate) written: String,
    /// The number as compared: see [`plain`].
    pub(crate) plain: String,
}

/// Approved numbers: the compared form of each, and the form to show.
pub(crate) type Approved = BTreeMap<String, String>;

/// Normalizes a number: at most eight digits if it is Danish, a plus and digits if it is foreign.
pub(crate) fn plain(written: &str) -> String {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let is_international = written.trim_start_matches('(').starts_with('+');
    let country = if is_international { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    match country {
        Some(country) => match country.strip_prefix("45") {
            Some(local) => local.to_owned(),
            None => format!("+{country}"),
        },
        None => digits,
    }
}

/// The parts of a line that may be a number, computed once: that is expensive, and most lines have none.
pub(crate) struct Digits {
    /// The numbers in link targets such as `tel:114`.
    links: Vec<PhoneNumber>,
    /// The line with addresses masked; empty if no digit is left.
    masked: String,
}

impl Digits {
    /// Scans a line; `None` if it has no number.
    pub(crate) fn of(line: &str) -> Option<Self> {
        // The shortest number has three digits, except in a link.
        let count = digits(line);
        if count == 0 || (count < 3 && !line.contains(':') && !line.contains(signs::LIKE_DIGITS)) {
            return None;
        }
        let (links, mut masked) = (links(line).collect::<Vec<_>>(), mask(line));
        if digits(&masked) == 0 {
            masked.clear();
        }
        (!links.is_empty() || !masked.is_empty()).then(|| Self { links, masked: signs::with_digits(masked) })
    }

    /// The telephone numbers in the line.
    pub(crate) fn numbers(&self, line: &str, approved: &Approved) -> Vec<PhoneNumber> {
        self.scan(line, |masked, run, place| short(masked, run, place, approved))
    }

    /// The telephone numbers in the line, and every separate 11x regardless of its context: a false positive is
    /// approved once, a false negative is never noticed.
    pub(crate) fn possible(&self, line: &str) -> Vec<PhoneNumber> {
        let none = Approved::new();
        self.scan(line, |masked, run, index| {
            let digits = run.text(index..index + 1);
            let is_emergency = digits.len() == 3 && digits.starts_with("11") && run.is_alone(index);
            if is_emergency { Some(1) } else { short(masked, run, index, &none) }
        })
    }

    fn scan(&self, line: &str, short: impl Fn(&str, &Run<'_>, usize) -> Option<usize>) -> Vec<PhoneNumber> {
        let (mut found, masked) = (self.links.clone(), self.masked.as_str());
        for run in groups::runs(masked) {
            let mut next = 0;
            while next < run.len() {
                let taken = long(&run, next).or_else(|| short(masked, &run, next));
                if let Some(count) = taken {
                    let (start, end) = (run.start(next), run.end(next + count - 1));
                    let written = line.get(start..end).unwrap_or_default().to_owned();
                    let plain = plain(masked.get(start..end).unwrap_or_default());
                    found.push(PhoneNumber { start, end, plain, written });
                }
                next += taken.unwrap_or(1);
            }
        }
        found.sort_by_key(|found| found.start);
        found
    }
}

/// Counts the digits, in chunks so that the compiler can vectorize it.
fn digits(text: &str) -> usize {
    let few = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(byte.is_ascii_digit())).sum::<u8>();
    text.as_bytes().chunks(128).map(|bytes| usize::from(few(bytes))).sum()
}

/// The approved numbers closest to a mistyped number, if close enough. Of equally distant ones, the closest value wins.
pub(crate) fn suggestions<'a>(plain: &str, approved: &'a Approved) -> Vec<&'a str> {
    let allowed = if plain.len() < 8 { 1 } else { 2 };
    let slips = |known: &str| strsim::osa_distance(plain, known);
    let value = |text: &str| text.trim_start_matches('+').parse::<u64>().unwrap_or(0);
    let rank = |known: &str| (slips(known), value(plain).abs_diff(value(known)));
    let near = || approved.iter().filter(|(known, _)| slips(known) <= allowed);
    let Some(best) = near().map(|(known, _)| rank(known)).min() else { return Vec::new() };
    near().filter(|(known, _)| rank(known) == best).map(|(_, shown)| shown.as_str()).collect()
}

/// Prefixes of addresses that call a number, in any case.
const CALLS: [&str; 6] = ["tel:", "sms:", "callto:", "wa.me/", "api.whatsapp.com/send?phone=", "signal.me/#p/"];

/// True if the text ends with a lowercase word, ignoring case.
fn ends_with(text: &[u8], word: &str) -> bool {
    text.len().checked_sub(word.len()).is_some_and(|start| text[start..].eq_ignore_ascii_case(word.as_bytes()))
}

/// The numbers after `tel:` and similar prefixes, as in a link.
fn links(line: &str) -> impl Iterator<Item = PhoneNumber> {
    memchr3_iter(b':', b'/', b'=', line.as_bytes()).filter_map(|last| {
        let start = last + 1;
        let word = CALLS.into_iter().find(|word| ends_with(&line.as_bytes()[..start], word))?;
        if line[..start - word.len()].ends_with(char::is_alphanumeric) {
            return None;
        }
        let rest = &line[start..];
        let end = rest.find(|sign: char| !(sign.is_ascii_digit() || "+-.() ".contains(sign)) || sign == ')');
        let written = rest[..end.unwrap_or(rest.len())].trim_end().to_owned();
        let is_number = written.starts_with(|first: char| first.is_ascii_digit() || first == '+');
        // Such an address starts with the country code.
        let plain =
            if word.ends_with(':') { plain(&written) } else { plain(&format!("+{}", written.trim_start_matches('+'))) };
        is_number.then(|| PhoneNumber { start, end: start + written.len(), plain, written })
    })
}

/// Masks addresses and link targets in a line, which are not text. The length stays the same.
fn mask(line: &str) -> String {
    // Each of them contains such a character, and most lines do not.
    let places = |sign: &'static str| {
        let begins = memchr_iter(sign.as_bytes()[0], line.as_bytes());
        begins.filter(move |at| line.as_bytes()[*at..].starts_with(sign.as_bytes()))
    };
    if memchr3(b']', b':', b'@', line.as_bytes()).is_none() && places("www.").next().is_none() {
        return line.to_owned();
    }
    let mut masked = line.as_bytes().to_vec();
    // Not with a space, which may be part of a number.
    let mut fill =
        |from: usize, to: usize, with: u8| masked.get_mut(from..to).into_iter().for_each(|part| part.fill(with));
    let until = |from: usize, ends: &dyn Fn(char) -> bool| line[from..].find(ends).map_or(line.len(), |end| from + end);
    // The text before and after a link target reads as one: `[33 14](/side/) 14 48`.
    for at in places("](") {
        fill(at + 1, until(at + 2, &|c| c == ')' || c == ' '), b'*');
    }
    for at in places("]: ") {
        fill(at, until(at + 3, &|c| c == ')' || c == ' '), b'|');
    }
    let calls = places(":").filter(|at| ends_with(&line.as_bytes()[..=*at], "tel:"));
    for at in places("://").chain(places("www.")).chain(places("@")).chain(calls) {
        let is_end = |c: char| c.is_whitespace() || "()<>[]\"'".contains(c);
        let start = line[..at]
            .rfind(is_end)
            .map_or(0, |before| before + line[before..].chars().next().map_or(1, char::len_utf8));
        fill(start, until(at, &is_end), b'|');
    }
    String::from_utf8(masked).unwrap_or_default()
}

/// The length in groups of a long number that starts with this group; `None` if there is none.
fn long(run: &Run<'_>, first: usize) -> Option<usize> {
    let digits = |count: usize| run.digits(first..first + count);
    if run.is_international(first) {
        if context::is_registered(run.before(first)) {
            return None;
        }
        // No number has more groups than this; a list may be a very long run.
        let end = run.len().min(first + 18);
        let whole = run.text(first..end);
        let country = whole.strip_prefix("00").unwrap_or(&whole);
        let danish = (whole.len() - country.len()) + 10;
        if let Some(count) = (1..=end - first).find(|count| digits(*count) == danish)
            && country.starts_with("45")
        {
            return Some(count);
        }
        let ends = |index: &usize| groups::is_loose(run.separator(*index));
        let count = (first + 1..end).find(ends).unwrap_or(end) - first;
        return (1..=count).rev().find(|count| (7..=15).contains(&digits(*count)));
    }
    // The sizes of the groups, and the allowed separators.
    const SHAPES: [(&[usize], &str); 10] = [
        (&[2, 2, 2, 2], " .-/"),
        (&[2, 2, 2, 2, 2], " "),
        (&[8], ""),
        (&[4, 4], " "),
        (&[2, 6], " /-"),
        (&[2, 3, 3], " "),
        (&[3, 2, 3], " "),
        (&[3, 3, 2], " "),
        (&[3, 3], " "),
        (&[6], ""),
    ];
    let fits = |(sizes, between): &(&[usize], &str)| run.has_shape(first, sizes, between);
    let is_whole = |index: usize| run.group(index).is_some_and(|digits| digits.len() == 8);
    // `87654321/87654322` are two numbers.
    if run.separator(first) == Some('/') && is_whole(first) && is_whole(first - 1) {
        return Some(1);
    }
    let Some((sizes, _)) = SHAPES.iter().find(|shape| fits(shape)) else {
        if let Some(count) = dialled(run, first) {
            return Some(count);
        }
        return mixed::groups(run, first).filter(|_| !context::is_registered(run.before(first)));
    };
    let number = run.text(first..first + sizes.len());
    let is_number = match sizes {
        // 116 000, 116 111 and so on: the same in all of Europe.
        [3, 3] | [6] => number.starts_with("116") || dialled(run, first).is_some(),
        // The country code without its plus.
        [2, 2, 2, 2, 2] => number.starts_with("45"),
        // Four pairs are always a number.
        [2, 2, 2, 2] => true,
        [4, 4] => begins_danish(&number) && !is_years(&number),
        _ => begins_danish(&number) && !number.ends_with("000"),
    };
    (is_number && !context::is_registered(run.before(first))).then_some(sizes.len())
}

/// The length in groups of a number that the words right before it ask to call, as in `ring 12345678/79`. Groups may
/// have any size: `ring 12 34 56 7 8`, `ring 1-2-3-4-5-6-7-8`. A digit or two too many or too few still counts:
/// `ring 33 14 14 4`.
fn dialled(run: &Run<'_>, first: usize) -> Option<usize> {
    if !context::is_dialled(run.before(first)) {
        return None;
    }
    let sign = run.separator(first + 1).filter(|sign| " -".contains(*sign));
    let apart = (first + 1..run.len()).take_while(|index| sign.is_some() && run.separator(*index) == sign).count();
    let whole = (1..=1 + apart).find(|count| run.digits(first..first + count) >= 8).unwrap_or(1 + apart);
    let count = if run.digits(first..first + whole) == 8 { whole } else { 1 + apart };
    let digits = run.text(first..first + count);
    let is_near = (6..=10).contains(&digits.len()) && begins_danish(&digits) && !digits.ends_with("000");
    // `ring 12 05 2026` is a date.
    let is_day = count == 3 && (first..first + count).any(|index| run.group(index).is_some_and(|year| year.len() == 4));
    ((digits.len() == 8 || is_near) && !is_day).then_some(count)
}

/// True if a Danish number of eight digits may start like this.
fn begins_danish(digits: &str) -> bool {
    digits.starts_with(|first: char| ('2'..='9').contains(&first))
}

/// True for two years: `2025 2026`.
fn is_years(digits: &str) -> bool {
    is_year(&digits[..4]) && is_year(&digits[4..])
}

fn is_year(digits: &str) -> bool {
    digits.starts_with("19") || digits.starts_with("20")
}

/// The length in groups of a short number, judged by its context.
fn short(line: &str, run: &Run<'_>, index: usize, approved: &Approved) -> Option<usize> {
    if let Some(count) = mixed::short(run, index) {
        let (before, after) = (&line[..run.start(index)], &line[run.end(index + count - 1)..]);
        return context::says_so(before, after, false, approved).then_some(count);
    }
    let digits = run.text(index..index + 1);
    let is_candidate = match digits.len() {
        3 => {
            digits.starts_with('1')
                || context::is_dialled(run.before(index))
                || approved.keys().any(|known| known.len() == 3 && strsim::osa_distance(known, &digits) == 1)
        }
        4 => digits.starts_with("18") || (digits.starts_with(['0', '1']) && context::is_dialled(run.before(index))),
        _ => false,
    };
    let (before, after) = (&line[..run.start(index)], &line[run.end(index)..]);
    let is_alone = run.is_alone(index);
    (is_candidate && is_alone && context::says_so(before, after, digits.len() == 3, approved)).then_some(1)
}

#[cfg(test)]
mod tests;
