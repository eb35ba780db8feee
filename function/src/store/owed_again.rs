//! Mails that are owed again: undelivered ones, unchanged or as a notice, and those that an operator sends again.

use super::change::Change;
use super::items::{number, seconds, text};
use super::task::{Queue, Task};
use super::{Store, StoreError};
use crate::clock::after;
use jiff::{SignedDuration, Timestamp};
use model::names::KredsSlug;

/// The most that the mail service's clock may lag behind ours: far less than the time between two attempts at a mail.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

impl Store {
    /// Owes the same mailbox a notice instead of a mail whose message was refused at `at`. Does nothing if the notice
    /// itself was refused, the mail was delivered, or the next recipient has it. Returns true if the notice is newly
    /// owed.
    pub async fn owe_notice(
        &self,
        task: &Task,
        kreds: &KredsSlug,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let owed = Change::new(
            "SET notice_at = :at, due_for = :queue, due_at = :now, untried = :none ADD ended :one REMOVE lease",
        )
        .when(
            "attribute_exists(due_for) AND attribute_not_exists(notice_at) AND attribute_not_exists(delivered_at) \
                 AND attribute_not_exists(bounced_at)",
        )
        .values([
            (":at", seconds(at)),
            (":now", seconds(now)),
            (":none", number(0)),
            (":one", number(1)),
            (":queue", text(task.waits_in(kreds).to_string())),
        ]);
        self.changed("owing a notice", task.key(), owed).await
    }

    /// Owes a mail again that the mail service gave up at `at`, unless it was delivered, was refused, is already owed,
    /// or went out again since: the same report must not send it twice.
    pub async fn owed_again(
        &self,
        task: &Task,
        kreds: &KredsSlug,
        at: Timestamp,
        due: Timestamp,
    ) -> Result<bool, StoreError> {
        let queue = task.waits_in(kreds);
        let latest = after(at, CLOCKS);
        let owed = Change::new("SET due_for = :queue, due_at = :due ADD ended :one")
            .when("due_for = :sent AND sent_at <= :latest AND attribute_not_exists(delivered_at)")
            .values([
                (":queue", text(queue.to_string())),
                (":latest", seconds(latest)),
                (":sent", text(Queue::Sent.to_string())),
                (":due", seconds(due)),
                (":one", number(1)),
            ]);
        self.changed("owing a mail again", task.key(), owed).await
    }

    /// Owes a task's mail again from now on, with all its attempts. Does nothing if it is owed or on its way, nor,
    /// unless `again`, if it went out. Returns true if it is newly owed.
    pub async fn redeliver(
        &self,
        task: &Task,
        kreds: &KredsSlug,
        again: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let queue = task.waits_in(kreds);
        // Parked, or in no queue: a task that waits to be sent, or for a human, is not hurried.
        let condition = if again {
            "attribute_exists(pk) AND (attribute_not_exists(due_for) OR due_for = :parked OR due_for = :sent)"
        } else {
            "attribute_exists(pk) AND (attribute_not_exists(due_for) OR due_for = :parked) \
             AND attribute_not_exists(done_at) AND attribute_not_exists(delivered_at)"
        };
        let mut owed = Change::new(format!(
            "SET {}due_for = :queue, due_at = :now, owed_since = :now, redelivered_at = :now, begun = :none, ended = :none \
             REMOVE parked_at, unconfirmed_at, bounced_at, done_at, withheld_at, lease, notice_at, untried",
            // The mail says that it was sent again.
            if again { "sent_again_at = :now, " } else { "" }
        ))
        .when(condition)
        .values([
            (":queue", text(queue.to_string())),
            (":parked", text(Queue::Parked.to_string())),
            (":now", seconds(now)),
            (":none", number(0)),
        ]);
        if again {
            owed = owed.values([(":sent", text(Queue::Sent.to_string()))]);
        }
        self.changed("owing a mail again", task.key(), owed).await
    }
}
