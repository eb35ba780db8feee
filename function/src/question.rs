//! The page where a citizen answers whether somebody has called: opening it changes nothing; each answer counts once.
//!
//! Its URL is the receipt's, which nobody can guess. The last answer counts. Nonces derive from the answers, so that
//! the same answer, sent twice or by a program that opened the page, is one event.

use crate::Service;
use crate::citizen::open;
use crate::content::kreds_name;
use crate::hashes::Hashed;
use crate::language::known_or_danish;
use crate::shown::{NotShown, Shown};
use crate::store::{CaseFile, Step, Stepped, StoreError};
use jiff::Timestamp;
use model::case::{Act, By, Event};
use model::catalog::Catalog;
use model::names::{Nonce, SubmissionId};
use model::raw::RawAnswers;
use pages::{ANSWERS, Asked, Refusal, View, address};

pub(crate) async fn show(service: &Service, catalog: &Catalog, id: &SubmissionId) -> Result<Shown, NotShown> {
    let file = open(service, Some(id), Refusal::NoReceiptNow).await?;
    page(service, catalog, &file, false)
}

/// Records an answer, if it is one that the page offers now.
pub(crate) async fn answer(
    service: &Service,
    catalog: &Catalog,
    id: &SubmissionId,
    sent: &RawAnswers,
) -> Result<Shown, NotShown> {
    let file = open(service, Some(id), Refusal::NoChangeNow).await?;
    let answer = sent.first("svar");
    if !ANSWERS.contains(&answer) {
        return page(service, catalog, &file, true);
    }
    if asked(&file, service.clock.now()).is_some_and(|asked| asked.answers().contains(&answer)) {
        let noted = note(service, &file, answer).await;
        let stepped = noted.map_err(|error| NotShown::to_citizen(&error, Refusal::NoChangeNow))?;
        tracing::info!(reference = %file.receipt.reference, answer, ?stepped, "a citizen has answered");
    }
    Ok(Shown::SeeOther(address::question(id)))
}

/// The state of the question; `None` before the deadline, unless the last word can be contradicted.
fn asked(CaseFile { receipt, case, .. }: &CaseFile, now: Timestamp) -> Option<Asked> {
    let visible = case.visible_to_citizen(now);
    if visible.is_over() {
        return Some(Asked::Over);
    }
    match visible.last_word().map(|word| &word.act) {
        Some(Act::Answered { called: true }) => Some(Asked::Called),
        Some(Act::Answered { called: false }) => Some(Asked::Missed),
        Some(act) if act.settles_call() == Some(true) => Some(Asked::Noted),
        _ => (now >= receipt.promise.due()).then_some(Asked::Open),
    }
}

fn page(service: &Service, catalog: &Catalog, file: &CaseFile, is_unanswered: bool) -> Result<Shown, NotShown> {
    let CaseFile { receipt, case, .. } = file;
    let now = service.clock.now();
    let Some(asked) = asked(file, now) else {
        return Ok(Shown::SeeOther(address::receipt(&receipt.id)));
    };
    let is_unanswered = is_unanswered && !asked.answers().is_empty();
    let language = known_or_danish(catalog, Some(&receipt.language));
    let view = View::new(catalog, &language, now);
    let visible = case.visible_to_citizen(now);
    let kreds = kreds_name(catalog, visible.kreds(&receipt.kreds));
    let html = service.pages.question(&view, receipt, kreds, asked, is_unanswered)?;
    Ok(Shown::Page(if is_unanswered { 422 } else { 200 }, html))
}

async fn note(service: &Service, file: &CaseFile, answer: &str) -> Result<Stepped, StoreError> {
    let receipt = &file.receipt;
    let before = file.case.standing().filter(|event| matches!(event.act, Act::Answered { .. })).count();
    let hashed = service.hash(&Hashed::Answer { id: &receipt.id, answer, before });
    let nonce = hashed.get(..16).and_then(|nonce| Nonce::parse(nonce).ok());
    let nonce = nonce.ok_or(StoreError::Unreadable("answer"))?;
    let (called, what) = if answer == ANSWERS[0] { (true, "was called") } else { (false, "was not called") };
    let event = Event { nonce, at: service.clock.now(), by: By::Citizen, act: Act::Answered { called } };
    let (case, audit) = (&file.case, (what, "link citizen"));
    let step = Step { receipt, case, event: &event, takes_back: None, seen: None, note: None, audit };
    service.store.step(&step).await
}
