//! The UI messages of pages, one table for each language: a new language is one more table.

use crate::all_faults;
use crate::keys::{GONE, KEYS, NEW};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use thiserror::Error;

/// The validated UI messages in one language: the keys are exactly those of [`KEYS`], and each text contains exactly
/// its placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Words(BTreeMap<String, String>);

/// Validation error of the table of [`Words`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadWords {
    /// A key has no text.
    #[error("there is no text for {0}")]
    Missing(&'static str),
    /// A text has a key that nothing uses.
    #[error("{0} is not used anywhere")]
    Unknown(String),
    /// A text has a placeholder that is not filled in, or lacks one.
    #[error("the text for {key} must hold exactly these placeholders: {placeholders}")]
    Placeholders {
        /// The key of the text.
        key: &'static str,
        /// The placeholders that the text must contain, as written.
        placeholders: String,
    },
}

impl Words {
    /// Validates a table, or returns every error.
    pub fn new(table: BTreeMap<String, String>) -> Result<Self, Vec<BadWords>> {
        Self::beside(table, GONE)
    }

    /// Validates a table, then adds the keys that are `gone`.
    fn beside(mut table: BTreeMap<String, String>, gone: &[(&str, &str)]) -> Result<Self, Vec<BadWords>> {
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
        if !faults.is_empty() {
            return Err(faults);
        }
        table.extend(gone.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
        Ok(Self(table))
    }

    /// Validates a table that another release may have published. Keys that only that release uses are ignored; `new`
    /// has the texts for keys that it does not have yet.
    fn of_any_release(mut table: BTreeMap<String, String>, new: &[(&str, &str)]) -> Result<Self, Vec<BadWords>> {
        table.retain(|key, _| KEYS.iter().any(|(known, _)| known == key));
        for &(key, text) in new {
            table.entry(key.to_owned()).or_insert_with(|| text.to_owned());
        }
        Self::new(table)
    }

    /// The text for a key of [`KEYS`]; empty for any other.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// The texts by key.
    #[must_use]
    pub const fn table(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

/// Replaces each `{name}` in `text` with its value.
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
        Self::of_any_release(table, NEW).map_err(|faults| all_faults(&faults))
    }
}

impl From<Words> for BTreeMap<String, String> {
    fn from(words: Words) -> Self {
        words.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete() -> BTreeMap<String, String> {
        let text = |names: &[&str]| names.iter().map(|name| format!("{{{name}}} ")).collect::<String>();
        KEYS.iter().map(|(key, names)| ((*key).to_owned(), text(names))).collect()
    }

    #[test]
    fn words_of_a_newer_release_are_read_without_its_own_keys() {
        let mut newer = complete();
        newer.insert("kommer_senere".to_owned(), "{ukendt}".to_owned());
        assert_eq!(Words::new(newer.clone()).unwrap_err(), [BadWords::Unknown("kommer_senere".to_owned())]);
        assert_eq!(Words::of_any_release(newer, &[]).unwrap(), Words::new(complete()).unwrap());
    }

    #[test]
    fn words_of_an_older_release_are_read_with_texts_for_new_keys() {
        let mut older = complete();
        older.remove("soeg");
        let new = [("soeg", "Søg"), ("forside", "Aldrig vist")];
        let read = Words::of_any_release(older.clone(), &new).unwrap();
        assert_eq!([read.get("soeg"), read.get("forside")], ["Søg", ""]);
        // A missing text that is not listed as new is an error, as it is for an editor.
        assert_eq!(Words::of_any_release(older, &new[1..]).unwrap_err(), [BadWords::Missing("soeg")]);
    }

    #[test]
    fn keys_the_previous_release_needs_are_still_published() {
        let words = Words::beside(complete(), &[("er_gaaet_ud", "Et ord")]).unwrap();
        let published = serde_json::to_value(&words).unwrap();
        assert_eq!((&published["er_gaaet_ud"], &published["soeg"]), (&"Et ord".into(), &"".into()));
    }

    #[test]
    fn new_keys_are_known_with_their_placeholders_and_gone_keys_are_unknown() {
        let placeholders = |key: &str| KEYS.iter().find(|(known, _)| *known == key).map(|(_, names)| *names);
        for (key, text) in NEW {
            assert!(placeholders(key).is_some_and(|names| holds_exactly(text, names)), "{key}: {text}");
        }
        for (key, _) in GONE {
            assert_eq!(placeholders(key), None, "{key}");
        }
    }
}
