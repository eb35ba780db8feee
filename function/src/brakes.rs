//! Brakes: limits by source that decide whether another request waits for a human.

use crate::Service;
use crate::hashes::Hashed;
use crate::store::{Hit, RateLimit, StoreError, Window};
use jiff::Timestamp;
use model::names::KredsSlug;
use model::phone::Phone;
use model::submission::Held;
use std::net::IpAddr;
use std::time::Duration;
use tokio::time::timeout;

/// The longest that a citizen waits for the counters.
const LONGEST: Duration = Duration::from_secs(2);

/// The source of a request, by which it is counted.
pub(crate) struct Source<'a> {
    pub(crate) phone: &'a Phone,
    pub(crate) address: Option<IpAddr>,
    pub(crate) kreds: &'a KredsSlug,
}

/// The verdict of the counters on a request.
#[derive(Default)]
pub(crate) struct Verdict {
    /// The reason for holding the request; `None` if it is not held.
    pub(crate) held: Option<Held>,
    /// The hits to write together with the request. A counter that has reached its limit counts no further.
    pub(crate) hits: Vec<Hit>,
}

/// Checks the counters. One that does not answer is ignored: a brake must not lose or delay a request.
pub(crate) async fn ask(service: &Service, source: &Source<'_>, now: Timestamp) -> Verdict {
    let brakes = service.settings.brakes;
    let phone = brakes.per_phone.map(|limit| (limit, Hashed::PhoneDay(source.phone)));
    let address = brakes.per_address.and_then(|limit| Some((limit, Hashed::AddressDay(source.address?))));
    let answers = async {
        tokio::join!(
            rate_limit(service, phone, now),
            rate_limit(service, address, now),
            is_rush(service, source.kreds, now)
        )
    };
    let Ok((phone, address, is_rush)) = timeout(LONGEST, answers).await else {
        tracing::warn!("the counts did not answer in time; the request is let through");
        return Verdict::default();
    };
    let mut verdict = Verdict::default();
    for (limit, held) in [(phone, Held::ManyOfPhone), (address, Held::ManyFromAddress)] {
        match limit {
            Some(RateLimit::Within(hit)) => verdict.hits.push(hit),
            Some(RateLimit::Reached) => verdict.held = verdict.held.or(Some(held)),
            None => {}
        }
    }
    verdict.held = verdict.held.or(is_rush.then_some(Held::ManyToKreds));
    verdict
}

/// Counts a request for its kreds unless it is held. The count is written apart from the request, so that the citizens
/// of a busy kreds do not wait for each other.
pub(crate) async fn count(service: &Service, kreds: &KredsSlug, now: Timestamp) {
    if service.settings.brakes.per_kreds.is_some() {
        let counted = service.store.count_of_hour(kreds, now).await;
        counted.unwrap_or_else(|error| tracing::warn!(%error, %kreds, "a request was not counted for its kreds"));
    }
}

async fn rate_limit(service: &Service, asked: Option<(u32, Hashed<'_>)>, now: Timestamp) -> Option<RateLimit> {
    let (limit, what) = asked?;
    answered(service.store.rate_limit(Window::Day, &service.hash(&what), limit, now).await)
}

async fn is_rush(service: &Service, kreds: &KredsSlug, now: Timestamp) -> bool {
    let Some(limit) = service.settings.brakes.per_kreds else { return false };
    answered(service.store.of_hour(kreds, now).await).is_some_and(|number| number >= i64::from(limit))
}

fn answered<T>(answer: Result<T, StoreError>) -> Option<T> {
    answer.inspect_err(|error| tracing::warn!(%error, "a count could not be asked; the request is let through")).ok()
}
