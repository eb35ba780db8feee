//! Closed requests: they are kept for a shorter time.

use super::items::{data_key_key, seconds, submission_key, time_of};
use super::outcomes::GRACE;
use super::submissions::{READING, keep_until};
use super::task::Task;
use super::transaction::Transaction;
use super::{Store, StoreError};
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use jiff::Timestamp;
use model::names::SubmissionId;

impl Store {
    /// Lets a closed request go earlier: at `until`, unless its time is up before, but not before a mail about it could
    /// have come back.
    pub async fn keep_closed(&self, id: &SubmissionId, until: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok(()) };
        let until = until.max(now.saturating_add(GRACE).unwrap_or(now));
        if keep_until(&item)? <= until {
            return Ok(());
        }
        let earlier = |update: UpdateBuilder, name: &str| {
            update
                .update_expression("SET #time = :until")
                .condition_expression("attribute_exists(pk) AND #time > :until")
                .expression_attribute_names("#time", name)
                .expression_attribute_values(":until", seconds(until))
        };
        const OPERATION: &str = "letting a closed request go earlier";
        let task = Task::Erase(id.clone()).key();
        if time_of(&item, "submission", "expires_at")?.is_some_and(|expires| expires > until) {
            let both = Transaction::default()
                .update(&self.table, submission_key(id), |update| earlier(update, "expires_at"))
                .update(&self.keys_table, data_key_key(id), |update| earlier(update, "expires_at"));
            self.written(OPERATION, both).await?;
        }
        self.changed(OPERATION, task, |update| earlier(update, "due_at")).await?;
        self.changed(OPERATION, submission_key(id), |update| earlier(update, "keep_until")).await.map(|_| ())
    }
}
