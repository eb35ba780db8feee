//! Phrases by which a function of the previous release judges texts, and this one if the content has no rules.

use super::rule::{Pattern, entries};
use super::{DangerRules, Patterns, Section};
use serde::{Deserialize, Serialize};

/// Phrases about danger: ` each word in lower case between single spaces `.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DangerWords(Vec<String>);

/// The most phrases that one rule may expand to. Longer word lists are for rules with several parts.
const MOST: usize = 300;

impl DangerWords {
    /// Converts to phrases those rules that have a single part and find the same words wherever they stand.
    #[must_use]
    pub fn of(rules: &DangerRules) -> Self {
        let Patterns { words, rules, .. } = &rules.patterns;
        let patterns = rules.get(Section::Always.name()).into_iter().flatten();
        let mut phrases = Vec::new();
        for pattern in patterns.filter_map(|pattern| Pattern::parse(pattern, words).ok()) {
            let [part] = pattern.parts.as_slice() else { continue };
            if part.iter().any(|step| step.after_gap) {
                continue;
            }
            let steps = part.iter().map(|step| entries(&step.any, words));
            let all = steps.fold(vec![" ".to_owned()], |all, step| {
                let longer =
                    |phrase: &String| step.iter().map(move |entry| format!("{phrase}{entry} ")).collect::<Vec<_>>();
                all.iter().take(MOST).flat_map(longer).collect()
            });
            phrases.extend(all.into_iter().take(MOST).filter(|phrase| !phrase.contains('*')));
        }
        phrases.sort_unstable();
        phrases.dedup();
        Self(phrases)
    }

    /// Converts the phrases to rules.
    pub(crate) fn rules(&self) -> DangerRules {
        let phrases = self.0.iter().map(|phrase| phrase.trim().to_owned()).collect();
        let rules = [(Section::Always.name().to_owned(), phrases)].into();
        DangerRules::try_from(Patterns { rules, ..Patterns::default() }).unwrap_or_default()
    }
}
