//! Mailing: leases, marks, serial numbers, digests and redelivery.

use crate::contract::accepting::all;
use crate::contract::ground::{Given, Ground, form, kreds, minutes, now, run};
use function::store::{LEASE, Queue, Recipient, Released, RunToken, Sent, Series, Task};
use jiff::SignedDuration;
use model::deadline::danish_day;
use model::names::FormId;
use std::collections::BTreeSet;

pub(crate) async fn a_task_belongs_to_one_run_until_its_lease_ends(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let due = store.due_in(&Queue::Owed(kreds()), start).await.unwrap();
    assert_eq!(due.items.len(), 2);
    let due = &due.items[0];
    let runs: Vec<RunToken> = (0..8).map(run).collect();
    let leases = all(runs.iter().map(|run| store.lease(due, run, start))).await;
    assert_eq!(leases.iter().filter(|lease| lease.as_ref().unwrap().is_some()).count(), 1);
    let still = store.due_in(&Queue::Owed(kreds()), start + LEASE - SignedDuration::from_secs(1)).await.unwrap();
    assert!(still.items.iter().all(|still| still.task != due.task));
    let again = store.due_in(&Queue::Owed(kreds()), start + LEASE).await.unwrap();
    assert!(again.items.iter().any(|again| again.task == due.task));
}

pub(crate) async fn a_run_recognises_its_own_lease_after_a_lost_answer(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let due = store.due_in(&Queue::Owed(kreds()), start).await.unwrap().items.swap_remove(0);
    let lease = async |n| store.lease(&due, &run(n), start).await.unwrap();
    // The SDK retries when an answer is late, although its first write succeeded.
    assert!(lease(1).await.is_some() && lease(1).await.is_some());
    assert!(lease(2).await.is_none());
    let leased = lease(1).await.unwrap();
    store.due_again(&leased, start + minutes(5), Sent::No).await.unwrap();
    assert!(lease(1).await.is_none(), "what this run put off is not its own any more");
}

pub(crate) async fn unknown_outcomes_are_counted_and_failures_are_not(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let mut at = start;
    // A failure, a crash, an unknown outcome, a failure: two are unknown.
    for (attempt, unsure, ends) in
        [(1, 0, Some(Sent::No)), (2, 0, None), (3, 1, Some(Sent::Perhaps)), (4, 2, Some(Sent::No)), (5, 2, None)]
    {
        let leased = ground.leased(given.id(), Recipient::Kreds, at).await.unwrap();
        let mut leased = leased;
        assert_eq!((leased.attempts, leased.unsure), (attempt, unsure));
        // The SDK retries when an answer is late: a mark made twice counts once.
        for _ in 0..attempt {
            store.mark_sending(&mut leased, at).await.unwrap();
        }
        match ends {
            Some(sent) => {
                at += minutes(5);
                store.due_again(&leased, at, sent).await.unwrap();
            }
            None => at += LEASE,
        }
    }
}

pub(crate) async fn runs_that_end_before_sending_are_no_attempts_and_get_longer_leases(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let (store, mut at) = (ground.store(), start);
    for (run, minutes_long) in [(1, 1), (2, 1), (3, 2), (4, 4), (5, 8), (6, 15), (7, 15)] {
        let mut leased = ground.leased(given.id(), Recipient::Kreds, at).await.unwrap();
        assert_eq!((leased.attempts, leased.unsure, leased.untried), (1, 0, run));
        store.prolong(&mut leased, at).await.unwrap();
        let just_before = at + minutes(minutes_long) - SignedDuration::from_secs(1);
        assert!(ground.leased(given.id(), Recipient::Kreds, just_before).await.is_none(), "run {run}");
        at += minutes(minutes_long);
    }
    let mut leased = ground.leased(given.id(), Recipient::Kreds, at).await.unwrap();
    store.mark_sending(&mut leased, at).await.unwrap();
    let leased = ground.leased(given.id(), Recipient::Kreds, at + LEASE).await.unwrap();
    assert_eq!((leased.attempts, leased.unsure, leased.untried), (2, 1, 1));
}

