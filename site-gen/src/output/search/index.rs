//! The words of all pages by their stems, as the script of the search page reads them.

use super::words::{self, Words};
use super::{Listed, Listing, Text, Weight};
use model::names::Language;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Makes the index of one language. Only pages whose texts are others than before are read again, and each word of the
/// site is folded and stemmed once.
pub(crate) struct Indexer {
    words: Words,
    /// By address and title, what was read last.
    read: HashMap<(String, String), Read>,
    /// By word: its stem, and what the word ends with beyond it.
    stems: HashMap<Box<str>, (String, String)>,
}

/// The texts of a page, and each of their words once with the most weight that it has there.
struct Read {
    texts: Vec<(Weight, Text)>,
    words: Vec<(Box<str>, Weight)>,
}

/// The index, as the script reads it.
#[derive(Serialize)]
struct Index<'a> {
    /// What is written instead of some letters, in this order.
    folds: &'static [(&'static str, &'static str)],
    /// What words may end with beyond their stem: what is usual in the language, and what words of the site do.
    endings: BTreeSet<&'a str>,
    /// By stem: the number of a page on the list, and how much the word tells of it, in turn.
    stems: BTreeMap<&'a str, Vec<usize>>,
}

impl Indexer {
    /// Nothing is read yet.
    pub(crate) fn new(language: &Language) -> Self {
        Self { words: Words::of(language), read: HashMap::new(), stems: HashMap::new() }
    }

    /// The words of all pages as JSON, by the order of the list.
    pub(crate) fn index(&mut self, listing: Listing) -> Result<String, serde_json::Error> {
        let mut last = std::mem::take(&mut self.read);
        let pages: Vec<_> = listing.in_order().collect();
        let pages = pages.into_iter().map(|Listed { entry, texts }| {
            let name = (entry.href, entry.title);
            let known = last.remove(&name).filter(|read| read.texts == texts);
            (name, texts, known)
        });
        let pages: Vec<_> = pages.collect();
        let read = pages.into_par_iter().map(|(name, texts, known)| (name, known.unwrap_or_else(|| Read::new(texts))));
        let read: Vec<((String, String), Read)> = read.collect();
        for (word, _) in read.iter().flat_map(|(_, read)| &read.words) {
            if !self.stems.contains_key(word) {
                self.stems.insert(word.clone(), self.words.stem(word));
            }
        }
        let index = Index::of(self.words.endings(), read.iter().map(|(_, read)| read.words.as_slice()), &self.stems);
        let json = serde_json::to_string(&index)?;
        self.read = read.into_iter().collect();
        Ok(json)
    }
}

impl<'a> Index<'a> {
    /// The index of pages in the order of the list.
    fn of(
        endings: impl Iterator<Item = &'static str>,
        pages: impl ExactSizeIterator<Item = &'a [(Box<str>, Weight)]>,
        known: &'a HashMap<Box<str>, (String, String)>,
    ) -> Self {
        let count = pages.len();
        let mut endings: HashSet<&str> = endings.collect();
        let mut stems: HashMap<&str, Vec<(usize, Weight)>> = HashMap::new();
        for (place, page) in pages.enumerate() {
            for (word, weight) in page {
                let Some((stem, ending)) = known.get(word) else { continue };
                endings.insert(ending);
                let places = stems.entry(stem).or_default();
                match places.last_mut() {
                    Some((last, known)) if *last == place => *known = (*known).max(*weight),
                    _ => places.push((place, *weight)),
                }
            }
        }
        // What three of four pages say tells of none, but where it is a page's name: that is `og` and `du`.
        for places in stems.values_mut().filter(|places| 4 * places.len() > 3 * count) {
            places.retain(|(_, weight)| *weight > Weight::Description);
        }
        endings.remove("");
        let flat = |places: Vec<(usize, Weight)>| {
            places.into_iter().flat_map(|(place, weight)| [place, weight as usize]).collect()
        };
        let stems = stems.into_iter().filter(|(_, places)| !places.is_empty());
        let stems = stems.map(|(stem, places)| (stem, flat(places))).collect();
        Self { folds: words::FOLDS, endings: endings.into_iter().collect(), stems }
    }
}

impl Read {
    fn new(texts: Vec<(Weight, Text)>) -> Self {
        let mut weights: HashMap<Box<str>, Weight> = HashMap::new();
        for (weight, text) in &texts {
            for word in words::words(&text.words().to_lowercase()) {
                match weights.get_mut(word) {
                    Some(known) => *known = (*known).max(*weight),
                    None => drop(weights.insert(word.into(), *weight)),
                }
            }
        }
        Self { words: weights.into_iter().collect(), texts }
    }
}
