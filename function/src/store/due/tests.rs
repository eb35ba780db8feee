//! The order in which a run sends due mails.

use super::super::recipient::Recipient;
use super::*;
use model::names::{KredsSlug, SubmissionId};

/// A mail that is owed, and due, since `second`.
fn due(number: u8, recipient: Recipient, second: i64) -> Due {
    let task = Task::Mail(SubmissionId::from_random([number; 16]), recipient);
    let at = Timestamp::from_second(second).unwrap();
    let kreds = KredsSlug::parse("fyn").unwrap();
    Due { item: task.item(&kreds, &Queue::Owed(kreds.clone()), at), task }
}

fn order(standing: &[Due], now: i64) -> Vec<i64> {
    let now = Timestamp::from_second(now).unwrap();
    mails_due(standing, now).iter().map(|due| due.at().unwrap().as_second()).collect()
}

#[test]
fn police_mails_go_first_and_oldest_first() {
    let standing = [
        due(1, Recipient::Citizen, 1),
        due(2, Recipient::Kreds, 2),
        due(3, Recipient::Citizen, 3),
        due(4, Recipient::Second, 4),
        due(5, Recipient::Kreds, 900),
    ];
    assert_eq!(order(&standing, 10), [2, 4, 1, 3]);
}

#[test]
fn in_a_backlog_the_newest_and_the_oldest_police_mail_take_turns() {
    // All receipts are older, as in a flood.
    let receipts = (0..100).map(|number| due(number, Recipient::Citizen, number.into()));
    let police = (0..100).map(|number| due(number, Recipient::Kreds, 1000 + i64::from(number)));
    let standing: Vec<Due> = receipts.chain(police).collect();
    let order = order(&standing, 5000);
    assert_eq!(order[..4], [1099, 1000, 1098, 1001]);
    assert_eq!(order.len(), 200);
    assert!(order[..100].iter().all(|at| *at >= 1000));
}
