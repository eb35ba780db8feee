//! Leases: a task is one run's alone for a while, and its outcome is marked by that run.

use super::items::{Item, data_key_key, number, number_of, seconds, submission_key, text};
use super::submissions::{READING, end, keep_until};
use super::task::{Leased, OWED_SINCE, Queue, Task, kreds_of, serial_of};
use super::transaction::{Outcome, Transaction};
use super::{DUE_INDEX, Store, StoreError, failed};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValue;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::{SignedDuration, Timestamp};
use model::names::SubmissionId;

/// How long a run has for one task. After a crash the task is due again this much later.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// How long after its mail went to the kreds a submission stays at least, but for its 90 days: a mail may still come back.
pub const GRACE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// How long after a mail went out the mail service should have said what became of it.
pub const REPORT_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// The most tasks of one queue in one run, so that one kreds's backlog does not keep the others waiting.
const AT_ONCE: i32 = 25;

/// A task that is due, as the index has it.
#[derive(Debug, Clone)]
pub struct Due {
    /// What to do.
    pub task: Task,
    item: Item,
}

impl Due {
    /// When it is due, if that can be read.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        Timestamp::from_second(number_of(&self.item, "task", "due_at").ok()?).ok()
    }

    /// Since when it is owed, however often it was tried: since it was stored, passed on to this recipient, released from
    /// quarantine, or sent again by an operator. That the mail service gave it back does not make it younger.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        Timestamp::from_second(number_of(&self.item, "task", OWED_SINCE).ok()?).ok()
    }

    fn of(item: Item) -> Result<Self, StoreError> {
        Ok(Self { task: Task::of(&item)?, item })
    }
}

/// Those of a queue that are due at `now`, oldest first, as many as one run does.
pub fn due_of(standing: &[Due], now: Timestamp) -> Vec<Due> {
    let is_due = |due: &&Due| due.at().is_some_and(|at| at.as_second() <= now.as_second());
    standing.iter().filter(is_due).take(AT_ONCE as usize).cloned().collect()
}

/// Whether an attempt that failed may be counted as one that sent nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Nothing went out.
    No,
    /// Nobody knows.
    Perhaps,
}

impl Store {
    /// The tasks of a queue that are due at `now`, oldest first. They are nobody's yet: see [`Store::lease`].
    pub async fn due_in(&self, queue: &Queue, now: Timestamp) -> Result<Vec<Due>, StoreError> {
        let items = self.due(queue, now, AT_ONCE).await?;
        items.into_iter().map(Due::of).collect()
    }

    /// Leases the tasks of a queue that are due at `now`, each for this run alone. For work that is quick: whoever mails
    /// leases one task after the other, so that a run that is stopped leaves no task begun that it never came to.
    pub async fn lease_due(&self, queue: &Queue, now: Timestamp) -> Result<Vec<Leased>, StoreError> {
        Ok(self.lease_all(&self.due_in(queue, now).await?, now).await)
    }

    /// The same, of tasks that are known to be due.
    pub async fn lease_all(&self, due: &[Due], now: Timestamp) -> Vec<Leased> {
        let mut leased = Vec::new();
        for due in due {
            match self.lease(due, now).await {
                Ok(Some(task)) => leased.push(task),
                Ok(None) => {}
                // One task that cannot be leased must not keep the others waiting.
                Err(error) => tracing::error!(%error, "a task could not be leased"),
            }
        }
        leased
    }

    /// What stands in a queue, due or not, as far as the index knows.
    pub async fn standing(&self, queue: &Queue) -> Result<Vec<Due>, StoreError> {
        self.due(queue, Timestamp::MAX, 1000).await?.into_iter().map(Due::of).collect()
    }

