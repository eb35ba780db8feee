//! Delivery notifications of mails that went out: delivered, refused or marked as spam.
//!
//! They may arrive in any order, and more than once.

use super::change::Change;
use super::items::{Item, data_key_key, seconds, submission_key, text, time_of};
use super::recipient::Recipient;
use super::submissions::form_of;
use super::task::{Queue, Task, kreds_of};
use super::transaction::Transaction;
use super::{Store, StoreError, failed};
use crate::refusal::Refusal;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use jiff::Timestamp;
use model::names::{FormId, KredsSlug, SubmissionId};

/// The delivery status of a mail, as the mail service or the mailbox's server reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// The mailbox accepted it.
    Delivered,
    /// It was permanently refused.
    Refused(Refusal),
    /// The mail service gave up for now; a later attempt may succeed.
    GaveUp,
    /// The recipient marked it as spam.
    Complained,
}

/// The result of noting a delivery status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusNote {
    /// The kreds that the task belongs to.
    pub kreds: KredsSlug,
    /// True if the status is new, or earlier than it was noted before.
    pub is_news: bool,
    /// True if a notice is already owed because of the same refusal.
    pub has_notice: bool,
}

impl DeliveryStatus {
    /// The attribute with the time of the status: the earliest that was reported.
    const fn attribute(self) -> &'static str {
        match self {
            Self::Delivered => "delivered_at",
            Self::Refused(Refusal::Mailbox) => "bounced_at",
            // A notice is sent instead of this mail.
            Self::Refused(Refusal::Message) => "rejected_at",
            Self::Refused(Refusal::Sender) | Self::GaveUp => "gave_up_at",
            Self::Complained => "complained_at",
        }
    }
}

impl Store {
    /// Notes a delivery status of a mail, unless it was noted with an earlier time. `None` if the task does not exist.
    pub async fn note_status(
        &self,
        task: &Task,
        status: DeliveryStatus,
        at: Timestamp,
    ) -> Result<Option<StatusNote>, StoreError> {
        let attribute = status.attribute();
        let change = Change::new("SET #status = :at")
            .when("attribute_exists(pk) AND (attribute_not_exists(#status) OR #status > :at)")
            .names([("#status", attribute)])
            .values([(":at", seconds(at))]);
        let update = self
            .update(task.key(), change)
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let (item, is_news) = match update.send().await {
            Ok(updated) => (updated.attributes, true),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => (refused.item().cloned(), false),
                _ => return Err(failed("noting what became of a mail", &error)),
            },
        };
        let read = |item: &Item| {
            let notice = time_of(item, "task", "notice_at")?;
            let has_notice = !is_news && notice.map(Timestamp::as_second) == Some(at.as_second());
            Ok(StatusNote { kreds: kreds_of(item)?, is_news, has_notice })
        };
        item.as_ref().map(read).transpose()
    }

    /// Marks the task of a delivered mail as done, and sets when the submission of a police mail expires. A mail that
    /// was also refused is not done, since the next recipient has it. Returns the form of a police mail's submission.
    pub async fn arrived(&self, task: &Task, now: Timestamp) -> Result<Option<FormId>, StoreError> {
        let done = Change::new("REMOVE due_for, due_at, lease")
            .when("attribute_exists(pk) AND attribute_not_exists(bounced_at)");
        let (submission, expiry) = self.expiry(task, now).await?;
        let transaction = Transaction::default().update(&self.table, task.key(), done).and(expiry);
        self.written("noting that a mail arrived", transaction).await?;
        submission.as_ref().map(form_of).transpose()
    }

    /// Ends the task of a mail that reached no mailbox and that nobody else gets.
    pub async fn arrived_nowhere(&self, task: &Task) -> Result<(), StoreError> {
        let over = Change::new("REMOVE due_for, due_at, lease").when("attribute_exists(pk)");
        self.changed("noting that a mail arrived nowhere", task.key(), over).await.map(|_| ())
    }

    /// Ends the task of a mail that its mailbox permanently refuses, and creates that of the next recipient; without
    /// one, the mail is parked. Nothing expires until a mailbox has the mail. Returns true if this was news.
    pub async fn pass_on(
        &self,
        id: &SubmissionId,
        refused: Recipient,
        kreds: &KredsSlug,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let task = Task::Mail(id.clone(), refused);
        let stays = Change::new("REMOVE expires_at").when("attribute_exists(pk)");
        let Some(next) = refused.next() else {
            // Even if it was delivered before: nobody has a mail that bounced.
            let left = Change::new("SET parked_at = :now, due_for = :parked, due_at = :now REMOVE lease")
                .when("attribute_exists(pk) AND attribute_not_exists(parked_at)")
                .values([(":now", seconds(now)), (":parked", text(Queue::Parked.to_string()))]);
            let transaction = Transaction::default()
                .update(&self.table, task.key(), left)
                .update(&self.table, submission_key(id), stays.clone())
                .update(&self.keys_table, data_key_key(id), stays);
            return self.written("leaving a mail that nobody took", transaction).await;
        };
        let over = Change::new("SET bounced_at = if_not_exists(bounced_at, :now) REMOVE due_for, due_at, lease")
            .values([(":now", seconds(now))]);
        let next = Task::Mail(id.clone(), next).item(kreds, &Queue::Owed(kreds.clone()), now);
        let transaction = Transaction::default()
            .put_new(&self.table, next)
            .update(&self.table, task.key(), over)
            .update(&self.table, submission_key(id), stays.clone())
            .update(&self.keys_table, data_key_key(id), stays);
        if self.written("passing a mail on", transaction).await? {
            return Ok(true);
        }
        self.refused_again(&task, now).await
    }

    /// Parks a mail that was sent again by an operator and refused again, although the next recipient already had it. A
    /// mail in no queue is left alone, as when its refusal is reported twice.
    async fn refused_again(&self, task: &Task, now: Timestamp) -> Result<bool, StoreError> {
        let parked = Change::new("SET bounced_at = if_not_exists(bounced_at, :now), parked_at = :now, due_for = :parked, due_at = :now REMOVE lease").when("attribute_exists(due_for) AND due_for <> :parked").values([(":now", seconds(now)), (":parked", text(Queue::Parked.to_string()))]);
        self.changed("leaving a mail to a human", task.key(), parked).await
    }

    /// Parks a task for a human, unless its mail was delivered and did not bounce. Returns true if this was news.
    pub async fn leave(&self, task: &Task, attribute: &str, now: Timestamp) -> Result<bool, StoreError> {
        let left = Change::new("SET #why = :now, due_for = :parked, due_at = :now REMOVE lease")
            .when(
                "attribute_exists(pk) AND attribute_not_exists(#why) \
                     AND (attribute_not_exists(delivered_at) OR attribute_exists(bounced_at))",
            )
            .names([("#why", attribute)])
            .values([(":now", seconds(now)), (":parked", text(Queue::Parked.to_string()))]);
        self.changed("leaving a task to a human", task.key(), left).await
    }
}
