//! Mails about controls: one to each citizen who had asked for one there, once the content in force names it.

use super::attempt::Attempt;
use super::citizens::{self, may_mail};
use super::{Done, Failure};
use crate::Service;
use crate::neighbours::asked_for;
use crate::store::{MailName, StoreError};
use jiff::Timestamp;
use model::catalog::Catalog;
use model::control::HeldControl;
use model::deadline::danish_day;
use model::names::SubmissionId;
use model::road::{Road, have_one_road};
use model::submission::Submission;
use pages::CaseNews;
use std::collections::BTreeSet;

/// Plans a mail to each citizen who asked for a control that the catalog in force announces. A crash in between does no
/// harm: the mark of a control is written last, and the one mail to each mailbox is planned only once.
pub(super) async fn plan(service: &Service, catalog: &Catalog) -> Result<(), StoreError> {
    let now = service.clock.now();
    let current: Vec<&HeldControl> = current(catalog, now).collect();
    if current.is_empty() {
        return Ok(());
    }
    let planned = service.store.planned_controls(now).await?;
    for held in current.into_iter().filter(|held| !planned.contains(&mark(held))) {
        let mut mailboxes = BTreeSet::new();
        for id in asked_for(service, held, now).await? {
            // A citizen who asked twice gets one mail, about the first request.
            let is_first = match service.store.submission(&id, now).await {
                Ok(submission) => submission
                    .and_then(|submission| submission.answers.contact.email)
                    .is_some_and(|email| mailboxes.insert(email.reveal().mailbox())),
                // It may be readable when it is mailed.
                Err(StoreError::Unreadable(_) | StoreError::Encryption(_)) => true,
                Err(error) => return Err(error),
            };
            if is_first {
                service.store.plan_control_mail(&id, &held.kreds, now).await?;
            }
        }
        service.store.control_is_planned(&mark(held), now).await?;
    }
    Ok(())
}

/// Sends the mail, if the catalog in force still announces such a control.
pub(super) async fn send(attempt: Attempt<'_>, id: &SubmissionId) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let now = service.clock.now();
    let file = service.store.case(id, now).await?.ok_or(Failure::Missing("submission"))?;
    if file.case.withdrawn().is_some() {
        return Ok(Done::Withheld);
    }
    let submission = service.store.submission(id, now).await?.ok_or(Failure::Missing("submission"))?;
    let asked_for = current(catalog, now).filter(|held| is_asked_for(held, &submission));
    let Some(held) = asked_for.max_by_key(|held| held.began()) else { return Ok(Done::Withheld) };
    let receipt = &submission.receipt;
    let name = MailName::Control(receipt.reference.clone());
    let email = match may_mail(service, id, &name).await? {
        Ok(email) => email,
        Err(done) => return Ok(done),
    };
    citizens::send(attempt, receipt, &held.kreds, &CaseNews::Held(held), (&email, &name)).await
}

/// The controls that citizens are mailed about at `now`.
fn current(catalog: &Catalog, now: Timestamp) -> impl Iterator<Item = &HeldControl> {
    catalog.controls().iter().filter(move |held| held.is_announced_on(danish_day(now)))
}

/// True if a request had asked for a control: equivalent to [`asked_for`], which has only hashes.
fn is_asked_for(held: &HeldControl, submission: &Submission) -> bool {
    let (receipt, answers) = (&submission.receipt, &submission.answers);
    let roads: Vec<Road> = Road::of(answers).into_iter().map(|(road, _)| road).collect();
    held.kreds == receipt.kreds
        && held.kommune == answers.place.kommune
        && receipt.received < held.began()
        && have_one_road(&Road::all_in(&held.road), &roads)
}

/// The mark of a control: everything that decides who is mailed. One whose road or hour is corrected is another one.
fn mark(held: &HeldControl) -> String {
    let HeldControl { kreds, road, kommune, date, control, .. } = held;
    let start = control.parts().start.map(|start| format!("#{start}")).unwrap_or_default();
    format!("{kreds}#{date}#{kommune}#{road}{start}")
}
