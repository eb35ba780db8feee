//! Events in every order, and the acts that are allowed at each point.

use super::*;
use proptest::prelude::*;

fn kreds(slug: &str) -> KredsSlug {
    KredsSlug::parse(slug).unwrap()
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_939_200 + minute * 60).unwrap()
}

fn event(number: u8, minute: i64, by: &str, act: Act) -> Event {
    Event { nonce: Nonce::from_random([number; 8]), at: at(minute), by: By::Officer(kreds(by)), act }
}

fn undone(number: u8) -> Act {
    Act::Undone { nonce: Nonce::from_random([number; 8]) }
}

fn closed() -> Act {
    Act::Closed {
        reason: ReasonSlug::parse("givet-raad").unwrap(),
        catalog: CatalogVersion::parse("0123456789abcdef").unwrap(),
    }
}

fn control() -> Control {
    let today = jiff::civil::date(2026, 12, 7);
    Control::parse(["", "7.30", "60", "212", "31", "12"], today..=today).unwrap()
}

fn forwarded(to: &str) -> Act {
    Act::Forwarded { to: kreds(to) }
}

/// A full case: not reached, forwarded, undone, forwarded again, called, planned, done, closed.
fn story() -> Vec<Event> {
    vec![
        event(1, 0, "fyn", Act::NotReached),
        event(2, 60, "fyn", forwarded("bornholm")),
        event(3, 65, "fyn", undone(2)),
        event(4, 70, "fyn", forwarded("nordjylland")),
        event(5, 90, "nordjylland", Act::Called),
        event(6, 91, "nordjylland", Act::Planned),
        event(7, 200, "nordjylland", Act::Done(control())),
        event(8, 300, "nordjylland", closed()),
    ]
}

#[test]
fn events_are_read_back_as_stored_and_those_of_a_later_release_are_ignored() {
    for event in story() {
        assert_eq!(Event::from_stored(event.nonce.clone(), &event.to_stored()), Some(event));
    }
    let nonce = || Nonce::from_random([9; 8]);
    for stored in ["", "{}", r#"{"at":"2026-11-29T08:00:00Z","by":"citizen","act":"danced"}"#] {
        assert_eq!(Event::from_stored(nonce(), stored), None, "{stored}");
    }
    let plain = r#"{"at":"2026-11-29T08:00:00Z","by":{"officer":"fyn"},"act":"called"}"#;
    assert_eq!(Event::from_stored(nonce(), plain).unwrap().to_stored(), plain);
}

