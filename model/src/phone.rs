//! Telephone numbers as citizens type them, in one form that a telephone can dial.

mod plan;
mod typed;

use plan::Country;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use typed::{Typed, are_two};

/// A telephone number in E.164 form: `+4512345678`.
///
/// Danish numbers are eight digits of a closed plan, the first 2 to 9 (the Danish number plan, as published by
/// Styrelsen for Dataforsyning og Infrastruktur). Foreign numbers need `+` or `00`, a country code, and a first digit
/// and a length that numbers in that country have. The codes are in a table (7 KB) instead of a library with every
/// number plan: phonenumber 0.3 makes a program 2.7 MB larger, rlibphonenumber 2.2 needs some 80 packages to build.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// A text that is not a telephone number an officer could call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a telephone number: eight Danish digits, or + and a country code")]
pub struct BadPhone;

/// The price of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// The same as for other calls to that country.
    Ordinary,
    /// More: premium rate, shared cost, a personal number or satellite. Fraud with such numbers lives by being called.
    Premium,
}

impl Phone {
    /// Parses a number in the digits of any script, grouped by any spaces, dots, dashes and brackets.
    pub fn parse(text: &str) -> Result<Self, BadPhone> {
        let Typed { international, groups } = Typed::read(text)?;
        let digits: String = groups.iter().map(|group| group.digits.as_str()).collect();
        let code = if international { Some(digits.as_str()) } else { digits.strip_prefix("00") };
        let local = digits.strip_prefix("45").map(|local| local.strip_prefix('0').unwrap_or(local));
        let local = local.filter(|local| is_danish(local));
        match (code, local) {
            (None, _) if is_danish(&digits) => Ok(Self(format!("+45{digits}"))),
            (None, Some(local)) => Ok(Self(format!("+45{local}"))),
            (Some(digits), _) if digits.starts_with("45") || !are_two(&groups, international) => {
                let country = Country::of(digits).ok_or(BadPhone)?;
                let local = country.dialled(&digits[country.code.len()..]).ok_or(BadPhone)?;
                let is_right = country.code != "45" || is_danish(local);
                is_right.then(|| Self(format!("+{}{local}", country.code))).ok_or(BadPhone)
            }
            _ => Err(BadPhone),
        }
    }

    /// The price of a call to this number.
    #[must_use]
    pub fn cost(&self) -> Cost {
        let is_premium =
            Country::of(&self.0[1..]).is_some_and(|country| country.is_premium(&self.0[1 + country.code.len()..]));
        if is_premium { Cost::Premium } else { Cost::Ordinary }
    }

    /// The number as stored by this release and by earlier ones, which kept a prefix after the code.
    #[must_use]
    pub fn stored_forms(&self) -> Vec<Self> {
        let country = Country::of(&self.0[1..]);
        let with_prefix = country.iter().flat_map(|country| {
            let local = &self.0[1 + country.code.len()..];
            country.prefixes().map(move |prefix| Self(format!("+{}{prefix}{local}", country.code)))
        });
        [self.clone()].into_iter().chain(with_prefix).collect()
    }

    /// The number to dial: `+4512345678`.
    #[must_use]
    pub fn as_e164(&self) -> &str {
        &self.0
    }

    /// The number to read aloud: `12 34 56 78`, with the country code unless it is Danish.
    #[must_use]
    pub fn grouped(&self) -> String {
        match self.0.strip_prefix("+45") {
            Some(local) => in_groups(local, 2),
            None => format!("+{}", in_groups(&self.0[1..], 3)),
        }
    }
}

/// The most digits of a telephone number that begins with these, country code included; `None` if no code matches.
pub(crate) fn most_digits(digits: &str) -> Option<usize> {
    Country::of(digits).map(|country| country.longest())
}

fn is_danish(digits: &str) -> bool {
    digits.len() == 8 && matches!(digits.as_bytes()[0], b'2'..=b'9')
}

fn in_groups(digits: &str, size: usize) -> String {
    let chars: Vec<char> = digits.chars().collect();
    chars.chunks(size).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

impl TryFrom<String> for Phone {
    type Error = BadPhone;
    /// Keeps a stored number as it is, even if an earlier release accepted what this one would not.
    fn try_from(text: String) -> Result<Self, BadPhone> {
        let is_stored =
            |digits: &str| (7..=15).contains(&digits.len()) && digits.bytes().all(|sign| sign.is_ascii_digit());
        if text.strip_prefix('+').is_some_and(is_stored) { Ok(Self(text)) } else { Self::parse(&text) }
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests;
