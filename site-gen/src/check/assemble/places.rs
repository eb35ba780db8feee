//! Reads kommuner, postcodes and other place names, and combines them with the kredse into an atlas.

use super::kredse::KredsDraft;
use super::layout::Layout;
use super::table::{Row, Table};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{choose_from, excerpt, hint, list, order, suggestion};
use model::atlas::{Atlas, AtlasParts, BadAtlas, Kommune, OtherName, PostalArea};
use model::names::{FormId, KommuneCode, KredsSlug, Postcode};
use std::collections::{BTreeMap, BTreeSet};

/// Combines all places into an atlas. `None` if they are inconsistent, which is reported.
pub(super) fn atlas(
    layout: &Layout<'_>,
    Kommuner { all: kommuner, is_whole, table }: Kommuner<'_>,
    kredse: &[KredsDraft<'_>],
    forms: Vec<FormId>,
) -> Option<Atlas> {
    let kommune_table = table?;
    let postcode_table = Table::read(layout.file("data/postnumre.csv")?, &["postnr", "navn", "kommuner"]);
    let name_table = layout.file("data/stednavne.csv").map(|reporter| Table::read(reporter, &["navn", "kommuner"]));
    let mut postal_areas: Vec<PostalArea> =
        postcode_table.rows.iter().filter_map(|row| area(row, &postcode_table)).collect();
    let names =
        name_table.iter().flat_map(|table| table.rows.iter().filter_map(|row| other_name(row, table))).collect();
    name_table.iter().for_each(report_names_twice);
    let without_postcode = without_postcode(&kommuner, &postal_areas);
    let is_all = is_whole && postcode_table.is_whole && postal_areas.len() == postcode_table.rows.len();
    postal_areas.sort_by(|one, other| one.code.cmp(&other.code));
    let kreds_parts = kredse.iter().map(|draft| draft.kreds.clone()).collect();
    let parts = AtlasParts { kredse: kreds_parts, kommuner, postal_areas, names, forms };
    let faults = match Atlas::new(parts) {
        Ok(atlas) => {
            if is_all && !without_postcode.is_empty() {
                postcode_table.reporter.file(DiagnosticCode::MissingKommune, half(&without_postcode));
            }
            return Some(atlas);
        }
        Err(faults) => faults,
    };
    // A kommune without a row is reported once, where it is first used.
    let mut reported = BTreeSet::new();
    for fault in &faults {
        match fault {
            BadAtlas::Twice(code) => {
                report_twice(code, &kommune_table);
                report_twice(code, &postcode_table);
            }
            BadAtlas::NoSuchKreds { kommune, kreds } => {
                // A folder whose kreds.md is missing has been reported.
                if !layout.kredse.contains_key(kreds) {
                    report_unknown_kreds(kommune, kreds, layout, &kommune_table);
                }
            }
            // Every kommune would be missing from an unreadable list.
            BadAtlas::NoSuchKommune { .. } | BadAtlas::NoSuchKommuneOfName { .. } if !kommune_table.is_usable() => {}
            BadAtlas::NoSuchKommune { kommune, .. } | BadAtlas::NoSuchKommuneOfName { kommune, .. }
                if !kommune.is_empty() && !reported.insert(kommune) => {}
            BadAtlas::NoSuchKommune { postcode, kommune } => {
                report_unknown_kommune(postcode.as_str(), kommune, &postcode_table, &kommune_table);
            }
            BadAtlas::NoSuchKommuneOfName { name, kommune } => {
                if let Some(table) = &name_table {
                    report_unknown_kommune(name, kommune, table, &kommune_table);
                }
            }
            BadAtlas::EmptyKreds(slug) => {
                // Its kommune may be in a row that could not be read.
                let is_meant = || faults.iter().any(|fault| means(fault, slug, layout));
                if let Some(draft) = kredse.iter().find(|draft| draft.kreds.slug == *slug && is_whole && !is_meant()) {
                    let advice = "Hver kreds skal have mindst én kommune i data/kommuner.csv.";
                    draft.reporter.file(
                        DiagnosticCode::MissingKommune,
                        format!("Ingen kommune hører til kredsen »{slug}«. {advice}"),
                    );
                }
            }
            BadAtlas::NoMailbox { kreds, form } => {
                if let Some(draft) = kredse.iter().find(|draft| draft.kreds.slug == *kreds) {
                    draft.mailboxes.report_missing(form, draft.reporter);
                }
            }
            // It is reported at its location when the kreds is read.
            BadAtlas::SecondMailbox(_) => {}
        }
    }
    None
}

/// The usable kommuner in Danish order, even if the places are inconsistent.
pub(super) struct Kommuner<'a> {
    pub(super) all: Vec<Kommune>,
    /// True if every row is usable.
    pub(super) is_whole: bool,
    /// `None` if the file is missing.
    table: Option<Table<'a>>,
}

