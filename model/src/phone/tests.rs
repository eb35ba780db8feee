//! Telephone numbers by example, and in every spelling.

mod typed;

use super::*;
use proptest::prelude::*;
use typed::TYPED;

#[test]
fn numbers_are_normalised_and_uncallable_ones_are_refused() {
    for (typed, number) in TYPED {
        assert_eq!(Phone::parse(typed).ok().map(|phone| phone.as_e164().to_owned()).as_deref(), *number, "{typed}");
    }
    assert!(TYPED.len() >= 40);
}

#[test]
fn numbers_are_shown_in_groups() {
    for (typed, shown) in [("20123456", "20 12 34 56"), ("+46812345678", "+468 123 456 78")] {
        assert_eq!(Phone::parse(typed).map(|phone| phone.grouped()), Ok(shown.to_owned()));
    }
}

#[test]
fn premium_rate_numbers_are_accepted_and_recognised() {
    for dear in [
        "90 12 34 56",
        "+45 90123456",
        "+1 900 555 0100",
        "+881 6 1234 5678",
        "+882 16 1234 5678",
        "+979 1 2345 6789",
        "+870 773 123 456",
        "+808 1234 5678",
        "+44 909 123 4567",
        "+49 (0)900 1 123456",
        "+46 0900 123 4567",
        "+47 829 12 345",
        "+33 (0)8 99 12 34 56",
        "+883 5100 1234 5678",
        "+44 70 1234 5678",
        "+47 880 12 345",
    ] {
        assert_eq!(Phone::parse(dear).map(|phone| phone.cost()), Ok(Cost::Premium), "{dear}");
    }
    for ordinary in [
        "20 12 34 56",
        "86 90 12 34",
        "+46 70 123 45 67",
        "+1 212 555 0100",
        "+298 211234",
        "+39 06 698 12345",
        "+49 176 1234567",
    ] {
        assert_eq!(Phone::parse(ordinary).map(|phone| phone.cost()), Ok(Cost::Ordinary), "{ordinary}");
    }
}

#[test]
fn numbers_stored_by_an_earlier_release_are_read_and_found() {
    for (stored, typed) in [
        ("+460701234567", "+46 70 123 45 67"),
        ("+4901761234567", "0049 176 1234567"),
        ("+480221234567", "+48 22 123 45 67"),
        ("+370861234567", "+370 612 34567"),
    ] {
        let before = Phone::try_from(stored.to_owned()).unwrap();
        assert_eq!(before.as_e164(), stored);
        assert!(Phone::parse(typed).unwrap().stored_forms().contains(&before), "{typed}");
    }
    assert!(Phone::try_from("+9999999999".to_owned()).is_ok() && Phone::try_from("+1".to_owned()).is_err());
    assert_eq!(Phone::parse("20123456").unwrap().stored_forms()[0].as_e164(), "+4520123456");
}

/// Writes a number in one of many ways: with groups, separators, digits of a script and invisible characters.
fn spelling(local: &str, style: (usize, usize, usize, usize)) -> String {
    const BETWEEN: [&str; 8] = ["", " ", ".", "-", "\u{2011}", "\u{a0}", "\u{202f}", "\t"];
    const HIDDEN: [&str; 4] = ["", "\u{200b}", "\u{2060}", "\u{ad}"];
    const ZEROS: [char; 3] = ['0', '٠', '０'];
    let (size, between, hidden, zero) = style;
    let sign = |digit: u8| char::from_u32(ZEROS[zero] as u32 + u32::from(digit - b'0')).unwrap();
    let groups = local.as_bytes().chunks(size);
    let groups = groups.map(|group| group.iter().map(|digit| sign(*digit)).collect::<String>() + HIDDEN[hidden]);
    groups.collect::<Vec<_>>().join(BETWEEN[between])
}

proptest! {
    #[test]
    fn a_danish_number_is_read_in_any_spelling(
        number in 20_000_000u32..99_999_999,
        style in (1usize..=8, 0usize..8, 0usize..4, 0usize..3),
        code in prop::sample::select(&["", "+45 ", "0045", "45 ", "(+45)", "+45 (0) ", "45 (0)", "００ 45 ", "Tlf. ", "mobil: +45 "][..]),
    ) {
        let local = number.to_string();
        let typed = format!("{code}{}", spelling(&local, style));
        let phone = Phone::parse(&typed);
        prop_assert_eq!(phone.map(|phone| phone.0), Ok(format!("+45{local}")), "{}", typed);
    }

    #[test]
    fn a_foreign_number_is_read_in_any_spelling(
        (code, prefix, local) in prop_oneof![
            "[1-9][0-9]{8}".prop_map(|local| ("46", "0", local)),
            "[1235789][0-9]{9}".prop_map(|local| ("44", "0", local)),
            "[1-9][0-9]{9}".prop_map(|local| ("49", "0", local)),
            "[2-9][0-9]{9}".prop_map(|local| ("1", "1", local)),
            "0[0-9]{8}".prop_map(|local| ("39", "", local)),
            "[2-9][0-9]{7}".prop_map(|local| ("47", "", local)),
            "[2-9][0-9]{8}".prop_map(|local| ("48", "", local)),
            "[2-9][0-9]{5}".prop_map(|local| ("298", "", local)),
            "[3-9][0-9]{8}".prop_map(|local| ("380", "0", local)),
        ],
        style in (1usize..=5, 0usize..8, 0usize..4, 0usize..3),
        plus in prop::sample::select(&["+", "00", "(+", "＋"][..]),
        zero in 0usize..3,
    ) {
        let typed = spelling(&local, style);
        let prefix = match zero { 1 if !prefix.is_empty() => format!("({prefix})"), 2 => prefix.to_owned(), _ => String::new() };
        let typed = format!("{plus}{code} {prefix}{typed}");
        let phone = Phone::parse(&typed);
        prop_assert_eq!(phone.map(|phone| phone.0), Ok(format!("+{code}{local}")), "{}", typed);
    }

    #[test]
    fn two_numbers_in_one_field_are_refused(first in 20_000_000u32..99_999_999, last in 20_000_000u32..99_999_999, between in "( ?[/,;|-] ?|/| )") {
        let typed = format!("{first}{between}{last}");
        prop_assert!(Phone::parse(&typed).is_err(), "{}", typed);
        let typed = format!("+46 {first}{between}{last}");
        prop_assert!(Phone::parse(&typed).is_err(), "{}", typed);
    }

    #[test]
    fn accepted_numbers_are_read_back_the_same(text in "[+0-9 ()/.-]{0,20}") {
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert_eq!(Phone::parse(phone.as_e164()).map(|again| again.0), Ok(phone.0.clone()));
            prop_assert_eq!(Phone::parse(&phone.grouped()).map(|again| again.0), Ok(phone.0));
        }
    }
}
