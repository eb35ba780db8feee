//! The certainty that a date and four digits are a civil registration number.

use super::Certainty;
use super::readings::{Reading, Spelled};
use crate::text;
use jiff::ToSpan;
use jiff::civil::Date;

/// Words near a number that suggest that it is a CPR number.
const ABOUT_CPR: [&str; 9] = ["cpr", "personnum", "personnr", "pers.nr", "født", "foedt", "fødsel", "born", "birth"];

/// Words that suggest a telephone number.
const ABOUT_PHONE: [&str; 9] = ["ring", "tlf", "telefon", "mobil", "phone", "sms", "call", "kontakt", "træffes"];

/// The years before and after today in which a date is more likely an event than a birthday.
const EVENT: i64 = 2;

/// Returns the certainty, `Some(None)` if the digits are likely something else, `None` if the date is no birthday.
pub(super) fn judge(text: &str, reading: &Reading, today: Date) -> Option<Option<Certainty>> {
    let years = |count: i64| today.saturating_add(count.years());
    let day = if reading.day > 60 { reading.day - 60 } else { reading.day };
    let centuries: &[i16] = if reading.is_short { &[1900, 2000] } else { &[0] };
    let dates = centuries.iter().filter_map(|century| Date::new(century + reading.year, reading.month, day).ok());
    let dates: Vec<Date> = dates.collect();
    if !dates.iter().any(|date| (years(-120)..=today).contains(date)) {
        return None;
    }
    let gap = &text[reading.gap.0..reading.gap.1];
    let is_tight = gap.chars().all(text::is_dash);
    let is_time = is_time(&reading.four);
    let is_before_town = !is_tight && is_before_town(&text[reading.end..]);
    let is_event = dates.iter().any(|date| (years(-EVENT)..=years(EVENT)).contains(date));
    let is_to_come = dates.iter().any(|date| (today..years(10)).contains(date));
    let near = near(text, reading);
    let level = match reading.spelled {
        // Eight digits and a space may be a telephone number, with a postcode or a time after it.
        Spelled::Long | Spelled::Odd if !reading.is_short && !is_tight && may_be_phone(text, reading) => {
            let is_phone = is_before_town || ABOUT_PHONE.iter().any(|word| near.0.contains(word));
            if is_phone { 0 } else { 1 }
        }
        Spelled::Parts | Spelled::Words if is_event && !is_tight && (is_time || is_before_town) => 0,
        _ if is_event || is_before_town => 1,
        Spelled::Short if is_to_come && is_time && !is_tight => 1,
        Spelled::Parts if is_to_come && is_time => 1,
        Spelled::Parts if gap.chars().all(char::is_whitespace) => 1,
        Spelled::Words if !is_tight => 1,
        Spelled::Odd => 1,
        Spelled::Short | Spelled::Long | Spelled::Parts | Spelled::Words => 2,
    };
    let is_named = ABOUT_CPR.iter().any(|word| near.0.contains(word) || near.1.contains(word));
    // People also write of birthdays as events: beside a date and a time, only a label proves a CPR number.
    let may_be_event = is_before_town || is_time && (is_event || is_to_come);
    let is_certain =
        is_named && !may_be_event || is_labelled(text, reading) && (is_tight || !may_be_event || is_before_town);
    Some(match level + u8::from(is_certain) {
        0 => None,
        1 => Some(Certainty::Doubtful),
        _ => Some(Certainty::Clear),
    })
}

fn is_time(four: &str) -> bool {
    let below = |digits: &str, end: u8| digits.parse::<u8>().is_ok_and(|number| number < end);
    below(&four[..2], 24) && below(&four[2..], 60)
}

/// True if a name begins right after the four digits, as a town's does after its postcode.
fn is_before_town(after: &str) -> bool {
    const CLOSINGS: [&str; 9] = ["hilsen", "mvh", "med", "venlig", "kh", "vh", "tak", "jeg", "ring"];
    let name = after.trim_start_matches([' ', '\u{a0}']);
    let word = name.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    if CLOSINGS.contains(&word.as_str()) {
        return false;
    }
    let mut signs = name.chars();
    name.len() < after.len()
        && signs.next().is_some_and(char::is_uppercase)
        && signs.next().is_some_and(char::is_alphabetic)
}

/// True if a label such as `cpr` directly precedes the digits: `CPR-nr. er: 010190-1234`.
fn is_labelled(text: &str, reading: &Reading) -> bool {
    const LABELS: [&str; 5] = ["cpr", "cprnr", "cprnummer", "personnummer", "personnr"];
    let begin = text[..reading.start].char_indices().rev().nth(23).map_or(0, |(at, _)| at);
    let before = text[begin..reading.start].to_lowercase();
    let mut words = before.rsplit(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty());
    let last = words.find(|word| !matches!(*word, "er" | "is" | "nr" | "nummer" | "no" | "number" | "mit" | "my"));
    last.is_some_and(|word| LABELS.contains(&word))
}

/// True if the digits may be a Danish telephone number, which begins with 2 to 9.
fn may_be_phone(text: &str, reading: &Reading) -> bool {
    let first = text[reading.start..].chars().next().and_then(text::digit);
    first.is_some_and(|digit| digit >= '2')
}

/// Returns the text before and among the digits, and after them, in lower case, as far as it may refer to them.
fn near(text: &str, reading: &Reading) -> (String, String) {
    let before = &text[..reading.start];
    let from = before.char_indices().rev().nth(39).map_or(0, |(place, _)| place);
    let after: String = text[reading.end..].chars().take(15).collect();
    let before = format!("{} {}", &before[from..], &text[reading.gap.0..reading.gap.1]);
    (before.to_lowercase(), after.to_lowercase())
}
