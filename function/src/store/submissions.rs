//! Submissions in the table: accepted whole in one transaction, or not at all.

use super::items::{Item, number, number_of, reference_key, same_key, submission_key, text, text_of};
use super::tasks::{Task, task_item};
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use jiff::Timestamp;
use model::answers::Answers;
use model::code_words::CodeWords;
use model::names::{CatalogVersion, ChoiceCode, FormId, KredsSlug, Language, SubmissionId, hex};
use model::pii::Pii;
use model::reference::Reference;
use model::submission::{Held, Receipt, Submission};
use sha2::{Digest, Sha256};

/// How long equal answers make one submission.
const SAME_SECONDS: i64 = 24 * 60 * 60;

/// A submission that is not stored yet.
pub struct Draft<'a> {
    /// What will be stored.
    pub submission: &'a Submission,
    /// The keyed hash of its content: equal answers, equal hash.
    pub same: &'a str,
    /// The mails that it owes.
    pub tasks: &'a [Task],
}

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It is stored.
    New,
    /// Equal answers were stored before, under this id: a double click, or a page sent again.
    Before(SubmissionId),
    /// Its reference or id is taken: draw new ones and try again.
    Taken,
}

/// What a receipt may read. The answers are not among it.
const RECEIPT: [&str; 9] =
    ["reference", "code_words", "form", "topic", "language", "kreds", "catalog", "received", "promise"];

impl Store {
    /// Stores a draft with its tasks in one transaction.
    pub async fn accept(&self, draft: &Draft<'_>) -> Result<Accepted, StoreError> {
        let receipt = &draft.submission.receipt;
        let received = receipt.received.as_second();
        let mut same = same_key(draft.same);
        same.insert("id".to_owned(), text(receipt.id.as_str()));
        same.insert("expires_at".to_owned(), number(received + SAME_SECONDS));
        let mut reference = reference_key(&receipt.reference);
        reference.insert("id".to_owned(), text(receipt.id.as_str()));

        let unless_there = |put: aws_sdk_dynamodb::types::builders::PutBuilder| {
            put.table_name(&self.table).condition_expression("attribute_not_exists(pk)")
        };
        // An expired item stays readable for days, so the condition asks for the time itself.
        let same = Put::builder()
            .table_name(&self.table)
            .set_item(Some(same))
            .condition_expression("attribute_not_exists(pk) OR expires_at <= :now")
            .expression_attribute_values(":now", number(received));
        let mut puts = vec![
            same,
            unless_there(Put::builder().set_item(Some(reference))),
            unless_there(Put::builder().set_item(Some(submission_item(draft.submission)?))),
        ];
        let is_held = draft.submission.held.is_some();
        let tasks = draft.tasks.iter().map(|task| task_item(&receipt.id, task, is_held, receipt.received));
        puts.extend(tasks.map(|item| unless_there(Put::builder().set_item(Some(item)))));
        let writes = puts.into_iter().map(|put| put.build().map(|put| TransactWriteItem::builder().put(put).build()));
        let writes = writes.collect::<Result<Vec<_>, _>>().map_err(|_| StoreError::Unreadable("transaction"))?;

        // The token makes a retry of this call by the SDK one transaction.
        let token = hex(&Sha256::digest(receipt.id.as_str()))[..36].to_owned();
        let write = self.client.transact_write_items().set_transact_items(Some(writes)).client_request_token(token);
        match write.send().await {
            Ok(_) => Ok(Accepted::New),
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    let failed_at = |place: usize| {
                        let reason = cancelled.cancellation_reasons().get(place);
                        reason.and_then(|reason| reason.code()) == Some("ConditionalCheckFailed")
                    };
                    if failed_at(0) {
                        let id = self.same_before(draft.same).await?;
                        Ok(id.map_or(Accepted::Taken, Accepted::Before))
                    } else if failed_at(1) || failed_at(2) {
                        Ok(Accepted::Taken)
                    } else {
                        Err(StoreError::Failed { operation: "storing a submission", reason: "conflict".to_owned() })
                    }
                }
                Some(other) => Err(StoreError::Failed {
                    operation: "storing a submission",
                    reason: other.code().unwrap_or("refused").to_owned(),
                }),
                None => Err(failed("storing a submission", &error)),
            },
        }
    }

    /// The submission that equal answers made before.
    async fn same_before(&self, same: &str) -> Result<Option<SubmissionId>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(same_key(same))).consistent_read(true);
        let found = get.send().await.map_err(|error| failed("looking for the same submission", &error))?;
        let Some(item) = found.item else { return Ok(None) };
        let id = SubmissionId::parse(text_of(&item, "same", "id")?);
        id.map(Some).map_err(|_| StoreError::Unreadable("same"))
    }

    /// What the receipt shows, if there is such a submission. The answers are not even read.
    pub async fn receipt(&self, id: &SubmissionId) -> Result<Option<Receipt>, StoreError> {
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
        found.item.map(|item| receipt_from(id, &item)).transpose()
    }

    /// A submission with its answers.
    pub async fn submission(&self, id: &SubmissionId) -> Result<Option<Submission>, StoreError> {
        let get =
            self.client.get_item().table_name(&self.table).set_key(Some(submission_key(id))).consistent_read(true);
        let found = get.send().await.map_err(|error| failed("reading a submission", &error))?;
        let Some(item) = found.item else { return Ok(None) };
        let answers = Pii::new(text_of(&item, "submission", "answers")?.to_owned());
        let answers = Answers::from_stored(&answers).map_err(|_| StoreError::Unreadable("submission"))?;
        let danger = item.get("danger").and_then(|value| value.as_bool().ok()).copied().unwrap_or(false);
        let held = item.get("held").and_then(|value| Held::parse(value.as_s().ok()?));
        Ok(Some(Submission { receipt: receipt_from(id, &item)?, answers, danger, held }))
    }
}

