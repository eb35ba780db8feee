//! Point-in-time restores: what the main table forgot is settled by the table of keys, which has no backups.

use super::Sweep;
use crate::Service;
use crate::clock::after;
use crate::store::{Leased, Settled, StoreError, Task};
use jiff::SignedDuration;

/// The time that a run spends on the requests of a restored table. The next run continues there, and until all are
/// settled, each mail is checked before it goes out.
const LONGEST: SignedDuration = SignedDuration::from_secs(20);

/// The possibility that a restore has put requests of the main table into an earlier state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restored {
    /// All requests are as they should be.
    No,
    /// Not all are settled yet, or it is unknown.
    Perhaps,
}

/// Records that the schedule runs, and, if the main table was restored since the last run, settles every request in it.
pub(super) async fn look(service: &Service, swept: &mut Sweep) -> Restored {
    settle_all(service, swept).await.unwrap_or_else(|error| {
        tracing::error!(%error, "a restored table could not be gone through; it is tried again in a minute");
        Restored::Perhaps
    })
}

/// Settles the request of a mail that is about to be sent. Returns true if nothing is left to send.
pub(super) async fn is_settled(service: &Service, leased: &Leased, swept: &mut Sweep) -> bool {
    let Some(id) = leased.task.submission() else { return false };
    match service.store.settle(id, service.clock.now()).await {
        Ok(settled) => {
            swept.settled(settled);
            settled == Settled::Ghost
                || settled == Settled::WentOut
                    && matches!(&leased.task, Task::Mail(_, to) if to.is_police() && !to.is_forwarded())
        }
        Err(error) => {
            tracing::warn!(%error, "what the table of keys knows of a request cannot be known");
            false
        }
    }
}

/// Logs what a run settled, in one line. Nobody needs to act on it.
pub(super) fn report(swept: &Sweep) {
    let (ghosts, went_before) = (swept.ghosts, swept.went_before);
    if ghosts + went_before > 0 {
        tracing::warn!(
            ghosts,
            went_before,
            "the table was restored: what had been deleted is deleted again, what had gone out is not sent"
        );
    }
}

async fn settle_all(service: &Service, swept: &mut Sweep) -> Result<Restored, StoreError> {
    let (store, now) = (&service.store, service.clock.now());
    let Some(mut restore) = store.restored().await? else { return store.ran(now).await.map(|()| Restored::No) };
    let over = after(now, LONGEST);
    while let Some(ids) = store.next_requests(&mut restore).await? {
        for id in ids {
            match store.settle(&id, service.clock.now()).await {
                Ok(settled) => swept.settled(settled),
                // It must not delay the others, and another run could not read it either.
                Err(StoreError::Unreadable(kind)) => tracing::warn!(kind, "a restored request cannot be read"),
                Err(error) => return Err(error),
            }
        }
        if service.clock.now() >= over {
            return store.restored_so_far(&restore).await.map(|()| Restored::Perhaps);
        }
    }
    store.restore_is_over(&restore, now).await.map(|()| Restored::No)
}

impl Sweep {
    const fn settled(&mut self, settled: Settled) {
        match settled {
            Settled::AsItWas => {}
            Settled::Ghost => self.ghosts += 1,
            Settled::WentOut => self.went_before += 1,
        }
    }
}
