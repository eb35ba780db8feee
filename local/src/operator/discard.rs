//! The command that deletes held requests as spam, many at a time: a dry run, unless `--yes` is given.

use super::Tool;
use super::act::is_held;
use super::arguments::{Discard, Why};
use super::failure::Failure;
use super::output::{Output, Table};
use super::words::{count, cut, exact, iso};
use jiff::Timestamp;
use model::names::{KredsSlug, SubmissionId};
use serde_json::json;

impl Why {
    /// The entry in the audit: one of a fixed set, so that nothing personal gets there.
    const fn as_audited(self) -> &'static str {
        match self {
            Self::Spam => "discarded as spam",
            Self::Test => "discarded as test",
            Self::Duplicate => "discarded as duplicate",
        }
    }
}

/// Deletes held requests, or lists those that it would delete.
pub(super) async fn discard(tool: &Tool, wanted: &Discard) -> Result<Output, Failure> {
    let (store, by) = (tool.service.store(), tool.by()?);
    let kreds = match &wanted.kreds {
        Some(kreds) => Some(tool.kreds(kreds).await?),
        None => None,
    };
    let mut table = Table::new(&["REFERENCE", "KREDS", "RECEIVED", "WHY HELD", "WHAT"]);
    let (mut list, mut gone) = (Vec::new(), 0);
    for id in ids(tool, wanted, kreds.as_ref()).await? {
        let Some(overview) = store.overview(&id, Timestamp::MIN).await? else { continue };
        let receipt = &overview.receipt;
        let is_wanted = kreds.as_ref().is_none_or(|kreds| *kreds == receipt.kreds);
        // `--before` limits `--all-held`; named references have no such limit.
        if wanted.all_held && wanted.before.is_none_or(|before| receipt.received >= before) {
            continue;
        }
        let (is_gone, what) = if !is_wanted {
            (false, "is of another kreds")
        } else if !is_held(&overview) {
            (false, "is not held")
        } else if !wanted.yes {
            (true, "would be deleted")
        } else if tool.service.discard(&id, wanted.reason.as_audited(), &by).await?.is_some() {
            (true, "deleted")
        } else {
            (false, "changed meanwhile: look again")
        };
        gone += usize::from(is_gone);
        let why = overview.held.clone().unwrap_or_default();
        let cells = [receipt.reference.to_string(), cut(&receipt.kreds), exact(receipt.received), why.clone()];
        table.row(cells.into_iter().chain([what.to_owned()]));
        list.push(json!({
            "reference": receipt.reference.as_str(), "kreds": receipt.kreds.as_str(), "received": iso(receipt.received),
            "why": why, "deleted": is_gone && wanted.yes, "what": what,
        }));
    }
    let requests = count(gone, "request");
    let end = match (table.count(), wanted.yes) {
        (0, _) => "There is nothing to delete.".to_owned(),
        (_, false) => format!("{table}\n{requests} would be deleted. Nothing was done: add --yes"),
        (_, true) if gone == 0 => format!("{table}\nNothing was done."),
        (_, true) => format!("{table}\n{requests} deleted for good."),
    };
    Ok(Output::done(end, json!({ "dry_run": !wanted.yes, "count": gone, "requests": list })))
}

/// The requests to delete. All references are looked up before anything is done.
async fn ids(tool: &Tool, wanted: &Discard, kreds: Option<&KredsSlug>) -> Result<Vec<SubmissionId>, Failure> {
    let mut ids = Vec::new();
    if wanted.all_held {
        for kreds in tool.kredse(kreds.map(KredsSlug::as_str)).await? {
            ids.extend(tool.service.store().held(&kreds).await?);
        }
    }
    for reference in &wanted.references {
        ids.push(tool.id(reference).await?.1);
    }
    Ok(ids)
}
