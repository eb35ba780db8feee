//! Reads the published figures, which the operator's tool writes, and reports manual changes to them.

use super::table::{Row, Table};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{choose_from, excerpt};
use crate::diagnostics::diagnostic::Reporter;
use model::figures::{Call, FIGURES_COLUMNS, LEAST, Measure, Month, Published, is_revealed};
use model::names::KredsSlug;
use std::collections::BTreeMap;

/// The path of the file.
pub(super) const FILE: &str = "data/tal.csv";

/// The word in place of a hidden number.
const HIDDEN: &str = "skjult";

const FETCH: &str = "Hent filen igen med operator figures.";

/// The lines for one kreds and month.
type Lines<'t> = BTreeMap<Measure, (Option<u32>, &'t Row)>;

/// Reads the figures, and reports mistakes in them.
pub(super) fn figures(reporter: Reporter<'_>, kredse: &[&KredsSlug]) -> Published {
    let table = Table::read(reporter, &FIGURES_COLUMNS);
    let mut months: BTreeMap<(Month, &KredsSlug), Lines<'_>> = BTreeMap::new();
    for row in &table.rows {
        let month = month(&table, row);
        let kreds = kreds(&table, row, kredse);
        let Some(measure) = measure(&table, row) else { continue };
        let number = number(&table, row, &measure);
        let (Some(month), Some(kreds), Some(number)) = (month, kreds, number) else { continue };
        if months.entry((month, kreds)).or_default().insert(measure.clone(), (number, row)).is_some() {
            let message = format!("»{measure}« for {kreds} i {month} står her to gange. Slet den ene linje.");
            table.report(row, 2, DiagnosticCode::Twice, message);
        }
    }
    let mut published = Published::new();
    for ((month, kreds), lines) in months {
        report_revealed(&table, &lines);
        let figures = lines.into_iter().map(|(measure, (number, _))| (measure, number)).collect();
        published.entry(month).or_default().insert(kreds.clone(), figures);
    }
    published
}

fn month(table: &Table<'_>, row: &Row) -> Option<Month> {
    let month = Month::parse(row.field(0));
    if month.is_none() {
        let message = format!("»{}« er ikke en måned. Skriv den som 2026-11.", excerpt(row.field(0)));
        table.report(row, 0, DiagnosticCode::BadDate, message);
    }
    month
}

fn kreds<'k>(table: &Table<'_>, row: &Row, kredse: &[&'k KredsSlug]) -> Option<&'k KredsSlug> {
    let kreds = kredse.iter().find(|kreds| kreds.as_str() == row.field(1)).copied();
    if kreds.is_none() {
        let choice = choose_from(row.field(1), kredse.iter().map(|kreds| kreds.as_str()));
        let message = format!("Der er ingen kreds »{}« i kredse/.{choice}.", excerpt(row.field(1)));
        table.report(row, 1, DiagnosticCode::UnknownKreds, message);
    }
    kreds
}

fn measure(table: &Table<'_>, row: &Row) -> Option<Measure> {
    let measure = Measure::parse(row.field(2));
    if measure.is_none() {
        let known = Measure::FIXED.map(|measure| measure.to_string());
        let (shown, choice) = (excerpt(row.field(2)), choose_from(row.field(2), known.iter().map(String::as_str)));
        let message = format!("»{shown}« er ikke noget, der bliver talt.{choice}, lukket:grund, fejl:formular:felt.");
        table.report(row, 2, DiagnosticCode::UnknownChoice, message);
    }
    measure
}

/// Reads a number: `Some(None)` if it is hidden, `None` if it is invalid, which is reported.
fn number(table: &Table<'_>, row: &Row, measure: &Measure) -> Option<Option<u32>> {
    let written = row.field(3);
    if written == HIDDEN {
        return Some(None);
    }
    let is_digits = !written.is_empty() && written.chars().all(|sign| sign.is_ascii_digit());
    match written.parse::<u32>().ok().filter(|_| is_digits) {
        Some(number) if number >= LEAST || *measure == Measure::MedianDays => Some(Some(number)),
        Some(_) => {
            let message = format!("Et tal under {LEAST} må ikke stå her, for så kan nogen genkendes. {FETCH}");
            table.report(row, 3, DiagnosticCode::FigureRevealed, message);
            None
        }
        None => {
            let message = format!("»{}« er hverken et helt tal eller ordet »{HIDDEN}«.", excerpt(written));
            table.report(row, 3, DiagnosticCode::BadNumber, message);
            None
        }
    }
}

/// Reports parts that do not add up to the number received, and numbers from which a hidden one can be computed.
fn report_revealed(table: &Table<'_>, lines: &Lines<'_>) {
    let is_end =
        |measure: &Measure| matches!(measure, Measure::Closed(_) | Measure::ClosedOtherwise | Measure::NotClosed);
    let is_call = |measure: &Measure| Call::ALL.iter().any(|call| *measure == Measure::Call(*call));
    let is_moved = |measure: &Measure| matches!(measure, Measure::Forwarded | Measure::NotForwarded);
    let received = lines.get(&Measure::Received).and_then(|(number, _)| *number);
    for is_part in [&is_call as &dyn Fn(&Measure) -> bool, &is_moved, &is_end] {
        let parts: Vec<_> = lines.iter().filter(|(measure, _)| is_part(measure)).map(|(_, line)| line).collect();
        let numbers: Vec<Option<u32>> = parts.iter().map(|(number, _)| *number).collect();
        let sum: u32 = numbers.iter().flatten().fold(0, |sum, number| sum.saturating_add(*number));
        let Some((_, row)) = parts.iter().find(|(number, _)| number.is_none()).or(parts.first()) else { continue };
        match received {
            Some(received) if sum > received || sum < received && numbers.iter().all(Option::is_some) => {
                let message = format!("Delene giver {sum} tilsammen, og der er modtaget {received}. {FETCH}");
                table.report(row, 3, DiagnosticCode::WrongValue, message);
            }
            Some(received) if is_revealed(received, &numbers) => {
                let message = format!("Det skjulte tal kan regnes ud af de andre. {FETCH}");
                table.report(row, 3, DiagnosticCode::FigureRevealed, message);
            }
            None if sum > 0 => {
                let message = format!("Her står et tal, selv om »modtaget« er skjult for den måned. {FETCH}");
                table.report(row, 3, DiagnosticCode::FigureRevealed, message);
            }
            _ => {}
        }
    }
}
