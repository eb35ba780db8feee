//! Overview of the table: tasks with their times, and submissions with theirs, without a word of their content.

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

/// A task and what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskState {
    /// The task.
    pub task: Task,
    /// Whose it is.
    pub kreds: KredsSlug,
    /// Its number, if it has one.
    pub serial: Option<Serial>,
    /// The number of times it was begun.
    pub attempts: u32,
    /// The queue it stands in, as the table names it; none if nothing is owed.
    pub queue: Option<String>,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// Times of events: `sent_at`, `delivered_at`, `bounced_at`, … in that order.
    pub times: Vec<(&'static str, Timestamp)>,
}

/// The times that a task may have, in the order in which they usually come.
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

/// Where a submission is on its way to the police.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// A mailbox has it.
    Delivered,
    /// It went out; nobody has said more.
    Sent,
    /// It will be sent.
    Waiting,
    /// Nobody will try again before a human looks.
    Parked,
    /// It looks as if a program had sent it, and waits for a human.
    Held,
}

/// A submission without what it says.
pub struct Overview {
    /// The receipt of the submission.
    pub receipt: Receipt,
    /// The events of its case.
    pub case: Case,
    /// Its tasks.
    pub tasks: Vec<TaskState>,
    /// Tasks of it that this release cannot read.
    pub unreadable: Vec<ItemKey>,
    /// Why it is held, if it was held when it came.
    pub held: Option<String>,
    /// When its time is up.
    pub keep_until: Timestamp,
    /// When it will be deleted, once a kreds has it.
    pub expires: Option<Timestamp>,
}

impl TaskState {
    /// Returns true if the event with this time has happened.
    #[must_use]
    pub fn has(&self, time: &str) -> bool {
        self.time(time).is_some()
    }

    /// The time of an event, if it has happened.
    #[must_use]
    pub fn time(&self, name: &str) -> Option<Timestamp> {
        self.times.iter().find(|(known, _)| *known == name).map(|(_, at)| *at)
    }

    /// Returns true if it stands in a queue.
    #[must_use]
    pub fn stands_in(&self, queue: &Queue) -> bool {
        self.queue.as_deref() == Some(queue.to_string().as_str())
    }
}

impl Overview {
    /// True if its citizen has withdrawn it: then the rest of it is impersonal.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.case.withdrawn().is_some()
    }

    /// Where it is on its way to the police: the best that any of the mails to its first kreds has reached.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress_at(&self.receipt.kreds)
    }

    /// Where it is on its way to one of the kredse that get it.
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

    /// Whose mailbox at a kreds has it, or was sent it: the recipient that [`Overview::progress_at`] is about.
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

    /// The number of its mail to its first kreds.
    #[must_use]
    pub fn serial(&self) -> Option<Serial> {
        self.serial_at(&self.receipt.kreds)
    }

    /// The number of its mail to one of the kredse that get it.
    #[must_use]
    pub fn serial_at(&self, kreds: &KredsSlug) -> Option<Serial> {
        self.tasks.iter().filter(|task| task.kreds == *kreds).find_map(|task| task.serial)
    }

    /// One of its mails.
    #[must_use]
    pub fn mail_to(&self, recipient: Recipient) -> Option<&TaskState> {
        self.tasks.iter().find(|task| matches!(&task.task, Task::Mail(_, to) if *to == recipient))
    }
}

impl Store {
    /// A submission and its tasks, if it is there.
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

    /// The number fixed to a submission's mail to a recipient, or to the mail before it that was refused, if it has one.
    pub async fn serial_of(&self, id: &SubmissionId, to: Recipient) -> Result<Option<Serial>, StoreError> {
        let state = self.task(&Task::Mail(id.clone(), to.numbered())).await?;
        Ok(state.and_then(|state| state.serial))
    }

    /// The number of submissions that should have been gone at `then`, and are there.
    pub async fn overdue(&self, then: Timestamp) -> Result<usize, StoreError> {
        self.due(&Queue::Erasure, then, 1000).await.map(|due| due.items.len())
    }

    /// A task and what is known of it.
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
        // One that cannot be read hides no other.
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
