//! Mails to citizens about officers' acts that can no longer be undone, and the shorter storage of closed requests.

use super::attempt::Attempt;
use super::citizens::{self, may_mail};
use super::{Done, Failure};
use crate::store::{CaseFile, MailName};
use model::case::{Act, By, Case, Event};
use model::names::{Nonce, SubmissionId};
use pages::CaseNews;

/// Mails a citizen who gave an address about an officer's act, from the sender of receipts.
pub(super) async fn send(attempt: Attempt<'_>, id: &SubmissionId, nonce: &Nonce) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let now = service.clock.now();
    let file = service.store.case(id, now).await?.ok_or(Failure::Missing("submission"))?;
    let CaseFile { receipt, case, .. } = &file;
    // The citizen of a withdrawn request gets no more mails about it.
    let event = if case.withdrawn().is_some() { None } else { case.standing().find(|event| event.nonce == *nonce) };
    let Some(event) = event else { return Ok(Done::Withheld) };
    if let Act::Closed { .. } = event.act
        && let Some(kreds) = catalog.atlas().kreds(case.kreds(&receipt.kreds))
    {
        service.store.keep_closed(id, kreds.retention.after_closing(event.at), now).await?;
    }
    if is_outdated(case, event) {
        // The event that makes it outdated may still be undone.
        return Ok(case.undo_ends(now).map_or(Done::Withheld, Done::Waits));
    }
    let name = MailName::CaseUpdate(receipt.reference.clone(), nonce.clone());
    let email = match may_mail(service, id, &name).await? {
        Ok(email) => email,
        Err(done) => return Ok(done),
    };
    let reason = service.reason(catalog, case).await?;
    // The kreds that called may have forwarded the request since.
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

/// True if a later event has made it pointless: a citizen who was reached since is not mailed that they were not.
fn is_outdated(case: &Case, event: &Event) -> bool {
    event.act == Act::NotReached && !case.owes_call()
}
