//! Delivery notifications and refusals: recorded on the tasks of their mails, acted on, and raised as alarms.

use crate::Service;
use crate::alarm::Alarm;
use crate::clock::after;
use crate::mail_events::Event;
use crate::metrics::Metric;
use crate::refusal::Refusal;
use crate::store::{DeliveryStatus, MailName, Mailbox, Recipient, StatusNote, StoreError, Task};
use jiff::{SignedDuration, Timestamp};
use model::names::{FormId, KredsSlug};

/// The wait before a mail is retried that the mail service gave up after trying for hours.
const AFTER_GIVING_UP: SignedDuration = SignedDuration::from_hours(1);

/// The consequences of a refusal.
pub(crate) struct Consequences {
    /// The alarms raised.
    pub(crate) alarms: Vec<Alarm>,
    /// The mail that is still to be sent.
    pub(crate) still_owed: StillOwed,
}

/// The mail that a task still owes after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StillOwed {
    /// None: it was sent, or waits for a human.
    Nothing,
    /// The mail, a notice, or a mail to the next mailbox: it is queued already.
    Waits,
    /// The same mail, later: the caller must put it off.
    Again,
}

/// Applies an event. It may come twice, late, and before the mail was marked as sent: the final state is the same.
pub(crate) async fn apply(service: &Service, event: &Event) -> Result<Vec<Alarm>, StoreError> {
    let now = service.clock.now();
    let Some(name) = MailName::parse(&event.name) else {
        Alarm::UnknownEvent.raise_for_all("a mail that is not ours");
        return Ok(vec![Alarm::UnknownEvent]);
    };
    let Some(task) = task_of(service, &name).await? else {
        // It was deleted since, or was never ours.
        Alarm::UnknownEvent.raise_for_all(&event.name);
        return Ok(vec![Alarm::UnknownEvent]);
    };
    let Some(StatusNote { kreds, is_news, has_notice }) =
        service.store.note_status(&task, event.status, event.at).await?
    else {
        Alarm::UnknownEvent.raise_for_all(&event.name);
        return Ok(vec![Alarm::UnknownEvent]);
    };
    match event.status {
        DeliveryStatus::Delivered => {
            let form = service.store.arrived(&task, now).await?;
            match &task {
                Task::Mail(id, Recipient::Probe) if is_news => crate::probe::arrived(service, id, event.at).await?,
                _ if is_news && task.is_to_the_police() => service.count(Metric::Delivered, &kreds),
                _ => {}
            }
            mailbox_works(service, &task, form, &kreds, event.at).await?;
            Ok(Vec::new())
        }
        // Reported again. `is_news` does not show this: it is also false if the consequences failed the first time.
        DeliveryStatus::Refused(Refusal::Message) if has_notice => Ok(Vec::new()),
        DeliveryStatus::Refused(refusal) => {
            let Consequences { alarms, still_owed } = refused(service, &task, &kreds, refusal, event.at).await?;
            if still_owed == StillOwed::Again {
                give_back(service, &task, &kreds, event.at).await?;
            }
            Ok(alarms)
        }
        DeliveryStatus::GaveUp => {
            give_back(service, &task, &kreds, event.at).await?;
            Ok(Vec::new())
        }
        DeliveryStatus::Complained if task.is_aside() => Ok(Vec::new()),
        DeliveryStatus::Complained => Ok(raise(Alarm::Complaint, &kreds, &event.name)),
    }
}

/// Acts on a refusal reported at `at`: by a mailbox, the next one gets the mail; of a message, the same one gets a
/// notice; of the sender, the mail is retried. An alarm is raised, except about mail to a citizen or a probe.
pub(crate) async fn refused(
    service: &Service,
    task: &Task,
    kreds: &KredsSlug,
    refusal: Refusal,
    at: Timestamp,
) -> Result<Consequences, StoreError> {
    let now = service.clock.now();
    let again = |alarms| Ok(Consequences { alarms, still_owed: StillOwed::Again });
    let Some(id) = task.of_police_mail() else {
        return match (refusal, task.is_aside()) {
            (Refusal::Sender, true) => again(Vec::new()),
            // It contains no words of a citizen: the refused content is ours.
            (Refusal::Sender | Refusal::Message, false) => again(raise(Alarm::SenderRefused, kreds, named(task))),
            _ => refused_aside(service, task, kreds, at).await,
        };
    };
    match refusal {
        Refusal::Mailbox => refused_by_mailbox(service, task, kreds, at).await,
        Refusal::Message if service.store.owe_notice(task, kreds, at, now).await? => {
            let receipt = service.store.receipt(id, now).await?;
            let reference = receipt.map_or_else(String::new, |receipt| receipt.reference.to_string());
            Ok(Consequences { alarms: raise(Alarm::MessageRefused, kreds, reference), still_owed: StillOwed::Waits })
        }
        // The notice was refused, too: the message is not the cause.
        Refusal::Message | Refusal::Sender => again(raise(Alarm::SenderRefused, kreds, "mail")),
    }
}

