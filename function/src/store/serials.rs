//! Serial numbers: each mailbox (kreds and form) has its own series, in which a missing number is a missing request.

use super::change::Change;
use super::items::{Item, data_key_key, kept_serial_key, number, number_of, seconds, serial_key, shared_serial_key};
use super::leases::Leased;
use super::task::{Task, serial_at, serial_of};
use super::transaction::{Outcome, Transaction};
use super::{Store, StoreError};
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use model::deadline::danish_day;
use model::names::{FormId, KredsSlug};
use model::serial::Serial;

/// The attribute with the numbers that were given before a point-in-time restore and that the main table forgot.
const LOST: &str = "lost";

/// The series of numbers of a mailbox in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Series {
    /// The first number.
    pub first: u32,
    /// The ranges of numbers, first to last, that were given before a point-in-time restore and forgotten by it.
    pub lost: Vec<(u32, u32)>,
}

/// The maximum number of draws, since another run may draw the same number first.
const DRAWS: u32 = 8;

impl Store {
    /// Assigns the next number of the mailbox's year to a task, in one transaction: no number is used twice, and none
    /// is skipped. A request that has a number keeps it, even if a point-in-time restore has forgotten it.
    ///
    /// A series begins at 1, with one exception: if an earlier release counted both mailboxes of a kreds in one series,
    /// the series of each mailbox begins after it, so that no mailbox gets a number twice.
    pub async fn fix_serial(&self, leased: &Leased, form: &FormId, now: Timestamp) -> Result<Serial, StoreError> {
        if let Some(serial) = leased.serial {
            return Ok(serial);
        }
        const OPERATION: &str = "fixing a number";
        let year = danish_day(now).year();
        let Task::Mail(id, recipient) = &leased.task else { return Err(StoreError::Unreadable("task")) };
        let [kept_serial, kept_year] = recipient.kept_serial();
        let (key, kept_key) = (serial_key(&leased.kreds, form, year), kept_serial_key(&leased.kreds, form, year));
        for _ in 0..DRAWS {
            let main = self.item(key.clone(), OPERATION).await?;
            let begun = main.as_ref().and_then(|main| number_of(main, "serial", "first").ok());
            let drawn = main.map(|main| number_of(&main, "serial", "last")).transpose()?;
            let known = match drawn {
                Some(last) => last,
                None => self.last_shared(&leased.kreds, year).await?,
            };
            // After a point-in-time restore of the main table, only the table of keys has the numbers given since.
            let kept = self.kept(kept_key.clone()).await?;
            let kept = kept.map(|kept| both(&kept)).transpose()?;
            let last = kept.map_or(known, |(_, given)| given.max(known));
            let first = kept.map(|(first, _)| first).or(begun).unwrap_or(last + 1);
            let mut of_series = numbered(first, last + 1);
            if last > known {
                of_series = Change { expression: format!("{NUMBERED} ADD #lost :lost"), ..of_series }
                    .names([("#lost", LOST)])
                    .values([(":lost", AttributeValue::Ss(vec![range(known + 1, last)]))]);
            }
            let of_series = match drawn {
                Some(known) => of_series.when("#last = :known").values([(":known", number(known))]),
                None => of_series.when("attribute_not_exists(#last)"),
            };
            let serial = || [(":next", number(last + 1)), (":year", number(year.into()))];
            let of_task = Change::new("SET serial = :next, serial_year = :year")
                .when("attribute_not_exists(serial) AND due_at = :until")
                .values(serial())
                .values([(":until", seconds(leased.until))]);
            let of_kept_series = numbered(first, last + 1).when("attribute_not_exists(#last) OR #last < :next");
            let of_key = Change::new("SET #serial = :next, #year = :year")
                .when("attribute_exists(pk) AND attribute_not_exists(#serial)")
                .names([("#serial", kept_serial), ("#year", kept_year)])
                .values(serial());
            let transaction = Transaction::default()
                .update(&self.table, key.clone(), of_series)
                .update(&self.table, leased.task.key(), of_task)
                .update(&self.keys_table, kept_key.clone(), of_kept_series)
                .update(&self.keys_table, data_key_key(id), of_key);
            match self.transact(OPERATION, transaction).await? {
                Outcome::Done => {
                    let number = u32::try_from(last + 1).map_err(|_| StoreError::Unreadable("serial"))?;
                    return Ok(Serial { year, number });
                }
                Outcome::Refused(indices) if indices.contains(&1) => {
                    // An earlier write succeeded without an answer, or the lease ran out and another run has the task.
                    let task = self.item(leased.task.key(), OPERATION).await?;
                    let serial = task.as_ref().map(serial_of).transpose()?.flatten();
                    return serial.ok_or_else(|| StoreError::lost_lease(OPERATION));
                }
                Outcome::Refused(indices) if indices.contains(&3) => {
                    // A point-in-time restore forgot the number and that is not settled, or the request is deleted.
                    let key = self.kept(data_key_key(id)).await?;
                    let had = key.as_ref().map(|key| serial_at(key, recipient.kept_serial())).transpose()?.flatten();
                    let had = had.ok_or_else(|| StoreError::lost_lease(OPERATION))?;
                    self.had_number(&leased.task, had, now).await?;
                    return Ok(had);
                }
                Outcome::Refused(_) => {}
            }
        }
        Err(StoreError::Failed { operation: OPERATION, reason: "others were always faster".to_owned() })
    }

    /// The series of a mailbox in a year; `None` before its first number.
    pub async fn series(&self, kreds: &KredsSlug, form: &FormId, year: i16) -> Result<Option<Series>, StoreError> {
        let Some(item) = self.item(serial_key(kreds, form, year), "reading a series").await? else { return Ok(None) };
        let first =
            u32::try_from(number_of(&item, "serial", "first")?).map_err(|_| StoreError::Unreadable("serial"))?;
        let lost = item.get(LOST).and_then(|lost| lost.as_ss().ok());
        let mut lost: Vec<(u32, u32)> = lost.into_iter().flatten().filter_map(|range| parsed(range)).collect();
        lost.sort_unstable();
        Ok(Some(Series { first, lost }))
    }

    /// The last number in the shared series of a kreds in a year; 0 if it had none.
    async fn last_shared(&self, kreds: &KredsSlug, year: i16) -> Result<i64, StoreError> {
        let shared = self.item(shared_serial_key(kreds, year), "reading a shared series").await?;
        shared.map_or(Ok(0), |item| number_of(&item, "serial", "last"))
    }
}

const NUMBERED: &str = "SET #last = :next, #first = if_not_exists(#first, :first)";

/// Sets the next number of a series, in either table.
fn numbered(first: i64, next: i64) -> Change {
    Change::new(NUMBERED)
        .names([("#last", "last"), ("#first", "first")])
        .values([(":next", number(next)), (":first", number(first))])
}

/// The first and the last number of a series.
fn both(item: &Item) -> Result<(i64, i64), StoreError> {
    Ok((number_of(item, "serial", "first")?, number_of(item, "serial", "last")?))
}

fn range(first: i64, last: i64) -> String {
    format!("{first}-{last}")
}

fn parsed(range: &str) -> Option<(u32, u32)> {
    let (first, last) = range.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}
