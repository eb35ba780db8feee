//! Computes the edit distance of two words, and the nearest of many words.

use crate::diagnostics::danish::fold;

/// A word without case and accents, and the count of each of its letters.
pub(super) struct Folded {
    word: String,
    length: usize,
    letters: [u8; 32],
}

impl Folded {
    pub(super) fn of(word: &str) -> Self {
        let word = fold(word);
        let mut letters = [0_u8; 32];
        for byte in word.bytes() {
            if let Some(count) = letters.get_mut(usize::from(byte % 32)) {
                *count = count.saturating_add(1);
            }
        }
        Self { length: word.chars().count(), word, letters }
    }

    /// The edit distance from this word, as written, to another. `None` if it is too large for a suggestion.
    pub(super) fn distance(&self, other: &Self) -> Option<usize> {
        let most = 1 + self.length / 5;
        // An edit changes at most one letter to another, which is two counts: most words need no comparison.
        let counts = || self.letters.iter().zip(&other.letters).map(|(one, other)| usize::from(one.abs_diff(*other)));
        let is_far = || self.word.is_ascii() && other.word.is_ascii() && counts().sum::<usize>() > 2 * most;
        if self.length.abs_diff(other.length) > most || is_far() {
            return None;
        }
        Some(strsim::osa_distance(&self.word, &other.word)).filter(|distance| *distance <= most)
    }
}

/// Candidate words for many suggestions.
pub(crate) struct Guesses(Vec<(Folded, String)>);

impl Guesses {
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self(words.into_iter().map(|word| (Folded::of(word), word.to_owned())).collect())
    }

    /// The word that `written` is probably a typo of. `None` if none is close enough.
    pub(crate) fn suggestion(&self, written: &str) -> Option<&str> {
        let written = Folded::of(written);
        let near = self.0.iter().filter_map(|(word, name)| Some((written.distance(word)?, name.as_str())));
        near.min().map(|(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::danish::suggestion;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn suggestions_equal_those_of_a_full_comparison(written in "[a-fæøж/-]{0,12}", words in prop::collection::vec("[a-fæøж/-]{0,12}", 0..8)) {
            let slips = 1 + fold(&written).chars().count() / 5;
            let near = words.iter().map(|word| (strsim::osa_distance(&fold(&written), &fold(word)), word.as_str()));
            let nearest = near.filter(|(distance, _)| *distance <= slips).min().map(|(_, word)| word);
            prop_assert_eq!(suggestion(&written, words.iter().map(String::as_str)), nearest);
            let guesses = Guesses::new(words.iter().map(String::as_str));
            prop_assert_eq!(guesses.suggestion(&written), nearest);
        }
    }
}
