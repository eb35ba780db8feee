//! Sources of the figures: audit lines about requests, and counters of forms.
//!
//! Both outlive the requests, and hold nothing personal.

use super::audit::{AuditLine, RECEIVED, line, request_items};
use super::change::Change;
use super::items::{Item, key, number, seconds, text_of, with};
use super::{Store, StoreError};
use jiff::Timestamp;
use model::figures::Month;
use model::names::{FieldName, FormId, KredsSlug};
use model::submission::Receipt;
use std::collections::{BTreeMap, BTreeSet};

/// The counters of a form of a kreds in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCounts {
    /// The kreds whose page the form was sent from.
    pub kreds: KredsSlug,
    /// The form that was sent.
    pub form: FormId,
    /// The number of times that it was sent for the first time.
    pub started: u32,
    /// The number of times that an answer was refused, by question.
    pub failed: BTreeMap<FieldName, u32>,
}

const COUNTER: &str = "counter of figures";
const STARTED: &str = "started";
const FAILED: &str = "failed#";

impl Store {
    /// Counts that a form was sent for the first time, and which answers were refused.
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
        let short: Vec<String> = (0..names.len()).map(|index| format!("#n{index}")).collect();
        let ones: Vec<String> = short.iter().map(|short| format!("{short} :one")).collect();
        let change = Change::new(format!("ADD {}", ones.join(", ")))
            .names(short.iter().zip(&names).map(|(short, name)| (short.as_str(), name.as_str())))
            .values([(":one", number(1))]);
        let counter = key(counters_pk(Month::of(now)), format!("{kreds}#{form}"));
        self.change("counting a form", counter, change).await
    }

    /// Reads the counters of a month.
    pub async fn form_counts(&self, month: Month) -> Result<Vec<FormCounts>, StoreError> {
        let items = self.partition(&counters_pk(month), "reading counters of figures").await?;
        items.iter().map(counts).collect()
    }

    /// Reads the audit lines about requests in a month, oldest first.
    pub async fn request_lines(&self, month: Month) -> Result<Vec<AuditLine>, StoreError> {
        let items = self.partition(&format!("AUDIT#{month}"), "reading the audit for figures").await?;
        let mut lines = items.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        lines.sort_by_key(|line| line.at);
        Ok(lines)
    }
}

/// The audit line of a received request, written with it: figures need its time after the request is deleted.
pub(super) fn received_line(receipt: &Receipt) -> Item {
    let mut lines = request_items(RECEIVED, &receipt.reference, &receipt.kreds, "citizen", receipt.received);
    with(lines.next().unwrap_or_default(), [("due", seconds(receipt.promise.due()))])
}

fn counters_pk(month: Month) -> String {
    format!("FIGURES#{month}")
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
