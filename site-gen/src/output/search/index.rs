//! The words of all pages by their stems, as the script of the search page reads them.

use super::words::{self, Words};
use super::{Listing, Texts, Weight};
use model::names::Language;
use pages::SearchEntry;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The index, as the script reads it.
#[derive(serde::Serialize)]
struct Index {
    /// Replacements of letters, in this order.
    folds: &'static [(&'static str, &'static str)],
    /// Endings of words beyond their stem: the usual ones of the language, and those on the site.
    endings: BTreeSet<String>,
    /// The places of each stem as JSON, which is made of many at a time.
    stems: BTreeMap<String, Box<RawValue>>,
}

/// The pages that a word is on, by their number on the list, and the weight of the word on each.
#[derive(Default)]
struct Places(Vec<Place>);

/// A page's number above the bits of a weight, since there are millions of them. The greater weight comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u32);

/// There are millions of words to look up, and nobody from outside has a say in which.
type ByWord = HashMap<Box<str>, Places, foldhash::fast::FixedState>;

/// The words of all pages of a language as JSON, by the order of the list. Each word of the site is folded and stemmed
/// once.
pub(crate) fn index(language: &Language, listing: &Listing) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Index::of(&Words::of(language), &listing.in_order())?)
}

impl Index {
    /// The index of pages in the order of the list.
    fn of(words: &Words, pages: &[(&SearchEntry, &Texts)]) -> Result<Self, serde_json::Error> {
        let stemmed = by_word(pages).into_par_iter().map(|(word, places)| (words.stem(&word), places));
        let stemmed: Vec<((String, String), Places)> = stemmed.collect();
        let mut endings: BTreeSet<String> = words.endings().map(str::to_owned).collect();
        let mut stems: HashMap<String, Places> = HashMap::new();
        for ((stem, ending), places) in stemmed {
            endings.insert(ending);
            stems.entry(stem).or_default().0.extend(places.0);
        }
        endings.remove("");
        let in_order = |(stem, Places(mut places)): (String, Places)| {
            places.sort_unstable();
            places.dedup_by_key(|place| place.page());
            // A word on three of four pages says nothing of any, except in a page's name: that is `og` and `du`.
            if 4 * places.len() > 3 * pages.len() {
                places.retain(|place| place.weight() > Weight::Description as u32);
            }
            (stem, Places(places))
        };
        let stems = stems.into_par_iter().map(in_order).filter(|(_, places)| !places.0.is_empty());
        let stems = stems.map(|(stem, places)| Ok((stem, to_raw_value(&places)?)));
        Ok(Self { folds: words::FOLDS, endings, stems: stems.collect::<Result<_, serde_json::Error>>()? })
    }
}

impl Place {
    const BITS: u32 = 4;

    fn new(page: u32, weight: Weight) -> Self {
        Self(((page + 1) << Self::BITS) - weight as u32)
    }

    const fn page(self) -> u32 {
        self.0 >> Self::BITS
    }

    const fn weight(self) -> u32 {
        ((self.page() + 1) << Self::BITS) - self.0
    }
}

impl Serialize for Places {
    /// The number of a page and the weight of the word on it, in turn.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_seq(Some(2 * self.0.len()))?;
        for place in &self.0 {
            all.serialize_element(&place.page())?;
            all.serialize_element(&place.weight())?;
        }
        all.end()
    }
}

/// The places of each word.
fn by_word(pages: &[(&SearchEntry, &Texts)]) -> ByWord {
    fn add(mut all: ByWord, (page, (entry, texts)): (u32, &(&SearchEntry, &Texts))) -> ByWord {
        let mut add = |weight: Weight, word: &str| {
            let new = Place::new(page, weight);
            match all.get_mut(word) {
                Some(Places(places)) => match places.last_mut() {
                    Some(last) if last.page() == page => *last = new.min(*last),
                    _ => places.push(new),
                },
                None => drop(all.insert(word.into(), Places(vec![new]))),
            }
        };
        words::words(&entry.title, false, |word| add(Weight::Title, word));
        words::words(&entry.text, false, |word| add(Weight::Description, word));
        texts.iter().for_each(|(weight, text)| text.words(|word| add(*weight, word)));
        all
    }
    fn join(mut one: ByWord, other: ByWord) -> ByWord {
        other.into_iter().for_each(|(word, places)| one.entry(word).or_default().0.extend(places.0));
        one
    }
    let numbered = (0..u32::MAX).into_par_iter().zip(pages);
    numbered.with_min_len(256).fold(ByWord::default, add).reduce(ByWord::default, join)
}