fn submission_item(submission: &Submission) -> Result<Item, StoreError> {
    let receipt = &submission.receipt;
    let unreadable = || StoreError::Unreadable("submission");
    let answers = submission.answers.to_stored().map_err(|_| unreadable())?;
    let promise = serde_json::to_string(&receipt.promise).map_err(|_| unreadable())?;
    let mut item = submission_key(&receipt.id);
    item.extend([
        ("reference".to_owned(), text(receipt.reference.as_str())),
        ("code_words".to_owned(), text(receipt.code_words.said())),
        ("danger".to_owned(), AttributeValue::Bool(submission.danger)),
        ("form".to_owned(), text(receipt.form.as_str())),
        ("language".to_owned(), text(receipt.language.as_str())),
        ("kreds".to_owned(), text(receipt.kreds.as_str())),
        ("catalog".to_owned(), text(receipt.catalog.as_str())),
        ("received".to_owned(), number(receipt.received.as_second())),
        ("promise".to_owned(), text(promise)),
        ("answers".to_owned(), text(answers.reveal())),
    ]);
    item.extend(receipt.topic.as_ref().map(|topic| ("topic".to_owned(), text(topic.as_str()))));
    item.extend(submission.held.map(|held| ("held".to_owned(), text(held.as_str()))));
    Ok(item)
}

fn receipt_from(id: &SubmissionId, item: &Item) -> Result<Receipt, StoreError> {
    const KIND: &str = "submission";
    let unreadable = || StoreError::Unreadable(KIND);
    let read = |name: &str| text_of(item, KIND, name);
    Ok(Receipt {
        id: id.clone(),
        reference: Reference::parse(read("reference")?).map_err(|_| unreadable())?,
        code_words: CodeWords::from_stored(read("code_words")?).ok_or_else(unreadable)?,
        form: FormId::parse(read("form")?).map_err(|_| unreadable())?,
        topic: item.get("topic").and_then(|value| ChoiceCode::parse(value.as_s().ok()?).ok()),
        language: Language::parse(read("language")?).map_err(|_| unreadable())?,
        kreds: KredsSlug::parse(read("kreds")?).map_err(|_| unreadable())?,
        catalog: CatalogVersion::parse(read("catalog")?).map_err(|_| unreadable())?,
        received: Timestamp::from_second(number_of(item, KIND, "received")?).map_err(|_| unreadable())?,
        promise: serde_json::from_str(read("promise")?).map_err(|_| unreadable())?,
    })
}
