//! The HTML pages and all mails: Tera templates, and one function for each page.
//!
//! The site generator and the function call the same code, so a form that the function returns with errors is the page
//! of the static site. Each function takes values of `model` and returns a whole document; nothing here does I/O.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod address;
pub mod assets;
mod calls;
mod carried;
mod case_mail;
mod case_page;
mod citizen_page;
mod closed;
mod controls;
mod danger;
mod dates;
mod digest;
mod field;
mod figures;
mod form;
mod frame;
mod headers;
mod icons;
mod information;
mod kreds;
mod last_resort;
mod letter;
mod mail;
pub mod map;
mod media;
mod moved;
mod news_mail;
mod place;
mod place_list;
mod plain;
mod question;
mod reception;
mod refusal;
mod same_road;
mod search;
mod service_message;
mod start;
mod stop;
mod tour;
mod week;

pub use calls::{OverdueCalls, OwedCall, ReminderMail};
pub use case_mail::CaseNews;
pub use case_page::{CALLING, CHOICES, CaseChoice, CasePage, CaseProblem, LONGEST_NOTE, NoCase, UNDO};
pub use citizen_page::{CONFIRM, CitizenPage, CitizenProblem, CitizenTried, ReceiptNote, WISHES};
pub use closed::MAILBOXES_CLOSED;
pub use controls::{ControlText, ShownControl};
pub use danger::DESPITE_112;
pub use digest::{Digest, DigestEnd, DigestLine, DigestSeries, DigestState, Holder};
pub use form::{Filled, Notice};
pub use frame::{Feed, Shared, View};
pub use headers::{HEADERS, PRIVATE_HEADERS};
pub use information::Information;
pub use kreds::{KredsLists, News};
pub use last_resort::{NOT_RECEIVED, NOT_RECEIVED_FILE, last_resort};
pub use letter::{Letter, NoCall, Sent};
pub use mail::{Again, Mail};
pub use media::media_type;
pub use news_mail::News as NewsOfCitizen;
pub use place::{FindResult, found_at};
pub use question::{ANSWERS, Asked};
pub use reception::{Failure, Summary};
pub use refusal::Refusal;
pub use same_road::{SameRoad, Stretch};
pub use search::{SearchEntry, SearchKreds};
pub use stop::{StopDetails, StopText, TourStop};

use frame::Frame;
use std::sync::{Arc, LazyLock};
use tera::{Context, Kwargs, State, Tera};
use thiserror::Error;

/// The compiled templates. A process compiles them once; all instances share them.
#[derive(Clone)]
pub struct Pages(Arc<Tera>);

/// A page that cannot be rendered. The cause is an error in a template, never what a citizen typed.
#[derive(Debug, Clone, Error)]
#[error("template {template}: {reason}")]
pub struct BadPage {
    template: String,
    reason: String,
}

macro_rules! templates {
    ($($name:literal),* $(,)?) => { [$(($name, include_str!(concat!("../templates/", $name)))),*] };
}

const TEMPLATES: [(&str, &str); 58] = templates![
    "all_tours.html",
    "base.html",
    "calls.html",
    "calls.txt",
    "carried.html",
    "case.html",
    "case_mail.html",
    "case_mail.txt",
    "chart.html",
    "closed.html",
    "controls.html",
    "danger.html",
    "digest.html",
    "digest.txt",
    "errors.html",
    "field.html",
    "figures.html",
    "figures_table.html",
    "find_form.html",
    "foot.html",
    "form.html",
    "found.html",
    "front.html",
    "hint.html",
    "information.html",
    "kommune_list.html",
    "kreds.html",
    "mail.html",
    "moved.html",
    "news_mail.html",
    "news_mail.txt",
    "no_case.html",
    "notice.html",
    "notice.txt",
    "officer.html",
    "officer.txt",
    "overdue.html",
    "overdue.txt",
    "places.html",
    "question.html",
    "receipt.html",
    "receipt_mail.html",
    "receipt_mail.txt",
    "refusal.html",
    "reminder.html",
    "reminder.txt",
    "search.html",
    "service_message.html",
    "signpost.html",
    "start.html",
    "statement.html",
    "stop.html",
    "subscription.html",
    "summary.html",
    "top.html",
    "topic.html",
    "tour.html",
    "week.html",
];

