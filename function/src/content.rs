//! Texts of the content about a request: names of kredse and forms, and the reason for closing it.

use crate::Service;
use crate::store::StoreError;
use model::case::Case;
use model::catalog::Catalog;
use model::names::{FormId, KredsSlug, Language};
use model::reason::Reason;

/// The name of a kreds, or its slug if it is no longer in the content.
pub(crate) fn kreds_name<'a>(catalog: &'a Catalog, kreds: &'a KredsSlug) -> &'a str {
    catalog.atlas().kreds(kreds).map_or(kreds.as_str(), |kreds| &kreds.name)
}

/// The title of a form in Danish, as officers read it, or its id if it is no longer in the content.
pub(crate) fn form_title<'a>(catalog: &'a Catalog, form: &'a FormId) -> &'a str {
    catalog.form(form, &Language::danish()).map_or(form.as_str(), |form| form.title())
}

impl Service {
    /// The reason for closing a case, if closed: as the content words it now or, if it was dropped, as it did then.
    pub(crate) async fn reason(&self, catalog: &Catalog, case: &Case) -> Result<Option<Reason>, StoreError> {
        let Some((reason, version, _)) = case.closed() else { return Ok(None) };
        if let Some(reason) = catalog.reason(reason) {
            return Ok(Some(reason.clone()));
        }
        let older = self.catalogs.version(version).await?;
        Ok(older.and_then(|older| older.reason(reason).cloned()))
    }
}
