//! Held requests: an alarm is raised after some working hours, and after a day each goes to its kreds by itself.

use super::Sweep;
use crate::Service;
use crate::alarm::Alarm;
use crate::store::{Queue, Released, StoreError, Task};
use jiff::{SignedDuration, Timestamp};
use model::names::{KredsSlug, SubmissionId};
use model::submission::Held;
use model::working_time::working_time;
use std::collections::BTreeMap;

/// The working time that a human has before an alarm is raised.
const SEEN_WITHIN: SignedDuration = SignedDuration::from_hours(4);

/// Looks at the held requests of each kreds; an error of one does not stop the next.
pub(super) async fn look(service: &Service, kredse: &[KredsSlug], swept: &mut Sweep) {
    let now = service.clock.now();
    for kreds in kredse {
        if let Err(error) = of(service, kreds, now, swept).await {
            tracing::error!(%error, %kreds, "what is held cannot be looked at");
        }
    }
}

async fn of(service: &Service, kreds: &KredsSlug, now: Timestamp, swept: &mut Sweep) -> Result<(), StoreError> {
    // A held request is due from the time when it was received, so the index shows how long it has waited.
    let mut since: BTreeMap<SubmissionId, Timestamp> = BTreeMap::new();
    for due in swept.readable(service.store.standing(&Queue::Held(kreds.clone())).await?) {
        if let (Task::Mail(id, _), Some(at)) = (&due.task, due.at()) {
            since.entry(id.clone()).or_insert(at);
        }
    }
    let (over, waiting): (Vec<_>, Vec<_>) =
        since.into_iter().partition(|(_, at)| now.duration_since(*at) >= Held::AT_MOST);
    let mut unseen = waiting.iter().filter(|(_, at)| working_time(*at, now) >= SEEN_WITHIN).count();
    for (id, _) in over {
        match service.store.release(&id, kreds, Released::Unseen, now).await {
            Ok(mails) => tracing::info!(%kreds, mails, "nobody has looked at a request in a day: it goes to its kreds"),
            Err(error) => {
                tracing::error!(%error, %kreds, "a request whose day is over could not be let go");
                unseen += 1;
            }
        }
    }
    if unseen > 0 {
        swept.raise(Alarm::Held, kreds, unseen);
    }
    Ok(())
}
