//! Commands that list what a human should know: held requests, refusing mailboxes, and the audit.

use super::Tool;
use super::failure::Failure;
use super::figures::parsed;
use super::output::{Output, Table};
use super::words::{count, exact, iso};
use jiff::Timestamp;
use serde_json::json;

/// Lists the held requests, which look automated.
pub(super) async fn held(tool: &Tool, kreds: Option<&str>) -> Result<Output, Failure> {
    let store = tool.service.store();
    let mut table = Table::new(&["REFERENCE", "KREDS", "RECEIVED", "WHY"]);
    let mut list = Vec::new();
    for kreds in tool.kredse(kreds).await? {
        for id in store.held(&kreds).await? {
            let Some(overview) = store.overview(&id, Timestamp::MIN).await? else { continue };
            let (receipt, why) = (&overview.receipt, overview.held.unwrap_or_default());
            table.row([receipt.reference.to_string(), kreds.to_string(), exact(receipt.received), why.clone()]);
            list.push(json!({
                "reference": receipt.reference.as_str(), "kreds": kreds.as_str(), "received": iso(receipt.received),
                "why": why,
            }));
        }
    }
    let text = match list.len() {
        0 => "Nothing is held.".to_owned(),
        held => format!(
            "{table}\n{} held. Each is mailed a day after it came, with a mark. Sooner, unmarked; or never:\n  operator release REFERENCE\n  operator discard REFERENCE --reason spam",
            count(held, "request")
        ),
    };
    let any = !list.is_empty();
    Ok(Output::done(text, json!({ "held": list })).waiting_for_a_human(any))
}

/// Lists the forms that are closed because both mailboxes of the kreds refuse mail.
pub(super) async fn mailboxes(tool: &Tool) -> Result<Output, Failure> {
    let mut table = Table::new(&["KREDS", "FORM", "SINCE"]);
    let mut list = Vec::new();
    for kreds in tool.kredse(None).await? {
        for (form, since) in tool.service.store().refusing(&kreds).await? {
            table.row([kreds.to_string(), form.to_string(), exact(since)]);
            list.push(json!({ "kreds": kreds.as_str(), "form": form.as_str(), "since": iso(since) }));
        }
    }
    let text = match list.len() {
        0 => "No mailbox refuses mail.".to_owned(),
        closed => format!(
            "{table}\n{} closed. When a mailbox is right again:\n  operator mailbox-works KREDS FORM",
            count(closed, "form")
        ),
    };
    let any = !list.is_empty();
    Ok(Output::done(text, json!({ "refusing": list })).waiting_for_a_human(any))
}

/// Lists the audit of a month.
pub(super) async fn audit(tool: &Tool, month: &str) -> Result<Output, Failure> {
    parsed(month)?;
    let mut table = Table::new(&["WHEN", "WHAT", "ABOUT", "BY"]);
    let mut list = Vec::new();
    for line in tool.service.store().audit_of(month).await? {
        list.push(json!({ "at": iso(line.at), "what": line.what, "about": line.about, "by": line.by }));
        table.row([exact(line.at), line.what, line.about, line.by]);
    }
    let text = if list.is_empty() { format!("Nothing in {month}.") } else { table.to_string() };
    Ok(Output::done(text, json!({ "month": month, "lines": list })))
}
