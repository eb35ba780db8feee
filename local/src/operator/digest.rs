//! The command that sends a day's digest again.

use super::Tool;
use super::failure::Failure;
use super::output::{Output, Table};
use super::words::exact;
use function::outbox::mailboxes;
use function::store::{Task, TaskState, digests};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use model::deadline::danish_day;
use model::names::{FormId, KredsSlug};
use serde_json::json;

/// Owes a kreds its digest of a day, to each of its mailboxes.
pub(super) async fn digest(tool: &Tool, kreds: &str, day: Date, again: bool) -> Result<Output, Failure> {
    let kreds = tool.kreds(kreds).await?;
    let now = tool.now();
    if day > danish_day(now) {
        return Err(Failure::usage("That day is not there yet. The digest of a day goes out on the next morning"));
    }
    let catalog = tool.service.catalog().await?;
    let Some(known) = catalog.atlas().kreds(&kreds) else {
        return Err(Failure::NotFound(format!("{kreds} is not in the content any more, and has no mailbox")));
    };
    // Requests received before the retention time may be deleted by now: the digest would say that there were none.
    let kept = danish_day(now).saturating_sub(i64::from(known.retention.as_days()).days());
    if day < kept {
        return Err(Failure::NotFound(format!(
            "What {kreds} got on {day} may be deleted by now, and a digest would leave it out. The first day that is whole is {kept}"
        )));
    }
    let mut table = Table::new(&["MAILBOX OF", "WHAT"]);
    let mut list = Vec::new();
    for form in mailboxes(&catalog).into_iter().filter(|(slug, _)| *slug == kreds).map(|(_, form)| form) {
        let (what, owed) = owe(tool, &kreds, day, &form, again).await?;
        table.row([form.to_string(), what.clone()]);
        list.push(json!({ "kreds": kreds.as_str(), "day": day.to_string(), "form": form.as_str(), "owed": owed, "what": what }));
    }
    Ok(Output::done(format!("Digest of {kreds}, {day}\n\n{table}"), json!({ "digests": list })))
}

/// Owes one digest. Returns what was done, and true if the digest is owed because of it.
async fn owe(tool: &Tool, kreds: &KredsSlug, day: Date, form: &FormId, again: bool) -> Result<(String, bool), Failure> {
    let store = tool.service.store();
    let task = Task::Digest(kreds.clone(), day, form.clone());
    let name = format!("digest of {kreds}, {day}");
    let Some(state) = store.task(&task).await? else {
        tool.audit("planned", name).await?;
        let at = digests::due(day).max(tool.now());
        let planned = store.plan_digest(kreds, day, form, at).await?;
        return Ok((format!("was never planned; it goes out {}", exact(at)), planned));
    };
    if let Some(due) = waits_until(&state) {
        return Ok((format!("is owed already, and goes out {}", exact(due.max(tool.now()))), false));
    }
    if went_out(&state) && !again {
        return Ok(("went out before; add --again to send it once more".to_owned(), false));
    }
    tool.audit("redelivered", name).await?;
    let owed = store.redeliver(&task, kreds, again, tool.now()).await?;
    Ok((if owed { "is owed now" } else { "changed meanwhile: look again" }.to_owned(), owed))
}

/// The time at which it will be sent without intervention; `None` if it will not be.
fn waits_until(state: &TaskState) -> Option<Timestamp> {
    let is_over = state.stands_in(&function::store::Queue::Parked) || state.stands_in(&function::store::Queue::Sent);
    state.due.filter(|_| !is_over)
}

fn went_out(state: &TaskState) -> bool {
    let refused = state.has("bounced_at") || state.has("rejected_at");
    (state.has("sent_at") || state.has("delivered_at") || state.has("done_at")) && !refused
}
