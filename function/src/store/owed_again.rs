//! Mails that are owed again: those that came back, as they were or as a notice, and those that an operator sends again.

use super::change::Change;
use super::items::{number, seconds, text};
use super::task::{Queue, Task};
use super::{Store, StoreError};
use crate::clock::after;
use jiff::{SignedDuration, Timestamp};
use model::names::KredsSlug;

/// Most that the mail service's clock may be behind ours. It is far less than the time between two attempts at a mail.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

impl Store {
    /// Has a notice go to the same mailbox instead of a mail whose message was refused `at` a time. Nothing happens if
    /// the notice itself was refused, or the mail arrived, or somebody else has it by now. Returns true if a notice is
    /// owed because of this.
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

    /// The mail service gave up for now, `at` a time: the mail is owed again, unless it arrived, was refused, is owed
    /// already, or went out again since: that this is told twice must not send it twice.
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

    /// Owes a task's mail again from now on, with all its attempts before it. Nothing happens if it is owed or on its
    /// way already, and, unless `again`, if it went out. Returns true if it is owed now because of this.
    pub async fn redeliver(
        &self,
        task: &Task,
        kreds: &KredsSlug,
        again: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let queue = task.waits_in(kreds);
        // Parked, or nowhere: a task that waits to be sent, or for a human, is not pushed.
        let condition = if again {
            "attribute_exists(pk) AND (attribute_not_exists(due_for) OR due_for = :parked OR due_for = :sent)"
        } else {
            "attribute_exists(pk) AND (attribute_not_exists(due_for) OR due_for = :parked) \
             AND attribute_not_exists(done_at) AND attribute_not_exists(delivered_at)"
        };
        let mut owed = Change::new(format!(
            "SET {}due_for = :queue, due_at = :now, owed_since = :now, redelivered_at = :now, begun = :none, ended = :none \
             REMOVE parked_at, unconfirmed_at, bounced_at, done_at, withheld_at, lease, notice_at, untried",
            // The mail says so.
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
