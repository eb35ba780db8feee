//! Tasks in the table: what is owed, to whom, and when it is due.

use super::items::{Item, key, number, number_of, submission_pk, text, text_of};
use super::quarantine::quarantine;
use super::{DUE_INDEX, Store, StoreError, failed};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use model::names::{KredsSlug, SubmissionId};

/// A promise with a due time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// Mail a submission to its kreds.
    MailKreds(KredsSlug),
    /// Mail the citizen a receipt of a submission to this kreds.
    MailCitizen(KredsSlug),
}

/// A task that this run may do, and nobody else until the lease runs out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    /// The submission that it belongs to.
    pub submission: SubmissionId,
    /// What to do.
    pub task: Task,
    /// How often it has been tried, this time included.
    pub attempts: u32,
    /// Until when it is ours; also what tells our marks from another run's.
    until: Timestamp,
}

/// How long a run has for one mail. After a crash the task is due again this much later.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// The most tasks of one kreds in one run, so that one kreds's backlog does not keep the others waiting.
const AT_ONCE: i32 = 25;

impl Task {
    /// Whose queue it stands in.
    #[must_use]
    pub const fn due_for(&self) -> &KredsSlug {
        match self {
            Self::MailKreds(kreds) | Self::MailCitizen(kreds) => kreds,
        }
    }

    pub(super) fn sort_key(&self) -> String {
        match self {
            Self::MailKreds(kreds) => format!("task#mail-kreds#{kreds}"),
            Self::MailCitizen(kreds) => format!("task#mail-citizen#{kreds}"),
        }
    }

    fn parse(sort_key: &str) -> Option<Self> {
        let (kind, kreds) = sort_key.strip_prefix("task#")?.split_once('#')?;
        let kreds = KredsSlug::parse(kreds).ok()?;
        match kind {
            "mail-kreds" => Some(Self::MailKreds(kreds)),
            "mail-citizen" => Some(Self::MailCitizen(kreds)),
            _ => None,
        }
    }
}

/// A new task, due at once; one that is held is in the quarantine's queue instead of its own.
pub(super) fn task_item(id: &SubmissionId, task: &Task, is_held: bool, now: Timestamp) -> Item {
    let mut item = key(submission_pk(id), task.sort_key());
    let due_for = if is_held { quarantine(task.due_for()) } else { task.due_for().to_string() };
    item.extend([
        ("due_for".to_owned(), text(due_for)),
        ("due_at".to_owned(), number(now.as_second())),
        ("attempts".to_owned(), number(0)),
    ]);
    item
}

impl Store {
    /// Leases the tasks of one kreds that are due at `now`, oldest first, each for this run alone.
    pub async fn lease_due(&self, kreds: &KredsSlug, now: Timestamp) -> Result<Vec<Leased>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE_INDEX)
            .key_condition_expression("due_for = :kreds AND due_at <= :now")
            .expression_attribute_values(":kreds", text(kreds.as_str()))
            .expression_attribute_values(":now", number(now.as_second()))
            .limit(AT_ONCE);
        let found = query.send().await.map_err(|error| failed("asking what is due", &error))?;
        let mut leased = Vec::new();
        for item in found.items() {
            match self.lease(item, now).await {
                Ok(Some(task)) => leased.push(task),
                Ok(None) => {}
                // One task that cannot be leased must not keep the others from going out.
                Err(error) => tracing::error!(%error, %kreds, "a task could not be leased"),
            }
        }
        Ok(leased)
    }

    /// The index may lag behind the table, so the lease is a conditional write on the task itself.
    async fn lease(&self, item: &Item, now: Timestamp) -> Result<Option<Leased>, StoreError> {
        const KIND: &str = "task";
        let unreadable = || StoreError::Unreadable(KIND);
        let (pk, sk) = (text_of(item, KIND, "pk")?, text_of(item, KIND, "sk")?);
        let submission = pk.strip_prefix("SUBMISSION#").and_then(|id| SubmissionId::parse(id).ok());
        let task = Task::parse(sk).ok_or_else(unreadable)?;
        let until = now.saturating_add(LEASE).map_err(|_| unreadable())?;
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(pk, sk)))
            .update_expression("SET due_at = :until ADD attempts :one")
            .condition_expression("due_at = :seen")
            .expression_attribute_values(":until", number(until.as_second()))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":seen", number(number_of(item, KIND, "due_at")?))
            .return_values(aws_sdk_dynamodb::types::ReturnValue::AllNew);
        match update.send().await {
            Ok(updated) => {
                let item = updated.attributes.ok_or_else(unreadable)?;
                let attempts = u32::try_from(number_of(&item, KIND, "attempts")?).map_err(|_| unreadable())?;
                Ok(Some(Leased { submission: submission.ok_or_else(unreadable)?, task, attempts, until }))
            }
            Err(error)
                if error.as_service_error().is_some_and(
                    aws_sdk_dynamodb::operation::update_item::UpdateItemError::is_conditional_check_failed_exception,
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(failed("leasing a task", &error)),
        }
    }

    /// The task is done, and no longer owed.
    pub async fn done(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        self.end(leased, "SET sent_at = :at REMOVE due_for, due_at", now, "marking a task as done").await
    }

    /// The task was tried often enough: it stays, and a human must look.
    pub async fn park(&self, leased: &Leased, now: Timestamp) -> Result<(), StoreError> {
        self.end(leased, "SET parked_at = :at REMOVE due_for, due_at", now, "parking a task").await
    }

    /// The task failed and is due again at `at`.
    pub async fn due_again(&self, leased: &Leased, at: Timestamp) -> Result<(), StoreError> {
        self.end(leased, "SET due_at = :at", at, "putting a task off").await
    }

    /// Ends a lease, unless it ran out and another run has the task now: then that run's mark counts.
    async fn end(
        &self,
        leased: &Leased,
        change: &str,
        at: Timestamp,
        operation: &'static str,
    ) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(submission_pk(&leased.submission), leased.task.sort_key())))
            .update_expression(change)
            .condition_expression("due_at = :until")
            .expression_attribute_values(":at", AttributeValue::N(at.as_second().to_string()))
            .expression_attribute_values(":until", number(leased.until.as_second()));
        match update.send().await {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().is_some_and(
                    aws_sdk_dynamodb::operation::update_item::UpdateItemError::is_conditional_check_failed_exception,
                ) =>
            {
                Ok(())
            }
            Err(error) => Err(failed(operation, &error)),
        }
    }
}
