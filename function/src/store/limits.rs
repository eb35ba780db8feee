//! Rate limits on requests from an address or a telephone number, or to a kreds, and on receipts to an address.

use super::access::conditional;
use super::change::Change;
use super::items::{Item, count_key, hour_key, limit_key, mailed_key, number, number_of, seconds, text, with};
use super::transaction::Transaction;
use super::{Store, StoreError};
use crate::clock::after;
use jiff::{SignedDuration, Timestamp};
use model::names::KredsSlug;

/// The time for which an accepted request counts against its address.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// The time for which requests are counted before more than usual are held. It begins with the first.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The time for which a request counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// [`WINDOW`]: requests over the limit are refused.
    Minutes,
    /// 24 hours: requests over the limit are held.
    Day,
}

/// The time after a receipt in which no other is mailed to the same address.
pub const BETWEEN_RECEIPTS: SignedDuration = SignedDuration::from_hours(1);

/// The state of a limit on requests.
pub enum RateLimit {
    /// One more is within the limit, if this still holds when the request is stored.
    Within(Hit),
    /// One more would exceed the limit.
    Reached,
}

/// A count against an address or a telephone number, written together with the request.
pub struct Hit {
    hash: String,
    window: Window,
    kind: HitKind,
    now: Timestamp,
}

enum HitKind {
    /// The first in its window.
    First,
    /// A further one, of at most this many.
    Another(u32),
}

impl Store {
    /// Checks the limit of an address or a telephone number; `hash` is its keyed hash, never the value itself.
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

    /// Counts a request for a kreds in this hour of the clock.
    pub async fn count_of_hour(&self, kreds: &KredsSlug, now: Timestamp) -> Result<(), StoreError> {
        let change = Change::new("SET expires_at = :until ADD hits :one")
            .values([(":until", seconds(after(now, DAY))), (":one", number(1))]);
        self.change("counting what a kreds got", hour_key(kreds, now.as_second() / 3600), change).await
    }

    /// Claims the right to mail a receipt to an address, for the mail with this name. Returns false if another mail
    /// claimed it within the hour; the same mail may claim it again.
    pub async fn may_mail_receipt(&self, hash: &str, name: &str, now: Timestamp) -> Result<bool, StoreError> {
        let until = after(now, BETWEEN_RECEIPTS);
        let item = with(mailed_key(hash), [("mail", text(name)), ("expires_at", seconds(until))]);
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR expires_at <= :now OR mail = :mail")
            .expression_attribute_values(":now", seconds(now))
            .expression_attribute_values(":mail", text(name));
        Ok(conditional(put.send().await, "asking whether a receipt may be mailed")?.is_some())
    }
}

impl Hit {
    /// Adds the hit to the transaction that stores the request, so that only stored requests count.
    pub(super) fn add_to(&self, transaction: Transaction, table: &str) -> Transaction {
        let cutoff = number(self.window.beginning(self.now));
        let until = seconds(after(self.now, self.window.length()));
        let key = self.window.key(&self.hash);
        match self.kind {
            HitKind::First => {
                let hit = [("since", seconds(self.now)), ("hits", number(1)), ("expires_at", until)];
                transaction.put_if(
                    table,
                    with(key, hit),
                    "attribute_not_exists(pk) OR since <= :cutoff",
                    (":cutoff", cutoff),
                )
            }
            HitKind::Another(limit) => transaction.update(
                table,
                key,
                Change::new("ADD hits :one").when("since > :cutoff AND hits < :limit").values([
                    (":one", number(1)),
                    (":cutoff", cutoff),
                    (":limit", number(limit.into())),
                ]),
            ),
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

    /// The beginning of the window in seconds since 1970: earlier requests no longer count.
    fn beginning(self, now: Timestamp) -> i64 {
        now.as_second() - self.length().as_secs()
    }
}
