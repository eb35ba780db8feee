//! Events of a request: each is written once, in one transaction with its audit line and its consequences.
//!
//! An event is an attribute of the request's own item, named by its nonce: it expires and is erased with the request,
//! one condition keeps two officers from acting on what neither has seen, and a release without cases ignores it.

use super::audit::request_items;
use super::calls::forwarded_call_item;
use super::change::Change;
use super::ended::{ended_item, ended_key};
use super::items::{Item, bytes, day_pk, is_expired, key, number, number_of, submission_key, text, text_of, with};
use super::leases::LEASE;
use super::recipient::Recipient;
use super::submissions::{READING, receipt_from};
use super::task::{Queue, Task};
use super::transaction::Transaction;
use super::withdrawals::is_withdrawn;
use super::{Store, StoreError};
use crate::clock::after;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use model::case::{Act, By, Case, Event};
use model::deadline::danish_day;
use model::names::{KredsSlug, Nonce, SubmissionId};
use model::notice::Holder;
use model::pii::Pii;
use model::submission::Receipt;

/// The prefix of the attributes of events; the nonce follows.
const EVENT: &str = "event#";

/// The prefix of the attributes of officers' notes; the nonce of the event follows.
pub(super) const NOTE: &str = "note#";

/// The attribute with the number of events.
const COUNT: &str = "events";

/// The most events of a request: nobody needs more, and one transaction can delete it with all that belongs to it.
const MOST: u32 = 40;

/// Additional events for an officer's call, closing and undo, and for the citizen's withdrawal, which must not fail because
/// of earlier events. The citizen's answers get half of them, so they cannot exhaust them.
const RESERVE: u32 = 20;

/// The attribute of a forwarded mail with the day list that its request is in.
const DAY: &str = "day";

/// A request with its case.
pub struct CaseFile {
    /// The receipt of the request.
    pub receipt: Receipt,
    /// The case of the request.
    pub case: Case,
    /// The number of events, including those that this release cannot read: see [`Step::seen`].
    pub count: u32,
}

/// An event that is about to be written.
pub struct Step<'a> {
    /// The receipt of the request.
    pub receipt: &'a Receipt,
    /// The case before the event.
    pub case: &'a Case,
    /// The event to write.
    pub event: &'a Event,
    /// The event that it undoes.
    pub takes_back: Option<&'a Event>,
    /// The number of events that its author had seen; `None` if that does not matter.
    pub seen: Option<u32>,
    /// An officer's own note; it is stored encrypted.
    pub note: Option<&'a Pii<String>>,
    /// The act as the audit names it, and the link by which it was done.
    pub audit: (&'a str, &'a str),
}

/// The result of writing an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// It is written.
    Done,
    /// It was already written: the same button was pressed twice.
    Before,
    /// Something else happened first, or it is too late to undo the event. Nothing is written.
    Changed,
}

impl Store {
    /// Reads a request with its case; one that was withdrawn has no answers. `None` if it does not exist.
    pub async fn case(&self, id: &SubmissionId, now: Timestamp) -> Result<Option<CaseFile>, StoreError> {
        let item = self.item(submission_key(id), READING).await?;
        match item.filter(|item| !is_expired(item, now)) {
            Some(item) if is_withdrawn(&item) || self.has_key(id).await? => Ok(Some(CaseFile {
                receipt: receipt_from(id, &item)?,
                case: Case::new(events(&item)),
                count: count(&item)?,
            })),
            _ => Ok(None),
        }
    }

    /// Writes an event with its note and everything that follows from it.
    pub async fn step(&self, step: &Step<'_>) -> Result<Stepped, StoreError> {
        let (id, event) = (&step.receipt.id, step.event);
        let mut attributes = Attributes::default();
        if let Some(note) = step.note {
            let encrypted = self.data_key(id).await?.ok_or(StoreError::Unreadable("key"))?.encrypt(NOTE, note)?;
            attributes.set.push((format!("{NOTE}{}", event.nonce), bytes(encrypted)));
        }
        self.write_event(step, &attributes, Transaction::default()).await
    }

