//! The fixed words of pages, one table for each language: a new language is one more table.

use crate::keys::KEYS;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use thiserror::Error;

/// The fixed words in one language, proved complete: every key of [`KEYS`] is there, no other, and each text holds
/// only the placeholders it may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Words(BTreeMap<String, String>);

/// What keeps a table from being [`Words`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadWords {
    /// A key without a text.
    #[error("there is no text for {0}")]
    Missing(&'static str),
    /// A text that nothing uses.
    #[error("{0} is not used anywhere")]
    Unknown(String),
    /// A placeholder that is not filled in, or one that was lost.
    #[error("the text for {key} must hold exactly these placeholders: {placeholders}")]
    Placeholders {
        /// The text's key.
        key: &'static str,
        /// Those it must hold, as written.
        placeholders: String,
    },
}

impl Words {
    /// Proves a table, or says everything that is wrong with it.
    pub fn new(table: BTreeMap<String, String>) -> Result<Self, Vec<BadWords>> {
        let mut faults = Vec::new();
        for &(key, placeholders) in KEYS {
            match table.get(key) {
                None => faults.push(BadWords::Missing(key)),
                Some(text) if !holds_exactly(text, placeholders) => {
                    let placeholders = placeholders.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>();
                    faults.push(BadWords::Placeholders { key, placeholders: placeholders.join(" ") });
                }
                Some(_) => {}
            }
        }
        let known: HashSet<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        faults.extend(table.keys().filter(|key| !known.contains(key.as_str())).cloned().map(BadWords::Unknown));
        if faults.is_empty() { Ok(Self(table)) } else { Err(faults) }
    }

    /// The text for a key of [`KEYS`]; empty for any other.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// The table.
    #[must_use]
    pub const fn table(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

/// `text` with each `{name}` replaced by its value.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

fn holds_exactly(text: &str, placeholders: &[&str]) -> bool {
    let all = placeholders.iter().all(|name| text.contains(&format!("{{{name}}}")));
    let none_left = !fill(text, &placeholders.iter().map(|name| (*name, "")).collect::<Vec<_>>()).contains(['{', '}']);
    all && none_left
}

impl TryFrom<BTreeMap<String, String>> for Words {
    type Error = String;
    fn try_from(table: BTreeMap<String, String>) -> Result<Self, String> {
        Self::new(table).map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }
}

impl From<Words> for BTreeMap<String, String> {
    fn from(words: Words) -> Self {
        words.0
    }
}
