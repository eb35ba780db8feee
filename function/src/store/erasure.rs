//! Deleting submissions: when their time is up and a kreds has them, or when somebody asks. A line without personal data stays.

use super::items::{
    Item, data_key_key, day_pk, is_expired, key, phone_pk, reference_key, submission_key, text, text_of, time_of,
};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::{KredsSlug, SubmissionId};
use model::reference::Reference;

/// Who had a submission deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErasedBy {
    /// Its time was up.
    Retention,
    /// An operator, because the citizen asked.
    Operator,
}

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

impl Store {
    /// Deletes a submission whose time is up, unless no kreds has got it.
    pub async fn erase_if_over(&self, id: &SubmissionId, now: Timestamp) -> Result<Erasure, StoreError> {
        let items = self.items_of(id).await?;
        // DynamoDB may have removed the submission itself by now, and left its tasks.
        if let Some(submission) = items.iter().find(|item| is_submission(item)) {
            match time_of(submission, "submission", "expires_at")? {
                None => return Ok(Erasure::Undelivered),
                Some(expires) if !is_expired(submission, now) => return Ok(Erasure::NotBefore(expires)),
                Some(_) => {}
            }
        }
        self.delete(id, &items, ErasedBy::Retention, now).await?;
        Ok(Erasure::Gone)
    }

    /// Whether a submission that is there should have been gone at `then`.
    pub async fn is_expired_at(&self, id: &SubmissionId, then: Timestamp) -> Result<bool, StoreError> {
        let item = self.item(submission_key(id), "reading a submission").await?;
        Ok(item.is_some_and(|item| is_expired(&item, then)))
    }

    /// Deletes a submission because somebody asked, wherever it stands: owed, held, parked or done. Its reference, if it
    /// was there.
    pub async fn erase(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Reference>, StoreError> {
        let items = self.items_of(id).await?;
        let Some(Traces { reference, .. }) = traces(&items)? else { return Ok(None) };
        self.delete(id, &items, ErasedBy::Operator, now).await?;
        Ok(Some(reference))
    }

    /// The key goes in the same moment as the rest: copies of the table that are older hold what nobody can open.
    async fn delete(&self, id: &SubmissionId, items: &[Item], by: ErasedBy, now: Timestamp) -> Result<(), StoreError> {
        let table = self.table.as_str();
        let mut transaction = Transaction::default().delete(&self.keys_table, data_key_key(id));
        for item in items {
            let (pk, sk) = (text_of(item, "item", "pk")?, text_of(item, "item", "sk")?);
            transaction = transaction.delete(table, key(pk, sk));
        }
        if let Some(traces) = traces(items)? {
            let by = match by {
                ErasedBy::Retention => "retention",
                ErasedBy::Operator => "operator",
            };
            let line = [("what", "erased"), ("by", by), ("kreds", traces.kreds.as_str())];
            let line = line.map(|(name, value)| (name.to_owned(), text(value)));
            let audit = audit_key(now, traces.reference.as_str()).into_iter().chain(line).collect();
            transaction = transaction
                .delete(table, reference_key(&traces.reference))
                .delete(table, key(phone_pk(&traces.phone), id.as_str()))
                .delete(table, key(day_pk(&traces.kreds, danish_day(traces.received)), id.as_str()))
                .put(table, audit, |put| put);
        }
        self.written("deleting a submission", transaction).await.map(|_| ())
    }

    /// Adds a line to the audit: what was done to a submission, by whom. It holds no personal data, and is never changed.
    pub async fn audit(&self, what: &str, reference: &Reference, by: &str, now: Timestamp) -> Result<(), StoreError> {
        let line = [("what", what), ("by", by)].map(|(name, value)| (name.to_owned(), text(value)));
        let line = audit_key(now, reference.as_str()).into_iter().chain(line).collect();
        let transaction = Transaction::default().put(&self.table, line, |put| put);
        self.written("writing an audit line", transaction).await.map(|_| ())
    }

    /// The audit lines of a month, `2026-11`: time and reference, what, by whom.
    pub async fn audit_of(&self, month: &str) -> Result<Vec<(String, String, String)>, StoreError> {
        let lines = self.partition(&format!("AUDIT#{month}"), "reading the audit").await?;
        let read = |item: &Item, name| text_of(item, "audit", name).map(str::to_owned);
        lines.iter().map(|item| Ok((read(item, "sk")?, read(item, "what")?, read(item, "by")?))).collect()
    }
}

/// What leads to a submission from elsewhere in the table.
struct Traces {
    reference: Reference,
    phone: String,
    kreds: KredsSlug,
    received: Timestamp,
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
    }))
}

fn is_submission(item: &Item) -> bool {
    text_of(item, "item", "sk").is_ok_and(|sk| sk == "submission")
}

fn audit_key(now: Timestamp, reference: &str) -> Item {
    let month = danish_day(now).strftime("%Y-%m");
    key(format!("AUDIT#{month}"), format!("{now}#{reference}"))
}
