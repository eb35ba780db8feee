//! Sources of figures: lines of the audit about requests, and counters of forms.
//!
//! Both outlive the requests, and hold nothing personal.

use super::audit::{Book, RECEIVED, audit_items, line};
use super::items::{Item, key, number, seconds, text, text_of, time_of};
use super::{Store, StoreError, failed};
use jiff::Timestamp;
use model::figures::Month;
use model::names::{FieldName, FormId, KredsSlug};
use model::submission::Receipt;
use std::collections::{BTreeMap, BTreeSet};

/// A line of the audit that may count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    /// The reference of the request, if it is about one.
    pub about: String,
    /// When.
    pub at: Timestamp,
    /// The act, as the audit has it.
    pub what: String,
    /// Who did it.
    pub by: String,
    /// Of the line about receiving it: the kreds that got it, and when its call is overdue.
    pub received: Option<(KredsSlug, Timestamp)>,
}

/// Counts of a form of a kreds in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCounts {
    /// The kreds whose page it was sent from.
    pub kreds: KredsSlug,
    /// The form.
    pub form: FormId,
    /// Times that it was sent for the first time.
    pub started: u32,
    /// Times that an answer was refused, by question.
    pub failed: BTreeMap<FieldName, u32>,
}

const COUNTER: &str = "counter of figures";
const STARTED: &str = "started";
const FAILED: &str = "failed#";

impl Store {
    /// Counts that a form was sent: for the first time, and which answers were refused.
    pub async fn count_form(
        &self,
        kreds: &KredsSlug,
        form: &FormId,
        is_first: bool,
        failed_fields: &BTreeSet<&FieldName>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let failed_names = failed_fields.iter().map(|field| format!("{FAILED}{field}"));
        let names: Vec<String> = is_first.then(|| STARTED.to_owned()).into_iter().chain(failed_names).collect();
        let one = |(place, _)| format!("#n{place} :one");
        let mut update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(counters_pk(Month::of(now)), format!("{kreds}#{form}"))))
            .update_expression(format!("ADD {}", names.iter().enumerate().map(one).collect::<Vec<_>>().join(", ")))
            .expression_attribute_values(":one", number(1));
        for (place, name) in names.iter().enumerate() {
            update = update.expression_attribute_names(format!("#n{place}"), name);
        }
        update.send().await.map(|_| ()).map_err(|error| failed("counting a form", &error))
    }

    /// The counters of a month.
    pub async fn form_counts(&self, month: Month) -> Result<Vec<FormCounts>, StoreError> {
        let items = self.partition(&counters_pk(month), "reading counters of figures").await?;
        items.iter().map(counts).collect()
    }

    /// The lines of the audit about requests in a month, the oldest first.
    pub async fn request_lines(&self, month: Month) -> Result<Vec<RequestLine>, StoreError> {
        let items = self.partition(&format!("AUDIT#{month}"), "reading the audit for figures").await?;
        let mut lines = items.iter().map(request_line).collect::<Result<Vec<_>, _>>()?;
        lines.sort_by_key(|line| line.at);
        Ok(lines)
    }
}

/// The line that a request was received: written with it, since figures need its time when it is deleted.
pub(super) fn received_line(receipt: &Receipt) -> Item {
    let mut lines = audit_items(Book::Requests, RECEIVED, &receipt.reference, "citizen", receipt.received);
    let mut item = lines.next().unwrap_or_default();
    item.insert("kreds".to_owned(), text(receipt.kreds.as_str()));
    item.insert("due".to_owned(), seconds(receipt.promise.due()));
    item
}

fn counters_pk(month: Month) -> String {
    format!("FIGURES#{month}")
}

fn request_line(item: &Item) -> Result<RequestLine, StoreError> {
    const KIND: &str = "audit line";
    let line = line(item)?;
    let received = match time_of(item, KIND, "due")? {
        Some(due) if line.what == RECEIVED => {
            let kreds = KredsSlug::parse(text_of(item, KIND, "kreds")?);
            Some((kreds.map_err(|_| StoreError::Unreadable(KIND))?, due))
        }
        _ => None,
    };
    Ok(RequestLine { about: line.about, at: line.at, what: line.what, by: line.by, received })
}

fn counts(item: &Item) -> Result<FormCounts, StoreError> {
    let unreadable = || StoreError::Unreadable(COUNTER);
    let (kreds, form) = text_of(item, COUNTER, "sk")?.split_once('#').ok_or_else(unreadable)?;
    let value = |value: &aws_sdk_dynamodb::types::AttributeValue| value.as_n().ok()?.parse::<u32>().ok();
    let field = |(name, times): (&String, _)| Some((FieldName::parse(name.strip_prefix(FAILED)?).ok()?, value(times)?));
    Ok(FormCounts {
        kreds: KredsSlug::parse(kreds).map_err(|_| unreadable())?,
        form: FormId::parse(form).map_err(|_| unreadable())?,
        started: item.get(STARTED).and_then(value).unwrap_or(0),
        failed: item.iter().filter_map(field).collect(),
    })
}
