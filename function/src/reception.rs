//! Receiving a form: judge it, show a summary, store it once, and lead to the receipt.

use crate::Service;
use crate::post::{Post, Step};
use crate::quarantine::held;
use crate::store::{Accepted, Draft, StoreError, Task};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use model::answers::Answers;
use model::atlas::Kreds;
use model::catalog::Catalog;
use model::code_words::{CodeWordList, CodeWords};
use model::exit::Exit;
use model::field::Field;
use model::form::Form;
use model::names::{ChoiceCode, FormId, KredsSlug, Language, SubmissionId, hex};
use model::parse::FieldError;
use model::reference::Reference;
use model::submission::{Held, Receipt, Submission};
use model::wire::{ABOUT, DESPITE_DANGER, REMOVE_CPR};
use model::words::fill;
use pages::{BadPage, Filled, Summary, View};
use sha2::Sha256;
use thiserror::Error;

/// What a form is answered with.
pub enum Reply {
    /// A page with a status.
    Page(u16, String),
    /// Received: go to the receipt.
    Receipt(SubmissionId),
    /// There is no such form.
    NoSuchForm,
}

/// Why a form cannot be answered.
#[derive(Debug, Error)]
pub enum ReceptionError {
    /// The table does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A page cannot be made.
    #[error(transparent)]
    Page(#[from] BadPage),
    /// Stored answers cannot be written.
    #[error(transparent)]
    Answers(#[from] model::answers::Unreadable),
    /// The machine has no randomness.
    #[error("no random numbers")]
    Random,
    /// Many references in a row were taken.
    #[error("no free reference was found")]
    NoReference,
}

/// Answers a form that was sent.
pub(crate) async fn receive(
    service: &Service,
    catalog: &Catalog,
    language: &Language,
    form: &FormId,
    post: &Post,
) -> Result<Reply, ReceptionError> {
    let now = service.clock.now();
    let Some(current) = catalog.form(form, language) else { return Ok(Reply::NoSuchForm) };
    let Some(page) = page_of(catalog, post) else { return Ok(Reply::NoSuchForm) };
    // Without an address: a link to the same form in another language would lose what was typed.
    let view = View::new(catalog, language, now);
    if let Some(exit) = way_out(catalog, language, post) {
        return Ok(Reply::Page(422, service.pages.exit(&view, exit, current, page)?));
    }
    let filled = Filled { raw: post.answers.clone(), ..Filled::empty() };
    let show = |filled: Filled| service.pages.form(&view, current, page, &filled);
    if post.step == Step::Change {
        return Ok(Reply::Page(200, show(filled)?));
    }
    let outdated = post.version.as_ref().is_some_and(|version| version != catalog.version());
    let older = match &post.version {
        Some(version) if outdated => service.catalogs.version(version).await?,
        _ => None,
    };
    let numbers = cpr_errors(catalog, language, current, post);
    let asked_about_cpr = !numbers.is_empty() || !post.answers.first(REMOVE_CPR).is_empty();
    let (judge, answers) = match judged(catalog, older.as_deref(), language, form, post) {
        Some(judged) if numbers.is_empty() => judged,
        _ => {
            let mut errors = current.parse(&post.answers, catalog.atlas()).err().unwrap_or_default();
            errors.extend(numbers);
            errors.sort_by_key(|error| current.fields().position(|field| field.name == error.field));
            return Ok(Reply::Page(422, show(Filled { errors, outdated, asked_about_cpr, ..filled })?));
        }
    };
    let shown = judge.form(form, language).unwrap_or(current);
    let Some(kreds) = catalog.atlas().kreds(&answers.place.kreds) else { return Ok(Reply::NoSuchForm) };
    let danger = shown.tells_of_danger(&post.answers, catalog.danger_words());
    if danger && post.answers.first(DESPITE_DANGER).is_empty() {
        let html = service.pages.danger(&view, shown, judge.version(), &post.answers, page)?;
        return Ok(Reply::Page(200, html));
    }
    let summary = Summary {
        form: shown,
        version: judge.version(),
        answers: &answers,
        raw: &post.answers,
        page,
        kreds,
        promise: kreds.deadline.promise(now),
        failed: false,
    };
    if post.step == Step::Review {
        return Ok(Reply::Page(200, service.pages.summary(&view, &summary)?));
    }
    // Officers read Danish: the same answers once more, with the Danish form's questions and choices.
    let danish = judge.form(form, &Language::danish()).and_then(|form| form.parse(&post.answers, catalog.atlas()).ok());
    let stored = danish.unwrap_or_else(|| answers.clone());
    let topic = shown.chosen_topic(&post.answers).map(|topic| topic.code.clone());
    let received = Received { answers: stored, topic, danger, held: held(&post.answers) };
    match store(service, catalog, language, current.id(), kreds, received, now).await {
        Ok(id) => Ok(Reply::Receipt(id)),
        Err(error) => {
            tracing::error!(%error, form = %form, kreds = %kreds.slug, "a submission was not stored; the citizen is told so");
            Ok(Reply::Page(503, service.pages.summary(&view, &Summary { failed: true, ..summary })?))
        }
    }
}

/// Where the citizen should go instead, if the form says that the matter is another one.
fn way_out<'a>(catalog: &'a Catalog, language: &Language, post: &Post) -> Option<&'a Exit> {
    catalog.texts(language)?.exits.iter().find(|exit| exit.is_for(post.answers.first(ABOUT)))
}