#[test]
fn a_measure_is_read_with_numbers_without_any_and_with_unreadable_ones() {
    let stored =
        |control: &str| format!(r#"{{"at":"2026-11-29T08:00:00Z","by":{{"officer":"fyn"}},"act":"done"{control}}}"#);
    let read = |control: &str| Event::from_stored(Nonce::from_random([9; 8]), &stored(control)).unwrap();
    let numbers = r#","control":{"fined":12,"minutes":60,"over":31,"start":"07:30:00","vehicles":212}"#;
    for (control, act) in [
        ("", Act::Done(Control::default())),
        (numbers, Act::Done(self::control())),
        (r#","control":{"vehicles":"many"}"#, Act::Done(Control::default())),
    ] {
        assert_eq!(read(control).act, act, "{control}");
    }
    assert_eq!([read("").to_stored(), read(numbers).to_stored()], [stored(""), stored(numbers)]);
}

#[test]
fn a_case_reports_its_events_with_their_times() {
    let case = Case::new(story());
    assert_eq!(case.not_reached().collect::<Vec<_>>(), [at(0)]);
    assert_eq!(case.forwarded(), Some((&kreds("nordjylland"), at(70))));
    assert_eq!(case.last_word().map(|word| word.at), Some(at(200)));
    assert_eq!(case.closed().map(|(reason, _, when)| (reason.as_str(), when)), Some(("givet-raad", at(300))));
    assert_eq!(*case.kreds(&kreds("fyn")), kreds("nordjylland"));
    assert_eq!(case.stage(), Stage::Closed);
}

#[test]
fn a_citizen_sees_each_event_after_ten_minutes_unless_it_is_undone() {
    let case = Case::new(story());
    let stages: Vec<Stage> =
        [0, 9, 10, 75, 99, 100, 309, 310].map(|minute| case.visible_to_citizen(at(minute)).stage()).into();
    use Stage::{Called, Closed, Received, Tried};
    assert_eq!(stages, [Received, Received, Tried, Tried, Tried, Called, Called, Closed]);
    assert_eq!(case.visible_to_citizen(at(79)).forwarded(), None);
    assert_eq!(case.visible_to_citizen(at(80)).forwarded(), Some((&kreds("nordjylland"), at(70))));
}

#[test]
fn only_the_author_can_undo_an_event_and_only_in_time() {
    for (undo, counts) in [
        (event(2, 9, "fyn", undone(1)), false),
        (event(2, 10, "fyn", undone(1)), true),
        (event(2, 5, "bornholm", undone(1)), true),
        (Event { by: By::Citizen, ..event(2, 5, "fyn", undone(1)) }, true),
        (event(2, 5, "fyn", undone(7)), true),
    ] {
        let case = Case::new([event(1, 0, "fyn", Act::Called), undo.clone()]);
        assert_eq!(!case.owes_call(), counts, "{undo:?}");
        assert_eq!(case.events().len(), 2);
    }
    // An undo cannot be undone: the officer chooses the right act again.
    let twice = [event(1, 0, "fyn", Act::Called), event(2, 1, "fyn", undone(1)), event(3, 2, "fyn", undone(2))];
    assert!(Case::new(twice).owes_call());
}

#[test]
fn the_last_word_decides_whether_a_call_is_owed() {
    let answer =
        |number, minute, called| Event { by: By::Citizen, ..event(number, minute, "fyn", Act::Answered { called }) };
    use Stage::{Called, Closed, Received, Tried};
    for (events, stage) in [
        (vec![], Received),
        (vec![event(1, 0, "fyn", Act::Called)], Called),
        // A mistake that was noticed too late to undo it.
        (vec![event(1, 0, "fyn", Act::Called), event(2, 30, "fyn", Act::NotReached)], Tried),
        (vec![event(1, 0, "fyn", Act::Called), answer(2, 30, false)], Received),
        (vec![event(1, 0, "fyn", Act::Planned), answer(2, 30, false)], Received),
        (vec![answer(1, 0, true), answer(2, 30, false)], Received),
        (vec![answer(1, 0, false), answer(2, 30, true)], Called),
        (vec![event(1, 0, "fyn", Act::NotReached), event(2, 30, "fyn", Act::Planned)], Called),
        (vec![event(1, 0, "fyn", closed()), answer(2, 30, false)], Closed),
    ] {
        let case = Case::new(events.clone());
        assert_eq!((case.stage(), case.owes_call()), (stage, matches!(stage, Received | Tried)), "{events:?}");
    }
}

#[test]
fn only_the_responsible_kreds_may_act_and_it_forwards_and_closes_once() {
    let (fyn, nord) = (kreds("fyn"), kreds("nordjylland"));
    let acts = [Act::Called, Act::NotReached, closed(), Act::Planned, Act::Done(control()), forwarded("bornholm")];
    let may = |case: &Case, by: &KredsSlug| acts.iter().filter(|act| case.may(act, by, &fyn)).count();
    let new = Case::default();
    assert_eq!((may(&new, &fyn), may(&new, &nord)), (6, 0));
    assert!(!new.may(&forwarded("fyn"), &fyn, &fyn), "to itself");
    assert!(!new.may(&undone(1), &fyn, &fyn), "undoing is asked for by the event");
    let moved = Case::new([event(1, 0, "fyn", forwarded("nordjylland"))]);
    assert_eq!((may(&moved, &fyn), may(&moved, &nord)), (0, 5));
    let over = Case::new([event(1, 0, "fyn", closed())]);
    assert_eq!((may(&over, &fyn), may(&over, &nord)), (0, 0));
    assert_eq!(over.undoable(&fyn, at(9)).map(|event| &event.act), Some(&closed()));
    let late = at(10) - CLOCKS;
    assert_eq!(over.undoable(&fyn, late), None, "another process may be telling it by its own clock");
    assert!(over.undoable(&fyn, late - SignedDuration::from_secs(1)).is_some());
    assert_eq!(over.undoable(&nord, at(9)), None);
}

#[test]
fn a_call_is_owed_until_somebody_called_planned_or_closed() {
    let with = |act| Case::new([event(1, 0, "fyn", act)]).owes_call();
    assert!(Case::default().owes_call() && with(Act::NotReached) && with(forwarded("bornholm")));
    assert!(![Act::Called, Act::Planned, Act::Done(control()), closed()].into_iter().any(with));
}

proptest! {
    #[test]
    fn the_order_and_repetition_of_events_do_not_matter(
        shuffled in Just(story()).prop_shuffle(),
        again in proptest::collection::vec(0..8_usize, 0..8),
    ) {
        let doubled = again.iter().map(|place| story()[*place].clone());
        let case = Case::new(shuffled.into_iter().chain(doubled));
        prop_assert_eq!(case, Case::new(story()));
    }

    #[test]
    fn a_citizens_view_of_a_case_never_goes_back(minutes in proptest::collection::vec(0..400_i64, 2)) {
        let case = Case::new(story());
        let (early, late) = (minutes[0].min(minutes[1]), minutes[0].max(minutes[1]));
        let (early, late) = (case.visible_to_citizen(at(early)), case.visible_to_citizen(at(late)));
        prop_assert!(early.stage() <= late.stage());
        prop_assert!(early.events().iter().all(|event| late.events().contains(event)));
    }
}
