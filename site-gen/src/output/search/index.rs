//! The words of all pages by their stems, as the script of the search page reads them.

use super::words::{self, Words};
use super::{Listed, Listing, Text, Weight};
use model::names::Language;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Makes the index of one language, and reads again only those pages whose texts are others than before.
pub(crate) struct Indexer {
    words: Words,
    /// By address and title, what was read last.
    read: HashMap<(String, String), Read>,
}

/// The texts of a page, and the stems of their words.
struct Read {
    texts: Vec<(Weight, Text)>,
    stems: Vec<Stem>,
}

/// The stem of a word, what the word ends with beyond it, and the weight it has there.
type Stem = (Weight, String, String);

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
        Self { words: Words::of(language), read: HashMap::new() }
    }

    /// The words of all pages as JSON, by the order of the list.
    pub(crate) fn index(&mut self, listing: Listing) -> Result<String, serde_json::Error> {
        let mut last = std::mem::take(&mut self.read);
        let read = |Listed { entry, texts }| {
            let name = (entry.href, entry.title);
            let read = match last.remove(&name) {
                Some(read) if read.texts == texts => read,
                _ => Read::new(&self.words, texts),
            };
            (name, read)
        };
        let read: Vec<((String, String), Read)> = listing.in_order().map(read).collect();
        let index = Index::of(self.words.endings(), read.iter().map(|(_, read)| read.stems.as_slice()));
        let json = serde_json::to_string(&index)?;
        self.read = read.into_iter().collect();
        Ok(json)
    }
}

impl<'a> Index<'a> {
    /// The index of pages in the order of the list.
    fn of(endings: impl Iterator<Item = &'static str>, pages: impl ExactSizeIterator<Item = &'a [Stem]>) -> Self {
        let count = pages.len();
        let mut endings: HashSet<&str> = endings.collect();
        let mut stems: HashMap<&str, Vec<(usize, Weight)>> = HashMap::new();
        for (place, page) in pages.enumerate() {
            for (weight, stem, ending) in page {
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
    fn new(words: &Words, texts: Vec<(Weight, Text)>) -> Self {
        let of = |(weight, text): &(Weight, Text)| {
            let weight = *weight;
            words.stems(&text.words()).into_iter().map(move |(stem, ending)| (weight, stem, ending))
        };
        Self { stems: texts.iter().flat_map(of).collect(), texts }
    }
}
