//! Outcomes of attempts: only the run that holds the lease of a task can record one.

use super::change::Change;
use super::items::{Item, data_key_key, number, seconds, submission_key, text};
use super::leases::Leased;
use super::submissions::{READING, end, form_of, keep_until};
use super::task::{Queue, Task};
use super::transaction::Transaction;
use super::withdrawals::is_withdrawn;
use super::{Store, StoreError};
use crate::clock::after;
use jiff::{SignedDuration, Timestamp};
use model::names::FormId;

/// The minimum time that a submission is kept after its mail went out, within its 90 days: the mail may still bounce.
pub const GRACE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The time within which the mail service should report the fate of a mail.
pub const REPORT_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// The condition of every outcome. The lease ends with it, so a write that the SDK retries changes nothing.
const OURS: &str = "lease = :run AND due_at IN (:until, :sending)";

/// The result of a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// No mail went out.
    No,
    /// A mail may have gone out.
    Perhaps,
}

impl Store {
    /// Marks a task as done, since no delivery notification will follow, and sets when the submission of a police mail
    /// expires. Returns the form of a police mail's submission.
    pub async fn done(&self, leased: &Leased, now: Timestamp) -> Result<Option<FormId>, StoreError> {
        let change = "SET sent_at = :at, done_at = :at REMOVE due_for, due_at, lease";
        let (submission, expiry) = self.expiry(&leased.task, now).await?;
        self.written("marking a task as done", self.ended(leased, change, now, None).and(expiry)).await?;
        submission.as_ref().map(form_of).transpose()
    }

    /// Marks a mail as sent: a delivery notification will follow.
    pub async fn sent(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let report = after(now, REPORT_WITHIN);
        let change = "SET sent_at = :at, due_for = :queue, due_at = :due REMOVE lease";
        self.end(leased, change, now, Some((&Queue::Sent, report)), "marking a mail as sent").await
    }

    /// Parks a task that used up its attempts: it stays until a human looks at it.
    pub async fn park(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let change = "SET parked_at = :at, due_for = :queue, due_at = :due REMOVE lease";
        self.end(leased, change, now, Some((&Queue::Parked, now)), "parking a task").await
    }

    /// Schedules a failed task for another attempt at `at`.
    pub async fn due_again(&self, leased: &Leased, at: Timestamp, sent: Sent) -> Result<(), StoreError> {
        let change = match sent {
            Sent::No => "SET due_at = :at, begun = :begun, ended = :ended, untried = :none REMOVE lease",
            Sent::Perhaps => "SET due_at = :at, begun = :begun, untried = :none REMOVE lease",
        };
        self.end(leased, change, at, None, "putting a task off").await
    }

    /// Postpones a task that must wait for its turn. This is not an attempt.
    pub async fn wait(&self, leased: &Leased, at: Timestamp) -> Result<(), StoreError> {
        let change = "SET due_at = :at, untried = :none REMOVE lease";
        self.end(leased, change, at, None, "putting off a task that waits").await
    }

    /// Withholds a mail that is no longer needed, or that follows another one too soon.
    pub async fn withheld(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        let change = "SET withheld_at = :at REMOVE due_for, due_at, lease";
        self.end(leased, change, now, None, "withholding a mail").await
    }

    /// Withholds a receipt because receipts are paused.
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
        self.written(operation, self.ended(leased, change, at, queue)).await.map(|_| ())
    }

    /// The write that ends a lease, for a transaction.
    fn ended(&self, leased: &Leased, change: &str, at: Timestamp, queue: Option<(&Queue, Timestamp)>) -> Transaction {
        let counts = [
            (":begun", leased.attempts),
            // All attempts so far, except those with an unknown outcome.
            (":ended", leased.attempts.saturating_sub(leased.unsure)),
            (":none", 0),
        ];
        let counts = counts.into_iter().filter(|(name, _)| change.contains(name));
        let queue = queue.map(|(queue, due)| [(":queue", text(queue.to_string())), (":due", seconds(due))]);
        let change = Change::new(change)
            .when(OURS)
            .values(counts.map(|(name, count)| (name, number(count.into()))))
            .values(queue.into_iter().flatten())
            .values([
                (":at", seconds(at)),
                (":run", text(leased.run.as_str())),
                (":until", seconds(leased.until)),
                (":sending", seconds(leased.sending_until())),
            ]);
        Transaction::default().update(&self.table, leased.task.key(), change)
    }

    /// The submission of a police mail that a mailbox has just accepted, and the writes by which it and its key expire:
    /// at the end of its storage period, but not before the mail could have bounced. Nothing for any other task.
    pub(super) async fn expiry(&self, task: &Task, now: Timestamp) -> Result<(Option<Item>, Transaction), StoreError> {
        let nothing = Transaction::default();
        let Some(id) = task.of_police_mail() else { return Ok((None, nothing)) };
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok((None, nothing)) };
        // A withdrawn request has no key, and expires anyway.
        if is_withdrawn(&item) {
            return Ok((Some(item), nothing));
        }
        let expires = keep_until(&item)?.max(after(now, GRACE)).min(end(&item)?);
        let expiring = Change::new("SET expires_at = :expires")
            .when("attribute_exists(pk)")
            .values([(":expires", seconds(expires))]);
        let both = nothing.update(&self.table, submission_key(id), expiring.clone()).update(
            &self.keys_table,
            data_key_key(id),
            expiring,
        );
        Ok((Some(item), both))
    }
}
