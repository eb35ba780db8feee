//! Mails that came back and are owed again: the same one later, or a notice in its place.

use super::items::{number, seconds, text};
use super::leases::is_refused;
use super::task::{Queue, Task};
use super::{Store, StoreError, failed};
use jiff::{SignedDuration, Timestamp};
use model::names::KredsSlug;

/// How much the mail service's clock may be behind ours. It is far less than the time between two attempts at a mail.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

impl Store {
    /// Has a notice go to the same mailbox instead of a mail whose message was refused. Nothing happens if the notice itself
    /// was refused, or the mail arrived, or somebody else has it by now. Whether a notice is owed because of this.
    pub async fn owe_notice(&self, task: &Task, kreds: &KredsSlug, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(task.key()))
            .update_expression(
                "SET notice_at = :now, due_for = :queue, due_at = :now, untried = :none ADD ended :one REMOVE lease",
            )
            .condition_expression(
                "attribute_exists(due_for) AND attribute_not_exists(notice_at) AND attribute_not_exists(delivered_at) \
                 AND attribute_not_exists(bounced_at)",
            )
            .expression_attribute_values(":now", seconds(now))
            .expression_attribute_values(":none", number(0))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":queue", text(task.waits_in(kreds).to_string()));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(failed("owing a notice", &error)),
        }
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
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(task.key()))
            .update_expression("SET due_for = :queue, due_at = :due ADD ended :one")
            .condition_expression("due_for = :sent AND sent_at <= :latest AND attribute_not_exists(delivered_at)")
            .expression_attribute_values(":queue", text(queue.to_string()))
            .expression_attribute_values(":latest", seconds(latest))
            .expression_attribute_values(":sent", text(Queue::Sent.to_string()))
            .expression_attribute_values(":due", seconds(due))
            .expression_attribute_values(":one", number(1));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(failed("owing a mail again", &error)),
        }
    }
}