    /// Writes an event to the request's item, with other changes of that item, the audit line, the consequences, and
    /// the writes in `beside`.
    pub(super) async fn write_event(
        &self,
        step: &Step<'_>,
        attributes: &Attributes,
        beside: Transaction,
    ) -> Result<Stepped, StoreError> {
        let (id, event) = (&step.receipt.id, step.event);
        let transaction =
            Transaction::default().update(&self.table, submission_key(id), event_change(step, attributes));
        let transaction = self.with_consequences(transaction, step).and(beside);
        let (what, link) = step.audit;
        let lines = request_items(what, &step.receipt.reference, &step.receipt.kreds, link, event.at);
        if self.with_line("writing an event of a case", &transaction, lines).await? {
            self.look_again(id, event).await;
            return Ok(Stepped::Done);
        }
        let file = self.case(id, event.at).await?;
        let is_there = file.is_some_and(|file| file.case.event(&event.nonce).is_some());
        Ok(if is_there { Stepped::Before } else { Stepped::Changed })
    }

    /// The decrypted notes of officers, each with the nonce of its event.
    pub async fn notes(&self, id: &SubmissionId) -> Result<Vec<(Nonce, Pii<String>)>, StoreError> {
        let Some(item) = self.item(submission_key(id), READING).await? else { return Ok(Vec::new()) };
        let encrypted = item
            .iter()
            .filter_map(|(name, value)| Some((Nonce::parse(name.strip_prefix(NOTE)?).ok()?, value.as_b().ok()?)));
        let encrypted: Vec<_> = encrypted.collect();
        if encrypted.is_empty() {
            return Ok(Vec::new());
        }
        let Some(key) = self.data_key(id).await? else { return Ok(Vec::new()) };
        encrypted.into_iter().map(|(nonce, note)| Ok((nonce, key.decrypt(NOTE, note.as_ref())?))).collect()
    }

    /// Adds the tasks that an event causes, or removes those that an undone event had caused.
    fn with_consequences(&self, mut transaction: Transaction, step: &Step<'_>) -> Transaction {
        let (id, table) = (&step.receipt.id, self.table.as_str());
        if let Some(event) = step.takes_back {
            if is_mailed_to_citizen(&event.act) {
                let task = Task::CaseUpdate(id.clone(), event.nonce.clone());
                transaction = transaction.delete_untouched(table, task.key());
            }
            if let Some(key) = ended_key(id, event) {
                transaction = transaction.delete(table, key);
            }
            let Act::Forwarded { to } = &event.act else { return transaction };
            return transaction
                .delete(table, Task::Call(id.clone(), Holder::Forwarded).key())
                .delete_untouched(table, Task::Mail(id.clone(), Recipient::Forwarded).key())
                .delete(table, key(day_of(to, event), id.as_str()));
        }
        let event = step.event;
        // The call was settled, so nothing looks at it any more. Forwarding may still be undone, so both kredse get a
        // task: the look decides which of them owes the call.
        if step.case.is_reopened_by(event) {
            let first = (Holder::First, &step.receipt.kreds);
            let forwarded = step.case.forwarded().map(|(to, _)| (Holder::Forwarded, to));
            for (holder, kreds) in [first].into_iter().chain(forwarded) {
                let call = Task::Call(id.clone(), holder).item(kreds, &Queue::Calls(kreds.clone()), looked_at(event));
                transaction = transaction.put(table, call);
            }
        }
        if is_mailed_to_citizen(&event.act) {
            let task = Task::CaseUpdate(id.clone(), event.nonce.clone());
            transaction = transaction.put_new(table, task.item(&step.receipt.kreds, &Queue::Cases, due(event)));
        } else if matches!(event.act, Act::HoursChanged | Act::PhoneChanged) {
            let task = Task::News(id.clone(), event.nonce.clone());
            transaction = transaction.put_new(table, task.item(&step.receipt.kreds, &Queue::Cases, read_again(event)));
        }
        if let Some(item) = ended_item(id, event) {
            transaction = transaction.put(table, item);
        }
        let Act::Forwarded { to } = &event.act else { return transaction };
        let transaction = transaction.put(table, forwarded_call_item(id, to, event));
        let mail = Task::Mail(id.clone(), Recipient::Forwarded);
        let mail = mail.item(to, &Queue::Owed(to.clone()), due(event));
        let mail = with(mail, [(DAY, text(day_of(to, event)))]);
        transaction.put_new(table, mail).put_new(table, key(day_of(to, event), id.as_str()))
    }
}

