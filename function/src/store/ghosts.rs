//! Ghosts: requests that a point-in-time restore brought back, settled by the table of keys.
//!
//! The table of keys has no backups, so after a point-in-time restore of the main table, it alone knows which requests
//! were deleted since, and whose mail went out.

use super::access::conditional;
use super::change::Change;
use super::erasure::is_submission;
use super::held::Released;
use super::items::{Item, data_key_key, is_expired, number, same_key, seconds, submission_key, text, time_of};
use super::recipient::Recipient;
use super::task::{Queue, Task, kreds_of, serial_at, serial_of};
use super::transaction::Transaction;
use super::withdrawals::is_withdrawn;
use super::{Store, StoreError};
use jiff::Timestamp;
use model::names::{KredsSlug, SubmissionId};
use model::serial::Serial;

/// The result of settling a request that a point-in-time restore may have brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The two tables agree, or its mail must be tried again.
    AsItWas,
    /// It had been deleted, and is deleted again.
    Ghost,
    /// Its mail to the police had gone out: it is no longer owed.
    WentOut,
}

const SETTLING: &str = "settling a restored request";

/// The maximum number of times that both tables are read to settle a request.
const READINGS: usize = 3;

impl Store {
    /// True if the key of a request exists. A request without one is a ghost: it was deleted, and nobody can read it.
    pub(super) async fn has_key(&self, id: &SubmissionId) -> Result<bool, StoreError> {
        Ok(self.kept(data_key_key(id)).await?.is_some())
    }

    /// True if a task belongs to a request that was deleted.
    pub(super) async fn is_ghost(&self, task: &Task) -> Result<bool, StoreError> {
        match task {
            task if let Some(id) = task.submission() => Ok(!self.has_key(id).await? && !self.was_withdrawn(id).await?),
            _ => Ok(false),
        }
    }

    /// Puts a request into the state that the table of keys implies. The two tables are read one after the other: if a
    /// mail goes out or bounces in between, nothing is written, and they are read again.
    pub async fn settle(&self, id: &SubmissionId, now: Timestamp) -> Result<Settled, StoreError> {
        for _ in 0..READINGS {
            if let Some(settled) = self.settle_as_read(id, now).await? {
                return Ok(settled);
            }
        }
        Ok(Settled::AsItWas)
    }

    /// Settles a request once; `None` if the tables changed before the write.
    async fn settle_as_read(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Settled>, StoreError> {
        let (key, items) = (self.kept(data_key_key(id)).await?, self.items_of(id).await?);
        // Otherwise it expired and DynamoDB removed it, or somebody has just deleted it.
        let Some(submission) = items.iter().find(|item| is_submission(item)) else { return Ok(Some(Settled::AsItWas)) };
        let Some(key) = key else {
            // An expired request is deleted by the schedule anyway, and a withdrawn one has no key.
            if is_expired(submission, now) || is_withdrawn(submission) {
                return Ok(Some(Settled::AsItWas));
            }
            self.bury(id, &items, now).await?;
            return Ok(Some(Settled::Ghost));
        };
        for recipient in [Recipient::Kreds, Recipient::Forwarded] {
            let numbered = Task::Mail(id.clone(), recipient);
            let is_numbered = |item: &&Item| Task::of(item).is_ok_and(|task| task == numbered);
            if let (Some(serial), Some(task)) =
                (serial_at(&key, recipient.kept_serial())?, items.iter().find(is_numbered))
                && serial_of(task)?.is_none()
            {
                self.had_number(&numbered, serial, now).await?;
            }
        }
        match (time_of(&key, "key", "expires_at")?, submission.contains_key("expires_at")) {
            (Some(expires), false) => {
                let is_written = self.went_out(id, &kreds_of(submission)?, expires, now).await?;
                Ok(is_written.then_some(Settled::WentOut))
            }
            (None, true) => {
                let is_written = self.came_back(id, &kreds_of(submission)?, now).await?;
                Ok(is_written.then_some(Settled::AsItWas))
            }
            _ => Ok(Some(Settled::AsItWas)),
        }
    }

    /// Removes the mark that equal answers made a request, if that is gone, so that they can make another.
    pub(super) async fn leads_nowhere(
        &self,
        same: &str,
        id: &SubmissionId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if self.receipt(id, now).await?.is_some() {
            return Ok(false);
        }
        let delete = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(same_key(same)))
            .condition_expression("id = :id")
            .expression_attribute_values(":id", text(id.as_str()));
        conditional(delete.send().await, "forgetting that answers made a request").map(|_| true)
    }

