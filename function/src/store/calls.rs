//! Owed calls: each has a task in a queue of its kreds, and each look at it plans the due notices and the next look.
//!
//! A look takes no lease. Of two concurrent runs only one writes, and what it plans is planned once, since the key of a
//! notice makes it idempotent.

use super::cases::{due, events, looked_at};
use super::change::Change;
use super::due::{Due, Listing};
use super::erasure::is_submission;
use super::items::{Item, is_expired, number, number_of, seconds, text, text_of};
use super::submissions::receipt_from;
use super::task::{Queue, Task};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::Timestamp;
use model::case::{Case, Event};
use model::names::{KredsSlug, SubmissionId};
use model::notice::{Call, Holder, Look, Notice, Timetable};
use model::submission::Receipt;
use std::collections::BTreeSet;

/// A request, with everything that a look at its call needs.
pub struct OwedCall {
    /// The receipt of the request.
    pub receipt: Receipt,
    /// The case of the request.
    pub case: Case,
    /// The notices that are given or planned.
    pub given: BTreeSet<Notice>,
}

impl OwedCall {
    /// The call that this kreds owes, for a decision.
    #[must_use]
    pub const fn of(&self, holder: Holder) -> Call<'_> {
        let Receipt { received, promise, .. } = self.receipt;
        Call { holder, received, promise, case: &self.case, given: &self.given }
    }
}

impl Store {
    /// Reads a request for a look at its call; `None` if it is deleted or withdrawn.
    pub async fn owed_call(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<OwedCall>, StoreError> {
        let items = self.items_of(id).await?;
        let submission = items.iter().find(|item| is_submission(item) && !is_expired(item, now));
        let (Some(submission), true) = (submission, self.has_key(id).await?) else { return Ok(None) };
        let given = items.iter().filter_map(|item| match Task::of(item) {
            Ok(Task::Notice(_, notice)) => Some(notice),
            _ => None,
        });
        let (receipt, case) = (receipt_from(id, submission)?, Case::new(events(submission)));
        Ok(Some(OwedCall { receipt, case, given: given.collect() }))
    }

    /// Writes the decision of a look at a call: the notices that are due now, and the time of the next look. Returns
    /// false if the call was looked at, or something was done about it, meanwhile.
    pub async fn looked(&self, seen: &Due, kreds: &KredsSlug, look: &Look, now: Timestamp) -> Result<bool, StoreError> {
        let Task::Call(id, _) = &seen.task else { return Ok(false) };
        let (queue, at) = (text_of(&seen.item, "task", "due_for")?, number_of(&seen.item, "task", "due_at")?);
        let change = match look {
            Look::Over => Change::new("SET done_at = :now REMOVE due_for, due_at").values([(":now", seconds(now))]),
            Look::Owed { is_overdue, next, .. } => {
                let queue = if *is_overdue { Queue::Overdue(kreds.clone()) } else { Queue::Calls(kreds.clone()) };
                Change::new("SET due_for = :queue, due_at = :next")
                    .values([(":queue", text(queue.to_string())), (":next", seconds(*next))])
            }
        };
        let as_seen =
            change.when("due_for = :seen AND due_at = :at").values([(":seen", text(queue)), (":at", number(at))]);
        let mut transaction = Transaction::default().update(&self.table, seen.task.key(), as_seen);
        let notices = if let Look::Owed { notices, .. } = look { notices.as_slice() } else { &[] };
        for notice in notices {
            let task = Task::Notice(id.clone(), *notice).item(kreds, &Queue::Cases, now);
            transaction = transaction.put_new(&self.table, task);
        }
        self.written("planning notices", transaction).await
    }

    /// Schedules a look at a call for when an event can no longer be undone. A superfluous or missing look does no
    /// harm, since each reads the current case.
    pub(super) async fn look_again(&self, id: &SubmissionId, event: &Event) {
        let at = looked_at(event);
        for holder in Holder::ALL {
            let earlier = Change::new("SET due_at = :at")
                .when("attribute_exists(due_for) AND due_at > :at")
                .values([(":at", seconds(at))]);
            if let Err(error) =
                self.changed("having a call looked at", Task::Call(id.clone(), holder).key(), earlier).await
            {
                tracing::warn!(%error, "a call is looked at later");
            }
        }
    }

    /// The calls that a kreds may owe, watched or not, according to the index.
    pub async fn calls_of(&self, kreds: &KredsSlug) -> Result<Listing<(SubmissionId, Queue)>, StoreError> {
        let mut calls = Listing::default();
        for queue in [Queue::Overdue(kreds.clone()), Queue::Calls(kreds.clone()), Queue::Unwatched(kreds.clone())] {
            let Listing { items, unreadable } = self.standing(&queue).await?;
            let of_queue = |due: Due| match due.task {
                Task::Call(id, _) => Some((id, queue.clone())),
                _ => None,
            };
            calls.extend(Listing { items: items.into_iter().filter_map(of_queue).collect(), unreadable });
        }
        Ok(calls)
    }
}

/// The task of the call for a new request.
pub(super) fn call_item(receipt: &Receipt) -> Item {
    let Timetable { reminder, deadline, .. } = Timetable::new(receipt.received, receipt.promise.due());
    let first = reminder.min(deadline);
    Task::Call(receipt.id.clone(), Holder::First).item(&receipt.kreds, &Queue::Calls(receipt.kreds.clone()), first)
}

/// The task of the call for the kreds that a request is forwarded to: first due when that can no longer be undone.
pub(super) fn forwarded_call_item(id: &SubmissionId, to: &KredsSlug, event: &Event) -> Item {
    Task::Call(id.clone(), Holder::Forwarded).item(to, &Queue::Calls(to.clone()), due(event))
}
