//! The page at an address where another page was before.

use crate::frame::View;
use crate::{BadPage, Pages};
use serde::Serialize;

impl Pages {
    /// The page, which sends the browser on at once to the page with this title at `path` below the language prefix, and
    /// has a link for who stays. Search engines are told the new address alone.
    ///
    /// It is a page and not an answer of a server, so that old links go on working wherever the site is put.
    pub fn moved(&self, view: &View<'_>, title: &str, path: &str) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            address: &'a str,
            target: &'a str,
        }
        let moved = view.texts()?.words.get("flyttet_overskrift");
        let mut frame = view.frame(moved, "", None, &[])?;
        frame.whole_title = format!("{moved}: {title}");
        let address = view.link(path);
        // Not `noindex`: that would speak of the new page, too, once the two are taken for one.
        frame.leads_to(&address);
        self.page("moved.html", &frame, &Content { address: &address, target: title })
    }
}
