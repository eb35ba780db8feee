//! What makes two Danish words alike: their beginning, their spelling, or how they sound on a bad line.

/// A word of 4 to 9 small Danish letters, with what it is compared by.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    letters: Letters,
    sounds: Letters,
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

/// Letters by their place in the alphabet, and as a set.
struct Letters {
    places: Vec<u8>,
    set: u32,
}

/// Two words must be further apart than so many edits.
const FAR: usize = 2;

const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyzæøå";

/// The letters that sound alike, each with the one that stands for them: voiced and unvoiced, nasals, and neighbouring vowels.
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
        fits.then(|| Self { text, letters: Letters::of(text), sounds: Letters::of(&sound(text)) })
    }

    /// Whether it stands before another in a Danish dictionary.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        self.letters.places < other.letters.places
    }
}

impl Likeness {
    /// The first reason why two different words are too close; none if they are not.
    pub(super) fn of(one: &Word<'_>, other: &Word<'_>) -> Option<Self> {
        if one.letters.places[..4] == other.letters.places[..4] {
            Some(Self::Beginning)
        } else if one.letters.is_near(&other.letters) {
            Some(Self::Spelling)
        } else if one.sounds.is_near(&other.sounds) {
            Some(Self::Sound)
        } else {
            None
        }
    }
}

impl Letters {
    fn of(text: &str) -> Self {
        let place = |letter| ALPHABET.chars().position(|known| known == letter).and_then(|at| u8::try_from(at).ok());
        let places: Vec<u8> = text.chars().filter_map(place).collect();
        let set = places.iter().fold(0, |set, place| set | 1 << place);
        Self { places, set }
    }

    fn is_near(&self, other: &Self) -> bool {
        // One edit changes the length by one at most, and takes one letter from the set and adds another. Nearly every pair
        // ends here, so half a million of them cost nothing.
        self.places.len().abs_diff(other.places.len()) <= FAR
            && (self.set ^ other.set).count_ones() as usize <= 2 * FAR
            && strsim::generic_damerau_levenshtein(&self.places, &other.places) <= FAR
    }
}

/// How a word sounds where the line is bad: without what is not heard, and with one letter for those that sound alike.
fn sound(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_vowel = |letter: Option<&char>| letter.is_some_and(|letter| "aeiouyæøå".contains(*letter));
    let mut heard = String::new();
    for (place, &letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(place + 1);
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
    fn words_that_can_be_misheard_are_alike_and_the_reason_is_named() {
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
    fn a_sound_is_what_is_heard() {
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
    fn a_word_is_four_to_nine_small_danish_letters() {
        for good in ["abcd", "åkande", "æøåæøåæøå"] {
            assert!(Word::parse(good).is_some(), "{good}");
        }
        for bad in ["", "hat", "Kage", "to ord", "café", "abcdefghij", "kage1"] {
            assert!(Word::parse(bad).is_none(), "{bad}");
        }
    }
}
