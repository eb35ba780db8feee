//! Chores of each run besides mail: planning digests, deleting what is over, and reporting what needs a human.

use super::{Sweep, ghosts};
use crate::Service;
use crate::alarm::Alarm;
use crate::clock::after;
use crate::metrics::{Measured, Metric};
use crate::store::{Due, Erasure, Leased, Queue, RunToken, Sent, StoreError, Task, digests};
use jiff::{SignedDuration, Timestamp};
use model::catalog::Catalog;
use model::email::EmailAddress;
use model::names::{FormId, KredsSlug};
use std::collections::BTreeMap;

/// The time after which a digest that has not gone out raises an alarm.
const LATE: SignedDuration = SignedDuration::from_hours(2);

/// The time after which a submission that should be deleted raises an alarm.
const OVERDUE: SignedDuration = SignedDuration::from_hours(24);

/// The time between two alarms about a request that no kreds has.
const REPEATED: SignedDuration = SignedDuration::from_hours(24);

/// Plans the digests of days that have none, and returns all that are owed, due or not.
pub(super) async fn digests(service: &Service, catalog: &Catalog, swept: &mut Sweep) -> Vec<Due> {
    report("planning digests", service.store.plan_digests(&mailboxes(catalog), service.clock.now()).await);
    match service.store.standing(&Queue::Digests).await {
        Ok(standing) => swept.readable(standing),
        Err(error) => {
            tracing::error!(%error, "which digests are due cannot be known");
            Vec::new()
        }
    }
}

/// Does the chores; an error of one does not stop the next.
///
/// `digests` are those that were owed when the run began.
pub(super) async fn run(
    service: &Service,
    run: &RunToken,
    digests: &[Due],
    swept: &mut Sweep,
    measured: &mut Measured,
) {
    let now = service.clock.now();
    late_digests(digests, now, swept);
    report("deleting what is over", erase(service, run, now, swept).await);
    report("looking for mails that nobody confirmed", unconfirmed(service, run, now, swept).await);
    report("looking at what is parked", parked(service, swept, measured).await);
}

pub(super) fn report(chore: &'static str, done: Result<(), StoreError>) {
    if let Err(error) = done {
        tracing::error!(%error, chore, "a chore was not done; it comes again in a minute");
    }
}

/// Each kreds with one form for each of its mailboxes: two forms may share a mailbox, which gets one digest.
pub fn mailboxes(catalog: &Catalog) -> Vec<(KredsSlug, FormId)> {
    let mut all: Vec<(&KredsSlug, &FormId, &EmailAddress)> = Vec::new();
    for kreds in catalog.atlas().kredse() {
        for (form, mailbox) in &kreds.mailboxes {
            if !all.iter().any(|(slug, _, known)| *slug == &kreds.slug && *known == mailbox) {
                all.push((&kreds.slug, form, mailbox));
            }
        }
    }
    all.into_iter().map(|(kreds, form, _)| (kreds.clone(), form.clone())).collect()
}

/// Reports digests that were late when the run began, even if they have gone out since.
fn late_digests(standing: &[Due], now: Timestamp, swept: &mut Sweep) {
    for due in standing {
        if let Task::Digest(kreds, day, _) = &due.task
            // A digest that an operator asked for later is owed since then.
            && due.since().unwrap_or(Timestamp::MIN).max(digests::due(*day)).saturating_add(LATE).is_ok_and(|late| late <= now)
        {
            swept.raise(Alarm::DigestLate, kreds, day);
        }
    }
}

async fn erase(service: &Service, run: &RunToken, now: Timestamp, swept: &mut Sweep) -> Result<(), StoreError> {
    let limit = now.saturating_sub(OVERDUE).unwrap_or(now);
    let mut failed = 0;
    let due = swept.readable(service.store.due_in(&Queue::Erasure, now).await?);
    // Overdue submissions are due too: if nothing is due, as in almost every minute, no second query is needed.
    if due.is_empty() {
        return Ok(());
    }
    for leased in service.store.lease_all(&due, run, now).await {
        let Task::Erase(id) = &leased.task else { continue };
        match service.store.erase_if_over(id, now).await {
            Ok(Erasure::Gone) => swept.erased += 1,
            Ok(Erasure::NotBefore(later)) => put_off(service, &leased, later).await,
            Ok(Erasure::GoneUndelivered) => {
                swept.erased += 1;
                swept.raise(Alarm::ErasedUndelivered, &leased.kreds, "90 days are over");
            }
            Ok(Erasure::Undelivered(end)) => {
                swept.raise(Alarm::Undelivered, &leased.kreds, "time is up");
                let again = after(now, REPEATED).min(end);
                put_off(service, &leased, again).await;
            }
            Err(error) => {
                tracing::error!(%error, kreds = %leased.kreds, "a submission was not deleted");
                // The lease makes it due again in a minute, so the queue does not show since when it is overdue.
                if service.store.is_expired_at(id, limit).await.unwrap_or(true) {
                    failed += 1;
                }
            }
        }
    }
    let overdue = service.store.overdue(limit).await? + failed;
    if overdue > 0 {
        Alarm::NotErased.raise_for_all(overdue);
    }
    swept.overdue = overdue;
    Ok(())
}

/// Puts off a deletion. If that fails, the lease runs out and it is due again: one error stops no other deletion.
async fn put_off(service: &Service, leased: &Leased, at: Timestamp) {
    if let Err(error) = service.store.due_again(leased, at, Sent::No).await {
        tracing::error!(%error, kreds = %leased.kreds, "a deletion could not be put off");
    }
}

async fn unconfirmed(service: &Service, run: &RunToken, now: Timestamp, swept: &mut Sweep) -> Result<(), StoreError> {
    for leased in swept.readable(service.store.lease_due(&Queue::Sent, run, now).await?) {
        if ghosts::is_settled(service, &leased, swept).await {
            continue;
        }
        if let Err(error) = leave_unconfirmed(service, &leased, now, swept).await {
            tracing::error!(%error, kreds = %leased.kreds, "a mail that nobody confirmed could not be parked");
        }
    }
    Ok(())
}

async fn leave_unconfirmed(
    service: &Service,
    leased: &Leased,
    now: Timestamp,
    swept: &mut Sweep,
) -> Result<(), StoreError> {
    if !leased.task.is_aside() && service.store.leave(&leased.task, "unconfirmed_at", now).await? {
        swept.raise(Alarm::Unconfirmed, &leased.kreds, "a day without a word");
    } else {
        // This ends a receipt or a probe, and a mail that an operator sent again although it had been delivered.
        service.store.arrived(&leased.task, now).await?;
    }
    Ok(())
}

/// Raises an alarm in every run as long as something is parked, so that one lost in a crash is repeated.
async fn parked(service: &Service, swept: &mut Sweep, measured: &mut Measured) -> Result<(), StoreError> {
    let mut kredse: BTreeMap<KredsSlug, u64> = BTreeMap::new();
    for state in swept.readable(service.store.queue(&Queue::Parked).await?) {
        if !state.task.is_aside() {
            swept.raise(Alarm::Parked, &state.kreds, state.attempts);
            *kredse.entry(state.kreds).or_default() += 1;
        }
    }
    measured.add(Metric::Parked, kredse.values().sum(), kredse);
    Ok(())
}
