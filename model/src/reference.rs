//! The reference by which citizen and officer identify a request on the telephone.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// Eight random characters and a check character, in groups of three: `K7F-M2X-P9V`.
///
/// The 23 characters include no vowels (so no words), none of `0 O 1 I` and none of the pairs that look or sound alike
/// (`8`/`B`, `5`/`S`, `2`/`Z`, `Q`, `W`). 23 is prime, so a weighted sum modulo 23 detects every single wrong character
/// and every swap of two neighbours.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

/// A text that is not a reference, or one that was misheard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a reference like K7F-M2X-P9V, or a sign of it is wrong")]
pub struct BadReference;

const SIGNS: &[u8; 23] = b"23456789CDFGHJKLMNPRTVX";
const LENGTH: usize = 9;

impl Reference {
    /// Creates a reference from 64 random bits. There are about 7.8·10¹⁰, so the store still checks that it is new.
    #[must_use]
    pub fn from_random(bits: u64) -> Self {
        let mut rest = bits;
        let mut values = [0_usize; LENGTH];
        for value in &mut values[..LENGTH - 1] {
            *value = (rest % 23) as usize;
            rest /= 23;
        }
        // The check character has weight 9 and makes the whole sum 0. 18 is the inverse of 9 modulo 23.
        values[LENGTH - 1] = (23 - sum(&values)) % 23 * 18 % 23;
        Self::from_values(&values)
    }

    /// Parses a reference in upper or lower case, with or without its hyphens or spaces.
    pub fn parse(text: &str) -> Result<Self, BadReference> {
        let signs = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| c.to_ascii_uppercase());
        let values: Vec<usize> = signs
            .map(|sign| SIGNS.iter().position(|&s| char::from(s) == sign))
            .collect::<Option<_>>()
            .ok_or(BadReference)?;
        if values.len() == LENGTH && sum(&values) == 0 { Ok(Self::from_values(&values)) } else { Err(BadReference) }
    }

    /// The reference with its hyphens.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_values(values: &[usize]) -> Self {
        let groups =
            values.chunks(3).map(|group| group.iter().map(|&value| char::from(SIGNS[value])).collect::<String>());
        Self(groups.collect::<Vec<_>>().join("-"))
    }
}

fn sum(values: &[usize]) -> usize {
    values.iter().enumerate().map(|(place, value)| (place + 1) * value).sum::<usize>() % 23
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reference {
    type Error = BadReference;
    fn try_from(text: String) -> Result<Self, BadReference> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> impl Iterator<Item = Reference> {
        (0..20_000_u64).map(|n| Reference::from_random(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    #[test]
    fn every_generated_reference_is_read_back() {
        for reference in some() {
            assert_eq!(Reference::parse(reference.as_str()), Ok(reference.clone()));
            assert_eq!(Reference::parse(&reference.as_str().replace('-', " ").to_lowercase()), Ok(reference));
        }
    }

    #[test]
    fn one_wrong_character_or_two_swapped_neighbours_are_detected() {
        for reference in some().take(300) {
            let signs: Vec<char> = reference.as_str().chars().filter(|&c| c != '-').collect();
            for place in 0..LENGTH {
                for &other in SIGNS.iter().filter(|&&other| char::from(other) != signs[place]) {
                    let mut heard = signs.clone();
                    heard[place] = char::from(other);
                    assert!(Reference::parse(&heard.iter().collect::<String>()).is_err());
                }
                if place + 1 < LENGTH && signs[place] != signs[place + 1] {
                    let mut heard = signs.clone();
                    heard.swap(place, place + 1);
                    assert!(Reference::parse(&heard.iter().collect::<String>()).is_err());
                }
            }
        }
    }

    #[test]
    fn no_character_is_a_vowel_or_easily_confused() {
        assert!(SIGNS.iter().all(|sign| !b"AEIOUYBSZQW01".contains(sign)));
    }
}
