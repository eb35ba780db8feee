//! The audit: what was done to requests and content, by whom and when. Its lines hold no personal data, and are never changed.

use super::access::all;
use super::catalogs::PUBLISHING;
use super::items::{Item, key, text, text_of, time_of, with};
use super::transaction::{Outcome, Transaction};
use super::{Store, StoreError};
use jiff::{SignedDuration, Timestamp};
use model::deadline::danish_day;
use model::names::KredsSlug;
use model::reference::Reference;
use std::fmt::Display;

/// A line of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// When it was done.
    pub at: Timestamp,
    /// Its subject: a reference, a digest, a form of a kreds, or a version of the content.
    pub about: String,
    /// The act.
    pub what: String,
    /// Who did it.
    pub by: String,
    /// Of the line that a request was received: the kreds that got it, and when its call is overdue.
    pub received: Option<(KredsSlug, Timestamp)>,
}

/// Where a line stands: who publishes may write nothing beside the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Book {
    /// Acts on requests.
    Requests,
    /// Acts on content.
    Content,
}

/// The act of a line that says that a request was received: for figures, since nobody of ours did it.
pub(super) const RECEIVED: &str = "received";

/// The most lines about one thing at one moment, each a nanosecond after the other.
const AT_ONCE: i64 = 100;

impl Store {
    /// Adds a line. `about` is a reference, or another name of ours; `by` is who does it.
    pub async fn audit(&self, what: &str, about: impl Display, by: &str, now: Timestamp) -> Result<(), StoreError> {
        self.add_line(Book::Requests, what, about, by, now).await
    }

    /// The acts of a month in Denmark, `2026-11`, the oldest first.
    pub async fn audit_of(&self, month: &str) -> Result<Vec<AuditLine>, StoreError> {
        const OPERATION: &str = "reading the audit";
        let mut items = self.partition(&format!("AUDIT#{month}"), OPERATION).await?;
        let content = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :month)")
            .expression_attribute_values(":pk", text(PUBLISHING))
            .expression_attribute_values(":month", text(format!("audit#{month}#")));
        items.extend(all(content, OPERATION).await?);
        items.retain(|item| !text_of(item, "audit line", "what").is_ok_and(|what| what == RECEIVED));
        let mut lines = items.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        lines.sort_by_key(|line| line.at);
        Ok(lines)
    }

    pub(super) async fn add_line(
        &self,
        book: Book,
        what: &str,
        about: impl Display,
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let lines = audit_items(book, what, about, by, now);
        self.with_line("writing an audit line", &Transaction::default(), lines).await.map(|_| ())
    }

    /// Writes all of a transaction with a line of the audit: where one stands already, the next moment is tried. Returns false if
    /// anything else was in the way, and nothing is written.
    pub(super) async fn with_line(
        &self,
        operation: &'static str,
        transaction: &Transaction,
        lines: impl Iterator<Item = Item>,
    ) -> Result<bool, StoreError> {
        for line in lines {
            match self.transact(operation, transaction.clone().put_new(&self.table, line)).await? {
                Outcome::Done => return Ok(true),
                Outcome::Refused(indices) if indices == [transaction.len()] => {}
                Outcome::Refused(_) => return Ok(false),
            }
        }
        Err(StoreError::Failed { operation, reason: "its moment in the audit is taken".to_owned() })
    }
}

/// A line as an item, and the same with the next moments: where one stands already, the next is tried, since none may be
/// overwritten. Each must be written with the condition that its key is free.
pub(super) fn audit_items(
    book: Book,
    what: &str,
    about: impl Display,
    by: &str,
    now: Timestamp,
) -> impl Iterator<Item = Item> {
    (0..AT_ONCE).filter_map(move |later| {
        let at = now.checked_add(SignedDuration::from_nanos(later)).ok()?;
        let month = danish_day(at).strftime("%Y-%m");
        let key = match book {
            Book::Requests => key(format!("AUDIT#{month}"), format!("{at}#{about}")),
            Book::Content => key(PUBLISHING, format!("audit#{month}#{at}#{about}")),
        };
        Some(with(key, [("what", text(what)), ("by", text(by))]))
    })
}

/// The same lines about a request, which name its kreds.
pub(super) fn request_items(
    what: &str,
    about: &Reference,
    kreds: &KredsSlug,
    by: &str,
    now: Timestamp,
) -> impl Iterator<Item = Item> {
    audit_items(Book::Requests, what, about, by, now).map(|line| with(line, [("kreds", text(kreds.as_str()))]))
}

pub(super) fn line(item: &Item) -> Result<AuditLine, StoreError> {
    const KIND: &str = "audit line";
    let unreadable = || StoreError::Unreadable(KIND);
    let key = text_of(item, KIND, "sk")?;
    let key = match key.strip_prefix("audit#") {
        Some(with_month) => with_month.split_once('#').ok_or_else(unreadable)?.1,
        None => key,
    };
    let (at, about) = key.split_once('#').ok_or_else(unreadable)?;
    let what = text_of(item, KIND, "what")?;
    let received = match time_of(item, KIND, "due")? {
        Some(due) if what == RECEIVED => {
            Some((KredsSlug::parse(text_of(item, KIND, "kreds")?).map_err(|_| unreadable())?, due))
        }
        _ => None,
    };
    Ok(AuditLine {
        at: at.parse().map_err(|_| unreadable())?,
        about: about.to_owned(),
        what: what.to_owned(),
        by: text_of(item, KIND, "by")?.to_owned(),
        received,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back_as_written_and_belongs_to_its_danish_month() {
        // Half an hour before midnight in England is December in Denmark.
        let at: Timestamp = "2026-11-30T23:30:00.5Z".parse().unwrap();
        let expected = AuditLine {
            at,
            about: "K7F-M2X-P9T".to_owned(),
            what: "erased".to_owned(),
            by: "anna".to_owned(),
            received: None,
        };
        for (book, pk) in [(Book::Requests, "AUDIT#2026-12"), (Book::Content, "CATALOG")] {
            let mut items = audit_items(book, "erased", "K7F-M2X-P9T", "anna", at);
            let item = items.next().unwrap();
            assert_eq!(text_of(&item, "", "pk").unwrap(), pk);
            assert_eq!(line(&item).unwrap(), expected);
            let next = line(&items.next().unwrap()).unwrap();
            assert_eq!(next, AuditLine { at: at + SignedDuration::from_nanos(1), ..expected.clone() });
        }
    }
}
