//! Outcomes: the run that has a task's lease marks what became of it. Another run's mark counts once the lease is its.

use super::items::{Item, data_key_key, number, seconds, submission_key, text};
use super::leases::Leased;
use super::leases::is_refused;
use super::submissions::{READING, end, form_of, keep_until};
use super::task::Queue;
use super::transaction::Transaction;
use super::withdrawals::is_withdrawn;
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::{SignedDuration, Timestamp};
use model::names::{FormId, SubmissionId};

/// Least time that a submission stays after its mail went to the kreds, within its 90 days: a mail may still come back.
pub const GRACE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Time after a mail went out in which the mail service should have reported its fate.
pub const REPORT_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// The condition of every outcome. A lease ends with its outcome, so a write that the SDK repeats changes nothing.
const OURS: &str = "lease = :run AND due_at IN (:until, :sending)";

/// Result of a failed attempt: it sent nothing, or nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Nothing went out.
    No,
    /// Nobody knows.
    Perhaps,
}

impl Store {
    /// Marks the task as done: nothing more will be heard of it. With a police mail, the submission's time begins to count.
    /// Its form, if it is a police mail.
    pub async fn done(&self, leased: &Leased, now: Timestamp) -> Result<Option<FormId>, StoreError> {
        const OPERATION: &str = "marking a task as done";
        let change = "SET sent_at = :at, done_at = :at REMOVE due_for, due_at, lease";
        let Some(id) = leased.task.of_police_mail() else {
            return self.end(leased, change, now, None, OPERATION).await.map(|()| None);
        };
        let ended = |update: UpdateBuilder| {
            update
                .update_expression(change)
                .condition_expression(OURS)
                .expression_attribute_values(":at", seconds(now))
                .expression_attribute_values(":run", text(leased.run.as_str()))
                .expression_attribute_values(":until", seconds(leased.until))
                .expression_attribute_values(":sending", seconds(leased.sending_until()))
        };
        let transaction = Transaction::default().update(&self.table, leased.task.key(), ended);
        let submission = self.item(submission_key(id), READING).await?;
        let transaction = match &submission {
            Some(item) => self.with_expiry(transaction, id, item, now)?,
            None => transaction,
        };
        self.transact(OPERATION, transaction).await?;
        submission.as_ref().map(form_of).transpose()
    }

    /// Marks a mail as sent: the mail service will tell whether it arrived.
    pub async fn sent(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let report = now.saturating_add(REPORT_WITHIN).unwrap_or(now);
        let change = "SET sent_at = :at, due_for = :queue, due_at = :due REMOVE lease";
        self.end(leased, change, now, Some((&Queue::Sent, report)), "marking a mail as sent").await
    }

    /// Parks a task that was tried often enough: it stays, and a human must look.
    pub async fn park(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let change = "SET parked_at = :at, due_for = :queue, due_at = :due REMOVE lease";
        self.end(leased, change, now, Some((&Queue::Parked, now)), "parking a task").await
    }

    /// Puts off a task that failed until `at`.
    pub async fn due_again(&self, leased: &Leased, at: Timestamp, sent: Sent) -> Result<(), StoreError> {
        let change = match sent {
            Sent::No => "SET due_at = :at, begun = :begun, ended = :ended, untried = :none REMOVE lease",
            Sent::Perhaps => "SET due_at = :at, begun = :begun, untried = :none REMOVE lease",
        };
        self.end(leased, change, at, None, "putting a task off").await
    }

    /// Puts off a task that must wait for its turn. That is no attempt.
    pub async fn wait(&self, leased: &Leased, at: Timestamp) -> Result<(), StoreError> {
        let change = "SET due_at = :at, untried = :none REMOVE lease";
        self.end(leased, change, at, None, "putting off a task that waits").await
    }

    /// Withholds a mail: another was sent, not long ago.
    pub async fn withheld(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let change = "SET withheld_at = :at REMOVE due_for, due_at, lease";
        self.end(leased, change, now, None, "withholding a mail").await
    }

    /// Withholds a receipt: receipts rest.
    pub async fn rested(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let change = "SET withheld_at = :at, rested_at = :at REMOVE due_for, due_at, lease";
        self.end(leased, change, now, None, "withholding a receipt").await
    }

    /// Ends a lease, unless it ran out and another run has the task now.
    async fn end(
        &self,
        leased: &Leased,
        change: &str,
        at: Timestamp,
        queue: Option<(&Queue, Timestamp)>,
        operation: &'static str,
    ) -> Result<(), StoreError> {
        let counts = [
            (":begun", leased.attempts),
            // Of all attempts until now, those that nobody knows the end of are not among them.
            (":ended", leased.attempts.saturating_sub(leased.unsure)),
            (":none", 0),
        ];
        let values = counts
            .into_iter()
            .filter(|(name, _)| change.contains(name))
            .map(|(name, count)| (name, number(count.into())))
            .chain(
                queue
                    .into_iter()
                    .flat_map(|(queue, due)| [(":queue", text(queue.to_string())), (":due", seconds(due))]),
            )
            .chain([
                (":at", seconds(at)),
                (":run", text(leased.run.as_str())),
                (":until", seconds(leased.until)),
                (":sending", seconds(leased.sending_until())),
            ]);
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(leased.task.key()))
            .update_expression(change)
            .condition_expression(OURS)
            .set_expression_attribute_values(Some(values.map(|(name, value)| (name.to_owned(), value)).collect()));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error) if is_refused(&error) => Ok(()),
            Err(error) => Err(failed(operation, &error)),
        }
    }

    /// Adds to a transaction that a submission, whose item is given, and its key expire: when its time is up, but not before
    /// a mail that went to the kreds just now could have come back.
    pub(super) fn with_expiry(
        &self,
        transaction: Transaction,
        id: &SubmissionId,
        item: &Item,
        now: Timestamp,
    ) -> Result<Transaction, StoreError> {
        // What was withdrawn has no key, and expires anyway.
        if is_withdrawn(item) {
            return Ok(transaction);
        }
        let expires = keep_until(item)?.max(now.saturating_add(GRACE).unwrap_or(now)).min(end(item)?);
        let expiring = |update: UpdateBuilder| {
            update
                .update_expression("SET expires_at = :expires")
                .condition_expression("attribute_exists(pk)")
                .expression_attribute_values(":expires", seconds(expires))
        };
        Ok(transaction.update(&self.table, submission_key(id), expiring).update(
            &self.keys_table,
            data_key_key(id),
            expiring,
        ))
    }
}
