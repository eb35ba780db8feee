//! Leases: a run holds a task alone, and marks it directly before the mail leaves and again with the outcome.

use super::access::conditional;
use super::change::Change;
use super::due::{Due, Listing};
use super::items::{Item, number, number_of, seconds, text};
use super::task::{Queue, Task, kreds_of, serial_of};
use super::{Store, StoreError, failed};
use crate::clock::after;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};
use jiff::{SignedDuration, Timestamp};
use model::names::{KredsSlug, hex};
use model::serial::Serial;

/// The time that a run has for one task. After a crash, the task is due again this much later.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// The longest lease of a task whose runs keep ending before its mail leaves.
const LONGEST_LEASE: SignedDuration = SignedDuration::from_mins(15);

const KIND: &str = "task";

/// The token of a run. A task that has it is leased to that run, even if the answer to the lease was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunToken(String);

impl RunToken {
    /// Creates a token from 8 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        Self(hex(&bytes))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A task that only this run may do, until the lease runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The leased task.
    pub task: Task,
    /// The kreds that it belongs to.
    pub kreds: KredsSlug,
    /// The number of attempts, including this one. A run that ended before the mail left is no attempt.
    pub attempts: u32,
    /// The number of earlier attempts that ended without knowing whether the mail went out.
    pub unsure: u32,
    /// The number of consecutive runs that leased it without an attempt, including this one.
    pub untried: u32,
    /// True if a filter has refused the mail, so that a notice without the citizen's words goes out instead.
    pub is_notice: bool,
    /// The number assigned to it, if any.
    pub serial: Option<Serial>,
    /// The run that holds the lease.
    pub(super) run: RunToken,
    /// The end of the lease.
    pub(super) until: Timestamp,
    /// The end of the lease since the mail left, if it left: the table has one of the two.
    pub(super) sending_until: Option<Timestamp>,
}

impl Leased {
    /// True if it is marked that the mail leaves.
    #[must_use]
    pub const fn is_sending(&self) -> bool {
        self.sending_until.is_some()
    }

    pub(super) fn sending_until(&self) -> Timestamp {
        self.sending_until.unwrap_or(self.until)
    }
}

impl Store {
    /// Leases the tasks of a queue that are due at `now`. This is for quick work: mails are leased one after the other,
    /// so that a run that is stopped leaves no lease on a task that it never reached.
    pub async fn lease_due(
        &self,
        queue: &Queue,
        run: &RunToken,
        now: Timestamp,
    ) -> Result<Listing<Leased>, StoreError> {
        let Listing { items, unreadable } = self.due_in(queue, now).await?;
        Ok(Listing { items: self.lease_all(&items, run, now).await, unreadable })
    }

    /// Leases tasks that are known to be due; those that cannot be leased are skipped.
    pub async fn lease_all(&self, due: &[Due], run: &RunToken, now: Timestamp) -> Vec<Leased> {
        let mut leased = Vec::new();
        for due in due {
            match self.lease(due, run, now).await {
                Ok(Some(task)) => leased.push(task),
                Ok(None) => {}
                // One task that cannot be leased must not delay the others.
                Err(error) => tracing::error!(%error, "a task could not be leased"),
            }
        }
        leased
    }

    /// Leases a task for [`LEASE`], if it is still due as it was read. The index may lag behind the table, so the lease
    /// is a conditional write on the task itself. If an answer is late, the SDK retries and is refused by its own first
    /// write: the token shows that.
    pub async fn lease(&self, due: &Due, run: &RunToken, now: Timestamp) -> Result<Option<Leased>, StoreError> {
        let unreadable = || StoreError::Unreadable(KIND);
        let seen = &due.item;
        let until = after(now, LEASE);
        let change = Change::new("SET due_at = :until, lease = :run ADD untried :one")
            .when("due_for = :queue AND due_at = :seen")
            .values([
                (":until", seconds(until)),
                (":run", text(run.as_str())),
                (":one", number(1)),
                (":queue", seen.get("due_for").cloned().ok_or_else(unreadable)?),
                (":seen", number(number_of(seen, KIND, "due_at")?)),
            ]);
        let update = self
            .update(due.task.key(), change)
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let item = match update.send().await {
            Ok(updated) => updated.attributes.ok_or_else(unreadable)?,
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(refused)) => match refused.item() {
                    Some(item) if is_leased(item, run, until) => item.clone(),
                    _ => return Ok(None),
                },
                _ => return Err(failed("leasing a task", &error)),
            },
        };
        leased(due, &item, run, until).map(Some)
    }

    /// Marks that a mail leaves now, and renews the lease. A run that ends after this without an outcome may have sent
    /// it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Failed`], also if another run has the task: then nothing must be sent.
    pub async fn mark_sending(&self, leased: &mut Leased, now: Timestamp) -> Result<(), StoreError> {
        const OPERATION: &str = "marking that a mail leaves";
        let until = after(now, LEASE).max(leased.until);
        // Before the answer, which may be lost although the mark is written.
        leased.sending_until = Some(until);
        let change = Change::new("SET begun = :begun, due_at = :sending, untried = :none")
            .when("lease = :run AND due_at IN (:until, :sending)")
            .values([
                (":begun", number(leased.attempts.into())),
                (":none", number(0)),
                (":run", text(leased.run.as_str())),
                (":until", seconds(leased.until)),
                (":sending", seconds(until)),
            ]);
        let update = self.update(leased.task.key(), change);
        let marked = conditional(update.send().await, OPERATION)?;
        marked.map(|_| ()).ok_or_else(|| StoreError::lost_lease(OPERATION))
    }

    /// Prolongs the lease of a task whose last runs all ended before its mail left: whatever ends them then ends one
    /// run in a quarter of an hour, not each.
    pub async fn prolong(&self, leased: &mut Leased, now: Timestamp) -> Result<(), StoreError> {
        let lost = leased.untried.saturating_sub(2);
        if lost == 0 {
            return Ok(());
        }
        let longer = LEASE.saturating_mul(1 << lost.min(8)).min(LONGEST_LEASE);
        let until = after(now, longer);
        let change = Change::new("SET due_at = :longer").when("lease = :run AND due_at IN (:until, :longer)").values([
            (":run", text(leased.run.as_str())),
            (":until", seconds(leased.until)),
            (":longer", seconds(until)),
        ]);
        self.change("prolonging a lease", leased.task.key(), change).await?;
        leased.until = until;
        Ok(())
    }
}

fn is_leased(item: &Item, run: &RunToken, until: Timestamp) -> bool {
    let is_ours = item.get("lease").and_then(|value| value.as_s().ok()).is_some_and(|token| token == run.as_str());
    is_ours && number_of(item, KIND, "due_at").is_ok_and(|at| at == until.as_second())
}

fn leased(due: &Due, item: &Item, run: &RunToken, until: Timestamp) -> Result<Leased, StoreError> {
    let count = |name| match item.contains_key(name) {
        true => u32::try_from(number_of(item, KIND, name)?).map_err(|_| StoreError::Unreadable(KIND)),
        false => Ok(0),
    };
    let (begun, ended) = (count("begun")?, count("ended")?);
    Ok(Leased {
        task: due.task.clone(),
        kreds: kreds_of(item)?,
        attempts: begun.saturating_add(1),
        unsure: begun.saturating_sub(ended),
        untried: count("untried")?,
        is_notice: item.contains_key("notice_at"),
        serial: serial_of(item)?,
        run: run.clone(),
        until,
        sending_until: None,
    })
}
