//! The command that lists the mails owed: those that have not arrived, and their states.

use super::failure::Failure;
use super::output::{Output, Table};
use super::words::{cut, iso, recipient, short, state};
use super::{Tool, words};
use function::store::{ItemKey, Listing, Queue, StoreError, Task, TaskState};
use jiff::Timestamp;
use model::names::KredsSlug;
use serde_json::json;

/// Lists the mails that are owed, held, parked, or sent but not confirmed.
pub(super) async fn owed(tool: &Tool, kreds: Option<&str>) -> Result<Output, Failure> {
    let now = tool.now();
    let kredse = tool.kredse(kreds).await?;
    let mut table = Table::new(&["REFERENCE", "KREDS", "FOR", "SINCE", "TRIES", "DUE", "STATE"]);
    let (mut list, mut parked) = (Vec::new(), 0);
    let Listing { items: tasks, unreadable } = all(tool, &kredse, now).await?;
    for task in tasks {
        let (name, since) = about(tool, &task.task).await?;
        let (to, state) = (recipient(&task.task), state(&task));
        parked += usize::from(needs_a_human(&task));
        let (tries, due) = (task.attempts, task.due);
        // A parked or held task has no due time: a human decides.
        let due = due.filter(|_| !matches!(state, "parked" | "unconfirmed" | "held"));
        let shown = |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), |at| short(at, now));
        table.row([
            name.clone(),
            cut(&task.kreds),
            to.to_owned(),
            shown(since),
            tries.to_string(),
            shown(due),
            state.to_owned(),
        ]);
        list.push(json!({
            "reference": name, "kreds": task.kreds.as_str(), "for": to, "since": since.map(iso), "tries": tries,
            "due": due.map(iso), "state": state,
        }));
    }
    let text = match (list.len(), parked) {
        (0, _) => "Nothing is owed.".to_owned(),
        (all, 0) => format!("{table}\n{} not there yet; none is parked.", words::count(all, "mail")),
        (all, parked) => format!(
            "{table}\n{} not there yet, {parked} parked: nobody tries those again. Call the kreds, then:\n  \
             operator redeliver REFERENCE",
            words::count(all, "mail")
        ),
    };
    let keys: Vec<String> = unreadable.iter().map(ItemKey::in_full).collect();
    let text = match keys.len() {
        0 => text,
        count => format!(
            "{text}\n\n{} that this release cannot read. A newer release goes on with\n\
             them; if there was none, look at them in the table:\n  {}",
            words::count(count, "item"),
            keys.join("\n  ")
        ),
    };
    let needs_human = parked > 0 || !keys.is_empty();
    Ok(Output::done(text, json!({ "owed": list, "parked": parked, "unreadable": keys }))
        .waiting_for_a_human(needs_human))
}

/// All such tasks: first the parked ones, then those to be tried, then those that await confirmation.
async fn all(tool: &Tool, kredse: &[KredsSlug], now: Timestamp) -> Result<Listing<TaskState>, Failure> {
    let store = tool.service.store();
    let mut tasks = store.queue(&Queue::Parked).await?;
    for kreds in kredse {
        tasks.extend(store.queue(&Queue::Owed(kreds.clone())).await?);
        tasks.extend(store.queue(&Queue::Held(kreds.clone())).await?);
    }
    // Digests of days that are not over are not owed yet.
    let is_late = |task: &TaskState| task.due.is_some_and(|due| due <= now);
    let mut digests = store.queue(&Queue::Digests).await?;
    digests.items.retain(is_late);
    tasks.extend(digests);
    // Nobody waits for mails to citizens about their cases, but a kreds does for news and reminders.
    let mut cases = store.queue(&Queue::Cases).await?;
    cases.items.retain(|task| !task.task.is_aside());
    tasks.extend(cases);
    tasks.extend(store.queue(&Queue::Sent).await?);
    tasks.items.retain(|task| kredse.contains(&task.kreds));
    // Deletions are not owed to anybody, but unreadable items among them need a human.
    tasks.unreadable.extend(store.standing(&Queue::Erasure).await?.unreadable);
    Ok(tasks)
}

/// Returns true if a parked task needs a human. A receipt does not, since the citizen has seen it; nor does a probe.
fn needs_a_human(task: &TaskState) -> bool {
    task.stands_in(&Queue::Parked) && !task.task.is_aside()
}

/// The name and time of a task's subject.
async fn about(tool: &Tool, task: &Task) -> Result<(String, Option<Timestamp>), Failure> {
    match task {
        Task::Mail(id, _)
        | Task::CaseUpdate(id, _)
        | Task::Control(id)
        | Task::News(id, _)
        | Task::Call(id, _)
        | Task::Notice(id, _)
        | Task::Erase(id) => {
            // Includes expired requests.
            let receipt = match tool.service.store().case(id, Timestamp::MIN).await {
                Err(StoreError::Unreadable(_)) => return Ok(("(unreadable)".to_owned(), None)),
                file => file?.map(|file| file.receipt),
            };
            let since = receipt.as_ref().map(|receipt| receipt.received);
            Ok((receipt.map_or_else(|| "(deleted)".to_owned(), |receipt| receipt.reference.to_string()), since))
        }
        Task::Digest(_, day, _) => Ok((day.to_string(), Some(function::store::digests::due(*day)))),
    }
}
