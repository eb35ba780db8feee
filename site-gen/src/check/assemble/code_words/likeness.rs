//! Compares two Danish words by their beginning, their spelling, and their sound on a bad line.

use foldhash::fast::FixedState;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use std::collections::BTreeSet;
use std::hash::BuildHasher;

/// A word of 4 to 9 lowercase Danish letters, with its letters and sounds for comparison.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// The letters of the word and of its sound, as indices into the alphabet.
    letters: Vec<u8>,
    sounds: Vec<u8>,
}

/// The reason why two words are too close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// The same first four letters.
    Beginning,
    /// At most [`FAR`] letters to change.
    Spelling,
    /// At most [`FAR`] sounds to change.
    Sound,
}

/// The largest number of edits between two words that are too close.
const FAR: usize = 2;

const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyzæøå";

/// Letters that sound alike, each set with its representative: voiced and unvoiced, nasals, and neighbouring vowels.
const ALIKE: [(&str, char); 9] = [
    ("pb", 'b'),
    ("td", 'd'),
    ("kgcq", 'g'),
    ("zs", 's'),
    ("fvw", 'v'),
    ("mn", 'n'),
    ("æe", 'e'),
    ("åo", 'o'),
    ("ijy", 'i'),
];

impl<'a> Word<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let fits = (4..=9).contains(&text.chars().count()) && text.chars().all(|letter| ALPHABET.contains(letter));
        fits.then(|| Self { text, letters: places(text), sounds: places(&sound(text)) })
    }

    /// True if the word precedes the other in Danish alphabetical order.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        self.letters < other.letters
    }
}

