//! The outbox, run by the schedule: it sends due mails, retries failed ones, and parks the rest for a human.

mod attempt;
mod calls;
mod case_update;
mod citizens;
mod controls;
mod digest;
mod ghosts;
mod held;
mod mails;
mod maintenance;
mod news;
mod notices;
mod outcome;
mod owed;
mod sweep;

pub use maintenance::mailboxes;
pub use sweep::Sweep;

use self::attempt::Attempt;
use self::ghosts::Restored;
use crate::Service;
use crate::clock::after;
use crate::metrics::Measured;
use crate::panics::{Panicked, caught};
use crate::reports::StillOwed;
use crate::store::{Due, Leased, Queue, RunToken, StoreError, due_of, mails_due};
use jiff::{SignedDuration, Timestamp};
use model::catalog::Catalog;
use model::names::KredsSlug;
use outcome::{fail, mark, park};
use owed::Owed;
use thiserror::Error;

/// The waits between a failed attempt and the next. After the last one, the task is parked.
pub const RETRIES: [SignedDuration; 7] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(12),
    SignedDuration::from_hours(24),
];

/// The most attempts that may end without knowing whether the mail went out. So nobody gets more than one copy too
/// many.
pub const UNSURE: u32 = 2;

/// The time in which a run begins tasks, so that it ends before the next run begins, or shortly after.
pub const LONGEST: SignedDuration = SignedDuration::from_secs(40);

/// An error before a run has begun any task.
#[derive(Debug, Error)]
pub enum SweepError {
    /// The content in force could not be read from the store.
    #[error("the content in force cannot be read: {0}")]
    Store(#[from] StoreError),
    /// The system gives no random numbers.
    #[error("no random numbers")]
    Random,
}

/// The result of an attempt that did not fail.
enum Done {
    /// It is done, and no delivery notification will follow.
    Final,
    /// A delivery notification will follow.
    AwaitingReport,
    /// The mail is no longer needed, or follows another one too soon.
    Withheld,
    /// It is a receipt, and receipts are paused.
    Rested,
    /// It must wait until then.
    Waits(Timestamp),
}

/// The reason why a task failed. It never quotes the citizen.
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
    #[error(transparent)]
    Panic(#[from] Panicked),
    #[error("there is no {0}")]
    Missing(&'static str),
}

/// Does everything that is due, kreds by kreds. An error of one kreds does not stop the next.
pub(crate) async fn sweep(service: &Service) -> Result<Sweep, SweepError> {
    let now = service.clock.now();
    let catalog = service.catalogs.current(now).await?;
    let mut swept = Sweep::default();
    let mut owed = Owed::default();
    let restored = ghosts::look(service, &mut swept).await;
    let mut kredse: Vec<KredsSlug> = catalog.atlas().kredse().iter().map(|kreds| kreds.slug.clone()).collect();
    match service.store.kredse().await {
        // A kreds that was removed from the content may still be owed something.
        Ok(all) => {
            kredse.extend(all.into_iter().filter(|slug| catalog.atlas().kreds(slug).is_none()));
        }
        Err(error) => {
            tracing::error!(%error, "which kredse there were cannot be known");
            owed.unreadable();
        }
    }
    let token = run_token()?;
    let mut waiting = Vec::new();
    for kreds in &kredse {
        waiting.push(due(service, kreds, &mut owed, &mut swept).await.into_iter());
    }
    let digests = maintenance::digests(service, &catalog, &mut swept).await;
    waiting.push(due_of(&digests, service.clock.now()).into_iter());
    waiting.push(due_of_cases(service, &mut swept).await.into_iter());
    // Another queue is first each minute, so that none is always last when mailing is slow.
    let first = usize::try_from(now.as_second() / 60).unwrap_or(0) % waiting.len();
    waiting.rotate_left(first);
    let over = after(now, LONGEST);
    // One task of each queue, then the next of each: no kreds delays another.
    while let Some(round) = next_round(&mut waiting) {
        for task in round {
            if service.clock.now() >= over {
                break;
            }
            match service.store.lease(&task, &token, service.clock.now()).await {
                Ok(Some(leased)) => {
                    owed.begun(&task.task);
                    if run(service, &catalog, leased, restored, &mut swept).await == StillOwed::Nothing {
                        owed.over(&task.task);
                    }
                }
                // Another run has it.
                Ok(None) => owed.begun(&task.task),
                Err(StoreError::Unreadable(_)) => swept.set_aside(&[task.key()]),
                Err(error) => tracing::error!(%error, "a task could not be leased"),
            }
        }
    }
    let mut measured = Measured::default();
    owed.measure(service.clock.now(), &mut measured);
    maintenance::run(service, &token, &digests, &mut swept, &mut measured).await;
    held::look(service, &kredse, &mut swept).await;
    if restored == Restored::No {
        maintenance::report("planning mails about controls", controls::plan(service, &catalog).await);
    }
    calls::look(service, &kredse, &mut swept, &mut measured).await;
    service.record(&measured);
    ghosts::report(&swept);
    Ok(swept)
}

/// The mails to citizens and kredse about cases that are due now.
async fn due_of_cases(service: &Service, swept: &mut Sweep) -> Vec<Due> {
    match service.store.due_in(&Queue::Cases, service.clock.now()).await {
        Ok(due) => swept.readable(due),
        Err(error) => {
            tracing::error!(%error, "the tasks of cases cannot be read");
            Vec::new()
        }
    }
}

/// Draws the token by which this run recognizes its own leases.
fn run_token() -> Result<RunToken, SweepError> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|_| SweepError::Random)?;
    Ok(RunToken::from_random(random))
}

