//! Readings of digit groups as a date and four digits.

use super::groups::{Group, NEAR, follows, is_near, is_space};
use super::months::month;
use crate::text;

/// Groups of digits read as a date and four digits.
pub(super) struct Reading {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The end of the date and the start of the four digits, as byte offsets.
    pub(super) gap: (usize, usize),
    pub(super) count: usize,
    pub(super) day: i8,
    pub(super) month: i8,
    pub(super) year: i16,
    /// True if the year has two digits.
    pub(super) is_short: bool,
    pub(super) four: String,
    pub(super) spelled: Spelled,
}

/// The shape of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelled {
    /// `010190`, as in a civil registration number.
    Short,
    /// `01011990`, which may be a telephone number.
    Long,
    /// `1.1.90`, the usual way to write dates.
    Parts,
    /// `1. januar 1990`, which may precede a price.
    Words,
    /// Any other grouping of the digits.
    Odd,
}

/// The most characters between a date and its four digits, with no word among them.
const GAP: usize = 8;
/// Iterates over the readings of the first groups of `all`, the likeliest first.
pub(super) fn readings<'a>(text: &'a str, all: &'a [Group]) -> impl Iterator<Item = Reading> + 'a {
    type Way = fn(&str, &[Group]) -> Option<Reading>;
    let ways: [Way; 5] = [parts, named, backwards, whole, worded];
    ways.into_iter().filter(|_| !all[0].is_abroad).filter_map(move |read| read(text, all))
}

/// Reads `1.1.90-1234`: day, month and year apart.
fn parts(text: &str, all: &[Group]) -> Option<Reading> {
    let [day, month, year, rest @ ..] = all else { return None };
    let is_date = day.digits.len() <= 2 && month.digits.len() <= 2;
    if is_date && matches!(year.digits.len(), 6 | 8) {
        // `1-1-901234`
        let digits = format!("{:0>2}{:0>2}{}", day.digits, month.digits, year.digits);
        return of_digits(&digits, digits.len() - 4, Spelled::Odd, (year.end, year.end), (day.start, year.end), 3);
    }
    if !is_date
        || !matches!(year.digits.len(), 2 | 4)
        || !is_near(text, day, month, NEAR)
        || !is_near(text, month, year, NEAR)
    {
        return None;
    }
    let first = rest.first().filter(|first| is_near(text, year, first, GAP))?;
    let (four, count) = four(text, rest)?;
    let last = &rest[count - 1];
    let reading = Reading {
        start: day.start,
        end: last.end,
        gap: (year.end, first.start),
        count: 3 + count,
        day: day.digits.parse().ok()?,
        month: month.digits.parse().ok()?,
        year: year.digits.parse().ok()?,
        is_short: year.digits.len() == 2,
        spelled: Spelled::Parts,
        four,
    };
    // `20 12 34 56 78`: a row of pairs is a telephone number. `1/12-5/12 2026`: a range of days is no birthday.
    let is_row = count > 1 && is_in_row(text, all, 3 + count) || follows(text, day, &['/', '.'], 2);
    (!is_row).then_some(reading)
}

/// Reads `1. januar 1990 1234`: the month in words.
fn named(text: &str, all: &[Group]) -> Option<Reading> {
    let [day, year, rest @ ..] = all else { return None };
    let is_date = day.digits.len() <= 2 && matches!(year.digits.len(), 2 | 4);
    let month = month(&text[day.end..year.start]).filter(|_| is_date)?;
    let first = rest.first().filter(|first| is_near(text, year, first, GAP))?;
    let (four, count) = four(text, rest)?;
    Some(Reading {
        start: day.start,
        end: rest[count - 1].end,
        gap: (year.end, first.start),
        count: 2 + count,
        day: day.digits.parse().ok()?,
        month,
        year: year.digits.parse().ok()?,
        is_short: year.digits.len() == 2,
        spelled: Spelled::Words,
        four,
    })
}

/// Reads `1990-01-01-1234` or `19900101-1234`: the year first.
fn backwards(text: &str, all: &[Group]) -> Option<Reading> {
    let year = &all[0].digits;
    let parts = if year.len() == 8 { 1 } else { 3 };
    let date = all.get(..parts)?;
    let is_date = year.len() == 8
        || year.len() == 4
            && date[1..].iter().all(|group| group.digits.len() == 2)
            && (1..parts).all(|at| is_near(text, &all[at - 1], &all[at], 1));
    let is_date = is_date && !follows(text, &all[0], &['/', '.', '-'], 2);
    let next = all.get(parts).filter(|next| is_date && next.digits.len() == 4)?;
    let gap = (all[parts - 1].end, next.start);
    if !is_near(text, &all[parts - 1], next, GAP) {
        return None;
    }
    let digits: String = date.iter().map(|group| group.digits.as_str()).collect();
    let digits = format!("{}{}{}{}", &digits[6..], &digits[4..6], &digits[..4], next.digits);
    // Only a dash or a word tells eight digits from a telephone number.
    let spelled = if parts == 3 { Spelled::Parts } else { Spelled::Odd };
    let reading = of_digits(&digits, 8, spelled, gap, (all[0].start, next.end), parts + 1)?;
    (parts == 3 || text[gap.0..gap.1].chars().all(text::is_dash)).then_some(reading)
}

