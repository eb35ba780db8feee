//! Corrections and withdrawals: a change is encrypted with its event, once, and a withdrawn request is gone at once.

use crate::contract::ground::{Given, Ground, catalog, form, kreds, minutes, now, run};
use function::store::{Correction, Hashes, Queue, Recipient, Settled, Step, Stepped, Task};
use jiff::Timestamp;
use model::answers::Answers;
use model::case::{Act, By, Event};
use model::field::Role;
use model::names::{KredsSlug, Language, Nonce};
use model::phone::Phone;

fn event(number: u8, at: Timestamp, act: Act) -> Event {
    Event { nonce: Nonce::from_random([number; 8]), at, by: By::Citizen, act }
}

fn step<'a>(given: &'a Given, event: &'a Event, seen: u32) -> Step<'a> {
    given.step(event, Some(seen), ("changed", "receipt"))
}

fn with_number(given: &Given, number: &str) -> Answers {
    let danish = catalog().form(&form(), &Language::danish()).unwrap();
    given.submission.answers.clone().with_number(danish.phone().unwrap(), Phone::parse(number).unwrap())
}

fn hours(answers: &Answers) -> Vec<String> {
    answers.with_role(Role::CallTimes).flat_map(|answer| answer.values.reveal().clone()).collect()
}

pub(crate) async fn a_correction_is_encrypted_and_refused_if_its_answers_are_stale(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let danish = catalog().form(&form(), &Language::danish()).unwrap();
    let other = vec!["Formiddag, kl. 8-12".to_owned()];
    let answers = given.submission.answers.clone().with_hours(danish.call_times().unwrap(), other.clone());
    let correction = Correction { answers: &answers, phone: "a-hash-of-the-number", limits: &[] };
    let first = event(1, start, Act::HoursChanged);
    assert_eq!(store.correct(&step(&given, &first, 0), &correction).await.unwrap(), Stepped::Done);
    assert_eq!(store.correct(&step(&given, &first, 0), &correction).await.unwrap(), Stepped::Before);
    let stored = async || store.submission(given.id(), start).await.unwrap().unwrap().answers;
    assert_eq!(hours(&stored().await), other);
    // A change based on the earlier answers would restore the old hours.
    let stale = with_number(&given, "20 30 40 50");
    let correction = Correction { answers: &stale, phone: "another-hash", limits: &[] };
    let second = event(2, start, Act::PhoneChanged);
    assert_eq!(store.correct(&step(&given, &second, 0), &correction).await.unwrap(), Stepped::Changed);
    assert_eq!(hours(&stored().await), other);
    let fresh = answers.clone().with_number(danish.phone().unwrap(), Phone::parse("20 30 40 50").unwrap());
    let correction = Correction { answers: &fresh, ..correction };
    assert_eq!(store.correct(&step(&given, &second, 1), &correction).await.unwrap(), Stepped::Done);
    assert!(stored().await == fresh, "both are kept");
    // The hash that finds a citizen's requests follows the number, and nothing is readable.
    assert_eq!(store.by_phone("another-hash").await.unwrap(), [given.id().clone()]);
    assert!(store.by_phone("a-hash-of-the-number").await.unwrap().is_empty());
    let dump = ground.dump().await;
    assert!(dump.iter().all(|item| !item.contains("20304050") && !item.contains("20 30 40") && !item.contains("8-12")));
    assert!(dump.iter().all(|item| !item.contains("a-hash-of-the-number")), "{dump:?}");
    // The kreds is mailed two minutes later, and not before.
    let due = async |at| store.due_in(&Queue::Cases, at).await.unwrap().items.len();
    assert_eq!((due(start + minutes(1)).await, due(start + minutes(3)).await), (0, 2));
    store.erase(given.id(), &Hashes::default(), "anna", start).await.unwrap().unwrap();
    assert!(store.by_phone("another-hash").await.unwrap().is_empty());
}

