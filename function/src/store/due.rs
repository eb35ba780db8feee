//! The index of owed tasks: a queue is read item by item, so that an unreadable one does not delay the others.

use super::access::{all, failed};
use super::items::{Item, number_of, seconds, text};
use super::overview::{TaskState, state};
use super::task::{OWED_SINCE, Queue, Task};
use super::{DUE_INDEX, Store, StoreError};
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use jiff::Timestamp;
use model::names::{KredsSlug, SubmissionId};
use std::collections::BTreeSet;
use std::fmt;

/// The most tasks of one queue in one run, for work other than mail.
const AT_ONCE: usize = 25;

/// The most tasks of one queue that are read, oldest first.
const LONGEST: usize = 1000;

/// The most of the newest tasks that are read in addition, if there are more.
const NEWEST: i32 = 100;

/// An owed task as the index has it, due or not.
#[derive(Debug, Clone)]
pub struct Due {
    /// The task itself.
    pub task: Task,
    pub(super) item: Item,
}

/// The items of a queue that this release can read, and the keys of those that it cannot.
///
/// A newer release may have written the latter before a rollback. They stay in place, and that release continues with
/// them when it returns.
#[derive(Debug, Clone)]
pub struct Listing<T> {
    /// The readable items.
    pub items: Vec<T>,
    /// The keys of the unreadable ones, each once.
    pub unreadable: Vec<ItemKey>,
}

/// The key of an item, for the log and for operators.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemKey {
    partition: String,
    sort: String,
}

impl Due {
    /// The time at which it is due, if that can be read.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        Timestamp::from_second(number_of(&self.item, "task", "due_at").ok()?).ok()
    }

    /// The time since which it is owed, however often it was tried: since it was stored, passed on to this recipient,
    /// released, or sent again by an operator. A mail that the mail service gave up keeps its time.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        Timestamp::from_second(number_of(&self.item, "task", OWED_SINCE).ok()?).ok()
    }

    /// The key of its item.
    #[must_use]
    pub fn key(&self) -> ItemKey {
        ItemKey::of(&self.item)
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.at().is_some_and(|at| at.as_second() <= now.as_second())
    }
}

impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { items: Vec::new(), unreadable: Vec::new() }
    }
}

impl<T> Listing<T> {
    /// Adds an item, or its key if it is unreadable. Any other error ends the reading.
    pub(super) fn add(&mut self, item: &Item, read: Result<T, StoreError>) -> Result<(), StoreError> {
        match read {
            Ok(read) => self.items.push(read),
            Err(StoreError::Unreadable(_)) => self.unreadable.push(ItemKey::of(item)),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Appends another listing.
    pub fn extend(&mut self, other: Self) {
        self.items.extend(other.items);
        self.unreadable.extend(other.unreadable);
    }
}

impl ItemKey {
    fn of(item: &Item) -> Self {
        let part = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
        Self { partition: part("pk"), sort: part("sk") }
    }

    /// The whole key, for an operator: the id of a submission in it opens its receipt.
    #[must_use]
    pub fn in_full(&self) -> String {
        format!("{} {}", self.partition, self.sort)
    }
}

/// The key for a log: enough to find it in `operator owed`, but not to open a receipt.
impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, rest) = self.partition.split_once('#').unwrap_or((&self.partition, ""));
        let short: String = rest.chars().take(8).collect();
        let cut = if short.len() < rest.len() { "…" } else { "" };
        write!(f, "{kind}#{short}{cut} {}", self.sort)
    }
}

/// The mails of a queue that are due at `now`, in the order in which a run sends them: first those to the police,
/// oldest first. In a backlog, the newest police mail takes turns with the oldest, so that it never waits for the rest.
pub fn mails_due(standing: &[Due], now: Timestamp) -> Vec<Due> {
    let due = standing.iter().filter(|due| due.is_due(now)).cloned();
    let (mut police, aside): (Vec<Due>, Vec<Due>) = due.partition(|due| due.task.is_to_the_police());
    if police.len() > AT_ONCE {
        police.sort_by_key(|due| (due.since(), due.at()));
        police = from_both_ends(police);
    }
    police.into_iter().chain(aside).collect()
}

