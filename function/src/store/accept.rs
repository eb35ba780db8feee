//! Accepting a submission: whole, in one transaction, or not at all.

use super::calls::call_item;
use super::figures::received_line;
use super::items::{
    Item, data_key_key, day_pk, is_expired, key, number, phone_pk, reference_key, same_key, seconds, submission_key,
    text, text_of,
};
use super::limits::Hit;
use super::neighbours::{RoadMarks, neighbour_item};
use super::recipient::Recipient;
use super::task::{Queue, Task};
use super::transaction::{Outcome, Transaction};
use super::{Store, StoreError, failed};
use crate::encryption::{DataKey, WrappedKey};
use crate::route::Rule;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use model::deadline::danish_day;
use model::names::SubmissionId;
use model::retention::Retention;
use model::submission::Submission;

/// Time within which equal answers make one submission.
const SAME: SignedDuration = SignedDuration::from_hours(24);

/// The attribute that marks the service's own requests.
pub(super) const PROBE: &str = "probe";

/// The purpose that the answers of a submission are encrypted for.
pub(super) const ANSWERS: &str = "answers";

/// A submission that is not stored yet.
pub struct NewSubmission<'a> {
    /// The submission to store.
    pub submission: &'a Submission,
    /// Why it goes to its kreds.
    pub rule: Rule,
    /// The keyed hash of its content: equal answers, equal hash.
    pub same: &'a str,
    /// The keyed hash of its telephone number, by which its citizen's requests are found.
    pub phone: &'a str,
    /// By which it is counted with others about the same road, if it is.
    pub road: Option<&'a RoadMarks>,
    /// When it must be gone.
    pub keep_until: Timestamp,
    /// Who gets a mail.
    pub recipients: &'a [Recipient],
    /// Entries about its sender, written along with it.
    pub limits: Vec<Hit>,
    /// True if it is the service's own: then nothing leads to it but its reference, and it expires whatever becomes of
    /// it.
    pub is_probe: bool,
}

/// Result of storing a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It is stored.
    New,
    /// Equal answers were stored before, under this id: a double click, or a page sent again.
    Before(SubmissionId),
    /// Its reference or id is taken, or its sender's limit changed meanwhile: draw new ones, ask again, and try again.
    Again,
}

impl Store {
    /// Stores a draft with its key and its tasks in one transaction.
    pub async fn accept(&self, draft: &NewSubmission<'_>) -> Result<Accepted, StoreError> {
        let receipt = &draft.submission.receipt;
        let (id, now) = (&receipt.id, receipt.received);
        let (data_key, wrapped) = self.keys.new_key(id).await?;
        let with_id = |mut item: Item| {
            item.insert("id".to_owned(), text(id.as_str()));
            item
        };
        let mut same = with_id(same_key(draft.same));
        same.insert("expires_at".to_owned(), seconds(now.saturating_add(SAME).unwrap_or(now)));
        let table = self.table.as_str();
        let transaction = Transaction::default()
            // An expired item stays readable for days, so the condition asks for the time itself.
            .put(table, same, |put| {
                put.condition_expression("attribute_not_exists(pk) OR expires_at <= :now")
                    .expression_attribute_values(":now", seconds(now))
            })
            .put_new(table, with_id(reference_key(&receipt.reference)))
            .put_new(table, self.submission_item(draft, &data_key)?)
            .put_new(&self.keys_table, key_item(draft, &wrapped))
            .put_new(table, erase_item(draft));
        let transaction = if draft.is_probe {
            transaction
        } else {
            transaction
                .put_new(table, call_item(receipt))
                .put_new(table, key(phone_pk(draft.phone), id.as_str()))
                .put_new(table, key(day_pk(&receipt.kreds, danish_day(now)), id.as_str()))
                .put_new(table, received_line(receipt))
        };
        let transaction = match draft.road {
            Some(marks) => transaction.put_new(table, neighbour_item(receipt, marks)),
            None => transaction,
        };
        let queue = match draft.submission.held {
            Some(_) => Queue::Held(receipt.kreds.clone()),
            None => Queue::Owed(receipt.kreds.clone()),
        };
        let transaction = draft.recipients.iter().fold(transaction, |transaction, recipient| {
            transaction.put_new(table, Task::Mail(id.clone(), *recipient).item(&receipt.kreds, &queue, now))
        });
        let transaction = draft.limits.iter().fold(transaction, |transaction, entry| entry.add_to(transaction, table));
        match self.transact("storing a submission", transaction).await {
            Ok(Outcome::Done) => Ok(Accepted::New),
            Ok(Outcome::Refused(places)) if places.contains(&0) => {
                Ok(self.same_before(draft.same, now).await?.map_or(Accepted::Again, Accepted::Before))
            }
            Ok(Outcome::Refused(_)) => Ok(Accepted::Again),
            // Perhaps it was stored and only the answer was lost: then the citizen should have the receipt.
            Err(error) => match self.receipt(id, now).await {
                Ok(Some(_)) => Ok(Accepted::New),
                _ => Err(error),
            },
        }
    }

