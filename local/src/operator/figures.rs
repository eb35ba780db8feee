//! The command that writes the publishable figures by month; months already in the file stay unchanged.

use super::Tool;
use super::failure::Failure;
use super::output::Output;
use super::words::count;
use function::figures::{of_month, was_counting};
use jiff::Timestamp;
use model::figures::{FIGURES_HEADER, Figures, Month};
use model::names::{KredsSlug, ReasonSlug};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

/// Number of months to write if no first month is named.
const MONTHS: i64 = 12;

/// Adds the months that are not in the file yet.
pub(super) async fn figures(tool: &Tool, from: Option<&str>, to: Option<&str>, out: &Path) -> Result<Output, Failure> {
    let (from, to) = months(from, to, tool.now())?;
    let before = match std::fs::read_to_string(out) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        read => read.map_err(|error| Failure::usage(format!("{} cannot be read ({error})", out.display())))?,
    };
    let kept = months_in(&before).ok_or_else(|| {
        Failure::usage(format!("{} is no file of figures: look at it with site-gen check", out.display()))
    })?;
    let store = tool.service.store();
    let reasons: Vec<ReasonSlug> =
        tool.service.catalog().await?.reasons().iter().map(|reason| reason.slug.clone()).collect();
    let kredse = store.kredse().await?;
    let mut added: BTreeMap<Month, BTreeMap<KredsSlug, Figures>> = BTreeMap::new();
    let (mut left_out, mut is_whole) = (Vec::new(), was_counting(store, from.plus(-1)).await?);
    let mut month = from;
    while month <= to {
        if !is_whole {
            left_out.push(month);
            is_whole = was_counting(store, month).await?;
        } else if !kept.contains(&month) {
            let mut counts = of_month(store, month).await?;
            // Every kreds has a line, even without requests.
            for kreds in &kredse {
                counts.entry(kreds.clone()).or_default();
            }
            let published = counts.into_iter().map(|(kreds, counts)| (kreds, counts.published(&reasons)));
            added.insert(month, published.collect());
        }
        month = month.plus(1);
    }
    if !added.is_empty() {
        std::fs::write(out, written(&before, &added)).map_err(|error| Failure::unwritten(out, &error))?;
    }
    let numbers = || added.values().flat_map(BTreeMap::values).flat_map(BTreeMap::values);
    let (hidden, shown) = (numbers().filter(|number| number.is_none()).count(), numbers().flatten().count());
    let text = match added.len() {
        0 => "No month is added.".to_owned(),
        months => format!(
            "{} added to {}: {} shown, {hidden} hidden.\nLook at it, and commit it as content.",
            count(months, "month"),
            out.display(),
            count(shown, "number")
        ),
    };
    let left = match left_out.len() {
        0 => String::new(),
        months => format!("\nLeft out, because not all of it was counted: {}.", count(months, "month")),
    };
    let names = |months: &mut dyn Iterator<Item = &Month>| months.map(ToString::to_string).collect::<Vec<_>>();
    Ok(Output::done(
        format!("{text}{left}"),
        json!({
            "added": names(&mut added.keys()), "kept": names(&mut kept.iter()), "left_out": names(&mut left_out.iter()),
            "hidden": hidden, "shown": shown,
        }),
    ))
}

/// The first and the last month to write.
fn months(from: Option<&str>, to: Option<&str>, now: Timestamp) -> Result<(Month, Month), Failure> {
    let last = (1..).map(|months| Month::of(now).plus(-months)).find(|month| month.settled() <= now);
    let last = last.ok_or_else(|| Failure::usage("No month is settled"))?;
    let to = to.map_or(Ok(last), parsed)?;
    if to > last {
        return Err(Failure::usage(format!("{to} is not settled yet. The last month that is settled is {last}")));
    }
    let from = from.map_or_else(|| Ok(to.plus(1 - MONTHS)), parsed)?;
    Ok((from, to))
}

/// Parses the month that an operator names.
pub(super) fn parsed(month: &str) -> Result<Month, Failure> {
    Month::parse(month).ok_or_else(|| Failure::usage("A month is written as 2026-11"))
}

/// The months in a file of figures; `None` if it is not such a file.
fn months_in(text: &str) -> Option<BTreeSet<Month>> {
    let mut lines = text.lines();
    if lines.next().is_some_and(|first| first != FIGURES_HEADER) {
        return None;
    }
    lines.map(|line| Month::parse(line.split(',').next()?)).collect()
}

/// The file with the added months, sorted.
fn written(before: &str, added: &BTreeMap<Month, BTreeMap<KredsSlug, Figures>>) -> String {
    let mut lines: BTreeSet<String> = before.lines().skip(1).map(str::to_owned).collect();
    for (month, kredse) in added {
        for (kreds, figures) in kredse {
            let shown = |number: &Option<u32>| number.map_or_else(|| "skjult".to_owned(), |number| number.to_string());
            lines.extend(figures.iter().map(|(of, number)| format!("{month},{kreds},{of},{}", shown(number))));
        }
    }
    [FIGURES_HEADER.to_owned()].into_iter().chain(lines).map(|line| line + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::figures::{Call, Measure};

    #[test]
    fn only_settled_months_are_written_and_by_default_those_of_the_last_year() {
        let now = "2027-02-10T08:00:00Z".parse().unwrap();
        let of = |from, to| months(from, to, now).map(|(from, to)| format!("{from} {to}")).ok();
        assert_eq!(of(None, None).as_deref(), Some("2025-12 2026-11"));
        assert_eq!(of(Some("2026-10"), Some("2026-11")).as_deref(), Some("2026-10 2026-11"));
        assert_eq!((of(None, Some("2026-12")), of(Some("2026"), None)), (None, None));
    }

    #[test]
    fn months_in_the_file_are_kept_and_lines_are_sorted() {
        let before = format!("{FIGURES_HEADER}\n2026-11,fyn,modtaget,17\n");
        assert_eq!(months_in(&before), Some(BTreeSet::from([Month::parse("2026-11").unwrap()])));
        assert_eq!(months_in(""), Some(BTreeSet::new()));
        assert_eq!((months_in("a,b\n"), months_in(&format!("{before}x,fyn\n"))), (None, None));
        let figures = Figures::from([(Measure::Received, Some(12)), (Measure::Call(Call::Late), None)]);
        let kredse = BTreeMap::from([(KredsSlug::parse("fyn").unwrap(), figures)]);
        let text = written(&before, &BTreeMap::from([(Month::parse("2026-10").unwrap(), kredse)]));
        let lines = "2026-10,fyn,modtaget,12\n2026-10,fyn,ringet-for-sent,skjult\n2026-11,fyn,modtaget,17\n";
        assert_eq!(text, format!("{FIGURES_HEADER}\n{lines}"));
    }
}
