//! Places in a file, as editors count them.

use crate::diagnostics::lines::line;

/// A place in a file, as editors count: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Location {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Location {
    /// The first character of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// The place of a byte of `text`. Who asks for many of one text asks its [`Lines`](crate::diagnostics::lines::Lines).
    pub(crate) fn of(text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self { line, column: before[start..].chars().count() + 1 }
    }

    /// The same, where the lines are known.
    pub(super) fn among(text: &str, starts: &[usize], byte: usize) -> Self {
        let byte = if text.is_char_boundary(byte) { byte } else { text.len() };
        let line = starts.partition_point(|start| *start <= byte).max(1);
        let start = starts.get(line - 1).copied().unwrap_or(0);
        Self { line, column: text[start..byte].chars().count() + 1 }
    }

    /// The nearest place that exists in `text`, whose lines begin at `starts`: parsers report the end of a file one line
    /// too far.
    pub(super) fn within(self, text: &str, starts: &[usize]) -> Self {
        let lines = starts.len();
        let row = self.line.clamp(1, lines);
        let length = line(text, starts, row).chars().count();
        let column = if self.line > lines { length + 1 } else { self.column };
        Self { line: row, column: column.clamp(1, length + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::lines::{Lines, line_starts};

    #[test]
    fn a_place_is_counted_in_characters_from_one() {
        let text = "æøå\nx";
        assert_eq!(Location::of(text, 0), Location::START);
        assert_eq!(Location::of(text, "æø".len()), Location { line: 1, column: 3 });
        assert_eq!(Location::of(text, "æøå\n".len()), Location { line: 2, column: 1 });
        assert_eq!(Location::of(text, 99), Location { line: 2, column: 2 });
        let lines = Lines::of(text);
        for byte in 0..9 {
            assert_eq!(lines.spot(byte), Location::of(text, byte), "{byte}");
            assert_eq!(Location::among(text, &line_starts(text), byte), Location::of(text, byte), "{byte}");
        }
    }

    #[test]
    fn a_place_beyond_the_file_becomes_its_end() {
        assert_eq!(
            Location { line: 9, column: 9 }.within("ab\ncde\n", &line_starts("ab\ncde\n")),
            Location { line: 2, column: 4 }
        );
        assert_eq!(
            Location { line: 1, column: 9 }.within("ab\ncde\n", &line_starts("ab\ncde\n")),
            Location { line: 1, column: 3 }
        );
        assert_eq!(Location { line: 0, column: 0 }.within("", &line_starts("")), Location::START);
    }
}