/// Reads the kommuner.
pub(super) fn kommuner<'a>(layout: &Layout<'a>) -> Kommuner<'a> {
    let Some(reporter) = layout.file("data/kommuner.csv") else {
        return Kommuner { all: Vec::new(), is_whole: false, table: None };
    };
    let table = Table::read(reporter, &["kode", "navn", "kreds"]);
    let mut all: Vec<Kommune> = table.rows.iter().filter_map(|row| kommune(row, &table)).collect();
    let is_whole = table.is_whole && all.len() == table.rows.len();
    all.sort_by_cached_key(|kommune| (order(&kommune.name), kommune.code.clone()));
    Kommuner { all, is_whole, table: Some(table) }
}

/// The names of the kommuner without a postcode.
fn without_postcode(kommuner: &[Kommune], postal_areas: &[PostalArea]) -> Vec<String> {
    let served: BTreeSet<&KommuneCode> = postal_areas.iter().flat_map(|area| &area.kommuner).collect();
    kommuner.iter().filter(|kommune| !served.contains(&kommune.code)).map(|kommune| kommune.name.clone()).collect()
}

/// The message about kommuner without postcodes. Every kommune has one, so the list is probably truncated.
fn half(missing: &[String]) -> String {
    let (shown, more) = (list(missing.iter().take(3).map(String::as_str)), missing.len().saturating_sub(3));
    let more = if more == 0 { String::new() } else { format!(" og {more} andre") };
    format!(
        "Ingen postnumre hører til disse kommuner: {shown}{more}. Er filen hel? Hent den eventuelt fra en tidligere udgave."
    )
}

/// Reports a name with two rows, of which only one would be used.
fn report_names_twice(table: &Table<'_>) {
    let mut seen = BTreeMap::new();
    for row in &table.rows {
        let (name, line) = (row.field(0), table.line(row));
        let first = *seen.entry(name.to_lowercase()).or_insert(line);
        if first != line && !name.is_empty() {
            let advice = "Skriv alle kommunerne på den ene, og slet den anden.";
            let message = format!("»{name}« står her to gange; første gang i linje {first}. {advice}");
            table.report(row, 0, DiagnosticCode::Twice, message);
        }
    }
}

/// True if the error is probably a typo in the name of this kreds.
fn means(fault: &BadAtlas, slug: &KredsSlug, layout: &Layout<'_>) -> bool {
    let known = || layout.kredse.keys().map(KredsSlug::as_str);
    matches!(fault, BadAtlas::NoSuchKreds { kreds, .. } if suggestion(kreds.as_str(), known()) == Some(slug.as_str()))
}

fn kommune(row: &Row, table: &Table<'_>) -> Option<Kommune> {
    let code = KommuneCode::parse(row.field(0)).ok();
    if code.is_none() {
        let shown = excerpt(row.field(0));
        table.report(
            row,
            0,
            DiagnosticCode::BadNumber,
            format!("Kommunens kode skal være fire cifre, for eksempel 0751. Her står »{shown}«."),
        );
    }
    let kreds = KredsSlug::parse(row.field(2)).ok();
    if kreds.is_none() {
        let shown = excerpt(row.field(2));
        table.report(
            row,
            2,
            DiagnosticCode::UnknownKreds,
            format!("Kredsen skal være navnet på en mappe i kredse/. Her står »{shown}«."),
        );
    }
    Some(Kommune { code: code?, name: name(row, table), kreds: kreds? })
}

