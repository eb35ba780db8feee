//! The published figures as open data: a file for each kreds and one for the country, as CSV and as JSON.

use crate::output::File;
use crate::output::render::RenderError;
use model::figures::{FIGURES_COLUMNS, FIGURES_HEADER, Published};
use model::names::KredsSlug;
use pages::address;
use serde_json::json;

/// The files, if anything is published; `kredse` are those that have a page.
pub(crate) fn files<'k>(
    published: &Published,
    kredse: impl Iterator<Item = &'k KredsSlug>,
) -> Result<Vec<File>, RenderError> {
    let mut files = Vec::new();
    for kreds in [None].into_iter().chain(kredse.map(Some)).filter(|_| !published.is_empty()) {
        let of_all =
            published.iter().flat_map(|(month, kredse)| kredse.iter().map(move |(slug, of)| (month, slug, of)));
        let of_page = of_all.filter(|(_, slug, _)| kreds.is_none_or(|kreds| kreds == *slug));
        let rows = of_page.flat_map(|(month, slug, of)| of.iter().map(move |(of, number)| (month, slug, of, number)));
        let rows: Vec<_> = rows.collect();
        let line = |(month, slug, of, number): &(_, _, _, &Option<u32>)| {
            let number = number.map_or_else(|| "skjult".to_owned(), |number| number.to_string());
            format!("{month},{slug},{of},{number}\n")
        };
        let csv = format!("{FIGURES_HEADER}\n{}", rows.iter().map(line).collect::<String>());
        let [a_month, a_kreds, a_measure, a_number] = FIGURES_COLUMNS;
        let object = |(month, slug, of, number): &(&model::figures::Month, &KredsSlug, &model::figures::Measure, _)| json!({ a_month: month.to_string(), a_kreds: slug.as_str(), a_measure: of.to_string(), a_number: number });
        let json = serde_json::to_string(&rows.iter().map(object).collect::<Vec<_>>()).map_err(RenderError::Figures)?;
        let path = address::figures(kreds);
        for (ending, text) in [("csv", csv), ("json", json)] {
            files.push(File::new(format!("public{}", address::figures_file(&path, ending)), text.as_bytes()));
        }
    }
    Ok(files)
}
