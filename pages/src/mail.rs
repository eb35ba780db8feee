//! The mails: to the officer, everything needed for the call, telephone number first; to the citizen, a receipt.

use crate::frame::View;
use crate::kreds::PhoneView;
use crate::{BadPage, Pages, dates};
use model::answers::Answer;
use model::atlas::Kreds;
use model::deadline::Promise;
use model::field::Role;
use model::form::Form;
use model::submission::{Receipt, Submission};
use model::words::{Words, fill};
use serde::Serialize;
use std::collections::BTreeMap;

/// A mail's words, before it is addressed. The subject holds nothing personal: it is shown on locked screens and in logs.
pub struct Mail {
    /// The reference, and for officers the form and the kreds.
    pub subject: String,
    /// The mail as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

#[derive(Serialize)]
struct Content<'a> {
    danger: bool,
    code_words: String,
    phone: PhoneView,
    name: &'a str,
    call_times: String,
    topic_label: &'a str,
    topic: String,
    place: Vec<Line<'a>>,
    details: Vec<Line<'a>>,
    email: Option<&'a str>,
    reference: &'a str,
    received: String,
    deadline: String,
    form_title: &'a str,
    kreds_name: &'a str,
    language: &'a str,
    site_name: &'a str,
    base_url: &'a str,
    support: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    short: &'a str,
    value: String,
}

impl Pages {
    /// The mail to the officers of `kreds`. `view` is in Danish, whatever language the citizen used; so is `form`.
    pub fn officer_mail(
        &self,
        view: &View<'_>,
        submission: &Submission,
        form: &Form,
        kreds: &Kreds,
    ) -> Result<Mail, BadPage> {
        let words = &view.texts()?.words;
        let (receipt, answers) = (&submission.receipt, &submission.answers);
        let joined = |role: Role| answers.with_role(role).map(read).collect::<Vec<_>>().join("; ");
        let lines = |role: Role| {
            let given = answers.with_role(role);
            given.map(|answer| Line { short: &answer.short, value: read(answer) }).collect::<Vec<_>>()
        };
        let citizens = view.catalog.texts(&receipt.language).map(|texts| texts.words.get("paa_dansk"));
        let content = Content {
            danger: submission.danger,
            code_words: receipt.code_words.said(),
            phone: PhoneView::from(answers.contact.phone.reveal()),
            name: answers.contact.name.reveal(),
            call_times: joined(Role::CallTimes),
            topic_label: answers.with_role(Role::Topic).next().map_or("", |topic| topic.short.as_str()),
            topic: joined(Role::Topic),
            place: lines(Role::Place),
            details: answers
                .with_role(Role::Detail)
                .map(|answer| Line { short: &answer.short, value: answer.values.reveal().join("\n") })
                .collect(),
            email: answers.contact.email.as_ref().map(|email| email.reveal().as_str()),
            reference: receipt.reference.as_str(),
            received: dates::moment(words, receipt.received),
            deadline: deadline(words, receipt.promise),
            form_title: form.title(),
            kreds_name: &kreds.name,
            language: citizens.unwrap_or(receipt.language.as_str()),
            site_name: view.catalog.site_name(),
            base_url: view.catalog.base_url(),
            support: view.catalog.fallback().as_str(),
        };
        let mark = if submission.danger { "OBS fareord · " } else { "" };
        Ok(Mail {
            subject: format!("{mark}{} · {} · {}", form.title(), kreds.name, receipt.reference),
            text: self.fill("officer.txt", &content)?,
            html: self.fill("officer.html", &content)?,
        })
    }

    /// The receipt by mail, in the citizen's language. It is made of the receipt alone, so no answer can be in it: whoever
    /// types a stranger's address sends that stranger nothing of their own.
    pub fn citizen_mail(&self, view: &View<'_>, receipt: &Receipt, kreds: &Kreds) -> Result<Mail, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            lang: &'a str,
            received_by: String,
            reference: &'a str,
            promise: String,
            nobody_calls: String,
            phone: Option<PhoneView>,
            no_guarantee: String,
            site_name: &'a str,
            base_url: &'a str,
            t: &'a BTreeMap<String, String>,
        }
        let texts = view.texts()?;
        let words = &texts.words;
        let heard_by = dates::date(words, receipt.promise.heard_by());
        let content = Content {
            lang: view.language.as_str(),
            received_by: fill(words.get("modtaget_af"), &[("kreds", &kreds.name)]),
            reference: receipt.reference.as_str(),
            promise: dates::promise(words, receipt.promise),
            nobody_calls: fill(words.get("ingen_ringer"), &[("dato", &heard_by)]),
            phone: kreds.phone.as_ref().map(PhoneView::from),
            no_guarantee: texts.no_guarantee.text(),
            site_name: view.catalog.site_name(),
            base_url: view.catalog.base_url(),
            t: words.table(),
        };
        Ok(Mail {
            subject: fill(words.get("mail_emne"), &[("reference", receipt.reference.as_str())]),
            text: self.fill("citizen.txt", &content)?,
            html: self.fill("citizen.html", &content)?,
        })
    }
}

/// What the officers must do, and when. Their words, not those that the citizen reads.
fn deadline(words: &Words, promise: Promise) -> String {
    match promise {
        Promise::Call { by } => format!("Ring senest {}", dates::date(words, by)),
        Promise::AnswerAndAct { answer_by, act_by } => {
            format!("Svar senest {}, handling senest {}", dates::date(words, answer_by), dates::date(words, act_by))
        }
    }
}

fn read(answer: &Answer) -> String {
    // Some choices have commas of their own: "Morgen, kl. 6-9".
    answer.values.reveal().join("; ")
}
