//! Point-in-time restores: the main table is put back, and the table of keys, which has no backups, stays as it is.
//!
//! Each run writes its time to both: a main table that is behind was restored, and the two times show what is lost.

use super::change::Change;
use super::items::{
    Item, KEY, data_key_key, kept_runs_key, key, number_of, runs_key, seconds, submission_key, text, text_of, time_of,
};
use super::task::{Queue, Task, serial_of};
use super::transaction::Transaction;
use super::{DUE_INDEX, Store, StoreError, failed};
use jiff::Timestamp;
use model::names::SubmissionId;
use model::serial::Serial;

/// A point-in-time restore of the main table.
#[derive(Debug, Clone)]
pub struct Restore {
    /// The moment that the table was restored to, within a minute; `None` if no run had written its time by then.
    pub to: Option<Timestamp>,
    /// The time of the last run before the restore: everything written between the two is gone.
    pub ran_until: Timestamp,
    /// Requests are gone through by the time at which they must be deleted: where this begins, and how far it is.
    from: Timestamp,
    reached: Timestamp,
    page: Option<Item>,
    is_over: bool,
}

/// A request that a point-in-time restore has lost: only its key is left.
#[derive(Debug, Clone)]
pub struct Lost {
    /// The id of the request.
    pub id: SubmissionId,
    /// Its reference; unknown, like the next two, if an earlier release stored the request.
    pub reference: Option<String>,
    /// The kreds that got it.
    pub kreds: Option<String>,
    /// The time of receipt.
    pub received: Option<Timestamp>,
    /// The number of its mail, if that was attempted.
    pub serial: Option<Serial>,
    /// True if a mailbox of the police has its mail.
    pub went_out: bool,
}

/// A series in which numbers were given after the moment that the main table was restored to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// The kreds, form and year: `oestjylland#bestil-en-betjent#2026`.
    pub series: String,
    /// The last number in the main table.
    pub in_table: i64,
    /// The last number that was given, from the table of keys.
    pub given: i64,
}

/// The maximum number of requests in one query.
const AT_ONCE: i32 = 100;

const OPERATION: &str = "looking for a restore";

impl Restore {
    const fn new(to: Option<Timestamp>, ran_until: Timestamp, from: Timestamp) -> Self {
        Self { to, ran_until, from, reached: from, page: None, is_over: false }
    }
}

impl Store {
    /// A restore since the last run of the schedule, or one whose requests are not all settled yet.
    pub async fn restored(&self) -> Result<Option<Restore>, StoreError> {
        // In this order, since a run writes to the main table first.
        let Some(kept) = self.kept(kept_runs_key()).await? else { return Ok(None) };
        let main = self.item(runs_key(), OPERATION).await?.unwrap_or_default();
        let (kept, to) = (time_of(&kept, "run", "at")?, time_of(&main, "run", "at")?);
        let from = time_of(&main, "run", "next")?.unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(kept.filter(|kept| Some(*kept) > to).map(|ran_until| Restore::new(to, ran_until, from)))
    }

    /// The last restore whose requests are all settled.
    pub async fn last_restore(&self) -> Result<Option<Restore>, StoreError> {
        let main = self.item(runs_key(), OPERATION).await?.unwrap_or_default();
        let (to, until) = (time_of(&main, "run", "restored_to")?, time_of(&main, "run", "ran_until")?);
        Ok(until.map(|ran_until| Restore::new(to, ran_until, Timestamp::MAX)))
    }

    /// Records that the schedule runs at `now`.
    pub async fn ran(&self, now: Timestamp) -> Result<(), StoreError> {
        for (table, key) in [(&self.table, runs_key()), (&self.keys_table, kept_runs_key())] {
            let change = Change::new("SET #at = :now")
                .when("attribute_not_exists(#at) OR #at < :now")
                .names([("#at", "at")])
                .values([(":now", seconds(now))]);
            self.written("noting a run", Transaction::default().update(table, key, change)).await?;
        }
        Ok(())
    }

