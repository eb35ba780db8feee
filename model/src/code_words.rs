//! The two code words on the citizen's receipt and in the officer's mail, which prove that a caller is the officer.

use crate::all_faults;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use thiserror::Error;

/// The list from which code words are drawn: at least 1,000 distinct words that are clear on the telephone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub struct CodeWordList(Vec<String>);

/// Two different words of the list. They are a secret between citizen and officer, so there is no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeWords {
    first: String,
    second: String,
}

/// Validation error of the words of a [`CodeWordList`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadCodeWords {
    /// There are too few words to be hard to guess.
    #[error("there are {0} code words; there must be at least {LEAST}")]
    TooFew(usize),
    /// A word is not 3 to 12 lower-case Danish letters.
    #[error("the code word {0} must be 3 to 12 of the letters a to å, all small")]
    NotClear(String),
    /// A word occurs twice.
    #[error("the code word {0} stands there twice")]
    Twice(String),
}

/// The minimum number of words: with 1,000, a caller who guesses is right once in a million.
pub const LEAST: usize = 1000;

impl CodeWordList {
    /// Validates a list, or returns every error.
    pub fn new(words: Vec<String>) -> Result<Self, Vec<BadCodeWords>> {
        let mut faults = Vec::new();
        let mut seen = HashSet::with_capacity(words.len());
        for word in &words {
            let letters = word.chars().all(|c| c.is_ascii_lowercase() || matches!(c, 'æ' | 'ø' | 'å'));
            if !letters || !(3..=12).contains(&word.chars().count()) {
                faults.push(BadCodeWords::NotClear(word.clone()));
            }
            if !seen.insert(word) {
                faults.push(BadCodeWords::Twice(word.clone()));
            }
        }
        if words.len() < LEAST {
            faults.push(BadCodeWords::TooFew(words.len()));
        }
        if faults.is_empty() { Ok(Self(words)) } else { Err(faults) }
    }

    /// Draws two different words by 64 random bits.
    #[must_use]
    pub fn draw(&self, bits: u64) -> CodeWords {
        let count = self.0.len() as u64;
        let first = bits % count;
        // Draw from the other words: those after the first are one place further on.
        let other = bits / count % (count - 1);
        let second = if other < first { other } else { other + 1 };
        let word = |place: u64| self.0[usize::try_from(place).unwrap_or_default()].clone();
        CodeWords { first: word(first), second: word(second) }
    }
}

impl CodeWords {
    /// Parses code words in their stored form: `hat bord`.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        let (first, second) = text.split_once(' ')?;
        (first != second && !second.contains(' ')).then(|| Self { first: first.to_owned(), second: second.to_owned() })
    }

    /// The words as spoken and stored: `hat bord`.
    #[must_use]
    pub fn said(&self) -> String {
        format!("{} {}", self.first, self.second)
    }
}

impl TryFrom<Vec<String>> for CodeWordList {
    type Error = String;
    fn try_from(words: Vec<String>) -> Result<Self, String> {
        Self::new(words).map_err(|faults| all_faults(&faults))
    }
}

impl From<CodeWordList> for Vec<String> {
    fn from(list: CodeWordList) -> Self {
        list.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> CodeWordList {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
        let word = |n: usize| format!("ord{}{}{}", letter(n), letter(n / 26), letter(n / 676));
        CodeWordList::new((0..1000).map(word).collect()).unwrap()
    }

    #[test]
    fn a_pair_never_repeats_a_word_and_every_word_occurs_in_both_places() {
        let list = list();
        let (mut first, mut second) = (HashSet::new(), HashSet::new());
        for n in 0..40_000_u64 {
            let pair = list.draw(n.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            assert_ne!(pair.first, pair.second);
            assert!(CodeWords::from_stored(&pair.said()).is_some_and(|read| read == pair));
            first.insert(pair.first);
            second.insert(pair.second);
        }
        assert_eq!((first.len(), second.len()), (1000, 1000));
    }

    #[test]
    fn short_unclear_and_repetitive_lists_are_refused() {
        let mut words: Vec<String> = list().into();
        words.extend(["Hat".to_owned(), "to ord".to_owned(), "ordaaa".to_owned()]);
        let faults = CodeWordList::new(words).unwrap_err();
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert_eq!(CodeWordList::new(Vec::new()), Err(vec![BadCodeWords::TooFew(0)]));
    }
}
