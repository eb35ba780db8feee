//! The page before the summary for matters outside this service: 112 or 114 first, other help, and a way to continue.

use crate::carried::{Input, carried};
use crate::frame::{Above, View};
use crate::{BadPage, Pages, address};
use model::atlas::Kreds;
use model::field_names::DESPITE_DANGER;
use model::form::Form;
use model::html::SafeHtml;
use model::names::CatalogVersion;
use model::raw::RawAnswers;
use model::signpost::Instead;

/// The value that the form carries once its reader has seen 112 and continues.
pub const DESPITE_112: &str = "ja";

/// The value that the form carries once its reader has seen 114 and continues.
const DESPITE_114: &str = "anmeld";

impl Pages {
    /// Renders the page. Nothing is received, and the page does not promise that anybody monitors the input.
    pub fn danger(
        &self,
        view: &View<'_>,
        form: &Form,
        version: &CatalogVersion,
        raw: &RawAnswers,
        page: &Kreds,
        instead: Instead,
    ) -> Result<String, BadPage> {
        let texts = view.texts()?;
        let words = |key| texts.words.get(key);
        let is_danger = instead == Instead::Emergency;
        let content = tera::context! {
            action => &address::submit_from(&page.slug, form.id(), view.language),
            kreds => page.slug.as_str(),
            version => version.as_str(),
            hidden => &carried(form, raw).filter(|input| input.name != DESPITE_DANGER).collect::<Vec<_>>(),
            despite => &Input { name: DESPITE_DANGER, value: if is_danger { DESPITE_112 } else { DESPITE_114 } },
            number => &if is_danger { 112 } else { 114 },
            call => words(if is_danger { "akut_ring_112" } else { "akut_ring_114" }),
            body => words(if is_danger { "fare_tekst" } else { "anmeld_tekst" }),
            go_on => words(if is_danger { "fare_fortsaet" } else { "anmeld_fortsaet" }),
            helpers => &texts.helpers.as_ref().filter(|_| is_danger).map(SafeHtml::as_str),
        };
        let heading = words(if is_danger { "fare_overskrift" } else { "anmeld_overskrift" });
        let frame = view.frame(heading, "", Above::Form(page, form))?;
        self.page("danger.html", &frame, content)
    }
}