pub(crate) async fn a_run_that_lost_its_lease_changes_nothing(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let slow = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
    let quick = ground.leased(given.id(), Recipient::Kreds, start + LEASE).await.unwrap();
    let before = ground.dump().await;
    store.done(&slow, start).await.unwrap();
    store.park(&slow, start).await.unwrap();
    store.sent(&slow, start).await.unwrap();
    store.due_again(&slow, start, Sent::No).await.unwrap();
    assert!(store.fix_serial(&slow, &form(), start).await.is_err());
    // The refused draw may have read the counter, but has not moved it.
    assert_eq!(ground.dump().await, before);
    store.done(&quick, start).await.unwrap();
    assert!(store.task(&quick.task).await.unwrap().unwrap().has("done_at"));
}

pub(crate) async fn serial_numbers_have_no_gaps_and_no_duplicates(ground: &Ground) {
    let start = now();
    let store = ground.store();
    let mut leased = Vec::new();
    for n in 1..=6 {
        let given = Given::nth(n, start);
        ground.accept(&given).await.unwrap();
        leased.push(ground.leased(given.id(), Recipient::Kreds, start).await.unwrap());
    }
    // Each task draws twice, like a run whose first answer was lost.
    let form = form();
    let draws = all(leased.iter().chain(&leased).map(|task| store.fix_serial(task, &form, start))).await;
    let draws: Vec<_> = draws.into_iter().map(|draw| draw.unwrap().number).collect();
    assert_eq!(draws[..6], draws[6..], "a task keeps its number");
    assert_eq!(draws.iter().copied().collect::<BTreeSet<_>>(), (1..=6).collect());
    let series = store.series(&kreds(), &form, danish_day(start).year()).await.unwrap();
    assert_eq!(series, Some(Series { first: 1, lost: Vec::new() }));
}

pub(crate) async fn a_mailbox_series_continues_that_of_its_kreds(ground: &Ground) {
    let start = now();
    let store = ground.store();
    let year = danish_day(start).year();
    ground.put_number(&format!("SERIAL#{}#{year}", kreds()), "serial", "last", 40).await;
    let mut numbers = Vec::new();
    for (n, form) in [(1, "bestil-en-betjent"), (2, "bestil-en-faerdselskontrol"), (3, "bestil-en-betjent")] {
        let given = Given::nth(n, start);
        ground.accept(&given).await.unwrap();
        let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
        numbers.push(store.fix_serial(&leased, &FormId::parse(form).unwrap(), start).await.unwrap().number);
    }
    assert_eq!(numbers, [41, 41, 42]);
    assert_eq!(store.series(&kreds(), &form(), year).await.unwrap().unwrap().first, 41);
    assert_eq!(store.series(&kreds(), &form(), year + 1).await.unwrap(), None);
}

pub(crate) async fn redelivery_owes_a_task_once_and_after_sending_only_if_forced(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let task = given.task(Recipient::Kreds);
    let redeliver = async |again| store.redeliver(&task, &kreds(), again, start).await.unwrap();
    assert!(!redeliver(false).await, "it is owed already");
    let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
    store.park(&leased, start).await.unwrap();
    assert!(redeliver(false).await);
    assert!(!redeliver(false).await);
    let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
    assert_eq!((leased.attempts, leased.unsure), (1, 0), "all attempts are before it again");
    store.done(&leased, start).await.unwrap();
    assert!(!redeliver(false).await, "it was sent");
    assert!(redeliver(true).await);
}

pub(crate) async fn held_requests_are_in_no_queue_until_released(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start).held();
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    assert!(store.due_in(&Queue::Owed(kreds()), start + minutes(1000)).await.unwrap().items.is_empty());
    assert_eq!(store.held(&kreds()).await.unwrap(), [given.id().clone()]);
    assert_eq!(store.release(given.id(), &kreds(), Released::Seen, start).await.unwrap(), 2);
    assert_eq!(store.release(given.id(), &kreds(), Released::Seen, start).await.unwrap(), 0);
    assert!(store.held(&kreds()).await.unwrap().is_empty());
    assert_eq!(store.due_in(&Queue::Owed(kreds()), start).await.unwrap().items.len(), 2);
}

