//! The queue of submissions that wait for a human: what is in it, and letting one go.

use super::items::{key, number, submission_pk, text, text_of};
use super::{DUE_INDEX, Store, StoreError, Task, failed};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use jiff::Timestamp;
use model::names::{KredsSlug, SubmissionId};

/// Where the tasks of held submissions stand in the index. No kreds has such a name, so no run takes them.
pub(super) fn quarantine(kreds: &KredsSlug) -> String {
    format!("quarantine#{kreds}")
}

impl Store {
    /// The submissions to one kreds that are held, the oldest first.
    pub async fn held(&self, kreds: &KredsSlug) -> Result<Vec<SubmissionId>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE_INDEX)
            .key_condition_expression("due_for = :held")
            .expression_attribute_values(":held", text(quarantine(kreds)));
        let mut pages = query.into_paginator().items().send();
        let mut held: Vec<SubmissionId> = Vec::new();
        while let Some(item) = pages.next().await {
            let item = item.map_err(|error| failed("asking what is held", &error))?;
            let id = text_of(&item, "task", "pk")?.strip_prefix("SUBMISSION#").map(SubmissionId::parse);
            let Some(Ok(id)) = id else { return Err(StoreError::Unreadable("task")) };
            if !held.contains(&id) {
                held.push(id);
            }
        }
        Ok(held)
    }

    /// Lets a held submission go: its mails are due now. How many of them there are; none if it is not held.
    pub async fn release(&self, id: &SubmissionId, kreds: &KredsSlug, now: Timestamp) -> Result<usize, StoreError> {
        let mut released = 0;
        for task in [Task::MailKreds(kreds.clone()), Task::MailCitizen(kreds.clone())] {
            let update = self
                .client
                .update_item()
                .table_name(&self.table)
                .set_key(Some(key(submission_pk(id), task.sort_key())))
                .update_expression("SET due_for = :kreds, due_at = :now, released_at = :now")
                .condition_expression("due_for = :held")
                .expression_attribute_values(":kreds", text(kreds.as_str()))
                .expression_attribute_values(":held", text(quarantine(kreds)))
                .expression_attribute_values(":now", number(now.as_second()));
            match update.send().await {
                Ok(_) => released += 1,
                Err(error)
                    if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) => {
                }
                Err(error) => return Err(failed("releasing a submission", &error)),
            }
        }
        Ok(released)
    }
}
