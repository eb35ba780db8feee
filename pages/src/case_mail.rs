//! The mail to a citizen about progress in their case.

use crate::citizen_page::missed_call;
use crate::frame::View;
use crate::mail::Mail;
use crate::{BadPage, Pages, address};
use model::control::HeldControl;
use model::names::KredsSlug;
use model::reason::Reason;
use model::submission::Receipt;
use model::words::fill;
use serde::Serialize;

/// News about a case for its citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseNews<'a> {
    /// An officer called, and nobody answered.
    NotReached {
        /// The kreds whose officer called.
        by: &'a KredsSlug,
    },
    /// The request was forwarded to another kreds.
    Forwarded,
    /// The request was closed, for this reason.
    Closed(&'a Reason),
    /// Nobody has noted a call: the citizen is asked about it, on the page at this address.
    Asked(&'a str),
    /// A control was held on the road that the request is about.
    Held(&'a HeldControl),
}

impl Pages {
    /// Renders the mail in the citizen's language. `kreds` is the name of the kreds that has the request now.
    /// The mail cannot contain answers or an officer's own words.
    pub fn case_mail(
        &self,
        view: &View<'_>,
        receipt: &Receipt,
        kreds: &str,
        news: &CaseNews<'_>,
    ) -> Result<Mail, BadPage> {
        #[derive(Serialize)]
        struct Link {
            lead: String,
            href: String,
        }
        let words = &view.texts()?.words;
        let said = |key: &str| fill(words.get(key), &[("kreds", kreds)]);
        let (subject, paragraphs, page) = match news {
            CaseNews::NotReached { by } => {
                let all = vec![said("sag_ikke_truffet"), missed_call(view, by)?, said("sag_andet_tidspunkt")];
                ("sag_ikke_truffet_emne", all, None)
            }
            CaseNews::Forwarded => ("sag_videre_emne", vec![said("sag_videre"), said("sag_videre_ring")], None),
            CaseNews::Closed(reason) => {
                let text = reason.text(view.language).map(model::html::SafeHtml::text).unwrap_or_default();
                let complaints = reason.guides_complaints.then(|| said("sag_klagevejledning"));
                let all = [Some(said("sag_lukket")), Some(text), complaints];
                ("sag_lukket_emne", all.into_iter().flatten().collect(), None)
            }
            CaseNews::Asked(href) => {
                let lead = format!("{} {}", words.get("opkald_spoergsmaal"), words.get("opkald_link"));
                ("opkald_emne", vec![said("opkald_mail")], Some(Link { lead, href: (*href).to_owned() }))
            }
            CaseNews::Held(held) => {
                let text = view.control_text(held)?;
                let values = [("kreds", kreds), ("sted", text.place.as_str()), ("tid", text.when.as_str())];
                let control = fill(words.get("kontrol_mail"), &values);
                let all = [vec![control], text.lines, vec![said("kontrol_mail_kun")]].concat();
                let href = format!("{}{}", view.catalog.base_url(), view.control_link(held));
                ("kontrol_emne", all, Some(Link { lead: words.get("kontrol_mail_side").to_owned(), href }))
            }
        };
        let subject = fill(words.get(subject), &[("reference", receipt.reference.as_str())]);
        let content = tera::context! {
            paragraphs,
            // A link to a page, with the words before it.
            page,
            reference => receipt.reference.as_str(),
            receipt => &format!("{}{}", view.catalog.base_url(), address::receipt(&receipt.id)),
        };
        self.mail(view, "case_mail", subject, content)
    }
}
