//! What became of a mail that went out: delivered, refused, complained about. In any order, and however often it is told.

use super::items::{data_key_key, mailbox_key, seconds, submission_key, text};
use super::leases::is_refused;
use super::task::{Leased, Queue, Recipient, Task, kreds_of};
use super::transaction::Transaction;
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::Timestamp;
use model::names::{FormId, KredsSlug, SubmissionId};

/// Times that a task's mail may have. Each is the earliest that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The mailbox took it.
    Delivered,
    /// The mailbox refused it for good.
    Bounced,
    /// The mail service gave up for now.
    GaveUp,
    /// The mail service would not send it.
    Rejected,
    /// Whoever got it marked it as spam.
    Complained,
}

impl Told {
    const fn attribute(self) -> &'static str {
        match self {
            Self::Delivered => "delivered_at",
            Self::Bounced => "bounced_at",
            Self::GaveUp => "gave_up_at",
            Self::Rejected => "rejected_at",
            Self::Complained => "complained_at",
        }
    }
}

impl Store {
    /// Notes what was told of a task's mail: the kreds whose it is, if there is such a task and it was news.
    pub async fn told(&self, task: &Task, told: Told, at: Timestamp) -> Result<Option<KredsSlug>, StoreError> {
        let attribute = told.attribute();
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(task.key()))
            .update_expression("SET #told = :at")
            .condition_expression("attribute_exists(pk) AND (attribute_not_exists(#told) OR #told > :at)")
            .expression_attribute_names("#told", attribute)
            .expression_attribute_values(":at", seconds(at));
        match update.send().await {
            Ok(_) => {}
            Err(error) if is_refused(&error) => {}
            Err(error) => return Err(failed("noting what became of a mail", &error)),
        }
        let item = self.item(task.key(), "reading a task").await?;
        item.as_ref().map(kreds_of).transpose()
    }

    /// The mail has arrived: the task is done, and with a police mail the submission's time begins to count. A mail that
    /// was also refused is not done: whoever it was passed on to has it.
    pub async fn arrived(&self, task: &Task, now: Timestamp) -> Result<(), StoreError> {
        let done = |update: UpdateBuilder| {
            update
                .update_expression("REMOVE due_for, due_at")
                .condition_expression("attribute_exists(pk) AND attribute_not_exists(bounced_at)")
        };
        let transaction = Transaction::default().update(&self.table, task.key(), done);
        let transaction = match task {
            Task::Mail(id, recipient) if recipient.is_police() => self.with_expiry(transaction, id, now).await?,
            _ => transaction,
        };
        self.written("noting that a mail arrived", transaction).await.map(|_| ())
    }

    /// The mail arrived nowhere, and nobody else gets it: its task is over.
    pub async fn arrived_nowhere(&self, task: &Task) -> Result<(), StoreError> {
        let over = |update: UpdateBuilder| {
            update.update_expression("REMOVE due_for, due_at").condition_expression("attribute_exists(pk)")
        };
        let transaction = Transaction::default().update(&self.table, task.key(), over);
        self.written("noting that a mail arrived nowhere", transaction).await.map(|_| ())
    }

    /// The mailbox refuses a mail for good: its task is over, and the next recipient's begins, if there is one. Nothing
    /// expires until somebody has it. Whether this was news.
    pub async fn pass_on(
        &self,
        id: &SubmissionId,
        refused: Recipient,
        kreds: &KredsSlug,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let task = Task::Mail(id.clone(), refused);
        let Some(next) = refused.next() else {
            let changed = self.leave(&task, "parked_at", now).await?;
            return Ok(changed);
        };
        let over = |update: UpdateBuilder| {
            update
                .update_expression("SET bounced_at = if_not_exists(bounced_at, :now) REMOVE due_for, due_at")
                .expression_attribute_values(":now", seconds(now))
        };
        let stays = |update: UpdateBuilder| {
            update.update_expression("REMOVE expires_at").condition_expression("attribute_exists(pk)")
        };
        let next = Task::Mail(id.clone(), next).item(kreds, &Queue::Owed(kreds.clone()), now);
        let transaction = Transaction::default()
            .put_new(&self.table, next)
            .update(&self.table, task.key(), over)
            .update(&self.table, submission_key(id), stays)
            .update(&self.keys_table, data_key_key(id), stays);
        self.written("passing a mail on", transaction).await
    }

    /// The mail service gave up for now: the mail is owed again, unless it arrived, was refused, or is owed already.
    pub async fn owed_again(&self, task: &Task, kreds: &KredsSlug, due: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(task.key()))
            .update_expression("SET due_for = :queue, due_at = :due ADD ended :one")
            .condition_expression("due_for = :sent AND attribute_not_exists(delivered_at)")
            .expression_attribute_values(":queue", text(Queue::Owed(kreds.clone()).to_string()))
            .expression_attribute_values(":sent", text(Queue::Sent.to_string()))
            .expression_attribute_values(":due", seconds(due))
            .expression_attribute_values(":one", super::items::number(1));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(failed("owing a mail again", &error)),
        }
    }

    /// Leaves a task to a human, unless its mail arrived. Whether this was news.
    pub async fn leave(&self, task: &Task, attribute: &str, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(task.key()))
            .update_expression("SET #why = :now, due_for = :parked, due_at = :now")
            .condition_expression(
                "attribute_exists(pk) AND attribute_not_exists(#why) AND attribute_not_exists(delivered_at)",
            )
            .expression_attribute_names("#why", attribute)
            .expression_attribute_values(":now", seconds(now))
            .expression_attribute_values(":parked", text(Queue::Parked.to_string()));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(failed("leaving a task to a human", &error)),
        }
    }

    /// Notes that both mailboxes of a kreds refuse a form's mail.
    pub async fn mailboxes_refuse(&self, kreds: &KredsSlug, form: &FormId, now: Timestamp) -> Result<(), StoreError> {
        let mut item = mailbox_key(kreds, form);
        item.insert("refused_at".to_owned(), seconds(now));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(|_| ()).map_err(|error| failed("noting a mailbox", &error))
    }

    /// Notes that a kreds's mailbox takes a form's mail; whether it did not before.
    pub async fn mailboxes_take(&self, kreds: &KredsSlug, form: &FormId) -> Result<bool, StoreError> {
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(mailbox_key(kreds, form)));
        let delete = delete.return_values(aws_sdk_dynamodb::types::ReturnValue::AllOld);
        let deleted = delete.send().await.map_err(|error| failed("noting a mailbox", &error))?;
        Ok(deleted.attributes.is_some())
    }

    /// Whether both mailboxes of a kreds refuse a form's mail.
    pub async fn do_mailboxes_refuse(&self, kreds: &KredsSlug, form: &FormId) -> Result<bool, StoreError> {
        self.item(mailbox_key(kreds, form), "asking about a mailbox").await.map(|item| item.is_some())
    }

    /// A mail went out a day ago and nothing was heard of it: a human must look.
    pub async fn unconfirmed(&self, leased: &Leased, now: Timestamp) -> Result<bool, StoreError> {
        self.leave(&leased.task, "unconfirmed_at", now).await
    }
}
