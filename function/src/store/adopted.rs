//! Calls of requests that an earlier release stored: they are looked for once, some days in each run.
//!
//! Officers could not note anything about those requests. So a call that was past its deadline by then is listed in the
//! digest, and nobody is mailed about it; any other is looked at from its reminder or deadline on.

use super::items::{Item, key, next_digest_key, text, text_of, with};
use super::task::{Queue, Task};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use model::deadline::danish_day;
use model::names::{KredsSlug, SubmissionId};
use model::notice::{Holder, Timetable};
use model::retention::Retention;
use model::submission::Receipt;

/// The number of days that one run goes through.
const DAYS: i32 = 10;

const OPERATION: &str = "looking for calls of a release before";

impl Store {
    /// Continues the search for calls without a task, up to the day of the first run.
    pub async fn adopt(&self, kredse: &[KredsSlug], now: Timestamp) -> Result<(), StoreError> {
        let today = danish_day(now);
        let progress = || key("CALLS", "adopted");
        let (mut day, last) = match self.item(progress(), OPERATION).await? {
            Some(item) => (date(&item, "next")?, date(&item, "last")?),
            None => (self.oldest(today).await?, today),
        };
        let is_known = day > last;
        for _ in 0..DAYS {
            if day > last {
                break;
            }
            for kreds in kredse {
                for id in self.of_day(kreds, day).await? {
                    match self.adopt_one(&id, kreds, now).await {
                        // The newer release that wrote it has created its task.
                        Ok(()) | Err(StoreError::Unreadable(_)) => {}
                        Err(error) => return Err(error),
                    }
                }
            }
            day = day.saturating_add(1.day());
        }
        if is_known {
            return Ok(());
        }
        let days = [("next", text(day.to_string())), ("last", text(last.to_string()))];
        self.put(OPERATION, with(progress(), days)).await
    }

    /// The first day that may have a request. A table in which no run ever planned a digest is new.
    async fn oldest(&self, today: Date) -> Result<Date, StoreError> {
        let is_new = self.item(next_digest_key(), OPERATION).await?.is_none();
        Ok(if is_new { today } else { today.saturating_sub(i32::from(Retention::LONGEST).days()) })
    }

    async fn adopt_one(&self, id: &SubmissionId, kreds: &KredsSlug, now: Timestamp) -> Result<(), StoreError> {
        let Some(call) = self.owed_call(id, now).await? else { return Ok(()) };
        if call.receipt.kreds != *kreds || !call.case.owes_call() || call.case.forwarded().is_some() {
            return Ok(());
        }
        let Receipt { received, promise, .. } = call.receipt;
        let Timetable { reminder, deadline, .. } = Timetable::new(received, promise.due());
        let queue = if deadline <= now { Queue::Unwatched(kreds.clone()) } else { Queue::Calls(kreds.clone()) };
        // A release must not send many reminders at once; the kreds is mailed at the deadline at the latest.
        let next = if reminder > now { reminder.min(deadline) } else { deadline };
        let item = Task::Call(id.clone(), Holder::First).item(kreds, &queue, next);
        self.written(OPERATION, Transaction::default().put_new(&self.table, item)).await.map(|_| ())
    }
}

fn date(item: &Item, name: &str) -> Result<Date, StoreError> {
    text_of(item, "calls", name)?.parse().map_err(|_| StoreError::Unreadable("calls"))
}
