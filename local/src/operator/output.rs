//! The output of a command: text for people, JSON for programs, and an exit code.

use serde_json::Value;
use std::fmt;

/// The result of a command.
pub(super) struct Output {
    pub(super) text: String,
    pub(super) json: Value,
    needs_human: bool,
}

impl Output {
    pub(super) fn done(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, needs_human: false }
    }

    /// Sets the exit code for something that waits for a human, if `needs_human`.
    pub(super) fn waiting_for_a_human(self, needs_human: bool) -> Self {
        Self { needs_human, ..self }
    }

    pub(super) const fn code(&self) -> u8 {
        if self.needs_human { 3 } else { 0 }
    }
}

/// Escapes characters that could control a terminal, as `\u001b`, which is also valid in JSON.
pub(super) fn printable(text: &str) -> String {
    let steers = |sign: char| {
        sign.is_control() && sign != '\n'
            || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let shown = |sign: char| if steers(sign) { format!("\\u{:04x}", u32::from(sign)) } else { sign.to_string() };
    text.chars().map(shown).collect()
}

/// Rows under headings, with columns as wide as their widest cell.
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|&word| word.to_owned()).collect()] }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The number of rows under the headings.
    pub(super) fn count(&self) -> usize {
        self.rows.len() - 1
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        for row in &self.rows {
            let cells = row.iter().enumerate().map(|(column, cell)| format!("{cell:width$}", width = widest(column)));
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_text_contains_no_terminal_control_characters() {
        assert_eq!(printable("æ\n\u{1b}[31m\u{9b}2J\r\u{7}\u{202e}"), "æ\n\\u001b[31m\\u009b2J\\u000d\\u0007\\u202e");
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_without_trailing_spaces() {
        let mut table = Table::new(&["KREDS", "STATE"]);
        table.row(["sydøstjylland".to_owned(), "x".to_owned()]);
        table.row(["fyn".to_owned(), String::new()]);
        assert_eq!(table.to_string(), "KREDS          STATE\nsydøstjylland  x\nfyn\n");
        assert_eq!(table.count(), 2);
    }
}
