//! The mail to a kreds about a citizen's change: it says that there is one, or not to call, without the new values.

use crate::frame::View;
use crate::mail::Mail;
use crate::{BadPage, Pages, dates};
use model::submission::Receipt;

/// A change that a citizen has made to their request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// They chose other hours for the call.
    Hours,
    /// They corrected their telephone number.
    Phone,
    /// They withdrew the request.
    Withdrawn,
}

impl News {
    /// The beginning of the subject.
    const fn mark(self) -> &'static str {
        match self {
            Self::Hours => "Nye tidspunkter",
            Self::Phone => "Nyt telefonnummer",
            Self::Withdrawn => "Trukket tilbage, ring ikke",
        }
    }

    /// The consequence for the officer who calls.
    const fn text(self) -> &'static str {
        match self {
            Self::Hours => "Borgeren har valgt andre tidspunkter at blive ringet op på. De står på bestillingens side.",
            Self::Phone => {
                "Borgeren har rettet sit telefonnummer. Ring ikke til det nummer, der står i den første mail. Det nye \
                 nummer står på bestillingens side."
            }
            Self::Withdrawn => {
                "Borgeren har trukket bestillingen tilbage. Ring ikke. Svarene er slettet på hjemmesiden. Slet også den \
                 mail, I har fået om bestillingen."
            }
        }
    }
}

impl Pages {
    /// Renders the mail. `view` is in Danish. Only the request's page, at the address `case`, has the new values.
    pub fn news_mail(
        &self,
        view: &View<'_>,
        receipt: &Receipt,
        [form_title, kreds_name]: [&str; 2],
        news: News,
        case: Option<&str>,
    ) -> Result<Mail, BadPage> {
        let subject = format!("{} · {form_title} · {kreds_name} · {}", news.mark(), receipt.reference);
        let content = tera::context! {
            text => news.text(),
            case,
            reference => receipt.reference.as_str(),
            received => &dates::moment(&view.texts()?.words, receipt.received),
            form_title,
            kreds_name,
        };
        self.mail(view, "news_mail", subject, content)
    }
}