/// The tasks that are due at `now`, oldest first, at most as many as one run does.
pub fn due_of(standing: &[Due], now: Timestamp) -> Vec<Due> {
    standing.iter().filter(|due| due.is_due(now)).take(AT_ONCE).cloned().collect()
}

/// The last, the first, the second to last, the second, and so on.
fn from_both_ends(all: Vec<Due>) -> Vec<Due> {
    let mut rest: std::collections::VecDeque<Due> = all.into();
    let mut ordered = Vec::with_capacity(rest.len());
    while let Some(newest) = rest.pop_back() {
        ordered.push(newest);
        ordered.extend(rest.pop_front());
    }
    ordered
}

impl Store {
    /// The tasks of a queue that are due at `now`, oldest first. They are not leased yet: see [`Store::lease`].
    pub async fn due_in(&self, queue: &Queue, now: Timestamp) -> Result<Listing<Due>, StoreError> {
        self.due(queue, now, AT_ONCE).await
    }

    /// The tasks of a queue, due or not, according to the index: the oldest, and the newest if there are very many.
    pub async fn standing(&self, queue: &Queue) -> Result<Listing<Due>, StoreError> {
        let mut standing = self.due(queue, Timestamp::MAX, LONGEST).await?;
        if standing.items.len() >= LONGEST {
            let newest = self.asking(queue, Timestamp::MAX).scan_index_forward(false).limit(NEWEST).send().await;
            for item in newest.map_err(|error| failed("asking what is due", &error))?.items.unwrap_or_default() {
                let is_known = |due: &Due| due.item.get("pk") == item.get("pk") && due.item.get("sk") == item.get("sk");
                if !standing.items.iter().any(is_known) {
                    standing.add(&item, Task::of(&item).map(|task| Due { task, item: item.clone() }))?;
                }
            }
        }
        Ok(standing)
    }

    /// Up to `wanted` tasks of a queue that are due at `now` and can be read.
    pub(super) async fn due(&self, queue: &Queue, now: Timestamp, wanted: usize) -> Result<Listing<Due>, StoreError> {
        let mut pages = self.asking(queue, now).into_paginator().items().send();
        let mut due = Listing::default();
        while due.items.len() < wanted
            && let Some(item) = pages.next().await
        {
            let item = item.map_err(|error| failed("asking what is due", &error))?;
            due.add(&item, Task::of(&item).map(|task| Due { task, item: item.clone() }))?;
        }
        Ok(due)
    }

    /// Reads the tasks of a queue with everything that is known about them, oldest first.
    pub async fn queue(&self, queue: &Queue) -> Result<Listing<TaskState>, StoreError> {
        let mut tasks = Listing::default();
        for item in all(self.asking(queue, Timestamp::MAX), "asking what stands in a queue").await? {
            // The index has only keys, and may lag behind the table: the task itself has the rest.
            let read = match Task::of(&item) {
                Ok(task) if self.is_ghost(&task).await? => continue,
                Ok(task) => match self.item(task.key(), "reading a task").await? {
                    Some(item) => state(&item),
                    None => continue,
                },
                Err(error) => Err(error),
            };
            if read.as_ref().map_or(true, |task| task.stands_in(queue)) {
                tasks.add(&item, read)?;
            }
        }
        Ok(tasks)
    }

    /// The requests of a kreds that no mailbox has yet: owed or parked.
    pub async fn unfinished(&self, kreds: &KredsSlug) -> Result<BTreeSet<SubmissionId>, StoreError> {
        let owed = self.queue(&Queue::Owed(kreds.clone())).await?.items;
        let parked = self.queue(&Queue::Parked).await?.items;
        let police = |state: TaskState| match state.task {
            Task::Mail(id, to) if state.kreds == *kreds && to.is_police() => Some(id),
            _ => None,
        };
        Ok(owed.into_iter().chain(parked).filter_map(police).collect())
    }

    /// The query for the tasks of a queue that are due at `now`.
    pub(super) fn asking(&self, queue: &Queue, now: Timestamp) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .index_name(DUE_INDEX)
            .key_condition_expression("due_for = :queue AND due_at <= :now")
            .expression_attribute_values(":queue", text(queue.to_string()))
            .expression_attribute_values(":now", seconds(now))
    }
}

#[cfg(test)]
mod tests;
