//! The real function, and five deliberately broken ones that the explorer must catch.

use crate::failures::content::PLACES;
use crate::failures::instance::Instance;
use function::outbox::Sweep;
use function::store::{Leased, Queue, Recipient, RunToken, Task};
use model::names::KredsSlug;
use tokio::task::yield_now;

/// The function that a world runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The real one.
    Real,
    /// Marks a mail as sent before sending it: a crash in between loses it.
    MarksFirst,
    /// Sends all mails of a run before marking any: a crash in between repeats many.
    MarksLast,
    /// Its database sometimes acknowledges a write without writing.
    Forgets,
    /// Does not recognise a form that is sent again.
    Varies,
    /// Loses its mails about citizens' changes.
    Silent,
}

impl Variant {
    /// Returns true if it parks a mail that fails too often, and does the schedule's maintenance.
    pub(crate) const fn is_whole(self) -> bool {
        !matches!(self, Self::MarksFirst | Self::MarksLast)
    }

    /// Runs the schedule once.
    pub(crate) async fn sweep(self, instance: &Instance) -> Result<Sweep, String> {
        if self.is_whole() {
            return instance.service.sweep().await.map_err(|error| error.to_string());
        }
        let store = instance.service.store();
        let run = RunToken::from_random([0; 8]);
        for place in PLACES.iter() {
            let queue = Queue::Owed(KredsSlug::parse(&place.kreds).unwrap());
            let mut sent = Vec::new();
            for task in store.lease_due(&queue, &run, instance.service.now()).await.unwrap_or_default().items {
                if self == Self::MarksFirst && store.done(&task, instance.service.now()).await.is_err() {
                    continue;
                }
                if send(instance, &task).await {
                    sent.push(task);
                }
            }
            if self == Self::MarksLast {
                for task in sent {
                    let _ = store.done(&task, instance.service.now()).await;
                }
            }
        }
        Ok(Sweep::default())
    }
}

async fn send(instance: &Instance, leased: &Leased) -> bool {
    let Task::Mail(id, recipient) = &leased.task else { return false };
    let now = instance.service.now();
    let Ok(Some(submission)) = instance.service.store().submission(id, now).await else { return false };
    let to = match recipient {
        Recipient::Kreds => {
            PLACES.iter().find(|place| place.kreds == leased.kreds.as_str()).map(|place| &*place.mailbox)
        }
        _ => submission.answers.contact.email.as_ref().map(|email| email.reveal().as_str()),
    };
    let name = format!("{}.{}", submission.receipt.reference, recipient.as_str());
    yield_now().await;
    let is_sent = to.is_some_and(|to| instance.network.end().record.mail(to, &name).is_ok());
    yield_now().await;
    is_sent
}
