//! The mail to a citizen about what an officer did.

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
use std::collections::BTreeMap;

/// News about a case for its citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseNews<'a> {
    /// An officer has called, and nobody answered.
    NotReached {
        /// The kreds whose officer called.
        by: &'a KredsSlug,
    },
    /// Another kreds has it now.
    Forwarded,
    /// It is closed, for this reason.
    Closed(&'a Reason),
    /// Nobody has noted a call: the citizen is asked, on this page.
    Asked(&'a str),
    /// A control was held on the road that the request is about, and this is told of it.
    Held(&'a HeldControl),
}

impl Pages {
    /// The mail about what was done, in the citizen's language. `kreds` is the name of the kreds that has the request now.
    /// None of the answers and no officer's own words can be in it.
    pub fn case_mail(
        &self,
        view: &View<'_>,
        receipt: &Receipt,
        kreds: &str,
        news: &CaseNews<'_>,
    ) -> Result<Mail, BadPage> {
        #[derive(Serialize)]
        struct Link<'a> {
            lead: String,
            href: &'a str,
        }
        #[derive(Serialize)]
        struct Content<'a> {
            lang: &'a str,
            subject: &'a str,
            paragraphs: Vec<String>,
            reference: &'a str,
            receipt: String,
            /// A page to go to, after the words that lead there.
            page: Option<Link<'a>>,
            site_name: &'a str,
            base_url: &'a str,
            t: &'a BTreeMap<String, String>,
        }
        let words = &view.texts()?.words;
        let said = |key: &str| fill(words.get(key), &[("kreds", kreds)]);
        let (subject, paragraphs) = match news {
            CaseNews::NotReached { by } => (
                "sag_ikke_truffet_emne",
                vec![said("sag_ikke_truffet"), missed_call(view, by)?, said("sag_andet_tidspunkt")],
            ),
            CaseNews::Forwarded => ("sag_videre_emne", vec![said("sag_videre"), said("sag_videre_ring")]),
            CaseNews::Closed(reason) => {
                let text = reason.text(view.language).map(model::html::SafeHtml::text).unwrap_or_default();
                let complaints = reason.guides_complaints.then(|| said("sag_klagevejledning"));
                let all = [Some(said("sag_lukket")), Some(text), complaints];
                ("sag_lukket_emne", all.into_iter().flatten().collect())
            }
            CaseNews::Asked(_) => ("opkald_emne", vec![said("opkald_mail")]),
            CaseNews::Held(held) => {
                let text = view.control_text(held)?;
                let values = [("kreds", kreds), ("sted", text.place.as_str()), ("tid", text.when.as_str())];
                let control = fill(words.get("kontrol_mail"), &values);
                let all = [vec![control], text.lines, vec![said("kontrol_mail_kun")]].concat();
                ("kontrol_emne", all)
            }
        };
        let subject = fill(words.get(subject), &[("reference", receipt.reference.as_str())]);
        let held = match news {
            CaseNews::Held(held) => Some(format!("{}{}", view.catalog.base_url(), view.control_link(held))),
            _ => None,
        };
        let content = Content {
            lang: view.language.as_str(),
            subject: &subject,
            paragraphs,
            reference: receipt.reference.as_str(),
            receipt: format!("{}{}", view.catalog.base_url(), address::receipt(&receipt.id)),
            site_name: view.catalog.site_name(),
            base_url: view.catalog.base_url(),
            page: match news {
                CaseNews::Asked(href) => {
                    let lead = format!("{} {}", words.get("opkald_spoergsmaal"), words.get("opkald_link"));
                    Some(Link { lead, href })
                }
                CaseNews::Held(_) => {
                    held.as_deref().map(|href| Link { lead: words.get("kontrol_mail_side").to_owned(), href })
                }
                _ => None,
            },
            t: words.table(),
        };
        let (text, html) = (self.fill("case_mail.txt", &content)?, self.fill("case_mail.html", &content)?);
        Ok(Mail { subject, text, html })
    }
}
