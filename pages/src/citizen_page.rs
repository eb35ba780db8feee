//! The citizen's page at the receipt's address: the receipt, the request's progress, and what can still be changed.

mod parts;

use crate::field::{FieldView, Questions};
use crate::frame::{Above, View};
use crate::kreds::PhoneView;
use crate::{BadPage, Pages, address, dates};
use model::atlas::Kreds;
use model::case::{Act, Case, Stage};
use model::deadline::Promise;
use model::form::Form;
use model::html::SafeHtml;
use model::parse::FieldError;
use model::raw::RawAnswers;
use model::reason::Reason;
use model::submission::Receipt;
use model::words::fill;
pub(crate) use parts::missed_call;
use parts::{calling, changed, history, status};
use serde::Serialize;

/// A request as its citizen sees it, without the answers.
pub struct CitizenPage<'a> {
    /// The receipt of the request.
    pub receipt: &'a Receipt,
    /// The form in the citizen's language.
    pub form: &'a Form,
    /// The kreds that has the request now, as far as the citizen may know.
    pub kreds: &'a Kreds,
    /// An addition to the text, such as a receipt that could not be mailed.
    pub note: ReceiptNote,
    /// The case with its events.
    pub case: &'a Case,
    /// The reason why the request was closed, if it was.
    pub reason: Option<&'a Reason>,
    /// The nonces that make repeated presses of a button one event, in the order of [`WISHES`].
    pub nonces: [String; 3],
    /// The earlier input, if it could not be noted.
    pub tried: CitizenTried,
}

/// Names of the changes that a citizen can send: other hours, another number, and to withdraw the request.
pub const WISHES: [&str; 3] = ["tid", "nummer", "traek-tilbage"];

/// The name of the checkbox that confirms a withdrawal.
pub const CONFIRM: &str = "slet";

/// A change that could not be noted.
#[derive(Default)]
pub struct CitizenTried {
    /// The input as typed and ticked.
    pub raw: RawAnswers,
    /// The errors in the input.
    pub errors: Vec<FieldError>,
    /// The reason why it could not be noted.
    pub problem: Option<CitizenProblem>,
}

/// The reason why a change is not noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitizenProblem {
    /// The input has errors to correct.
    Wrong,
    /// The checkbox that confirms was not ticked.
    NotConfirmed,
    /// The page is outdated, or something else happened in the meantime.
    Old,
    /// The new value is the current one.
    Same,
    /// Too many changes were sent.
    TooMany,
}

/// An addition to the text of every receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptNote {
    /// No addition.
    None,
    /// The request is held: somebody reviews it before its kreds gets it.
    Held,
    /// The receipt that the citizen asked for by mail could not be sent. The request is received nonetheless.
    MailFailed,
    /// The receipt was not mailed, because another went to the same address shortly before.
    MailWithheld,
    /// Receipts are currently not mailed.
    MailNotNow,
}

impl CitizenProblem {
    /// The HTTP status of the page.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Wrong | Self::NotConfirmed | Self::Same => 422,
            Self::Old => 409,
            Self::TooMany => 429,
        }
    }

    /// The key of the message; `None` if the form's own errors say it.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Wrong => None,
            Self::NotConfirmed => Some("traek_tilbage_mangler"),
            Self::Old => Some("aendr_gammel"),
            Self::Same => Some("aendr_uaendret"),
            Self::TooMany => Some("aendr_for_mange"),
        }
    }
}

