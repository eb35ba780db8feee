//! Validation of the parts of a catalog.

use super::own_texts;
use super::{CatalogParts, LanguageParts};
use crate::field::Field;
use crate::form::Form;
use crate::names::{FormId, KredsSlug, Language, PageSlug, ReasonSlug};
use crate::signpost::Signpost;
use std::collections::BTreeSet;
use thiserror::Error;

/// Validation error of [`CatalogParts`](super::CatalogParts).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadCatalog {
    /// There are no Danish texts.
    #[error("there are no Danish texts")]
    NoDanish,
    /// A form is missing in a language or occurs there twice.
    #[error("form {form} must stand once in {language}")]
    Form {
        /// The form.
        form: FormId,
        /// The language.
        language: Language,
    },
    /// A translated form has other fields than the Danish one.
    #[error("form {form} in {language} must have the fields and choices of the Danish form")]
    Differs {
        /// The form.
        form: FormId,
        /// The language.
        language: Language,
    },
    /// A form lacks mailboxes, or mailboxes exist for an unknown form.
    #[error("form {0} must be among the Danish forms and among those that every kreds has a mailbox for")]
    NoMailboxes(FormId),
    /// The signposts of a language differ from the Danish ones, or two of them share an answer.
    #[error("in {0} the signposts must be the Danish ones, each answer leading to one of them")]
    Signposts(Language),
    /// A topic refers to a page of advice that does not exist.
    #[error("there is no page {page} of advice in {language}")]
    Advice {
        /// The missing page.
        page: PageSlug,
        /// The language.
        language: Language,
    },
    /// A service message belongs to an unknown kreds or lacks a text in some language.
    #[error("the service message of {0} must be that of a kreds, and have a text in every language")]
    ServiceMessage(KredsSlug),
    /// A closed form belongs to an unknown kreds, is itself unknown, or lacks a text in some language.
    #[error("that kreds {kreds} has closed {form} must be about a kreds and a form, and have a text in every language")]
    Closed {
        /// The kreds.
        kreds: KredsSlug,
        /// The form.
        form: FormId,
    },
    /// Own texts belong to an unknown kreds, are missing in some language, are empty, or lack what a notice must state.
    #[error("the own texts of {0} must be those of a kreds, the same in every language, and say all that they must")]
    OwnTexts(KredsSlug),
    /// A reason occurs twice, has no title, or lacks a text in some language.
    #[error("the reason {0} must stand there once, with a title, and have a text in every language")]
    Reason(ReasonSlug),
    /// The JSON is not a catalog.
    #[error("not a catalog: {0}")]
    Json(String),
}

/// Returns every error in the parts.
pub(super) fn faults(parts: &CatalogParts) -> Vec<BadCatalog> {
    let mut faults = Vec::new();
    if !parts.languages.contains_key(&Language::danish()) {
        faults.push(BadCatalog::NoDanish);
    }
    let danish: Vec<&Form> = parts.forms.iter().filter(|form| *form.language() == Language::danish()).collect();
    let all: BTreeSet<&FormId> = parts.forms.iter().map(Form::id).chain(parts.atlas.forms()).collect();
    for form in all {
        if !danish.iter().any(|original| original.id() == form) || !parts.atlas.forms().contains(form) {
            faults.push(BadCatalog::NoMailboxes(form.clone()));
        }
    }
    let signposts = |parts: &LanguageParts| parts.signposts.iter().map(signpost).collect::<Vec<_>>();
    let danish_signposts = parts.languages.get(&Language::danish()).map(signposts).unwrap_or_default();
    for (language, texts) in &parts.languages {
        let answers: Vec<_> =
            texts.signposts.iter().flat_map(|signpost| &signpost.answers).map(|choice| &choice.code).collect();
        if signposts(texts) != danish_signposts || answers.iter().collect::<BTreeSet<_>>().len() != answers.len() {
            faults.push(BadCatalog::Signposts(language.clone()));
        }
        let topics = danish.iter().filter_map(|form| form.topic()).flat_map(|topic| topic.kind.choices());
        let pages: BTreeSet<&PageSlug> = topics.flatten().filter_map(|choice| choice.advice.as_ref()).collect();
        let missing = pages.into_iter().filter(|page| !texts.advice.contains_key(*page));
        faults.extend(missing.map(|page| BadCatalog::Advice { page: page.clone(), language: language.clone() }));
        for original in &danish {
            let twins = parts.forms.iter().filter(|form| form.id() == original.id() && form.language() == language);
            let (form, language) = (original.id().clone(), language.clone());
            match twins.collect::<Vec<_>>().as_slice() {
                [twin] if structure(twin) == structure(original) => {}
                [_] => faults.push(BadCatalog::Differs { form, language }),
                _ => faults.push(BadCatalog::Form { form, language }),
            }
        }
    }
    for (kreds, message) in &parts.service_messages {
        if parts.atlas.kreds(kreds).is_none() || parts.languages.keys().any(|code| message.text(code).is_none()) {
            faults.push(BadCatalog::ServiceMessage(kreds.clone()));
        }
    }
    for (kreds, forms) in &parts.closed {
        for (form, texts) in forms {
            let has_text = |language: &Language| texts.get(language).is_some_and(|text| !text.trim().is_empty());
            let is_known = parts.atlas.kreds(kreds).is_some() && parts.atlas.forms().contains(form);
            if !is_known || !parts.languages.keys().all(has_text) {
                faults.push(BadCatalog::Closed { kreds: kreds.clone(), form: form.clone() });
            }
        }
    }
    for reason in &parts.reasons {
        let has_text = |language: &Language| reason.texts.get(language).is_some_and(|text| !text.text().is_empty());
        let once = parts.reasons.iter().filter(|other| other.slug == reason.slug).count() == 1;
        if !once || reason.title.trim().is_empty() || !parts.languages.keys().all(has_text) {
            faults.push(BadCatalog::Reason(reason.slug.clone()));
        }
    }
    faults.extend(own_texts::unfit(parts).cloned().map(BadCatalog::OwnTexts));
    faults
}

/// The parts of a form that must be equal in every language: names, choices, advice, follow-ups and required answers.
fn structure(form: &Form) -> Vec<(String, bool, String, Vec<String>)> {
    let codes = |field: &Field| match field.kind.choices().as_slice() {
        [] => vec![format!("{:?}", field.kind)],
        lists => lists.iter().copied().flatten().map(|choice| format!("{} {:?}", choice.code, choice.advice)).collect(),
    };
    let of = |field: &Field| (field.name.to_string(), field.required, format!("{:?}", field.only_for), codes(field));
    form.fields().map(of).collect()
}

/// The parts of a signpost that must be equal in every language.
fn signpost(signpost: &Signpost) -> (String, String, Vec<String>) {
    let codes = signpost.answers.iter().map(|choice| choice.code.to_string()).collect();
    (signpost.slug.to_string(), format!("{:?}", signpost.instead), codes)
}
