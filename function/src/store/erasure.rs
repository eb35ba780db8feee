//! Deleting submissions: when their time is up, when somebody asks, or as spam. A line without personal data stays.

use super::accept::PROBE;
use super::audit::request_items;
use super::cases::forwarded_day;
use super::ended::ended_keys;
use super::items::{
    Item, data_key_key, day_pk, is_expired, key, mailed_key, phone_pk, reference_key, same_key, submission_key, text,
    text_of, time_of,
};
use super::neighbours::neighbour_key;
use super::recipient::Recipient;
use super::submissions::end;
use super::task::{Queue, Task};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::{KredsSlug, SubmissionId};
use model::reference::Reference;

/// Name in the audit of deletion for good.
const ERASED: &str = "erased";

/// Who deletes what is over, as the audit names it.
const RETENTION: &str = "retention";

/// Who deletes what a restore in time brought back, as the audit names it.
const RESTORE: &str = "restore";

/// Name of the operation that deletes a submission.
const DELETING: &str = "deleting a submission";

/// Result of deleting a submission whose time is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// It is gone.
    Gone,
    /// It stays until then: its mail went out so late that it may still come back.
    NotBefore(Timestamp),
    /// No kreds has got it. It stays until then at most.
    Undelivered(Timestamp),
    /// It is gone although no kreds has got it: its 90 days are over.
    GoneUndelivered,
}

/// Who deletes a submission, and why, as the audit has it.
struct Deletion<'a> {
    what: &'a str,
    by: &'a str,
    /// Only while its mail to the kreds is held.
    only_held: bool,
}

/// Keyed hashes of a submission, under which items stand elsewhere for some hours; only its answers give them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hashes {
    /// The hash of its content.
    pub same: Option<String>,
    /// The hash of the address that its receipt went to.
    pub email: Option<String>,
}

impl Store {
    /// Deletes a submission whose time is up: what no kreds has got only when its 90 days are over.
    pub async fn erase_if_over(&self, id: &SubmissionId, now: Timestamp) -> Result<Erasure, StoreError> {
        let items = self.items_of(id).await?;
        // DynamoDB may have removed the submission itself by now, and left its tasks.
        if let Some(submission) = items.iter().find(|item| is_submission(item)) {
            match time_of(submission, "submission", "expires_at")? {
                None if !self.has_key(id).await? => {
                    self.bury(id, &items, now).await?;
                    return Ok(Erasure::Gone);
                }
                None if now < end(submission)? => return Ok(Erasure::Undelivered(end(submission)?)),
                None => {
                    let deletion = Deletion { what: "erased undelivered", by: RETENTION, only_held: false };
                    self.delete(id, &items, &Hashes::default(), &deletion, now).await?;
                    return Ok(Erasure::GoneUndelivered);
                }
                Some(expires) if !is_expired(submission, now) => return Ok(Erasure::NotBefore(expires)),
                Some(_) => {}
            }
        }
        let deletion = Deletion { what: ERASED, by: RETENTION, only_held: false };
        self.delete(id, &items, &Hashes::default(), &deletion, now).await?;
        Ok(Erasure::Gone)
    }

    /// Returns true if a submission that is there should have been gone at `then`.
    pub async fn is_expired_at(&self, id: &SubmissionId, then: Timestamp) -> Result<bool, StoreError> {
        let item = self.item(submission_key(id), "reading a submission").await?;
        Ok(item.is_some_and(|item| is_expired(&item, then) || end(&item).is_ok_and(|end| end <= then)))
    }

