//! The page in place of a form that a kreds does not currently receive.

use crate::carried::carried;
use crate::frame::{Above, View};
use crate::kreds::PhoneView;
use crate::{BadPage, Pages, Summary, address};
use model::atlas::Kreds;
use model::form::Form;

/// The key of the message for [`Pages::closed`] if the kreds has not closed the form itself: its mailboxes refuse mail,
/// so nobody would read what is received.
pub const MAILBOXES_CLOSED: &str = "lukket_postkasser";

impl View<'_> {
    /// Returns true if `kreds` does not currently receive `form`.
    #[must_use]
    pub fn is_closed(&self, form: &Form, kreds: &Kreds) -> bool {
        self.catalog.closed(&kreds.slug, form.id(), self.language).is_some()
    }
}

impl Pages {
    /// Renders the response to a form that was sent to a kreds that does not receive it. It says that nothing was
    /// received, and shows `message`, the catalog's or that of [`MAILBOXES_CLOSED`]. The input can still be changed.
    pub fn closed(&self, view: &View<'_>, sent: &Summary<'_>, message: &str) -> Result<String, BadPage> {
        self.in_place_of(view, sent.form, sent.kreds, message, Some(sent))
    }

    /// Renders the page at the address of a closed form, or of the question before it, when nothing was sent yet.
    pub fn closed_form(&self, view: &View<'_>, form: &Form, kreds: &Kreds) -> Result<String, BadPage> {
        let message = view.catalog.closed(&kreds.slug, form.id(), view.language).unwrap_or_default();
        self.in_place_of(view, form, kreds, message, None)
    }

    fn in_place_of(
        &self,
        view: &View<'_>,
        form: &Form,
        kreds: &Kreds,
        message: &str,
        sent: Option<&Summary<'_>>,
    ) -> Result<String, BadPage> {
        let content = tera::context! {
            // The address that the input is sent to for changes; empty if there is no input.
            action => &sent
                .map(|sent| address::submit_from(&sent.page.slug, form.id(), view.language))
                .unwrap_or_default(),
            kreds => sent.map_or("", |sent| sent.page.slug.as_str()),
            version => sent.map_or("", |sent| sent.version.as_str()),
            hidden => &sent.map(|sent| carried(form, sent.raw).collect::<Vec<_>>()).unwrap_or_default(),
            message,
            phone => &kreds.phone.as_ref().map(PhoneView::from),
            not_urgent => view.not_urgent(kreds)?,
            kreds_page => &view.link(&address::kreds(&kreds.slug)),
            kreds_name => &kreds.name,
        };
        let mut frame = view.frame(form.title(), form.summary(), Above::Kreds(kreds))?;
        frame.failed = sent.is_some();
        if view.is_at(&address::form(&kreds.slug, form.id())) {
            frame.stands_at(view.texts()?.words.get("formular"));
        }
        self.page("closed.html", &frame, content)
    }
}
