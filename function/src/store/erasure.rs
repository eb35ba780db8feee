//! Deleting submissions: when their time is up and a kreds has them, or when somebody asks. A line without personal data stays.

use super::audit::audit_item;
use super::items::{
    Item, data_key_key, day_pk, is_expired, key, mailed_key, phone_pk, reference_key, same_key, text, text_of, time_of,
};
use super::task::{MailName, Recipient, kreds_of};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::SubmissionId;
use model::reference::Reference;

/// Who deletes what is over, as the audit names it.
const RETENTION: &str = "retention";

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

/// What stands elsewhere about a submission for some hours, by keyed hashes that only its answers give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
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
                None => return Ok(Erasure::Undelivered),
                Some(expires) if !is_expired(submission, now) => return Ok(Erasure::NotBefore(expires)),
                Some(_) => {}
            }
        }
        self.delete(id, &items, &Traces::default(), RETENTION, now).await?;
        Ok(Erasure::Gone)
    }

    /// Deletes a submission because somebody asked, wherever it stands: owed, held, parked or done. `by` is who does it.
    /// Its reference, if it was there.
    pub async fn erase(
        &self,
        id: &SubmissionId,
        traces: &Traces,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<Reference>, StoreError> {
        let items = self.items_of(id).await?;
        self.delete(id, &items, traces, by, now).await
    }

    /// The key goes in the same moment as the rest: copies of the table that are older hold what nobody can open.
    async fn delete(
        &self,
        id: &SubmissionId,
        items: &[Item],
        traces: &Traces,
        by: &str,
        now: Timestamp,
    ) -> Result<Option<Reference>, StoreError> {
        const KIND: &str = "submission";
        let table = self.table.as_str();
        let mut transaction = Transaction::default().delete(&self.keys_table, data_key_key(id));
        for item in items {
            let (pk, sk) = (text_of(item, "item", "pk")?, text_of(item, "item", "sk")?);
            transaction = transaction.delete(table, key(pk, sk));
        }
        let mut erased = None;
        if let Some(known) = items.iter().find(|item| item.contains_key("phone_hash")) {
            let unreadable = || StoreError::Unreadable(KIND);
            let reference = Reference::parse(text_of(known, KIND, "reference")?).map_err(|_| unreadable())?;
            let received = time_of(known, KIND, "received")?.ok_or_else(unreadable)?;
            let kreds = kreds_of(known)?;
            let mut line = audit_item("erased", &reference, by, now);
            line.insert("kreds".to_owned(), text(kreds.as_str()));
            transaction = transaction
                .delete(table, reference_key(&reference))
                .delete(table, key(phone_pk(text_of(known, KIND, "phone_hash")?), id.as_str()))
                .delete(table, key(day_pk(&kreds, danish_day(received)), id.as_str()))
                .put(table, line, |put| put);
            for trace in self.found(id, &reference, traces).await? {
                transaction = transaction.delete(table, trace);
            }
            erased = Some(reference);
        }
        self.written("deleting a submission", transaction).await.map(|_| erased)
    }

    /// Of the traces those that are this submission's, and not of another one with equal answers or to the same address.
    async fn found(&self, id: &SubmissionId, reference: &Reference, traces: &Traces) -> Result<Vec<Item>, StoreError> {
        const OPERATION: &str = "looking for what stands about a submission";
        let mail = MailName::Submission(reference.clone(), Recipient::Citizen).to_string();
        let asked = [
            (traces.same.as_deref().map(same_key), "id", id.as_str()),
            (traces.email.as_deref().map(mailed_key), "mail", mail.as_str()),
        ];
        let mut found = Vec::new();
        for (key, name, ours) in asked {
            let Some(key) = key else { continue };
            let item = self.item(key.clone(), OPERATION).await?;
            if item.is_some_and(|item| text_of(&item, "trace", name).is_ok_and(|value| value == ours)) {
                found.push(key);
            }
        }
        Ok(found)
    }
}

fn is_submission(item: &Item) -> bool {
    text_of(item, "item", "sk").is_ok_and(|sk| sk == "submission")
}
