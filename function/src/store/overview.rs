//! Overviews of submissions and tasks, for operators, digests and mails: times and progress without the answers.

use super::cases::events;
use super::due::{ItemKey, Listing};
use super::erasure::is_submission;
use super::items::{Item, day_pk, is_expired, number_of, phone_pk, text_of, time_of};
use super::recipient::Recipient;
use super::submissions::{keep_until, receipt_from};
use super::task::{Queue, Task, kreds_of, serial_of};
use super::withdrawals::is_withdrawn;
use super::{Store, StoreError};
use jiff::Timestamp;
use jiff::civil::Date;
use model::case::Case;
use model::names::{KredsSlug, SubmissionId};
use model::serial::Serial;
use model::submission::Receipt;

/// A task with everything that is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskState {
    /// The task itself.
    pub task: Task,
    /// The kreds that it belongs to.
    pub kreds: KredsSlug,
    /// The number assigned to it, if any.
    pub serial: Option<Serial>,
    /// The number of attempts.
    pub attempts: u32,
    /// The name of its queue in the table; `None` if nothing is owed.
    pub queue: Option<String>,
    /// The time at which it is due, if it is owed.
    pub due: Option<Timestamp>,
    /// The times of its events, such as `sent_at`, `delivered_at` and `bounced_at`, in their usual order.
    pub times: Vec<(&'static str, Timestamp)>,
}

/// The times that a task may have, in their usual order.
const TIMES: [&str; 17] = [
    "released_at",
    "unseen_at",
    "notice_at",
    "sent_at",
    "withheld_at",
    "rested_at",
    "gave_up_at",
    "delivered_at",
    "bounced_at",
    "rejected_at",
    "complained_at",
    "unconfirmed_at",
    "redelivered_at",
    "sent_again_at",
    "restored_at",
    "parked_at",
    "done_at",
];

/// The progress of a submission on its way to the police.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// A mailbox has accepted it.
    Delivered,
    /// It went out, without a delivery notification so far.
    Sent,
    /// It will be sent.
    Waiting,
    /// It is not tried again before a human has looked at it.
    Parked,
    /// It looks automated, and waits for a human.
    Held,
}

/// A submission without its answers.
pub struct Overview {
    /// The receipt of the submission.
    pub receipt: Receipt,
    /// The case of the submission.
    pub case: Case,
    /// The tasks that this release can read.
    pub tasks: Vec<TaskState>,
    /// The keys of the tasks that it cannot read.
    pub unreadable: Vec<ItemKey>,
    /// The reason for which it was held when it was received, if it was.
    pub held: Option<String>,
    /// The end of its storage period.
    pub keep_until: Timestamp,
    /// The time at which it expires, once a kreds has it.
    pub expires: Option<Timestamp>,
}

impl TaskState {
    /// True if the event with this time has happened.
    #[must_use]
    pub fn has(&self, time: &str) -> bool {
        self.time(time).is_some()
    }

    /// The time of an event, if it has happened.
    #[must_use]
    pub fn time(&self, name: &str) -> Option<Timestamp> {
        self.times.iter().find(|(known, _)| *known == name).map(|(_, at)| *at)
    }

    /// True if the mail service gave the mail up and nothing retries it: it was reported more than a day late.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        let is_last = self.time("gave_up_at") >= self.time("sent_at");
        self.queue.is_none() && self.has("gave_up_at") && is_last && !self.has("delivered_at")
    }

    /// True if it is in this queue.
    #[must_use]
    pub fn stands_in(&self, queue: &Queue) -> bool {
        self.queue.as_deref() == Some(queue.to_string().as_str())
    }
}

