//! Accepting a request: all or nothing, once, and within a limit.

use crate::contract::ground::{Given, Ground, catalog, minutes, now};
use function::store::{Accepted, RateLimit, Window};
use jiff::SignedDuration;

pub(crate) async fn a_stored_draft_is_read_back_unchanged(ground: &Ground) {
    let given = Given::nth(1, now());
    let store = ground.store();
    assert_eq!(ground.accept(&given).await.unwrap(), Accepted::New);
    let read = store.submission(given.id(), now()).await.unwrap().unwrap();
    assert!(read == given.submission, "all of it, answers too");
    assert!(store.receipt(given.id(), now()).await.unwrap() == Some(given.submission.receipt.clone()));
    let reference = &given.submission.receipt.reference;
    assert_eq!(store.by_reference(reference).await.unwrap().as_ref(), Some(given.id()));
    assert_eq!(store.by_phone("a-hash-of-the-number").await.unwrap(), [given.id().clone()]);
    let overview = store.overview(given.id(), now()).await.unwrap().unwrap();
    assert_eq!(overview.tasks.len(), 4, "the kreds's mail, the citizen's, the call, and deleting it");
}

pub(crate) async fn refused_drafts_leave_nothing_behind(ground: &Ground) {
    let first = Given::nth(1, now());
    assert_eq!(ground.accept(&first).await.unwrap(), Accepted::New);
    let before = ground.dump().await;
    // Another request whose reference is taken, and one whose id is.
    let mut reference = Given::nth(2, now());
    reference.submission.receipt.reference = first.submission.receipt.reference.clone();
    assert_eq!(ground.accept(&reference).await.unwrap(), Accepted::Again);
    let mut id = Given::nth(3, now());
    id.submission.receipt.id = first.id().clone();
    assert_eq!(ground.accept(&id).await.unwrap(), Accepted::Again);
    assert_eq!(ground.accept(&first).await.unwrap(), Accepted::Before(first.id().clone()));
    assert_eq!(ground.dump().await, before);
}

pub(crate) async fn concurrent_equal_drafts_store_one_and_the_others_learn_its_id(ground: &Ground) {
    let drafts: Vec<Given> = (1..=12).map(|n| Given { same: "the-same".to_owned(), ..Given::nth(n, now()) }).collect();
    let mut outcomes = Vec::new();
    for outcome in all(drafts.iter().map(|draft| ground.accept(draft))).await {
        outcomes.push(outcome.unwrap());
    }
    let stored: Vec<_> = (0..12).filter(|&n| outcomes[n] == Accepted::New).collect();
    let [winner] = stored.as_slice() else { panic!("{outcomes:?}") };
    for (n, outcome) in outcomes.iter().enumerate().filter(|(n, _)| n != winner) {
        assert_eq!(*outcome, Accepted::Before(drafts[*winner].id().clone()), "{n}");
    }
}

pub(crate) async fn equal_answers_are_a_new_request_a_day_later(ground: &Ground) {
    let first = Given::nth(1, now());
    ground.accept(&first).await.unwrap();
    let tomorrow = now() + SignedDuration::from_hours(24);
    let second = Given { same: first.same.clone(), ..Given::nth(2, tomorrow - minutes(1)) };
    assert_eq!(ground.accept(&second).await.unwrap(), Accepted::Before(first.id().clone()));
    let third = Given { same: first.same.clone(), ..Given::nth(3, tomorrow + minutes(1)) };
    assert_eq!(ground.accept(&third).await.unwrap(), Accepted::New);
}

pub(crate) async fn the_limit_of_an_address_counts_only_stored_requests(ground: &Ground) {
    const LIMIT: u32 = 3;
    let start = now();
    let limit =
        async |now| ground.store().rate_limit(Window::Minutes, "a-hash-of-an-address", LIMIT, now).await.unwrap();
    let entry = async |now| match limit(now).await {
        RateLimit::Within(entry) => Some(entry),
        RateLimit::Reached => None,
    };
    for n in 1..=3 {
        let given = Given::nth(n, start);
        let asked = entry(start).await;
        assert!(asked.is_some(), "number {n}");
        assert_eq!(ground.accept_within(&given, asked).await.unwrap(), Accepted::New);
        // A repeat is the same request and counts once; it is only checked while the limit has room.
        if let Some(asked) = entry(start).await {
            assert_eq!(ground.accept_within(&given, Some(asked)).await.unwrap(), Accepted::Before(given.id().clone()));
        }
    }
    assert!(matches!(limit(start).await, RateLimit::Reached));
    assert!(matches!(limit(start + minutes(9)).await, RateLimit::Reached));
    let later = start + minutes(10);
    let asked = entry(later).await;
    assert_eq!(ground.accept_within(&Given::nth(4, later), asked).await.unwrap(), Accepted::New);
    // Two requests that saw the same count are both stored and counted.
    let (one, other) = (entry(later).await, entry(later).await);
    assert_eq!(ground.accept_within(&Given::nth(5, later), one).await.unwrap(), Accepted::New);
    assert_eq!(ground.accept_within(&Given::nth(6, later), other).await.unwrap(), Accepted::New);
    assert!(matches!(limit(later).await, RateLimit::Reached));
}

pub(crate) async fn a_published_catalog_is_in_force_and_older_ones_stay(ground: &Ground) {
    let store = ground.store();
    assert_eq!(store.current_version().await.unwrap(), None);
    let first = catalog();
    store.publish(first).await.unwrap();
    assert_eq!(store.current_version().await.unwrap().as_ref(), Some(first.version()));
    let second = first.at("https://en-anden.example").unwrap();
    store.publish(&second).await.unwrap();
    assert_eq!(store.current_version().await.unwrap().as_ref(), Some(second.version()));
    assert!(store.catalog(first.version()).await.unwrap().as_ref() == Some(first));
    let mut kredse = store.kredse().await.unwrap();
    kredse.sort();
    let mut all: Vec<_> = first.atlas().kredse().iter().map(|kreds| kreds.slug.clone()).collect();
    all.sort();
    assert_eq!(kredse, all);
}

/// Runs futures concurrently, and returns their outputs in order.
pub(crate) async fn all<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<_> = futures.map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        for (future, done) in waiting.iter_mut().filter(|(_, done)| done.is_none()) {
            if let std::task::Poll::Ready(value) = future.as_mut().poll(context) {
                *done = Some(value);
            }
        }
        if waiting.iter().all(|(_, done)| done.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}
