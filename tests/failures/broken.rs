//! The function as it is, and four that are wrong on purpose: the explorer must catch each of them.

use crate::content::PLACES;
use crate::instance::Instance;
use crate::network::moment;
use function::store::{Leased, Task};
use model::names::KredsSlug;

/// Which function a world has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    /// The real one.
    Real,
    /// It marks a mail as sent, and then sends it: who dies between loses it.
    MarksFirst,
    /// It sends all mails of a run, and then marks them: who dies between sends many again.
    MarksLast,
    /// Its database says that it wrote, and sometimes did not.
    Forgets,
    /// It does not know a form again that is sent again.
    Varies,
}

impl Variant {
    /// Whether it gives up what fails too often, and says so.
    pub(crate) const fn knows_when_to_stop(self) -> bool {
        !matches!(self, Self::MarksFirst | Self::MarksLast)
    }

    /// Runs the schedule once; what came of it, for people.
    pub(crate) async fn sweep(self, instance: &Instance) -> String {
        if self.knows_when_to_stop() {
            return format!("{:?}", instance.service.sweep().await.map_err(|error| error.to_string()));
        }
        let store = instance.service.store();
        for place in PLACES.iter() {
            let kreds = KredsSlug::parse(&place.kreds).unwrap();
            let leased = store.lease_due(&kreds, instance.service.now()).await.unwrap_or_default();
            let mut sent = Vec::new();
            for task in leased {
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
        "swept".to_owned()
    }
}

async fn send(instance: &Instance, leased: &Leased) -> bool {
    let Ok(Some(submission)) = instance.service.store().submission(&leased.submission).await else { return false };
    let (to, kind) = match &leased.task {
        Task::MailKreds(kreds) => {
            let place = PLACES.iter().find(|place| place.kreds == kreds.as_str()).unwrap();
            (place.mailbox.clone(), "kreds")
        }
        Task::MailCitizen(_) => {
            let Some(email) = &submission.answers.contact.email else { return false };
            (email.reveal().as_str().to_owned(), "borger")
        }
    };
    moment().await;
    let is_sent = instance.record.mail(&to, &format!("{}.{kind}", submission.receipt.reference));
    moment().await;
    is_sent
}
