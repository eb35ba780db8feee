//! Receipts by mail: whether they rest, how many went out today, and what became of one.

use super::items::{key, number, seconds, time_of};
use super::{Store, StoreError, failed};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// Time for which a day's count is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(48);

impl Store {
    /// Lets receipts rest until a moment.
    pub async fn rest_receipts(&self, now: Timestamp, until: Timestamp) -> Result<(), StoreError> {
        let mut item = key("SWITCH#receipts", "switch");
        item.extend([("stopped_at".to_owned(), seconds(now)), ("expires_at".to_owned(), seconds(until))]);
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(|_| ()).map_err(|error| failed("letting receipts rest", &error))
    }

    /// Returns true if receipts rest.
    pub async fn receipts_rest(&self, now: Timestamp) -> Result<bool, StoreError> {
        let found = self.item(key("SWITCH#receipts", "switch"), "asking whether receipts rest").await?;
        found.map_or(Ok(false), |item| Ok(time_of(&item, "switch", "expires_at")?.is_some_and(|until| until > now)))
    }

    /// Takes one of the receipts of a day, if there is one left.
    pub async fn take_receipt(&self, day: Date, a_day: u32, now: Timestamp) -> Result<bool, StoreError> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(format!("RECEIPTS#{day}"), "receipts")))
            .update_expression("ADD taken :one SET expires_at = :until")
            .condition_expression("attribute_not_exists(taken) OR taken < :most")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":most", number(a_day.into()))
            .expression_attribute_values(":until", seconds(now.saturating_add(KEPT).unwrap_or(now)));
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(false)
            }
            Err(error) => Err(failed("counting a receipt", &error)),
        }
    }
}
