//! Delivery notifications, in any order and more than once.

use crate::contract::ground::{Given, Ground, form, kreds, minutes, now};
use function::refusal::Refusal;
use function::store::{DeliveryStatus, Queue, Recipient, StatusNote};
use model::reference::Reference;

const BOUNCED: DeliveryStatus = DeliveryStatus::Refused(Refusal::Mailbox);

pub(crate) async fn reports_may_arrive_in_any_order(ground: &Ground) {
    let start = now();
    let reports =
        [(DeliveryStatus::Delivered, minutes(1)), (BOUNCED, minutes(2)), (DeliveryStatus::Complained, minutes(3))];
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let store = ground.store();
    let mut ends = Vec::new();
    for (n, order) in (1..).zip(orders) {
        let given = Given::nth(n, start);
        ground.accept(&given).await.unwrap();
        let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
        store.sent(&leased, start).await.unwrap();
        let task = given.task(Recipient::Kreds);
        for (status, after) in order.into_iter().chain(order).map(|index| reports[index]) {
            // Also with another time, of which the earliest counts.
            for at in [start + after + minutes(1), start + after] {
                store.note_status(&task, status, at).await.unwrap();
                match status {
                    DeliveryStatus::Delivered => assert_eq!(store.arrived(&task, start).await.unwrap(), Some(form())),
                    BOUNCED => {
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

pub(crate) async fn refused_mail_goes_to_the_next_mailbox_once(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let pass_on = async |from| store.pass_on(given.id(), from, &kreds(), start).await.unwrap();
    for refused in [Recipient::Kreds, Recipient::Second, Recipient::Fallback] {
        let leased = ground.leased(given.id(), refused, start).await.unwrap();
        assert_eq!(leased.attempts, 1, "{refused:?}");
        assert!(pass_on(refused).await, "{refused:?}");
        assert!(!pass_on(refused).await, "{refused:?}, reported again");
        assert!(ground.leased(given.id(), refused, start + minutes(5)).await.is_none(), "{refused:?} is over");
    }
    let parked = store.queue(&Queue::Parked).await.unwrap();
    assert_eq!(parked.items.len(), 1, "what nobody takes is left to a human");
    assert_eq!(parked.items[0].task, given.task(Recipient::Fallback));
}

pub(crate) async fn a_mail_returned_after_delivery_is_left_to_a_human(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let (store, task) = (ground.store(), given.task(Recipient::Kreds));
    let tell = async |status| store.note_status(&task, status, start).await.unwrap().unwrap();
    tell(DeliveryStatus::Delivered).await;
    store.arrived(&task, start).await.unwrap();
    assert!(!store.leave(&task, "parked_at", start).await.unwrap(), "it arrived");
    tell(DeliveryStatus::Refused(Refusal::Mailbox)).await;
    assert!(store.leave(&task, "parked_at", start).await.unwrap(), "nobody has a returned mail");
    assert!(!store.leave(&task, "parked_at", start).await.unwrap(), "reported again");
}

pub(crate) async fn repeated_reports_are_news_once_and_reports_of_unknown_mail_never(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let tell = async |to, after| {
        ground.store().note_status(&given.task(to), DeliveryStatus::Delivered, start + after).await.unwrap()
    };
    let noted = |is_news| Some(StatusNote { kreds: kreds(), is_news, has_notice: false });
    assert_eq!(tell(Recipient::Kreds, minutes(2)).await, noted(true));
    assert_eq!(tell(Recipient::Kreds, minutes(2)).await, noted(false));
    assert_eq!(tell(Recipient::Kreds, minutes(3)).await, noted(false), "the earliest counts");
    assert_eq!(tell(Recipient::Kreds, minutes(1)).await, noted(true));
    assert_eq!(tell(Recipient::Second, minutes(1)).await, None);
}

pub(crate) async fn a_refusal_counts_as_handled_only_once_its_notice_is_owed(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let task = given.task(Recipient::Kreds);
    let tell = async |at| {
        let refused = DeliveryStatus::Refused(Refusal::Message);
        ground.store().note_status(&task, refused, at).await.unwrap().unwrap().has_notice
    };
    let owe = async |at| ground.store().owe_notice(&task, &kreds(), at, at).await.unwrap();
    assert!(!tell(start).await && !tell(start).await, "what follows from it may have failed the first time");
    assert!(owe(start).await && tell(start).await);
    assert!(!tell(start + minutes(2)).await && !owe(start + minutes(2)).await, "that is the notice's own refusal");
    assert!(tell(start).await, "reported again, late");
}

pub(crate) async fn refusing_mailboxes_work_again_once_one_accepts_a_later_mail(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let took = async |after| store.mailboxes_take(&kreds(), &form(), start + after).await.unwrap();
    let refuse = async || store.do_mailboxes_refuse(&kreds(), &form()).await.unwrap();
    assert!(!took(minutes(1)).await && !refuse().await, "they are not known to refuse");
    let refused = async |request, after| {
        let request = Reference::from_random(request);
        store.mailboxes_refuse(&kreds(), &form(), &request, start + after).await.unwrap()
    };
    assert!(
        !refused(1, minutes(5)).await && !refused(1, minutes(6)).await && !refuse().await,
        "one request, reported twice"
    );
    assert!(refused(2, minutes(5)).await && refuse().await, "another one");
    assert!(!took(minutes(4)).await && refuse().await, "an earlier acceptance says nothing");
    assert!(took(minutes(6)).await && !refuse().await);
    assert!(!took(minutes(7)).await && !refuse().await, "that is known");
    assert!(!refused(3, minutes(3)).await && !refused(4, minutes(3)).await && !refuse().await, "reported late");
    assert!(!refused(5, minutes(8)).await && !refuse().await, "a refusal before an accepted mail no longer counts");
    assert!(refused(6, minutes(8)).await && refuse().await);
}
