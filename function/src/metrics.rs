//! Metrics: one log line each, in CloudWatch's embedded metric format, without data of citizens.
//!
//! The format is AWS's ("Specification: embedded metric format" in the CloudWatch user guide): a line is one JSON
//! object with `_aws` at its root. Each name under `Metrics` is a metric for each set of names under `Dimensions`.

use crate::Service;
use jiff::Timestamp;
use model::names::KredsSlug;
use model::submission::Held;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// A count or a measurement. `function/README.md` defines each of them exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// A request was stored.
    Received,
    /// A stored request is held for a human.
    Held,
    /// A mail about a request reached the police.
    Delivered,
    /// A kreds's mailbox refused a mail permanently.
    Bounced,
    /// A form got neither a receipt nor a summary.
    Refused,
    /// The number of mails owed to the police after a run of the schedule.
    Owed,
    /// The time for which the oldest of them has been owed, in seconds.
    OwedAge,
    /// The time since the first of them that nobody has tried became due, in seconds.
    Late,
    /// The number of mails that wait for a human.
    Parked,
    /// The number of calls past their deadline after a run of the schedule.
    Overdue,
    /// A probe's mail has arrived: the time since the probe was received, in seconds.
    ProbeDelivered,
}

/// The reason why a form got neither a receipt nor a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// An answer is missing or invalid; the form is shown again.
    Invalid,
    /// The form of this kreds is closed.
    Closed,
    /// There were too many requests from one address.
    TooMany,
    /// The body has more bytes than a form may have.
    TooLarge,
    /// The body has another media type than a form.
    WrongType,
    /// The form was sent from another site.
    ForeignOrigin,
    /// The service does not work now: nothing was received.
    Unavailable,
}

/// The destination of metrics.
#[derive(Debug, Clone, Default)]
pub enum Metrics {
    /// None: nobody watches metrics on a developer's machine.
    #[default]
    Off,
    /// Standard output, which is the log in the cloud.
    Lines,
    /// Memory, for a test.
    Kept(Kept),
}

/// Metric lines in memory.
#[derive(Debug, Clone, Default)]
pub struct Kept(Arc<Mutex<Vec<String>>>);

/// The measurements of one run of the schedule: totals, and values of each kreds that are not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Measured {
    all: Vec<(Metric, u64)>,
    kredse: BTreeMap<KredsSlug, Vec<(Metric, u64)>>,
}

impl Metric {
    /// All metrics.
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

    /// The name in CloudWatch.
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
    /// All reasons.
    pub const ALL: [Self; 7] = [
        Self::Invalid,
        Self::Closed,
        Self::TooMany,
        Self::TooLarge,
        Self::WrongType,
        Self::ForeignOrigin,
        Self::Unavailable,
    ];

    /// The name in CloudWatch.
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
    /// The lines so far, each a JSON object.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Measured {
    /// Adds a total, and the part of each kreds.
    pub(crate) fn add(&mut self, metric: Metric, all: u64, kredse: impl IntoIterator<Item = (KredsSlug, u64)>) {
        self.all.push((metric, all));
        for (kreds, value) in kredse.into_iter().filter(|(_, value)| *value > 0) {
            self.kredse.entry(kreds).or_default().push((metric, value));
        }
    }
}

impl Service {
    /// Counts something about a kreds's request, in total and for the kreds.
    pub(crate) fn count(&self, metric: Metric, kreds: &KredsSlug) {
        self.emit(&[(metric, 1)], &[&[], &["kreds"]], &[("kreds", kreds.as_str())]);
    }

    /// Counts a held request in total, for the kreds, and by reason.
    pub(crate) fn count_held(&self, held: Held, kreds: &KredsSlug) {
        let named = [("kreds", kreds.as_str()), ("reason", held.as_str())];
        self.emit(&[(Metric::Held, 1)], &[&[], &["kreds"], &["reason"]], &named);
    }

    /// Counts a form that got neither a receipt nor a summary.
    pub(crate) fn count_refused(&self, reason: Reason) {
        self.emit(&[(Metric::Refused, 1)], &[&["reason"]], &[("reason", reason.name())]);
    }

    /// Emits a single total.
    pub(crate) fn measure(&self, metric: Metric, value: u64) {
        self.emit(&[(metric, value)], &[&[]], &[]);
    }

    /// Emits the measurements. Only totals are emitted as zero: their absence would mean that nobody measures.
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
            // If nobody reads the output any more, nothing is lost.
            Metrics::Lines => drop(writeln!(std::io::stdout().lock(), "{}", line())),
            Metrics::Kept(Kept(kept)) => kept.lock().unwrap_or_else(PoisonError::into_inner).push(line()),
        }
    }
}

/// Formats a line. Each set of dimensions contains the environment: CloudWatch does not promise to accept an empty set.
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
