//! Weighs a text for danger: its words have weights learnt from sentences that are sorted by verdict.

use super::fold::{Text, Word, folded, loose};
use super::rule::{BadPattern, entry};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The threshold for danger. A lower one finds more dangers, but also stops more harmless texts.
const HEAVY: i32 = -2;

/// The minimum sum of positive weights, whatever the negative ones: an address or a name has few known words.
const LIGHT: i32 = 7;

/// The number of sentences weighed together. A single danger would be outweighed by the rest of a long text.
const SENTENCES: usize = 3;

/// The length of the beginning by which longer words count too, so that their other forms need not be known.
const BEGINNING: usize = 5;

/// Marks a word that begins the text.
const FIRST: char = '^';

/// Words by weight, as editors read them: `knive`, `i huset`, `knive*`, `^hjælp`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Weights(BTreeMap<i32, Vec<String>>);

impl Weights {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds words with the same weight.
    pub(super) fn add(&mut self, weight: i32, words: &str) -> Result<(), BadPattern> {
        for word in words.split(',').map(str::trim) {
            entry(word.trim_start_matches(FIRST))?;
            self.0.entry(weight).or_default().push(word.to_owned());
        }
        Ok(())
    }
}

/// Weights by the key to look up.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Scale(HashMap<String, i32>);

impl Scale {
    pub(super) fn of(weights: &Weights) -> Self {
        let mut scale = HashMap::with_capacity(weights.0.values().map(Vec::len).sum());
        for (weight, words) in &weights.0 {
            scale.extend(words.iter().map(|word| (key(word), *weight)));
        }
        Self(scale)
    }

    /// True if some part of a text weighs as much as texts about danger.
    pub(super) fn is_heavy(&self, text: &Text) -> bool {
        let last = text.words.last().map_or(0, |word| word.sentence);
        (0..=last.saturating_sub(SENTENCES - 1)).any(|first| {
            let weights = traits(text.part(first)).into_iter().filter_map(|found| self.0.get(&found).copied());
            let weights: Vec<i32> = weights.collect();
            let speaks_for: i32 = weights.iter().filter(|weight| **weight > 0).sum();
            speaks_for >= LIGHT && weights.iter().sum::<i32>() >= HEAVY
        })
    }
}

impl Text {
    /// The words of the sentences weighed together, from the sentence `first` on.
    fn part(&self, first: usize) -> &[Word] {
        let begin = self.words.partition_point(|word| word.sentence < first);
        let end = self.words.partition_point(|word| word.sentence < first + SENTENCES);
        &self.words[begin..end]
    }
}

/// Returns everything that is weighed in a text: words, beginnings of long words, adjacent pairs, and the first word.
#[must_use]
pub fn traits_of(text: &str) -> BTreeSet<String> {
    traits(&Text::of(text).words)
}

/// The key under which a word of the list is found in a text.
#[must_use]
pub fn key(word: &str) -> String {
    word.split(' ').map(|word| loose(&folded(word))).collect::<Vec<_>>().join(" ")
}

fn traits(words: &[Word]) -> BTreeSet<String> {
    let words: Vec<String> = words.iter().map(|word| loose(&word.key)).collect();
    let beginning = |word: &String| {
        let (end, _) = word.char_indices().nth(BEGINNING)?;
        (word.chars().count() > BEGINNING + 1).then(|| format!("{}*", &word[..end]))
    };
    let first = words.first().map(|word| format!("{FIRST}{word}"));
    let pairs = words.windows(2).map(|pair| pair.join(" "));
    let all: BTreeSet<String> = words.iter().filter_map(beginning).chain(pairs).chain(first).collect();
    all.into_iter().chain(words).collect()
}