pub(crate) async fn a_withdrawn_request_has_no_key_and_no_mail_and_is_no_ghost(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let hashes = Hashes { same: Some(given.same.clone()), email: None };
    let gone = event(1, start, Act::Withdrawn);
    assert_eq!(store.withdraw(&step(&given, &gone, 3), &hashes).await.unwrap(), Stepped::Changed);
    assert_eq!(store.withdraw(&step(&given, &gone, 0), &hashes).await.unwrap(), Stepped::Done);
    assert_eq!(store.withdraw(&step(&given, &gone, 0), &hashes).await.unwrap(), Stepped::Before);
    let file = store.case(given.id(), start).await.unwrap().unwrap();
    assert_eq!((file.case.withdrawn(), file.count), (Some(start), 1));
    assert!(store.submission(given.id(), start).await.unwrap().is_none());
    assert!(store.receipt(given.id(), start).await.unwrap().is_none());
    assert!(store.by_phone("a-hash-of-the-number").await.unwrap().is_empty());
    // No run has mailed it yet, so nobody needs to be notified of the withdrawal.
    for queue in [Queue::Owed(kreds()), Queue::Cases] {
        assert!(store.standing(&queue).await.unwrap().items.is_empty(), "{queue}");
    }
    assert_eq!(store.settle(given.id(), start).await.unwrap(), Settled::AsItWas);
    assert!(store.overview(given.id(), start).await.unwrap().is_some());
    // The same answers now make a new request.
    let again = Given { same: given.same.clone(), ..Given::nth(2, start) };
    assert_eq!(ground.accept(&again).await.unwrap(), function::store::Accepted::New);
    // It expires and is erased like any other.
    let late = start + minutes(31 * 24 * 60);
    assert!(store.case(given.id(), late).await.unwrap().is_none());
    assert_eq!(store.erase_if_over(given.id(), late).await.unwrap(), function::store::Erasure::Gone);
    let dump = ground.dump().await;
    assert!(dump.iter().all(|item| !item.contains(given.id().as_str())), "{dump:?}");
}

pub(crate) async fn a_withdrawal_is_reported_to_the_kreds_that_may_have_the_mail(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let bornholm = KredsSlug::parse("bornholm").unwrap();
    // A run is sending its mail; the mail went out and the request was forwarded; the other kreds has it, too.
    for (number, is_forwarded, other_has_it) in [(1, false, false), (2, true, false), (3, true, true)] {
        let given = Given::nth(number, start);
        ground.accept(&given).await.unwrap();
        let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
        if number > 1 {
            store.done(&leased, start).await.unwrap();
        }
        let forwarded =
            Event { by: By::Officer(kreds()), ..event(number * 10, start, Act::Forwarded { to: bornholm.clone() }) };
        if is_forwarded {
            assert_eq!(store.step(&step(&given, &forwarded, 0)).await.unwrap(), Stepped::Done);
        }
        if other_has_it {
            let due = store.due_in(&Queue::Owed(bornholm.clone()), start + minutes(11)).await.unwrap().items;
            let due = due.iter().find(|due| due.task == given.task(Recipient::Forwarded)).unwrap();
            let leased = store.lease(due, &run(number), start + minutes(11)).await.unwrap().unwrap();
            store.done(&leased, start + minutes(11)).await.unwrap();
        }
        let gone = event(number * 10 + 1, start + minutes(12), Act::Withdrawn);
        let stepped = store.withdraw(&step(&given, &gone, u32::from(is_forwarded)), &Hashes::default()).await.unwrap();
        assert_eq!(stepped, Stepped::Done);
        let news = Task::News(given.id().clone(), gone.nonce.clone());
        let state = store.task(&news).await.unwrap().unwrap();
        assert_eq!(state.kreds, if other_has_it { bornholm.clone() } else { kreds() }, "{number}");
        // Nothing else is owed, and a run that was sending its mail has lost the lease.
        let left = store.standing(&Queue::Cases).await.unwrap().items;
        assert!(left.iter().all(|due| matches!(due.task, Task::News(..))), "{number}");
        for queue in [kreds(), bornholm.clone()].map(Queue::Owed) {
            let owed = store.standing(&queue).await.unwrap().items;
            assert!(owed.iter().all(|due| due.task.submission() != Some(given.id())), "{number}");
        }
        if number == 1 {
            let mut leased = leased;
            assert!(store.mark_sending(&mut leased, start).await.is_err(), "its mail does not leave any more");
        }
        let day = model::deadline::danish_day(start + minutes(11));
        assert_eq!(store.of_day(&bornholm, day).await.unwrap().contains(given.id()), other_has_it);
    }
}
