//! The summary that a citizen sees before sending.

use crate::carried::carried;
use crate::dates;
use crate::field::target;
use crate::frame::{Above, View};
use crate::kreds::PhoneView;
use crate::{BadPage, Pages, address};
use model::answers::Answers;
use model::atlas::Kreds;
use model::deadline::Promise;
use model::form::Form;
use model::names::CatalogVersion;
use model::raw::RawAnswers;
use model::words::fill;
use serde::Serialize;

/// A valid form, to be reviewed before it is sent.
pub struct Summary<'a> {
    /// The form in the citizen's language.
    pub form: &'a Form,
    /// The catalog that the form is from.
    pub version: &'a CatalogVersion,
    /// The answers.
    pub answers: &'a Answers,
    /// The input as typed, to be sent again.
    pub raw: &'a RawAnswers,
    /// The kreds whose page the form was opened on.
    pub page: &'a Kreds,
    /// The responsible kreds, which gets the request.
    pub kreds: &'a Kreds,
    /// The promise if the form is sent now.
    pub promise: Promise,
    /// The reason why nothing was received, if the form was sent.
    pub failure: Option<Failure>,
}

/// The reason why a valid form was not received. The page still contains it, so that it can be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The service has an internal error.
    Unavailable,
    /// Too many forms came from the same address.
    TooMany,
}

impl Failure {
    /// The key of the message.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Unavailable => "proev_igen",
            Self::TooMany => "for_mange",
        }
    }
}

impl Pages {
    /// Renders the summary before sending.
    pub fn summary(&self, view: &View<'_>, summary: &Summary<'_>) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Line<'a> {
            question: &'a str,
            value: String,
            /// The anchor on the form where the answer is changed.
            target: String,
        }
        let texts = view.texts()?;
        let words = &texts.words;
        let kommune = view.catalog.atlas().kommune(&summary.answers.place.kommune).map_or("", |kommune| &kommune.name);
        let elsewhere = summary.page.slug != summary.kreds.slug;
        let names = [("kommune", kommune), ("kreds", &summary.kreds.name), ("side", &summary.page.name)];
        let content = tera::context! {
            action => &address::submit_from(&summary.page.slug, summary.form.id(), view.language),
            form_title => summary.form.title(),
            kreds => summary.page.slug.as_str(),
            version => summary.version.as_str(),
            goes_to => &fill(words.get("sendes_til"), &[("kreds", &summary.kreds.name)]),
            redirected => &if elsewhere { fill(words.get("anden_kreds"), &names) } else { String::new() },
            // The kreds's own number, if it has one.
            phone => &summary.kreds.phone.as_ref().map(PhoneView::from),
            failure => summary.failure.map_or("", |failure| words.get(failure.word())),
            promise => &dates::promise(words, summary.promise),
            answers => &summary
                .answers
                .given
                .iter()
                .map(|answer| Line {
                    question: &answer.short,
                    value: answer.values.reveal().join("\n"),
                    target: summary
                        .form
                        .fields()
                        .find(|field| field.name == answer.field)
                        .map(|field| target(summary.form, field))
                        .unwrap_or_default(),
                })
                .collect::<Vec<_>>(),
            hidden => &carried(summary.form, summary.raw).collect::<Vec<_>>(),
            no_guarantee => texts.no_guarantee.as_str(),
            service_message => &view.service_message(summary.kreds)?,
            privacy_notice => &view.privacy_notice(summary.form, summary.kreds)?,
        };
        let title = words.get(if summary.failure.is_some() { "ikke_modtaget" } else { "gennemse_overskrift" });
        let mut frame = view.frame(title, "", Above::Form(summary.page, summary.form))?;
        frame.authority = Some(&summary.kreds.name);
        frame.failed = summary.failure.is_some();
        self.page("summary.html", &frame, content)
    }
}
