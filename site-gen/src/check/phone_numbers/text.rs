//! The texts of a file as citizens read them, each paragraph on one line, with the offset of each byte in the file.

use super::Digits;
use super::signs::{BLOCK, seen, written_out};
use super::yaml::YamlNotes;
use crate::diagnostics::lines::lines;
use crate::source::front_matter;
use crate::source::read::Source;
use std::borrow::Cow;

/// A text on one line.
#[derive(Default)]
pub(crate) struct Text<'t> {
    pub(crate) line: Cow<'t, str>,
    /// The byte offset in the file where the line starts.
    start: usize,
    /// Further byte offsets in the line, each with its offset in the file; between two of them both advance alike.
    places: Vec<(usize, usize)>,
    /// The parts of the line that may be a number; `None` if there are none.
    pub(crate) digits: Option<Digits>,
    /// True if the next block may continue a number of this one.
    is_block: bool,
}

impl<'t> Text<'t> {
    /// The byte offset in the file of a byte of the line.
    pub(crate) fn place(&self, byte: usize) -> usize {
        let index = self.places.partition_point(|(at, _)| *at <= byte);
        let known = index.checked_sub(1).and_then(|index| self.places.get(index)).copied();
        let (at, place) = known.unwrap_or((0, self.start));
        place + (byte - at)
    }

    /// A single line, for tests.
    #[cfg(test)]
    pub(super) fn of(line: &'t str) -> Self {
        let mut text = Self::default();
        text.add(line, 0);
        text.digits = Digits::of(&text.line);
        text
    }

    /// Appends a part that starts at a byte offset in the file.
    fn add(&mut self, written: &'t str, start: usize) {
        // ASCII, and Latin letters that start with these bytes, look like themselves.
        let is_plain = |byte| matches!(byte, b' '..=b'~' | 0x80..=0xbf | 0xc3..=0xc9) && byte != b'&' && byte != b'\\';
        // Most lines are plain, which is quick to check.
        let is_all_plain = written.bytes().fold(true, |all, byte| all & is_plain(byte));
        if self.line.is_empty() {
            (self.start, self.places) = (start, Vec::new());
            if is_all_plain {
                self.line = written.into();
                return;
            }
        } else {
            self.line.to_mut().push(' ');
            self.places.push((self.line.len(), start));
        }
        let (line, mut rest) = (self.line.to_mut(), written);
        while let Some(special) = rest.bytes().position(|byte| !is_all_plain && !is_plain(byte)) {
            let (plain, from) = rest.split_at(special);
            line.push_str(plain);
            let sign = from.chars().next().unwrap_or(' ');
            let (sign, length) = match sign {
                '&' | '\\' => written_out(from).unwrap_or((sign, 1)),
                _ => (sign, sign.len_utf8()),
            };
            rest = &from[length..];
            let before = line.len();
            line.extend(seen(sign));
            if line.len() - before != length {
                self.places.push((line.len(), start + written.len() - rest.len()));
            }
        }
        line.push_str(rest);
    }

    /// Appends the next block if both together read as one number.
    fn join(&mut self, next: &Self) -> bool {
        let is_rest = |line: &str| {
            line.contains(|sign: char| sign.is_ascii_digit())
                && line.chars().all(|sign| sign.is_ascii_digit() || " .-/,()*_\u{1f}".contains(sign))
        };
        let ends = self.line.trim_end_matches([' ', '*', '_']).ends_with(|sign: char| sign.is_ascii_digit());
        if !self.is_block || !next.is_block || !ends || !is_rest(&next.line) {
            return false;
        }
        let line = self.line.to_mut();
        line.push(BLOCK);
        let begin = line.len();
        line.push_str(&next.line);
        let places = next.places.iter().map(|(at, place)| (begin + at, *place));
        self.places.extend([(begin, next.start)].into_iter().chain(places));
        true
    }
}

/// True if citizens read the file.
fn is_read(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".yaml")
}

/// The texts of a file that citizens may read, without comments for editors.
pub(crate) fn texts(source: &Source) -> Vec<Text<'_>> {
    if !is_read(&source.path) {
        return Vec::new();
    }
    let body = if source.path.ends_with(".yaml") {
        source.text.len()
    } else {
        front_matter::split(&source.text).map_or(0, |(_, body)| body)
    };
    let (mut all, mut notes, mut is_open) = (Vec::<Text<'_>>::new(), YamlNotes::default(), false);
    for (start, line) in lines(&source.text) {
        let line = line.trim_end_matches(['\n', '\r']);
        let part = if start < body { notes.read(line) } else { markdown(line, is_open) };
        let LinePart { from, to, begins, ends, is_block } = part;
        let written = line.get(from..to).unwrap_or_default().trim_end();
        let trimmed = written.trim_start();
        if trimmed.is_empty() {
            is_open = false;
            continue;
        }
        let place = start + from + (written.len() - trimmed.len());
        if begins || !is_open {
            all.push(Text { is_block, ..Text::default() });
        }
        if let Some(text) = all.last_mut() {
            text.add(trimmed, place);
        }
        is_open = !ends;
    }
    all.dedup_by(|next, text| text.join(next));
    all.iter_mut().for_each(|text| text.digits = Digits::of(&text.line));
    all
}

/// The part of a line that citizens read, and how it connects to the lines around it.
pub(crate) struct LinePart {
    pub(super) from: usize,
    pub(crate) to: usize,
    pub(super) begins: bool,
    pub(super) ends: bool,
    pub(super) is_block: bool,
}

fn markdown(line: &str, is_open: bool) -> LinePart {
    let quoted = line.trim_start_matches([' ', '\t', '>']);
    let mut from = line.len() - quoted.len();
    let is_item = ["- ", "* ", "+ ", "\u{2022} ", "\u{2022}\t", "-\t"].iter().find(|mark| quoted.starts_with(**mark));
    if let Some(mark) = is_item {
        from += mark.len();
    }
    let is_numbered = {
        let rest = quoted.trim_start_matches(|sign: char| sign.is_ascii_digit());
        rest.len() < quoted.len() && (rest.starts_with(". ") || rest.starts_with(") "))
    };
    let is_heading = quoted.starts_with('#');
    let is_row = quoted.starts_with('|');
    let is_line = !quoted.is_empty() && quoted.bytes().all(|sign| matches!(sign, b'-' | b'=' | b'*' | b'_' | b' '));
    // A numbered line within a paragraph may continue a number: `33.` starts a list only outside a paragraph.
    let begins = is_item.is_some() || is_heading || is_row || (is_numbered && !is_open);
    let to = if is_line { from } else { line.len() };
    LinePart { from, to, begins, ends: is_heading || is_row, is_block: !is_heading && !is_row }
}
