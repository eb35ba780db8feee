//! The command that lists the losses of a point-in-time restore, read from the keys table, which has no backups.

use super::Tool;
use super::failure::Failure;
use super::output::{Output, Table};
use super::words::{count, exact, iso, short};
use function::store::{Behind, Lost};
use serde_json::json;

/// Lists the requests of which only the key is left, and the numbers given since. With `forget`, deletes those keys.
pub(super) async fn restored(tool: &Tool, forget: bool) -> Result<Output, Failure> {
    let (store, now) = (tool.service.store(), tool.now());
    let restore = match store.restored().await? {
        Some(restore) => Some(restore),
        None => store.last_restore().await?,
    };
    let (lost, behind) = store.lost(now).await?;
    let (to, until) =
        (restore.as_ref().and_then(|restore| restore.to), restore.as_ref().map(|restore| restore.ran_until));
    let mut text = match (to, until) {
        (_, None) => "The table was never restored, as far as is known".to_owned(),
        (None, Some(until)) => {
            format!("The table was restored, to a time that is not known.\nThe schedule had run until {}", exact(until))
        }
        (Some(to), Some(until)) => {
            format!("The table was restored to about {}.\nThe schedule had run until {}", exact(to), exact(until))
        }
    };
    let mut forgotten = 0;
    if forget {
        for lost in &lost {
            let about = lost.reference.clone().unwrap_or_else(|| "a request without a reference".to_owned());
            tool.audit("forgotten after a restore", about).await?;
            store.forget(&lost.id).await?;
            forgotten += 1;
        }
    }
    text += &match (lost.len(), forget) {
        (0, _) => ", and nothing is lost.".to_owned(),
        (_, true) => format!(".\n{} forgotten: nobody can open their answers any more.", count(forgotten, "request")),
        (_, false) => format!(", and {} lost.\n\n{}", are(lost.len(), "request"), listed(&lost, now)),
    };
    for behind in &behind {
        text +=
            &format!("\nNumbers of {}: {} to {} were given since.", behind.series, behind.in_table + 1, behind.given);
    }
    let said = json!({
        "restored_to": to.map(iso), "ran_until": until.map(iso), "forgotten": forgotten,
        "series": behind.iter().map(series).collect::<Vec<_>>(),
        "lost": lost.iter().filter(|_| !forget).map(|lost| json!({
            "reference": lost.reference, "kreds": lost.kreds, "received": lost.received.map(iso),
            "number": lost.serial, "mail": mail(lost),
        })).collect::<Vec<_>>(),
    });
    Ok(Output::done(text, said).waiting_for_a_human(!lost.is_empty() && !forget))
}

fn listed(lost: &[Lost], now: jiff::Timestamp) -> String {
    let mut table = Table::new(&["REFERENCE", "KREDS", "RECEIVED", "NUMBER", "MAIL"]);
    for lost in lost {
        let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "(not known)".to_owned());
        table.row([
            known(&lost.reference),
            known(&lost.kreds),
            lost.received.map_or_else(|| "-".to_owned(), |at| short(at, now)),
            lost.serial.map_or_else(|| "-".to_owned(), |serial| serial.to_string()),
            mail(lost).to_owned(),
        ]);
    }
    format!(
        "{table}\nOnly their keys are left; their answers are in the table that was replaced. What to do:\n\
         infra/README.md, \"After a restore\". When that is done: operator restored --forget --yes"
    )
}

/// The state of the mail to the police when the request was lost.
const fn mail(lost: &Lost) -> &'static str {
    match (lost.went_out, lost.serial) {
        (true, _) => "went out",
        (false, Some(_)) => "was tried",
        (false, None) => "was never tried",
    }
}

fn series(behind: &Behind) -> serde_json::Value {
    json!({ "series": behind.series, "in_table": behind.in_table, "given": behind.given })
}

fn are(number: usize, one: &str) -> String {
    format!("{} {}", count(number, one), if number == 1 { "is" } else { "are" })
}