impl Overview {
    /// True if the citizen has withdrawn it: then the rest of it is impersonal.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.case.withdrawn().is_some()
    }

    /// The progress to the first kreds: the best that any of the mails to it has reached.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress_at(&self.receipt.kreds)
    }

    /// The progress to one of the kredse that get it.
    #[must_use]
    pub fn progress_at(&self, kreds: &KredsSlug) -> Progress {
        let police = || self.tasks.iter().filter(|task| task.task.is_to_the_police() && task.kreds == *kreds);
        let stands = |task: &TaskState| !task.has("bounced_at");
        if police().any(|task| stands(task) && task.has("delivered_at")) {
            Progress::Delivered
        } else if police().any(|task| stands(task) && (task.has("done_at") || task.stands_in(&Queue::Sent))) {
            Progress::Sent
        } else if police().any(|task| task.stands_in(&Queue::Held(task.kreds.clone()))) {
            Progress::Held
        } else if police().any(|task| task.stands_in(&Queue::Parked)) {
            Progress::Parked
        } else {
            Progress::Waiting
        }
    }

    /// The recipient whose mailbox at a kreds has it or was sent it: the one that [`Overview::progress_at`] is about.
    #[must_use]
    pub fn holder_at(&self, kreds: &KredsSlug) -> Option<Recipient> {
        let went = |time: &'static str| {
            move |task: &&TaskState| {
                task.task.is_to_the_police()
                    && task.kreds == *kreds
                    && !task.has("bounced_at")
                    && (task.has(time) || task.stands_in(&Queue::Sent))
            }
        };
        let found = self.tasks.iter().find(|task| task.has("delivered_at") && went("delivered_at")(task));
        match found.or_else(|| self.tasks.iter().find(went("done_at")))?.task {
            Task::Mail(_, recipient) => Some(recipient),
            _ => None,
        }
    }

    /// The number of its mail to the first kreds.
    #[must_use]
    pub fn serial(&self) -> Option<Serial> {
        self.serial_at(&self.receipt.kreds)
    }

    /// The number of its mail to one of the kredse that get it.
    #[must_use]
    pub fn serial_at(&self, kreds: &KredsSlug) -> Option<Serial> {
        self.tasks.iter().filter(|task| task.kreds == *kreds).find_map(|task| task.serial)
    }

    /// The task of its mail to a recipient.
    #[must_use]
    pub fn mail_to(&self, recipient: Recipient) -> Option<&TaskState> {
        self.tasks.iter().find(|task| matches!(&task.task, Task::Mail(_, to) if *to == recipient))
    }
}

impl Store {
    /// Reads a submission and its tasks; `None` if it does not exist.
    pub async fn overview(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<Overview>, StoreError> {
        let items = self.items_of(id).await?;
        let found = items.iter().find(|item| is_submission(item)).filter(|item| !is_expired(item, now));
        let Some(submission) = found else { return Ok(None) };
        if !is_withdrawn(submission) && !self.has_key(id).await? {
            return Ok(None);
        }
        let mut tasks = Listing::default();
        for item in items.iter().filter(|item| !is_submission(item)) {
            tasks.add(item, state(item))?;
        }
        let Listing { items: tasks, unreadable } = tasks;
        let held = submission.get("held").and_then(|value| value.as_s().ok()).cloned();
        let expires = time_of(submission, "submission", "expires_at")?;
        let (receipt, keep_until) = (receipt_from(id, submission)?, keep_until(submission)?);
        let case = Case::new(events(submission));
        Ok(Some(Overview { receipt, case, tasks, unreadable, held, keep_until, expires }))
    }

    /// The number of a submission's mail to a recipient. A second or fallback mailbox keeps the number of the first.
    pub async fn serial_of(&self, id: &SubmissionId, to: Recipient) -> Result<Option<Serial>, StoreError> {
        let state = self.task(&Task::Mail(id.clone(), to.numbered())).await?;
        Ok(state.and_then(|state| state.serial))
    }

    /// The number of submissions that should have been deleted at `then` and still exist, at most 1000.
    pub async fn overdue(&self, then: Timestamp) -> Result<usize, StoreError> {
        self.due(&Queue::Erasure, then, 1000).await.map(|due| due.items.len())
    }

    /// Reads a task with everything that is known about it.
    pub async fn task(&self, task: &Task) -> Result<Option<TaskState>, StoreError> {
        self.item(task.key(), "reading a task").await?.as_ref().map(state).transpose()
    }

    /// The submissions that a kreds got on a day.
    pub async fn of_day(&self, kreds: &KredsSlug, day: Date) -> Result<Vec<SubmissionId>, StoreError> {
        self.ids_in(&day_pk(kreds, day), "asking for a day").await
    }

    /// The submissions from a telephone number, by its keyed hash.
    pub async fn by_phone(&self, hash: &str) -> Result<Vec<SubmissionId>, StoreError> {
        self.ids_in(&phone_pk(hash), "looking for a telephone number").await
    }

    pub(super) async fn ids_in(&self, pk: &str, operation: &'static str) -> Result<Vec<SubmissionId>, StoreError> {
        let items = self.partition(pk, operation).await?;
        // An unreadable entry does not hide the others.
        Ok(items.iter().filter_map(|item| SubmissionId::parse(text_of(item, "index", "sk").ok()?).ok()).collect())
    }
}

pub(super) fn state(item: &Item) -> Result<TaskState, StoreError> {
    const KIND: &str = "task";
    let mut times = Vec::new();
    for name in TIMES {
        times.extend(time_of(item, KIND, name)?.map(|time| (name, time)));
    }
    Ok(TaskState {
        task: Task::of(item)?,
        kreds: kreds_of(item)?,
        serial: serial_of(item)?,
        attempts: u32::try_from(number_of(item, KIND, "begun")?).map_err(|_| StoreError::Unreadable(KIND))?,
        queue: item.get("due_for").and_then(|value| value.as_s().ok()).cloned(),
        due: time_of(item, KIND, "due_at")?,
        times,
    })
}
