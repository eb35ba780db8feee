//! Keeping and deleting: not too long, not too early, and all of it.

use crate::contract::ground::{Given, Ground, kreds, minutes, now};
use function::store::{Erasure, GRACE, Hashes, Recipient, Released};
use jiff::SignedDuration;
use model::retention::Retention;

pub(crate) async fn expired_requests_are_not_found_even_if_the_table_still_has_them(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let leased = ground.leased(given.id(), Recipient::Kreds, start).await.unwrap();
    store.done(&leased, start).await.unwrap();
    let last = start + SignedDuration::from_hours(30 * 24) - minutes(1);
    assert!(store.submission(given.id(), last).await.unwrap().is_some());
    let over = last + minutes(1);
    assert!(store.submission(given.id(), over).await.unwrap().is_none());
    assert!(store.receipt(given.id(), over).await.unwrap().is_none());
    assert!(store.overview(given.id(), over).await.unwrap().is_none());
    assert!(ground.dump().await.iter().any(|item| item.contains("wrapped")), "it is still in the table");
}

pub(crate) async fn only_the_audit_names_a_deleted_request(ground: &Ground) {
    let start = now();
    let (given, other) = (Given::nth(1, start), Given::nth(2, start));
    ground.accept(&given).await.unwrap();
    ground.accept(&other).await.unwrap();
    let reference = given.submission.receipt.reference.clone();
    let hashes = Hashes { same: Some(given.same.clone()), email: None };
    let erased = ground.store().erase(given.id(), &hashes, "anna", start).await.unwrap();
    assert_eq!(erased, Some(reference.clone()));
    let dump = ground.dump().await;
    let left: Vec<_> = dump.iter().filter(|item| item.contains(given.id().as_str())).collect();
    assert!(left.is_empty(), "{left:?}");
    let of_reference: Vec<_> = dump.iter().filter(|item| item.contains(reference.as_str())).collect();
    let is_audit = |item: &&&String| item.contains("AUDIT#");
    assert_eq!(of_reference.iter().filter(is_audit).count(), 2, "that it was received, and that it was erased");
    assert_eq!(of_reference.len(), 2, "{of_reference:?}");
    assert!(ground.store().submission(other.id(), start).await.unwrap().is_some());
    assert_eq!(ground.store().erase(given.id(), &hashes, "anna", start).await.unwrap(), None);
}

pub(crate) async fn an_undelivered_request_is_not_deleted_before_its_end(ground: &Ground) {
    let start = now();
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let store = ground.store();
    let much_later = start + SignedDuration::from_hours(80 * 24);
    let end = Retention::end(start);
    let erase = async |at| store.erase_if_over(given.id(), at).await.unwrap();
    assert_eq!(erase(much_later).await, Erasure::Undelivered(end));
    assert_eq!(erase(end - minutes(1)).await, Erasure::Undelivered(end));
    let leased = ground.leased(given.id(), Recipient::Kreds, much_later).await.unwrap();
    store.done(&leased, much_later).await.unwrap();
    assert_eq!(erase(much_later).await, Erasure::NotBefore(much_later + GRACE));
    assert_eq!(erase(much_later + GRACE).await, Erasure::Gone);
    assert_eq!(erase(much_later + GRACE).await, Erasure::Gone, "twice does no harm");
}

pub(crate) async fn an_audit_line_is_never_overwritten(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    let month = model::deadline::danish_day(start).strftime("%Y-%m").to_string();
    for (what, by) in [("released", "anna"), ("answers shown", "bo"), ("released", "anna")] {
        store.audit(what, "K7F-M2X-P9T", by, start).await.unwrap();
    }
    // Erasing writes its line with the rest; another line may already have that timestamp.
    let given = Given::nth(1, start);
    ground.accept(&given).await.unwrap();
    let reference = given.submission.receipt.reference.clone();
    store.audit("answers shown", &reference, "bo", start).await.unwrap();
    assert!(store.erase(given.id(), &Hashes::default(), "anna", start).await.unwrap().is_some());
    let lines = store.audit_of(&month).await.unwrap();
    let of = |about: &str| {
        let lines = lines.iter().filter(|line| line.about == about);
        lines.map(|line| format!("{} by {}", line.what, line.by)).collect::<Vec<_>>()
    };
    assert_eq!(of("K7F-M2X-P9T"), ["released by anna", "answers shown by bo", "released by anna"]);
    assert_eq!(of(reference.as_str()), ["answers shown by bo", "erased by anna"]);
    assert!(lines.iter().all(|line| (line.at - start).get_seconds() == 0), "{lines:?}");
    assert!(store.submission(given.id(), start).await.unwrap().is_none());
}

