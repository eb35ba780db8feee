//! Weighs the words of a text: some stand in texts about danger more often than in others, some less often.

use super::fold::Text;

/// How many words without digits a sentence has at least if they tell something by themselves: an address tells nothing.
const FEWEST: usize = 4;

/// What the words of each sentence weigh together, and how many they are.
pub(super) struct Tally(Vec<(i32, usize)>);

impl Tally {
    /// Each of `weighed` is the place of a word, and what it weighs.
    pub(super) fn of(text: &Text, weighed: impl Iterator<Item = (usize, i32)>) -> Self {
        let mut weights = vec![(0, 0); text.words.last().map_or(0, |word| word.sentence + 1)];
        weighed.for_each(|(at, weight)| weights[text.words[at].sentence].0 += weight);
        let spoken = text.words.iter().filter(|word| !word.key.contains(|c: char| c.is_ascii_digit()));
        spoken.for_each(|word| weights[word.sentence].1 += 1);
        Self(weights)
    }

    /// The weight of the sentence in which a word stands.
    pub(super) fn around(&self, text: &Text, word: usize) -> i32 {
        self.0[text.words[word].sentence].0
    }

    /// The weight of the heaviest sentence that tells something.
    pub(super) fn most(&self) -> i32 {
        self.0.iter().filter(|(_, words)| *words >= FEWEST).map(|(weight, _)| *weight).max().unwrap_or(i32::MIN)
    }

    /// The weight of the whole text.
    pub(super) fn total(&self) -> i32 {
        self.0.iter().map(|(weight, _)| *weight).sum()
    }
}