/// Reads `010190-1234` or `01011990 1234`, or their ten or twelve digits in any grouping.
fn whole(text: &str, all: &[Group]) -> Option<Reading> {
    if all[0].digits.len() <= 2 && follows(text, &all[0], &['/', '.'], 2) {
        return None;
    }
    let mut digits = String::new();
    let mut breaks = Vec::new();
    for (at, group) in all.iter().take(12).enumerate() {
        if at > 0 {
            let most = if matches!(digits.len(), 6 | 8) { GAP } else { NEAR };
            if !is_near(text, &all[at - 1], group, most) {
                return None;
            }
            breaks.push((digits.len(), all[at - 1].end, group.start));
        }
        digits += &group.digits;
        let date = match digits.len() {
            10 => 6,
            12 => 8,
            13.. => return None,
            _ => continue,
        };
        // In `5.12.2026 14.30`, the year has four digits and a time follows.
        let has_long_year = all[0].digits.len() <= 2 && all[1..].len() > 1 && all[1].digits.len() <= 2;
        let has_long_year = has_long_year && all[2].digits.len() == 4;
        let sign = |(_, end, start): &(usize, usize, usize)| &text[*end..*start];
        let late = breaks.iter().filter(|(length, ..)| *length > date);
        // The same sign between all groups only separates them.
        let is_time = late.into_iter().any(|late| {
            let is_one = sign(late).chars().count() == 1 && breaks.iter().all(|other| sign(other) == sign(late));
            !sign(late).chars().all(char::is_whitespace) && !is_one
        });
        if date == 6 && has_long_year || is_time {
            continue;
        }
        let gap = breaks.iter().find(|(length, ..)| *length == date).map(|(_, end, start)| (*end, *start));
        let is_odd = breaks.len() > usize::from(gap.is_some());
        let spelled = match date {
            _ if is_odd => Spelled::Odd,
            6 => Spelled::Short,
            _ => Spelled::Long,
        };
        let gap = gap.unwrap_or((group.end, group.end));
        let reading = of_digits(&digits, date, spelled, gap, (all[0].start, group.end), at + 1);
        // A longer row of pairs is a telephone number, and the first ten of twelve digits are no CPR number.
        if !(is_odd && is_in_row(text, all, at + 1)) && is_day(&digits) {
            return reading;
        }
    }
    None
}

fn is_day(digits: &str) -> bool {
    let number = |digits: &str| digits.parse::<u8>().unwrap_or(0);
    (1..=31).contains(&(number(&digits[..2]) % 60)) && (1..=12).contains(&number(&digits[2..4]))
}

/// Reads `født 010190, de sidste fire er 1234`: the words between say that the digits belong together.
fn worded(text: &str, all: &[Group]) -> Option<Reading> {
    const WORDS: [&str; 9] = ["fire", "sidste", "cifre", "four", "last", "digits", "kode", "code", "cpr"];
    let date = if matches!(all[0].digits.len(), 6 | 8) { 1 } else { 3 };
    let digits: String = all.get(..date)?.iter().map(|group| format!("{:0>2}", group.digits)).collect();
    let is_date = matches!(digits.len(), 6 | 8) && (1..date).all(|at| is_near(text, &all[at - 1], &all[at], NEAR));
    let end = all[date - 1].end;
    let rest = all.iter().enumerate().skip(date).take(2);
    let (at, last) = rest.filter(|_| is_date).find(|(_, group)| group.digits.len() == 4)?;
    let between = text[end..last.start].to_lowercase();
    if between.chars().count() > 40 || !WORDS.iter().any(|word| between.contains(word)) {
        return None;
    }
    let ends = (all[0].start, last.end);
    of_digits(&(digits.clone() + &last.digits), digits.len(), Spelled::Odd, (end, last.start), ends, at + 1)
}

fn of_digits(
    digits: &str,
    date: usize,
    spelled: Spelled,
    gap: (usize, usize),
    (start, end): (usize, usize),
    count: usize,
) -> Option<Reading> {
    Some(Reading {
        start,
        end,
        gap,
        count,
        day: digits[..2].parse().ok()?,
        month: digits[2..4].parse().ok()?,
        year: digits[4..date].parse().ok()?,
        is_short: date == 6,
        four: digits[date..].to_owned(),
        spelled,
    })
}

/// Returns the four digits at the start of `all`, in one group or with single spaces between, and their group count.
fn four(text: &str, all: &[Group]) -> Option<(String, usize)> {
    let mut digits = String::new();
    for (at, group) in all.iter().take(4).enumerate() {
        if at > 0 && !is_space(&text[all[at - 1].end..group.start]) {
            return None;
        }
        digits += &group.digits;
        if digits.len() >= 4 {
            return (digits.len() == 4).then_some((digits, at + 1));
        }
    }
    None
}

/// True if single spaces join the first `count` groups to more digits, so that they are part of a longer row.
fn is_in_row(text: &str, all: &[Group], count: usize) -> bool {
    let before = &text[..all[0].start];
    let mut signs = before.chars().rev();
    let follows = signs.next() == Some(' ') && signs.next().is_some_and(|sign| text::digit(sign).is_some());
    let goes_on = all.get(count).is_some_and(|next| is_space(&text[all[count - 1].end..next.start]));
    follows || goes_on
}
