//! The command that lists the calls that kredse owe past their deadline.

use super::Tool;
use super::failure::Failure;
use super::output::{Output, Table};
use super::words::{count, cut, exact, iso};
use function::store::Queue;
use serde_json::json;

/// Lists the overdue calls by kreds, the oldest first.
pub(super) async fn overdue(tool: &Tool, kreds: Option<&str>) -> Result<Output, Failure> {
    let (store, now) = (tool.service.store(), tool.now());
    let mut table = Table::new(&["REFERENCE", "KREDS", "DEADLINE", "TRIED", "CITIZEN SAYS"]);
    let mut list = Vec::new();
    for kreds in tool.kredse(kreds).await? {
        let calls = store.calls_of(&kreds).await?.items;
        let mut files = Vec::new();
        for (id, _) in calls.into_iter().filter(|(_, queue)| matches!(queue, Queue::Overdue(_))) {
            let file = store.case(&id, now).await?.filter(|file| file.case.owes_call());
            files.extend(file.filter(|file| file.case.kreds(&file.receipt.kreds) == &kreds));
        }
        files.sort_by_key(|file| file.receipt.promise.due());
        for file in files {
            let (due, tried) = (file.receipt.promise.due(), file.case.not_reached().count());
            let said = if file.case.missed().is_some() { "not called" } else { "-" };
            let reference = file.receipt.reference.to_string();
            table.row([reference.clone(), cut(&kreds), exact(due), tried.to_string(), said.to_owned()]);
            list.push(json!({
                "reference": reference, "kreds": kreds.as_str(), "deadline": iso(due), "tried": tried,
                "missed": file.case.missed().map(iso),
            }));
        }
    }
    let text = match list.len() {
        0 => "No call is overdue.".to_owned(),
        overdue => format!(
            "{table}\n{} overdue. Call the kreds and its leader: both have links to note a call,\nthe one in its digest, the other in a mail of their own.",
            count(overdue, "call")
        ),
    };
    let any = !list.is_empty();
    Ok(Output::done(text, json!({ "overdue": list })).waiting_for_a_human(any))
}
