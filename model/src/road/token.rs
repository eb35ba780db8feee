//! Words of a place as a citizen writes it, and the separators between them.

use std::ops::Range;

/// A word or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// The text in lower case.
    pub(super) text: String,
    /// The byte range in the place.
    pub(super) at: Range<usize>,
    /// True if a full stop follows, as after an abbreviation.
    pub(super) has_dot: bool,
    /// True if a comma, a slash or the like precedes it, so that another part begins.
    pub(super) is_apart: bool,
}

impl Token {
    pub(super) fn is_number(&self) -> bool {
        self.text.starts_with(|sign: char| sign.is_ascii_digit())
    }

    /// Appends a character to the word.
    fn push(&mut self, sign: char, at: usize) {
        self.text.extend(sign.to_lowercase());
        self.at.end = at + sign.len_utf8();
    }
}

/// Splits a normalised text into words. A hyphen ends a word, and apostrophes are ignored.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut is_open, mut is_apart, mut before) = (false, false, ' ');
    for (at, sign) in text.char_indices() {
        let after = text[at + sign.len_utf8()..].chars().next();
        let joins = sign == '-' && before.is_alphanumeric() && after.is_some_and(char::is_alphabetic);
        let open = tokens.last_mut().filter(|_| is_open);
        if matches!(sign, '\'' | '’' | '`' | '´') {
            continue;
        } else if sign.is_alphanumeric() {
            match open {
                // `vej14` is two words, but `14a` is one.
                Some(open) if !sign.is_ascii_digit() || open.is_number() || open.text.chars().count() < 4 => {
                    open.push(sign, at);
                }
                _ => {
                    let mut token = Token { text: String::new(), at: at..at, has_dot: false, is_apart };
                    token.push(sign, at);
                    tokens.push(token);
                    is_apart = false;
                }
            }
            is_open = true;
        } else {
            is_open = false;
            match open {
                Some(open) if sign == '.' => open.has_dot = true,
                _ => is_apart |= !joins && !sign.is_whitespace() && sign != '.',
            }
        }
        before = sign;
    }
    tokens
}
