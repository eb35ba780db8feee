//! Deleting submissions: when their time is up and a kreds has them, or when somebody asks. A line without personal data stays.

use super::accept::PROBE;
use super::audit::{Book, audit_items, taken};
use super::items::{
    Item, data_key_key, day_pk, is_expired, key, mailed_key, phone_pk, reference_key, same_key, submission_key, text,
    text_of, time_of,
};
use super::task::{MailName, Recipient};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::{KredsSlug, SubmissionId};
use model::reference::Reference;

/// Who deletes what is over, as the audit names it.
const RETENTION: &str = "retention";

/// Who deletes what a restore in time brought back, as the audit names it.
const RESTORE: &str = "restore";

/// What is being done when a submission is deleted.
const DELETING: &str = "deleting a submission";

/// What became of a submission whose time is up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// It is gone.
    Gone,
    /// It stays until then: its mail went out so late that it may still come back.
    NotBefore(Timestamp),
    /// No kreds has got it. It stays.
    Undelivered,
}

/// What stands elsewhere for some hours, by keyed hashes that only the answers of a submission give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hashes {
    /// The hash of its content.
    pub same: Option<String>,
    /// The hash of the address that its receipt went to.
    pub email: Option<String>,
}

impl Store {
    /// Deletes a submission whose time is up, unless no kreds has got it.
    pub async fn erase_if_over(&self, id: &SubmissionId, now: Timestamp) -> Result<Erasure, StoreError> {
        let items = self.items_of(id).await?;
        // DynamoDB may have removed the submission itself by now, and left its tasks.
        if let Some(submission) = items.iter().find(|item| is_submission(item)) {
            match time_of(submission, "submission", "expires_at")? {
                None if self.has_key(id).await? => return Ok(Erasure::Undelivered),
                None => {
                    self.bury(id, &items, now).await?;
                    return Ok(Erasure::Gone);
                }
                Some(expires) if !is_expired(submission, now) => return Ok(Erasure::NotBefore(expires)),
                Some(_) => {}
            }
        }
        self.delete(id, &items, &Hashes::default(), RETENTION, now).await?;
        Ok(Erasure::Gone)
    }

    /// Whether a submission that is there should have been gone at `then`.
    pub async fn is_expired_at(&self, id: &SubmissionId, then: Timestamp) -> Result<bool, StoreError> {
        let item = self.item(submission_key(id), "reading a submission").await?;
        Ok(item.is_some_and(|item| is_expired(&item, then)))
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
        self.delete(id, &items, hashes, by, now).await
    }

    /// Deletes once more what had been deleted: a restore in time brought it back, without its key.
    pub(super) async fn bury(&self, id: &SubmissionId, items: &[Item], now: Timestamp) -> Result<(), StoreError> {
        self.delete(id, items, &Hashes::default(), RESTORE, now).await.map(|_| ())
    }

    /// The key goes in the same moment as the rest: copies of the table that are older hold what nobody can open.
    async fn delete(
        &self,
        id: &SubmissionId,
        items: &[Item],
        hashes: &Hashes,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<Reference>, StoreError> {
        let table = self.table.as_str();
        let mut transaction = Transaction::default().delete(&self.keys_table, data_key_key(id));
        for item in items {
            let (pk, sk) = (text_of(item, "item", "pk")?, text_of(item, "item", "sk")?);
            transaction = transaction.delete(table, key(pk, sk));
        }
        let Some(traces) = traces(items)? else {
            return self.written(DELETING, transaction).await.map(|_| None);
        };
        transaction = transaction
            .delete(table, reference_key(&traces.reference))
            .delete(table, key(phone_pk(&traces.phone), id.as_str()))
            .delete(table, key(day_pk(&traces.kreds, danish_day(traces.received)), id.as_str()));
        for key in self.ours(id, &traces.reference, hashes).await? {
            transaction = transaction.delete(table, key);
        }
        // Nobody asks what became of a probe: the audit is about people.
        if traces.is_probe && [RETENTION, RESTORE].contains(&by) {
            return self.written(DELETING, transaction).await.map(|_| Some(traces.reference));
        }
        // Only the line can be refused: where one stands already, the next moment is tried.
        for mut line in audit_items(Book::Requests, "erased", traces.reference.clone(), by, now) {
            line.insert("kreds".to_owned(), text(traces.kreds.as_str()));
            if self.written(DELETING, transaction.clone().put_new(table, line)).await? {
                return Ok(Some(traces.reference));
            }
        }
        Err(taken(DELETING))
    }

    /// What stands by its hashes and is this submission's: not another one's with equal answers or to the same address.
    async fn ours(&self, id: &SubmissionId, reference: &Reference, hashes: &Hashes) -> Result<Vec<Item>, StoreError> {
        let mail = MailName::Submission(reference.clone(), Recipient::Citizen).to_string();
        let asked = [
            (hashes.same.as_deref().map(same_key), "id", id.as_str()),
            (hashes.email.as_deref().map(mailed_key), "mail", mail.as_str()),
        ];
        let mut ours = Vec::new();
        for (key, name, value) in asked {
            let Some(key) = key else { continue };
            let item = self.item(key.clone(), "looking for what stands about a submission").await?;
            if item.is_some_and(|item| text_of(&item, "hash", name).is_ok_and(|found| found == value)) {
                ours.push(key);
            }
        }
        Ok(ours)
    }
}

/// What leads to a submission from elsewhere in the table.
struct Traces {
    reference: Reference,
    phone: String,
    kreds: KredsSlug,
    received: Timestamp,
    is_probe: bool,
}

/// As the submission has them, or, if DynamoDB has removed it, the task that deletes it.
fn traces(items: &[Item]) -> Result<Option<Traces>, StoreError> {
    const KIND: &str = "submission";
    let unreadable = || StoreError::Unreadable(KIND);
    let Some(item) = items.iter().find(|item| item.contains_key("phone_hash")) else { return Ok(None) };
    Ok(Some(Traces {
        reference: Reference::parse(text_of(item, KIND, "reference")?).map_err(|_| unreadable())?,
        phone: text_of(item, KIND, "phone_hash")?.to_owned(),
        kreds: KredsSlug::parse(text_of(item, KIND, "kreds")?).map_err(|_| unreadable())?,
        received: time_of(item, KIND, "received")?.ok_or_else(unreadable)?,
        is_probe: items.iter().any(|item| item.contains_key(PROBE)),
    }))
}

pub(super) fn is_submission(item: &Item) -> bool {
    text_of(item, "item", "sk").is_ok_and(|sk| sk == "submission")
}