fn area(row: &Row, table: &Table<'_>) -> Option<PostalArea> {
    let code = Postcode::parse(row.field(0)).ok();
    if code.is_none() {
        let shown = excerpt(row.field(0));
        table.report(
            row,
            0,
            DiagnosticCode::BadNumber,
            format!("Postnummeret skal være fire cifre, for eksempel 8370. Her står »{shown}«."),
        );
    }
    let kommuner = codes(row, 2, table);
    Some(PostalArea { code: code?, name: name(row, table), kommuner: kommuner? })
}

fn other_name(row: &Row, table: &Table<'_>) -> Option<OtherName> {
    if row.field(0).is_empty() {
        table.report(row, 0, DiagnosticCode::EmptyValue, "Navnet mangler. Skriv det før kommaet.");
    }
    Some(OtherName { name: row.field(0).to_owned(), kommuner: codes(row, 1, table)? })
}

fn codes(row: &Row, column: usize, table: &Table<'_>) -> Option<Vec<KommuneCode>> {
    let codes = row.field(column).split_whitespace().map(|code| KommuneCode::parse(code).ok()).collect();
    if Option::is_none(&codes) {
        let shown = excerpt(row.field(column));
        let rule = "Kommuner skal være koder på fire cifre med mellemrum imellem, for eksempel »0710 0751«.";
        table.report(row, column, DiagnosticCode::WrongValue, format!("{rule} Her står »{shown}«."));
    }
    codes
}

fn name(row: &Row, table: &Table<'_>) -> String {
    if row.field(1).is_empty() {
        table.report(row, 1, DiagnosticCode::EmptyValue, "Navnet mangler. Skriv det mellem de to kommaer.");
    }
    row.field(1).to_owned()
}

fn report_twice(code: &str, table: &Table<'_>) {
    let mut rows = table.rows.iter().filter(|row| row.field(0) == code);
    let Some(first) = rows.next() else { return };
    for row in rows {
        let line = table.line(first);
        table.report(
            row,
            0,
            DiagnosticCode::Twice,
            format!("»{code}« står her to gange; første gang i linje {line}. Slet den ene linje."),
        );
    }
}

fn report_unknown_kreds(kommune: &KommuneCode, kreds: &KredsSlug, layout: &Layout<'_>, table: &Table<'_>) {
    let is_it = |row: &&Row| row.field(0) == kommune.as_str() && row.field(2) == kreds.as_str();
    for row in table.rows.iter().filter(is_it) {
        let (name, choice) = (row.field(1), choose_from(kreds.as_str(), layout.kredse.keys().map(KredsSlug::as_str)));
        let message = format!("Kommunen {name} hører til kredsen »{kreds}«, som ikke har en mappe i kredse/.{choice}.");
        table.report(row, 2, DiagnosticCode::UnknownKreds, message);
    }
}

/// Reports each row of a postcode or place name that refers to an unknown kommune or to none.
fn report_unknown_kommune(first: &str, kommune: &str, table: &Table<'_>, kommuner: &Table<'_>) {
    // The unusable row of that kommune has been reported.
    if kommuner.mentions(kommune) {
        return;
    }
    for row in table.rows.iter().filter(|row| row.field(0) == first) {
        let (column, noun) = if Postcode::parse(first).is_ok() { (2, "Postnummer") } else { (1, "Navnet") };
        if row.field(column).is_empty() {
            table.report(
                row,
                column,
                DiagnosticCode::MissingKommune,
                format!("{noun} {first} har ingen kommune. Skriv mindst én kode fra data/kommuner.csv."),
            );
        } else if row.field(column).split_whitespace().any(|code| code == kommune) {
            let known = kommuner.rows.iter().map(|row| row.field(0));
            let hint = hint(kommune, known);
            let advice = "Ret koden, eller tilføj kommunen dér.";
            table.report(
                row,
                column,
                DiagnosticCode::UnknownKommune,
                format!("{noun} {first} nævner kommunen {kommune}, som ikke står i data/kommuner.csv.{hint} {advice}"),
            );
        }
    }
}
