//! When a probe last arrived.

use super::items::{key, seconds, time_of};
use super::{Store, StoreError, failed};
use jiff::Timestamp;

impl Store {
    /// Notes that a probe has arrived.
    pub async fn probe_arrived(&self, at: Timestamp) -> Result<(), StoreError> {
        let mut item = key("PROBE", "arrived");
        item.insert("arrived_at".to_owned(), seconds(at));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map(|_| ()).map_err(|error| failed("noting a probe", &error))
    }

    /// When the last one arrived.
    pub async fn last_probe(&self) -> Result<Option<Timestamp>, StoreError> {
        let found = self.item(key("PROBE", "arrived"), "asking about the last probe").await?;
        found.map_or(Ok(None), |item| time_of(&item, "probe", "arrived_at"))
    }
}
