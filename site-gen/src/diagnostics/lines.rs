//! The lines of a text: where each begins, and the place of a byte among them.

use crate::diagnostics::diagnostic::Location;
use memchr::memchr_iter;
use std::sync::Arc;

/// The bytes where the lines of a text begin; an end is no line.
pub(super) fn line_starts(text: &str) -> Arc<[usize]> {
    let after = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).filter(|start| *start < text.len());
    [0].into_iter().chain(after).collect()
}

/// A line from 1, without its break.
pub(super) fn line<'t>(text: &'t str, starts: &[usize], number: usize) -> &'t str {
    let start = number.checked_sub(1).and_then(|place| starts.get(place)).copied().unwrap_or(text.len());
    let end = starts.get(number).copied().unwrap_or(text.len());
    text[start..end].trim_end_matches('\n')
}

/// The lines of a text, each with its break.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([text.len()]);
    ends.map(move |end| &text[std::mem::replace(&mut start, end)..end]).filter(|line| !line.is_empty())
}

/// The lines of a text, to find the places of many of its bytes.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// The byte where each begins.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let starts = memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, starts: [0].into_iter().chain(starts).collect() }
    }

    /// The place of a byte.
    pub(crate) fn spot(&self, byte: usize) -> Location {
        let byte = if self.text.is_char_boundary(byte) { byte } else { self.text.len() };
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        Location { line, column: self.text[start..byte].chars().count() + 1 }
    }
}
