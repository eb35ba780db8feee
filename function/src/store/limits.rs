//! Limits: how much comes from one address, telephone number or citizens of a kreds, and how often a receipt is mailed.

use super::items::{Item, count_key, hour_key, limit_key, mailed_key, number, number_of, seconds, text};
use super::transaction::Transaction;
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use jiff::{SignedDuration, Timestamp};
use model::names::KredsSlug;

/// Time for which an accepted request counts against its address.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// Time for which a request is counted before more than usual is held. It begins with the first.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// For how long something counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// [`WINDOW`]: what is more is refused.
    Minutes,
    /// 24 hours: what is more is held.
    Day,
}

/// Time after a receipt in which no other is mailed to the same address.
pub const BETWEEN_RECEIPTS: SignedDuration = SignedDuration::from_hours(1);

/// The state of a limit on requests.
pub enum RateLimit {
    /// One more is within it, if this still holds when the request is stored.
    Within(Hit),
    /// One more would be too many.
    Reached,
}

/// A hit about an address or a telephone number, written together with the request that it sent.
pub struct Hit {
    hash: String,
    window: Window,
    kind: HitKind,
    now: Timestamp,
}

enum HitKind {
    /// The first for a while.
    First,
    /// One more, of at most so many.
    Another(u32),
}

impl Store {
    /// Checks the limit on requests of an address or a number; `hash` is its keyed hash, never the value itself.
    pub async fn rate_limit(
        &self,
        window: Window,
        hash: &str,
        limit: u32,
        now: Timestamp,
    ) -> Result<RateLimit, StoreError> {
        let hit = |kind| RateLimit::Within(Hit { hash: hash.to_owned(), window, kind, now });
        let Some(item) = self.item(window.key(hash), "asking about a limit").await? else {
            return Ok(hit(HitKind::First));
        };
        let (since, hits) = (number_of(&item, "limit", "since")?, number_of(&item, "limit", "hits")?);
        Ok(if since <= window.beginning(now) {
            hit(HitKind::First)
        } else if hits < i64::from(limit) {
            hit(HitKind::Another(limit))
        } else {
            RateLimit::Reached
        })
    }

    /// The number of requests counted for a kreds in this hour of the clock.
    pub async fn of_hour(&self, kreds: &KredsSlug, now: Timestamp) -> Result<i64, StoreError> {
        let item = self.item(hour_key(kreds, now.as_second() / 3600), "asking what a kreds got in an hour").await?;
        item.map_or(Ok(0), |item| number_of(&item, "hour", "hits"))
    }

    /// Counts one more.
    pub async fn count_of_hour(&self, kreds: &KredsSlug, now: Timestamp) -> Result<(), StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(hour_key(kreds, now.as_second() / 3600)))
            .update_expression("SET expires_at = :until ADD hits :one")
            .expression_attribute_values(":until", seconds(now.saturating_add(DAY).unwrap_or(now)))
            .expression_attribute_values(":one", number(1));
        update.send().await.map(|_| ()).map_err(|error| failed("counting what a kreds got", &error))
    }

    /// Takes the right to mail a receipt to an address, for the mail with this name. Returns true if it may be sent:
    /// not if another one was within the hour, but always again if it is the same one.
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

impl Hit {
    /// Adds the hit to the transaction that stores the request: what is not stored does not count.
    pub(super) fn add_to(&self, transaction: Transaction, table: &str) -> Transaction {
        let cutoff = number(self.window.beginning(self.now));
        let until = seconds(self.now.saturating_add(self.window.length()).unwrap_or(self.now));
        let key = self.window.key(&self.hash);
        match self.kind {
            HitKind::First => {
                let hit = [("since", seconds(self.now)), ("hits", number(1)), ("expires_at", until)];
                let hit: Item = key.into_iter().chain(hit.map(|(name, value)| (name.to_owned(), value))).collect();
                transaction.put(table, hit, |put| {
                    put.condition_expression("attribute_not_exists(pk) OR since <= :cutoff")
                        .expression_attribute_values(":cutoff", cutoff)
                })
            }
            HitKind::Another(limit) => transaction.update(table, key, |update| {
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

impl Window {
    const fn length(self) -> SignedDuration {
        match self {
            Self::Minutes => WINDOW,
            Self::Day => DAY,
        }
    }

    fn key(self, hash: &str) -> Item {
        match self {
            Self::Minutes => limit_key(hash),
            Self::Day => count_key(hash),
        }
    }

    /// The beginning of the window: earlier requests no longer count.
    fn beginning(self, now: Timestamp) -> i64 {
        now.as_second() - self.length().as_secs()
    }
}