static COMPILED: LazyLock<Result<Arc<Tera>, BadPage>> = LazyLock::new(|| {
    let mut tera = Tera::new();
    tera.register_filter("quoted", |text: &str, _: Kwargs, _: &State| plain::quoted(text));
    tera.register_filter("beside", |text: &str, _: Kwargs, _: &State| plain::beside(text));
    let shared = tera.global_context();
    shared.insert("assets", &assets::addresses());
    shared.insert("icons", &icons::icons());
    let compiled = tera.add_raw_templates(TEMPLATES);
    compiled.map_err(|error| BadPage::new("(all)", &error))?;
    Ok(Arc::new(tera))
});

impl Pages {
    /// Compiles the templates. Returns an error if one of them does not compile.
    pub fn new() -> Result<Self, BadPage> {
        COMPILED.clone().map(Self)
    }

    /// Renders a page: a template with the values of a frame and its own content.
    fn page(&self, template: &str, frame: &Frame<'_>, mut content: Context) -> Result<String, BadPage> {
        frame.around(&mut content);
        self.render(template, content)
    }

    /// Renders a template. A name that the template uses and `values` lacks is an error, not an empty string.
    ///
    /// The template's name determines the stylesheet, so no page can link to another page's.
    fn render(&self, template: &str, mut values: Context) -> Result<String, BadPage> {
        values.insert("stylesheet", assets::stylesheet(template));
        self.0.render(template, &values).map_err(|error| BadPage::new(template, &error))
    }
}

impl BadPage {
    /// The error's own message, without the values it may quote from the context.
    fn new(template: &str, error: &tera::Error) -> Self {
        Self { template: template.to_owned(), reason: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_undefined_name_in_a_mail_is_an_error() {
        let line = json!([{ "short": "Vej", "value": "Viborgvej", "lines": ["Viborgvej"] }]);
        let officer = json!({
            "danger": true, "code_words": "x", "place": line,
            "caller": { "phone": { "dial": "x", "shown": "x" }, "name": "x", "call_times": "x", "topic_label": "x", "topic": "x", "email": "x" }, "same_road": ["x"], "conversation": line, "details": line, "reference": "x",
            "received": "x", "deadline": "x", "form_title": "x", "kreds_name": "x", "language": "x", "site_name": "x",
            "base_url": "x", "support": "x", "sent": "second", "serial": "x", "kommune": "x", "case": "x", "forwarded_by": "x"
        });
        let pages = Pages::new().unwrap_or_else(|error| panic!("{error}"));
        let fill = |template: &str, officer: &serde_json::Value| {
            let mut values = Context::from_serialize(officer).unwrap();
            values.insert("lang", "da");
            pages.render(template, values)
        };
        // Templates check whether these values are set; journeys test their effect.
        let may_lack = ["danger", "email", "sent", "serial", "kommune", "kreds_name", "case", "forwarded_by"];
        for template in ["officer.txt", "officer.html"] {
            assert!(fill(template, &officer).is_ok());
            for (part, name) in ["", "/caller"].into_iter().flat_map(|part| {
                let names = officer.pointer(part).and_then(serde_json::Value::as_object).into_iter().flatten();
                names.map(move |(name, _)| (part, name))
            }) {
                let mut values = officer.clone();
                values.pointer_mut(part).and_then(|values| values.as_object_mut()?.remove(name));
                assert_eq!(
                    fill(template, &values).is_ok(),
                    may_lack.contains(&name.as_str()),
                    "{template} without {name}"
                );
            }
        }
    }
}
