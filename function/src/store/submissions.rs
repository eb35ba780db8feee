//! Reading submissions: the part that a receipt may show, and all of one for the mail.
//!
//! A submission past its time is not there.

use super::accept::ANSWERS;
use super::items::{
    Item, bytes_of, data_key_key, is_expired, number_of, reference_key, submission_key, submission_pk, text_of, time_of,
};
use super::{Store, StoreError, failed};
use crate::encryption::{DataKey, WrappedKey};
use crate::route::Rule;
use jiff::Timestamp;
use model::answers::Answers;
use model::code_words::CodeWords;
use model::names::{CatalogVersion, ChoiceCode, FormId, KredsSlug, Language, SubmissionId};
use model::reference::Reference;
use model::retention::Retention;
use model::submission::{Held, Receipt, Submission};

/// Attributes that a receipt may read. The answers are not among them.
const RECEIPT: [&str; 10] =
    ["reference", "code_words", "form", "topic", "language", "kreds", "catalog", "received", "promise", "expires_at"];

/// Name of the operation that reads a submission.
pub(super) const READING: &str = "reading a submission";

/// Why a submission went where it did, without a word of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The kreds.
    pub kreds: KredsSlug,
    /// The rule that led there.
    pub rule: Rule,
    /// The catalog whose places were used.
    pub catalog: CatalogVersion,
}

impl Store {
    /// Reads the receipt, if there is such a submission. The answers are not even read.
    pub async fn receipt(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Receipt>, StoreError> {
        let get = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(submission_key(id)))
            .consistent_read(true)
            // Some of these are words that DynamoDB keeps for itself, so all stand behind a name of ours.
            .projection_expression(RECEIPT.map(|name| format!("#{name}")).join(", "))
            .set_expression_attribute_names(Some(RECEIPT.map(|name| (format!("#{name}"), name.to_owned())).into()));
        let found = get.send().await.map_err(|error| failed("reading a receipt", &error))?;
        match found.item.filter(|item| !is_expired(item, now)) {
            Some(item) if self.has_key(id).await? => receipt_from(id, &item).map(Some),
            _ => Ok(None),
        }
    }

    /// A submission with its answers.
    pub async fn submission(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Submission>, StoreError> {
        const KIND: &str = "submission";
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok(None) };
        if is_expired(&item, now) {
            return Ok(None);
        }
        // Without its key it is as good as deleted: a table that was restored may still hold it.
        let Some(data_key) = self.data_key(id).await? else { return Ok(None) };
        let answers = data_key.decrypt(ANSWERS, bytes_of(&item, KIND, ANSWERS)?)?;
        let answers = Answers::from_stored(&answers).map_err(|_| StoreError::Unreadable(KIND))?;
        let danger = item.get("danger").and_then(|value| value.as_bool().ok()).copied().unwrap_or(false);
        let held = item.get("held").and_then(|value| Held::parse(value.as_s().ok()?));
        Ok(Some(Submission { receipt: receipt_from(id, &item)?, answers, danger, held }))
    }

    /// Why a submission went where it did.
    pub async fn routed(&self, id: &SubmissionId) -> Result<Option<Routed>, StoreError> {
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok(None) };
        if !self.has_key(id).await? {
            return Ok(None);
        }
        let unreadable = || StoreError::Unreadable("submission");
        let read = |name: &str| text_of(&item, "submission", name);
        Ok(Some(Routed {
            kreds: KredsSlug::parse(read("kreds")?).map_err(|_| unreadable())?,
            rule: Rule::parse(read("rule")?).ok_or_else(unreadable)?,
            catalog: CatalogVersion::parse(read("catalog")?).map_err(|_| unreadable())?,
        }))
    }

    /// The submission with a reference.
    pub async fn by_reference(&self, reference: &Reference) -> Result<Option<SubmissionId>, StoreError> {
        let Some(item) = self.item(reference_key(reference), "looking for a reference").await? else { return Ok(None) };
        let id = SubmissionId::parse(text_of(&item, "reference", "id")?);
        id.map(Some).map_err(|_| StoreError::Unreadable("reference"))
    }

    /// All items of a submission: itself and its tasks.
    pub(super) async fn items_of(&self, id: &SubmissionId) -> Result<Vec<Item>, StoreError> {
        self.partition(&submission_pk(id), "reading a submission's items").await
    }

    /// The key of a submission's answers, if it is there.
    pub(super) async fn data_key(&self, id: &SubmissionId) -> Result<Option<DataKey>, StoreError> {
        let Some(item) = self.kept(data_key_key(id)).await? else { return Ok(None) };
        let wrapped = WrappedKey(bytes_of(&item, "key", "wrapped")?.to_vec());
        Ok(Some(self.keys.unwrap_key(id, &wrapped).await?))
    }
}

pub(super) fn receipt_from(id: &SubmissionId, item: &Item) -> Result<Receipt, StoreError> {
    const KIND: &str = "submission";
    let unreadable = || StoreError::Unreadable(KIND);
    let read = |name: &str| text_of(item, KIND, name);
    Ok(Receipt {
        id: id.clone(),
        reference: Reference::parse(read("reference")?).map_err(|_| unreadable())?,
        code_words: CodeWords::from_stored(read("code_words")?).ok_or_else(unreadable)?,
        form: form_of(item)?,
        topic: item.get("topic").and_then(|value| ChoiceCode::parse(value.as_s().ok()?).ok()),
        language: Language::parse(read("language")?).map_err(|_| unreadable())?,
        kreds: KredsSlug::parse(read("kreds")?).map_err(|_| unreadable())?,
        catalog: CatalogVersion::parse(read("catalog")?).map_err(|_| unreadable())?,
        received: Timestamp::from_second(number_of(item, KIND, "received")?).map_err(|_| unreadable())?,
        promise: serde_json::from_str(read("promise")?).map_err(|_| unreadable())?,
    })
}

/// The form that a submission came by.
pub(super) fn form_of(item: &Item) -> Result<FormId, StoreError> {
    FormId::parse(text_of(item, "submission", "form")?).map_err(|_| StoreError::Unreadable("submission"))
}

/// When a submission must be gone whatever became of it.
pub(super) fn end(item: &Item) -> Result<Timestamp, StoreError> {
    time_of(item, "submission", "received")?.map(Retention::end).ok_or(StoreError::Unreadable("submission"))
}

/// When a submission's time is up.
pub(super) fn keep_until(item: &Item) -> Result<Timestamp, StoreError> {
    time_of(item, "submission", "keep_until")?.ok_or(StoreError::Unreadable("submission"))
}
