//! Leases: a task is one run's alone for a while. The run marks it directly before the mail leaves, and again with the outcome.

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

/// Time that a run has for one task. After a crash the task is due again this much later.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// The longest that a task is left alone whose runs end again and again before its mail leaves.
const LONGEST_LEASE: SignedDuration = SignedDuration::from_mins(15);

const KIND: &str = "task";

/// The name of a run. A task that bears it is leased to that run, also if the answer to the lease was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunToken(String);

impl RunToken {
    /// The token of 8 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        Self(hex(&bytes))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A task that this run may do, and nobody else until the lease runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The task.
    pub task: Task,
    /// Whose it is.
    pub kreds: KredsSlug,
    /// The number of attempts, this one included. A run that ended before the mail left is no attempt.
    pub attempts: u32,
    /// The number of earlier attempts that ended without anybody knowing whether the mail went.
    pub unsure: u32,
    /// The number of runs in a row that have had it, this one included, without an attempt.
    pub untried: u32,
    /// True if a filter has refused the mail, so that a notice without the citizen's words goes instead.
    pub is_notice: bool,
    /// The number that was fixed to it, if it has one.
    pub serial: Option<Serial>,
    /// Whose it is now.
    pub(super) run: RunToken,
    /// Until when it is ours.
    pub(super) until: Timestamp,
    /// The same since the mail left, if it left: the table has one or the other.
    pub(super) sending_until: Option<Timestamp>,
}

impl Leased {
    /// Returns true if it was marked that the mail leaves.
    #[must_use]
    pub const fn is_sending(&self) -> bool {
        self.sending_until.is_some()
    }

    pub(super) fn sending_until(&self) -> Timestamp {
        self.sending_until.unwrap_or(self.until)
    }
}

impl Store {
    /// Leases the tasks of a queue that are due at `now`, each for this run alone. For work that is quick: whoever mails
    /// leases one task after the other, so that a run that is stopped leaves no task begun that it never came to.
    pub async fn lease_due(
        &self,
        queue: &Queue,
        run: &RunToken,
        now: Timestamp,
    ) -> Result<Listing<Leased>, StoreError> {
        let Listing { items, unreadable } = self.due_in(queue, now).await?;
        Ok(Listing { items: self.lease_all(&items, run, now).await, unreadable })
    }

    /// The same, of tasks that are known to be due.
    pub async fn lease_all(&self, due: &[Due], run: &RunToken, now: Timestamp) -> Vec<Leased> {
        let mut leased = Vec::new();
        for due in due {
            match self.lease(due, run, now).await {
                Ok(Some(task)) => leased.push(task),
                Ok(None) => {}
                // One task that cannot be leased must not keep the others waiting.
                Err(error) => tracing::error!(%error, "a task could not be leased"),
            }
        }
        leased
    }

    /// Makes a task this run's alone until [`LEASE`] is over, if it is still due as it was seen. The index may lag behind
    /// the table, so the lease is a conditional write on the task itself. When an answer is late, the SDK writes again and
    /// is refused by its own first write: the token shows it.
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

    /// Marks that a mail leaves now, and begins the lease anew. From here on, a run that ends without a word may have sent it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Failed`] also if the task is another run's: then nothing must be sent.
    pub async fn mark_sending(&self, leased: &mut Leased, now: Timestamp) -> Result<(), StoreError> {
        const OPERATION: &str = "marking that a mail leaves";
        let until = after(now, LEASE).max(leased.until);
        // Before the answer: it may be lost, and the mark be there.
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

    /// Makes the lease of a task longer whose last runs all ended before its mail left: whatever ends them ends one run in
    /// a quarter of an hour, and not each.
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