pub(crate) async fn every_request_of_a_restored_table_is_visited(ground: &Ground) {
    let (start, store) = (now(), ground.store());
    assert!(store.restored().await.unwrap().is_none(), "no run has left its time yet");
    // More than one page, all due in the same second.
    for n in 1..=130 {
        ground.accept(&Given::nth(n, start)).await.unwrap();
    }
    store.ran(start).await.unwrap();
    assert!(store.restored().await.unwrap().is_none());
    // The main table is restored to before that run; the last one it knows was an hour ago.
    let [pk, sk] = ["RUNS", "last"].map(|text| aws_sdk_dynamodb::types::AttributeValue::S(text.to_owned()));
    let delete = store.client().delete_item().table_name(store.table()).key("pk", pk).key("sk", sk);
    delete.send().await.unwrap();
    let hour = start - minutes(60);
    ground.put_number("RUNS", "last", "at", u32::try_from(hour.as_second()).unwrap()).await;
    let mut restore = store.restored().await.unwrap().unwrap();
    assert_eq!((restore.to, restore.ran_until), (Some(hour), start));
    let mut all = std::collections::BTreeSet::new();
    while let Some(ids) = store.next_requests(&mut restore).await.unwrap() {
        all.extend(ids.iter().map(ToString::to_string));
        store.restored_so_far(&restore).await.unwrap();
    }
    assert_eq!(all.len(), 130);
    // Another run continues there, and then the restore is over.
    let mut rest = store.restored().await.unwrap().unwrap();
    assert!(store.next_requests(&mut rest).await.unwrap().is_some());
    store.restore_is_over(&rest, start + minutes(1)).await.unwrap();
    assert!(store.restored().await.unwrap().is_none());
    let last = store.last_restore().await.unwrap().unwrap();
    assert_eq!((last.to, last.ran_until), (Some(hour), start));
}

pub(crate) async fn a_request_is_deleted_at_its_end_delivered_or_not(ground: &Ground) {
    let start = now();
    let (nobodys, late) = (Given::nth(1, start), Given::nth(2, start));
    ground.accept(&nobodys).await.unwrap();
    ground.accept(&late).await.unwrap();
    let (store, end) = (ground.store(), Retention::end(start));
    let leased = ground.leased(late.id(), Recipient::Kreds, end - minutes(60)).await.unwrap();
    store.done(&leased, end - minutes(60)).await.unwrap();
    assert_eq!(store.erase_if_over(late.id(), end - minutes(1)).await.unwrap(), Erasure::NotBefore(end));
    assert_eq!(store.erase_if_over(late.id(), end).await.unwrap(), Erasure::Gone);
    assert_eq!(store.erase_if_over(nobodys.id(), end).await.unwrap(), Erasure::GoneUndelivered);
    let reference = nobodys.submission.receipt.reference.as_str();
    let left: Vec<String> = ground.dump().await.into_iter().filter(|item| item.contains(reference)).collect();
    assert!(left.iter().all(|item| item.contains("AUDIT#")), "{left:?}");
    assert!(left.len() == 2 && left.iter().any(|item| item.contains("erased undelivered")), "{left:?}");
}

pub(crate) async fn only_held_requests_are_discarded(ground: &Ground) {
    let start = now();
    let (held, released) = (Given::nth(1, start).held(), Given::nth(2, start).held());
    ground.accept(&held).await.unwrap();
    ground.accept(&released).await.unwrap();
    let store = ground.store();
    store.release(released.id(), &kreds(), Released::Seen, start).await.unwrap();
    let discard = async |given: &Given| {
        let hashes = Hashes { same: Some(given.same.clone()), email: None };
        store.discard(given.id(), &hashes, "discarded as spam", "anna", start).await.unwrap()
    };
    assert_eq!(discard(&released).await, None);
    assert!(store.submission(released.id(), start).await.unwrap().is_some());
    assert_eq!(discard(&held).await, Some(held.submission.receipt.reference.clone()));
    assert_eq!(discard(&held).await, None, "twice does no harm");
    assert!(ground.dump().await.iter().all(|item| !item.contains(held.id().as_str())));
}
