//! Figures of a month: how requests fared, from audit lines alone, and how far people got with a form, from counters.

use crate::Service;
use crate::post::{Post, Step};
use crate::store::{AuditLine, Store, StoreError};
use jiff::Timestamp;
use model::deadline::danish_day;
use model::field_names::{AGAIN, PROBE};
use model::figures::{Call, Counts, Month};
use model::names::{FormId, KredsSlug, ReasonSlug};
use model::parse::FieldError;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::time::timeout;

/// The longest that a citizen waits for a count.
const LONGEST: Duration = Duration::from_millis(300);

/// Counts that a form was sent for the first time, or which answers were refused. A count that fails or is too slow is
/// missing in the figures, and has no other effect.
pub(crate) async fn count(
    service: &Service,
    form: &FormId,
    kreds: &KredsSlug,
    post: &Post,
    errors: &[FieldError],
    now: Timestamp,
) {
    let is_first = post.step == Step::Review && post.answers.first(AGAIN).is_empty();
    let failed: BTreeSet<_> = errors.iter().map(|error| &error.field).collect();
    if !post.answers.first(PROBE).is_empty() || !is_first && failed.is_empty() {
        return;
    }
    match timeout(LONGEST, service.store.count_form(kreds, form, is_first, &failed, now)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, %form, %kreds, "a form was not counted"),
        Err(_) => tracing::warn!(%form, %kreds, "a form was not counted in time"),
    }
}

/// The exact counts of a month by kreds: input of [`Counts::published`].
pub async fn of_month(store: &Store, month: Month) -> Result<BTreeMap<KredsSlug, Counts>, StoreError> {
    let mut lines = Vec::new();
    for month in month.counted_in() {
        lines.extend(store.request_lines(month).await?);
    }
    let mut counts = counted(month, &lines);
    for form in store.form_counts(month).await? {
        let of_kreds = counts.entry(form.kreds).or_default();
        of_kreds.started += form.started;
        of_kreds.failed.extend(form.failed.into_iter().map(|(field, times)| ((form.form.clone(), field), times)));
    }
    Ok(counts)
}

/// True if requests were counted in a month. The first such month may lack some.
pub async fn was_counting(store: &Store, month: Month) -> Result<bool, StoreError> {
    Ok(store.request_lines(month).await?.iter().any(|line| line.received.is_some()))
}

/// An act in the audit that counts.
#[derive(Debug, PartialEq, Eq)]
enum Deed {
    Called,
    /// A measure is planned or carried out, or the citizen withdrew the request or had it deleted: no call is owed.
    Settled,
    Closed(ReasonSlug),
    Forwarded,
    /// It was no genuine request: spam, a test, a duplicate.
    Discarded,
}

impl Deed {
    fn of(line: &AuditLine) -> Option<Self> {
        match line.what.as_str() {
            "called" | "was called" => Some(Self::Called),
            "measure planned" | "withdrawn" => Some(Self::Settled),
            what if what.starts_with("measure done") => Some(Self::Settled),
            "erased" if !["retention", "restore"].contains(&line.by.as_str()) => Some(Self::Settled),
            what if what.starts_with("discarded ") => Some(Self::Discarded),
            what if what.starts_with("forwarded to ") => Some(Self::Forwarded),
            what => ReasonSlug::parse(what.strip_prefix("closed: ")?).ok().map(Self::Closed),
        }
    }
}

/// Computes the outcomes of a month's requests by the kreds that got them first. `lines` are in chronological order.
fn counted(month: Month, lines: &[AuditLine]) -> BTreeMap<KredsSlug, Counts> {
    let mut acts: BTreeMap<&str, Vec<&AuditLine>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.at < month.settled()) {
        let acts = acts.entry(&line.about).or_default();
        match line.what.strip_prefix("taken back: ") {
            Some(back) => drop(acts.iter().rposition(|act| act.what == back).map(|index| acts.remove(index))),
            None => acts.push(line),
        }
    }
    let mut counts: BTreeMap<KredsSlug, Counts> = BTreeMap::new();
    for line in lines.iter().filter(|line| Month::of(line.at) == month) {
        let Some((kreds, due)) = &line.received else { continue };
        let deeds = acts.get(line.about.as_str()).into_iter().flatten();
        let deeds: Vec<_> = deeds.filter_map(|act| Some((act.at, Deed::of(act)?))).collect();
        let has = |deed: &Deed| deeds.iter().any(|(_, done)| done == deed);
        if has(&Deed::Discarded) {
            continue;
        }
        let of_kreds = counts.entry(kreds.clone()).or_default();
        of_kreds.received += 1;
        of_kreds.forwarded += u32::from(has(&Deed::Forwarded));
        let reason =
            deeds.iter().find_map(|(_, deed)| if let Deed::Closed(reason) = deed { Some(reason) } else { None });
        if let Some(reason) = reason {
            *of_kreds.closed.entry(reason.clone()).or_default() += 1;
        }
        let first = |is: fn(&Deed) -> bool| deeds.iter().find(|(_, deed)| is(deed)).map(|(at, _)| *at);
        let called = first(|deed| *deed == Deed::Called);
        let over = first(|deed| matches!(deed, Deed::Settled | Deed::Closed(_)));
        of_kreds.days.extend(called.map(|called| days(line.at, called)));
        let call = match (called, over) {
            (Some(called), _) if called < *due => Call::InTime,
            (_, Some(over)) if over < *due => Call::NotNeeded,
            (Some(_), _) => Call::Late,
            (None, _) => Call::None,
        };
        *of_kreds.calls.entry(call).or_default() += 1;
    }
    counts
}

/// The calendar days between two times in Denmark.
fn days(from: Timestamp, to: Timestamp) -> u32 {
    let days = danish_day(to).duration_since(danish_day(from)).as_hours() / 24;
    u32::try_from(days).unwrap_or(0)
}

#[cfg(test)]
mod tests;