    /// Deletes a submission because somebody asked, wherever it stands: owed, held, parked or done. `by` is who does it.
    /// Its reference, if it was there.
    pub async fn erase(
        &self,
        id: &SubmissionId,
        hashes: &Hashes,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<Reference>, StoreError> {
        let items = self.items_of(id).await?;
        self.delete(id, &items, hashes, &Deletion { what: ERASED, by, only_held: false }, now).await
    }

    /// Deletes a submission as spam, unless its mail to the kreds is not held any more. `what` is what the audit says.
    pub async fn discard(
        &self,
        id: &SubmissionId,
        hashes: &Hashes,
        what: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<Reference>, StoreError> {
        let items = self.items_of(id).await?;
        self.delete(id, &items, hashes, &Deletion { what, by, only_held: true }, now).await
    }

    /// Deletes once more what had been deleted: a restore in time brought it back, without its key.
    pub(super) async fn bury(&self, id: &SubmissionId, items: &[Item], now: Timestamp) -> Result<(), StoreError> {
        let deletion = Deletion { what: ERASED, by: RESTORE, only_held: false };
        self.delete(id, items, &Hashes::default(), &deletion, now).await.map(|_| ())
    }

    /// The key goes in the same moment as the rest: copies of the table that are older hold what nobody can open.
    async fn delete(
        &self,
        id: &SubmissionId,
        items: &[Item],
        hashes: &Hashes,
        deletion: &Deletion<'_>,
        now: Timestamp,
    ) -> Result<Option<Reference>, StoreError> {
        let table = self.table.as_str();
        let traces = traces(items)?;
        let mail = Task::Mail(id.clone(), Recipient::Kreds).key();
        let held = traces.as_ref().filter(|_| deletion.only_held).map(|traces| Queue::Held(traces.kreds.clone()));
        if deletion.only_held && (held.is_none() || !items.iter().any(|item| is_at(item, &mail))) {
            return Ok(None);
        }
        let mut transaction = Transaction::default().delete(&self.keys_table, data_key_key(id));
        for item in items {
            let key = key(text_of(item, "item", "pk")?, text_of(item, "item", "sk")?);
            transaction = match &held {
                Some(queue) if key == mail => {
                    transaction.delete_if(table, key, "due_for = :held", (":held", text(queue.to_string())))
                }
                _ => transaction.delete(table, key),
            };
        }
        let Some(traces) = traces else {
            return self.written(DELETING, transaction).await.map(|_| None);
        };
        transaction = transaction
            .delete(table, reference_key(&traces.reference))
            .delete(table, key(day_pk(&traces.kreds, danish_day(traces.received)), id.as_str()));
        if let Some(phone) = &traces.phone {
            transaction = transaction.delete(table, key(phone_pk(phone), id.as_str()));
        }
        for item in items {
            if let Some(day) = forwarded_day(item)? {
                transaction = transaction.delete(table, key(day, id.as_str()));
            }
        }
        for key in items.iter().filter(|item| is_submission(item)).flat_map(|item| ended_keys(id, item)) {
            transaction = transaction.delete(table, key);
        }
        // Once its time is up, it is counted with others for the rest of 90 days.
        if deletion.by != RETENTION {
            transaction = transaction.delete(table, neighbour_key(&traces.kreds, id));
        }
        for key in self.ours(id, &traces.reference, hashes).await? {
            transaction = transaction.delete(table, key);
        }
        // Nobody asks what became of a probe: the audit is about people.
        if traces.is_probe && [RETENTION, RESTORE].contains(&deletion.by) {
            return self.written(DELETING, transaction).await.map(|_| Some(traces.reference));
        }
        let lines = request_items(deletion.what, &traces.reference, &traces.kreds, deletion.by, now);
        // Only one that is not held any more is in the way.
        Ok(self.with_line(DELETING, &transaction, lines).await?.then_some(traces.reference))
    }

    /// Finds the items under its hashes that are this submission's: not those of another one with equal answers or to
    /// the same address.
    pub(super) async fn ours(
        &self,
        id: &SubmissionId,
        reference: &Reference,
        hashes: &Hashes,
    ) -> Result<Vec<Item>, StoreError> {
        let asked = [
            (hashes.same.as_deref().map(same_key), "id", id.as_str()),
            // The names of all its mails begin so.
            (hashes.email.as_deref().map(mailed_key), "mail", reference.as_str()),
        ];
        let mut ours = Vec::new();
        for (key, name, value) in asked {
            let Some(key) = key else { continue };
            let item = self.item(key.clone(), "looking for what stands about a submission").await?;
            let is_ours = |item| text_of(item, "hash", name).is_ok_and(|found| found.split('.').next() == Some(value));
            if item.as_ref().is_some_and(is_ours) {
                ours.push(key);
            }
        }
        Ok(ours)
    }
}

/// Properties by which other items in the table lead to a submission.
struct Traces {
    reference: Reference,
    /// None of one that was withdrawn.
    phone: Option<String>,
    kreds: KredsSlug,
    received: Timestamp,
    is_probe: bool,
}

/// As the submission has them, or, if DynamoDB has removed it, the task that deletes it.
fn traces(items: &[Item]) -> Result<Option<Traces>, StoreError> {
    const KIND: &str = "submission";
    let unreadable = || StoreError::Unreadable(KIND);
    let Some(item) = items.iter().find(|item| item.contains_key("reference")) else { return Ok(None) };
    Ok(Some(Traces {
        reference: Reference::parse(text_of(item, KIND, "reference")?).map_err(|_| unreadable())?,
        phone: text_of(item, KIND, "phone_hash").ok().map(str::to_owned),
        kreds: KredsSlug::parse(text_of(item, KIND, "kreds")?).map_err(|_| unreadable())?,
        received: time_of(item, KIND, "received")?.ok_or_else(unreadable)?,
        is_probe: items.iter().any(|item| item.contains_key(PROBE)),
    }))
}

fn is_at(item: &Item, key: &Item) -> bool {
    key.iter().all(|(name, value)| item.get(name) == Some(value))
}

pub(super) fn is_submission(item: &Item) -> bool {
    text_of(item, "item", "sk").is_ok_and(|sk| sk == "submission")
}
