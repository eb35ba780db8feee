//! The words of all pages by their stems, as the script of the search page reads them.

use super::words::{self, Words};
use super::{Listed, Listing, Weight};
use model::names::Language;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// The pages that a word is on, by their number on the list, each with the most weight that the word has there.
type Places = Vec<(u32, Weight)>;

/// There are millions of words to look up, and nobody from outside has a say in which.
type ByWord = HashMap<Box<str>, Places, foldhash::fast::FixedState>;

/// The words of all pages of a language as JSON, by the order of the list. Each word of the site is folded and stemmed
/// once.
pub(crate) fn index(language: &Language, listing: Listing) -> Result<String, serde_json::Error> {
    let pages: Vec<Listed> = listing.in_order().collect();
    serde_json::to_string(&Index::of(&Words::of(language), &pages))
}

impl Index {
    /// The index of pages in the order of the list.
    fn of(words: &Words, pages: &[Listed]) -> Self {
        let stemmed = by_word(pages).into_par_iter().map(|(word, places)| (words.stem(&word), places));
        let stemmed: Vec<((String, String), Places)> = stemmed.collect();
        let mut endings: BTreeSet<String> = words.endings().map(str::to_owned).collect();
        let mut stems: HashMap<String, Places> = HashMap::new();
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
fn by_word(pages: &[Listed]) -> ByWord {
    fn add(mut all: ByWord, (place, page): (u32, &Listed)) -> ByWord {
        for (weight, text) in &page.texts {
            text.words(|word| match all.get_mut(word) {
                Some(places) => match places.last_mut() {
                    Some((last, known)) if *last == place => *known = (*weight).max(*known),
                    _ => places.push((place, *weight)),
                },
                None => drop(all.insert(word.into(), vec![(place, *weight)])),
            });
        }
        all
    }
    fn join(mut one: ByWord, other: ByWord) -> ByWord {
        other.into_iter().for_each(|(word, places)| one.entry(word).or_default().extend(places));
        one
    }
    let numbered = (0..u32::MAX).into_par_iter().zip(pages);
    numbered.with_min_len(256).fold(ByWord::default, add).reduce(ByWord::default, join)
}
