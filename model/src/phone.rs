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

    /// What is typed, and the number it is; none where nobody could call it.
    const TYPED: &[(&str, Option<&str>)] = &[
        // Danish numbers, however they are grouped.
        ("20123456", Some("+4520123456")),
        ("20 12 34 56", Some("+4520123456")),
        ("2012 3456", Some("+4520123456")),
        ("20.12.34.56", Some("+4520123456")),
        ("20-12-34-56", Some("+4520123456")),
        ("20/123456", Some("+4520123456")),
        ("(20) 12 34 56", Some("+4520123456")),
        (" 20\u{a0}12\u{a0}34\u{a0}56 ", Some("+4520123456")),
        ("20\u{202f}12\u{2009}34\u{2011}56", Some("+4520123456")),
        ("20\u{2013}12\u{2013}34\u{2013}56", Some("+4520123456")),
        ("99999999", Some("+4599999999")),
        ("86121314", Some("+4586121314")),
        // With the country code.
        ("+45 20 12 34 56", Some("+4520123456")),
        ("+4520123456", Some("+4520123456")),
        ("0045 20123456", Some("+4520123456")),
        ("(+45) 20 12 34 56", Some("+4520123456")),
        ("00 45 20 12 34 56", Some("+4520123456")),
        // Foreign numbers.
        ("+46 8 123 456 78", Some("+46812345678")),
        ("0049 30 1234567", Some("+49301234567")),
        ("+1 (212) 555-0100", Some("+12125550100")),
        ("+354 555 1234", Some("+3545551234")),
        ("+299 32 12 34", Some("+299321234")),
        ("+298 21 12 34", Some("+298211234")),
        // Nobody can be called there.
        ("", None),
        (" ", None),
        ("112", None),
        ("114", None),
        ("1813", None),
        ("2012345", None),
        ("201234567", None),
        ("01234567", None),
        ("12345678", None),
        ("1234 5678", None),
        ("+45 2012345", None),
        ("+45 12 34 56 78", None),
        ("+45 201234567", None),
        ("+", None),
        ("++4520123456", None),
        ("+0012345678", None),
        ("+1234567890123456", None),
        ("ring til mig", None),
        ("20 12 34 5x", None),
        ("20 12 34 56 eller 20 12 34 57", None),
        ("20+123456", None),
        ("\u{662}0123456", None),
    ];

    #[test]
    fn numbers_become_one_form_however_they_are_typed_and_what_nobody_can_call_is_refused() {
        for (typed, number) in TYPED {
            assert_eq!(Phone::parse(typed).ok().map(|phone| phone.as_e164().to_owned()).as_deref(), *number, "{typed}");
        }
        assert!(TYPED.len() >= 40);
    }

    #[test]
    fn numbers_are_shown_in_groups() {
        for (typed, shown) in [("20123456", "20 12 34 56"), ("+46812345678", "+468 123 456 78")] {
            assert_eq!(Phone::parse(typed).map(|phone| phone.grouped()), Ok(shown.to_owned()));
        }
    }
}
