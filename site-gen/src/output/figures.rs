//! Writes the published figures as open data: a file for each kreds and one for the country, as CSV and as JSON.

use crate::output::File;
use crate::output::render::RenderError;
use model::figures::{FIGURES_COLUMNS, FIGURES_HEADER, Measure, Month, Published};
use model::names::KredsSlug;
use pages::address;
use serde_json::{Value, json};
use std::iter;

/// One figure: its month, kreds and measure, and the number unless it is hidden.
type Row<'p> = (&'p Month, &'p KredsSlug, &'p Measure, Option<u32>);

/// The files, if anything is published; `kredse` are those with a page.
pub(crate) fn files<'k>(
    published: &Published,
    kredse: impl Iterator<Item = &'k KredsSlug>,
) -> Result<Vec<File>, RenderError> {
    let mut files = Vec::new();
    for kreds in iter::once(None).chain(kredse.map(Some)).filter(|_| !published.is_empty()) {
        let (rows, path) = (rows(published, kreds), address::figures(kreds));
        let csv = format!("{FIGURES_HEADER}\n{}", rows.iter().map(line).collect::<String>());
        let json = serde_json::to_string(&rows.iter().map(object).collect::<Vec<_>>())?;
        for (ending, text) in [("csv", csv), ("json", json)] {
            files.push(File::new(format!("public{}", address::figures_file(&path, ending)), text.as_bytes()));
        }
    }
    Ok(files)
}

/// The figures of a kreds, or of all if `None`.
fn rows<'p>(published: &'p Published, kreds: Option<&KredsSlug>) -> Vec<Row<'p>> {
    let mut rows = Vec::new();
    for (month, kredse) in published {
        for (slug, figures) in kredse.iter().filter(|(slug, _)| kreds.is_none_or(|kreds| kreds == *slug)) {
            rows.extend(figures.iter().map(|(measure, number)| (month, slug, measure, *number)));
        }
    }
    rows
}

fn line((month, slug, measure, number): &Row<'_>) -> String {
    let number = number.map_or_else(|| "skjult".to_owned(), |number| number.to_string());
    format!("{month},{slug},{measure},{number}\n")
}

fn object((month, slug, measure, number): &Row<'_>) -> Value {
    let [a_month, a_kreds, a_measure, a_number] = FIGURES_COLUMNS;
    json!({ a_month: month.to_string(), a_kreds: slug.as_str(), a_measure: measure.to_string(), a_number: number })
}
