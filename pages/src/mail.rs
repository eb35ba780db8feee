//! The parts that every mail has, and the receipt by mail.

use crate::citizen_page::missed_call;
use crate::frame::View;
use crate::kreds::PhoneView;
use crate::{BadPage, Pages, address, dates};
use model::atlas::Kreds;
use model::submission::Receipt;
use model::words::fill;
use tera::Context;

/// A mail's words, before it is addressed. The subject holds nothing personal: it is shown on locked screens and in logs.
pub struct Mail {
    /// The reference, and for officers the form and the kreds.
    pub subject: String,
    /// The mail as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// Why a mail comes again that a mailbox may have already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// It does not.
    No,
    /// An operator has asked for it.
    Asked,
    /// The service was restored to an earlier moment, and does not know whether it went out.
    Restored,
}

impl Again {
    /// As the templates know it; empty if it does not come again.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Asked => "asked",
            Self::Restored => "restored",
        }
    }

    /// The beginning of the subject.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Asked => "Sendt igen · ",
            Self::Restored => "Måske sendt før · ",
        }
    }
}

impl Pages {
    /// A mail from the two templates of a name, `NAME.txt` and `NAME.html`, of its content and of what every mail has.
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

    /// The receipt by mail, in the citizen's language. It is made of the receipt alone, so no answer can be in it: whoever
    /// types a stranger's address sends that stranger nothing of their own.
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
            // It alone leads back to the code words once the tab is closed.
            receipt => &format!("{}{}", view.catalog.base_url(), address::receipt(&receipt.id)),
        };
        let subject = fill(words.get("mail_emne"), &[("reference", receipt.reference.as_str())]);
        self.mail(view, "receipt_mail", subject, content)
    }
}
