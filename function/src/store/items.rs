//! Items as the table has them: keys, attributes, and reading them without trust.

use super::StoreError;
use aws_sdk_dynamodb::types::AttributeValue;
use model::names::{CatalogVersion, SubmissionId};
use model::reference::Reference;
use std::collections::HashMap;

/// An item.
pub(super) type Item = HashMap<String, AttributeValue>;

/// A text attribute.
pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub(super) fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// The two keys of an item.
pub(super) fn key(pk: impl Into<String>, sk: impl Into<String>) -> Item {
    Item::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

/// Where a submission and all that belongs to it stands.
pub(super) fn submission_pk(id: &SubmissionId) -> String {
    format!("SUBMISSION#{id}")
}

/// The submission itself.
pub(super) fn submission_key(id: &SubmissionId) -> Item {
    key(submission_pk(id), "submission")
}

/// The answers that already made a submission.
pub(super) fn same_key(hash: &str) -> Item {
    key(format!("SAME#{hash}"), "same")
}

/// A reference that is taken.
pub(super) fn reference_key(reference: &Reference) -> Item {
    key(format!("REFERENCE#{reference}"), "reference")
}

/// A published catalog.
pub(super) fn catalog_key(version: &CatalogVersion) -> Item {
    key("CATALOG", format!("v#{version}"))
}

/// The pointer to the catalog in force.
pub(super) fn current_key() -> Item {
    key("CATALOG", "current")
}

/// A text attribute of an item of some kind.
pub(super) fn text_of<'a>(item: &'a Item, kind: &'static str, name: &str) -> Result<&'a str, StoreError> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).ok_or(StoreError::Unreadable(kind))
}

/// A number attribute of an item of some kind.
pub(super) fn number_of(item: &Item, kind: &'static str, name: &str) -> Result<i64, StoreError> {
    let digits = item.get(name).and_then(|value| value.as_n().ok()).ok_or(StoreError::Unreadable(kind))?;
    digits.parse().map_err(|_| StoreError::Unreadable(kind))
}
