//! The text of one block as citizens read it, with the source offset of each part.

use crate::diagnostics::lines::lines;
use memchr::memchr;
use std::ops::Range;

/// Replaces code, an image, or an escaped character.
pub(super) const OPAQUE: char = '\u{fffc}';

/// The text of one block.
#[derive(Default)]
pub(super) struct Literal {
    text: String,
    /// The byte offset of each part in the text, and in the source.
    parts: Vec<(usize, usize)>,
    /// The ranges of link texts.
    links: Vec<Range<usize>>,
    /// The end of the last text in the source.
    end: usize,
}

impl Literal {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The lines without line breaks, each with its byte offset in the text.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        lines(&self.text).map(|(at, line)| (at, line.trim_end_matches('\n')))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// True if the text contains one of these ASCII characters.
    pub(super) fn has(&self, signs: impl AsRef<[u8]>) -> bool {
        signs.as_ref().iter().any(|sign| memchr(*sign, self.text.as_bytes()).is_some())
    }

    /// True if the text contains any character of markup. Most texts do not, which is quick to check.
    pub(super) fn has_signs(&self) -> bool {
        let is_sign = |byte| {
            matches!(byte, b'[' | b']' | b'*' | b'_' | b'~' | b'=' | b'&' | b'|' | b':' | b'!' | b'#' | b'^' | b'\t')
        };
        self.text.bytes().fold(false, |any, byte| any | is_sign(byte))
    }

    /// The source offset of a byte of the text.
    pub(super) fn source(&self, byte: usize) -> usize {
        let at = self.parts.partition_point(|(begin, _)| *begin <= byte);
        at.checked_sub(1).and_then(|at| self.parts.get(at)).map_or(0, |(begin, source)| source + byte - begin)
    }

    /// True if the byte is part of a link.
    pub(super) fn is_link(&self, byte: usize) -> bool {
        let before = self.links.partition_point(|link| link.start <= byte);
        before.checked_sub(1).is_some_and(|last| self.links[last].contains(&byte))
    }

    /// Appends the text at this range of `source`.
    pub(super) fn push(&mut self, text: &str, range: &Range<usize>, source: &str) {
        // Backslashes before this offset are literal text.
        let before = source.as_bytes().get(self.end..range.start).unwrap_or_default();
        self.end = range.end;
        // An entity is not a literal character.
        if source.get(range.clone()) != Some(text) {
            return self.push_opaque(range.start);
        }
        let slashes = before.iter().rev().take_while(|byte| **byte == b'\\').count();
        let escaped = usize::from(slashes % 2 == 1 && text.as_bytes().first().is_some_and(u8::is_ascii_punctuation));
        if escaped == 1 {
            self.push_opaque(range.start);
        }
        self.parts.push((self.text.len(), range.start + escaped));
        self.text.push_str(&text[escaped..]);
    }

    /// Appends a replacement for text that is not checked.
    pub(super) fn push_opaque(&mut self, source: usize) {
        self.parts.push((self.text.len(), source));
        self.text.push(OPAQUE);
    }

    pub(super) fn push_break(&mut self, source: usize) {
        self.parts.push((self.text.len(), source));
        self.text.push('\n');
    }

    pub(super) fn begin_link(&mut self) {
        self.links.push(self.text.len()..usize::MAX);
    }

    pub(super) fn end_link(&mut self) {
        if let Some(link) = self.links.last_mut() {
            link.end = self.text.len();
        }
    }

    /// Empties the buffers for reuse by the next block.
    pub(super) fn cleared(mut self) -> Self {
        self.text.clear();
        self.parts.clear();
        self.links.clear();
        self.end = 0;
        self
    }
}
