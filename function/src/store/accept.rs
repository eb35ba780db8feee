//! Acceptance of a submission: whole, in one transaction with its key and its tasks, or not at all.

use super::calls::call_item;
use super::figures::received_line;
use super::items::{
    Item, bytes, data_key_key, day_pk, is_expired, key, number, phone_pk, reference_key, same_key, seconds,
    submission_key, text, text_of, with,
};
use super::limits::Hit;
use super::neighbours::{RoadMarks, neighbour_item};
use super::recipient::Recipient;
use super::task::{Queue, Task};
use super::transaction::{Outcome, Transaction};
use super::{Store, StoreError};
use crate::clock::after;
use crate::encryption::{DataKey, WrappedKey};
use crate::route::Rule;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use model::deadline::danish_day;
use model::names::SubmissionId;
use model::retention::Retention;
use model::submission::Submission;

/// The time within which equal answers make one submission.
const SAME: SignedDuration = SignedDuration::from_hours(24);

/// The attribute that marks probes.
pub(super) const PROBE: &str = "probe";

/// The attribute of the encrypted answers, and the purpose that they are encrypted for.
pub(super) const ANSWERS: &str = "answers";

/// A submission that is not stored yet.
pub struct NewSubmission<'a> {
    /// The submission to store.
    pub submission: &'a Submission,
    /// The rule that selected its kreds.
    pub rule: Rule,
    /// The keyed hash of its content: equal answers have equal hashes.
    pub same: &'a str,
    /// The keyed hash of its telephone number, by which a citizen's requests are found.
    pub phone: &'a str,
    /// The marks by which it is counted with others about the same road, if it is about one.
    pub road: Option<&'a RoadMarks>,
    /// The time by which it must be deleted.
    pub keep_until: Timestamp,
    /// The recipients of its mails.
    pub recipients: &'a [Recipient],
    /// The hits that count it against the limits of its sender, written along with it.
    pub limits: Vec<Hit>,
    /// True if it is a probe: then only its reference leads to it, and it expires whatever happens to it.
    pub is_probe: bool,
}

/// The result of storing a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It is stored.
    New,
    /// Equal answers were stored before, under this id: a double click, or a page sent again.
    Before(SubmissionId),
    /// The reference or id is taken, or the sender's limit changed meanwhile: draw new ones, check again, and retry.
    Again,
}

impl Store {
    /// Stores a draft with its key and its tasks in one transaction.
    pub async fn accept(&self, draft: &NewSubmission<'_>) -> Result<Accepted, StoreError> {
        let receipt = &draft.submission.receipt;
        let (id, now) = (&receipt.id, receipt.received);
        let (data_key, wrapped) = self.keys.new_key(id).await?;
        let id_attribute = || ("id", text(id.as_str()));
        let same = with(same_key(draft.same), [id_attribute(), ("expires_at", seconds(after(now, SAME)))]);
        let table = self.table.as_str();
        let mut transaction = Transaction::default()
            // An expired item stays readable for days, so the condition compares the time itself.
            .put_if(table, same, "attribute_not_exists(pk) OR expires_at <= :now", (":now", seconds(now)))
            .put_new(table, with(reference_key(&receipt.reference), [id_attribute()]))
            .put_new(table, self.submission_item(draft, &data_key)?)
            .put_new(&self.keys_table, key_item(draft, wrapped))
            .put_new(table, erase_item(draft));
        if !draft.is_probe {
            transaction = transaction
                .put_new(table, call_item(receipt))
                .put_new(table, key(phone_pk(draft.phone), id.as_str()))
                .put_new(table, key(day_pk(&receipt.kreds, danish_day(now)), id.as_str()))
                .put_new(table, received_line(receipt));
        }
        if let Some(marks) = draft.road {
            transaction = transaction.put_new(table, neighbour_item(receipt, marks));
        }
        let queue = match draft.submission.held {
            Some(_) => Queue::Held(receipt.kreds.clone()),
            None => Queue::Owed(receipt.kreds.clone()),
        };
        for recipient in draft.recipients {
            let mail = Task::Mail(id.clone(), *recipient).item(&receipt.kreds, &queue, now);
            transaction = transaction.put_new(table, mail);
        }
        for hit in &draft.limits {
            transaction = hit.add_to(transaction, table);
        }
        match self.transact("storing a submission", transaction).await {
            Ok(Outcome::Done) => Ok(Accepted::New),
            Ok(Outcome::Refused(indices)) if indices.contains(&0) => {
                Ok(self.same_before(draft.same, now).await?.map_or(Accepted::Again, Accepted::Before))
            }
            Ok(Outcome::Refused(_)) => Ok(Accepted::Again),
            // It may be stored and only the answer lost: then the citizen should have the receipt.
            Err(error) => match self.receipt(id, now).await {
                Ok(Some(_)) => Ok(Accepted::New),
                _ => Err(error),
            },
        }
    }

