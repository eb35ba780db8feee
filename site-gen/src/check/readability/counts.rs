//! Counts of words, long words and sentences, and the readability index computed from them.

use crate::diagnostics::diagnostic::Location;
use crate::markdown::passages::{Kind, Passage, sentences, words};
use crate::source::text::letters;
use std::ops::Range;

/// A sentence and its number of words.
pub(crate) struct Sentence<'p> {
    pub(crate) words: usize,
    passage: &'p Passage,
    range: Range<usize>,
}

/// A passage and the spans of its words.
pub(crate) struct Worded<'p> {
    pub(crate) passage: &'p Passage,
    pub(crate) words: Vec<Range<usize>>,
}

/// The counts of some passages.
#[derive(Default)]
pub(crate) struct Counts<'p> {
    pub(crate) words: usize,
    pub(crate) long_words: usize,
    /// In the order of the text.
    pub(crate) sentences: Vec<Sentence<'p>>,
}

/// A word with more letters than this is long.
const SHORT: usize = 6;

/// The minimum number of words for an index: in a shorter text, the index is random.
const FEWEST: usize = 50;

impl<'p> Worded<'p> {
    /// Finds the words of a passage.
    pub(crate) fn of(passage: &'p Passage) -> Self {
        Self { passage, words: words(&passage.text) }
    }
}

impl Sentence<'_> {
    /// The text from its first word on.
    pub(crate) fn text(&self) -> &str {
        self.passage.text[self.range.clone()].trim()
    }

    pub(crate) fn at(&self) -> Location {
        self.passage.spot(self.range.start)
    }
}

impl<'p> Counts<'p> {
    /// Counts the running text.
    pub(crate) fn of(passages: &[Worded<'p>]) -> Self {
        let mut counts = Self::default();
        for Worded { passage, words } in passages.iter().filter(|worded| worded.passage.kind == Kind::Running) {
            let mut rest = words.as_slice();
            for range in sentences(&passage.text) {
                let (all, after) = rest.split_at(rest.partition_point(|word| word.start < range.end));
                rest = after;
                let Some(first) = all.first() else { continue };
                counts.words += all.len();
                counts.long_words += all.iter().filter(|word| is_long(&passage.text[(*word).clone()])).count();
                counts.sentences.push(Sentence { words: all.len(), passage, range: first.start..range.end });
            }
        }
        counts
    }

    /// The readability index (lix) of C. H. Björnsson, *Läsbarhet*, 1968: the average number of words per sentence plus
    /// the percentage of words with more than six letters. `None` if the text is too short.
    pub(crate) fn lix(&self) -> Option<usize> {
        let sentences = self.sentences.len();
        if self.words < FEWEST || sentences == 0 {
            return None;
        }
        // Rounded only once, at the end.
        let hundredths = 100 * self.words / sentences + 10_000 * self.long_words / self.words;
        Some((hundredths + 50) / 100)
    }

    /// The longest sentence, or the first of several.
    pub(crate) fn longest(&self) -> Option<&Sentence<'p>> {
        self.sentences.iter().rev().max_by_key(|sentence| sentence.words)
    }
}

fn is_long(word: &str) -> bool {
    word.len() > SHORT
        && (letters(word.as_bytes()) > SHORT || word.chars().filter(|sign| sign.is_alphabetic()).count() > SHORT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_is_words_per_sentence_plus_percentage_of_long_words() {
        // 60 words in 6 sentences, 12 of them with more than six letters: 10 plus 20.
        let text = "Vi kan se en bil og to der Politiet betjenten. ".repeat(6);
        let passages = [Passage::running(&text)];
        let counts = Counts::of(&passages.each_ref().map(Worded::of));
        assert_eq!((counts.words, counts.long_words, counts.sentences.len()), (60, 12, 6));
        assert_eq!(counts.lix(), Some(30));
        assert_eq!(counts.longest().map(|sentence| (sentence.words, sentence.at())), Some((10, Location::START)));
    }

    #[test]
    fn seven_letters_are_long_and_a_short_text_has_no_index() {
        let passages = [Passage::running("Seks og politi, politik.")];
        let counts = Counts::of(&passages.each_ref().map(Worded::of));
        assert_eq!((counts.words, counts.long_words, counts.lix()), (4, 1, None));
    }
}
