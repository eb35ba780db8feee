//! Receipts by mail: a switch that pauses them, and their number per day.

use super::access::conditional;
use super::change::Change;
use super::items::{key, number, seconds, time_of, with};
use super::{Store, StoreError};
use crate::clock::after;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// The time for which a day's count is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(48);

impl Store {
    /// Pauses receipts until a moment.
    pub async fn rest_receipts(&self, now: Timestamp, until: Timestamp) -> Result<(), StoreError> {
        let times = [("stopped_at", seconds(now)), ("expires_at", seconds(until))];
        self.put("letting receipts rest", with(key("SWITCH#receipts", "switch"), times)).await
    }

    /// True if receipts are paused.
    pub async fn receipts_rest(&self, now: Timestamp) -> Result<bool, StoreError> {
        let found = self.item(key("SWITCH#receipts", "switch"), "asking whether receipts rest").await?;
        found.map_or(Ok(false), |item| Ok(time_of(&item, "switch", "expires_at")?.is_some_and(|until| until > now)))
    }

    /// Takes one of the `a_day` receipts of a day. Returns false if none is left.
    pub async fn take_receipt(&self, day: Date, a_day: u32, now: Timestamp) -> Result<bool, StoreError> {
        let change = Change::new("ADD taken :one SET expires_at = :until")
            .when("attribute_not_exists(taken) OR taken < :most")
            .values([(":one", number(1)), (":most", number(a_day.into())), (":until", seconds(after(now, KEPT)))]);
        let update = self.update(key(format!("RECEIPTS#{day}"), "receipts"), change);
        Ok(conditional(update.send().await, "counting a receipt")?.is_some())
    }
}
