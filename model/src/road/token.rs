//! Words of a place as a citizen writes it, with what stands between them.

use crate::text::folded;

/// A word, or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In small letters.
    pub(super) text: String,
    /// True if a full stop follows, as after an abbreviation.
    pub(super) has_dot: bool,
    /// True if a comma, a slash or the like stands before it, so that another thing begins.
    pub(super) is_apart: bool,
}

impl Token {
    pub(super) fn is_number(&self) -> bool {
        self.text.starts_with(|sign: char| sign.is_ascii_digit())
    }
}

/// The words of a text. A hyphen within a word joins it; an apostrophe is not seen.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut word, mut is_apart) = (String::new(), false);
    let text = folded(text).to_lowercase();
    let mut signs = text.chars().peekable();
    let mut before = ' ';
    while let Some(sign) = signs.next() {
        match sign {
            '\'' | '’' | '`' | '´' => continue,
            '-' if before.is_alphanumeric() && signs.peek().is_some_and(|next| next.is_alphabetic()) => {
                end(&mut word, &mut is_apart, &mut tokens);
            }
            _ if sign.is_alphanumeric() => {
                // `vej14` is two words, and `14a` is one.
                if sign.is_ascii_digit()
                    && word.chars().count() > 3
                    && !word.starts_with(|first: char| first.is_ascii_digit())
                {
                    end(&mut word, &mut is_apart, &mut tokens);
                }
                word.push(sign);
            }
            _ => {
                end(&mut word, &mut is_apart, &mut tokens);
                match sign {
                    '.' => tokens
                        .last_mut()
                        .filter(|_| before.is_alphanumeric())
                        .into_iter()
                        .for_each(|last| last.has_dot = true),
                    _ if sign.is_whitespace() => {}
                    _ => is_apart = true,
                }
            }
        }
        before = sign;
    }
    end(&mut word, &mut is_apart, &mut tokens);
    tokens
}

fn end(word: &mut String, is_apart: &mut bool, tokens: &mut Vec<Token>) {
    if !word.is_empty() {
        tokens.push(Token { text: std::mem::take(word), has_dot: false, is_apart: std::mem::take(is_apart) });
    }
}
