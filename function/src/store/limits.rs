//! Limits: how much is accepted from one address, and how often a receipt is mailed to one.

use super::items::{Item, limit_key, mailed_key, number, number_of, seconds, text};
use super::transaction::Transaction;
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use jiff::{SignedDuration, Timestamp};

/// How long an accepted request counts against its address.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// How long after a receipt no other is mailed to the same address.
pub const BETWEEN_RECEIPTS: SignedDuration = SignedDuration::from_hours(1);

/// Whether there is room for one more request from an address.
pub enum Room {
    /// There is, if this still holds when the request is stored.
    Free(Entry),
    /// There is not.
    Full,
}

/// What is written about an address together with the request that it sent.
pub struct Entry {
    hash: String,
    kind: Kind,
    now: Timestamp,
}

enum Kind {
    /// The first for a while.
    First,
    /// One more, of at most so many.
    Another(u32),
}

impl Store {
    /// Whether another request of an address may be stored; `hash` is the keyed hash of the address, never it itself.
    pub async fn room(&self, hash: &str, limit: u32, now: Timestamp) -> Result<Room, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(limit_key(hash))).consistent_read(true);
        let found = get.send().await.map_err(|error| failed("asking about a limit", &error))?;
        let entry = |kind| Room::Free(Entry { hash: hash.to_owned(), kind, now });
        let Some(item) = found.item else { return Ok(entry(Kind::First)) };
        let (since, hits) = (number_of(&item, "limit", "since")?, number_of(&item, "limit", "hits")?);
        Ok(if since <= beginning(now) {
            entry(Kind::First)
        } else if hits < i64::from(limit) {
            entry(Kind::Another(limit))
        } else {
            Room::Full
        })
    }

    /// Takes the right to mail a receipt to an address, for the mail with this name. Whether it may be sent: not if another
    /// one was within the hour, but always again if it is the same one.
    pub async fn may_mail_receipt(&self, hash: &str, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        let mut item = mailed_key(hash);
        let until = now.saturating_add(BETWEEN_RECEIPTS).unwrap_or(now);
        item.extend([("mail".to_owned(), text(name)), ("expires_at".to_owned(), seconds(until))]);
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR expires_at <= :now OR mail = :mail")
            .expression_attribute_values(":now", seconds(now))
            .expression_attribute_values(":mail", text(name));
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                Ok(false)
            }
            Err(error) => Err(failed("asking whether a receipt may be mailed", &error)),
        }
    }
}

impl Entry {
    /// Adds the entry to the transaction that stores the request: what is not stored does not count.
    pub(super) fn add_to(&self, transaction: Transaction, table: &str) -> Transaction {
        let cutoff = number(beginning(self.now));
        let until = seconds(self.now.saturating_add(WINDOW).unwrap_or(self.now));
        let key = limit_key(&self.hash);
        match self.kind {
            Kind::First => {
                let entry = [("since", seconds(self.now)), ("hits", number(1)), ("expires_at", until)];
                let entry: Item = key.into_iter().chain(entry.map(|(name, value)| (name.to_owned(), value))).collect();
                transaction.put(table, entry, |put| {
                    put.condition_expression("attribute_not_exists(pk) OR since <= :cutoff")
                        .expression_attribute_values(":cutoff", cutoff)
                })
            }
            Kind::Another(limit) => transaction.update(table, key, |update| {
                update
                    .update_expression("ADD hits :one")
                    .condition_expression("since > :cutoff AND hits < :limit")
                    .expression_attribute_values(":one", number(1))
                    .expression_attribute_values(":cutoff", cutoff)
                    .expression_attribute_values(":limit", number(limit.into()))
            }),
        }
    }
}

/// What was before this moment no longer counts.
fn beginning(now: Timestamp) -> i64 {
    now.as_second() - WINDOW.as_secs()
}
