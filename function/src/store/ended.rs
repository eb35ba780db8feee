//! Requests that a kreds closed or sent on, day by day, for the digest of that day.

use super::cases::{due, events};
use super::items::{Item, key, seconds};
use super::{Store, StoreError};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use model::case::{Act, By, Case, Event};
use model::deadline::danish_day;
use model::names::{KredsSlug, SubmissionId};
use model::retention::Retention;
use std::collections::BTreeSet;

impl Store {
    /// The requests that a kreds closed or sent on, so that nobody could take it back after this day.
    pub async fn ended_on(&self, kreds: &KredsSlug, day: Date) -> Result<Vec<SubmissionId>, StoreError> {
        self.ids_in(&partition(kreds, day), "asking what ended on a day").await
    }
}

/// The key under which a request stands in the list of a day because of an event; none if it does not end anything.
pub(super) fn ended_key(id: &SubmissionId, event: &Event) -> Option<Item> {
    place(event).map(|(kreds, day)| key(partition(kreds, day), id.as_str()))
}

/// The same as an item, which goes by itself when the request is gone for sure.
pub(super) fn ended_item(id: &SubmissionId, event: &Event) -> Option<Item> {
    let gone = SignedDuration::from_hours(i64::from(Retention::LONGEST) * 24);
    let mut item = ended_key(id, event)?;
    item.insert("expires_at".to_owned(), seconds(event.at.saturating_add(gone).unwrap_or(Timestamp::MAX)));
    Some(item)
}

/// Every list in which a request stands, from its own item.
pub(super) fn ended_keys(id: &SubmissionId, submission: &Item) -> Vec<Item> {
    let case = Case::new(events(submission));
    let places: BTreeSet<(KredsSlug, Date)> =
        case.standing().filter_map(place).map(|(kreds, day)| (kreds.clone(), day)).collect();
    places.into_iter().map(|(kreds, day)| key(partition(&kreds, day), id.as_str())).collect()
}

fn place(event: &Event) -> Option<(&KredsSlug, Date)> {
    match (&event.act, &event.by) {
        (Act::Closed { .. } | Act::Forwarded { .. }, By::Officer(kreds)) => Some((kreds, danish_day(due(event)))),
        _ => None,
    }
}

fn partition(kreds: &KredsSlug, day: Date) -> String {
    format!("ENDED#{kreds}#{day}")
}
