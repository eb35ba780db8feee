//! Announced calls and the acts of citizens: neither moves a request back.

use super::*;
use jiff::SignedDuration;

const START: i64 = 1_795_939_200;

fn kreds(slug: &str) -> KredsSlug {
    KredsSlug::parse(slug).unwrap()
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(START + minute * 60).unwrap()
}

fn event(number: u8, minute: i64, by: By, act: Act) -> Event {
    Event { nonce: Nonce::from_random([number; 8]), at: at(minute), by, act }
}

fn officer(number: u8, minute: i64, act: Act) -> Event {
    event(number, minute, By::Officer(kreds("fyn")), act)
}

fn citizen(number: u8, minute: i64, act: Act) -> Event {
    event(number, minute, By::Citizen, act)
}

const CALLING: Act = Act::Calling { number: CallerNumber::Hidden };

#[test]
fn citizen_acts_and_announced_calls_are_read_back_as_stored() {
    let acts =
        [CALLING, Act::Calling { number: CallerNumber::Shown }, Act::HoursChanged, Act::PhoneChanged, Act::Withdrawn];
    for act in acts {
        let event = citizen(1, 0, act);
        assert_eq!(Event::from_stored(event.nonce.clone(), &event.to_stored()), Some(event));
    }
    assert!(officer(1, 0, CALLING).to_stored().contains(r#""act":{"calling":{"number":"hidden"}}"#));
}

#[test]
fn an_announced_call_is_shown_at_once_for_ten_minutes_and_is_no_stage() {
    let case = Case::new([officer(1, 0, CALLING)]);
    assert_eq!(CALLING_FOR, SignedDuration::from_mins(10));
    assert_eq!(case.calling(at(0)), Some((&kreds("fyn"), CallerNumber::Hidden, at(10))));
    let just_before = at(10) - SignedDuration::from_nanos(1);
    assert!(case.calling(just_before).is_some() && case.calling(at(10)).is_none());
    for minute in [0, 9, 10, 60] {
        assert_eq!(case.visible_to_citizen(at(minute)).stage(), Stage::Received, "{minute}");
        assert!(case.owes_call());
    }
}

#[test]
fn an_announced_call_ends_with_the_next_officer_event_or_the_request() {
    let reason = ReasonSlug::parse("givet-raad").unwrap();
    let closed = Act::Closed { reason, catalog: CatalogVersion::parse("0123456789abcdef").unwrap() };
    let undone = |number| Act::Undone { nonce: Nonce::from_random([number; 8]) };
    for (next, is_said) in [
        (officer(2, 1, Act::Called), false),
        (officer(2, 1, Act::NotReached), false),
        (officer(2, 1, Act::Forwarded { to: kreds("bornholm") }), false),
        (officer(2, 1, closed), false),
        (officer(2, 1, undone(1)), false),
        (citizen(2, 1, Act::Withdrawn), false),
        // Changes by the citizen do not end a call.
        (citizen(2, 1, Act::HoursChanged), true),
        (citizen(2, 1, Act::PhoneChanged), true),
    ] {
        let case = Case::new([officer(1, 0, CALLING), next.clone()]);
        assert_eq!(case.calling(at(2)).is_some(), is_said, "{next:?}");
    }
    // Undoing the later event resumes the announcement, as long as its time lasts.
    let again = Case::new([officer(1, 0, CALLING), officer(2, 1, Act::Called), officer(3, 2, undone(2))]);
    assert!(again.calling(at(3)).is_some());
}

#[test]
fn a_citizens_change_counts_at_once_and_leaves_the_stage_unchanged() {
    for act in [Act::HoursChanged, Act::PhoneChanged] {
        let case = Case::new([officer(1, 0, Act::NotReached), citizen(2, 30, act)]);
        assert_eq!(case.visible_to_citizen(at(30)).stage(), Stage::Tried);
        assert!(case.owes_call() && case.visible_to_citizen(at(30)).by_citizen().count() == 1);
        assert_eq!(case.undoable(&kreds("fyn"), at(5)).map(|event| &event.act), Some(&Act::NotReached));
    }
}

#[test]
fn a_withdrawn_request_owes_no_call_and_permits_no_act() {
    let fyn = kreds("fyn");
    let case = Case::new([officer(1, 0, Act::NotReached), citizen(2, 5, Act::Withdrawn)]);
    assert_eq!((case.withdrawn(), case.stage(), case.owes_call()), (Some(at(5)), Stage::Closed, false));
    assert_eq!(case.visible_to_citizen(at(5)).stage(), Stage::Closed, "the citizen knows at once");
    for act in [Act::Called, Act::NotReached, Act::Planned, CALLING, Act::Forwarded { to: kreds("bornholm") }] {
        assert!(!case.may(&act, &fyn, &fyn), "{act:?}");
    }
    assert_eq!(case.undoable(&fyn, at(6)), None);
    assert!(Case::default().may(&CALLING, &fyn, &fyn));
    for act in [Act::HoursChanged, Act::PhoneChanged, Act::Withdrawn] {
        assert!(!Case::default().may(&act, &fyn, &fyn), "no officer does what only a citizen does");
    }
}
