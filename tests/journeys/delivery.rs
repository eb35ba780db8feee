//! Delivery: one submission and one mail, despite double clicks, failures and crashes.

use crate::journeys::filled::{open, send_traffic, traffic};
use crate::journeys::service::Service;
use function::alarm::Alarm;
use function::outbox::{RETRIES, Sweep};
use function::store::{Queue, Recipient, RunToken, Sent, Task};
use jiff::SignedDuration;
use model::names::{KredsSlug, SubmissionId};
use std::collections::BTreeSet;

fn kreds() -> KredsSlug {
    KredsSlug::parse("oestjylland").unwrap()
}

#[test]
fn a_double_click_is_one_submission_and_one_mail() {
    let service = Service::start();
    let summary =
        traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus").submit();
    let first = summary.form().press("trin", "send");
    let second = summary.form().press("trin", "send");
    assert_eq!(first.path, second.path);
    service.sweep();
    assert_eq!(service.mails().len(), 1);
}

#[test]
fn seventy_concurrent_equal_posts_are_one_submission_and_one_mail() {
    let service = Service::start();
    let summary =
        traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus").submit();
    let form = summary.form();
    let receipts: Vec<_> = std::thread::scope(|scope| {
        let posts: Vec<_> = (0..70).map(|_| scope.spawn(|| form.press("trin", "send"))).collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    assert!(
        receipts.iter().all(|receipt| receipt.status == 200),
        "{:?}",
        receipts.iter().map(|r| r.status).collect::<Vec<_>>()
    );
    let references: BTreeSet<String> = receipts.iter().map(|receipt| receipt.text_at(".reference-number")).collect();
    assert_eq!(references.len(), 1, "{references:?}");
    while service.sweep().sent > 0 {}
    assert_eq!(service.mails().len(), 1);
}

#[test]
fn other_answers_and_repeats_after_a_day_are_new_requests() {
    let service = Service::start();
    let visitor = service.visitor();
    let first = send_traffic(&visitor, "oestjylland", "0751");
    let other = send_traffic(&visitor, "oestjylland", "0730");
    service.wait(SignedDuration::from_hours(25));
    let later = send_traffic(&visitor, "oestjylland", "0751");
    let references: BTreeSet<String> =
        [first, other, later].iter().map(|receipt| receipt.text_at(".reference-number")).collect();
    assert_eq!(references.len(), 3);
}

#[test]
fn after_a_failing_mailer_the_schedule_delivers_once() {
    let service = Service::start();
    send_traffic(&service.visitor(), "oestjylland", "0751");
    let folder = service.running().mail.clone();
    // A file in place of the mail folder: nothing can be delivered.
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    assert_eq!(service.sweep(), Sweep { sent: 0, put_off: 1, parked: 0, ..Sweep::default() });
    assert_eq!(service.sweep(), Sweep::default(), "not due again yet");
    service.wait(RETRIES[0]);
    assert_eq!(service.sweep(), Sweep { sent: 0, put_off: 1, parked: 0, ..Sweep::default() });
    std::fs::remove_file(&folder).unwrap();
    service.wait(RETRIES[1]);
    assert_eq!(service.sweep(), Sweep { sent: 1, put_off: 0, parked: 0, ..Sweep::default() });
    service.wait(SignedDuration::from_hours(100));
    assert_eq!(service.sweep().sent, 0);
    assert_eq!(service.mails().len(), 1);
}

#[test]
fn a_failing_task_is_retried_at_the_documented_times_and_then_parked() {
    let service = Service::start();
    send_traffic(&service.visitor(), "oestjylland", "0751");
    let folder = service.running().mail.clone();
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "").unwrap();
    let store = service.function().store();
    let receipt = send_traffic(&service.visitor(), "oestjylland", "0751");
    let id = SubmissionId::parse(receipt.path.rsplit('/').next().unwrap()).unwrap();
    let task = || service.run(store.task(&Task::Mail(id.clone(), Recipient::Kreds))).unwrap().unwrap();
    for (tries, wait) in (1..).zip(RETRIES) {
        service.sweep();
        assert_eq!(task().attempts, tries);
        service.wait(wait - SignedDuration::from_secs(2));
        service.sweep();
        assert_eq!(task().attempts, tries, "tried before {wait:#}");
        service.wait(SignedDuration::from_secs(3));
    }
    let parked = service.sweep();
    assert_eq!((parked.sent, task().attempts as usize, task().has("parked_at")), (0, RETRIES.len() + 1, true));
    assert!(parked.alarms.contains(&(Alarm::Parked, kreds())), "{:?}", parked.alarms);
    service.wait(SignedDuration::from_hours(1000));
    let later = service.sweep();
    assert_eq!(task().attempts as usize, RETRIES.len() + 1, "it stays parked");
    assert!(later.alarms.contains(&(Alarm::Parked, kreds())), "and every run says so");
    let queue = service.run(store.queue(&Queue::Parked)).unwrap().items;
    assert!(queue.iter().any(|state| state.task == task().task), "and it is kept");
}

#[test]
fn a_run_that_dies_during_a_task_leaves_it_to_a_later_one() {
    let service = Service::start();
    send_traffic(&service.visitor(), "oestjylland", "0751");
    let queue = Queue::Owed(kreds());
    let store = service.function().store();
    let taken = service.run(store.lease_due(&queue, &RunToken::from_random([1; 8]), service.now())).unwrap().items;
    assert_eq!(taken.len(), 1);
    // That run dies here. Until its lease ends, no other run gets the task.
    assert_eq!(service.sweep(), Sweep::default());
    service.wait(function::store::LEASE + SignedDuration::from_secs(1));
    assert_eq!(service.sweep().sent, 1);
    // If it comes back after all, its mark does not count.
    service.run(store.due_again(&taken[0], service.now(), Sent::No)).unwrap();
    assert_eq!(service.sweep(), Sweep::default());
    assert_eq!(service.mails().len(), 1);
}

#[test]
fn concurrent_runs_send_each_mail_once() {
    let service = Service::start();
    for kommune in ["0751", "0730", "0710"] {
        send_traffic(&service.visitor(), "oestjylland", kommune);
    }
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| service.sweep());
        }
    });
    assert_eq!(service.mails().len(), 3);
}

#[test]
fn every_attempt_at_a_mail_has_the_same_message_id() {
    let service = Service::start();
    let receipt = send_traffic(&service.visitor(), "oestjylland", "0751");
    service.sweep();
    let reference = receipt.text_at(".reference-number");
    assert_eq!(service.mails()[0].message_id, format!("{reference}.kreds@bestil-en-betjent.example"));
}