/// Handles a receipt, a probe, a digest, news or a reminder that its mailbox refuses.
async fn refused_aside(
    service: &Service,
    task: &Task,
    kreds: &KredsSlug,
    at: Timestamp,
) -> Result<Consequences, StoreError> {
    if !task.is_aside() {
        service.store.leave(task, "parked_at", service.clock.now()).await?;
        service.count(Metric::Bounced, kreds);
        return Ok(Consequences { alarms: raise(Alarm::Bounced, kreds, named(task)), still_owed: StillOwed::Nothing });
    }
    // The receipt page shows it; the request itself is not affected. A probe shows it by its silence.
    service.store.note_status(task, DeliveryStatus::Refused(Refusal::Mailbox), at).await?;
    service.store.arrived_nowhere(task).await?;
    Ok(Consequences { alarms: Vec::new(), still_owed: StillOwed::Nothing })
}

/// Handles a police mail that its mailbox refuses: the next one gets it.
async fn refused_by_mailbox(
    service: &Service,
    task: &Task,
    kreds: &KredsSlug,
    at: Timestamp,
) -> Result<Consequences, StoreError> {
    let now = service.clock.now();
    let nothing = || Consequences { alarms: Vec::new(), still_owed: StillOwed::Nothing };
    let Task::Mail(id, recipient) = task else { return Ok(nothing()) };
    let Some(receipt) = service.store.receipt(id, now).await? else { return Ok(nothing()) };
    if recipient.mailbox() == Some(Mailbox::Second)
        && service.store.mailboxes_refuse(kreds, &receipt.form, &receipt.reference, at).await?
    {
        tracing::warn!(%kreds, form = %receipt.form, "both mailboxes refuse mail; the form is closed");
    }
    let still_owed = if recipient.next().is_some() { StillOwed::Waits } else { StillOwed::Nothing };
    if !service.store.pass_on(id, *recipient, kreds, now).await? {
        return Ok(Consequences { alarms: Vec::new(), still_owed });
    }
    if recipient.mailbox() == Some(Mailbox::First) {
        service.count(Metric::Bounced, kreds);
    }
    let alarm = match recipient.mailbox() {
        Some(Mailbox::First) => Alarm::Bounced,
        Some(Mailbox::Second) => Alarm::BothBounced,
        Some(Mailbox::Fallback) | None => Alarm::NoMailboxAccepted,
    };
    Ok(Consequences { alarms: raise(alarm, kreds, &receipt.reference), still_owed })
}

/// Queues a mail again that the mail service gave back.
async fn give_back(service: &Service, task: &Task, kreds: &KredsSlug, at: Timestamp) -> Result<(), StoreError> {
    let due = service.clock.now();
    let due = after(due, AFTER_GIVING_UP);
    service.store.owed_again(task, kreds, at, due).await.map(|_| ())
}

/// Records that a mailbox accepted a mail. If both mailboxes of the kreds counted as refusing, the form opens again.
pub(crate) async fn mailbox_works(
    service: &Service,
    task: &Task,
    form: Option<FormId>,
    kreds: &KredsSlug,
    at: Timestamp,
) -> Result<(), StoreError> {
    let form = match task {
        Task::Mail(_, to) if matches!(to.mailbox(), Some(Mailbox::First | Mailbox::Second)) => form,
        Task::Digest(_, _, form) => Some(form.clone()),
        _ => None,
    };
    if let Some(form) = form
        && service.store.mailboxes_take(kreds, &form, at).await?
    {
        tracing::info!(%kreds, %form, "a mailbox takes mail again");
    }
    Ok(())
}

async fn task_of(service: &Service, name: &MailName) -> Result<Option<Task>, StoreError> {
    Ok(match name {
        MailName::Submission(reference, recipient) => {
            service.store.by_reference(reference).await?.map(|id| Task::Mail(id, *recipient))
        }
        MailName::CaseUpdate(reference, nonce) => {
            service.store.by_reference(reference).await?.map(|id| Task::CaseUpdate(id, nonce.clone()))
        }
        MailName::Control(reference) => service.store.by_reference(reference).await?.map(Task::Control),
        MailName::Notice(reference, notice) => {
            service.store.by_reference(reference).await?.map(|id| Task::Notice(id, *notice))
        }
        MailName::News(reference, nonce) => {
            service.store.by_reference(reference).await?.map(|id| Task::News(id, nonce.clone()))
        }
        MailName::Digest(kreds, day, form) => Some(Task::Digest(kreds.clone(), *day, form.clone())),
    })
}

/// The kind of a mail that is not a request's own, for an alarm.
const fn named(task: &Task) -> &'static str {
    match task {
        Task::Digest(..) => "digest",
        Task::Notice(..) => "reminder",
        _ => "news of a request",
    }
}

fn raise(alarm: Alarm, kreds: &KredsSlug, what: impl std::fmt::Display) -> Vec<Alarm> {
    alarm.raise(kreds, what);
    vec![alarm]
}
