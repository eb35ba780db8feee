//! Strips comments from YAML lines, exactly as a YAML parser does.

use super::text::LinePart;

/// The parser state at the start of a line.
#[derive(Default)]
pub(crate) struct YamlNotes {
    /// The quotation mark that is still open.
    quote: Option<u8>,
    /// The indentation of the key of an open block scalar (`|` or `>`), which contains no comments.
    block: Option<usize>,
}

impl YamlNotes {
    /// The part of the next line that citizens read.
    pub(crate) fn read(&mut self, line: &str) -> LinePart {
        let trimmed = line.trim_start_matches([' ', '\t']);
        let indent = line.len() - trimmed.len();
        if let Some(deeper) = self.block {
            if trimmed.is_empty() || indent > deeper {
                return LinePart { from: indent, to: line.len(), begins: false, ends: false, is_block: true };
            }
            self.block = None;
        }
        let content = trimmed.trim_start_matches("- ").trim_start_matches(' ');
        let name = line.len() - content.len();
        let begins = trimmed.starts_with("- ") || trimmed == "-" || is_named(content);
        if begins {
            // A quotation mark still open here was an ordinary character.
            self.quote = None;
        }
        let end = if line == "---" { 0 } else { self.note(line) };
        let reported = line[..end].trim_end();
        let is_text = reported.rsplit(' ').next().is_some_and(is_indicator) && reported.len() > name;
        if is_text {
            self.block = Some(name);
        }
        let to = if is_text { reported.rfind(['|', '>']).unwrap_or(end) } else { end };
        LinePart { from: 0, to, begins, ends: false, is_block: false }
    }

    /// The byte offset where the comment of a line starts, or the line ends.
    fn note(&mut self, line: &str) -> usize {
        let bytes = line.as_bytes();
        let mut from = 0;
        let is_sign = |byte: &u8| matches!(byte, b'#' | b'"' | b'\'' | b'\\');
        while let Some(at) = bytes.get(from..).and_then(|rest| rest.iter().position(is_sign)).map(|at| from + at) {
            let (sign, next) = (bytes[at], bytes.get(at + 1));
            from = at + 1;
            // The previous character, and the last one that is not a space.
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

/// True for `|`, `>-` or `|2`, which start a block scalar.
fn is_indicator(word: &str) -> bool {
    word.starts_with(['|', '>']) && word[1..].chars().all(|sign| sign == '-' || sign == '+' || sign.is_ascii_digit())
}

/// True if a line starts with a key and a colon.
fn is_named(content: &str) -> bool {
    let is_name = |sign: char| sign.is_alphanumeric() || "_-\"'".contains(sign);
    let rest = content.trim_start_matches(is_name);
    rest.len() < content.len() && (rest == ":" || rest.starts_with(": "))
}
