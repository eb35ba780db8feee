//! The pages that redirect a browser: from the former address of a page, and to the accessibility statement.

use crate::frame::{Above, View};
use crate::{BadPage, Pages};

impl Pages {
    /// Renders a page that redirects the browser at once to the page with this title, at `path` below the language
    /// prefix. It also has a link. Search engines get only the new address.
    ///
    /// It is a page and not a server's response, so that old links keep working on any host.
    pub fn moved(&self, view: &View<'_>, title: &str, path: &str) -> Result<String, BadPage> {
        let moved = view.texts()?.words.get("flyttet_overskrift");
        let mut frame = view.frame(moved, "", Above::Front)?;
        frame.whole_title = format!("{moved}: {title}");
        let address = view.link(path);
        // Not `noindex`: search engines that merge the two would apply it to the new page, too.
        frame.leads_to(&address);
        let content = tera::context! { address => &address, target => title };
        self.page("moved.html", &frame, content)
    }

    /// Renders a page that redirects to the accessibility statement at `address`, which by law is on a site of the
    /// authorities. It also has a link.
    pub fn accessibility_statement(&self, view: &View<'_>, address: &str) -> Result<String, BadPage> {
        let frame = view.frame(view.texts()?.words.get("tilgaengelighedserklaering"), "", Above::Front)?;
        self.page("statement.html", &frame, tera::context! { address })
    }
}
