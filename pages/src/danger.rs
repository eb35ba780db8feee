//! The page between form and summary for a text that tells of danger: 112 first, and a way on.

use crate::carried::{Input, carried};
use crate::frame::{Framed, View};
use crate::{BadPage, Pages, address};
use model::atlas::Kreds;
use model::form::Form;
use model::names::CatalogVersion;
use model::raw::RawAnswers;
use model::wire::DESPITE_DANGER;
use serde::Serialize;

impl Pages {
    /// The page. Nothing is received by it, and it does not promise that anybody watches.
    pub fn danger(
        &self,
        view: &View<'_>,
        form: &Form,
        version: &CatalogVersion,
        raw: &RawAnswers,
        page: &Kreds,
    ) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            action: String,
            kreds: &'a str,
            version: &'a str,
            hidden: Vec<Input<'a>>,
            despite_danger: &'static str,
        }
        let content = Content {
            action: address::submit_from(&page.slug, form.id(), view.language),
            kreds: page.slug.as_str(),
            version: version.as_str(),
            hidden: carried(form, raw),
            despite_danger: DESPITE_DANGER,
        };
        let above =
            [(page.name.as_str(), address::kreds(&page.slug)), (form.title(), address::start(&page.slug, form.id()))];
        let frame = view.frame(view.texts()?.words.get("fare_overskrift"), "", Some(&page.name), &above)?;
        self.fill("danger.html", &Framed { frame, content })
    }
}
