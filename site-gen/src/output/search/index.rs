//! Builds the index of the words of all pages by stem, as read by the script of the search page.

use super::words::{self, Words};
use super::{Listing, Texts, Weight};
use model::names::Language;
use pages::SearchEntry;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The index in the format of the script.
#[derive(serde::Serialize)]
struct Index {
    /// The replacements of letters, in order.
    folds: &'static [(&'static str, &'static str)],
    /// The endings of words after their stem: the usual ones of the language, and those on the site.
    endings: BTreeSet<String>,
    /// The occurrences of each stem, serialised in parallel.
    stems: BTreeMap<String, Box<RawValue>>,
}

/// The pages with a word, by their number in the list, and its weight on each.
#[derive(Default)]
struct Places(Vec<Place>);

/// A page's number above the bits of a weight, since there are millions. The greater weight sorts first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u32);

/// A fast hash suffices: there are millions of lookups, and no outsider controls the words.
type ByWord = HashMap<Box<str>, Places, foldhash::fast::FixedState>;

/// The index of all pages of a language as JSON, in list order. Each distinct word is folded and stemmed once.
pub(crate) fn index(language: &Language, listing: &Listing) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Index::of(&Words::of(language), &listing.in_order())?)
}

impl Index {
    /// Builds the index of pages in list order.
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
            // Words like `og` and `du`, on three of four pages, count only in titles and names of places.
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
    /// The page numbers and weights, alternating.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut all = serializer.serialize_seq(Some(2 * self.0.len()))?;
        for place in &self.0 {
            all.serialize_element(&place.page())?;
            all.serialize_element(&place.weight())?;
        }
        all.end()
    }
}

/// The occurrences of each word.
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
