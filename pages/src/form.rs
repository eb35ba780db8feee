//! The page of a form: empty on the static site, or with the input and its errors.

use crate::field::{FieldView, Questions};
use crate::frame::{Above, View};
use crate::{BadPage, Pages, address};
use model::atlas::{Kreds, PlaceMatch};
use model::field_names::{AGAIN, FILL_TIME, HONEYPOT, REMOVE_CPR};
use model::form::Form;
use model::parse::FieldError;
use model::raw::RawAnswers;
use serde::Serialize;

/// The content of a form that is shown.
#[derive(Default)]
pub struct Filled {
    /// The input as typed.
    pub raw: RawAnswers,
    /// The errors in the input, in the order of the form.
    pub errors: Vec<FieldError>,
    /// True if the citizen was asked to remove a civil registration number.
    pub asked_about_cpr: bool,
    /// A notice about the form as a whole.
    pub notice: Option<Notice>,
}

/// The notice above a form that is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The content has changed since the page was opened; the citizen must check the form again.
    Outdated,
    /// The form could not be validated now, and is not received.
    NotReceived,
}

/// A link to a field to correct.
#[derive(Serialize)]
pub(crate) struct ErrorLink<'a> {
    pub(crate) target: String,
    pub(crate) message: &'a str,
}

#[derive(Serialize)]
struct SectionView<'a> {
    title: &'a str,
    fields: Vec<FieldView<'a>>,
}

impl Filled {
    /// The form of the static site, without input or errors.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }
}

impl Pages {
    /// Renders the page of `form` for the kreds that it was opened from.
    ///
    /// It posts to an address that ends in `#fejl`, so that a response with errors scrolls to their list without
    /// JavaScript. A page without errors has no such anchor, and nothing happens.
    pub fn form(&self, view: &View<'_>, form: &Form, kreds: &Kreds, filled: &Filled) -> Result<String, BadPage> {
        let texts = view.texts()?;
        let found = view.catalog.atlas().find(filled.raw.first("postnr"));
        let choice = match &found {
            _ if !form.has_one_place() => &[],
            PlaceMatch::One(_) => &[],
            all => all.candidates(),
        };
        let asked = Questions { view, form, kreds: &kreds.slug, choice, raw: &filled.raw, errors: &filled.errors };
        let content = tera::context! {
            honeypot => HONEYPOT,
            fill_time => FILL_TIME,
            trapped => filled.raw.first(HONEYPOT),
            filled_before => filled.raw.first(FILL_TIME),
            action => &address::submit_from(&kreds.slug, form.id(), view.language),
            kreds => kreds.slug.as_str(),
            version => view.catalog.version().as_str(),
            introduction => form.introduction().as_str(),
            not_urgent => view.not_urgent(kreds)?,
            privacy_notice => &view.privacy_notice(form, kreds)?,
            no_guarantee => texts.no_guarantee.as_str(),
            service_message => &view.service_message(kreds)?,
            notice => &match filled.notice {
                None => String::new(),
                Some(Notice::Outdated) => texts.words.get("ny_udgave").to_owned(),
                Some(Notice::NotReceived) => {
                    format!("{}. {}", texts.words.get("ikke_modtaget"), texts.words.get("proev_igen"))
                }
            },
            again => if filled.raw == RawAnswers::default() { "" } else { AGAIN },
            remove_cpr => if filled.asked_about_cpr { REMOVE_CPR } else { "" },
            errors => &asked.error_links(),
            sections => &form
                .sections()
                .iter()
                .map(|section| SectionView {
                    title: &section.title,
                    fields: section
                        .fields
                        .iter()
                        .filter(|field| field.only_for.is_none() && asked.is_asked(field))
                        .map(|field| asked.field(field, &section.fields))
                        .collect(),
                })
                .collect::<Vec<_>>(),
        };
        let mut frame = view.frame(form.title(), form.summary(), Above::Form(kreds, form))?;
        frame.stands_at(texts.words.get("formular"));
        frame.failed = !filled.errors.is_empty() || filled.notice == Some(Notice::NotReceived);
        self.page("form.html", &frame, content)
    }
}
