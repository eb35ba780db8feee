//! Withdrawals: the answers, their key and everything that leads to them are deleted at once.
//!
//! The rest is impersonal, so that an officer who has the mail reads that nobody is to be called.

use super::accept::ANSWERS;
use super::cases::{Attributes, NOTE, Step, Stepped, forwarded_day};
use super::change::Change;
use super::erasure::{Hashes, is_submission};
use super::items::{Item, data_key_key, key, phone_pk, seconds, text_of, time_of};
use super::neighbours::neighbour_key;
use super::submissions::keep_until;
use super::task::{Queue, Task, kreds_of, serial_at};
use super::transaction::Transaction;
use super::{Store, StoreError};
use model::names::{KredsSlug, SubmissionId};

/// The attribute that marks a withdrawn request: it has no key, but is not a ghost.
const WITHDRAWN: &str = "withdrawn_at";

/// The answers, and facts from them that are stored unencrypted.
const FROM_ANSWERS: [&str; 5] = [ANSWERS, "danger", "topic", "held", PHONE];

const PHONE: &str = "phone_hash";

impl Store {
    /// Writes that a request is withdrawn, and deletes its answers in the same transaction. Mails that no run has begun
    /// are not sent; a kreds that may have one is mailed about the withdrawal. The step must have seen all events.
    pub async fn withdraw(&self, step: &Step<'_>, hashes: &Hashes) -> Result<Stepped, StoreError> {
        let (id, at, table) = (&step.receipt.id, step.event.at, self.table.as_str());
        let items = self.items_of(id).await?;
        let Some(submission) = items.iter().find(|item| is_submission(item)) else { return Ok(Stepped::Changed) };
        let mut attributes = Attributes::default();
        let notes = submission.keys().filter(|name| name.starts_with(NOTE)).cloned();
        attributes.remove = FROM_ANSWERS.map(str::to_owned).into_iter().chain(notes).collect();
        attributes.set.push((WITHDRAWN.to_owned(), seconds(at)));
        if time_of(submission, "submission", "expires_at")?.is_none() {
            attributes.set.push(("expires_at".to_owned(), seconds(keep_until(submission)?.max(at))));
        }
        let forgets = Change::new(format!("REMOVE {PHONE}")).when("attribute_exists(pk)");
        let mut beside = Transaction::default()
            .delete(&self.keys_table, data_key_key(id))
            .delete(table, neighbour_key(&step.receipt.kreds, id))
            .update(table, Task::Erase(id.clone()).key(), forgets);
        if let Ok(phone) = text_of(submission, "submission", PHONE) {
            beside = beside.delete(table, key(phone_pk(phone), id.as_str()));
        }
        for item in items.iter().filter(|item| is_mail(item)) {
            beside = match MailState::of(item) {
                MailState::Untouched => beside.delete_untouched(table, key_of(item)?),
                MailState::Owed => beside.delete(table, key_of(item)?),
                MailState::Gone => continue,
            };
            if let Some(day) = forwarded_day(item)? {
                beside = beside.delete(table, key(day, id.as_str()));
            }
        }
        for key in self.ours(id, &step.receipt.reference, hashes).await? {
            beside = beside.delete(table, key);
        }
        let key = self.kept(data_key_key(id)).await?;
        if let Some(kreds) = holder(&items, &key.unwrap_or_default())? {
            let task = Task::News(id.clone(), step.event.nonce.clone());
            beside = beside.put_new(table, task.item(&kreds, &Queue::Cases, at));
        }
        self.write_event(step, &attributes, beside).await
    }

    /// True if the request exists and was withdrawn.
    pub(super) async fn was_withdrawn(&self, id: &SubmissionId) -> Result<bool, StoreError> {
        let item = self.item(super::items::submission_key(id), super::submissions::READING).await?;
        Ok(item.is_some_and(|item| is_withdrawn(&item)))
    }
}

/// True for the item of a withdrawn request.
pub(super) fn is_withdrawn(item: &Item) -> bool {
    item.contains_key(WITHDRAWN)
}

/// The state of a mail.
enum MailState {
    /// It is owed, and no run has begun it.
    Untouched,
    /// It is owed, and may have gone out.
    Owed,
    /// It went out, or is no longer owed.
    Gone,
}

impl MailState {
    fn of(item: &Item) -> Self {
        let queue = item.get("due_for").and_then(|queue| queue.as_s().ok());
        let is_begun = item.contains_key("lease")
            || item.get("begun").and_then(|begun| begun.as_n().ok()) != Some(&"0".to_owned());
        match queue {
            None => Self::Gone,
            Some(queue) if *queue == Queue::Sent.to_string() => Self::Gone,
            Some(_) if is_begun => Self::Owed,
            Some(_) => Self::Untouched,
        }
    }
}

fn is_mail(item: &Item) -> bool {
    matches!(Task::of(item), Ok(Task::Mail(..) | Task::CaseUpdate(..) | Task::Control(_) | Task::News(..)))
}

fn key_of(item: &Item) -> Result<Item, StoreError> {
    Ok(key(text_of(item, "task", "pk")?, text_of(item, "task", "sk")?))
}

/// The kreds that may have the request in a mailbox: the one that it was forwarded to, otherwise the first. After a
/// point-in-time restore, only the number in the table of keys shows that a mail was begun.
fn holder(items: &[Item], kept: &Item) -> Result<Option<KredsSlug>, StoreError> {
    let mut holder = None;
    for item in items {
        let Ok(Task::Mail(_, to)) = Task::of(item) else { continue };
        let is_begun =
            !matches!(MailState::of(item), MailState::Untouched) || serial_at(kept, to.kept_serial())?.is_some();
        if to.is_police() && is_begun && (holder.is_none() || to.is_forwarded()) {
            holder = Some(kreds_of(item)?);
        }
    }
    Ok(holder)
}
