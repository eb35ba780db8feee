//! Mails that came back and are owed again: the same one later, or a notice in its place.

use super::items::{number, seconds, text};
use super::task::{Queue, Task};
use super::{Store, StoreError};
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
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
        let owed = |update: UpdateBuilder| {
            update.update_expression(
                "SET notice_at = :at, due_for = :queue, due_at = :now, untried = :none ADD ended :one REMOVE lease",
            )
            .condition_expression(
                "attribute_exists(due_for) AND attribute_not_exists(notice_at) AND attribute_not_exists(delivered_at) \
                 AND attribute_not_exists(bounced_at)",
            )
            .expression_attribute_values(":at", seconds(at))
            .expression_attribute_values(":now", seconds(now))
            .expression_attribute_values(":none", number(0))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":queue", text(task.waits_in(kreds).to_string()))
        };
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
        let latest = at.saturating_add(CLOCKS).unwrap_or(at);
        let owed = |update: UpdateBuilder| {
            update
                .update_expression("SET due_for = :queue, due_at = :due ADD ended :one")
                .condition_expression("due_for = :sent AND sent_at <= :latest AND attribute_not_exists(delivered_at)")
                .expression_attribute_values(":queue", text(queue.to_string()))
                .expression_attribute_values(":latest", seconds(latest))
                .expression_attribute_values(":sent", text(Queue::Sent.to_string()))
                .expression_attribute_values(":due", seconds(due))
                .expression_attribute_values(":one", number(1))
        };
        self.changed("owing a mail again", task.key(), owed).await
    }
}
