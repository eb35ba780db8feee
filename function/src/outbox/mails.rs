//! Mails of a submission: to the kreds, to the next mailbox if that refuses, and the receipt to the citizen.

use super::attempt::Attempt;
use super::ghosts::Restored;
use super::{Done, Failure};
use crate::Service;
use crate::alarm::Alarm;
use crate::case_link::link;
use crate::citizen::Contents;
use crate::content::{form_title, kreds_name};
use crate::hashes::Hashed;
use crate::language::known_or_danish;
use crate::message::Audience;
use crate::neighbours;
use crate::store::{MailName, Mailbox, Recipient, Task};
use model::case::Case;
use model::catalog::Catalog;
use model::email::EmailAddress;
use model::names::{FormId, KredsSlug, Language, SubmissionId};
use model::submission::{Held, Receipt, Submission};
use pages::{Again, Letter, NoCall, Sent, View};

/// Sends the mail of a submission to a recipient.
pub(super) async fn send(attempt: Attempt<'_>, id: &SubmissionId, recipient: Recipient) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let found = service.store.submission(id, service.clock.now()).await?;
    let Some(submission) = found else { return nothing_left(service, id).await };
    let name = MailName::Submission(submission.receipt.reference.clone(), recipient);
    if recipient == Recipient::Citizen {
        return receipt(attempt, &submission, &name).await;
    }
    let danish = Language::danish();
    let slug = &attempt.leased.kreds;
    let kreds = catalog.atlas().kreds(slug);
    let mailbox = if recipient == Recipient::Probe {
        // A probe goes to nobody else, in any environment.
        Some(sink(service)?)
    } else {
        mailbox_of(catalog, slug, recipient, &submission.receipt.form)
    };
    // A request whose kreds or form was removed from the content still reaches somebody.
    let (to, sent) = match mailbox {
        Some(mailbox) if recipient.mailbox() == Some(Mailbox::Second) => (mailbox, Sent::AgainToSecondMailbox),
        Some(mailbox) => (mailbox, Sent::First),
        None => (catalog.fallback(), Sent::ToFallback),
    };
    // It is assigned before the first attempt, and never again.
    let serial = match recipient {
        Recipient::Kreds | Recipient::Forwarded => {
            Some(service.store.fix_serial(attempt.leased, &submission.receipt.form, service.clock.now()).await?)
        }
        Recipient::Probe => None,
        _ => service.store.serial_of(id, recipient).await?,
    };
    if kreds.is_none() && recipient.mailbox() == Some(Mailbox::First) {
        attempt.swept.raise(Alarm::Unroutable, slug, &submission.receipt.reference);
    }
    // Only the first kreds has the earlier mails. After a restore, some of these may be of deleted requests.
    let is_counted = matches!(recipient, Recipient::Kreds | Recipient::Second) && attempt.restored == Restored::No;
    let same_road = if is_counted { neighbours::before(service, catalog, &submission).await } else { Vec::new() };
    let forwarded_by = recipient.is_forwarded().then(|| kreds_name(catalog, &submission.receipt.kreds));
    let older = if kreds.is_none() { service.catalogs.version(&submission.receipt.catalog).await? } else { None };
    let before = older.as_deref().and_then(|older| older.atlas().kreds(slug));
    let now = service.clock.now();
    let case = service.store.case(id, now).await?.map_or_else(Case::default, |file| file.case.visible_to_citizen(now));
    let letter = Letter {
        submission: &submission,
        form_title: form_title(catalog, &submission.receipt.form),
        kreds_name: kreds.or(before).map_or("", |kreds| kreds.name.as_str()),
        serial,
        sent,
        is_notice: attempt.leased.is_notice,
        again: again(service, &attempt.leased.task).await?,
        unseen: unseen(service, &submission).await?,
        case: link(service, &submission.receipt, recipient, slug, catalog.base_url()),
        no_call: no_call(catalog, &case, &submission.receipt, slug),
        forwarded_by,
        same_road: &same_road,
    };
    let view = View::new(catalog, &danish, service.clock.now());
    let mail = service.pages.officer_mail(&view, &letter)?;
    let done = attempt.hand_over(mail, Audience::Kreds, to, &name).await?;
    if recipient == Recipient::Probe && matches!(done, Done::Final) {
        // No delivery notification will follow.
        crate::probe::arrived(service, id, service.clock.now()).await?;
    }
    Ok(done)
}

