//! Metrics: a line of the log each, in CloudWatch's embedded metric format, with nothing of a citizen in it.
//!
//! The format is AWS's ("Specification: embedded metric format" in the CloudWatch user guide): the line is one JSON object
//! with `_aws` at its root. CloudWatch makes a metric of each name under `Metrics`, for each set of names under `Dimensions`.

use crate::Service;
use jiff::Timestamp;
use model::names::KredsSlug;
use model::submission::Held;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// Everything that is counted or measured. function/README.md says exactly what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// A request is stored.
    Received,
    /// A request that is stored looks as if a program had sent it, and waits for a human.
    Held,
    /// A mail about a request reached the police.
    Delivered,
    /// A kreds's mailbox refused a mail for good.
    Bounced,
    /// Somebody who sent a form got something else than a receipt or a summary.
    Refused,
    /// Mails to the police that wait, after a run of the schedule.
    Owed,
    /// For how long the oldest of them is owed, in seconds.
    OwedAge,
    /// For how long the first of those is due that nobody has tried, in seconds.
    Late,
    /// Mails that wait for a human.
    Parked,
    /// Calls that are past their deadline, after a run of the schedule.
    Overdue,
    /// A probe's mail has arrived: after how many seconds.
    ProbeDelivered,
}

/// Why somebody who sent a form got something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An answer is missing or wrong; the form is shown again.
    Invalid,
    /// The form of this kreds is closed.
    Closed,
    /// Too many from one address.
    TooMany,
    /// More bytes than a form has.
    TooLarge,
    /// Not what a form sends.
    WrongType,
    /// Sent from another site.
    ForeignOrigin,
    /// The service does not work now: nothing was received.
    Unavailable,
}

/// Where metrics go.
#[derive(Debug, Clone, Default)]
pub enum Metrics {
    /// Nowhere: a developer's machine has nobody to watch them.
    #[default]
    Off,
    /// On standard output, which in the cloud is the log.
    Lines,
    /// Kept, for a test to look at.
    Kept(Kept),
}

/// Lines that are kept.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<String>>>);

/// Measurements of one run of the schedule: in all, and of each kreds where they are not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Measured {
    all: Vec<(Metric, u64)>,
    kredse: BTreeMap<KredsSlug, Vec<(Metric, u64)>>,
}

impl Metric {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Received,
        Self::Held,
        Self::Delivered,
        Self::Bounced,
        Self::Refused,
        Self::Owed,
        Self::OwedAge,
        Self::Late,
        Self::Parked,
        Self::Overdue,
        Self::ProbeDelivered,
    ];

    /// Its name in CloudWatch.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Held => "quarantined",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Refused => "refused",
            Self::Owed => "owed",
            Self::OwedAge => "owed-age",
            Self::Late => "late",
            Self::Parked => "parked",
            Self::Overdue => "overdue",
            Self::ProbeDelivered => "probe-delivered",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::OwedAge | Self::Late | Self::ProbeDelivered => "Seconds",
            _ => "Count",
        }
    }
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Invalid,
        Self::Closed,
        Self::TooMany,
        Self::TooLarge,
        Self::WrongType,
        Self::ForeignOrigin,
        Self::Unavailable,
    ];

    /// Its name in CloudWatch.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::Closed => "closed",
            Self::TooMany => "too-many",
            Self::TooLarge => "too-large",
            Self::WrongType => "wrong-type",
            Self::ForeignOrigin => "foreign-origin",
            Self::Unavailable => "unavailable",
        }
    }
}

impl Kept {
    /// The lines so far.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Measured {
    /// Adds what was measured in all, and the part of each kreds.
    pub(crate) fn add(&mut self, metric: Metric, all: u64, kredse: impl IntoIterator<Item = (KredsSlug, u64)>) {
        self.all.push((metric, all));
        for (kreds, value) in kredse.into_iter().filter(|(_, value)| *value > 0) {
            self.kredse.entry(kreds).or_default().push((metric, value));
        }
    }
}

impl Service {
    /// Counts something that happened to a kreds's request, in all and for the kreds.
    pub(crate) fn count(&self, metric: Metric, kreds: &KredsSlug) {
        self.emit(&[(metric, 1)], &[&[], &["kreds"]], &[("kreds", kreds.as_str())]);
    }

    /// Counts a request that waits for a human, in all, for the kreds, and by why.
    pub(crate) fn count_held(&self, held: Held, kreds: &KredsSlug) {
        let named = [("kreds", kreds.as_str()), ("reason", held.as_str())];
        self.emit(&[(Metric::Held, 1)], &[&[], &["kreds"], &["reason"]], &named);
    }

    /// Counts somebody who did not get through.
    pub(crate) fn count_refused(&self, reason: Reason) {
        self.emit(&[(Metric::Refused, 1)], &[&["reason"]], &[("reason", reason.name())]);
    }

    /// Emits what was measured once, in all.
    pub(crate) fn measure(&self, metric: Metric, value: u64) {
        self.emit(&[(metric, value)], &[&[]], &[]);
    }

    /// Emits the measurements. Zeros are emitted in all alone: their absence would mean that nobody measures.
    pub(crate) fn record(&self, measured: &Measured) {
        if !measured.all.is_empty() {
            self.emit(&measured.all, &[&[]], &[]);
        }
        for (kreds, values) in &measured.kredse {
            self.emit(values, &[&["kreds"]], &[("kreds", kreds.as_str())]);
        }
    }

    fn emit(&self, values: &[(Metric, u64)], sets: &[&[&str]], named: &[(&str, &str)]) {
        let line = || line(&self.settings.environment, self.clock.now(), values, sets, named);
        match &self.metrics {
            Metrics::Off => {}
            // Where nobody reads any more, nothing is lost.
            Metrics::Lines => drop(writeln!(std::io::stdout().lock(), "{}", line())),
            Metrics::Kept(Kept(kept)) => kept.lock().unwrap_or_else(PoisonError::into_inner).push(line()),
        }
    }
}

/// A line. Each set of dimensions begins with the environment: whether CloudWatch takes an empty one is nowhere promised.
fn line(
    environment: &str,
    now: Timestamp,
    values: &[(Metric, u64)],
    sets: &[&[&str]],
    named: &[(&str, &str)],
) -> String {
    let metrics: Vec<Value> =
        values.iter().map(|(metric, _)| json!({ "Name": metric.name(), "Unit": metric.unit() })).collect();
    let sets: Vec<Vec<&str>> =
        sets.iter().map(|set| ["environment"].into_iter().chain(set.iter().copied()).collect()).collect();
    let directive = json!({
        "Namespace": format!("BestilEnBetjent/{environment}"),
        "Dimensions": sets,
        "Metrics": metrics,
    });
    let mut root = Map::new();
    root.insert("_aws".to_owned(), json!({ "Timestamp": now.as_millisecond(), "CloudWatchMetrics": [directive] }));
    root.insert("environment".to_owned(), json!(environment));
    root.extend(named.iter().map(|(name, value)| ((*name).to_owned(), json!(value))));
    root.extend(values.iter().map(|(metric, value)| (metric.name().to_owned(), json!(value))));
    Value::Object(root).to_string()
}

#[cfg(test)]
mod tests;
