//! Items as the table has them: keys, attributes, and reading them without trust.

use super::StoreError;
use super::catalogs::PUBLISHING;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use jiff::civil::Date;
use model::names::{CatalogVersion, FormId, KredsSlug, SubmissionId};
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

/// A time attribute: seconds since 1970.
pub(super) fn seconds(time: Timestamp) -> AttributeValue {
    number(time.as_second())
}

/// A binary attribute.
pub(super) fn bytes(value: Vec<u8>) -> AttributeValue {
    AttributeValue::B(Blob::new(value))
}

/// An item, or its key, with attributes besides.
pub(super) fn with<'n>(mut item: Item, attributes: impl IntoIterator<Item = (&'n str, AttributeValue)>) -> Item {
    item.extend(attributes.into_iter().map(|(name, value)| (name.to_owned(), value)));
    item
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

/// Beginning of the keys of submissions in the table of keys.
pub(super) const KEY: &str = "KEY#";

/// The wrapped key of a submission's answers, in the table of keys.
pub(super) fn data_key_key(id: &SubmissionId) -> Item {
    Item::from([("pk".to_owned(), text(format!("{KEY}{id}")))])
}

/// The answers that already made a submission.
pub(super) fn same_key(hash: &str) -> Item {
    key(format!("SAME#{hash}"), "same")
}

/// A reference that is taken.
pub(super) fn reference_key(reference: &Reference) -> Item {
    key(format!("REFERENCE#{reference}"), "reference")
}

/// The submissions of a telephone number, by the keyed hash of it.
pub(super) fn phone_pk(hash: &str) -> String {
    format!("PHONE#{hash}")
}

/// The submissions that a kreds got on a day.
pub(super) fn day_pk(kreds: &KredsSlug, day: Date) -> String {
    format!("DAY#{kreds}#{day}")
}

/// The digests of a kreds's day.
pub(super) fn digest_pk(kreds: &KredsSlug, day: Date) -> String {
    format!("DIGEST#{kreds}#{day}")
}

/// The running number of a mailbox's year.
pub(super) fn serial_key(kreds: &KredsSlug, form: &FormId, year: i16) -> Item {
    key(format!("SERIAL#{kreds}#{form}#{year}"), "serial")
}

/// The running number of a kreds's year, as releases counted that had one series for both mailboxes.
pub(super) fn shared_serial_key(kreds: &KredsSlug, year: i16) -> Item {
    key(format!("SERIAL#{kreds}#{year}"), "serial")
}

/// The running number of a mailbox's year, as the table of keys keeps it.
pub(super) fn kept_serial_key(kreds: &KredsSlug, form: &FormId, year: i16) -> Item {
    Item::from([("pk".to_owned(), text(format!("SERIAL#{kreds}#{form}#{year}")))])
}

/// When the schedule last ran.
pub(super) fn runs_key() -> Item {
    key("RUNS", "last")
}

/// The same, as the table of keys keeps it.
pub(super) fn kept_runs_key() -> Item {
    Item::from([("pk".to_owned(), text("RUNS"))])
}

/// Key of the requests accepted from an address, by the keyed hash of it.
pub(super) fn limit_key(hash: &str) -> Item {
    key(format!("LIMIT#{hash}"), "limit")
}

/// Key of the requests from an address or a telephone number in a day, by the keyed hash of it.
pub(super) fn count_key(hash: &str) -> Item {
    key(format!("COUNT#{hash}"), "count")
}

/// Key of the requests to a kreds in an hour, counted since 1970.
pub(super) fn hour_key(kreds: &KredsSlug, hour: i64) -> Item {
    key(format!("HOUR#{kreds}#{hour}"), "hour")
}

/// That a receipt was mailed to an address, by the keyed hash of it.
pub(super) fn mailed_key(hash: &str) -> Item {
    key(format!("MAILED#{hash}"), "mailed")
}

/// That both mailboxes of a kreds refuse the mail of a form.
pub(super) fn mailbox_key(kreds: &KredsSlug, form: &FormId) -> Item {
    key(mailbox_pk(kreds), form.as_str())
}

/// Key of the state of a kreds's mailboxes.
pub(super) fn mailbox_pk(kreds: &KredsSlug) -> String {
    format!("MAILBOX#{kreds}")
}

/// A published catalog.
pub(super) fn catalog_key(version: &CatalogVersion) -> Item {
    key(PUBLISHING, format!("v#{version}"))
}

/// The pointer to the catalog in force.
pub(super) fn current_key() -> Item {
    key(PUBLISHING, "current")
}

/// Every kreds that was ever in force, so that what is owed to one that is gone is found.
pub(super) fn kredse_key() -> Item {
    key(PUBLISHING, "kredse")
}

/// The next day whose digests are not planned yet.
pub(super) fn next_digest_key() -> Item {
    key("DIGESTS", "next")
}

/// A text attribute of an item of some kind.
pub(super) fn text_of<'a>(item: &'a Item, kind: &'static str, name: &str) -> Result<&'a str, StoreError> {
    item.get(name).and_then(|value| value.as_s().ok()).map(String::as_str).ok_or(StoreError::Unreadable(kind))
}

/// A binary attribute of an item of some kind.
pub(super) fn bytes_of<'a>(item: &'a Item, kind: &'static str, name: &str) -> Result<&'a [u8], StoreError> {
    item.get(name).and_then(|value| value.as_b().ok()).map(Blob::as_ref).ok_or(StoreError::Unreadable(kind))
}

/// A number attribute of an item of some kind.
pub(super) fn number_of(item: &Item, kind: &'static str, name: &str) -> Result<i64, StoreError> {
    let digits = item.get(name).and_then(|value| value.as_n().ok()).ok_or(StoreError::Unreadable(kind))?;
    digits.parse().map_err(|_| StoreError::Unreadable(kind))
}

/// A time that an item may have.
pub(super) fn time_of(item: &Item, kind: &'static str, name: &str) -> Result<Option<Timestamp>, StoreError> {
    if !item.contains_key(name) {
        return Ok(None);
    }
    let second = number_of(item, kind, name)?;
    Timestamp::from_second(second).map(Some).map_err(|_| StoreError::Unreadable(kind))
}

/// Returns true if an item is past its time. DynamoDB removes such items only within days, so every read must ask.
pub(super) fn is_expired(item: &Item, now: Timestamp) -> bool {
    number_of(item, "item", "expires_at").is_ok_and(|expires| expires <= now.as_second())
}
