//! The service message of a kreds, as its pages show it.

use crate::BadPage;
use crate::frame::View;
use model::atlas::Kreds;
use model::words::fill;
use serde::Serialize;

/// A message that is in force.
#[derive(Serialize)]
pub(crate) struct ServiceMessageView<'a> {
    heading: String,
    text: &'a str,
}

impl<'a> View<'a> {
    /// The message of `kreds` in the view's language; `None` if no message is in force at the view's time.
    pub(crate) fn service_message(&self, kreds: &Kreds) -> Result<Option<ServiceMessageView<'a>>, BadPage> {
        let Some(text) = self.catalog.service_message(&kreds.slug, self.language, self.now) else { return Ok(None) };
        let heading = fill(self.texts()?.words.get("driftsbesked_fra"), &[("kreds", &kreds.name)]);
        Ok(Some(ServiceMessageView { heading, text }))
    }
}
