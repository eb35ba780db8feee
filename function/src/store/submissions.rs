//! Reads of submissions: the part that a receipt may show, and the whole submission for its mail.
//!
//! An expired submission counts as deleted.

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

/// The attributes that a receipt may read. The answers are not among them.
const RECEIPT: [&str; 10] =
    ["reference", "code_words", "form", "topic", "language", "kreds", "catalog", "received", "promise", "expires_at"];

pub(super) const READING: &str = "reading a submission";

/// The routing of a submission, without its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routed {
    /// The kreds that it was routed to.
    pub kreds: KredsSlug,
    /// The rule that selected the kreds.
    pub rule: Rule,
    /// The version of the catalog whose places were used.
    pub catalog: CatalogVersion,
}

impl Store {
    /// Reads a receipt without reading the answers. `None` if the submission does not exist.
    pub async fn receipt(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Receipt>, StoreError> {
        let get = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(submission_key(id)))
            .consistent_read(true)
            // Some of these are reserved words of DynamoDB, so each has a placeholder.
            .projection_expression(RECEIPT.map(|name| format!("#{name}")).join(", "))
            .set_expression_attribute_names(Some(RECEIPT.map(|name| (format!("#{name}"), name.to_owned())).into()));
        let found = get.send().await.map_err(|error| failed("reading a receipt", &error))?;
        match found.item.filter(|item| !is_expired(item, now)) {
            Some(item) if self.has_key(id).await? => receipt_from(id, &item).map(Some),
            _ => Ok(None),
        }
    }

    /// Reads a submission with its answers. `None` if it does not exist.
    pub async fn submission(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Submission>, StoreError> {
        const KIND: &str = "submission";
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok(None) };
        if is_expired(&item, now) {
            return Ok(None);
        }
        // Without its key, a submission counts as deleted: a restored table may still hold it.
        let Some(data_key) = self.data_key(id).await? else { return Ok(None) };
        let answers = data_key.decrypt(ANSWERS, bytes_of(&item, KIND, ANSWERS)?)?;
        let answers = Answers::from_stored(&answers).map_err(|_| StoreError::Unreadable(KIND))?;
        let danger = item.get("danger").and_then(|value| value.as_bool().ok()).copied().unwrap_or(false);
        let held = item.get("held").and_then(|value| Held::parse(value.as_s().ok()?));
        Ok(Some(Submission { receipt: receipt_from(id, &item)?, answers, danger, held }))
    }

    /// Reads the routing of a submission. `None` if it does not exist.
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

    /// Looks up a submission by its reference.
    pub async fn by_reference(&self, reference: &Reference) -> Result<Option<SubmissionId>, StoreError> {
        let Some(item) = self.item(reference_key(reference), "looking for a reference").await? else { return Ok(None) };
        let id = SubmissionId::parse(text_of(&item, "reference", "id")?);
        id.map(Some).map_err(|_| StoreError::Unreadable("reference"))
    }

    /// The items of a submission: itself and its tasks.
    pub(super) async fn items_of(&self, id: &SubmissionId) -> Result<Vec<Item>, StoreError> {
        self.partition(&submission_pk(id), "reading a submission's items").await
    }

    /// Unwraps the key of a submission's answers; `None` if it is deleted.
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

pub(super) fn form_of(item: &Item) -> Result<FormId, StoreError> {
    FormId::parse(text_of(item, "submission", "form")?).map_err(|_| StoreError::Unreadable("submission"))
}

/// The time by which a submission must be deleted, delivered or not.
pub(super) fn end(item: &Item) -> Result<Timestamp, StoreError> {
    time_of(item, "submission", "received")?.map(Retention::end).ok_or(StoreError::Unreadable("submission"))
}

/// The end of a submission's storage period.
pub(super) fn keep_until(item: &Item) -> Result<Timestamp, StoreError> {
    time_of(item, "submission", "keep_until")?.ok_or(StoreError::Unreadable("submission"))
}
