//! Cases: each event is written once, together with what it causes, and erased with its request.

use crate::contract::ground::{Given, Ground, kreds, minutes, now};
use function::store::{Hashes, Queue, Recipient, Step, Stepped, StoreError, Task};
use jiff::Timestamp;
use model::case::{Act, By, Event};
use model::names::{CatalogVersion, KredsSlug, Nonce, ReasonSlug};
use model::pii::Pii;

fn event(number: u8, at: Timestamp, act: Act) -> Event {
    Event { nonce: Nonce::from_random([number; 8]), at, by: By::Officer(kreds()), act }
}

fn to() -> Act {
    Act::Forwarded { to: KredsSlug::parse("bornholm").unwrap() }
}

fn closed() -> Act {
    let catalog = CatalogVersion::parse("0123456789abcdef").unwrap();
    Act::Closed { reason: ReasonSlug::parse("givet-raad").unwrap(), catalog }
}

/// Builds a step by a link that has seen this many events.
fn step<'a>(given: &'a Given, event: &'a Event, seen: Option<u32>) -> Step<'a> {
    given.step(event, seen, ("called", "link kreds fyn"))
}

async fn audited(ground: &Ground, at: Timestamp) -> usize {
    let month = model::deadline::danish_day(at).strftime("%Y-%m").to_string();
    ground.store().audit_of(&month).await.unwrap().len()
}

pub(crate) async fn an_event_is_written_once_and_only_after_seeing_all_before_it(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let (first, second) = (event(1, start, Act::NotReached), event(2, start, Act::Called));
    assert_eq!(store.step(&step(&given, &first, Some(0))).await.unwrap(), Stepped::Done);
    assert_eq!(store.step(&step(&given, &first, Some(0))).await.unwrap(), Stepped::Before);
    assert_eq!(store.step(&step(&given, &second, Some(0))).await.unwrap(), Stepped::Changed);
    assert_eq!(store.step(&step(&given, &second, Some(2))).await.unwrap(), Stepped::Changed);
    assert_eq!(store.step(&step(&given, &second, Some(1))).await.unwrap(), Stepped::Done);
    // A citizen's step need not have seen any other.
    let third = Event { by: By::Citizen, ..event(3, start, Act::Called) };
    assert_eq!(store.step(&step(&given, &third, None)).await.unwrap(), Stepped::Done);
    let file = store.case(given.id(), start).await.unwrap().unwrap();
    assert_eq!((file.count, file.case.events().len(), audited(ground, start).await), (3, 3, 3));
    // One task mails the citizen, ten minutes later and not before.
    let due = async |at| store.due_in(&Queue::Cases, at).await.unwrap().items;
    assert!(due(start + minutes(10)).await.is_empty());
    let updates: Vec<Task> = due(start + minutes(11)).await.into_iter().map(|due| due.task).collect();
    assert_eq!(updates, [Task::CaseUpdate(given.id().clone(), first.nonce.clone())]);
    assert!(store.case(Given::nth(2, start).id(), start).await.unwrap().is_none());
    let nobodys = Given::nth(2, start);
    assert_eq!(store.step(&step(&nobodys, &first, None)).await.unwrap(), Stepped::Changed);
}

pub(crate) async fn undoing_an_event_cancels_what_it_owes_unless_it_is_too_late(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let bornholm = Queue::Owed(KredsSlug::parse("bornholm").unwrap());
    let owed = async || {
        let [mails, updates] = [&bornholm, &Queue::Cases].map(|queue| store.standing(queue));
        (mails.await.unwrap().items.len(), updates.await.unwrap().items.len())
    };
    let mut seen = 0;
    for round in 0..2 {
        let forwarded = event(10 + round, start, to());
        assert_eq!(store.step(&step(&given, &forwarded, Some(seen))).await.unwrap(), Stepped::Done);
        assert_eq!(owed().await, (1, 1));
        // A request is forwarded once, whoever presses the button.
        let again = event(20 + round, start, to());
        assert_eq!(store.step(&step(&given, &again, None)).await.unwrap(), Stepped::Changed);
        let undone = event(30 + round, start + minutes(5), Act::Undone { nonce: forwarded.nonce.clone() });
        let back = Step { takes_back: Some(&forwarded), ..step(&given, &undone, Some(seen + 1)) };
        assert_eq!(store.step(&back).await.unwrap(), Stepped::Done);
        assert_eq!(owed().await, (0, 0));
        seen += 2;
    }
    // A run has begun to mail the citizen, so undoing comes too late and changes nothing.
    let over = event(40, start, closed());
    assert_eq!(store.step(&step(&given, &over, Some(seen))).await.unwrap(), Stepped::Done);
    let due = store.due_in(&Queue::Cases, start + minutes(11)).await.unwrap().items.remove(0);
    let run = function::store::RunToken::from_random([1; 8]);
    assert!(store.lease(&due, &run, start + minutes(11)).await.unwrap().is_some());
    let undone = event(41, start + minutes(9), Act::Undone { nonce: over.nonce.clone() });
    let back = Step { takes_back: Some(&over), ..step(&given, &undone, Some(seen + 1)) };
    assert_eq!(store.step(&back).await.unwrap(), Stepped::Changed);
    assert!(store.case(given.id(), start).await.unwrap().unwrap().case.closed().is_some());
}

