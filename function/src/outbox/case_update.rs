//! Mails to citizens about their cases, once the officer can no longer take it back; and what a closed case changes.

use super::citizens::{MayMail, language, may_mail};
use super::mails::{hand_over, name_of};
use super::{Done, Failure};
use crate::Service;
use crate::message::Audience;
use crate::store::{CaseFile, Leased, MailName};
use model::case::{Act, By, Case, Event};
use model::catalog::Catalog;
use model::names::{Nonce, SubmissionId};
use pages::{CaseNews, View};

/// Tells a citizen who gave an address what was done, by the sender of receipts.
pub(super) async fn send(
    service: &Service,
    catalog: &Catalog,
    leased: &mut Leased,
    (id, nonce): (&SubmissionId, &Nonce),
) -> Result<Done, Failure> {
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
        return Ok(case.settles(now).map_or(Done::Withheld, Done::Waits));
    }
    let name = MailName::Case(receipt.reference.clone(), nonce.clone());
    let email = match may_mail(service, id, &name).await? {
        MayMail::Yes(email) => email,
        MayMail::No(done) => return Ok(done),
    };
    let reason = service.reason(catalog, case).await?;
    // Whoever called may have sent it on since.
    let by = match (&event.act, &event.by) {
        (Act::NotReached, By::Officer(by)) => by,
        _ => case.kreds(&receipt.kreds),
    };
    let kreds = name_of(catalog, by);
    let news = match (&event.act, &reason) {
        (Act::NotReached, _) => CaseNews::NotReached { by },
        (Act::Forwarded { .. }, _) => CaseNews::Forwarded,
        (Act::Closed { .. }, Some(reason)) => CaseNews::Closed(reason),
        (Act::Closed { .. }, None) => return Err(Failure::Missing("reason")),
        _ => return Ok(Done::Withheld),
    };
    let language = language(catalog, &receipt.language);
    let view = View::new(catalog, &language, now);
    let mail = service.pages.case_mail(&view, receipt, &kreds, &news)?;
    hand_over(service, catalog, leased, mail, Audience::Citizen, &email, &name).await
}

/// True if something later has made it pointless: whoever was reached since need not be told that they were not.
fn is_outdated(case: &Case, event: &Event) -> bool {
    event.act == Act::NotReached && !case.owes_call()
}
