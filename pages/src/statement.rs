//! The page that leads on to the accessibility statement, which the law wants on a site of the authorities' own.

use crate::frame::View;
use crate::{BadPage, Pages};
use serde::Serialize;

impl Pages {
    /// The page, which sends the browser on at once to the statement at `address`, and has a link for who stays.
    ///
    /// It is a page and not an answer of a server, so that the short address works wherever the site is put.
    pub fn accessibility_statement(&self, view: &View<'_>, address: &str) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            address: &'a str,
        }
        let frame = view.frame(view.texts()?.words.get("tilgaengelighedserklaering"), "", None, &[])?;
        self.page("statement.html", &frame, &Content { address })
    }
}