/// Finds the pairs of words that may be too close, as indices into the list. All other pairs are further apart.
///
/// Two words within two edits have a remainder in common when up to two letters are dropped from each (as in SymSpell).
/// This avoids comparing half a million pairs.
pub(super) fn near_pairs(words: &[Word<'_>]) -> BTreeSet<(usize, usize)> {
    let hasher = FixedState::default();
    let keys = |(index, word): (usize, &Word<'_>)| {
        let beginning = [(0, packed(&word.letters[..4]))];
        let spelling = rests(&word.letters).map(|rest| (1, rest));
        let sound = rests(&word.sounds).map(|rest| (2, rest));
        // Hashes are faster to sort, and a collision only adds a pair to compare.
        let key = |key: (u8, u128)| (hasher.hash_one(key), index);
        beginning.into_iter().chain(spelling).chain(sound).map(key).collect::<Vec<_>>()
    };
    let mut keys: Vec<(u64, usize)> = words.par_iter().enumerate().flat_map_iter(keys).collect();
    keys.par_sort_unstable();
    keys.dedup();
    let sharing = keys.chunk_by(|(one, _), (other, _)| one == other);
    let pairs = sharing.flat_map(|group| {
        let later = |(at, (_, first)): (usize, &(_, usize))| {
            group[at + 1..].iter().map(|(_, last)| (*first, *last)).collect::<Vec<_>>()
        };
        group.iter().enumerate().flat_map(later)
    });
    pairs.collect()
}

/// The remainders of a word after dropping no letter, one or two.
fn rests(places: &[u8]) -> impl Iterator<Item = u128> {
    let whole = packed(places);
    let one_less = move |one: usize| {
        let rest = without(whole, one);
        [rest].into_iter().chain((0..one).map(move |two| without(rest, two)))
    };
    [whole].into_iter().chain((0..places.len()).flat_map(one_less))
}

/// Packs up to 18 letters, the sounds of the longest word, into one number with five bits for each.
fn packed(places: &[u8]) -> u128 {
    places.iter().fold(0, |number, place| number << 5 | u128::from(place + 1))
}

/// Removes the letter that is followed by `behind` others.
const fn without(packed: u128, behind: usize) -> u128 {
    let after = (1 << (5 * behind)) - 1;
    packed & after | packed >> 5 & !after
}

impl Likeness {
    /// The first reason why two different words are too close. `None` if they are not.
    pub(super) fn of(one: &Word<'_>, other: &Word<'_>) -> Option<Self> {
        if one.letters[..4] == other.letters[..4] {
            Some(Self::Beginning)
        } else if is_near(&one.letters, &other.letters) {
            Some(Self::Spelling)
        } else if is_near(&one.sounds, &other.sounds) {
            Some(Self::Sound)
        } else {
            None
        }
    }
}

fn places(text: &str) -> Vec<u8> {
    let place = |letter| ALPHABET.chars().position(|known| known == letter).and_then(|at| u8::try_from(at).ok());
    text.chars().filter_map(place).collect()
}

fn is_near(one: &[u8], other: &[u8]) -> bool {
    strsim::generic_damerau_levenshtein(one, other) <= FAR
}

/// The sound of a word on a bad line: without silent letters, and with one letter for all that sound alike.
fn sound(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_vowel = |letter: Option<&char>| letter.is_some_and(|letter| "aeiouyæøå".contains(*letter));
    let mut heard = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(index + 1);
        let is_silent = match letter {
            'h' => matches!(after, Some('v' | 'j')),
            'd' => {
                matches!(before, Some('l' | 'n' | 'r'))
                    || matches!(after, Some('s' | 't'))
                    || (after.is_none() && is_vowel(before))
            }
            'g' | 'j' => is_vowel(before) && !is_vowel(after),
            _ => false,
        };
        if is_silent {
            continue;
        }
        let spelled = if letter == 'x' { "ks".to_owned() } else { letter.to_string() };
        for letter in spelled.chars() {
            let alike = ALIKE.iter().find(|(letters, _)| letters.contains(letter));
            let one = alike.map_or(letter, |(_, one)| *one);
            if !heard.ends_with(one) {
                heard.push(one);
            }
        }
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_too_close_are_found_with_the_reason() {
        let close = |one: &str, other: &str| Likeness::of(&Word::parse(one).unwrap(), &Word::parse(other).unwrap());
        for (one, other, likeness) in [
            ("bøje", "bølge", Some(Likeness::Spelling)),
            ("radio", "radise", Some(Likeness::Beginning)),
            ("aftensol", "aftenrøde", Some(Likeness::Beginning)),
            ("sukker", "kusker", Some(Likeness::Spelling)),
            ("kande", "kanal", Some(Likeness::Spelling)),
            ("hvalp", "jalp", Some(Likeness::Spelling)),
            ("hjerte", "jærder", Some(Likeness::Sound)),
            ("pagode", "backete", Some(Likeness::Sound)),
            ("ballon", "palåner", Some(Likeness::Sound)),
            ("elefant", "guitar", None),
            ("paraply", "kælder", None),
        ] {
            assert_eq!(close(one, other), likeness, "{one}/{other}");
            assert_eq!(close(other, one), likeness, "{other}/{one}");
        }
    }

    #[test]
    fn a_word_is_reduced_to_its_sound() {
        for (word, heard) in [
            ("hvedemel", "vedenel"),
            ("mand", "nan"),
            ("bad", "ba"),
            ("regn", "ren"),
            ("gade", "gade"),
            ("sløjfe", "sløve"),
            ("taxa", "dagsa"),
            ("kakkel", "gagel"),
            ("måtte", "node"),
        ] {
            assert_eq!(sound(word), heard, "{word}");
        }
    }

    #[test]
    fn a_word_has_four_to_nine_lowercase_danish_letters() {
        for good in ["abcd", "åkande", "æøåæøåæøå"] {
            assert!(Word::parse(good).is_some(), "{good}");
        }
        for bad in ["", "hat", "Kage", "to ord", "café", "abcdefghij", "kage1"] {
            assert!(Word::parse(bad).is_none(), "{bad}");
        }
    }
}
