//! Cuts out the part of a line around a problem and makes it printable.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The maximum number of characters shown; a longer line is cut around the location.
const MOST: usize = 96;

/// The visible form of a tab.
const TAB: &str = "→   ";

/// A line, or the shown part of it, in three parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Snippet {
    /// The text before the location.
    pub before: String,
    /// The character at the location; empty at the end of a line.
    pub at: String,
    /// The text after the location.
    pub after: String,
}

impl Snippet {
    /// The shown part of a line around one of its bytes.
    pub(super) fn of(line: &str, byte: usize) -> Self {
        let (before, after) = line.split_at(byte.min(line.len()));
        let near = |sign: Option<(usize, char)>, end| sign.map_or(end, |(at, _)| at);
        let from = near(before.char_indices().nth_back(MOST - 1), 0);
        let to = near(after.char_indices().nth(2 * MOST), after.len());
        let (is_cut_before, is_cut_after) = (from > 0, to < after.len());
        let line = &line[from..before.len() + to];
        let line: Vec<char> = if is_cut_after { line } else { line.trim_end() }.chars().collect();
        let place = before[from..].chars().count().min(line.len());
        // A combining accent belongs to the letter before it.
        let marks = line.iter().skip(place + 1).take_while(|sign| sign.width() == Some(0)).count();
        let end = (place + 1 + marks).min(line.len());
        let start = if line.len() <= MOST { 0 } else { place.saturating_sub(MOST / 2).min(line.len() - MOST) };
        let stop = line.len().min(start + MOST).max(end);
        let before =
            if start > 0 || is_cut_before { "…" } else { "" }.to_owned() + &String::from_iter(&line[start..place]);
        let after = String::from_iter(&line[end..stop]) + if stop < line.len() || is_cut_after { "…" } else { "" };
        Self { before, at: String::from_iter(&line[place..end]), after }
    }

    /// The number of terminal columns before the location.
    #[must_use]
    pub fn indent(&self) -> usize {
        shown(&self.before).width()
    }
}

/// The text without terminal control characters.
pub(crate) fn shown(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for sign in line.chars() {
        match sign {
            '\t' => shown.push_str(TAB),
            sign if sign.is_control() => shown.push('\u{fffd}'),
            sign => shown.push(sign),
        }
    }
    shown
}

impl std::fmt::Display for Snippet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        [&self.before, &self.at, &self.after].iter().try_for_each(|part| f.write_str(&shown(part)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(text: &str, column: usize) -> Snippet {
        Snippet::of(text, text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at))
    }

    #[test]
    fn the_mark_is_under_its_character_after_any_text() {
        for (text, column, indent, at) in [
            ("kode: fem", 7, 6, "f"),
            ("æøå: ål", 6, 5, "å"),
            ("a\u{30a}b: x", 4, 2, ":"),
            ("xa\u{30a}", 2, 1, "a\u{30a}"),
            ("\ttitel", 2, 4, "t"),
            ("日本 x", 4, 5, "x"),
            ("slut", 5, 4, ""),
            ("", 1, 0, ""),
            ("\u{1b}[2Jx", 5, 4, "x"),
        ] {
            let snippet = snippet(text, column);
            assert_eq!((snippet.indent(), snippet.at.as_str()), (indent, at), "{text}");
            assert!(!snippet.to_string().contains(['\t', '\u{1b}']), "{snippet}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_location() {
        let line: String = (0..300).map(|number| char::from(b'a' + (number % 26) as u8)).collect();
        for column in [1, 2, 47, 48, 49, 50, 96, 97, 150, 251, 252, 299, 300, 301] {
            let snippet = snippet(&line, column);
            let whole = snippet.to_string();
            assert!((MOST..=MOST + 2).contains(&whole.chars().count()), "{column}: {whole}");
            assert!(line.contains(whole.trim_matches('…')), "{column}: {whole}");
            assert_eq!(snippet.at, line.chars().nth(column - 1).map(String::from).unwrap_or_default(), "{column}");
            assert_eq!(whole.starts_with('…'), column > 49, "{column}: {whole}");
            assert_eq!(whole.ends_with('…'), column <= 252, "{column}: {whole}");
        }
        assert_eq!(snippet(&line[..MOST], 50).to_string(), line[..MOST]);
    }
}
