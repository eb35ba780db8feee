//! Civil registration numbers by example, and in every spelling.

use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 28);

fn certainty(text: &str) -> Option<Certainty> {
    find(text, TODAY).iter().map(|found| found.certainty).max()
}

/// Numbers in spellings that can hardly be anything else.
const CLEAR: &[&str] = &[
    "010190-1234",
    "0101901234",
    "010190 1234",
    "010190 - 1234",
    "010190\u{2013}1234",
    "010190\u{a0}1234",
    "01-01-90-1234",
    "01.01.90-1234",
    "01011990-1234",
    "010119901234",
    "290200-1234",
    "311299-4321",
    "610190-1234",
    "010190\n1234",
    "010190/1234",
    "010190_1234",
    "010190,1234",
    "010190, 1234",
    "010190:1234",
    "010190 --- 1234",
    "(010190) 1234",
    "(010190)(1234)",
    "1.1.90-1234",
    "０１０１９０-１２３４",
    "٠١٠١٩٠-١٢٣٤",
];

/// Texts in which something may be one.
const DOUBTFUL: &[&str] = &[
    "01/01/90 1234",
    "01 01 90 1234",
    "01-01-1990 1234",
    "010190-12 34",
    "0101 90 1234",
    "0 1 0 1 9 0 1 2 3 4",
    "22071985 1234",
    "010190, de sidste fire er 1234",
    "010190 8370 Hadsten",
    "241226-2030",
    "031126-1545",
    "det var 12.06.31 1300",
    "12.06.31-1300",
    "010126-9876",
];

/// Texts in which words say that something is one.
const NAMED: &[&str] = &[
    "mit cpr er 01/01/90 1234",
    "personnummer 01 01 90 1234",
    "født 010190, sidste fire 1234",
    "cpr: 010190-12 34",
    "cpr. 22071985 1234",
    "CPR 0 1 0 1 9 0 1 2 3 4",
    "I was born 01.01.1990 1234",
    "01-01-1990 1234 (cpr)",
];

/// Texts in which there is none.
const FREE: &[&str] = &[
    "Uheld den 24-12-2026 2030",
    "Set d. 12.11.26 2200-2300",
    "01.12.2026 8000 Aarhus C",
    "den 03-11-26 / 1545 og igen",
    "Byfest 12.06.27 1300-1700",
    "12/11/2026 8370 Hadsten",
    "Ring på 22071985 8210 Aarhus V",
    "Ring 22071985 1430",
    "tlf. 20121985 1600-1800",
    "20123456",
    "20 12 34 56",
    "+45 20 12 34 56",
    "+4520123456",
    "20123456 20123457",
    "20 12 34 56 20 12 34 57",
    "05.12.2026",
    "5.12.2026 kl. 14.30",
    "05.12.2026 14.30",
    "05.12.2019 14.30",
    "05.12.19 14:30",
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
    "01011890-1234",
    "https://eksempel.example/99999999999",
    "cpr 24-12-2027 2030",
    "+46 010190 1234",
    "+1 010 190 1234",
];

#[test]
fn numbers_are_found_as_people_usually_write_them() {
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
fn all_of_them_are_found() {
    assert_eq!(masked("010190-1234 og 020280-4321,030370 1111", TODAY), format!("{MASK} og {MASK},{MASK}"));
    assert_eq!(masked("Ring 20 12 34 56 010190-1234", TODAY), format!("Ring 20 12 34 56 {MASK}"));
}

#[test]
fn a_number_is_found_across_two_answers_and_not_where_each_stands_alone() {
    assert!(spans("Ib 010190", "1234", TODAY) && spans("0101", "901234", TODAY));
    for (first, next) in
        [("Ryvej 12", "8370 Hadsten"), ("010190-1234", "Ryvej"), ("Ib", "010190-1234"), ("1234", "20 12 34 56")]
    {
        assert!(!spans(first, next, TODAY), "{first} / {next}");
    }
}

#[test]
fn a_whole_body_of_digits_is_searched_in_time_that_grows_with_its_length() {
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
    fn any_number_is_found_in_any_spelling(
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
        // Eight digits before a space may be a telephone number, and then nothing else.
        let typed = if wide { typed.chars().map(|sign| sign.to_digit(10).map_or(sign, |digit| char::from_u32(0xff10 + digit).unwrap())).collect() } else { typed };
        prop_assert!(certainty(&typed).is_some(), "{}", typed);
    }

    #[test]
    fn no_text_with_a_date_to_come_and_a_time_is_ever_masked(
        days in 1..3000i32,
        (hour, minute) in (0..24u8, 0..60u8),
        (part, gap) in (prop::sample::select(&["-", ".", "/", ". ", " "][..]), prop::sample::select(&[" ", ", ", " / ", "-", " kl. ", ": ", "\n"][..])),
        (century, zero, until) in any::<(bool, bool, bool)>(),
        words in prop::sample::select(&["Uheld den ", "Byfest ", "Set d. ", "Det sker ", ""][..]),
    ) {
        let date = TODAY.saturating_add(jiff::ToSpan::days(days));
        let pad = |number: i8| if zero { format!("{number:02}") } else { number.to_string() };
        let year = if century { date.year().to_string() } else { format!("{:02}", date.year() % 100) };
        let until = if until { "-2359" } else { "" };
        let text = format!("{words}{}{part}{}{part}{year}{gap}{hour:02}{minute:02}{until}", pad(date.day()), pad(date.month()));
        prop_assert_eq!(masked(&text, TODAY), text);
    }

    #[test]
    fn any_text_is_searched_and_only_digits_are_taken_out(text in "[0-9 .,:()/+a-zæ٠-٩\\-\n]{0,60}") {
        for found in find(&text, TODAY) {
            prop_assert!(text.is_char_boundary(found.place.start) && text.is_char_boundary(found.place.end));
            prop_assert_eq!(text[found.place].chars().filter_map(crate::text::digit).count() >= 8, true);
        }
        prop_assert!(!masked(&text, TODAY).is_empty() || text.is_empty());
    }
}
