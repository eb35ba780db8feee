//! The command that resends everything that was parked since a time, such as after an outage.

use super::Tool;
use super::failure::Failure;
use super::output::{Output, Table};
use super::redeliver::{Plan, plan};
use super::words::{count, cut, recipient, state};
use function::store::{Queue, Recipient, Task, TaskState};
use jiff::Timestamp;
use serde_json::json;

/// Owes again every mail that was parked since then, whoever it is for, or lists those that it would owe.
pub(super) async fn redeliver(
    tool: &Tool,
    since: Timestamp,
    kreds: Option<&str>,
    dry_run: bool,
    again: bool,
) -> Result<Output, Failure> {
    let store = tool.service.store();
    let kredse = tool.kredse(kreds).await?;
    let mut table = Table::new(&["REFERENCE", "KREDS", "FOR", "STATE", "WHAT"]);
    let (mut list, mut sent) = (Vec::new(), 0);
    for parked in store.queue(&Queue::Parked).await?.items {
        if parked.due.is_none_or(|at| at.as_second() < since.as_second()) || !kredse.contains(&parked.kreds) {
            continue;
        }
        let Some((name, audited, plan)) = planned(tool, &parked, again).await? else { continue };
        let (is_owed, what) = plan.carry_out(tool, &parked, audited, dry_run, again).await?;
        sent += usize::from(is_owed);
        let (to, state) = (recipient(&parked.task), state(&parked));
        table.row([name.as_str(), &cut(&parked.kreds), to, state, what].map(str::to_owned));
        list.push(json!({
            "reference": name, "kreds": parked.kreds.as_str(), "for": to, "state": state, "send": is_owed, "what": what,
        }));
    }
    let mails = count(sent, "mail");
    let text = match (table.count(), dry_run) {
        (0, _) => "Nothing was parked since then.".to_owned(),
        (_, true) => format!("{mails} would be sent. Nothing was done.\n\n{table}"),
        (_, false) => format!("{mails} owed now: the schedule sends each once.\n\n{table}"),
    };
    Ok(Output::done(text, json!({ "dry_run": dry_run, "count": sent, "mails": list })))
}

/// The name of a mail's subject in the list and in the audit, and the plan for the mail. `None` if the subject is gone,
/// and for mails that the service sends to itself.
async fn planned(tool: &Tool, parked: &TaskState, again: bool) -> Result<Option<(String, String, Plan)>, Failure> {
    Ok(match &parked.task {
        Task::Mail(_, Recipient::Probe) | Task::CaseUpdate(..) | Task::Control(_) | Task::Call(..) | Task::Erase(_) => {
            None
        }
        task if task.is_aside() && matches!(task, Task::Notice(..)) => None,
        Task::Mail(id, to) => tool.service.store().overview(id, tool.now()).await?.map(|overview| {
            let name = overview.receipt.reference.to_string();
            (name.clone(), name, plan(&overview, parked, *to, again))
        }),
        // If the call was made in the meantime, the schedule withholds the mail.
        Task::News(id, _) | Task::Notice(id, _) => {
            let file = tool.service.store().case(id, tool.now()).await?;
            file.map(|file| {
                let name = file.receipt.reference.to_string();
                (name.clone(), name, plan_of(parked, again))
            })
        }
        Task::Digest(kreds, day, _) => {
            Some((day.to_string(), format!("digest of {kreds}, {day}"), plan_of(parked, again)))
        }
    })
}

/// The plan for a mail that does not carry a request.
fn plan_of(parked: &TaskState, again: bool) -> Plan {
    let may_be_there = parked.has("unconfirmed_at") && !parked.has("bounced_at") && !again;
    if may_be_there { Plan::Leave("may be there: ask, then --again") } else { Plan::Send }
}
