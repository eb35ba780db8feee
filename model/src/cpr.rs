//! Civil registration numbers in free text: found in every spelling, so that they can be taken out.

use jiff::civil::Date;
use std::ops::Range;

/// What stands instead of a number that was taken out.
pub const MASK: &str = "[cpr-nummer fjernet]";

/// The places of civil registration numbers in `text`, in bytes, in order.
///
/// A number is a date `ddmmyy` or `ddmmyyyy`, in one piece or with a sign between its parts, and four digits after it
/// (cpr.dk, "Personnummeret i CPR"). The check by modulus 11 is not used: numbers without it are given since 2007.
/// Days from 61 are there too: replacement numbers add 60 to the day.
#[must_use]
pub fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, c) in text.char_indices() {
        let is_after_last = found.last().is_none_or(|last| last.end <= start);
        let before = text[..start].chars().next_back();
        let begins = c.is_ascii_digit() && !before.is_some_and(|before| before.is_ascii_digit() || before == '+');
        if begins
            && is_after_last
            && let Some(end) = number_at(text, start)
        {
            found.push(start..end);
        }
    }
    found
}

/// `text` with [`MASK`] in place of every number.
#[must_use]
pub fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for place in find(text) {
        out.push_str(&text[done..place.start]);
        out.push_str(MASK);
        done = place.end;
    }
    out.push_str(&text[done..]);
    out
}

/// The end of the number that begins at `start`, if one does.
fn number_at(text: &str, start: usize) -> Option<usize> {
    let (day, rest) = digits(&text[start..], 2)?;
    let (month, rest) = digits(skip(rest, 1), 2)?;
    let year = skip(rest, 1);
    [4, 2].into_iter().find_map(|length| {
        let (year, rest) = digits(year, length)?;
        let (_, rest) = digits(skip(rest, 3), 4)?;
        let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
        (ends && is_date(day, month, year, length)).then_some(text.len() - rest.len())
    })
}

/// A number of exactly `count` digits at the start of `text`, and what follows.
fn digits(text: &str, count: usize) -> Option<(i16, &str)> {
    let head = text.get(..count)?;
    head.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((head.parse().ok()?, &text[count..]))
}

/// `text` without up to `most` signs that people put between the parts.
fn skip(text: &str, most: usize) -> &str {
    let is_sign =
        |c: char| matches!(c, ' ' | '.' | '-' | '/' | '_' | '\n' | '\u{a0}' | '\u{2010}'..='\u{2014}' | '\u{2212}');
    let length = text.chars().take(most).take_while(|c| is_sign(*c)).map(char::len_utf8).sum();
    &text[length..]
}

fn is_date(day: i16, month: i16, year: i16, length: usize) -> bool {
    let day = if day > 60 { day - 60 } else { day };
    let (Ok(day), Ok(month)) = (i8::try_from(day), i8::try_from(month)) else { return false };
    let centuries: &[i16] = if length == 4 { &[0] } else { &[1900, 2000] };
    let likely = length == 2 || (1858..=2057).contains(&year);
    likely && centuries.iter().any(|century| Date::new(century + year, month, day).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_every_spelling() {
        for number in [
            "010190-1234",
            "0101901234",
            "010190 1234",
            "010190 - 1234",
            "010190\u{2013}1234",
            "010190\u{a0}1234",
            "01-01-90-1234",
            "01.01.90-1234",
            "01/01/90 1234",
            "01 01 90 1234",
            "01011990-1234",
            "01-01-1990 1234",
            "290200-1234",
            "311299-4321",
            "610190-1234",
            "010190\n1234",
            "010190/1234",
            "010190_1234",
        ] {
            assert_eq!(find(number).len(), 1, "{number}");
            assert_eq!(masked(number), MASK, "{number}");
            assert_eq!(
                masked(&format!("Jeg hedder Ib, {number}. Ring!")),
                format!("Jeg hedder Ib, {MASK}. Ring!"),
                "{number}"
            );
        }
    }

    #[test]
    fn all_of_them_are_found() {
        assert_eq!(masked("010190-1234 og 020280-4321,030370 1111"), format!("{MASK} og {MASK},{MASK}"));
    }

    #[test]
    fn telephone_numbers_dates_and_other_numbers_are_left_alone() {
        for text in [
            "20123456",
            "20 12 34 56",
            "+45 20 12 34 56",
            "+4520123456",
            "20123456 20123457",
            "20 12 34 56 20 12 34 57",
            "05.12.2026",
            "5.12.2026 kl. 14.30",
            "05.12.2026 14.30",
            "5/12 1430",
            "den 5. december 2026",
            "2026-12-05",
            "8370 Hadsten",
            "kl. 7.30-8.15",
            "320190-1234",
            "011390-1234",
            "300290-1234",
            "12010190-1234",
            "010190-12345",
            "010190-123",
            "AB12345 og 80-90 km/t",
            "1234567890",
            "https://eksempel.example/99999999999",
        ] {
            assert!(find(text).is_empty(), "{text}");
            assert_eq!(masked(text), text);
        }
    }
}