pub(crate) async fn a_case_is_encrypted_and_erased_with_its_request(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let note = Pii::new("Ring til Birthe Kanariefugl".to_owned());
    let forwarded = event(1, start, to());
    let noted = Step { note: Some(&note), ..step(&given, &forwarded, Some(0)) };
    assert_eq!(store.step(&noted).await.unwrap(), Stepped::Done);
    let notes = store.notes(given.id()).await.unwrap();
    assert!(notes.len() == 1 && notes[0].0 == forwarded.nonce && notes[0].1 == note);
    assert!(ground.dump().await.iter().all(|item| !item.contains("Birthe")));
    let bornholm = KredsSlug::parse("bornholm").unwrap();
    let day = model::deadline::danish_day(start + minutes(11));
    assert_eq!(store.of_day(&bornholm, day).await.unwrap(), [given.id().clone()]);
    store.erase(given.id(), &Hashes::default(), "anna", start).await.unwrap();
    let dump = ground.dump().await;
    let left: Vec<_> = dump.iter().filter(|item| item.contains(given.id().as_str())).collect();
    // SAME# items can only be found by their hash, which is not passed here.
    assert!(left.iter().all(|item| item.contains("SAME#")), "{left:?}");
    assert!(store.case(given.id(), start).await.unwrap().is_none());
    let gone = event(2, start, Act::Called);
    let result = store.step(&Step { note: Some(&note), ..step(&given, &gone, None) }).await;
    assert!(matches!(result, Err(StoreError::Unreadable("key"))), "nothing is encrypted without its key");
}

pub(crate) async fn a_case_has_a_limit_of_events_and_a_number_for_each_kreds(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
    let first = store.fix_serial(&leased, &given.submission.receipt.form, start).await.unwrap();
    for number in 0..40 {
        let act = if number == 0 { to() } else { Act::Planned };
        let seen = u32::from(number);
        let event = event(number, start, act);
        assert_eq!(store.step(&step(&given, &event, Some(seen))).await.unwrap(), Stepped::Done);
    }
    for seen in [Some(40), None] {
        let event = event(99, start, Act::Planned);
        assert_eq!(store.step(&step(&given, &event, seen)).await.unwrap(), Stepped::Changed);
    }
    // An officer can still close it and undo that. The citizen can answer, but cannot use up the room for officers.
    let answer = |number| Event { by: By::Citizen, ..event(number, start, Act::Answered { called: number % 2 == 0 }) };
    for number in 100..115 {
        let stepped = store.step(&step(&given, &answer(number), None)).await.unwrap();
        assert_eq!(stepped, if number < 110 { Stepped::Done } else { Stepped::Changed });
    }
    let over = event(121, start, closed());
    assert_eq!(store.step(&step(&given, &over, Some(50))).await.unwrap(), Stepped::Done);
    let undone = event(122, start, Act::Undone { nonce: over.nonce.clone() });
    let back = Step { takes_back: Some(&over), ..step(&given, &undone, Some(51)) };
    assert_eq!(store.step(&back).await.unwrap(), Stepped::Done);
    for (number, seen) in (130..).zip(52..61) {
        let called = event(number, start, Act::Called);
        let stepped = store.step(&step(&given, &called, Some(seen))).await.unwrap();
        assert_eq!(stepped, if seen < 60 { Stepped::Done } else { Stepped::Changed });
    }
    let bornholm = Queue::Owed(KredsSlug::parse("bornholm").unwrap());
    let due = store.due_in(&bornholm, start + minutes(11)).await.unwrap().items.remove(0);
    let run = function::store::RunToken::from_random([1; 8]);
    let leased = store.lease(&due, &run, start + minutes(11)).await.unwrap().unwrap();
    let second = store.fix_serial(&leased, &given.submission.receipt.form, start).await.unwrap();
    assert_eq!((first.number, second.number), (1, 1));
    let overview = store.overview(given.id(), start).await.unwrap().unwrap();
    assert_eq!(overview.serial(), Some(first));
    assert_eq!(overview.serial_at(&KredsSlug::parse("bornholm").unwrap()), Some(second));
    assert!(overview.unreadable.is_empty());
    // One transaction can delete even the longest case.
    assert!(store.erase(given.id(), &Hashes::default(), "anna", start).await.unwrap().is_some());
}
