//! Items of both tables: their keys, their attributes, and reads that validate them.

use super::StoreError;
use super::catalogs::PUBLISHING;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use jiff::civil::Date;
use model::names::{CatalogVersion, FormId, KredsSlug, SubmissionId};
use model::reference::Reference;
use std::collections::HashMap;

/// An item, or the key of one: attributes by name.
pub(super) type Item = HashMap<String, AttributeValue>;

/// A text attribute.
pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

/// A number attribute.
pub(super) fn number(value: i64) -> AttributeValue {
    AttributeValue::N(value.to_string())
}

/// A time attribute, in seconds since 1970.
pub(super) fn seconds(time: Timestamp) -> AttributeValue {
    number(time.as_second())
}

/// A binary attribute.
pub(super) fn bytes(value: Vec<u8>) -> AttributeValue {
    AttributeValue::B(Blob::new(value))
}

/// Adds attributes to an item or its key.
pub(super) fn with<'n>(mut item: Item, attributes: impl IntoIterator<Item = (&'n str, AttributeValue)>) -> Item {
    item.extend(attributes.into_iter().map(|(name, value)| (name.to_owned(), value)));
    item
}

/// The primary key of an item in the main table.
pub(super) fn key(pk: impl Into<String>, sk: impl Into<String>) -> Item {
    Item::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

/// The partition of a submission and everything that belongs to it.
pub(super) fn submission_pk(id: &SubmissionId) -> String {
    format!("SUBMISSION#{id}")
}

/// The key of the submission itself.
pub(super) fn submission_key(id: &SubmissionId) -> Item {
    key(submission_pk(id), "submission")
}

/// The prefix of the keys of submissions in the table of keys.
pub(super) const KEY: &str = "KEY#";

/// The key of a submission's wrapped data key, in the table of keys.
pub(super) fn data_key_key(id: &SubmissionId) -> Item {
    Item::from([("pk".to_owned(), text(format!("{KEY}{id}")))])
}

/// The key of the mark that these answers already made a submission.
pub(super) fn same_key(hash: &str) -> Item {
    key(format!("SAME#{hash}"), "same")
}

/// The key of a taken reference.
pub(super) fn reference_key(reference: &Reference) -> Item {
    key(format!("REFERENCE#{reference}"), "reference")
}

/// The partition of the submissions from a telephone number, by its keyed hash.
pub(super) fn phone_pk(hash: &str) -> String {
    format!("PHONE#{hash}")
}

/// The partition of a day list: the submissions that a kreds got on that day.
pub(super) fn day_pk(kreds: &KredsSlug, day: Date) -> String {
    format!("DAY#{kreds}#{day}")
}

/// The partition of the digests of a kreds's day.
pub(super) fn digest_pk(kreds: &KredsSlug, day: Date) -> String {
    format!("DIGEST#{kreds}#{day}")
}

/// The key of a mailbox's series in a year.
pub(super) fn serial_key(kreds: &KredsSlug, form: &FormId, year: i16) -> Item {
    key(format!("SERIAL#{kreds}#{form}#{year}"), "serial")
}

/// The key of a kreds's series in a year, from releases with one series for both mailboxes.
pub(super) fn shared_serial_key(kreds: &KredsSlug, year: i16) -> Item {
    key(format!("SERIAL#{kreds}#{year}"), "serial")
}

/// The key of a mailbox's series in a year, in the table of keys.
pub(super) fn kept_serial_key(kreds: &KredsSlug, form: &FormId, year: i16) -> Item {
    Item::from([("pk".to_owned(), text(format!("SERIAL#{kreds}#{form}#{year}")))])
}

/// The key of the time of the last run.
pub(super) fn runs_key() -> Item {
    key("RUNS", "last")
}

/// The key of the time of the last run, in the table of keys.
pub(super) fn kept_runs_key() -> Item {
    Item::from([("pk".to_owned(), text("RUNS"))])
}

/// The key of the requests accepted from an address, by its keyed hash.
pub(super) fn limit_key(hash: &str) -> Item {
    key(format!("LIMIT#{hash}"), "limit")
}

/// The key of a day's requests from an address or a telephone number, by its keyed hash.
pub(super) fn count_key(hash: &str) -> Item {
    key(format!("COUNT#{hash}"), "count")
}

/// The key of the requests to a kreds in an hour, counted in hours since 1970.
pub(super) fn hour_key(kreds: &KredsSlug, hour: i64) -> Item {
    key(format!("HOUR#{kreds}#{hour}"), "hour")
}

/// The key of the mark that a receipt was mailed to an address, by its keyed hash.
pub(super) fn mailed_key(hash: &str) -> Item {
    key(format!("MAILED#{hash}"), "mailed")
}

/// The key of the refusals of a form's mail by both mailboxes of a kreds.
pub(super) fn mailbox_key(kreds: &KredsSlug, form: &FormId) -> Item {
    key(mailbox_pk(kreds), form.as_str())
}

/// The partition of the state of a kreds's mailboxes.
pub(super) fn mailbox_pk(kreds: &KredsSlug) -> String {
    format!("MAILBOX#{kreds}")
}

/// The key of a published catalog.
pub(super) fn catalog_key(version: &CatalogVersion) -> Item {
    key(PUBLISHING, format!("v#{version}"))
}

/// The key of the pointer to the catalog in force.
pub(super) fn current_key() -> Item {
    key(PUBLISHING, "current")
}

/// The key of the list of all kredse ever in force, so that tasks of a removed one are found.
pub(super) fn kredse_key() -> Item {
    key(PUBLISHING, "kredse")
}

/// The key of the next day without planned digests.
pub(super) fn next_digest_key() -> Item {
    key("DIGESTS", "next")
}

/// Reads a text attribute of an item of some kind.
pub(super) fn text_of<'a>(item: &'a Item, kind: &'static str, name: &str) -> Result<&'a str, StoreError> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).ok_or(StoreError::Unreadable(kind))
}

/// Reads a binary attribute of an item of some kind.
pub(super) fn bytes_of<'a>(item: &'a Item, kind: &'static str, name: &str) -> Result<&'a [u8], StoreError> {
    item.get(name).and_then(|value| value.as_b().ok()).map(Blob::as_ref).ok_or(StoreError::Unreadable(kind))
}

/// Reads a number attribute of an item of some kind.
pub(super) fn number_of(item: &Item, kind: &'static str, name: &str) -> Result<i64, StoreError> {
    let digits = item.get(name).and_then(|value| value.as_n().ok()).ok_or(StoreError::Unreadable(kind))?;
    digits.parse().map_err(|_| StoreError::Unreadable(kind))
}

/// Reads an optional time attribute.
pub(super) fn time_of(item: &Item, kind: &'static str, name: &str) -> Result<Option<Timestamp>, StoreError> {
    if !item.contains_key(name) {
        return Ok(None);
    }
    let second = number_of(item, kind, name)?;
    Timestamp::from_second(second).map(Some).map_err(|_| StoreError::Unreadable(kind))
}

/// True if an item has expired. DynamoDB removes such items only within days, so every read must check.
pub(super) fn is_expired(item: &Item, now: Timestamp) -> bool {
    number_of(item, "item", "expires_at").is_ok_and(|expires| expires <= now.as_second())
}
