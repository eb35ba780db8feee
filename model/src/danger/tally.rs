//! Weighs the words of a text: some stand in texts about danger more often than in others, some less often.

use super::fold::Text;

/// What the words of each sentence weigh together.
pub(super) struct Tally(Vec<i32>);

impl Tally {
    /// Each of `weighed` is the place of a word, and what it weighs.
    pub(super) fn of(text: &Text, weighed: impl Iterator<Item = (usize, i32)>) -> Self {
        let mut weights = vec![0; text.words.last().map_or(0, |word| word.sentence + 1)];
        weighed.for_each(|(at, weight)| weights[text.words[at].sentence] += weight);
        Self(weights)
    }

    /// The weight of the sentence in which a word stands.
    pub(super) fn around(&self, text: &Text, word: usize) -> i32 {
        self.0[text.words[word].sentence]
    }

    /// The weight of the heaviest sentence.
    pub(super) fn most(&self) -> i32 {
        self.0.iter().copied().max().unwrap_or(0)
    }

    /// The weight of the whole text.
    pub(super) fn total(&self) -> i32 {
        self.0.iter().sum()
    }
}