pub(crate) async fn an_address_gets_one_receipt_an_hour(ground: &Ground) {
    let start = now();
    let may = async |name, at| ground.store().may_mail_receipt("a-hash-of-an-address", name, at).await.unwrap();
    assert!(may("A.borger", start).await);
    assert!(may("A.borger", start + minutes(5)).await, "another attempt at the same mail");
    assert!(!may("B.borger", start + minutes(6)).await);
    assert!(may("B.borger", start + minutes(66)).await);
}

pub(crate) async fn each_days_digests_are_planned_once_and_no_day_is_skipped(ground: &Ground) {
    let start = now();
    let store = ground.store();
    let mailboxes = [(kreds(), form())];
    for plan in all((0..4).map(|_| store.plan_digests(&mailboxes, start))).await {
        plan.unwrap();
    }
    let planned = async || -> Vec<Task> {
        store.standing(&Queue::Digests).await.unwrap().items.into_iter().map(|due| due.task).collect()
    };
    let today = danish_day(start);
    assert_eq!(planned().await, [Task::Digest(kreds(), today, form())]);
    // Three days later, the days in between are planned, too.
    let later = start + SignedDuration::from_hours(72);
    store.plan_digests(&mailboxes, later).await.unwrap();
    store.plan_digests(&mailboxes, later).await.unwrap();
    let days: Vec<_> = today.series(jiff::ToSpan::day(1)).take_while(|day| *day <= danish_day(later)).collect();
    let expected: Vec<_> = days.into_iter().map(|day| Task::Digest(kreds(), day, form())).collect();
    assert_eq!(planned().await, expected);
}

pub(crate) async fn attempts_do_not_change_when_a_mail_became_owed(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let since = async |queue: Queue, to| {
        let standing = store.standing(&queue).await.unwrap();
        let due =
            standing.items.into_iter().find(|due| matches!(&due.task, Task::Mail(_, recipient) if *recipient == to));
        due.unwrap_or_else(|| panic!("{queue}: {to:?}")).since().map(|since| (since - start).get_seconds() / 60)
    };
    let owed = async |to| since(Queue::Owed(kreds()), to).await;
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    assert_eq!(owed(Recipient::Kreds).await, Some(0));
    let leased = ground.leased(given.id(), Recipient::Kreds, start + minutes(1)).await.unwrap();
    assert_eq!(owed(Recipient::Kreds).await, Some(0));
    store.due_again(&leased, start + minutes(5), Sent::No).await.unwrap();
    assert_eq!(owed(Recipient::Kreds).await, Some(0));
    // The mail service accepts it, and gives it back later.
    let leased = ground.leased(given.id(), Recipient::Kreds, start + minutes(5)).await.unwrap();
    store.sent(&leased, start + minutes(5)).await.unwrap();
    let (task, back) = (given.task(Recipient::Kreds), start + minutes(90));
    assert!(store.owed_again(&task, &kreds(), back, back + minutes(60)).await.unwrap());
    assert_eq!(owed(Recipient::Kreds).await, Some(0));
    // The mailbox refuses it, so it is owed to another. Then an operator resends the first.
    assert!(store.pass_on(given.id(), Recipient::Kreds, &kreds(), start + minutes(160)).await.unwrap());
    assert_eq!(owed(Recipient::Second).await, Some(160));
    assert!(store.redeliver(&task, &kreds(), true, start + minutes(200)).await.unwrap());
    assert_eq!(owed(Recipient::Kreds).await, Some(200));
}

pub(crate) async fn held_requests_are_owed_from_their_release(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let given = Given::nth(1, start).held();
    ground.accept(&given).await.unwrap();
    let held = store.standing(&Queue::Held(kreds())).await.unwrap();
    assert!(held.items.len() == 2 && held.items.iter().all(|due| due.since().is_none()));
    store.release(given.id(), &kreds(), Released::Seen, start + minutes(30)).await.unwrap();
    let owed = store.standing(&Queue::Owed(kreds())).await.unwrap();
    assert!(owed.items.len() == 2 && owed.items.iter().all(|due| due.since() == Some(start + minutes(30))));
}
