//! The command that resends mails, and says why it leaves others alone.

use super::Tool;
use super::arguments::{Mail, Redeliver};
use super::failure::Failure;
use super::output::{Output, Table};
use super::words::{count, cut, mailbox, progress, recipient};
use function::store::{Overview, Progress, Queue, Recipient, Task, TaskState};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use model::deadline::danish_day;
use model::names::{KredsSlug, SubmissionId};
use serde_json::json;
use std::fmt::Display;

/// The maximum number of days in one search; no request is kept that long.
const DAYS: i32 = 100;

/// The decision about one mail.
pub(super) enum Plan {
    /// The mail is sent again.
    Send,
    /// The mail is left alone, for this reason.
    Leave(&'static str),
}

impl Plan {
    /// Owes the mail of a task again, unless the plan is to leave it or this is a dry run. Returns true if the mail is
    /// owed now or would be, and the text that says so. `audited` is its name in the audit.
    pub(super) async fn carry_out(
        &self,
        tool: &Tool,
        task: &TaskState,
        audited: impl Display,
        dry_run: bool,
        again: bool,
    ) -> Result<(bool, &'static str), Failure> {
        match self {
            Self::Leave(why) => Ok((false, why)),
            Self::Send if dry_run => Ok((true, "would be sent")),
            Self::Send => {
                tool.audit(&format!("redelivered to {}", recipient(&task.task)), audited).await?;
                let is_owed = tool.service.store().redeliver(&task.task, &task.kreds, again, tool.now()).await?;
                Ok((is_owed, if is_owed { "owed now" } else { "changed meanwhile: look again" }))
            }
        }
    }
}

/// Owes mails again, or lists those that it would owe.
pub(super) async fn redeliver(tool: &Tool, wanted: &Redeliver) -> Result<Output, Failure> {
    let store = tool.service.store();
    let mut table = Table::new(&["REFERENCE", "KREDS", "FOR", "STATE", "WHAT"]);
    let (mut list, mut sent) = (Vec::new(), 0);
    for id in ids(tool, wanted).await? {
        // Expired requests are not sent.
        let Some(overview) = store.overview(&id, tool.now()).await? else { continue };
        let receipt = &overview.receipt;
        for mail in &wanted.mail {
            let Some(task) = task(&overview, *mail) else { continue };
            let Task::Mail(_, to) = task.task else { continue };
            let plan = plan(&overview, task, to, wanted.again);
            let (is_owed, what) = plan.carry_out(tool, task, &receipt.reference, wanted.dry_run, wanted.again).await?;
            sent += usize::from(is_owed);
            let state = progress(overview.progress());
            let kreds = cut(&receipt.kreds);
            let cells = [receipt.reference.as_str(), &kreds, mailbox(to), state, what];
            table.row(cells.map(str::to_owned));
            list.push(json!({
                "reference": receipt.reference.as_str(), "kreds": receipt.kreds.as_str(), "for": mailbox(to),
                "state": state, "send": is_owed, "what": what,
            }));
        }
    }
    let mails = count(sent, "mail");
    let end = match (table.count(), wanted.dry_run) {
        (0, _) => "There is no such request.".to_owned(),
        (_, true) => format!("{table}\n{mails} would be sent. Nothing was done."),
        (_, false) if sent == 0 => format!("{table}\nNothing was done."),
        (_, false) => format!("{table}\n{mails} owed now: the schedule sends each once."),
    };
    Ok(Output::done(end, json!({ "dry_run": wanted.dry_run, "count": sent, "mails": list })))
}

/// The requests that the arguments select.
async fn ids(tool: &Tool, wanted: &Redeliver) -> Result<Vec<SubmissionId>, Failure> {
    if let Some(reference) = &wanted.reference {
        return Ok(vec![tool.id(reference).await?.1]);
    }
    let today = danish_day(tool.now());
    let (from, to) = (wanted.from.unwrap_or(today), wanted.to.unwrap_or(today).min(today));
    let long = from.checked_add(DAYS.days()).is_ok_and(|last| last < to);
    if from > to || long {
        return Err(Failure::usage(
            "Nothing was done: --from must not be after --to or today, and at most 100 days before",
        ));
    }
    let mut ids = Vec::new();
    for kreds in tool.kredse(wanted.kreds.as_deref()).await? {
        ids.extend(of_days(tool, &kreds, from, to).await?);
    }
    Ok(ids)
}

async fn of_days(tool: &Tool, kreds: &KredsSlug, from: Date, to: Date) -> Result<Vec<SubmissionId>, Failure> {
    let store = tool.service.store();
    let mut found: Vec<(Timestamp, SubmissionId)> = Vec::new();
    for day in from.series(1.day()).take_while(|day| *day <= to) {
        for id in store.of_day(kreds, day).await? {
            found.extend(store.receipt(&id, tool.now()).await?.map(|receipt| (receipt.received, id)));
        }
    }
    found.sort_by_key(|(received, _)| *received);
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// The mail to send again: of those to the police the last one, whose recipient has the request now.
fn task(overview: &Overview, mail: Mail) -> Option<&TaskState> {
    let of = |recipient| overview.mail_to(recipient);
    match mail {
        Mail::Police => Recipient::ALL.into_iter().filter(|to| to.is_police()).rev().find_map(of),
        Mail::Kreds => of(Recipient::Kreds),
        Mail::Second => of(Recipient::Second),
        Mail::Fallback => of(Recipient::Fallback),
        Mail::Receipt => of(Recipient::Citizen),
    }
}

pub(super) fn plan(overview: &Overview, task: &TaskState, to: Recipient, again: bool) -> Plan {
    let refused = task.has("bounced_at") || task.has("rejected_at");
    let went_out = if to.is_police() {
        matches!(overview.progress_at(&task.kreds), Progress::Delivered | Progress::Sent)
    } else {
        !refused && (task.has("delivered_at") || task.has("done_at") || task.stands_in(&Queue::Sent))
    };
    if task.stands_in(&Queue::Held(task.kreds.clone())) {
        Plan::Leave("is held: operator release")
    } else if task.stands_in(&Queue::Owed(task.kreds.clone())) {
        Plan::Leave("is owed already")
    } else if again {
        Plan::Send
    } else if went_out {
        Plan::Leave("went out before: --again")
    } else if task.has("unconfirmed_at") && !refused {
        Plan::Leave("may be there: ask, then --again")
    } else {
        Plan::Send
    }
}
