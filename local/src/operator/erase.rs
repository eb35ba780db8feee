//! The rights of citizens over their requests: to have all of them found, and one deleted.

use super::Tool;
use super::failure::Failure;
use super::output::{Output, Table};
use super::words::{count, exact, iso, mailbox, progress};
use function::store::{Mailbox, Overview, Recipient};
use jiff::Timestamp;
use model::catalog::Catalog;
use model::phone::Phone;
use serde_json::json;
use site_gen::cli::terminal::complaint;
use std::io::{BufRead, IsTerminal};

/// Finds the requests from a telephone number, in whatever state.
pub(super) async fn find(tool: &Tool, phone: &str) -> Result<Output, Failure> {
    // Messages never repeat the number, even if it is invalid.
    let phone = if phone == "-" { line_of_input() } else { phone.to_owned() };
    let phone = Phone::parse(&phone).map_err(|_| {
        Failure::usage("That is no telephone number: eight Danish digits, or + and a country code, in quotation marks")
    })?;
    let mut table = Table::new(&["REFERENCE", "KREDS", "RECEIVED", "STATE"]);
    let mut list = Vec::new();
    let mut ids = Vec::new();
    for stored in phone.stored_forms() {
        ids.extend(tool.service.by_phone(&stored).await?);
    }
    for id in ids {
        // Includes expired requests that are not deleted yet.
        let Some(overview) = tool.service.store().overview(&id, Timestamp::MIN).await? else { continue };
        let receipt = &overview.receipt;
        tool.audit("found by telephone number", &receipt.reference).await?;
        let state = progress(overview.progress());
        table.row([
            receipt.reference.to_string(),
            receipt.kreds.to_string(),
            exact(receipt.received),
            state.to_owned(),
        ]);
        list.push(json!({
            "reference": receipt.reference.as_str(), "kreds": receipt.kreds.as_str(), "received": iso(receipt.received),
            "state": state,
        }));
    }
    if list.is_empty() {
        return Err(Failure::NotFound(
            "There is no request from that number. (With another SECRET than the service's, none is ever found)"
                .to_owned(),
        ));
    }
    let text = format!("{table}\n{} from that number.", count(list.len(), "request"));
    Ok(Output::done(text, json!({ "requests": list })))
}

/// Deletes a request permanently, in whatever state, and lists the mails about it that remain elsewhere.
pub(super) async fn erase(tool: &Tool, reference: &str, yes: bool) -> Result<Output, Failure> {
    let (reference, id) = tool.id(reference).await?;
    let by = tool.by()?;
    let overview = tool.service.store().overview(&id, Timestamp::MIN).await?;
    if !yes {
        let state = overview.as_ref().map_or("past its time", |overview| progress(overview.progress()));
        confirm(
            &format!("{reference} ({state}) will be deleted for good. Type its reference to go on: "),
            reference.as_str(),
        )?;
    }
    if tool.service.erase(&id, &by).await?.is_none() {
        return Err(Failure::NotFound(format!("{reference} was deleted meanwhile")));
    }
    let catalog = tool.service.catalog().await?;
    let left = overview.as_ref().map(|overview| left(overview, &catalog)).unwrap_or_default();
    let mut text = format!("{reference} is deleted: its answers, its key, its tasks, and what it could be found by.\n");
    if left.is_empty() {
        text += "No mail about it went out.";
    } else {
        text += "These mails went out. Ask those who have them to delete them:\n";
        text.extend(left.iter().map(|(to, at)| format!("  to {to}, {}\n", exact(*at))));
    }
    let serial = overview.as_ref().and_then(Overview::serial).filter(|_| left.is_empty());
    if let (Some(serial), Some(overview)) = (serial, &overview) {
        let kreds = &overview.receipt.kreds;
        text += &format!("\nIts number ({serial}) never reached {kreds}: tell them that no request is missing.");
    }
    let list: Vec<_> = left.iter().map(|(to, at)| json!({ "to": to, "sent": iso(*at) })).collect();
    Ok(Output::done(text, json!({ "erased": reference.as_str(), "left": list })))
}

/// Recipients and times of the mails that were sent. A citizen's address is left out.
fn left(overview: &Overview, catalog: &Catalog) -> Vec<(String, Timestamp)> {
    let receipt = &overview.receipt;
    let all = Recipient::ALL.into_iter().filter_map(|to| {
        let mail = overview.mail_to(to)?;
        let (times, kreds) = (&mail.times, catalog.atlas().kreds(&mail.kreds));
        let sent = |name| times.iter().find(|(known, _)| *known == name).map(|(_, at)| *at);
        let address = match to.mailbox() {
            Some(Mailbox::First) => {
                kreds.and_then(|kreds| kreds.mailboxes.get(&receipt.form)).or(Some(catalog.fallback()))
            }
            Some(Mailbox::Second) => kreds.map(|kreds| &kreds.second_mailbox),
            Some(Mailbox::Fallback) => Some(catalog.fallback()),
            None => None,
        };
        let name = match address {
            Some(address) => format!("{} ({})", mailbox(to), address.as_str()),
            None => mailbox(to).to_owned(),
        };
        Some((name, sent("sent_at").or_else(|| sent("delivered_at"))?))
    });
    all.collect()
}

/// Asks for confirmation on the terminal.
fn confirm(question: &str, expected: &str) -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage("Nothing was deleted: nobody is there to be asked. Add --yes"));
    }
    complaint(format_args!("{question}"));
    if line_of_input().eq_ignore_ascii_case(expected) {
        Ok(())
    } else {
        Err(Failure::usage("Nothing was deleted: that was another reference"))
    }
}

fn line_of_input() -> String {
    let mut line = String::new();
    let _ = std::io::stdin().lock().read_line(&mut line);
    line.trim().to_owned()
}
