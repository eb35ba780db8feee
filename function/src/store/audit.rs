//! The audit of acts on requests and content: lines without personal data that never change.

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

/// An audit line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// The time of the act.
    pub at: Timestamp,
    /// The subject: a reference, a digest, a form of a kreds, or a version of the content.
    pub about: String,
    /// The act, such as `erased`.
    pub what: String,
    /// The author: a person, the link that was used, `citizen`, or a part of the service such as `retention`.
    pub by: String,
    /// For a received request: the kreds that got it, and the time from which its call is overdue.
    pub received: Option<(KredsSlug, Timestamp)>,
}

/// The partition of a line. A publisher may write nothing outside that of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Book {
    /// Acts on requests.
    Requests,
    /// Acts on content.
    Content,
}

/// The act of receiving a request. Its line is for figures only, since no officer or operator did it.
pub(super) const RECEIVED: &str = "received";

/// The maximum number of lines about one subject at one moment, each a nanosecond after the other.
const AT_ONCE: i64 = 100;

impl Store {
    /// Adds a line. `about` is a reference or another name of the service; `by` is the author.
    pub async fn audit(&self, what: &str, about: impl Display, by: &str, now: Timestamp) -> Result<(), StoreError> {
        self.add_line(Book::Requests, what, about, by, now).await
    }

    /// The acts of a month in Denmark, such as `2026-11`, oldest first, without received requests.
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

    /// Writes a transaction with an audit line. If the key of the line is taken, the next moment is tried. Returns
    /// false, with nothing written, if another condition fails.
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

/// The items of a line at this moment and at the following ones, in case a key is taken: no line may be overwritten, so
/// each must be written on the condition that its key is free.
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

/// The items of a line about a request, which also names its kreds.
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
    fn a_line_round_trips_and_belongs_to_its_danish_month() {
        // 23:30 UTC on 30 November is December in Denmark.
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
