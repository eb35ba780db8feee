//! Mails to citizens about their cases, once the officer can no longer take it back; and what a closed case changes.

use super::attempt::Attempt;
use super::citizens::{self, may_mail};
use super::{Done, Failure};
use crate::store::{CaseFile, MailName};
use model::case::{Act, By, Case, Event};
use model::names::{Nonce, SubmissionId};
use pages::CaseNews;

/// Mails a citizen who gave an address what was done, by the sender of receipts.
pub(super) async fn send(attempt: Attempt<'_>, id: &SubmissionId, nonce: &Nonce) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let now = service.clock.now();
    let file = service.store.case(id, now).await?.ok_or(Failure::Missing("submission"))?;
    let CaseFile { receipt, case, .. } = &file;
    // Of what was withdrawn nobody hears any more.
    let event = if case.withdrawn().is_some() { None } else { case.standing().find(|event| event.nonce == *nonce) };
    let Some(event) = event else { return Ok(Done::Withheld) };
    if let Act::Closed { .. } = event.act
        && let Some(kreds) = catalog.atlas().kreds(case.kreds(&receipt.kreds))
    {
        service.store.keep_closed(id, kreds.retention.after_closing(event.at), now).await?;
    }
    if is_outdated(case, event) {
        // Whatever makes it pointless may still be taken back.
        return Ok(case.undo_ends(now).map_or(Done::Withheld, Done::Waits));
    }
    let name = MailName::CaseUpdate(receipt.reference.clone(), nonce.clone());
    let email = match may_mail(service, id, &name).await? {
        Ok(email) => email,
        Err(done) => return Ok(done),
    };
    let reason = service.reason(catalog, case).await?;
    // Whoever called may have sent it on since.
    let by = match (&event.act, &event.by) {
        (Act::NotReached, By::Officer(by)) => by,
        _ => case.kreds(&receipt.kreds),
    };
    let news = match (&event.act, &reason) {
        (Act::NotReached, _) => CaseNews::NotReached { by },
        (Act::Forwarded { .. }, _) => CaseNews::Forwarded,
        (Act::Closed { .. }, Some(reason)) => CaseNews::Closed(reason),
        (Act::Closed { .. }, None) => return Err(Failure::Missing("reason")),
        _ => return Ok(Done::Withheld),
    };
    citizens::send(attempt, receipt, by, &news, (&email, &name)).await
}

/// True if something later has made it pointless: whoever was reached since gets no mail that they were not.
fn is_outdated(case: &Case, event: &Event) -> bool {
    event.act == Act::NotReached && !case.owes_call()
}
