//! Requests as the table of keys knows them.
//!
//! It has no backups, so after a restore in time of the main table it alone knows which were deleted since, and whose mail
//! went out.

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

/// Result for a request that may have been brought back by a restore in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The two tables agree, or its mail must be tried again.
    AsItWas,
    /// It had been deleted, and is again.
    Ghost,
    /// Its mail to the police had gone out: it is not owed any more.
    WentOut,
}

const SETTLING: &str = "settling a restored request";

/// Most times that both tables are read to settle a request.
const READINGS: usize = 3;

impl Store {
    /// Returns true if the key of a request is there. One without is a ghost: it was deleted, and nobody can read it.
    pub(super) async fn has_key(&self, id: &SubmissionId) -> Result<bool, StoreError> {
        Ok(self.kept(data_key_key(id)).await?.is_some())
    }

    /// Returns true if a task is of a request that was deleted.
    pub(super) async fn is_ghost(&self, task: &Task) -> Result<bool, StoreError> {
        match task {
            task if let Some(id) = task.submission() => Ok(!self.has_key(id).await? && !self.was_withdrawn(id).await?),
            _ => Ok(false),
        }
    }

    /// Brings a request to where it was by what the table of keys knows of it. The two tables are read one after the other:
    /// if a mail went out or came back in between, nothing is written, and they are read again.
    pub async fn settle(&self, id: &SubmissionId, now: Timestamp) -> Result<Settled, StoreError> {
        for _ in 0..READINGS {
            if let Some(settled) = self.settle_as_read(id, now).await? {
                return Ok(settled);
            }
        }
        Ok(Settled::AsItWas)
    }

    /// The same; `None` if the tables were other ones by the time of writing.
    async fn settle_as_read(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Settled>, StoreError> {
        let (key, items) = (self.kept(data_key_key(id)).await?, self.items_of(id).await?);
        // Without it, DynamoDB has removed what expired, or somebody has just deleted it.
        let Some(submission) = items.iter().find(|item| is_submission(item)) else { return Ok(Some(Settled::AsItWas)) };
        let Some(key) = key else {
            // Its retention is over: the schedule deletes it anyway. What was withdrawn has no key.
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

    /// Removes what says that equal answers made a request which is there no more, so that they can make another.
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

    /// A mailbox of the police has it: nothing to the police is owed, and its time counts as it did. A held request had
    /// been released. Returns false if nothing was written.
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
        // Not if a mail came back since the tables were read.
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
            // A mail by which it was forwarded is owed to another kreds.
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

    /// It had come back, and nobody has it: it is owed to its kreds again, and goes the usual way from there. Returns
    /// false if nothing was written.
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
        // Not if its mail went out since the tables were read.
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

    /// Its mail had been tried: it keeps its number, and if it goes out it says that it may have come before.
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