    /// The tasks of a queue that are due at `now`, as far as the index knows, oldest first.
    pub(super) async fn due(&self, queue: &Queue, now: Timestamp, limit: i32) -> Result<Vec<Item>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE_INDEX)
            .key_condition_expression("due_for = :queue AND due_at <= :now")
            .expression_attribute_values(":queue", text(queue.to_string()))
            .expression_attribute_values(":now", seconds(now))
            .limit(limit);
        let found = query.send().await.map_err(|error| failed("asking what is due", &error))?;
        Ok(found.items.unwrap_or_default())
    }

    /// Makes a task this run's alone until [`LEASE`] is over, if it is still due as it was seen. The index may lag behind
    /// the table, so the lease is a conditional write on the task itself.
    pub async fn lease(&self, due: &Due, now: Timestamp) -> Result<Option<Leased>, StoreError> {
        const KIND: &str = "task";
        let unreadable = || StoreError::Unreadable(KIND);
        let (task, seen) = (due.task.clone(), &due.item);
        let until = now.saturating_add(LEASE).map_err(|_| unreadable())?;
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(task.key()))
            .update_expression("SET due_at = :until ADD begun :one")
            .condition_expression("due_for = :queue AND due_at = :seen")
            .expression_attribute_values(":until", seconds(until))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":queue", seen.get("due_for").cloned().ok_or_else(unreadable)?)
            .expression_attribute_values(":seen", number(number_of(seen, KIND, "due_at")?))
            .return_values(ReturnValue::AllNew);
        match update.send().await {
            Ok(updated) => {
                let item = updated.attributes.ok_or_else(unreadable)?;
                let count = |name| u32::try_from(number_of(&item, KIND, name)?).map_err(|_| unreadable());
                let (begun, ended) = (count("begun")?, count("ended")?);
                Ok(Some(Leased {
                    task,
                    kreds: kreds_of(&item)?,
                    attempts: begun,
                    unsure: begun.saturating_sub(1).saturating_sub(ended),
                    serial: serial_of(&item)?,
                    until,
                }))
            }
            Err(error) if is_refused(&error) => Ok(None),
            Err(error) => Err(failed("leasing a task", &error)),
        }
    }

    /// The task is done, and nothing more will be heard of it. With a police mail, the submission's time begins to count.
    pub async fn done(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let change = "SET sent_at = :at, done_at = :at REMOVE due_for, due_at";
        match &leased.task {
            Task::Mail(id, recipient) if recipient.is_police() => {
                let ended = |update: UpdateBuilder| {
                    update
                        .update_expression(change)
                        .condition_expression("due_at = :until")
                        .expression_attribute_values(":at", seconds(now))
                        .expression_attribute_values(":until", seconds(leased.until))
                };
                let transaction = Transaction::default().update(&self.table, leased.task.key(), ended);
                let transaction = match self.item(submission_key(id), READING).await? {
                    Some(item) => self.with_expiry(transaction, id, &item, now)?,
                    None => transaction,
                };
                self.transact("marking a task as done", transaction).await.map(|_| ())
            }
            _ => self.end(leased, change, now, None, "marking a task as done").await,
        }
    }

    /// The mail went out, and the mail service will tell whether it arrived.
    pub async fn sent(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let report = now.saturating_add(REPORT_WITHIN).unwrap_or(now);
        let change = "SET sent_at = :at, due_for = :queue, due_at = :due";
        self.end(leased, change, now, Some((&Queue::Sent, report)), "marking a mail as sent").await
    }

    /// The task was tried often enough: it stays, and a human must look.
    pub async fn park(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let change = "SET parked_at = :at, due_for = :queue, due_at = :due";
        self.end(leased, change, now, Some((&Queue::Parked, now)), "parking a task").await
    }

    /// The task failed and is due again at `at`.
    pub async fn due_again(&self, leased: &Leased, at: Timestamp, sent: Sent) -> Result<(), StoreError> {
        let change = match sent {
            Sent::No => "SET due_at = :at ADD ended :one",
            Sent::Perhaps => "SET due_at = :at",
        };
        self.end(leased, change, at, None, "putting a task off").await
    }

    /// The mail need not be sent: another was, not long ago.
    pub async fn withheld(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        self.end(leased, "SET withheld_at = :at REMOVE due_for, due_at", now, None, "withholding a mail").await
    }

    /// Ends a lease, unless it ran out and another run has the task now: then that run's mark counts.
    async fn end(
        &self,
        leased: &Leased,
        change: &str,
        at: Timestamp,
        queue: Option<(&Queue, Timestamp)>,
        operation: &'static str,
    ) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(leased.task.key()))
            .update_expression(change)
            .condition_expression("due_at = :until")
            .expression_attribute_values(":at", seconds(at))
            .expression_attribute_values(":until", seconds(leased.until));
        let update = match queue {
            Some((queue, due)) => update
                .expression_attribute_values(":queue", text(queue.to_string()))
                .expression_attribute_values(":due", seconds(due)),
            None => update,
        };
        let update =
            if change.contains(":one") { update.expression_attribute_values(":one", number(1)) } else { update };
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

    /// Writes all or nothing, and says whether all was written.
    pub(super) async fn written(&self, operation: &'static str, changes: Transaction) -> Result<bool, StoreError> {
        self.transact(operation, changes).await.map(|outcome| outcome == Outcome::Done)
    }
}

/// Whether a conditional write was refused because its condition did not hold.
pub(super) fn is_refused<R>(error: &aws_sdk_dynamodb::error::SdkError<UpdateItemError, R>) -> bool {
    error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception)
}