    /// The submission that equal answers made before.
    pub async fn same_before(&self, same: &str, now: Timestamp) -> Result<Option<SubmissionId>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(same_key(same))).consistent_read(true);
        let found = get.send().await.map_err(|error| failed("looking for the same submission", &error))?;
        let Some(item) = found.item.filter(|item| !is_expired(item, now)) else { return Ok(None) };
        let id = SubmissionId::parse(text_of(&item, "same", "id")?).map_err(|_| StoreError::Unreadable("same"))?;
        Ok(if self.leads_nowhere(same, &id, now).await? { None } else { Some(id) })
    }

    fn submission_item(&self, draft: &NewSubmission<'_>, data_key: &DataKey) -> Result<Item, StoreError> {
        let submission = draft.submission;
        let receipt = &submission.receipt;
        let unreadable = || StoreError::Unreadable("submission");
        let answers = submission.answers.to_stored().map_err(|_| unreadable())?;
        let promise = serde_json::to_string(&receipt.promise).map_err(|_| unreadable())?;
        let mut item = submission_key(&receipt.id);
        let encrypted = data_key.encrypt(ANSWERS, &answers)?;
        item.extend([
            ("reference".to_owned(), text(receipt.reference.as_str())),
            ("code_words".to_owned(), text(receipt.code_words.said())),
            ("danger".to_owned(), AttributeValue::Bool(submission.danger)),
            ("form".to_owned(), text(receipt.form.as_str())),
            ("language".to_owned(), text(receipt.language.as_str())),
            ("kreds".to_owned(), text(receipt.kreds.as_str())),
            ("rule".to_owned(), text(draft.rule.as_str())),
            ("catalog".to_owned(), text(receipt.catalog.as_str())),
            ("received".to_owned(), seconds(receipt.received)),
            ("promise".to_owned(), text(promise)),
            ("phone_hash".to_owned(), text(draft.phone)),
            ("keep_until".to_owned(), number(draft.keep_until.as_second())),
            ("answers".to_owned(), AttributeValue::B(Blob::new(encrypted))),
        ]);
        item.extend(receipt.topic.as_ref().map(|topic| ("topic".to_owned(), text(topic.as_str()))));
        item.extend(expiry(draft));
        item.extend(submission.held.map(|held| ("held".to_owned(), text(held.as_str()))));
        Ok(item)
    }
}

/// It also says where else there is something to delete: DynamoDB may have removed the submission before it is its turn.
fn erase_item(draft: &NewSubmission<'_>) -> Item {
    let receipt = &draft.submission.receipt;
    // Whatever its time: what has not arrived by then is told of each day before it goes.
    let due = draft.keep_until.min(Retention::warned_from(receipt.received));
    let mut item = Task::Erase(receipt.id.clone()).item(&receipt.kreds, &Queue::Erasure, due);
    item.extend([
        ("reference".to_owned(), text(receipt.reference.as_str())),
        ("received".to_owned(), seconds(receipt.received)),
        ("phone_hash".to_owned(), text(draft.phone)),
    ]);
    item.extend(draft.is_probe.then(|| (PROBE.to_owned(), AttributeValue::Bool(true))));
    item
}

fn key_item(draft: &NewSubmission<'_>, wrapped: &WrappedKey) -> Item {
    let mut item = data_key_key(&draft.submission.receipt.id);
    item.insert("wrapped".to_owned(), AttributeValue::B(Blob::new(wrapped.0.clone())));
    // Facts that an operator needs about a request that a restore in time has lost.
    item.extend([
        ("reference".to_owned(), text(draft.submission.receipt.reference.as_str())),
        ("kreds".to_owned(), text(draft.submission.receipt.kreds.as_str())),
        ("received".to_owned(), seconds(draft.submission.receipt.received)),
    ]);
    item.extend(expiry(draft));
    item
}

/// Nobody must have a probe before it may be deleted.
fn expiry(draft: &NewSubmission<'_>) -> Option<(String, AttributeValue)> {
    draft.is_probe.then(|| ("expires_at".to_owned(), seconds(draft.keep_until)))
}
