//! The search page: a list of all pages, which a script searches if JavaScript is on.

use crate::frame::{Above, View};
use crate::place::find_form;
use crate::{BadPage, Pages, address};
use serde::Serialize;

/// A page in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchEntry {
    /// The page's title.
    pub title: String,
    /// The page's description.
    pub text: String,
    /// The page's path, with the language prefix.
    pub href: String,
}

/// The page of a kreds in the list, followed by the kreds's own pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchKreds {
    /// The page of the kreds; its text names the kommuner.
    #[serde(flatten)]
    pub entry: SearchEntry,
    /// The kreds's own pages.
    pub own: Vec<SearchEntry>,
}

impl Pages {
    /// Renders the page. The index that the script fetches numbers the entries in this order: all pages, then each
    /// kreds followed by its own pages.
    pub fn search(&self, view: &View<'_>, pages: &[SearchEntry], kredse: &[SearchKreds]) -> Result<String, BadPage> {
        let words = &view.texts()?.words;
        let index = view.link(&address::search_index());
        let mut content = find_form(view, None, "", "");
        content.extend(tera::context! { index, pages, kredse });
        let frame = view.frame(words.get("soeg_overskrift"), words.get("soeg_indledning"), Above::Front)?;
        self.page("search.html", &frame, content)
    }
}
