//! The outcome of an attempt: the task is done, due again later, or parked for a human.

use super::{Done, Failure, RETRIES, Sweep};
use crate::Service;
use crate::mailer::SendFailure;
use crate::metrics::Metric;
use crate::reports::{Consequences, StillOwed, mailbox_works, refused};
use crate::store::{Leased, Sent, StoreError};
use jiff::Timestamp;

pub(super) async fn park(
    service: &Service,
    leased: &Leased,
    now: Timestamp,
    swept: &mut Sweep,
) -> Result<StillOwed, StoreError> {
    swept.parked += 1;
    service.store.park(leased, now).await?;
    Ok(StillOwed::Nothing)
}

pub(super) async fn mark(
    service: &Service,
    leased: &Leased,
    done: &Done,
    now: Timestamp,
    swept: &mut Sweep,
) -> Result<StillOwed, StoreError> {
    match done {
        Done::Final => {
            swept.count(&leased.task);
            let form = service.store.done(leased, now).await?;
            // No delivery notification will follow.
            mailbox_works(service, &leased.task, form, &leased.kreds, now).await?;
            if leased.task.is_to_the_police() {
                service.count(Metric::Delivered, &leased.kreds);
            }
        }
        Done::AwaitingReport => {
            swept.count(&leased.task);
            service.store.sent(leased, now).await?;
        }
        Done::Withheld => {
            swept.withheld += 1;
            service.store.withheld(leased, now).await?;
        }
        Done::Rested => {
            swept.withheld += 1;
            service.store.rested(leased, now).await?;
        }
        Done::Waits(at) => {
            service.store.wait(leased, *at).await?;
            return Ok(StillOwed::Waits);
        }
    }
    Ok(StillOwed::Nothing)
}

pub(super) async fn fail(
    service: &Service,
    leased: &Leased,
    failure: &Failure,
    now: Timestamp,
    swept: &mut Sweep,
) -> Result<StillOwed, StoreError> {
    let kreds = &leased.kreds;
    let sent = match failure {
        Failure::Send(error) if let SendFailure::Refused(refusal) = error.failure => {
            tracing::warn!(%failure, %kreds, %refusal, "a mail was refused");
            swept.refused += 1;
            let Consequences { alarms, still_owed } = refused(service, &leased.task, kreds, refusal, now).await?;
            alarms.into_iter().for_each(|alarm| swept.note(alarm, kreds));
            match still_owed {
                StillOwed::Again => Sent::No,
                still_owed => return Ok(still_owed),
            }
        }
        Failure::Send(error) if error.failure == SendFailure::Ambiguous => Sent::Perhaps,
        // It may have panicked after the mail went out.
        Failure::Panic(_) if leased.is_sending() => Sent::Perhaps,
        _ => Sent::No,
    };
    let wait = RETRIES.get(leased.attempts.saturating_sub(1) as usize);
    match wait.and_then(|wait| now.checked_add(*wait).ok()) {
        Some(at) => {
            tracing::warn!(%failure, %kreds, attempts = leased.attempts, next = %at, "a task failed and is due again");
            swept.put_off += 1;
            service.store.due_again(leased, at, sent).await?;
            Ok(StillOwed::Waits)
        }
        None => {
            tracing::error!(%failure, %kreds, attempts = leased.attempts, "a task failed for the last time and is parked");
            park(service, leased, now, swept).await
        }
    }
}
