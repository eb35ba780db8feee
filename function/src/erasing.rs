//! Deletion of a request because its citizen asked, or as spam, with everything that only its answers lead to.

use crate::Service;
use crate::encryption::EncryptionError;
use crate::hashes::Hashed;
use crate::store::{Hashes, StoreError};
use jiff::Timestamp;
use model::names::SubmissionId;
use model::reference::Reference;
use model::submission::Submission;

impl Service {
    /// Deletes a request, wherever it is stored. `by` is the author in the audit. Returns the reference if it existed.
    pub async fn erase(&self, id: &SubmissionId, by: &str) -> Result<Option<Reference>, StoreError> {
        let hashes = self.traces(id).await?;
        self.store.erase(id, &hashes, by, self.clock.now()).await
    }

    /// Deletes a request only if it is held. `what` is the action in the audit. Returns the reference if it was held.
    pub async fn discard(&self, id: &SubmissionId, what: &str, by: &str) -> Result<Option<Reference>, StoreError> {
        let hashes = self.traces(id).await?;
        self.store.discard(id, &hashes, what, by, self.clock.now()).await
    }

    pub(crate) async fn traces(&self, id: &SubmissionId) -> Result<Hashes, StoreError> {
        // A request whose retention period is over, but which is not deleted yet, is deleted as well.
        match self.store.submission(id, Timestamp::MIN).await {
            Ok(Some(submission)) => self.hashes(&submission),
            // Without its key no more can be found out about it; the rest is deleted.
            Ok(None) | Err(StoreError::Encryption(EncryptionError::Undecryptable)) => Ok(Hashes::default()),
            Err(error) => Err(error),
        }
    }

    fn hashes(&self, submission: &Submission) -> Result<Hashes, StoreError> {
        let hashed = |what| self.hash(&what);
        let (form, kreds) = (&submission.receipt.form, &submission.receipt.kreds);
        let answers = submission.answers.to_stored().map_err(|_| StoreError::Unreadable("submission"))?;
        let email = submission.answers.contact.email.as_ref();
        Ok(Hashes {
            same: Some(hashed(Hashed::Same { form, kreds, answers: answers.reveal() })),
            email: email.map(|email| hashed(Hashed::Email(email.reveal()))),
        })
    }
}
