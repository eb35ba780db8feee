//! Tables whose rows do not fit their columns, and lines with `|` that do not form a table.

use super::Slip;
use super::literal::Literal;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use std::ops::Range;

/// The cells of a row, each with its byte offset in `text`.
fn cells<'t>(text: &'t str, range: &Range<usize>) -> Vec<(usize, &'t str)> {
    let row = text.get(range.clone()).unwrap_or_default().trim_end();
    let mut start = range.start + (row.len() - row.trim_start().len());
    let row = row.trim_start();
    let inner = row.strip_prefix('|').unwrap_or(row);
    start += row.len() - inner.len();
    let mut cells = Vec::new();
    let (mut begin, mut is_escaped) = (0, false);
    for (at, byte) in inner.bytes().enumerate() {
        if byte == b'|' && !is_escaped {
            cells.push((start + begin, inner[begin..at].trim()));
            begin = at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    if begin < inner.len() {
        cells.push((start + begin, inner[begin..].trim()));
    }
    cells
}

/// Warns about columns without a header. The corner above row headers may be empty.
pub(super) fn check_head(text: &str, range: &Range<usize>, found: &mut Vec<Slip>) {
    let cells = cells(text, range);
    let is_corner = |at: usize| at == 0 && cells.iter().skip(1).any(|(_, cell)| !cell.is_empty());
    let empty = cells.iter().enumerate().find(|(at, (_, cell))| cell.is_empty() && !is_corner(*at));
    if let Some((_, (byte, _))) = empty {
        let message =
            "En kolonne i tabellen har ingen overskrift. Skriv i den øverste række, hvad der står i kolonnen.";
        found.push(Slip::warning(*byte, DiagnosticCode::BadTable, message));
    }
}

/// Reports a row with more cells than columns, and warns about one with fewer.
pub(super) fn check_row(text: &str, range: &Range<usize>, columns: usize, found: &mut Vec<Slip>) {
    let cells = cells(text, range);
    let count = cells.len();
    if let Some((byte, cell)) = cells.get(columns) {
        let cell = excerpt(cell);
        let message = format!(
            "Rækken har {count} felter, men tabellen har {columns} kolonner. Borgeren ser ikke »{cell}«. Slet en |, eller \
             giv alle rækker en kolonne mere. Skal borgeren læse tegnet, så skriv \\|."
        );
        found.push(Slip::mistake(*byte, DiagnosticCode::BadTable, message));
    } else if count < columns {
        let row = text.get(range.clone()).unwrap_or_default();
        let start = range.start + row.len() - row.trim_start().len();
        found.push(if row.contains('|') {
            let message =
                format!("Rækken har {count} felter, men tabellen har {columns} kolonner. Tilføj felter med |.");
            Slip::warning(start, DiagnosticCode::BadTable, message)
        } else {
            let message = "Linjen bliver en række i tabellen. Sæt en tom linje efter tabellen.";
            Slip::mistake(start, DiagnosticCode::BadTable, message)
        });
    }
}

/// Reports lines of a paragraph that were meant as a table.
pub(super) fn check_missing(literal: &Literal, found: &mut Vec<Slip>) {
    if !literal.has(b"|\t") {
        return;
    }
    // Spreadsheets and Word paste table cells like this.
    let tabs = |line: &str| {
        let is_cells = line
            .split_once('\t')
            .is_some_and(|(first, _)| first.chars().filter(|sign| sign.is_alphanumeric()).count() > 1);
        if is_cells { line.matches('\t').count() } else { 0 }
    };
    let mut lines = literal.lines().map(|(_, line)| tabs(line));
    if let Some(first) = lines.next().filter(|first| *first > 0)
        && lines.next() == Some(first)
    {
        let message = "Linjerne bliver ikke en tabel, og borgeren læser dem ud i ét. Skriv | om alle felter i stedet for \
                       tabulator, og |---|---| under den øverste række med ét --- for hver kolonne.";
        return found.push(Slip::mistake(literal.source(0), DiagnosticCode::BadTable, message));
    }
    let mut last = 0;
    for (at, line) in literal.lines() {
        let pipes = line.bytes().filter(|byte| *byte == b'|').count();
        if (line.starts_with('|') && pipes > 1) || (pipes > 0 && pipes == last) {
            let message = "Linjerne bliver ikke en tabel, og borgeren ser tegnet |. Der skal være en tom linje før tabellen, \
                           og linjen under den øverste række skal have ét --- for hver kolonne: |---|---|.";
            return found.push(Slip::mistake(literal.source(at), DiagnosticCode::BadTable, message));
        }
        last = pipes;
    }
}
