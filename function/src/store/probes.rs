//! The arrival of probes: the time of the last one, for external monitoring.

use super::items::{key, seconds, time_of, with};
use super::{Store, StoreError};
use jiff::Timestamp;

impl Store {
    /// Records the arrival of a probe.
    pub async fn probe_arrived(&self, at: Timestamp) -> Result<(), StoreError> {
        self.put("noting a probe", with(key("PROBE", "arrived"), [("arrived_at", seconds(at))])).await
    }

    /// The arrival time of the last probe; `None` if none has arrived.
    pub async fn last_probe(&self) -> Result<Option<Timestamp>, StoreError> {
        let found = self.item(key("PROBE", "arrived"), "asking about the last probe").await?;
        found.map_or(Ok(None), |item| time_of(&item, "probe", "arrived_at"))
    }
}
