//! A page with a text written by an editor.

use crate::frame::{Above, View};
use crate::{BadPage, Pages};
use model::atlas::Kreds;
use model::html::SafeHtml;

/// A page written by an editor.
#[derive(Clone, Copy)]
pub struct Information<'a> {
    /// The heading.
    pub title: &'a str,
    /// One sentence for search engines.
    pub description: &'a str,
    /// The text.
    pub body: &'a SafeHtml,
    /// The address of the quick exit, for readers who must not be seen here; only on pages with nothing but a text.
    pub quick_exit: Option<&'a str>,
}

impl Pages {
    /// Renders a page with a text, national or of a kreds.
    pub fn information(
        &self,
        view: &View<'_>,
        page: &Information<'_>,
        kreds: Option<&Kreds>,
    ) -> Result<String, BadPage> {
        let frame = view.frame(page.title, page.description, kreds.map_or(Above::Front, Above::Kreds))?;
        let content = tera::context! { body => page.body.as_str(), quick_exit => &page.quick_exit };
        self.page("information.html", &frame, content)
    }
}
