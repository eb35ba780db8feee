//! Civil registration numbers by example and in every spelling.

mod lists;

use super::*;
use jiff::civil::date;
use lists::{CLEAR, DOUBTFUL, FREE, NAMED};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 28);

fn certainty(text: &str) -> Option<Certainty> {
    find(text, TODAY).iter().map(|found| found.certainty).max()
}

#[test]
fn numbers_are_found_in_the_usual_spellings() {
    for number in CLEAR {
        assert_eq!(certainty(number), Some(Certainty::Clear), "{number}");
        let text = format!("Jeg hedder Ib, {number}. Ring!");
        let masked = masked(&text, TODAY);
        assert!(masked.starts_with("Jeg hedder Ib, ") && masked.contains(MASK), "{masked}");
        assert!(!masked.contains(|sign| crate::text::digit(sign).is_some()), "{masked}");
    }
    for text in DOUBTFUL {
        assert_eq!(certainty(text), Some(Certainty::Doubtful), "{text}");
        assert_eq!(masked(text, TODAY), *text);
    }
    for text in NAMED {
        assert_eq!(certainty(text), Some(Certainty::Clear), "{text}");
    }
    for text in FREE {
        assert_eq!(certainty(text), None, "{text}");
    }
    assert_eq!(certainty("0101901234@eksempel.example"), Some(Certainty::Clear));
}

#[test]
fn every_number_in_a_text_is_found() {
    assert_eq!(masked("010190-1234 og 020280-4321,030370 1111", TODAY), format!("{MASK} og {MASK},{MASK}"));
    assert_eq!(masked("Ring 20 12 34 56 010190-1234", TODAY), format!("Ring 20 12 34 56 {MASK}"));
}

#[test]
fn a_number_that_spans_two_answers_is_found_and_one_within_an_answer_is_not() {
    assert!(spans("Ib 010190", "1234", TODAY) && spans("0101", "901234", TODAY));
    for (first, next) in
        [("Ryvej 12", "8370 Hadsten"), ("010190-1234", "Ryvej"), ("Ib", "010190-1234"), ("1234", "20 12 34 56")]
    {
        assert!(!spans(first, next, TODAY), "{first} / {next}");
    }
}

#[test]
fn searching_a_body_of_digits_takes_linear_time() {
    for part in ["1 ", "010190 ", "1", "+", "01 01 90 12", "født 010190 fire "] {
        let started = std::time::Instant::now();
        assert!(find(&part.repeat(32 * 1024 / part.len()), TODAY).len() < 32 * 1024);
        assert!(started.elapsed().as_secs() < 4, "{part:?}: {:?}", started.elapsed());
    }
}

fn between() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&["", "-", " ", " - ", "\u{2013}", "/", ",", ", ", ":", " --- ", ".", "\n", "\u{a0}", "_"][..])
}

proptest! {
    #[test]
    fn a_number_is_found_in_any_spelling(
        (day, month, year) in (1..=28i8, 1..=12i8, 1932..=2023i16),
        four in 0..=9999u16,
        (part, gap) in (prop::sample::select(&["", "-", ".", "/", " ", ". "][..]), between()),
        (century, brackets, zero, wide) in any::<(bool, bool, bool, bool)>(),
        around in prop::sample::select(&[("", ""), ("mit nummer er ", ""), ("Jeg er ", " og bor her"), ("(", ")"), ("x", "y")][..]),
    ) {
        let pad = |number: i8| if zero || part.trim().is_empty() { format!("{number:02}") } else { number.to_string() };
        let year = if century { year.to_string() } else { format!("{:02}", year % 100) };
        let date = format!("{}{part}{}{part}{year}", pad(day), pad(month));
        let date = if brackets { format!("({date})") } else { date };
        let typed = format!("{}{date}{gap}{four:04}{}", around.0, around.1);
        // Eight digits before a space may also be a telephone number, so any certainty will do.
        let typed = if wide { typed.chars().map(|sign| sign.to_digit(10).map_or(sign, |digit| char::from_u32(0xff10 + digit).unwrap())).collect() } else { typed };
        prop_assert!(certainty(&typed).is_some(), "{}", typed);
    }

    #[test]
    fn text_with_a_future_date_and_a_time_is_never_masked(
        days in 1..3000i32,
        (hour, minute) in (0..24u8, 0..60u8),
        (part, gap) in (prop::sample::select(&["-", ".", "/", ". ", " "][..]), prop::sample::select(&[" ", ", ", " / ", "-", " kl. ", ": ", "\n"][..])),
        (century, zero, until) in any::<(bool, bool, bool)>(),
        words in prop::sample::select(&["Uheld den ", "Byfest ", "Set d. ", "Min fødselsdag ", "Født til fest ", "CPR-kursus ", ""][..]),
    ) {
        let date = TODAY.saturating_add(jiff::ToSpan::days(days));
        let pad = |number: i8| if zero { format!("{number:02}") } else { number.to_string() };
        let year = if century { date.year().to_string() } else { format!("{:02}", date.year() % 100) };
        let until = if until { "-2359" } else { "" };
        let text = format!("{words}{}{part}{}{part}{year}{gap}{hour:02}{minute:02}{until}", pad(date.day()), pad(date.month()));
        prop_assert_eq!(masked(&text, TODAY), text);
    }

    #[test]
    fn a_number_is_found_after_any_telephone_number(
        (day, month, year) in (1..=28i8, 1..=12i8, 40..=99u8),
        phone in prop::sample::select(&["20 12 34 56", "+45 20 12 34 56", "004520123456", "+298 211234", "+299 32 12 34", "+354 555 1234", "+47 22 12 34 56", "0047 22123456", "+46 70 123 45 67"][..]),
        between in prop::sample::select(&[" ", ", ", "\n", " / "][..]),
        gap in prop::sample::select(&["-", "", "\u{2011}"][..]),
    ) {
        let text = format!("{phone}{between}{day:02}{month:02}{year}{gap}1234");
        prop_assert_eq!(masked(&text, TODAY), format!("{phone}{between}{MASK}"));
    }

    #[test]
    fn any_text_can_be_searched_and_every_match_has_enough_digits(text in "[0-9 .,:()/+a-zæ٠-٩\\-\n]{0,60}") {
        for found in find(&text, TODAY) {
            prop_assert!(text.is_char_boundary(found.place.start) && text.is_char_boundary(found.place.end));
            prop_assert_eq!(text[found.place].chars().filter_map(crate::text::digit).count() >= 8, true);
        }
        prop_assert!(!masked(&text, TODAY).is_empty() || text.is_empty());
    }
}
