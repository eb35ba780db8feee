//! Weighs the words of a text: some stand in texts about danger more often than in others, some less often.

use super::fold::Text;

/// What the words of each sentence weigh together.
pub(super) struct Tally(Vec<i32>);

impl Tally {
    /// Each of `worries` and `eases` is the place of a word that weighs one up or down.
    pub(super) fn of(text: &Text, worries: impl Iterator<Item = usize>, eases: impl Iterator<Item = usize>) -> Self {
        let mut weights = vec![0; text.words.last().map_or(0, |word| word.sentence + 1)];
        worries.for_each(|at| weights[text.words[at].sentence] += 1);
        eases.for_each(|at| weights[text.words[at].sentence] -= 1);
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
