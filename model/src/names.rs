//! The small names that travel between content, wire and store, each with one constructor.

use serde::{Deserialize, Serialize};
use std::fmt;
use thiserror::Error;

/// A text that breaks the rule for a name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{what} must be {rule}")]
pub struct BadName {
    what: &'static str,
    rule: &'static str,
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $rule:literal, $holds:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses a name; see the type for the rule.
            pub fn parse(text: &str) -> Result<Self, BadName> {
                let holds: fn(&str) -> bool = $holds;
                if holds(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(BadName { what: stringify!($name), rule: $rule })
                }
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadName;
            fn try_from(text: String) -> Result<Self, BadName> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// A kreds in URLs: `oestjylland`.
    KredsSlug, "1 to 60 of a-z, 0-9 and single hyphens", is_slug
);
name!(
    /// A form in URLs, which is also its file name in `content/formularer/`: `bestil-en-betjent`.
    FormId, "1 to 60 of a-z, 0-9 and single hyphens", is_slug
);
name!(
    /// A page in URLs, which is also its file name: `saadan-virker-det`.
    PageSlug, "1 to 60 of a-z, 0-9 and single hyphens", is_slug
);
name!(
    /// A field's name on the wire: `telefon`.
    FieldName, "1 to 40 of a-z, 0-9 and _, starting with a letter", |text| {
        text.len() <= 40
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    }
);
name!(
    /// A choice's code on the wire: `utryghed`.
    ChoiceCode, "1 to 60 of a-z, 0-9 and single hyphens", is_slug
);
name!(
    /// A kommune's four-digit code: `0751`.
    KommuneCode, "four digits", is_four_digits
);
name!(
    /// A four-digit postcode: `8370`.
    Postcode, "four digits", is_four_digits
);
name!(
    /// A language by its two letters (ISO 639-1): `da`.
    Language, "two letters a-z", |text| text.len() == 2 && text.chars().all(|c| c.is_ascii_lowercase())
);
name!(
    /// The version of a catalog: the first 16 hex digits of the SHA-256 of its content.
    CatalogVersion, "16 hex digits", |text| text.len() == 16 && text.chars().all(is_hex)
);
name!(
    /// The key of a submission, which is also the unguessable end of its receipt's URL: 128 bits as 32 hex digits.
    SubmissionId, "32 hex digits", |text| text.len() == 32 && text.chars().all(is_hex)
);

name!(
    /// The id of one press of a button on an officer's page: 64 bits as 16 hex digits, drawn when the page is shown.
    Nonce, "16 hex digits", |text| text.len() == 16 && text.chars().all(is_hex)
);
name!(
    /// A reason for closing a request, which is also its file name in `content/grunde/`: `givet-raad`.
    ReasonSlug, "1 to 60 of a-z, 0-9 and single hyphens", is_slug
);

impl Nonce {
    /// Creates a nonce from 64 random bits.
    #[must_use]
    pub fn from_random(bits: [u8; 8]) -> Self {
        Self(hex(&bits))
    }
}

const DANISH: &str = "da";

impl Language {
    /// Danish, which officers read and from which every other language is translated.
    #[must_use]
    pub fn danish() -> Self {
        Self(DANISH.to_owned())
    }

    /// The URL prefix of this language's pages: empty for Danish, `/en` for English.
    #[must_use]
    pub fn prefix(&self) -> String {
        if self.0 == DANISH { String::new() } else { ["/", &self.0].concat() }
    }
}

impl SubmissionId {
    /// Creates an id from 128 random bits.
    #[must_use]
    pub fn from_random(bits: [u8; 16]) -> Self {
        Self(hex(&bits))
    }
}

impl CatalogVersion {
    /// Creates the version of a catalog from the digest of its content.
    #[must_use]
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        Self(hex(&digest[..8]))
    }
}

/// Formats `bytes` as lower-case hex digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_slug(text: &str) -> bool {
    (1..=60).contains(&text.len())
        && text
            .split('-')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

fn is_four_digits(text: &str) -> bool {
    text.len() == 4 && text.chars().all(|c| c.is_ascii_digit())
}

fn is_hex(c: char) -> bool {
    c.is_ascii_digit() || ('a'..='f').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_lower_case_words_with_single_hyphens() {
        for good in ["oestjylland", "syd-og-soenderjylland", "a1"] {
            assert!(KredsSlug::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "Å", "Oest", "a b", "a/b", &"a".repeat(61)] {
            assert!(KredsSlug::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn danish_pages_are_at_the_root_and_others_under_their_language() {
        assert_eq!(Language::danish().prefix(), "");
        assert_eq!(Language::parse("en").map(|en| en.prefix()), Ok("/en".to_owned()));
    }
}
