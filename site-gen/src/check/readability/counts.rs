//! Words, long words and sentences, and the readability index that is made of them.

use super::passages::{Kind, Passage};
use super::sentences::sentences;
use crate::diagnostics::diagnostic::Location;
use crate::source::text::letters;
use std::ops::Range;

/// A sentence by its number of words.
pub(crate) struct Sentence<'p> {
    pub(crate) words: usize,
    passage: &'p Passage,
    range: Range<usize>,
}

/// The counts of some passages.
#[derive(Default)]
pub(crate) struct Counts<'p> {
    pub(crate) words: usize,
    pub(crate) long_words: usize,
    /// In the order of the text.
    pub(crate) sentences: Vec<Sentence<'p>>,
}

/// A word is long if it has more letters than this.
const SHORT: usize = 6;

/// The fewest words that an index is given for: in a few lines, chance decides.
const FEWEST: usize = 50;

impl Sentence<'_> {
    /// From its first word on.
    pub(crate) fn text(&self) -> &str {
        self.passage.text[self.range.clone()].trim()
    }

    pub(crate) fn at(&self) -> Location {
        self.passage.spot(self.range.start)
    }
}

impl<'p> Counts<'p> {
    /// Counts what is running text.
    pub(crate) fn of(passages: &'p [Passage]) -> Self {
        let mut counts = Self::default();
        for passage in passages.iter().filter(|passage| passage.kind == Kind::Running) {
            let mut rest = passage.words();
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
    pub(crate) fn longest(&self) -> Option<&Sentence<'p>> {
        self.sentences.iter().rev().max_by_key(|sentence| sentence.words)
    }
}

/// The words of a text. Addresses are no words, nor is what the authority or the program still fills in.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut open) = (Vec::with_capacity(text.len() / 6), 0_usize);
    // A word with the signs around it, by where its letters and digits begin and end.
    let (mut first, mut last) = (None, 0);
    let mut end = |first: &mut Option<usize>, last: usize| {
        let word = first.take().map(|first| first..last);
        words.extend(word.filter(|word| !is_address(&text[word.clone()])));
    };
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let (at, begin) = (text.len() - rest.len(), letters(rest.as_bytes()));
        let length = if begin > 0 { begin } else { sign.len_utf8() };
        rest = &rest[length..];
        if begin > 0 || sign.is_alphanumeric() {
            if open == 0 {
                first.get_or_insert(at);
                last = at + length;
            }
        } else if sign.is_whitespace() {
            end(&mut first, last);
        } else if matches!(sign, '[' | '{' | ']' | '}') {
            end(&mut first, last);
            open = if matches!(sign, '[' | '{') { open + 1 } else { open.saturating_sub(1) };
        }
    }
    end(&mut first, last);
    words
}

fn is_address(word: &str) -> bool {
    // Most words have none of the signs of an address.
    if !word.bytes().any(|byte| matches!(byte, b'@' | b'.' | b':')) {
        return false;
    }
    let inner = |part: &str| part.chars().all(char::is_alphanumeric) && part.chars().any(char::is_alphabetic);
    word.contains('@')
        || word.contains("://")
        || word.rsplit_once('.').is_some_and(|(name, end)| end.len() > 1 && inner(end) && name.len() > 2)
}

fn is_long(word: &str) -> bool {
    word.len() > SHORT && word.chars().filter(|sign| sign.is_alphabetic()).count() > SHORT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|word| &text[word]).collect()
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
        let passages = [Passage::running(&text)];
        let counts = Counts::of(&passages);
        assert_eq!((counts.words, counts.long_words, counts.sentences.len()), (60, 12, 6));
        assert_eq!(counts.lix(), Some(30));
        assert_eq!(counts.longest().map(|sentence| (sentence.words, sentence.at())), Some((10, Location::START)));
    }

    #[test]
    fn seven_letters_are_long_and_a_few_lines_have_no_index() {
        let passages = [Passage::running("Seks og politi, politik.")];
        let counts = Counts::of(&passages);
        assert_eq!((counts.words, counts.long_words, counts.lix()), (4, 1, None));
    }
}
