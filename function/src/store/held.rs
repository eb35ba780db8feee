//! Held submissions: each waits until a human releases it, or until its day is over.

use super::change::Change;
use super::items::{seconds, text};
use super::recipient::Recipient;
use super::task::{Queue, Task};
use super::{Store, StoreError};
use jiff::Timestamp;
use model::names::{KredsSlug, SubmissionId};

/// The cause of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Released {
    /// A human has looked at it.
    Seen,
    /// Its time is up, and nobody has looked at it.
    Unseen,
}

impl Store {
    /// The held submissions of a kreds, oldest first.
    pub async fn held(&self, kreds: &KredsSlug) -> Result<Vec<SubmissionId>, StoreError> {
        let mut held: Vec<SubmissionId> = Vec::new();
        for state in self.queue(&Queue::Held(kreds.clone())).await?.items {
            if let Task::Mail(id, _) = state.task
                && !held.contains(&id)
            {
                held.push(id);
            }
        }
        Ok(held)
    }

    /// Releases a held submission: its mails are due now. Returns their number; 0 if it is not held.
    pub async fn release(
        &self,
        id: &SubmissionId,
        kreds: &KredsSlug,
        by: Released,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let change = match by {
            Released::Seen => "SET due_for = :kreds, due_at = :now, owed_since = :now, released_at = :now",
            Released::Unseen => {
                "SET due_for = :kreds, due_at = :now, owed_since = :now, released_at = :now, unseen_at = :now"
            }
        };
        let mut released = 0;
        for recipient in [Recipient::Kreds, Recipient::Citizen] {
            let owed = Change::new(change).when("due_for = :held").values([
                (":kreds", text(Queue::Owed(kreds.clone()).to_string())),
                (":held", text(Queue::Held(kreds.clone()).to_string())),
                (":now", seconds(now)),
            ]);
            let key = Task::Mail(id.clone(), recipient).key();
            released += usize::from(self.changed("releasing a submission", key, owed).await?);
        }
        Ok(released)
    }

    /// True if a submission's mail to the kreds is held.
    pub async fn is_held(&self, id: &SubmissionId) -> Result<bool, StoreError> {
        let task = self.task(&Task::Mail(id.clone(), Recipient::Kreds)).await?;
        Ok(task.is_some_and(|task| task.stands_in(&Queue::Held(task.kreds.clone()))))
    }

    /// True if a submission was released although nobody had looked at it.
    pub async fn went_unseen(&self, id: &SubmissionId) -> Result<bool, StoreError> {
        let task = self.task(&Task::Mail(id.clone(), Recipient::Kreds)).await?;
        Ok(task.is_some_and(|task| task.has("unseen_at")))
    }
}