/// The answers, and the catalog by which they are right: that of the page, if it is an older one, or the one in force.
///
/// Only the form is judged by an older catalog. Places are always today's.
fn judged<'a>(
    catalog: &'a Catalog,
    older: Option<&'a Catalog>,
    language: &Language,
    form: &FormId,
    post: &Post,
) -> Option<(&'a Catalog, Answers)> {
    older.into_iter().chain([catalog]).find_map(|judge| {
        let answers = judge.form(form, language)?.parse(&post.answers, catalog.atlas()).ok()?;
        Some((judge, answers))
    })
}

/// Asks once for each civil registration number that it be taken out. Who sends it again all the same gets it taken out.
fn cpr_errors(catalog: &Catalog, language: &Language, form: &Form, post: &Post) -> Vec<FieldError> {
    let Some(texts) = catalog.texts(language).filter(|_| post.answers.first(REMOVE_CPR).is_empty()) else {
        return Vec::new();
    };
    let error = |field: &Field| FieldError {
        field: field.name.clone(),
        message: fill(texts.words.get("cpr_fundet"), &[("felt", &field.short)]),
    };
    form.with_cpr_number(&post.answers).map(error).collect()
}

/// The kreds whose page the form was sent from. A form without one was not sent by our pages, but its place is enough.
fn page_of<'a>(catalog: &'a Catalog, post: &Post) -> Option<&'a Kreds> {
    let atlas = catalog.atlas();
    let by_page = post.page.as_ref().and_then(|slug| atlas.kreds(slug));
    let by_place = || atlas.locate(post.answers.first("kommune"), post.answers.first("postnr")).ok();
    by_page.or_else(|| by_place().and_then(|place| atlas.kreds(&place.kreds))).or_else(|| atlas.kredse().first())
}

/// A form that is right, and what to mark it with.
struct Received {
    answers: Answers,
    topic: Option<ChoiceCode>,
    danger: bool,
    held: Option<Held>,
}

async fn store(
    service: &Service,
    catalog: &Catalog,
    language: &Language,
    form: &FormId,
    kreds: &Kreds,
    received: Received,
    now: Timestamp,
) -> Result<SubmissionId, ReceptionError> {
    let Received { mut answers, topic, danger, held } = received;
    let same = same_content(service.settings.secret.bytes(), form, &kreds.slug, &answers)?;
    let mut tasks = vec![Task::MailKreds(kreds.slug.clone())];
    if answers.contact.email.is_some() {
        tasks.push(Task::MailCitizen(kreds.slug.clone()));
    }
    for _ in 0..5 {
        let (id, reference, code_words) = identity(catalog.code_words())?;
        let receipt = Receipt {
            id,
            reference,
            code_words,
            form: form.clone(),
            topic: topic.clone(),
            language: language.clone(),
            kreds: kreds.slug.clone(),
            catalog: catalog.version().clone(),
            received: now,
            promise: kreds.deadline.promise(now),
        };
        let submission = Submission { receipt, answers, danger, held };
        match service.store.accept(&Draft { submission: &submission, same: &same, tasks: &tasks }).await? {
            Accepted::New => {
                let receipt = submission.receipt;
                let held = held.map_or("no", Held::as_str);
                tracing::info!(reference = %receipt.reference, kreds = %receipt.kreds, form = %receipt.form, held, "received");
                return Ok(receipt.id);
            }
            Accepted::Before(id) => return Ok(id),
            Accepted::Taken => answers = submission.answers,
        }
    }
    Err(ReceptionError::NoReference)
}

/// A keyed hash of what was asked, so that a double click is one submission and the hash tells nobody what it was.
///
/// The day is not part of it: equal answers within 24 hours are one submission, also over midnight.
fn same_content(
    secret: &[u8; 32],
    form: &FormId,
    kreds: &KredsSlug,
    answers: &Answers,
) -> Result<String, ReceptionError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| ReceptionError::Random)?;
    for part in ["same", form.as_str(), kreds.as_str(), answers.to_stored()?.reveal()] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    Ok(hex(&mac.finalize().into_bytes()))
}

/// A new id, reference and code words.
fn identity(words: &CodeWordList) -> Result<(SubmissionId, Reference, CodeWords), ReceptionError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|_| ReceptionError::Random)?;
    let number = |from: usize| <[u8; 8]>::try_from(&random[from..from + 8]).map(u64::from_be_bytes);
    let id = <[u8; 16]>::try_from(&random[..16]).map_err(|_| ReceptionError::Random)?;
    let reference = number(16).map_err(|_| ReceptionError::Random)?;
    let pair = number(24).map_err(|_| ReceptionError::Random)?;
    Ok((SubmissionId::from_random(id), Reference::from_random(reference), words.draw(pair)))
}
