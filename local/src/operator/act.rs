//! Commands that release held requests and reopen closed forms.

use super::Tool;
use super::failure::Failure;
use super::output::{Output, Table};
use super::words::count;
use function::store::{Overview, Progress, Recipient, Released};
use jiff::Timestamp;
use model::names::FormId;
use serde_json::json;

/// Releases held requests: those with these references, or all of a kreds.
pub(super) async fn release(tool: &Tool, references: &[String], kreds: Option<&str>) -> Result<Output, Failure> {
    let store = tool.service.store();
    let mut ids = Vec::new();
    match kreds {
        Some(kreds) => ids.extend(store.held(&tool.kreds(kreds).await?).await?),
        // Looks up all references before anything is done.
        None => {
            for reference in references {
                ids.push(tool.id(reference).await?.1);
            }
        }
    }
    let mut table = Table::new(&["REFERENCE", "KREDS", "WHAT"]);
    let (mut list, mut released) = (Vec::new(), 0);
    for id in ids {
        let Some(overview) = store.overview(&id, Timestamp::MIN).await? else { continue };
        let receipt = &overview.receipt;
        let goes = is_held(&overview) && {
            tool.audit("released", &receipt.reference).await?;
            store.release(&id, &receipt.kreds, Released::Seen, tool.now()).await? > 0
        };
        released += usize::from(goes);
        let what = if goes { "released" } else { "was not held" };
        table.row([receipt.reference.to_string(), receipt.kreds.to_string(), what.to_owned()]);
        list.push(
            json!({ "reference": receipt.reference.as_str(), "kreds": receipt.kreds.as_str(), "released": goes }),
        );
    }
    let text = match (list.len(), released) {
        (0, _) => "Nothing is held.".to_owned(),
        (_, 0) => format!("{table}\nNothing was done."),
        (_, released) => format!("{table}\n{} released: the schedule mails them now.", count(released, "request")),
    };
    Ok(Output::done(text, json!({ "requests": list, "released": released })))
}

/// Reopens a form that was closed because both mailboxes refused mail.
pub(super) async fn mailbox_works(tool: &Tool, kreds: &str, form: &str) -> Result<Output, Failure> {
    let store = tool.service.store();
    let kreds = tool.kreds(kreds).await?;
    let catalog = tool.service.catalog().await?;
    let parsed = FormId::parse(form).ok();
    let Some(form) = parsed.filter(|form| catalog.atlas().forms().contains(form)) else {
        let known = catalog.atlas().forms().iter().map(FormId::as_str).collect::<Vec<_>>().join(", ");
        return Err(Failure::NotFound(format!("There is no form of that name. These there are: {known}")));
    };
    let was_closed = store.do_mailboxes_refuse(&kreds, &form).await?;
    let opened = was_closed && {
        tool.audit("mailbox works", format!("{kreds}/{form}")).await?;
        store.mailboxes_take(&kreds, &form, tool.now()).await?
    };
    let text = match (was_closed, opened) {
        (false, _) => format!("{form} of {kreds} was not closed for its mailboxes. Nothing was done."),
        (true, false) => format!("{form} of {kreds} is still closed: a mail was refused just now."),
        (true, true) => {
            format!("{form} of {kreds} is open again. See what did not arrive:\n  operator owed --kreds {kreds}")
        }
    };
    Ok(Output::done(text, json!({ "kreds": kreds.as_str(), "form": form.as_str(), "opened": opened })))
}

pub(super) fn is_held(overview: &Overview) -> bool {
    let receipt_is = |to| {
        overview.mail_to(to).is_some_and(|task| {
            let queue = function::store::Queue::Held(task.kreds.clone());
            task.stands_in(&queue)
        })
    };
    overview.progress() == Progress::Held || receipt_is(Recipient::Citizen)
}
