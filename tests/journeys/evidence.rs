//! Words that must be left nowhere, and the places that were searched for them.

use aws_smithy_types::base64;
use std::collections::BTreeMap;
use std::error::Error;

/// Words that a citizen types or sends along, and that no text of ours contains: one for each field and header.
pub(crate) const NAME: &str = "Kanariqnavn Kanariqefternavn";
pub(crate) const PHONE: &str = "31 87 65 43";
pub(crate) const EMAIL: &str = "kanariqpost@eksempel.example";
pub(crate) const STREET: &str = "Kanariqvej";
pub(crate) const TEXT: &str = "Kanariqtekst og 010190-1234";
pub(crate) const GROUP: &str = "Kanariqforening";
pub(crate) const HEADER: &str = "Kanariqhoved";
pub(crate) const FIELD: &str = "kanariqfelt";
pub(crate) const PATH: &str = "kanariqsti";
pub(crate) const ADDRESS: &str = "198.51.100.77";

/// Words that find all of them.
const WORDS: [&str; 6] = ["kanariq", "31876543", "31 87 65 43", "010190-1234", "0101901234", "198.51.100.77"];

/// The places that were searched, and the finds.
#[derive(Default)]
pub(crate) struct Evidence {
    needles: Vec<(String, Vec<u8>)>,
    looked: BTreeMap<&'static str, usize>,
    found: Vec<String>,
}

impl Evidence {
    pub(crate) fn new() -> Self {
        Self { needles: WORDS.iter().flat_map(|word| disguises(word)).collect(), ..Self::default() }
    }

    /// Searches a place for all words, in any case and encoding.
    pub(crate) fn look(&mut self, kind: &'static str, place: &str, bytes: &[u8]) {
        *self.looked.entry(kind).or_default() += 1;
        let lower = bytes.to_ascii_lowercase();
        for (name, needle) in &self.needles {
            let text = if name.ends_with("base64") { bytes } else { lower.as_slice() };
            if text.windows(needle.len()).any(|part| part == needle) {
                self.found.push(format!("{kind}: {name} in {place}"));
            }
        }
    }

    /// Searches an error as it may be logged: its message and its fields, down to its root cause.
    pub(crate) fn error(&mut self, place: &str, error: &dyn Error) {
        let mut next = Some(error);
        while let Some(error) = next {
            self.look("error", place, format!("{error} {error:?} {error:#?}").as_bytes());
            next = error.source();
        }
    }

    /// Returns the number of places of a kind that were searched.
    pub(crate) fn count(&self, kind: &str) -> usize {
        self.looked.get(kind).copied().unwrap_or_default()
    }

    /// Returns the finds, each with its place.
    pub(crate) fn found(&self) -> &[String] {
        &self.found
    }
}

/// Returns a word in each encoding: itself, inside base64 of a longer text, hex, and the numbers of its bytes.
fn disguises(word: &str) -> Vec<(String, Vec<u8>)> {
    let mut all = vec![(word.to_owned(), word.as_bytes().to_vec())];
    all.push((format!("{word} as hex"), model::names::hex(word.as_bytes()).into_bytes()));
    let numbers: Vec<String> = word.bytes().map(|byte| byte.to_string()).collect();
    all.push((format!("{word} as numbers"), numbers.join(", ").into_bytes()));
    for spelt in [word.to_owned(), word.replacen('k', "K", 1)] {
        for before in 0..3 {
            // Characters that hold bits of a neighbour are left out.
            let encoded = base64::encode([vec![0; before], spelt.clone().into_bytes()].concat());
            let first = [0, 2, 3][before];
            let last = (before + spelt.len()) / 3 * 4;
            all.push((format!("{word} as base64"), encoded.as_bytes()[first..last].to_vec()));
        }
    }
    all
}

#[test]
fn a_word_is_found_in_every_encoding_and_each_place_is_counted() {
    for disguise in [
        "x Kanariqnavn x".to_owned(),
        "navn=KANARIQNAVN&x".to_owned(),
        base64::encode("a Kanariqnavn"),
        base64::encode("aa Kanariqnavn"),
        base64::encode("aaa kanariqnavn"),
        format!("{:?}", "+4531876543".to_owned().into_bytes()),
        model::names::hex(b"Ring 31 87 65 43").to_uppercase(),
    ] {
        let mut evidence = Evidence::new();
        evidence.look("place", "here", b"nothing to see");
        assert!(evidence.found().is_empty());
        evidence.look("place", "here", disguise.as_bytes());
        assert!(!evidence.found().is_empty(), "{disguise}");
        assert_eq!((evidence.count("place"), evidence.count("other")), (2, 0));
    }
}