/// The tasks that a kreds is owed now, in the order in which they are sent. Those that are due later are only counted.
async fn due(service: &Service, kreds: &KredsSlug, owed: &mut Owed, swept: &mut Sweep) -> Vec<Due> {
    let queue = Queue::Owed(kreds.clone());
    match service.store.standing(&queue).await {
        Ok(standing) => {
            let standing = swept.readable(standing);
            owed.read(kreds, &standing);
            mails_due(&standing, service.clock.now())
        }
        Err(error) => {
            tracing::error!(%error, %queue, "what is due in a queue cannot be known");
            owed.unreadable();
            Vec::new()
        }
    }
}

fn next_round(waiting: &mut [std::vec::IntoIter<Due>]) -> Option<Vec<Due>> {
    let round: Vec<Due> = waiting.iter_mut().filter_map(Iterator::next).collect();
    (!round.is_empty()).then_some(round)
}

async fn run(
    service: &Service,
    catalog: &Catalog,
    mut leased: Leased,
    restored: Restored,
    swept: &mut Sweep,
) -> StillOwed {
    let leased = &mut leased;
    if restored == Restored::Perhaps && ghosts::is_settled(service, leased, swept).await {
        return StillOwed::Nothing;
    }
    let outcome = if leased.unsure >= UNSURE || leased.attempts as usize > RETRIES.len() + 1 {
        None
    } else {
        if let Err(error) = service.store.prolong(leased, service.clock.now()).await {
            tracing::error!(%error, kreds = %leased.kreds, "a lease could not be prolonged");
        }
        // A mail that causes a panic must not stop the others.
        let outcome = caught(Attempt { service, catalog, leased, restored, swept }.run()).await;
        Some(outcome.unwrap_or_else(|panicked| Err(panicked.into())))
    };
    // If no run came between the restore and the deletion, none knows of the restore.
    if matches!(outcome, Some(Err(Failure::Missing(_)))) && ghosts::is_settled(service, leased, swept).await {
        return StillOwed::Nothing;
    }
    let now = service.clock.now();
    let marked = match outcome {
        Some(Ok(done)) => mark(service, leased, &done, now, swept).await,
        Some(Err(failure)) => fail(service, leased, &failure, now, swept).await,
        None => park(service, leased, now, swept).await,
    };
    marked.unwrap_or_else(|error| {
        // The lease runs out and the task is due again: at worst, a second mail with the same name goes out.
        tracing::error!(%error, kreds = %leased.kreds, "a task's outcome could not be noted");
        StillOwed::Waits
    })
}
