//! What the schedule does: send what is due, try again later what failed, park what failed too often.

use crate::Service;
use crate::message::build;
use crate::store::{Leased, StoreError, Task};
use jiff::SignedDuration;
use model::catalog::Catalog;
use model::email::EmailAddress;
use model::names::Language;
use pages::{Letter, Mail, Sent, View};
use thiserror::Error;

/// How long after each failed attempt the next one is due. After the last, the task is parked.
pub const RETRIES: [SignedDuration; 7] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
];

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sweep {
    /// Mails that went out.
    pub sent: usize,
    /// Tasks that will be tried again.
    pub put_off: usize,
    /// Tasks that were tried for the last time.
    pub parked: usize,
}

/// The schedule could not begin.
#[derive(Debug, Error)]
#[error("what is due cannot be known: {0}")]
pub struct SweepError(#[from] StoreError);

/// Why a task failed. It never quotes the citizen.
#[derive(Debug, Error)]
enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Mail(#[from] crate::message::BadMail),
    #[error(transparent)]
    Send(#[from] crate::mailer::NotSent),
    #[error("the mail's page: {0}")]
    Page(#[from] pages::BadPage),
    #[error("there is no {0}")]
    Missing(&'static str),
}

/// Does everything that is due, kreds by kreds; one kreds's trouble does not stop the next.
pub(crate) async fn sweep(service: &Service) -> Result<Sweep, SweepError> {
    let catalog = service.catalogs.current(service.clock.now()).await?;
    let mut swept = Sweep::default();
    for kreds in catalog.atlas().kredse() {
        match service.store.lease_due(&kreds.slug, service.clock.now()).await {
            Ok(tasks) => {
                for leased in tasks {
                    run(service, &catalog, &leased, &mut swept).await;
                }
            }
            Err(error) => tracing::error!(%error, kreds = %kreds.slug, "what is due for a kreds cannot be known"),
        }
    }
    Ok(swept)
}

async fn run(service: &Service, catalog: &Catalog, leased: &Leased, swept: &mut Sweep) {
    let kreds = leased.task.due_for();
    let outcome = match &leased.task {
        Task::MailKreds(_) => mail_kreds(service, catalog, leased).await,
        Task::MailCitizen(_) => mail_citizen(service, catalog, leased).await,
    };
    let now = service.clock.now();
    let marked = match outcome {
        Ok(()) => {
            swept.sent += 1;
            service.store.done(leased, now).await
        }
        Err(failure) => {
            let next =
                RETRIES.get(leased.attempts.saturating_sub(1) as usize).and_then(|wait| now.checked_add(*wait).ok());
            match next {
                Some(at) => {
                    tracing::warn!(%failure, %kreds, attempts = leased.attempts, next = %at, "a task failed and is due again");
                    swept.put_off += 1;
                    service.store.due_again(leased, at).await
                }
                None => {
                    tracing::error!(%failure, %kreds, attempts = leased.attempts, "a task failed for the last time and is parked");
                    swept.parked += 1;
                    service.store.park(leased, now).await
                }
            }
        }
    };
    if let Err(error) = marked {
        // The lease runs out and the task is due again: at worst a second mail with the same Message-ID.
        tracing::error!(%error, %kreds, "a task's outcome could not be noted");
    }
}

/// Mails a submission to its kreds, at the mailbox that is in force now.
async fn mail_kreds(service: &Service, catalog: &Catalog, leased: &Leased) -> Result<(), Failure> {
    let submission = service.store.submission(&leased.submission).await?.ok_or(Failure::Missing("submission"))?;
    let kreds = catalog.atlas().kreds(leased.task.due_for()).ok_or(Failure::Missing("kreds"))?;
    let danish = Language::danish();
    let form = catalog.form(&submission.receipt.form, &danish).ok_or(Failure::Missing("form"))?;
    let to = kreds.mailboxes.get(form.id()).ok_or(Failure::Missing("mailbox"))?;
    let view = View::new(catalog, &danish, service.clock.now());
    let letter = Letter {
        submission: &submission,
        form_title: form.title(),
        kreds_name: &kreds.name,
        serial: None,
        sent: Sent::First,
    };
    let mail = service.pages.officer_mail(&view, &letter)?;
    send(service, catalog, mail, to, &format!("{}.kreds", submission.receipt.reference)).await
}

/// Mails a citizen who gave an address the receipt, without the answers.
async fn mail_citizen(service: &Service, catalog: &Catalog, leased: &Leased) -> Result<(), Failure> {
    let submission = service.store.submission(&leased.submission).await?.ok_or(Failure::Missing("submission"))?;
    let kreds = catalog.atlas().kreds(leased.task.due_for()).ok_or(Failure::Missing("kreds"))?;
    let to = submission.answers.contact.email.as_ref().ok_or(Failure::Missing("address"))?;
    let danish = Language::danish();
    let wanted = &submission.receipt.language;
    let language = if catalog.texts(wanted).is_some() { wanted } else { &danish };
    let view = View::new(catalog, language, service.clock.now());
    let mail = service.pages.citizen_mail(&view, &submission.receipt, kreds)?;
    send(service, catalog, mail, to.reveal(), &format!("{}.borger", submission.receipt.reference)).await
}

async fn send(service: &Service, catalog: &Catalog, mail: Mail, to: &EmailAddress, name: &str) -> Result<(), Failure> {
    let mail = build(mail, catalog.site_name(), &service.settings.sender, to, name)?;
    service.mailer.send(&mail, name).await?;
    tracing::info!(mail = name, "sent");
    Ok(())
}
