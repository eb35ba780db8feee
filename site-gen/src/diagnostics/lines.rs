//! Indexes the lines of a text, and converts between byte offsets and locations.

use memchr::{memchr, memchr_iter};

/// A location in a file, as editors count: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Location {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Location {
    /// The first character of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

/// The number of bytes between cached character counts: a line may be long, and have a problem in each word.
const BLOCK: usize = 128;

/// Iterates over the lines of a text, each with its line break and the byte offset of its start.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let (at, rest) = (start, &text[start..]);
        start += memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        (start > at).then(|| (at, &text[at..start]))
    })
}

/// A line index of a text, to locate many of its bytes.
pub(crate) struct Lines {
    /// The byte offset of each line; the end of the text starts no line.
    starts: Vec<usize>,
    /// The number of characters before each block.
    counts: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let (mut starts, mut counts) = (vec![0], vec![0]);
        starts.extend(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).filter(|start| *start < text.len()));
        for block in text.as_bytes().chunks(BLOCK) {
            counts.push(counts.last().map_or(0, |before| before + begun(block)));
        }
        Self { starts, counts }
    }

    /// The location of a byte offset.
    pub(crate) fn spot(&self, text: &str, byte: usize) -> Location {
        let byte = if text.is_char_boundary(byte) { byte } else { text.len() };
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        Location { line, column: self.characters(text, byte) - self.characters(text, start) + 1 }
    }

    /// The nearest location that exists in the text: parsers report the end of a file one line too far.
    pub(super) fn nearest(&self, text: &str, spot: Location) -> Location {
        let row = spot.line.clamp(1, self.starts.len());
        let end = self.spot(text, self.start(text, row) + self.line(text, row).len()).column;
        let column = if spot.line > self.starts.len() { end } else { spot.column };
        Location { line: row, column: column.clamp(1, end) }
    }

    /// The line with a number from 1, without its line break.
    pub(super) fn line<'t>(&self, text: &'t str, number: usize) -> &'t str {
        let end = self.starts.get(number).copied().unwrap_or(text.len());
        text[self.start(text, number)..end].trim_end_matches('\n')
    }

    /// The byte offset of an existing location, relative to the start of its line.
    pub(super) fn byte(&self, text: &str, spot: Location) -> usize {
        let start = self.start(text, spot.line);
        let before = self.characters(text, start) + spot.column - 1;
        let block = self.counts.partition_point(|count| *count <= before).saturating_sub(1);
        let from = (block * BLOCK..text.len()).find(|byte| text.is_char_boundary(*byte)).unwrap_or(text.len());
        let skipped = before - self.characters(text, from).min(before);
        text[from..].char_indices().nth(skipped).map_or(text.len(), |(at, _)| from + at) - start
    }

    fn start(&self, text: &str, number: usize) -> usize {
        number.checked_sub(1).and_then(|place| self.starts.get(place)).copied().unwrap_or(text.len())
    }

    /// The number of characters before a byte offset.
    fn characters(&self, text: &str, byte: usize) -> usize {
        let block = byte / BLOCK;
        self.counts.get(block).map_or(0, |before| before + begun(&text.as_bytes()[block * BLOCK..byte]))
    }
}

/// The number of characters that begin in at most one block, counted in a form that vectorises.
fn begun(bytes: &[u8]) -> usize {
    usize::from(bytes.iter().map(|byte| u8::from(!(0x80..0xc0).contains(byte))).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(line: usize, column: usize) -> Location {
        Location { line, column }
    }

    #[test]
    fn a_location_is_counted_in_characters_from_one() {
        let text = "æøå\nx";
        for (byte, spot) in [(0, at(1, 1)), (4, at(1, 3)), (7, at(2, 1)), (99, at(2, 2))] {
            assert_eq!(Lines::of(text).spot(text, byte), spot, "{byte}");
        }
    }

    #[test]
    fn a_location_beyond_the_file_becomes_its_end() {
        for (text, line, column, spot) in
            [("ab\ncde\n", 9, 9, at(2, 4)), ("ab\ncde\n", 1, 9, at(1, 3)), ("", 0, 0, Location::START)]
        {
            assert_eq!(Lines::of(text).nearest(text, at(line, column)), spot, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn a_location_converts_back_to_its_byte(part in "[aæ€😀\\n]{0,40}", times in 0..30_usize) {
            let text = part.repeat(times);
            let lines = Lines::of(&text);
            for (byte, sign) in text.char_indices() {
                let spot = lines.spot(&text, byte);
                let before = text[..byte].rsplit('\n').next().unwrap_or_default();
                prop_assert_eq!(spot, at(text[..byte].matches('\n').count() + 1, before.chars().count() + 1));
                prop_assert_eq!(lines.nearest(&text, spot), spot);
                prop_assert_eq!(lines.byte(&text, spot), before.len());
                prop_assert!(sign == '\n' || lines.line(&text, spot.line)[before.len()..].starts_with(sign));
            }
        }
    }
}
