//! The page that finds other pages: a list of all of them, which a script searches where it may run.

use crate::frame::{Above, View};
use crate::place::find_form;
use crate::{BadPage, Pages, address};
use serde::Serialize;

/// A page on the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchEntry {
    /// Its title.
    pub title: String,
    /// Its description.
    pub text: String,
    /// Its whole address on the site.
    pub href: String,
}

/// The page of a kreds on the list, with the kreds's own pages after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchKreds {
    /// The page of the kreds; its text names the kommuner.
    #[serde(flatten)]
    pub entry: SearchEntry,
    /// Its own pages.
    pub own: Vec<SearchEntry>,
}

impl Pages {
    /// The page. The index that the script asks for numbers its entries in this order: all pages, then each kreds and its
    /// own pages.
    pub fn search(&self, view: &View<'_>, pages: &[SearchEntry], kredse: &[SearchKreds]) -> Result<String, BadPage> {
        let words = &view.texts()?.words;
        let index = view.link(&address::search_index());
        let mut content = find_form(view, None, "", "");
        content.extend(tera::context! { index, pages, kredse });
        let frame = view.frame(words.get("soeg_overskrift"), words.get("soeg_indledning"), Above::Front)?;
        self.page("search.html", &frame, content)
    }
}
