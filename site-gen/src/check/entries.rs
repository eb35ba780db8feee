//! The entries of a list with one entry per line, ignoring empty lines and `#` comments.

use crate::diagnostics::diagnostic::Location;

/// Iterates over the entries, each with the start of its line.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = (Location, &str)> {
    let lines = text.lines().zip(1..).map(|(line, number)| (Location { line: number, column: 1 }, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
