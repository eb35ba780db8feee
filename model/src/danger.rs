//! Words that tell of danger now: whoever writes them is asked to call 112 instead of waiting for a call.

use serde::{Deserialize, Serialize};

/// The words and phrases that editors listed, in every language alike.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DangerWords(Vec<String>);

impl DangerWords {
    /// The list; spaces and case do not matter, and empty entries are left out.
    #[must_use]
    pub fn new(phrases: impl IntoIterator<Item = String>) -> Self {
        Self(phrases.into_iter().map(|phrase| folded(&phrase)).filter(|phrase| phrase.trim() != "").collect())
    }

    /// Whether a phrase of the list stands in `text`, as whole words.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        let text = folded(text);
        self.0.iter().any(|phrase| text.contains(phrase.as_str()))
    }
}

/// ` each word in lower case between single spaces `, so that a phrase is found as whole words only.
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |folded, word| folded + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_whole_words_whatever_case_and_signs_stand_around_them() {
        let words = DangerWords::new(["kniv".to_owned(), "Slår mig".to_owned(), String::new()]);
        for text in ["Han har en KNIV!", "kniv", "han slår  mig", "Han slår\nmig.", "(kniv)"] {
            assert!(words.are_in(text), "{text}");
        }
        for text in ["", "knivskarp", "urkniven", "slår migrænen", "han slår"] {
            assert!(!words.are_in(text), "{text}");
        }
    }
}