    /// The submission that equal answers made before; `None` if it is expired or deleted.
    pub async fn same_before(&self, same: &str, now: Timestamp) -> Result<Option<SubmissionId>, StoreError> {
        let item = self.item(same_key(same), "looking for the same submission").await?;
        let Some(item) = item.filter(|item| !is_expired(item, now)) else { return Ok(None) };
        let id = SubmissionId::parse(text_of(&item, "same", "id")?).map_err(|_| StoreError::Unreadable("same"))?;
        Ok(if self.leads_nowhere(same, &id, now).await? { None } else { Some(id) })
    }

    fn submission_item(&self, draft: &NewSubmission<'_>, data_key: &DataKey) -> Result<Item, StoreError> {
        let submission = draft.submission;
        let receipt = &submission.receipt;
        let unreadable = || StoreError::Unreadable("submission");
        let answers = submission.answers.to_stored().map_err(|_| unreadable())?;
        let promise = serde_json::to_string(&receipt.promise).map_err(|_| unreadable())?;
        let encrypted = data_key.encrypt(ANSWERS, &answers)?;
        let attributes = [
            ("reference", text(receipt.reference.as_str())),
            ("code_words", text(receipt.code_words.said())),
            ("danger", AttributeValue::Bool(submission.danger)),
            ("form", text(receipt.form.as_str())),
            ("language", text(receipt.language.as_str())),
            ("kreds", text(receipt.kreds.as_str())),
            ("rule", text(draft.rule.as_str())),
            ("catalog", text(receipt.catalog.as_str())),
            ("received", seconds(receipt.received)),
            ("promise", text(promise)),
            ("phone_hash", text(draft.phone)),
            ("keep_until", number(draft.keep_until.as_second())),
            ("answers", bytes(encrypted)),
        ];
        let topic = receipt.topic.as_ref().map(|topic| ("topic", text(topic.as_str())));
        let held = submission.held.map(|held| ("held", text(held.as_str())));
        let more = topic.into_iter().chain(held).chain(expiry(draft));
        Ok(with(submission_key(&receipt.id), attributes.into_iter().chain(more)))
    }
}

/// The task that deletes a submission. It repeats what leads to other items, as DynamoDB may remove the submission
/// first.
fn erase_item(draft: &NewSubmission<'_>) -> Item {
    let receipt = &draft.submission.receipt;
    // Even if it may stay longer: an undelivered request raises an alarm each day before it is deleted.
    let due = draft.keep_until.min(Retention::warned_from(receipt.received));
    let task = Task::Erase(receipt.id.clone()).item(&receipt.kreds, &Queue::Erasure, due);
    let attributes = [
        ("reference", text(receipt.reference.as_str())),
        ("received", seconds(receipt.received)),
        ("phone_hash", text(draft.phone)),
    ];
    with(task, attributes.into_iter().chain(draft.is_probe.then_some((PROBE, AttributeValue::Bool(true)))))
}

fn key_item(draft: &NewSubmission<'_>, wrapped: WrappedKey) -> Item {
    let receipt = &draft.submission.receipt;
    let attributes = [
        ("wrapped", bytes(wrapped.0)),
        // Facts that an operator needs about a request that a point-in-time restore has lost.
        ("reference", text(receipt.reference.as_str())),
        ("kreds", text(receipt.kreds.as_str())),
        ("received", seconds(receipt.received)),
    ];
    with(data_key_key(&receipt.id), attributes.into_iter().chain(expiry(draft)))
}

/// Only a probe expires from the start: no kreds must have it before it may be deleted.
fn expiry(draft: &NewSubmission<'_>) -> Option<(&'static str, AttributeValue)> {
    draft.is_probe.then(|| ("expires_at", seconds(draft.keep_until)))
}
