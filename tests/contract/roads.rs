//! Requests about roads: each is listed for its kreds for 90 days, unless it is withdrawn or erased.

use crate::contract::ground::{Given, Ground, kreds, minutes, now};
use function::store::{Erasure, Hashes, Recipient, Stepped};
use jiff::Timestamp;
use model::case::{Act, By, Event};
use model::names::{KredsSlug, Nonce};
use model::retention::Retention;

/// Returns the references of a kreds's requests about roads, in the store's order.
async fn references(ground: &Ground, kreds: &KredsSlug, at: Timestamp) -> Vec<String> {
    let known = ground.store().neighbours(kreds, at).await.unwrap();
    known.iter().map(|neighbour| neighbour.reference.to_string()).collect()
}

pub(crate) async fn a_road_request_is_listed_for_its_own_kreds_for_90_days(ground: &Ground) {
    let start = now();
    let given = [3, 1, 2].map(|n| Given::nth(n, start + minutes(i64::from(n))));
    let [third, first, second] = given.map(|given| given.about("hash-of-a-road"));
    let none = Given::nth(4, start);
    for given in [&third, &first, &none, &second] {
        ground.accept(given).await.unwrap();
    }
    let reference = |given: &Given| given.submission.receipt.reference.to_string();
    let at = start + minutes(10);
    assert_eq!(references(ground, &kreds(), at).await, [reference(&first), reference(&second), reference(&third)]);
    assert!(references(ground, &KredsSlug::parse("bornholm").unwrap(), at).await.is_empty());
    let known = ground.store().neighbours(&kreds(), at).await.unwrap();
    assert_eq!((Some(&known[0].marks), &known[0].id), (first.road.as_ref(), first.id()));
    // Expired ones stay in the table for days.
    let end = Retention::end(first.submission.receipt.received);
    assert_eq!(references(ground, &kreds(), end - minutes(1)).await.len(), 3);
    assert_eq!(references(ground, &kreds(), end).await, [reference(&second), reference(&third)]);
}

pub(crate) async fn withdrawing_or_erasing_unlists_a_road_request_and_expiry_does_not(ground: &Ground) {
    let start = now();
    let [erased, withdrawn, over] = [1, 2, 3].map(|n| Given::nth(n, start).about("hash-of-a-road"));
    for given in [&erased, &withdrawn, &over] {
        ground.accept(given).await.unwrap();
    }
    let store = ground.store();
    store.erase(erased.id(), &Hashes::default(), "anna", start).await.unwrap().unwrap();
    let event = Event { nonce: Nonce::from_random([1; 8]), at: start, by: By::Citizen, act: Act::Withdrawn };
    let step = withdrawn.step(&event, Some(0), ("withdrawn", "receipt"));
    assert_eq!(store.withdraw(&step, &Hashes::default()).await.unwrap(), Stepped::Done);
    let leased = ground.leased(over.id(), Recipient::Kreds, start).await.unwrap();
    store.done(&leased, start).await.unwrap();
    let later = Retention::end(start) - minutes(60);
    assert_eq!(store.erase_if_over(over.id(), later).await.unwrap(), Erasure::Gone);
    assert_eq!(references(ground, &kreds(), later).await, [over.submission.receipt.reference.to_string()]);
    // The id of a deleted request leads nowhere.
    assert!(store.receipt(over.id(), later).await.unwrap().is_none());
}
