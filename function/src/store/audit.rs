//! The audit: what was done to requests, by whom and when. Its lines hold no personal data, and are never changed.

use super::items::{Item, key, text, text_of};
use super::transaction::Transaction;
use super::{Store, StoreError};
use jiff::Timestamp;
use model::deadline::danish_day;
use std::fmt::Display;

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When it was done.
    pub at: Timestamp,
    /// What it was done to: a reference, a digest, or a form of a kreds.
    pub about: String,
    /// What was done.
    pub what: String,
    /// Who did it.
    pub by: String,
}

impl Store {
    /// Adds a line. `about` is a reference, or another name of ours; `by` is who does it.
    pub async fn audit(&self, what: &str, about: impl Display, by: &str, now: Timestamp) -> Result<(), StoreError> {
        let transaction = Transaction::default().put(&self.table, audit_item(what, about, by, now), |put| put);
        self.written("writing an audit line", transaction).await.map(|_| ())
    }

    /// The lines of a month in Denmark, `2026-11`, the oldest first.
    pub async fn audit_of(&self, month: &str) -> Result<Vec<AuditLine>, StoreError> {
        let items = self.partition(&format!("AUDIT#{month}"), "reading the audit").await?;
        let mut lines = items.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        lines.sort_by_key(|line| line.at);
        Ok(lines)
    }
}

/// A line as an item.
pub(super) fn audit_item(what: &str, about: impl Display, by: &str, now: Timestamp) -> Item {
    let month = danish_day(now).strftime("%Y-%m");
    let mut item = key(format!("AUDIT#{month}"), format!("{now}#{about}"));
    item.extend([("what", what), ("by", by)].map(|(name, value)| (name.to_owned(), text(value))));
    item
}

fn line(item: &Item) -> Result<AuditLine, StoreError> {
    const KIND: &str = "audit line";
    let unreadable = || StoreError::Unreadable(KIND);
    let (at, about) = text_of(item, KIND, "sk")?.split_once('#').ok_or_else(unreadable)?;
    Ok(AuditLine {
        at: at.parse().map_err(|_| unreadable())?,
        about: about.to_owned(),
        what: text_of(item, KIND, "what")?.to_owned(),
        by: text_of(item, KIND, "by")?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back_as_it_was_written_and_stands_in_its_danish_month() {
        // Half an hour before midnight in England is December in Denmark.
        let at: Timestamp = "2026-11-30T23:30:00.5Z".parse().unwrap();
        let item = audit_item("erased", "K7F-M2X-P9T", "anna", at);
        assert_eq!(text_of(&item, "", "pk").unwrap(), "AUDIT#2026-12");
        let expected =
            AuditLine { at, about: "K7F-M2X-P9T".to_owned(), what: "erased".to_owned(), by: "anna".to_owned() };
        assert_eq!(line(&item).unwrap(), expected);
    }
}
