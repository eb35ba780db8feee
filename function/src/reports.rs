//! What is told of mails that went out: noted on their tasks, passed on where a mailbox refuses, and raised where a human must know.

use crate::Service;
use crate::alarm::Alarm;
use crate::mail_events::{Event, What};
use crate::metrics::Metric;
use crate::store::{MailName, Noted, Recipient, StoreError, Task, Told};
use jiff::{SignedDuration, Timestamp};
use model::names::{FormId, KredsSlug};

/// How long after the mail service gave up a mail is tried again: it had tried for hours.
const AFTER_GIVING_UP: SignedDuration = SignedDuration::from_hours(1);

/// Applies an event. It may come twice, late, and before the mail was marked as sent: the state is the same in the end.
pub(crate) async fn apply(service: &Service, event: &Event) -> Result<Vec<Alarm>, StoreError> {
    let now = service.clock.now();
    let Some(name) = MailName::parse(&event.name) else {
        Alarm::UnknownEvent.raise_for_all("a mail that is not ours");
        return Ok(vec![Alarm::UnknownEvent]);
    };
    let Some(task) = task_of(service, &name).await? else {
        // Deleted since, or never ours.
        Alarm::UnknownEvent.raise_for_all(&event.name);
        return Ok(vec![Alarm::UnknownEvent]);
    };
    let told = match event.what {
        What::Delivered => Told::Delivered,
        What::HardBounce => Told::Bounced,
        What::SoftBounce => Told::GaveUp,
        What::Rejected => Told::Rejected,
        What::Complaint => Told::Complained,
    };
    let Some(Noted { kreds, is_news }) = service.store.told(&task, told, event.at).await? else {
        Alarm::UnknownEvent.raise_for_all(&event.name);
        return Ok(vec![Alarm::UnknownEvent]);
    };
    match told {
        Told::Delivered => {
            let form = service.store.arrived(&task, now).await?;
            match &task {
                Task::Mail(id, Recipient::Probe) if is_news => crate::probe::arrived(service, id, event.at).await?,
                _ if is_news && task.is_to_the_police() => service.count(Metric::Delivered, &kreds),
                _ => {}
            }
            mailbox_works(service, &task, form, &kreds, event.at).await?;
            Ok(Vec::new())
        }
        Told::Bounced => refused(service, &task, &kreds, event.at).await,
        Told::GaveUp => {
            let due = now.saturating_add(AFTER_GIVING_UP).unwrap_or(now);
            service.store.owed_again(&task, &kreds, event.at, due).await?;
            Ok(Vec::new())
        }
        Told::Rejected => {
            service.store.leave(&task, "parked_at", now).await?;
            Ok(Vec::new())
        }
        Told::Complained if task.is_aside() => Ok(Vec::new()),
        Told::Complained => Ok(raise(Alarm::Complaint, &kreds, &event.name)),
    }
}

/// A mailbox refused a mail for good, `at` a time: the next one gets it, and a human is told.
pub(crate) async fn refused(
    service: &Service,
    task: &Task,
    kreds: &KredsSlug,
    at: Timestamp,
) -> Result<Vec<Alarm>, StoreError> {
    let now = service.clock.now();
    let Task::Mail(id, recipient) = task else {
        service.store.leave(task, "parked_at", now).await?;
        service.count(Metric::Bounced, kreds);
        return Ok(raise(Alarm::Bounced, kreds, "digest"));
    };
    if !recipient.is_police() {
        // The receipt page says so. The request itself is not touched by it. Of a probe, silence says so.
        service.store.told(task, Told::Bounced, at).await?;
        service.store.arrived_nowhere(task).await?;
        return Ok(Vec::new());
    }
    let Some(receipt) = service.store.receipt(id, now).await? else { return Ok(Vec::new()) };
    if *recipient == Recipient::Second {
        service.store.mailboxes_refuse(kreds, &receipt.form, at).await?;
    }
    if !service.store.pass_on(id, *recipient, kreds, now).await? {
        return Ok(Vec::new());
    }
    if *recipient == Recipient::Kreds {
        service.count(Metric::Bounced, kreds);
    }
    let alarm = match recipient {
        Recipient::Kreds => Alarm::Bounced,
        Recipient::Second => Alarm::BothBounced,
        Recipient::Fallback | Recipient::Citizen | Recipient::Probe => Alarm::NobodyTookIt,
    };
    Ok(raise(alarm, kreds, &receipt.reference))
}

/// A mail arrived: if both mailboxes of the kreds were thought to refuse this form's, its form opens again.
async fn mailbox_works(
    service: &Service,
    task: &Task,
    form: Option<FormId>,
    kreds: &KredsSlug,
    at: Timestamp,
) -> Result<(), StoreError> {
    let form = match task {
        Task::Mail(_, Recipient::Kreds | Recipient::Second) => form,
        Task::Digest(_, _, form) => Some(form.clone()),
        Task::Mail(..) | Task::Erase(_) => None,
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
        MailName::Digest(kreds, day, form) => Some(Task::Digest(kreds.clone(), *day, form.clone())),
    })
}

fn raise(alarm: Alarm, kreds: &KredsSlug, what: impl std::fmt::Display) -> Vec<Alarm> {
    alarm.raise(kreds, what);
    vec![alarm]
}
