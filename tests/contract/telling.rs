//! What is told of mails: in any order, and more than once.

use crate::ground::{Given, Ground, kreds, minutes, now};
use function::store::{Queue, Recipient, Told};

pub(crate) async fn whatever_order_a_mail_s_fate_is_told_in_the_end_is_the_same(ground: &Ground) {
    let start = now();
    let told = [(Told::Delivered, minutes(1)), (Told::Bounced, minutes(2)), (Told::Complained, minutes(3))];
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let store = ground.store();
    let mut ends = Vec::new();
    for (n, order) in (1..).zip(orders) {
        let given = Given::nth(n, start);
        ground.accept(&given).await.unwrap();
        let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
        store.sent(&leased, start).await.unwrap();
        let task = given.task(Recipient::Kreds);
        for (what, after) in order.into_iter().chain(order).map(|place| told[place]) {
            // Also with another time: the earliest counts.
            for at in [start + after + minutes(1), start + after] {
                store.told(&task, what, at).await.unwrap();
                match what {
                    Told::Delivered => store.arrived(&task, start).await.unwrap(),
                    Told::Bounced => {
                        store.pass_on(given.id(), Recipient::Kreds, &kreds(), start).await.unwrap();
                    }
                    _ => {}
                }
            }
        }
        let overview = store.overview(given.id(), start).await.unwrap().unwrap();
        let state = |to| overview.mail_to(to).map(|state| (state.times.clone(), state.queue.clone(), state.due));
        ends.push((state(Recipient::Kreds), state(Recipient::Second), overview.expires));
    }
    assert!(ends.iter().all(|end| *end == ends[0]), "{ends:#?}");
    let (first, second, expires) = &ends[0];
    let names: Vec<_> = first.as_ref().unwrap().0.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["sent_at", "delivered_at", "bounced_at", "complained_at"]);
    assert_eq!(second.as_ref().unwrap().1, Some(Queue::Owed(kreds()).to_string()));
    assert_eq!(*expires, None, "nobody has it: it stays");
}

pub(crate) async fn what_a_mailbox_refuses_goes_to_the_next_once(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let pass_on = async |from| store.pass_on(given.id(), from, &kreds(), start).await.unwrap();
    for refused in [Recipient::Kreds, Recipient::Second, Recipient::Fallback] {
        let leased = ground.leased(given.id(), refused, start).await.unwrap();
        assert_eq!(leased.attempts, 1, "{refused:?}");
        assert!(pass_on(refused).await, "{refused:?}");
        assert!(!pass_on(refused).await, "{refused:?}, told again");
        assert!(ground.leased(given.id(), refused, start + minutes(5)).await.is_none(), "{refused:?} is over");
    }
    let parked = store.queue(&Queue::Parked).await.unwrap();
    assert_eq!(parked.len(), 1, "what nobody takes is left to a human");
    assert_eq!(parked[0].task, given.task(Recipient::Fallback));
}