    /// Settles a request that a mailbox of the police has: no mail to the police is owed, and it expires as it did
    /// before. A held request had been released. Returns false if nothing was written.
    async fn went_out(
        &self,
        id: &SubmissionId,
        kreds: &KredsSlug,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.release(id, kreds, Released::Seen, now).await?;
        let expiring = |condition: &str| {
            Change::new("SET expires_at = :expires").when(condition).values([(":expires", seconds(expires))])
        };
        // Refused if a mail bounced since the tables were read.
        let mut transaction = Transaction::default()
            .update(
                &self.table,
                submission_key(id),
                expiring("attribute_exists(pk) AND attribute_not_exists(expires_at)"),
            )
            .update(&self.keys_table, data_key_key(id), expiring("expires_at = :expires"));
        for item in self.items_of(id).await?.iter().filter(|item| !is_submission(item)) {
            let task = Task::of(item)?;
            let (Some(queue), Some(due)) = (item.get("due_for"), item.get("due_at")) else { continue };
            // The mail to the kreds that it was forwarded to is still owed.
            if !matches!(&task, Task::Mail(_, to) if to.is_police() && !to.is_forwarded()) {
                continue;
            }
            let over = Change::new(
                "SET sent_at = if_not_exists(sent_at, :now), done_at = :now, restored_at = :now \
                         REMOVE due_for, due_at, parked_at, unconfirmed_at",
            )
            .when("due_for = :queue AND due_at = :due")
            .values([(":now", seconds(now)), (":queue", queue.clone()), (":due", due.clone())]);
            transaction = transaction.update(&self.table, task.key(), over);
        }
        self.written(SETTLING, transaction).await
    }

    /// Settles a request whose mail had bounced, so that nobody has it: it is owed to its kreds again, with all that
    /// follows. Returns false if nothing was written.
    async fn came_back(&self, id: &SubmissionId, kreds: &KredsSlug, now: Timestamp) -> Result<bool, StoreError> {
        let owed = Change::new(
            "SET due_for = :queue, due_at = :now, owed_since = :now, restored_at = :now, begun = :none, \
                     ended = :none REMOVE delivered_at, done_at, parked_at, unconfirmed_at, bounced_at",
        )
        .when("attribute_exists(pk) AND attribute_not_exists(due_for)")
        .values([
            (":queue", text(Queue::Owed(kreds.clone()).to_string())),
            (":now", seconds(now)),
            (":none", number(0)),
        ]);
        let lasting = |condition: &str| Change::new("REMOVE expires_at").when(condition);
        // Refused if its mail went out since the tables were read.
        let transaction = Transaction::default()
            .update(&self.table, submission_key(id), lasting("attribute_exists(expires_at)"))
            .update(
                &self.keys_table,
                data_key_key(id),
                lasting("attribute_exists(pk) AND attribute_not_exists(expires_at)"),
            )
            .update(&self.table, Task::Mail(id.clone(), Recipient::Kreds).key(), owed);
        self.written(SETTLING, transaction).await
    }

    /// Restores the number of a mail that had been tried. If the mail goes out, it says that it may have come before.
    pub(super) async fn had_number(&self, task: &Task, serial: Serial, now: Timestamp) -> Result<(), StoreError> {
        let numbered = Change::new("SET serial = :serial, serial_year = :year, restored_at = :now")
            .when("attribute_exists(pk) AND attribute_not_exists(serial)")
            .values([
                (":serial", number(serial.number.into())),
                (":year", number(serial.year.into())),
                (":now", seconds(now)),
            ]);
        let transaction = Transaction::default().update(&self.table, task.key(), numbered);
        self.written(SETTLING, transaction).await.map(|_| ())
    }
}