/// The reason why a mail is sent again, if its mailbox may already have it.
pub(super) async fn again(service: &Service, task: &Task) -> Result<Again, Failure> {
    let state = service.store.task(task).await?;
    Ok(match state {
        Some(state) if state.has("sent_again_at") => Again::Asked,
        Some(state) if state.has("restored_at") => Again::Restored,
        _ => Again::No,
    })
}

/// The reason why the kreds that gets a mail is not to call. An event that can still be undone is none.
fn no_call<'a>(catalog: &'a Catalog, case: &'a Case, receipt: &'a Receipt, to: &KredsSlug) -> Option<NoCall<'a>> {
    let holder = case.kreds(&receipt.kreds);
    if case.is_over() {
        Some(NoCall::Closed)
    } else {
        (holder != to && case.forwarded().is_some()).then(|| NoCall::Forwarded(kreds_name(catalog, holder)))
    }
}

/// The reason why it was held, if nobody has looked at it since.
async fn unseen(service: &Service, submission: &Submission) -> Result<Option<Held>, Failure> {
    let Some(held) = submission.held else { return Ok(None) };
    Ok(service.store.went_unseen(&submission.receipt.id).await?.then_some(held))
}

/// The mailbox in the content for a recipient; `None` if the content no longer has the kreds or its form.
pub(super) fn mailbox_of<'a>(
    catalog: &'a Catalog,
    kreds: &KredsSlug,
    recipient: Recipient,
    form: &FormId,
) -> Option<&'a EmailAddress> {
    let kreds = catalog.atlas().kreds(kreds)?;
    match recipient.mailbox()? {
        Mailbox::First => kreds.mailboxes.get(form),
        Mailbox::Second => Some(&kreds.second_mailbox),
        Mailbox::Fallback => None,
    }
}

/// The outcome for a request without answers: withheld if its citizen has withdrawn it, otherwise a failure.
async fn nothing_left(service: &Service, id: &SubmissionId) -> Result<Done, Failure> {
    let file = service.store.case(id, service.clock.now()).await?;
    let is_withdrawn = file.is_some_and(|file| file.case.withdrawn().is_some());
    if is_withdrawn { Ok(Done::Withheld) } else { Err(Failure::Missing("submission")) }
}

/// The mailbox that gets probes.
fn sink(service: &Service) -> Result<&EmailAddress, Failure> {
    service.settings.probing.as_ref().map(|probing| &probing.sink).ok_or(Failure::Missing("sink"))
}

/// Mails a citizen who gave an address the receipt, without the answers; at most one an hour to each address.
async fn receipt(attempt: Attempt<'_>, submission: &Submission, name: &MailName) -> Result<Done, Failure> {
    let (service, catalog) = (attempt.service, attempt.catalog);
    let to = submission.answers.contact.email.as_ref().ok_or(Failure::Missing("address"))?.reveal();
    let contents = Contents::of(service, catalog, &submission.receipt).await;
    let kreds = contents.kreds(&submission.receipt.kreds).ok_or(Failure::Missing("kreds"))?;
    let hash = service.hash(&Hashed::Email(to));
    // First: a receipt that is withheld must not use up one of the day's.
    if !service.store.may_mail_receipt(&hash, &name.to_string(), service.clock.now()).await? {
        return Ok(Done::Withheld);
    }
    if !service.may_mail_a_receipt().await? {
        return Ok(Done::Rested);
    }
    let language = known_or_danish(catalog, Some(&submission.receipt.language));
    let view = View::new(catalog, &language, service.clock.now());
    let mail = service.pages.receipt_mail(&view, &submission.receipt, kreds)?;
    attempt.hand_over(mail, Audience::Citizen, to, name).await
}