impl Pages {
    /// Renders the page. It contains nothing personal, so anyone who sees its address learns nothing.
    pub fn citizen(&self, view: &View<'_>, page: &CitizenPage<'_>) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Change<'a> {
            wish: &'static str,
            heading: &'a str,
            nonce: &'a str,
            field: FieldView<'a>,
            button: &'a str,
        }
        let texts = view.texts()?;
        let words = &texts.words;
        let CitizenPage { receipt, form, kreds, case, tried, .. } = page;
        let visible = case.visible_to_citizen(view.now);
        let said = |key: &str| fill(words.get(key), &[("kreds", &kreds.name)]);
        let (is_over, stage) = (visible.is_over(), visible.stage());
        let is_late = receipt.promise.due() <= view.now;
        let is_withdrawn = visible.withdrawn().is_some();
        let heard_by = dates::heard_by(words, receipt.promise);
        let asked = Questions { view, form, kreds: &kreds.slug, choice: &[], raw: &tried.raw, errors: &tried.errors };
        let [hours, number, withdraw] = WISHES;
        let [hours_nonce, number_nonce, withdraw_nonce] = page.nonces.each_ref().map(String::as_str);
        let change = |wish, nonce, field, heading, button| Change {
            wish,
            heading: words.get(heading),
            nonce,
            field: asked.field(field, &[]),
            button: words.get(button),
        };
        let changes = [
            form.call_times().map(|field| change(hours, hours_nonce, field, "aendr_tid", "aendr_tid_knap")),
            form.phone().map(|field| change(number, number_nonce, field, "aendr_nummer", "aendr_nummer_knap")),
        ];
        let content = tera::context! {
            calling => &calling(view, case, words),
            changed => changed(view, case).map_or("", |key| words.get(key)),
            problem => tried.problem.and_then(CitizenProblem::word).map_or("", |key| words.get(key)),
            not_confirmed => &(tried.problem == Some(CitizenProblem::NotConfirmed)),
            errors => &asked.error_links(),
            // The progress in a sentence; `is_received` draws it as good news.
            status => &status(view, &visible, page.note, kreds)?,
            is_received => &(stage == Stage::Received),
            forwarded => &if visible.forwarded().is_some() && !is_withdrawn { said("sag_videre") } else { String::new() },
            // The reason for closing, and how to complain.
            reason => page.reason.and_then(|reason| reason.text(view.language)).map_or("", |text| text.as_str()),
            complaints => &match page.reason {
                Some(reason) if reason.guides_complaints => said("sag_klagevejledning"),
                _ => String::new(),
            },
            withdrawn => &if is_withdrawn { said("traek_tilbage_sket_tekst") } else { String::new() },
            history => &history(view, &visible, words),
            is_over,
            // The text about a receipt that was not mailed, or empty.
            mail_trouble => match page.note {
                _ if is_over => "",
                ReceiptNote::None | ReceiptNote::Held => "",
                ReceiptNote::MailFailed => words.get("kvittering_mail"),
                ReceiptNote::MailWithheld => words.get("kvittering_mail_nylig"),
                ReceiptNote::MailNotNow => words.get("kvittering_mail_ikke_nu"),
            },
            held => &(page.note == ReceiptNote::Held && !is_over),
            reference => receipt.reference.as_str(),
            code_words => &receipt.code_words.said(),
            // A promised call is not shown once it is late or no longer owed.
            promise => &match receipt.promise {
                Promise::Call { .. } | Promise::CallBefore { .. } if is_late || !visible.owes_call() => String::new(),
                promise => dates::promise(words, promise),
            },
            form_title => form.title(),
            kreds_name => &kreds.name,
            received => &dates::moment(words, receipt.received),
            // Empty once no call is owed.
            nobody_calls => &if visible.owes_call() {
                fill(words.get("ingen_ringer"), &[("dato", &heard_by)])
            } else {
                String::new()
            },
            // The page that asks whether somebody has called; empty as long as there is nothing to ask.
            question => &if stage == Stage::Called || is_late && visible.owes_call() {
                address::question(&receipt.id)
            } else {
                String::new()
            },
            // The kreds's or the site's text about the number that the police call from.
            missed_call => &view.catalog.missed_call(&kreds.slug, view.language).map(SafeHtml::as_str),
            phone => &kreds.phone.as_ref().map(PhoneView::from),
            advice => &receipt.topic.as_ref().and_then(|topic| form.advice(topic)).and_then(|page| texts.advice.get(page)),
            no_guarantee => texts.no_guarantee.as_str(),
            service_message => &view.service_message(kreds)?,
            action => &address::receipt(&receipt.id),
            changes => &changes.into_iter().flatten().collect::<Vec<_>>(),
            withdraw,
            withdraw_nonce,
            confirm => CONFIRM,
            withdrawing => &said("traek_tilbage_tekst"),
        };
        let mut frame = view.frame(words.get("kvittering"), "", Above::Kreds(kreds))?;
        frame.failed = tried.problem.is_some();
        self.page("receipt.html", &frame, content)
    }
}

/// Returns true if the act is one of the citizen's changes.
const fn is_citizens(act: &Act) -> bool {
    matches!(act, Act::HoursChanged | Act::PhoneChanged | Act::Withdrawn)
}
