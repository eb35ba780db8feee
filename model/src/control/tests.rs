//! Controls as officers type them, as they are stored, and until when they are announced.

use super::*;

/// The allowed days, from the day of the request to today.
const DAYS: RangeInclusive<Date> = Date::constant(2025, 12, 7)..=Date::constant(2026, 12, 7);

fn parsed(typed: [&str; 6]) -> Result<String, ControlField> {
    Control::parse(typed, DAYS).map(|control| serde_json::to_string(&control).unwrap())
}

#[test]
fn a_control_is_read_as_officers_type_it() {
    for (typed, stored) in [
        (["", "", "", "", "", ""], "{}"),
        (
            ["3.12.2026", "7.30", "60", "1.250", "31", "12"],
            r#"{"date":"2026-12-03","start":"07:30:00","minutes":60,"vehicles":1250,"over":31,"fined":12}"#,
        ),
        (
            [" 2026-12-07 ", "kl. 16:05", "", "212", "212", ""],
            r#"{"date":"2026-12-07","start":"16:05:00","vehicles":212,"over":212}"#,
        ),
        (
            ["3/12-2026", "7", "1440", "", "31", "0"],
            r#"{"date":"2026-12-03","start":"07:00:00","minutes":1440,"over":31,"fined":0}"#,
        ),
    ] {
        assert_eq!(parsed(typed).as_deref(), Ok(stored), "{typed:?}");
    }
}

#[test]
fn the_audit_line_names_the_known_parts() {
    let said = |typed| Control::parse(typed, DAYS).unwrap().to_string();
    let all = said(["3.12.2026", "7.30", "60", "212", "31", "12"]);
    assert_eq!(all, "2026-12-03, 07:30, 60 minutes, 212 vehicles, 31 over the limit, 12 fined");
    assert_eq!(said(["", "", "", "212", "", "0"]), "212 vehicles, 0 fined");
}

#[test]
fn the_first_invalid_part_is_named() {
    let at = |place: usize, text: &'static str| {
        let mut typed = [""; 6];
        typed[place] = text;
        typed
    };
    for (typed, field) in [
        (at(0, "8.12.2026"), ControlField::Date),
        (at(0, "6.12.2025"), ControlField::Date),
        (at(0, "31.11.2026"), ControlField::Date),
        (at(0, "i går"), ControlField::Date),
        (at(0, "3.12.26"), ControlField::Date),
        (at(1, "24.00"), ControlField::Start),
        (at(1, "7.3"), ControlField::Start),
        (at(1, "+7.30"), ControlField::Start),
        (at(2, "0"), ControlField::Minutes),
        (at(2, "1441"), ControlField::Minutes),
        (at(2, "en time"), ControlField::Minutes),
        (at(3, "50001"), ControlField::Vehicles),
        (at(3, "99999"), ControlField::Vehicles),
        (at(3, "-4"), ControlField::Vehicles),
        (at(3, "12.50"), ControlField::Vehicles),
        (at(4, "1,5"), ControlField::Over),
        (["", "", "", "10", "11", ""], ControlField::Over),
        (["", "", "", "10", "10", "11"], ControlField::Fined),
    ] {
        assert_eq!(parsed(typed), Err(field), "{typed:?}");
    }
}

#[test]
fn a_stored_control_is_validated_again() {
    assert!(serde_json::from_str::<Control>(r#"{"vehicles":10,"over":11}"#).is_err());
    let later = serde_json::from_str::<Control>(r#"{"vehicles":10,"stopped":3}"#).unwrap();
    assert_eq!(later.parts().vehicles, Some(10));
}

#[test]
fn a_control_is_announced_for_90_days_to_those_who_asked_before_it_began() {
    let control = Control::parse(["", "7.30", "", "", "", ""], DAYS).unwrap();
    let (kreds, kommune) = (KredsSlug::parse("fyn").unwrap(), KommuneCode::parse("0461").unwrap());
    let id = PageSlug::parse("a").unwrap();
    let held = HeldControl { kreds, id, road: "Skovvej".to_owned(), kommune, date: *DAYS.end(), control };
    assert_eq!(held.began().to_string(), "2026-12-07T06:30:00Z");
    let untimed = HeldControl { control: Control::default(), ..held };
    assert_eq!(untimed.began().to_string(), "2026-12-06T23:00:00Z");
    let announced = |days: i64| untimed.is_announced_on(DAYS.end().saturating_add(days.days()));
    assert_eq!([-1, 0, 90, 91].map(announced), [false, true, true, false]);
}
