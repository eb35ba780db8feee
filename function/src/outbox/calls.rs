//! Owed calls: each run looks at those that are due, plans their notices, and counts the overdue ones.

use super::Sweep;
use super::attempt::Attempt;
use crate::Service;
use crate::alarm::Alarm;
use crate::case_link::link;
use crate::clock::after;
use crate::content::form_title;
use crate::metrics::{Measured, Metric};
use crate::store::{Due, Queue, Recipient, StoreError, Task};
use jiff::SignedDuration;
use model::names::{FormId, KredsSlug};
use model::notice::Look;
use pages::OwedCall;

/// The time after which a call that cannot be read is looked at again.
const UNREADABLE: SignedDuration = SignedDuration::from_hours(1);

/// The readers of a list of calls, each with their own links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The officers of a mailbox of the kreds.
    Kreds,
    /// The leader of the kreds.
    Leader,
}

/// Looks at the calls of each kreds; an error of one does not stop the next.
pub(super) async fn look(service: &Service, kredse: &[KredsSlug], swept: &mut Sweep, measured: &mut Measured) {
    if let Err(error) = service.store.adopt(kredse, service.clock.now()).await {
        tracing::error!(%error, "calls of a release before could not be looked for; it is tried again in a minute");
    }
    let mut overdue = Vec::new();
    let mut is_known = true;
    for kreds in kredse {
        match look_at(service, kreds, swept).await {
            Ok(count) => overdue.push((kreds.clone(), count)),
            Err(error) => {
                tracing::error!(%error, %kreds, "which calls are owed cannot be known");
                is_known = false;
            }
        }
    }
    if is_known {
        measured.add(Metric::Overdue, overdue.iter().map(|(_, count)| count).sum(), overdue);
    }
}

/// Looks at the due calls of a kreds. Returns the number of its overdue calls.
async fn look_at(service: &Service, kreds: &KredsSlug, swept: &mut Sweep) -> Result<u64, StoreError> {
    let now = service.clock.now();
    let overdue = service.store.standing(&Queue::Overdue(kreds.clone())).await?;
    let open = service.store.due_in(&Queue::Calls(kreds.clone()), now).await?;
    let (overdue, open) = (swept.readable(overdue), swept.readable(open));
    let count = overdue.len();
    for (calls, is_overdue) in [(overdue, true), (open, false)] {
        for due in calls.iter().filter(|due| due.at().is_some_and(|at| at <= now)) {
            if let Err(error) = plan(service, due, kreds, is_overdue, swept).await {
                tracing::error!(%error, %kreds, "a call that is owed could not be looked at");
            }
        }
    }
    if count > 0 {
        swept.raise(Alarm::Overdue, kreds, count);
    }
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

async fn plan(
    service: &Service,
    due: &Due,
    kreds: &KredsSlug,
    is_overdue: bool,
    swept: &mut Sweep,
) -> Result<(), StoreError> {
    let now = service.clock.now();
    let Task::Call(id, holder) = &due.task else { return Ok(()) };
    let look = match service.store.owed_call(id, now).await {
        Ok(call) => call.map_or(Look::Over, |call| call.of(*holder).look(now)),
        // A request that a newer release wrote must not stop the others, and that release may return.
        Err(StoreError::Unreadable(kind)) => {
            swept.raise(Alarm::Unreadable, kreds, kind);
            let next = after(now, UNREADABLE);
            Look::Owed { notices: Vec::new(), is_overdue, next }
        }
        Err(error) => return Err(error),
    };
    service.store.looked(due, kreds, &look, now).await.map(|_| ())
}

/// The calls that a kreds owes for some forms: first those that the citizen says nobody has made, then the oldest.
pub(super) async fn owed(
    attempt: &mut Attempt<'_>,
    kreds: &KredsSlug,
    reader: Reader,
    include: impl Fn(&FormId) -> bool,
) -> Result<Vec<OwedCall>, StoreError> {
    let Attempt { service, catalog, swept, .. } = attempt;
    let now = service.clock.now();
    let mut calls = Vec::new();
    for (id, queue) in swept.readable(service.store.calls_of(kreds).await?) {
        let file = match service.store.case(&id, now).await {
            Ok(Some(file)) => file,
            Ok(None) => continue,
            Err(StoreError::Unreadable(kind)) => {
                swept.raise(Alarm::Unreadable, kreds, kind);
                continue;
            }
            Err(error) => return Err(error),
        };
        let (receipt, case) = (&file.receipt, &file.case);
        // Another kreds must not read about an event that can still be undone.
        let visible = case.visible_to_citizen(now);
        if visible.kreds(&receipt.kreds) != kreds || !case.owes_call() || !include(&receipt.form) {
            continue;
        }
        let recipient = match (reader, visible.forwarded()) {
            (Reader::Kreds, None) => Recipient::Kreds,
            (Reader::Kreds, Some(_)) => Recipient::Forwarded,
            (Reader::Leader, None) => Recipient::Leader,
            (Reader::Leader, Some(_)) => Recipient::ForwardedLeader,
        };
        let is_watched = !matches!(queue, Queue::Unwatched(_));
        calls.push(OwedCall {
            reference: receipt.reference.clone(),
            received: receipt.received,
            promise: receipt.promise,
            form_title: form_title(catalog, &receipt.form).to_owned(),
            tried: case.not_reached().count(),
            is_missed: case.missed().is_some(),
            is_overdue: is_watched && receipt.promise.due() <= now,
            is_watched,
            link: link(service, receipt, recipient, kreds, catalog.base_url()).unwrap_or_default(),
        });
    }
    calls.sort_by_key(|call| (!call.is_missed, call.received, call.reference.clone()));
    Ok(calls)
}
