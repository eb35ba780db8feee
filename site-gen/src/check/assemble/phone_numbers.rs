//! Reads the list of telephone numbers that may be published.

use super::table::{Row, Table};
use crate::check::phone_numbers::{Approved, plain};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Diagnostics, Reporter};
use crate::source::read::Source;
use model::phone::Phone;
use std::collections::BTreeSet;

/// The path of the list.
pub(super) const FILE: &str = "data/telefonnumre.csv";

/// Reads the numbers that may be published, without reporting mistakes in their list.
pub(crate) fn approved_numbers(sources: &[Source]) -> Approved {
    let unreported = Diagnostics::default();
    let lines = sources.iter().find(|source| source.path == FILE);
    lines.and_then(|source| approved(source.reporter(&unreported))).unwrap_or_default()
}

/// Reads the list. `None` if it is unreadable, so that not every number on the site is reported as well.
pub(super) fn approved(reporter: Reporter<'_>) -> Option<Approved> {
    let table = Table::read(reporter, &["nummer", "hvem", "kilde"]);
    if table.rows.is_empty() && table.is_whole {
        let advice = "Hent listen fra en tidligere udgave.";
        reporter.file(DiagnosticCode::EmptyFile, format!("Listen har ingen telefonnumre. {advice}"));
    }
    if !table.is_usable() || reporter.text.matches('"').count() % 2 == 1 {
        return None;
    }
    // A number on an invalid line counts as approved, so that only the line is reported.
    let unusable = table.unusable().filter(|number| is_number(number));
    let mut approved: Approved = unusable.map(|number| (plain(number), number.to_owned())).collect();
    let mut known = BTreeSet::new();
    for row in &table.rows {
        let (number, whose, source) = (row.field(0), row.field(1), row.field(2));
        if !is_number(number) {
            let rule = if number.contains('#') {
                "Der kan ikke stå noter i filen. Slet alt efter nummeret."
            } else if number.contains([',', ';', '/']) || number.contains(" og ") {
                "Skriv ét nummer på hver linje."
            } else {
                "Skriv et nummer, en borger kan ringe til, for eksempel 114 eller 96 30 14 48."
            };
            table.report(
                row,
                0,
                DiagnosticCode::BadNumberLine,
                format!("»{}« er ikke et telefonnummer. {rule}", excerpt(number)),
            );
            continue;
        }
        report_empty(&table, row, 1, whose, "Skriv, hvem man taler med, når man ringer til nummeret.");
        report_empty(&table, row, 2, source, "Skriv, hvor nummeret er fra, så andre kan se efter, om det er rigtigt.");
        approved.insert(plain(number), number.to_owned());
        if !known.insert(plain(number)) {
            table.report(row, 0, DiagnosticCode::Twice, format!("{number} står her to gange. Slet den ene linje."));
        }
    }
    Some(approved)
}

fn report_empty(table: &Table<'_>, row: &Row, column: usize, value: &str, advice: &str) {
    if value.is_empty() {
        table.report(row, column, DiagnosticCode::BadNumberLine, format!("Feltet er tomt. {advice}"));
    }
}

/// Accepts a full telephone number, or a short one such as 114.
fn is_number(written: &str) -> bool {
    let is_short = (3..=6).contains(&written.len()) && written.starts_with('1');
    Phone::parse(written).is_ok() || is_short && written.chars().all(|sign| sign.is_ascii_digit())
}
