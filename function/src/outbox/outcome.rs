//! What is noted of a task that was tried: done, due again later, or left to a human.

use super::{Done, Failure, RETRIES, Sweep};
use crate::Service;
use crate::mailer::Fate;
use crate::metrics::Metric;
use crate::store::{Leased, Sent, StoreError, Task};
use jiff::Timestamp;

/// What a task that was tried leaves to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing: it went out, or waits for a human.
    Nothing,
    /// The mail itself, or one to the next mailbox.
    Mail,
}

pub(super) async fn park(
    service: &Service,
    leased: &Leased,
    now: Timestamp,
    swept: &mut Sweep,
) -> Result<Left, StoreError> {
    swept.parked += 1;
    service.store.park(leased, now).await?;
    Ok(Left::Nothing)
}

pub(super) async fn mark(
    service: &Service,
    leased: &Leased,
    done: &Done,
    now: Timestamp,
    swept: &mut Sweep,
) -> Result<Left, StoreError> {
    match done {
        Done::Over => {
            swept.count(&leased.task);
            service.store.done(leased, now).await?;
            // No more will be heard of it.
            if leased.task.is_to_the_police() {
                service.count(Metric::Delivered, &leased.kreds);
            }
        }
        Done::Reported => {
            swept.count(&leased.task);
            service.store.sent(leased, now).await?;
        }
        Done::Withheld => {
            swept.withheld += 1;
            service.store.withheld(leased, now).await?;
        }
    }
    Ok(Left::Nothing)
}

pub(super) async fn fail(
    service: &Service,
    leased: &Leased,
    failure: &Failure,
    now: Timestamp,
    swept: &mut Sweep,
) -> Result<Left, StoreError> {
    let kreds = &leased.kreds;
    let sent = match failure {
        Failure::Send(error) if error.fate == Fate::ForGood => {
            tracing::warn!(%failure, %kreds, "a mailbox refused a mail");
            swept.refused += 1;
            let alarms = crate::reports::refused(service, &leased.task, kreds, now).await?;
            alarms.into_iter().for_each(|alarm| swept.note(alarm, kreds));
            let next = matches!(leased.task, Task::Mail(_, refused) if refused.next().is_some());
            return Ok(if next { Left::Mail } else { Left::Nothing });
        }
        Failure::Send(error) if error.fate == Fate::Unknown => Sent::Perhaps,
        // It may have panicked after the mail went.
        Failure::Panic(_) => Sent::Perhaps,
        _ => Sent::No,
    };
    let wait = RETRIES.get(leased.attempts.saturating_sub(1) as usize);
    match wait.and_then(|wait| now.checked_add(*wait).ok()) {
        Some(at) => {
            tracing::warn!(%failure, %kreds, attempts = leased.attempts, next = %at, "a task failed and is due again");
            swept.put_off += 1;
            service.store.due_again(leased, at, sent).await?;
            Ok(Left::Mail)
        }
        None => {
            tracing::error!(%failure, %kreds, attempts = leased.attempts, "a task failed for the last time and is parked");
            park(service, leased, now, swept).await
        }
    }
}
