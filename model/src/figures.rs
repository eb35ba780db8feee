//! Figures of a kreds for a month: counts, as far as they reveal no small number.
//!
//! A number under [`LEAST`] is hidden, and [`split`] decides which parts of a shown number are shown. Published are
//! only `received`, three independent splits of it (any three sets of parts fit together), and numbers that each stand
//! alone. Sums over kredse or months are made only of shown numbers. So nothing hidden can be found by subtraction.

mod measure;
mod month;

pub use measure::{Call, Measure};
pub use month::Month;

use crate::names::{FieldName, FormId, KredsSlug, ReasonSlug};
use std::collections::BTreeMap;

/// The smallest number that is shown.
pub const LEAST: u32 = 5;

/// The columns of `content/data/tal.csv`.
pub const FIGURES_COLUMNS: [&str; 4] = ["måned", "kreds", "tal", "antal"];

/// The header line of `content/data/tal.csv`.
pub const FIGURES_HEADER: &str = "måned,kreds,tal,antal";

/// The true counts of a kreds for a month. They are not published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that the kreds was the first to receive.
    pub received: u32,
    /// The same requests by the outcome of the call; a missing outcome is zero.
    pub calls: BTreeMap<Call, u32>,
    /// Days from the request to each call.
    pub days: Vec<u32>,
    /// Requests forwarded to another kreds.
    pub forwarded: u32,
    /// Requests closed, by reason.
    pub closed: BTreeMap<ReasonSlug, u32>,
    /// Forms sent for the first time, right or wrong.
    pub started: u32,
    /// Rejected answers, by question.
    pub failed: BTreeMap<(FormId, FieldName), u32>,
}

/// The published numbers of a kreds for a month; `None` for a hidden one.
pub type Figures = BTreeMap<Measure, Option<u32>>;

/// All published figures, by month and kreds.
pub type Published = BTreeMap<Month, BTreeMap<KredsSlug, Figures>>;

/// True if something hidden in a shown number can be worked out: a single part, or parts that are too small together.
#[must_use]
pub fn is_revealed(total: u32, parts: &[Option<u32>]) -> bool {
    let hidden = parts.iter().filter(|part| part.is_none()).count();
    let shown = parts.iter().flatten().sum();
    hidden == 1 || hidden > 0 && total.saturating_sub(shown) < LEAST
}

impl Counts {
    /// The number of overdue calls, whether they were made later or not.
    #[must_use]
    pub fn overdue(&self) -> u32 {
        self.call(Call::Late) + self.call(Call::None)
    }

    /// The lower median of the days to the call; `None` if no call was made.
    #[must_use]
    pub fn median(&self) -> Option<u32> {
        let mut days = self.days.clone();
        days.sort_unstable();
        days.get(days.len().saturating_sub(1) / 2).copied()
    }

    /// The figures to publish. `reasons` are those that an officer may choose from.
    #[must_use]
    pub fn published(&self, reasons: &[ReasonSlug]) -> Figures {
        let mut figures: Figures = self
            .failed
            .iter()
            .filter(|(_, times)| **times >= LEAST)
            .map(|((form, field), times)| (Measure::Failed(form.clone(), field.clone()), Some(*times)))
            .collect();
        if self.received < LEAST {
            figures.insert(Measure::Received, None);
            return figures;
        }
        figures.insert(Measure::Received, Some(self.received));
        let calls: Vec<_> = Call::ALL.iter().map(|call| (Measure::Call(*call), self.call(*call))).collect();
        figures.extend(split(&calls));
        // Hidden parts are the smallest: the lower median falls in a shown part, which hides the size of the other.
        let is_shown = |call| figures.get(&Measure::Call(call)).is_some_and(Option::is_some);
        let median = if is_shown(Call::InTime) || is_shown(Call::Late) { self.median() } else { None };
        figures.insert(Measure::MedianDays, median);
        let rest = self.received.saturating_sub(self.forwarded);
        figures.extend(split(&[(Measure::Forwarded, self.forwarded), (Measure::NotForwarded, rest)]));
        figures.extend(split(&self.ends(reasons)));
        // The forms that were not completed are a number like any other.
        let is_far = self.started >= self.received.saturating_add(LEAST);
        figures.insert(Measure::Started, is_far.then_some(self.started));
        figures
    }

    fn call(&self, call: Call) -> u32 {
        self.calls.get(&call).copied().unwrap_or(0)
    }

    /// Returns the same parts whatever is counted, so that their presence reveals nothing.
    fn ends(&self, reasons: &[ReasonSlug]) -> Vec<(Measure, u32)> {
        let known =
            |reason: &ReasonSlug| (Measure::Closed(reason.clone()), self.closed.get(reason).copied().unwrap_or(0));
        let gone = self.closed.iter().filter(|(reason, _)| !reasons.contains(reason)).map(|(_, number)| number).sum();
        let closed: u32 = self.closed.values().sum();
        let open = self.received.saturating_sub(closed);
        let rest = [(Measure::ClosedOtherwise, gone), (Measure::NotClosed, open)];
        reasons.iter().map(known).chain(rest).collect()
    }
}

/// Splits a shown number into parts to show. Those under [`LEAST`] are hidden and, with any of them, the smallest of
/// the others and its equals. So parts on both sides of [`LEAST`] are hidden together, and nobody knows which is which:
/// swapped, they publish the same. If nothing else is left, all parts are hidden, and any of them may be the whole.
pub fn split<K: Clone>(parts: &[(K, u32)]) -> Vec<(K, Option<u32>)> {
    let is_small = |number: u32| number < LEAST;
    let up_to = match parts.iter().any(|(_, number)| is_small(*number)) {
        false => 0,
        true => parts.iter().map(|(_, number)| *number).filter(|number| !is_small(*number)).min().unwrap_or(LEAST),
    };
    let shown = |number: u32| (number > up_to).then_some(number);
    parts.iter().map(|(name, number)| (name.clone(), shown(*number))).collect()
}

#[cfg(test)]
mod attack;
#[cfg(test)]
mod tests;
