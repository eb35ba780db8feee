//! Queues in full, for the digest and for operators: each task as the table has it.

use super::due::Listing;
use super::items::text;
use super::overview::{TaskState, state};
use super::task::{Queue, Task};
use super::{DUE_INDEX, Store, StoreError, failed};
use model::names::{KredsSlug, SubmissionId};
use std::collections::BTreeSet;

impl Store {
    /// Lists what stands in a queue, the oldest first.
    pub async fn queue(&self, queue: &Queue) -> Result<Listing<TaskState>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE_INDEX)
            .key_condition_expression("due_for = :queue")
            .expression_attribute_values(":queue", text(queue.to_string()));
        let mut pages = query.into_paginator().items().send();
        let mut tasks = Listing::default();
        while let Some(item) = pages.next().await {
            let item = item.map_err(|error| failed("asking what stands in a queue", &error))?;
            // The index knows keys only, and may lag: the task itself says the rest.
            let read = match Task::of(&item) {
                Ok(task) if self.is_ghost(&task).await? => continue,
                Ok(task) => match self.item(task.key(), "reading a task").await? {
                    Some(item) => state(&item),
                    None => continue,
                },
                Err(error) => Err(error),
            };
            if read.as_ref().map_or(true, |task| task.stands_in(queue)) {
                tasks.add(&item, read)?;
            }
        }
        Ok(tasks)
    }

    /// A kreds's requests that no mailbox has yet: owed, or parked.
    pub async fn unfinished(&self, kreds: &KredsSlug) -> Result<BTreeSet<SubmissionId>, StoreError> {
        let owed = self.queue(&Queue::Owed(kreds.clone())).await?.items;
        let parked = self.queue(&Queue::Parked).await?.items;
        let police = |state: TaskState| match state.task {
            Task::Mail(id, to) if state.kreds == *kreds && to.is_police() => Some(id),
            _ => None,
        };
        Ok(owed.into_iter().chain(parked).filter_map(police).collect())
    }
}
