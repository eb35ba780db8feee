//! The entries of a list with one on each line, between empty lines and comments behind `#`.

use crate::diagnostics::diagnostic::Location;

/// Each entry, and where its line begins.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = (Location, &str)> {
    let lines = text.lines().zip(1..).map(|(line, number)| (Location { line: number, column: 1 }, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
