//! Telephone numbers as citizens type them, in one form that a telephone can dial.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A telephone number in E.164 form: `+4512345678`.
///
/// Danish numbers are eight digits of a closed plan, the first 2 to 9 (the Danish number plan, as published by
/// Styrelsen for Dataforsyning og Infrastruktur); foreign ones are accepted with `+` or `00` and 7 to 15 digits (ITU-T E.164).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// A text that is no telephone number an officer could call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a telephone number: eight Danish digits, or + and a country code")]
pub struct BadPhone;

impl Phone {
    /// The number in `text`, whatever spaces, dots, dashes and brackets it is grouped with.
    pub fn parse(text: &str) -> Result<Self, BadPhone> {
        let mut digits = String::new();
        let mut international = false;
        for c in text.trim().chars() {
            match c {
                '0'..='9' => digits.push(c),
                '+' if digits.is_empty() && !international => international = true,
                ' ' | '.' | '-' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2011}' | '\u{2013}' => {}
                _ => return Err(BadPhone),
            }
        }
        if !international && let Some(rest) = digits.strip_prefix("00") {
            digits = rest.to_owned();
            international = true;
        }
        match (international, digits.strip_prefix("45")) {
            (false, _) if is_danish(&digits) => Ok(Self(format!("+45{digits}"))),
            (true, Some(local)) if is_danish(local) => Ok(Self(format!("+{digits}"))),
            (true, None) if (7..=15).contains(&digits.len()) && !digits.starts_with('0') => {
                Ok(Self(format!("+{digits}")))
            }
            _ => Err(BadPhone),
        }
    }

    /// The number to dial: `+4512345678`.
    #[must_use]
    pub fn as_e164(&self) -> &str {
        &self.0
    }

    /// The number to read aloud: `12 34 56 78`, with the country code where it is not Danish.
    #[must_use]
    pub fn grouped(&self) -> String {
        match self.0.strip_prefix("+45") {
            Some(local) => in_groups(local, 2),
            None => format!("+{}", in_groups(&self.0[1..], 3)),
        }
    }
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
    fn try_from(text: String) -> Result<Self, BadPhone> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_numbers_become_one_number_however_they_are_typed() {
        for typed in [
            "20123456",
            "20 12 34 56",
            "2012 3456",
            "20.12.34.56",
            "20-12-34-56",
            "+45 20 12 34 56",
            "+4520123456",
            "0045 20123456",
            "(+45) 20 12 34 56",
            " 20\u{a0}12\u{a0}34\u{a0}56 ",
            "(20) 12 34 56",
            "20/123456",
        ] {
            assert_eq!(
                Phone::parse(typed).map(|phone| phone.as_e164().to_owned()),
                Ok("+4520123456".into()),
                "{typed}"
            );
        }
    }

    #[test]
    fn foreign_numbers_keep_their_country_code() {
        for (typed, e164) in [("+46 8 123 456 78", "+46812345678"), ("0049 30 1234567", "+49301234567")] {
            assert_eq!(Phone::parse(typed).map(|phone| phone.as_e164().to_owned()), Ok(e164.into()), "{typed}");
        }
    }

    #[test]
    fn what_nobody_can_call_is_refused() {
        for typed in [
            "",
            "112",
            "114",
            "2012345",
            "201234567",
            "01234567",
            "12345678",
            "+45 2012345",
            "ring til mig",
            "20 12 34 5x",
            "+",
            "++4520123456",
            "+0012345678",
        ] {
            assert_eq!(Phone::parse(typed).err(), Some(BadPhone), "{typed}");
        }
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        assert_eq!(Phone::parse("20123456").map(|phone| phone.grouped()), Ok("20 12 34 56".into()));
        assert_eq!(Phone::parse("+46812345678").map(|phone| phone.grouped()), Ok("+468 123 456 78".into()));
    }
}