    /// The next requests of a restored table, by the time at which they must be deleted; `None` after the last.
    pub async fn next_requests(&self, restore: &mut Restore) -> Result<Option<Vec<SubmissionId>>, StoreError> {
        if restore.is_over {
            return Ok(None);
        }
        let query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(DUE_INDEX)
            .key_condition_expression("due_for = :queue AND due_at >= :from")
            .expression_attribute_values(":queue", text(Queue::Erasure.to_string()))
            .expression_attribute_values(":from", seconds(restore.from))
            .set_exclusive_start_key(restore.page.take())
            .limit(AT_ONCE);
        let found =
            query.send().await.map_err(|error| failed("asking for the requests of a restored table", &error))?;
        let items = found.items.unwrap_or_default();
        restore.page = found.last_evaluated_key;
        restore.is_over = restore.page.is_none();
        if let Some(last) = items.last() {
            restore.reached = time_of(last, "task", "due_at")?.unwrap_or(restore.reached);
        }
        let id = |item: &Item| match Task::of(item) {
            Ok(Task::Erase(id)) => Some(id),
            _ => None,
        };
        Ok(Some(items.iter().filter_map(id).collect()))
    }

    /// Records the progress of a run that ends early, so that the next one continues there.
    pub async fn restored_so_far(&self, restore: &Restore) -> Result<(), StoreError> {
        let change =
            Change::new("SET #next = :next").names([("#next", "next")]).values([(":next", seconds(restore.reached))]);
        self.change(OPERATION, runs_key(), change).await
    }

    /// Records that all requests are settled. The period in which data is lost stays in the table.
    pub async fn restore_is_over(&self, restore: &Restore, now: Timestamp) -> Result<(), StoreError> {
        let change = match restore.to {
            Some(to) => {
                Change::new("SET ran_until = :until, restored_to = :to REMOVE #next").values([(":to", seconds(to))])
            }
            None => Change::new("SET ran_until = :until REMOVE #next, restored_to"),
        };
        let change = change.names([("#next", "next")]).values([(":until", seconds(restore.ran_until))]);
        self.change(OPERATION, runs_key(), change).await?;
        self.ran(now).await
    }

    /// Finds requests and numbers that the table of keys has and the main table lacks, at `now`. It scans the whole
    /// table of keys, as only an operator may.
    pub async fn lost(&self, now: Timestamp) -> Result<(Vec<Lost>, Vec<Behind>), StoreError> {
        let mut pages = self.client.scan().table_name(&self.keys_table).into_paginator().items().send();
        let (mut lost, mut behind) = (Vec::new(), Vec::new());
        while let Some(item) = pages.next().await {
            let item = item.map_err(|error| failed("reading the table of keys", &error))?;
            let pk = text_of(&item, "key", "pk")?;
            if let Some(series) = pk.strip_prefix("SERIAL#") {
                let main = self.item(key(pk, "serial"), OPERATION).await?;
                let in_table = main.map_or(Ok(0), |main| number_of(&main, "serial", "last"))?;
                let given = number_of(&item, "serial", "last")?;
                if given > in_table {
                    behind.push(Behind { series: series.to_owned(), in_table, given });
                }
            } else if let Some(id) = pk.strip_prefix(KEY).and_then(|id| SubmissionId::parse(id).ok()) {
                lost.extend(self.if_lost(id, &item, now).await?);
            }
        }
        lost.sort_by_key(|lost| lost.received);
        behind.sort_by(|one, other| one.series.cmp(&other.series));
        Ok((lost, behind))
    }

    /// Deletes the key of a lost request: nobody can decrypt its answers any more, wherever a copy of them is.
    pub async fn forget(&self, id: &SubmissionId) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.keys_table).set_key(Some(data_key_key(id)));
        delete.send().await.map(|_| ()).map_err(|error| failed("deleting a key", &error))
    }

    async fn if_lost(&self, id: SubmissionId, key: &Item, now: Timestamp) -> Result<Option<Lost>, StoreError> {
        let expires = time_of(key, "key", "expires_at")?;
        // DynamoDB removes expired items of each table at its own pace; a request deleted meanwhile is gone from both.
        if expires.is_some_and(|expires| expires <= now)
            || self.item(submission_key(&id), OPERATION).await?.is_some()
            || !self.has_key(&id).await?
        {
            return Ok(None);
        }
        let text = |name: &str| text_of(key, "key", name).ok().map(str::to_owned);
        Ok(Some(Lost {
            reference: text("reference"),
            kreds: text("kreds"),
            received: time_of(key, "key", "received")?,
            serial: serial_of(key)?,
            went_out: expires.is_some(),
            id,
        }))
    }
}
