//! The reason for which a request was closed: as the content says it now, or as it did then.

use crate::Service;
use crate::store::StoreError;
use model::case::Case;
use model::catalog::Catalog;
use model::reason::Reason;

impl Service {
    /// The reason for which a case was closed, if it was.
    pub(crate) async fn reason(&self, catalog: &Catalog, case: &Case) -> Result<Option<Reason>, StoreError> {
        let Some((reason, version, _)) = case.closed() else { return Ok(None) };
        if let Some(reason) = catalog.reason(reason) {
            return Ok(Some(reason.clone()));
        }
        let older = self.catalogs.version(version).await?;
        Ok(older.and_then(|older| older.reason(reason).cloned()))
    }
}
