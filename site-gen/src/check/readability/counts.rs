//! Words, long words and sentences, and the readability index that is made of them.

use super::passages::{Kind, Passage};
use super::sentences::sentences;
use crate::diagnostics::diagnostic::Location;
use std::ops::Range;

/// A sentence by its number of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) words: usize,
    pub(crate) text: String,
    pub(crate) at: Location,
}

/// What was counted in some passages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) words: usize,
    pub(crate) long_words: usize,
    /// In the order of the text.
    pub(crate) sentences: Vec<Sentence>,
}

/// A word is long if it has more letters than this.
const SHORT: usize = 6;

/// The fewest words that an index is given for: in a few lines, chance decides.
const FEWEST: usize = 50;

impl Counts {
    /// Counts what is running text.
    pub(crate) fn of(passages: &[Passage]) -> Self {
        let mut counts = Self::default();
        for passage in passages.iter().filter(|passage| passage.kind == Kind::Running) {
            for range in sentences(&passage.text) {
                let words: Vec<Range<usize>> = words(&passage.text, range.clone()).collect();
                let Some(first) = words.first() else { continue };
                counts.words += words.len();
                counts.long_words += words.iter().filter(|word| is_long(&passage.text[(*word).clone()])).count();
                counts.sentences.push(Sentence {
                    words: words.len(),
                    text: passage.text[first.start..range.end].trim().to_owned(),
                    at: passage.spot(first.start),
                });
            }
        }
        counts
    }

    /// The readability index (lix) of C. H. Björnsson, *Läsbarhet*, 1968: the words of a sentence on average, and the
    /// percentage of words with more than six letters. None for a text that is too short to have one.
    pub(crate) fn lix(&self) -> Option<usize> {
        let sentences = self.sentences.len();
        if self.words < FEWEST || sentences == 0 {
            return None;
        }
        // Rounded once, at the end.
        let hundredths = 100 * self.words / sentences + 10_000 * self.long_words / self.words;
        Some((hundredths + 50) / 100)
    }

    /// The longest sentence; the first of them if there are several.
    pub(crate) fn longest(&self) -> Option<&Sentence> {
        self.sentences.iter().rev().max_by_key(|sentence| sentence.words)
    }
}

/// The words of a part of a text. Addresses are no words, nor is what the authority or the program still fills in.
pub(crate) fn words(text: &str, within: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut open = 0_usize;
    let mut start = None;
    let signs = text[within.clone()].char_indices().chain([(within.len(), ' ')]);
    let written = signs.filter_map(move |(at, sign)| {
        match sign {
            '[' | '{' => open += 1,
            ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        let is_part = open == 0 && !sign.is_whitespace() && !matches!(sign, '[' | ']' | '{' | '}');
        match (start, is_part) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                start = None;
                return Some(within.start + begin..within.start + at);
            }
            _ => {}
        }
        None
    });
    let bare = |word: Range<usize>| {
        let shown = &text[word.clone()];
        let left = shown.trim_start_matches(|c: char| !c.is_alphanumeric());
        let right = left.trim_end_matches(|c: char| !c.is_alphanumeric());
        let start = word.end - left.len();
        start..start + right.len()
    };
    written.map(bare).filter(|word| !word.is_empty() && !is_address(&text[word.clone()]))
}

fn is_address(word: &str) -> bool {
    let inner = |part: &str| part.chars().all(char::is_alphanumeric) && part.chars().any(char::is_alphabetic);
    word.contains('@')
        || word.contains("://")
        || word.rsplit_once('.').is_some_and(|(name, end)| end.len() > 1 && inner(end) && name.len() > 2)
}

fn is_long(word: &str) -> bool {
    word.chars().filter(|sign| sign.is_alphabetic()).count() > SHORT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        words(text, 0..text.len()).map(|word| &text[word]).collect()
    }

    #[test]
    fn a_word_has_a_letter_or_a_digit_and_is_no_address_and_no_placeholder() {
        assert_eq!(all("»Ring 112,« sagde hun – nu!"), ["Ring", "112", "sagde", "hun", "nu"]);
        assert_eq!(all("Læs på [politi.dk], på datatilsynet.dk eller https://a.dk/b."), ["Læs", "på", "på", "eller"]);
        assert_eq!(
            all("Skriv til a@b.dk kl. 14.30 f.eks. om e-mail."),
            ["Skriv", "til", "kl", "14.30", "f.eks", "om", "e-mail"]
        );
        assert_eq!(all("Inden **[udfyldes af myndigheden: frist]** og {dage} dage"), ["Inden", "og", "dage"]);
    }

    #[test]
    fn the_index_is_words_a_sentence_and_percent_of_long_words() {
        // 60 words in 6 sentences, of which 12 have more than six letters: 10 and 20.
        let text = "Vi kan se en bil og to der Politiet betjenten. ".repeat(6);
        let counts = Counts::of(&[Passage::running(&text)]);
        assert_eq!((counts.words, counts.long_words, counts.sentences.len()), (60, 12, 6));
        assert_eq!(counts.lix(), Some(30));
        assert_eq!(counts.longest().map(|sentence| (sentence.words, sentence.at)), Some((10, Location::START)));
    }

    #[test]
    fn seven_letters_are_long_and_a_few_lines_have_no_index() {
        let counts = Counts::of(&[Passage::running("Seks og politi, politik.")]);
        assert_eq!((counts.words, counts.long_words, counts.lix()), (4, 1, None));
    }
}
