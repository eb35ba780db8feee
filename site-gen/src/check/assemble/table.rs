//! Reads the tables of the content, which are CSV files.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::list;
use crate::diagnostics::diagnostic::{Location, Reporter};
use csv::{ReaderBuilder, StringRecord, Trim};

/// The rows of a CSV file below its header.
pub(super) struct Table<'a> {
    pub(super) rows: Vec<Row>,
    /// The first fields of the unusable rows.
    unusable: Vec<String>,
    /// True if reading the file reported no mistake.
    pub(super) is_whole: bool,
    /// True if the first line names the columns.
    has_header: bool,
    pub(super) reporter: Reporter<'a>,
}

/// A row with as many fields as there are columns.
pub(super) struct Row {
    start: usize,
    fields: Vec<String>,
}

impl<'a> Table<'a> {
    /// Reads the file, whose first line must name the columns. Unusable rows are reported and left out.
    pub(super) fn read(reporter: Reporter<'a>, columns: &[&str]) -> Self {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(reporter.text.as_bytes());
        let before = reporter.count();
        let (mut rows, mut unusable) = (Vec::new(), Vec::new());
        let mut records = reader.records().map_while(Result::ok);
        let header = list(columns.iter().copied()).replace(' ', "");
        let first = records.next();
        let has_header = first.as_ref().is_some_and(|record| record.iter().eq(columns.iter().copied()));
        if !has_header {
            let (written, separator) = (reporter.text.lines().next().unwrap_or_default(), [';', '\t']);
            let parts = || written.split(separator).map(str::trim);
            let is_named = |field: &str| columns.contains(&field);
            let named = first.iter().flatten().filter(|field| !field.is_empty());
            // Some programs save tables like this. The other lines then have the same mistake.
            let advice = if parts().eq(columns.iter().copied()) || written.starts_with("sep=") {
                " Gem filen som CSV med komma mellem felterne, ikke semikolon eller tabulator, og uden linjer over."
            } else if named.clone().eq(columns.iter().copied()) {
                " Slet de tomme kolonner."
            } else if named.clone().count() == columns.len() && named.clone().all(is_named) {
                " Kolonnerne står i en anden rækkefølge."
            } else {
                ""
            };
            let message = format!("Første linje skal være »{header}«.{advice}");
            reporter.at(Location::START, DiagnosticCode::TableHeader, message);
            if !advice.is_empty() {
                return Self { rows, unusable, is_whole: false, has_header, reporter };
            }
        }
        // Some programs write empty rows as commas only.
        for record in records.filter(|record| record.iter().any(|field| !field.is_empty())) {
            let row = Row::of(&record, reporter.text);
            if row.fields.len() == columns.len() {
                rows.push(row);
            } else {
                reporter.at_byte(
                    row.start,
                    DiagnosticCode::TableFields,
                    format!(
                        "Linjen skal have {} felter med komma imellem: {header}. Her er {}.{}",
                        columns.len(),
                        row.fields.len(),
                        advice(row.written(reporter.text), row.fields.len() > columns.len())
                    ),
                );
                unusable.push(row.field(0).to_owned());
            }
        }
        // Reported once, because many rows have the same mistake.
        let has_codes = |column: &str| matches!(column, "kode" | "postnr" | "kommuner");
        let short = |row: &&Row| {
            columns.iter().zip(&row.fields).any(|(column, field)| has_codes(column) && field.split(' ').any(is_short))
        };
        if let Some(first) = rows.iter().find(short).filter(|_| rows.iter().filter(short).count() > 3) {
            let message = "Koder på fire cifre har mistet nullet først, som regneark som Excel gør, når de gemmer. Hent filen \
                           igen, og ret den i et program til ren tekst.";
            reporter.at_byte(first.start, DiagnosticCode::BadNumber, message);
            return Self { rows: Vec::new(), unusable, is_whole: false, has_header, reporter };
        }
        Self { rows, unusable, is_whole: reporter.count() == before, has_header, reporter }
    }

    /// Reports a mistake in a field of a row.
    pub(super) fn report(&self, row: &Row, column: usize, code: DiagnosticCode, message: impl Into<String>) {
        self.reporter.at_byte(row.field_start(column, self.reporter.text), code, message);
    }

    /// True if there are a header and at least one row.
    pub(super) const fn is_usable(&self) -> bool {
        self.has_header && !self.rows.is_empty()
    }

    /// Iterates over the first fields of the unusable rows.
    pub(super) fn unusable(&self) -> impl Iterator<Item = &str> {
        self.unusable.iter().map(String::as_str)
    }

    /// True if some row, usable or not, probably has this four-digit code. `461` may be `0461`.
    pub(super) fn mentions(&self, code: &str) -> bool {
        let mut first = self.rows.iter().map(|row| row.field(0)).chain(self.unusable.iter().map(String::as_str));
        first.any(|written| format!("{written:0>4}") == code)
    }

    /// The line number of a row.
    pub(super) fn line(&self, row: &Row) -> usize {
        self.reporter.spot(row.start).line
    }
}

impl Row {
    fn of(record: &StringRecord, text: &str) -> Self {
        let at = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        // The reader's position of a record includes the empty lines before it.
        let empty = text.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        Self { start: at + empty, fields: record.iter().map(str::to_owned).collect() }
    }

    /// The text of a field. Empty beyond the last field.
    pub(super) fn field(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    /// The line on which the row begins.
    fn written<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
    }

    fn field_start(&self, column: usize, text: &str) -> usize {
        let mut quoted = false;
        let row = text.get(self.start..).unwrap_or_default();
        let commas = row.char_indices().filter(|(_, sign)| {
            quoted ^= *sign == '"';
            *sign == ',' && !quoted
        });
        let comma = column.checked_sub(1).and_then(|before| commas.map(|(place, _)| place + 1).nth(before));
        self.start + comma.unwrap_or(0)
    }
}

/// True if the code has lost its leading zero: `101` was `0101`.
fn is_short(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// The advice on a line with too many or too few fields, by the probable cause.
fn advice(line: &str, is_long: bool) -> &'static str {
    match line {
        _ if line.starts_with('#') => " Der kan ikke stå noter i filen. Slet linjen.",
        _ if line.matches('"').count() % 2 == 1 => " Et anførselstegn mangler sin makker.",
        _ if is_long => " Har en tekst et komma, så sæt anførselstegn om den.",
        _ if line.contains([';', '\t']) => " Brug komma, ikke semikolon eller tabulator.",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::diagnostic::Diagnostics;
    use crate::source::read::Source;

    #[test]
    fn errors_are_reported_at_their_field() {
        let source = Source { path: "a.csv".into(), text: "a,b\n\n\"x,y\", æ\n1\n".into() };
        let diagnostics = Diagnostics::default();
        let table = Table::read(source.reporter(&diagnostics), &["a", "b"]);
        assert!(!table.is_whole);
        assert_eq!((table.rows[0].field(0), table.rows[0].field(1)), ("x,y", "æ"));
        assert_eq!(table.line(&table.rows[0]), 3);
        table.report(&table.rows[0], 1, DiagnosticCode::WrongValue, "her");
        let shown: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["a.csv:3:7: her", "a.csv:4:1: Linjen skal have 2 felter med komma imellem: a,b. Her er 1."]);
    }
}
