//! Planning of digests: one for each day, kreds and mailbox, and no day is skipped.

use super::change::Change;
use super::items::{next_digest_key, seconds, text, text_of, with};
use super::task::{OWED_SINCE, Queue, Task};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use model::deadline::{danish_day, denmark};
use model::names::{FormId, KredsSlug};

/// The hour in Denmark at which a day's digest is due on the next morning.
pub const HOUR: i8 = 6;

/// The maximum number of days that are planned in one run, after a long pause.
const DAYS: usize = 31;

impl Store {
    /// Plans one digest, unless it was ever planned: it is owed from `at` on, whatever its day. Returns true if it is
    /// newly planned.
    pub async fn plan_digest(
        &self,
        kreds: &KredsSlug,
        day: Date,
        form: &FormId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let task = Task::Digest(kreds.clone(), day, form.clone()).item(kreds, &Queue::Digests, at);
        let task = with(task, [(OWED_SINCE, seconds(at))]);
        self.written("planning a digest", Transaction::default().put_new(&self.table, task)).await
    }

    /// Plans the digests of every day up to today that has none yet, for each kreds and the form of each of its
    /// mailboxes. Two concurrent runs plan a day once.
    pub async fn plan_digests(&self, mailboxes: &[(KredsSlug, FormId)], now: Timestamp) -> Result<(), StoreError> {
        const OPERATION: &str = "planning digests";
        let today = danish_day(now);
        for _ in 0..DAYS {
            let planned = self.item(next_digest_key(), OPERATION).await?;
            let unreadable = || StoreError::Unreadable("digest plan");
            let next: Option<Date> = match &planned {
                Some(item) => Some(text_of(item, "digest plan", "day")?.parse().map_err(|_| unreadable())?),
                None => None,
            };
            let day = next.unwrap_or(today);
            if day > today {
                return Ok(());
            }
            let after = day.tomorrow().map_err(|_| unreadable())?;
            let change =
                Change::new("SET #day = :after").names([("#day", "day")]).values([(":after", text(after.to_string()))]);
            let change = match next {
                Some(next) => change.when("#day = :next").values([(":next", text(next.to_string()))]),
                None => change.when("attribute_not_exists(pk)"),
            };
            let mut transaction = Transaction::default().update(&self.table, next_digest_key(), change);
            for (kreds, form) in mailboxes {
                let task = Task::Digest(kreds.clone(), day, form.clone());
                transaction = transaction.put(&self.table, task.item(kreds, &Queue::Digests, due(day)));
            }
            self.written(OPERATION, transaction).await?;
        }
        Ok(())
    }
}

/// The time at which the digest of a day is due.
#[must_use]
pub fn due(day: Date) -> Timestamp {
    let morning = day.saturating_add(1.day()).at(HOUR, 0, 0, 0);
    morning.to_zoned(denmark()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}
