//! Sending a mail again because an operator says so.

use super::items::{number, seconds, text};
use super::task::{Queue, Task};
use super::{Store, StoreError};
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::Timestamp;
use model::names::KredsSlug;

impl Store {
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
        let owed = |update: UpdateBuilder| {
            let update = update
                .update_expression(format!(
                    "SET {}due_for = :queue, due_at = :now, owed_since = :now, redelivered_at = :now, begun = :none, \
                     ended = :none \
                     REMOVE parked_at, unconfirmed_at, bounced_at, done_at, withheld_at, lease, notice_at, untried",
                    // The mail says so.
                    if again { "sent_again_at = :now, " } else { "" }
                ))
                .condition_expression(condition)
                .expression_attribute_values(":queue", text(queue.to_string()))
                .expression_attribute_values(":parked", text(Queue::Parked.to_string()))
                .expression_attribute_values(":now", seconds(now))
                .expression_attribute_values(":none", number(0));
            if again { update.expression_attribute_values(":sent", text(Queue::Sent.to_string())) } else { update }
        };
        self.changed("owing a mail again", task.key(), owed).await
    }
}
