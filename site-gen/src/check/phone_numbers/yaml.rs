//! Lines of YAML without their notes to editors: what the reader of YAML passes over, and no more.

use super::text::Note;

/// The state of YAML at the beginning of a line: whatever is open there.
#[derive(Default)]
pub(crate) struct Notes {
    /// The quotation mark that is not closed yet.
    quote: Option<u8>,
    /// The indentation of the name whose text follows in lines of its own, after `|` or `>`: nothing there is a note.
    block: Option<usize>,
}

impl Notes {
    /// The part of the next line that citizens read; `is_open` if a text is open, which may go on with it.
    pub(crate) fn read(&mut self, line: &str, is_open: bool) -> Note {
        let trimmed = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - trimmed.len();
        if let Some(deeper) = self.block {
            if trimmed.is_empty() || indent > deeper {
                return Note { from: indent, to: line.len(), begins: false, ends: false, is_block: true };
            }
            self.block = None;
        }
        let content = trimmed.trim_start_matches("- ").trim_start_matches(' ');
        let name = line.len() - content.len();
        let begins = trimmed.starts_with("- ") || trimmed == "-" || is_named(content);
        if begins {
            // A mark that is not closed by then was none.
            self.quote = None;
        }
        let end = if line == "---" { 0 } else { self.note(line) };
        let reported = line[..end].trim_end();
        let is_text = reported.rsplit(' ').next().is_some_and(is_indicator) && reported.len() > name;
        if is_text {
            self.block = Some(name);
        }
        let to = if is_text { reported.rfind(['|', '>']).unwrap_or(end) } else { end };
        Note { from: 0, to, begins: begins || !is_open, ends: false, is_block: false }
    }

    /// The byte where the note of a line begins, or the line ends.
    fn note(&mut self, line: &str) -> usize {
        let bytes = line.as_bytes();
        let mut from = 0;
        let is_sign = |byte: &u8| matches!(byte, b'#' | b'"' | b'\'' | b'\\');
        while let Some(at) = bytes.get(from..).and_then(|rest| rest.iter().position(is_sign)).map(|at| from + at) {
            let (sign, next) = (bytes[at], bytes.get(at + 1));
            from = at + 1;
            // The sign before, and the last that is no blank.
            let before = line[..at].chars().next_back().unwrap_or(' ');
            let word = line[..at].trim_end_matches([' ', '\t']).chars().next_back().unwrap_or(':');
            match self.quote {
                Some(b'"') if sign == b'\\' => from += 1,
                Some(b'\'') if sign == b'\'' && next == Some(&sign) => from += 1,
                Some(mark) if sign == mark => self.quote = None,
                None if sign == b'#' && (before == ' ' || before == '\t') => return at,
                None if b"\"'".contains(&sign) && ":,[{-".contains(word) && (before == ' ' || before == word) => {
                    self.quote = Some(sign);
                }
                _ => {}
            }
        }
        line.len()
    }
}

/// `|`, `>-` or `|2`, after which lines of text follow.
fn is_indicator(word: &str) -> bool {
    word.starts_with(['|', '>']) && word[1..].chars().all(|sign| sign == '-' || sign == '+' || sign.is_ascii_digit())
}

/// True if a name and its colon stand first.
fn is_named(content: &str) -> bool {
    let is_name = |sign: char| sign.is_alphanumeric() || "_-\"'".contains(sign);
    let rest = content.trim_start_matches(is_name);
    rest.len() < content.len() && (rest == ":" || rest.starts_with(": "))
}
