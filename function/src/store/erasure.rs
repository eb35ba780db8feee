//! Deletion of submissions: after their storage period, on request, or as spam. Only an audit line remains.

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

/// The act of deletion for good, in the audit.
const ERASED: &str = "erased";

/// The author of deletions after the storage period, in the audit.
const RETENTION: &str = "retention";

/// The author of deletions after a point-in-time restore, in the audit.
const RESTORE: &str = "restore";

const DELETING: &str = "deleting a submission";

/// The result of deleting a submission whose time is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// It is deleted.
    Gone,
    /// It stays until then: its mail went out so late that it may still bounce.
    NotBefore(Timestamp),
    /// No kreds has it. It stays until then at most.
    Undelivered(Timestamp),
    /// It is deleted although no kreds has it: its 90 days are over.
    GoneUndelivered,
}

/// A deletion, with its act and author in the audit.
struct Deletion<'a> {
    what: &'a str,
    by: &'a str,
    /// True if it may only happen while the mail to the kreds is held.
    only_held: bool,
}

/// The keyed hashes of a submission under which other items exist for some hours. Only its answers give them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hashes {
    /// The hash of its content.
    pub same: Option<String>,
    /// The hash of the address that its receipt went to.
    pub email: Option<String>,
}

impl Store {
    /// Deletes a submission whose time is up; one that no kreds has, only when its 90 days are over.
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

    /// True if a submission exists that should have been deleted at `then`.
    pub async fn is_expired_at(&self, id: &SubmissionId, then: Timestamp) -> Result<bool, StoreError> {
        let item = self.item(submission_key(id), "reading a submission").await?;
        Ok(item.is_some_and(|item| is_expired(&item, then) || end(&item).is_ok_and(|end| end <= then)))
    }

    /// Deletes a submission on request, in whatever state: owed, held, parked or done. `by` is the author. Returns its
    /// reference, if it existed.
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

    /// Deletes a submission as spam, if its mail to the kreds is still held. `what` is the act in the audit.
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

    /// Deletes a submission again that a point-in-time restore brought back without its key.
    pub(super) async fn bury(&self, id: &SubmissionId, items: &[Item], now: Timestamp) -> Result<(), StoreError> {
        let deletion = Deletion { what: ERASED, by: RESTORE, only_held: false };
        self.delete(id, items, &Hashes::default(), &deletion, now).await.map(|_| ())
    }

    /// The key is deleted in the same transaction: older copies of the table then hold what nobody can decrypt.
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
        // After its storage period, it is counted with others for the rest of 90 days.
        if deletion.by != RETENTION {
            transaction = transaction.delete(table, neighbour_key(&traces.kreds, id));
        }
        for key in self.ours(id, &traces.reference, hashes).await? {
            transaction = transaction.delete(table, key);
        }
        // Probes leave no audit line, since the audit is about people.
        if traces.is_probe && [RETENTION, RESTORE].contains(&deletion.by) {
            return self.written(DELETING, transaction).await.map(|_| Some(traces.reference));
        }
        let lines = request_items(deletion.what, &traces.reference, &traces.kreds, deletion.by, now);
        // The other condition fails only if it is no longer held.
        Ok(self.with_line(DELETING, &transaction, lines).await?.then_some(traces.reference))
    }

    /// Finds the items under its hashes that belong to this submission, not to another one with equal answers or the
    /// same address.
    pub(super) async fn ours(
        &self,
        id: &SubmissionId,
        reference: &Reference,
        hashes: &Hashes,
    ) -> Result<Vec<Item>, StoreError> {
        let asked = [
            (hashes.same.as_deref().map(same_key), "id", id.as_str()),
            // The names of all its mails begin with the reference.
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

/// The properties by which other items lead to a submission.
struct Traces {
    reference: Reference,
    /// `None` if it was withdrawn.
    phone: Option<String>,
    kreds: KredsSlug,
    received: Timestamp,
    is_probe: bool,
}

/// Reads them from the submission, or, if DynamoDB has removed it, from the task that deletes it.
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