/// True if the citizen is mailed about the act.
const fn is_mailed_to_citizen(act: &Act) -> bool {
    matches!(act, Act::NotReached | Act::Forwarded { .. } | Act::Closed { .. })
}

/// The time at which the consequences of an event are due: after the last second in which it can be undone.
pub(super) fn due(event: &Event) -> Timestamp {
    Timestamp::from_second(event.visible_from().as_second().saturating_add(1)).unwrap_or(Timestamp::MAX)
}

/// The time at which the call is looked at because of an event: at once if nobody can undo it.
pub(super) fn looked_at(event: &Event) -> Timestamp {
    if event.by == By::Citizen { event.at } else { due(event) }
}

/// The time at which a kreds is mailed about a citizen's change: by then, no earlier mail is still on its way.
pub fn read_again(event: &Event) -> Timestamp {
    after(event.at, LEASE.saturating_mul(2))
}

/// The day list of the kreds that gets a forwarded request.
fn day_of(to: &KredsSlug, event: &Event) -> String {
    day_pk(to, danish_day(due(event)))
}

/// The day list of the kreds that a request was forwarded to, if this is the task of the mail to it.
pub(super) fn forwarded_day(item: &Item) -> Result<Option<String>, StoreError> {
    if !item.contains_key(DAY) {
        return Ok(None);
    }
    text_of(item, "task", DAY).map(|day| Some(day.to_owned()))
}

/// Further attributes of the request's item that an event changes.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) set: Vec<(String, AttributeValue)>,
    pub(super) remove: Vec<String>,
}

fn event_change(step: &Step<'_>, attributes: &Attributes) -> Change {
    let Step { event, seen, .. } = step;
    // A citizen may withdraw however many events there are.
    let is_last = event.act == Act::Withdrawn;
    let seen_all = match seen {
        None => "(attribute_not_exists(#count) OR #count < :most)",
        Some(0) => "attribute_not_exists(#count)",
        Some(_) if is_last => "#count = :seen",
        Some(_) => "#count = :seen AND #count < :most",
    };
    let mut expression = "SET #event = :event".to_owned();
    let mut change = Change::new("")
        .when(format!("attribute_exists(pk) AND attribute_not_exists(#event) AND {seen_all}"))
        .names([("#event", format!("{EVENT}{}", event.nonce).as_str()), ("#count", COUNT)])
        .values([(":event", text(event.to_stored())), (":one", number(1))]);
    for (index, (name, value)) in attributes.set.iter().enumerate() {
        expression += &format!(", #set{index} = :set{index}");
        change = change.names([(format!("#set{index}").as_str(), name.as_str())]);
        change = change.values([(format!(":set{index}").as_str(), value.clone())]);
    }
    for (index, name) in attributes.remove.iter().enumerate() {
        expression += &format!("{} #remove{index}", if index == 0 { " REMOVE" } else { "," });
        change = change.names([(format!("#remove{index}").as_str(), name.as_str())]);
    }
    if let Some(seen @ 1..) = seen {
        change = change.values([(":seen", number((*seen).into()))]);
    }
    if seen_all.contains(":most") {
        let reserve = match event.act {
            Act::Called | Act::Closed { .. } | Act::Undone { .. } | Act::Withdrawn => RESERVE,
            Act::Answered { .. } => RESERVE / 2,
            _ => 0,
        };
        change = change.values([(":most", number((MOST + reserve).into()))]);
    }
    Change { expression: expression + " ADD #count :one", ..change }
}

/// The events of a request that this release can read.
pub(super) fn events(item: &Item) -> impl Iterator<Item = Event> {
    item.iter().filter_map(|(name, value)| {
        Event::from_stored(Nonce::parse(name.strip_prefix(EVENT)?).ok()?, value.as_s().ok()?)
    })
}

fn count(item: &Item) -> Result<u32, StoreError> {
    if !item.contains_key(COUNT) {
        return Ok(0);
    }
    u32::try_from(number_of(item, "case", COUNT)?).map_err(|_| StoreError::Unreadable("case"))
}
