//! The pages that send a browser on: from an address where another page was before, and to the accessibility statement.

use crate::frame::{Above, View};
use crate::{BadPage, Pages};

impl Pages {
    /// The page, which sends the browser on at once to the page with this title at `path` below the language prefix, and
    /// has a link for who stays. Search engines get the new address alone.
    ///
    /// It is a page and not an answer of a server, so that old links go on working wherever the site is put.
    pub fn moved(&self, view: &View<'_>, title: &str, path: &str) -> Result<String, BadPage> {
        let moved = view.texts()?.words.get("flyttet_overskrift");
        let mut frame = view.frame(moved, "", Above::Front)?;
        frame.whole_title = format!("{moved}: {title}");
        let address = view.link(path);
        // Not `noindex`: that would speak of the new page, too, once the two are taken for one.
        frame.leads_to(&address);
        let content = tera::context! { address => &address, target => title };
        self.page("moved.html", &frame, content)
    }

    /// The page that leads on to the accessibility statement at `address`, which the law wants on a site of the authorities'
    /// own. It has a link for who stays, too.
    pub fn accessibility_statement(&self, view: &View<'_>, address: &str) -> Result<String, BadPage> {
        let frame = view.frame(view.texts()?.words.get("tilgaengelighedserklaering"), "", Above::Front)?;
        self.page("statement.html", &frame, tera::context! { address })
    }
}
