//! Splits texts into words and stems them with Snowball, so that one form of a word finds the others.

use memchr::memchr;
use model::names::Language;
use snowball_stemmers_rs::{Algorithm, Stemmer};

/// The replacements of letters, in order: the spellings of people who cannot type them, and variants of names. The
/// script applies them to the query.
pub(super) const FOLDS: &[(&str, &str)] = &[
    ("aa", "a"),
    ("å", "a"),
    ("æ", "ae"),
    ("ä", "ae"),
    ("oe", "o"),
    ("ø", "o"),
    ("ö", "o"),
    ("é", "e"),
    ("è", "e"),
    ("ü", "u"),
];

/// Common word endings: in Danish all that the stemmer knows, so that any form of a word is found; in English those
/// that change the preceding letters.
const DANISH: &[&str] = &[
    "hed", "ethed", "ered", "e", "erede", "ende", "erende", "ene", "erne", "ere", "en", "heden", "eren", "er", "heder",
    "erer", "heds", "es", "endes", "erendes", "enes", "ernes", "eres", "ens", "hedens", "erens", "ers", "ets", "erets",
    "et", "eret", "s", "t", "ig", "lig", "elig", "els",
];
const ENGLISH: &[&str] = &["ies", "ied", "y", "s", "es", "ed", "ing"];

/// The minimum length of a stem.
const SHORTEST: usize = 3;

/// The word rules of one language.
pub(super) struct Words {
    stemmer: Option<Stemmer>,
    endings: &'static [&'static str],
}

impl Words {
    /// The rules of a language. Without a stemmer, a word is its own stem.
    pub(super) fn of(language: &Language) -> Self {
        let algorithm = match language.as_str() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fa" => Algorithm::Persian,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "it" => Algorithm::Italian,
            "lt" => Algorithm::Lithuanian,
            "nl" => Algorithm::Dutch,
            "no" => Algorithm::Norwegian,
            "ro" => Algorithm::Romanian,
            "ru" => Algorithm::Russian,
            "sv" => Algorithm::Swedish,
            "tr" => Algorithm::Turkish,
            "uk" => Algorithm::Ukrainian,
            _ => return Self { stemmer: None, endings: &[] },
        };
        let endings = match algorithm {
            Algorithm::Danish => DANISH,
            Algorithm::English => ENGLISH,
            _ => &[],
        };
        Self { stemmer: Some(Stemmer::create(algorithm)), endings }
    }

    /// The common word endings of the language.
    pub(super) fn endings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.endings.iter().copied()
    }

    /// Splits a lower-case word into its stem and ending, both folded.
    ///
    /// Some stemmers change a stem's last letters (`burglary`, `burglari`): the stem is only what both share, so that
    /// stem and ending always make up the word.
    pub(super) fn stem(&self, word: &str) -> (String, String) {
        let folded = fold(word);
        let stem = self.stemmer.as_ref().map_or_else(|| folded.clone(), |stemmer| fold(&stemmer.stem(word)));
        // The stemmer gives `burglari` for `burglary` and `burglaries`.
        let stem = stem.strip_suffix('i').filter(|_| folded.ends_with("ies")).unwrap_or(&stem);
        let shared = folded.chars().zip(stem.chars()).take_while(|(one, other)| one == other).count();
        let is_number = folded.chars().all(|sign| sign.is_ascii_digit());
        if shared < SHORTEST || is_number {
            return (folded, String::new());
        }
        let end = folded.char_indices().nth(shared).map_or(folded.len(), |(at, _)| at);
        (folded[..end].to_owned(), folded[end..].to_owned())
    }
}

/// Passes on each word of a text in lower case, except single letters. In HTML, tags and the entities that Markdown
/// writes are skipped.
pub(super) fn words(text: &str, is_html: bool, mut with: impl FnMut(&str)) {
    let mut with = |word: &str| {
        if word.len() > 4 || word.chars().nth(1).is_some() {
            with(word);
        }
    };
    let (bytes, mut at, mut small) = (text.as_bytes(), 0, String::new());
    while at < bytes.len() {
        let (start, mut kinds) = (at, 0);
        while let Some(byte) = bytes.get(at) {
            kinds |= KINDS[usize::from(*byte)];
            if kinds & END != 0 {
                break;
            }
            at += 1;
        }
        let word = &text[start..at];
        if kinds & (CAPITAL | OTHER) == 0 {
            with(word);
        } else if kinds & OTHER == 0 {
            small.clear();
            small.push_str(word);
            small.make_ascii_lowercase();
            with(&small);
        } else {
            word.to_lowercase().split(|sign: char| !sign.is_alphanumeric()).for_each(&mut with);
        }
        let begins = |name: &&str| bytes[at..].starts_with(name.as_bytes());
        at += match bytes.get(at) {
            Some(b'<') if is_html => memchr(b'>', &bytes[at..]).map_or(1, |end| end + 1),
            Some(b'&') if is_html => ["&lt;", "&gt;", "&quot;", "&amp;"].into_iter().find(begins).map_or(1, str::len),
            _ => 1,
        };
    }
}

/// Kinds of bytes: the end of a word, an ASCII capital, and a byte of neither digits nor Danish lower-case letters.
const END: u8 = 1;
const CAPITAL: u8 = 2;
const OTHER: u8 = 4;

/// The kind of each byte: 0 for digits and lower-case letters, including both bytes of `å`.
const KINDS: [u8; 256] = {
    let (mut kinds, mut byte) = ([0; 256], 0);
    while byte < 256 {
        kinds[byte] = match byte {
            0x30..=0x39 | 0x61..=0x7a | 0xa0..=0xb6 | 0xb8..=0xbf | 0xc3 => 0,
            0x41..=0x5a => CAPITAL,
            0x80.. => OTHER,
            _ => END,
        };
        byte += 1;
    }
    kinds
};

fn fold(word: &str) -> String {
    FOLDS.iter().fold(word.to_owned(), |word, (from, to)| word.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(language: &str, text: &str) -> Vec<String> {
        let language = Words::of(&Language::parse(language).unwrap());
        let mut stems = Vec::new();
        words(text, false, |word| stems.push(language.stem(word).0));
        stems
    }

    #[test]
    fn the_forms_of_a_word_share_one_stem() {
        for (language, forms, stem) in [
            ("da", "indbrud indbruddet indbruddene indbruds", "indbrud"),
            ("da", "politistation politistationen politistationerne", "politistation"),
            ("da", "cyklist cyklister cyklisternes", "cyklist"),
            ("da", "Aarhus Århus", "arhus"),
            ("da", "tryg trygge tryghed trygheden", "tryg"),
            ("en", "burglary burglaries", "burglar"),
            ("en", "report reports reporting reported", "report"),
            ("de", "Polizei", "polizei"),
            ("pl", "policja", "policja"),
            ("da", "8370", "8370"),
        ] {
            assert!(stems(language, forms).iter().all(|found| found == stem), "{:?}", stems(language, forms));
        }
    }

    #[test]
    fn stem_and_ending_make_up_the_folded_word() {
        let words = Words::of(&Language::danish());
        for word in ["skoene", "åerne", "kommunernes", "færdselskontrollen", "København", "by", "es"] {
            let (stem, ending) = words.stem(&word.to_lowercase());
            assert_eq!(format!("{stem}{ending}"), fold(&word.to_lowercase()), "{word}");
        }
    }

    #[test]
    fn single_letters_and_punctuation_are_not_words() {
        assert_eq!(stems("da", "e-mail i 8000 Aarhus C. »og«"), ["mail", "8000", "arhus", "og"]);
    }
}
