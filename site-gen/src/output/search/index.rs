//! The words of all pages by their stems, as the script of the search page reads them.

use super::words::{self, Words};
use super::{Listed, Listing, Text, Weight};
use model::names::Language;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// Makes the index of one language. Only pages whose texts are others than before are read again, and each word of the
/// site is folded and stemmed once.
pub(crate) struct Indexer {
    words: Words,
    /// By address and title, what was read last.
    read: Map<(String, String), Read>,
}

/// The texts of a page, and each of their words once with the most weight that it has there.
struct Read {
    texts: Vec<(Weight, Text)>,
    /// The texts in small letters.
    letters: String,
    /// By where they stand in the letters.
    words: Vec<(Range<u32>, Weight)>,
}

/// The index, as the script reads it.
#[derive(Serialize)]
struct Index {
    /// Replacements of letters, in this order.
    folds: &'static [(&'static str, &'static str)],
    /// Endings of words beyond their stem: the usual ones of the language, and those on the site.
    endings: BTreeSet<String>,
    /// By stem: the number of a page on the list, and how much the word tells of it, in turn.
    stems: BTreeMap<String, Vec<u32>>,
}

/// The pages that a word is on, by their number on the list.
type Places = Vec<(u32, Weight)>;

/// There are millions of words to look up, and nobody from outside has a say in which.
type Map<K, V> = HashMap<K, V, foldhash::fast::FixedState>;

impl Indexer {
    /// Nothing is read yet.
    pub(crate) fn new(language: &Language) -> Self {
        Self { words: Words::of(language), read: Map::default() }
    }

    /// The words of all pages as JSON, by the order of the list.
    pub(crate) fn index(&mut self, listing: Listing) -> Result<String, serde_json::Error> {
        let mut last = std::mem::take(&mut self.read);
        let pages = listing.in_order().map(|Listed { entry, texts }| {
            let name = (entry.href, entry.title);
            let known = last.remove(&name).filter(|read| read.texts == texts);
            (name, texts, known)
        });
        let pages: Vec<_> = pages.collect();
        let read = pages.into_par_iter().map(|(name, texts, known)| (name, known.unwrap_or_else(|| Read::new(texts))));
        let read: Vec<((String, String), Read)> = read.collect();
        let json = serde_json::to_string(&Index::of(&self.words, &read))?;
        self.read = read.into_iter().collect();
        Ok(json)
    }
}

impl Index {
    /// The index of pages in the order of the list.
    fn of<N: Sync>(words: &Words, pages: &[(N, Read)]) -> Self {
        let stemmed = by_word(pages).into_par_iter().map(|(word, places)| (words.stem(word), places));
        let stemmed: Vec<((String, String), Places)> = stemmed.collect();
        let mut endings: BTreeSet<String> = words.endings().map(str::to_owned).collect();
        let mut stems: Map<String, Places> = Map::default();
        for ((stem, ending), places) in stemmed {
            endings.insert(ending);
            stems.entry(stem).or_default().extend(places);
        }
        endings.remove("");
        let in_order = |(stem, mut places): (String, Places)| {
            places.sort_unstable_by_key(|(place, weight)| (*place, Reverse(*weight)));
            places.dedup_by_key(|(place, _)| *place);
            // A word on three of four pages says nothing of any, except in a page's name: that is `og` and `du`.
            if 4 * places.len() > 3 * pages.len() {
                places.retain(|(_, weight)| *weight > Weight::Description);
            }
            let flat = places.into_iter().flat_map(|(place, weight)| [place, weight as u32]);
            (stem, flat.collect::<Vec<u32>>())
        };
        let stems = stems.into_par_iter().map(in_order).filter(|(_, places)| !places.is_empty());
        Self { folds: words::FOLDS, endings, stems: stems.collect() }
    }
}

/// The places of each word.
fn by_word<N: Sync>(pages: &[(N, Read)]) -> Map<&str, Places> {
    type ByWord<'p> = Map<&'p str, Places>;
    fn add<'p, N>(mut all: ByWord<'p>, (place, (_, page)): (u32, &'p (N, Read))) -> ByWord<'p> {
        for (word, weight) in page.words() {
            all.entry(word).or_default().push((place, weight));
        }
        all
    }
    fn join<'p>(mut one: ByWord<'p>, other: ByWord<'p>) -> ByWord<'p> {
        other.into_iter().for_each(|(word, places)| one.entry(word).or_default().extend(places));
        one
    }
    let numbered = (0..u32::MAX).into_par_iter().zip(pages);
    numbered.with_min_len(64).fold(Map::default, add).reduce(Map::default, join)
}

impl Read {
    fn new(texts: Vec<(Weight, Text)>) -> Self {
        let (mut letters, mut ends) = (String::new(), Vec::with_capacity(texts.len()));
        for (weight, text) in &texts {
            text.push_lower(&mut letters);
            letters.push(' ');
            ends.push((letters.len(), *weight));
        }
        let (mut words, mut start) = (Map::<&str, (u32, Weight)>::default(), 0);
        for (end, weight) in ends {
            for (at, word) in words::words(&letters[start..end]) {
                let at = u32::try_from(start + at).unwrap_or(u32::MAX);
                let known = words.entry(word).or_insert((at, weight));
                known.1 = known.1.max(weight);
            }
            start = end;
        }
        let span =
            |(word, (at, weight)): (&str, (u32, Weight))| (at..at + u32::try_from(word.len()).unwrap_or(0), weight);
        let words = words.into_iter().map(span).collect();
        Self { texts, letters, words }
    }

    fn words(&self) -> impl Iterator<Item = (&str, Weight)> {
        let word = |at: &Range<u32>| self.letters.get(at.start as usize..at.end as usize).unwrap_or_default();
        self.words.iter().map(move |(at, weight)| (word(at), *weight))
    }
}
