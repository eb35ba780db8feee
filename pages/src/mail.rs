//! The common parts of all mails, and the receipt by mail.

use crate::citizen_page::missed_call;
use crate::frame::View;
use crate::kreds::PhoneView;
use crate::{BadPage, Pages, address, dates};
use model::atlas::Kreds;
use model::submission::Receipt;
use model::words::fill;
use tera::Context;

/// A mail's content, without addresses. The subject contains nothing personal: lock screens and logs show it.
pub struct Mail {
    /// The subject: the reference, and for officers the form and the kreds.
    pub subject: String,
    /// The mail as plain text.
    pub text: String,
    /// The mail as HTML, with the same content.
    pub html: String,
}

/// The reason why a mail is sent again that a mailbox may already have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// The mail is not sent again.
    No,
    /// An operator asked for it.
    Asked,
    /// The service was restored to an earlier moment, and does not know whether the mail was sent.
    Restored,
}

impl Again {
    /// The name that the templates use; empty for [`Again::No`].
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Asked => "asked",
            Self::Restored => "restored",
        }
    }

    /// The prefix of the subject.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Asked => "Sendt igen · ",
            Self::Restored => "Måske sendt før · ",
        }
    }
}

impl Pages {
    /// Renders a mail from `NAME.txt` and `NAME.html`, with its content and the values that all mails share.
    pub(crate) fn mail(
        &self,
        view: &View<'_>,
        name: &str,
        subject: String,
        mut content: Context,
    ) -> Result<Mail, BadPage> {
        content.insert("lang", view.language.as_str());
        content.insert("subject", &subject);
        content.insert("site_name", view.catalog.site_name());
        content.insert("base_url", view.catalog.base_url());
        content.insert("support", view.catalog.fallback().as_str());
        content.insert("t", view.texts()?.words.table());
        let text = self.render(&format!("{name}.txt"), content.clone())?;
        let html = self.render(&format!("{name}.html"), content)?;
        Ok(Mail { subject, text, html })
    }

    /// Renders the receipt by mail, in the citizen's language. It is made from the receipt alone, so it cannot contain
    /// answers: somebody who enters a stranger's address cannot send text of their own to that stranger.
    pub fn receipt_mail(&self, view: &View<'_>, receipt: &Receipt, kreds: &Kreds) -> Result<Mail, BadPage> {
        let texts = view.texts()?;
        let words = &texts.words;
        let heard_by = dates::heard_by(words, receipt.promise);
        let content = tera::context! {
            received_by => &fill(words.get("modtaget_af"), &[("kreds", &kreds.name)]),
            reference => receipt.reference.as_str(),
            promise => &dates::promise(words, receipt.promise),
            missed_call => &missed_call(view, &kreds.slug)?,
            nobody_calls => &fill(words.get("ingen_ringer"), &[("dato", &heard_by)]),
            phone => &kreds.phone.as_ref().map(PhoneView::from),
            no_guarantee => &texts.no_guarantee.text(),
            // Once the tab is closed, only this link leads back to the code words.
            receipt => &format!("{}{}", view.catalog.base_url(), address::receipt(&receipt.id)),
        };
        let subject = fill(words.get("mail_emne"), &[("reference", receipt.reference.as_str())]);
        self.mail(view, "receipt_mail", subject, content)
    }
}
