//! Requests that a kreds closed or forwarded, by day for the digest of that day; closed ones are deleted earlier.

use super::cases::{due, events};
use super::change::Change;
use super::items::{Item, data_key_key, key, seconds, submission_key, time_of, with};
use super::outcomes::GRACE;
use super::submissions::{READING, keep_until};
use super::task::Task;
use super::transaction::Transaction;
use super::{Store, StoreError};
use crate::clock::after;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use model::case::{Act, By, Case, Event};
use model::deadline::danish_day;
use model::names::{KredsSlug, SubmissionId};
use model::retention::Retention;
use std::collections::BTreeSet;

impl Store {
    /// The requests that a kreds closed or forwarded, by the day on which that could no longer be undone.
    pub async fn ended_on(&self, kreds: &KredsSlug, day: Date) -> Result<Vec<SubmissionId>, StoreError> {
        self.ids_in(&partition(kreds, day), "asking what ended on a day").await
    }

    /// Has a closed request deleted earlier: at `until`, unless its storage period ends before, but not before a mail
    /// about it could have bounced.
    pub async fn keep_closed(&self, id: &SubmissionId, until: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok(()) };
        let until = until.max(after(now, GRACE));
        if keep_until(&item)? <= until {
            return Ok(());
        }
        let earlier = |name: &str| {
            Change::new("SET #time = :until")
                .when("attribute_exists(pk) AND #time > :until")
                .names([("#time", name)])
                .values([(":until", seconds(until))])
        };
        const OPERATION: &str = "letting a closed request go earlier";
        let task = Task::Erase(id.clone()).key();
        if time_of(&item, "submission", "expires_at")?.is_some_and(|expires| expires > until) {
            let both = Transaction::default().update(&self.table, submission_key(id), earlier("expires_at")).update(
                &self.keys_table,
                data_key_key(id),
                earlier("expires_at"),
            );
            self.written(OPERATION, both).await?;
        }
        self.changed(OPERATION, task, earlier("due_at")).await?;
        self.changed(OPERATION, submission_key(id), earlier("keep_until")).await.map(|_| ())
    }
}

/// The key of a request in a day's list because of an event; `None` if the event ends nothing.
pub(super) fn ended_key(id: &SubmissionId, event: &Event) -> Option<Item> {
    list_of(event).map(|(kreds, day)| key(partition(kreds, day), id.as_str()))
}

/// The item with that key, which expires when the request is certainly gone.
pub(super) fn ended_item(id: &SubmissionId, event: &Event) -> Option<Item> {
    let gone = SignedDuration::from_hours(i64::from(Retention::LONGEST) * 24);
    Some(with(ended_key(id, event)?, [("expires_at", seconds(after(event.at, gone)))]))
}

/// The keys of a request in all such lists, from its own item.
pub(super) fn ended_keys(id: &SubmissionId, submission: &Item) -> Vec<Item> {
    let case = Case::new(events(submission));
    let lists: BTreeSet<(KredsSlug, Date)> =
        case.standing().filter_map(list_of).map(|(kreds, day)| (kreds.clone(), day)).collect();
    lists.into_iter().map(|(kreds, day)| key(partition(&kreds, day), id.as_str())).collect()
}

fn list_of(event: &Event) -> Option<(&KredsSlug, Date)> {
    match (&event.act, &event.by) {
        (Act::Closed { .. } | Act::Forwarded { .. }, By::Officer(kreds)) => Some((kreds, danish_day(due(event)))),
        _ => None,
    }
}

fn partition(kreds: &KredsSlug, day: Date) -> String {
    format!("ENDED#{kreds}#{day}")
}
