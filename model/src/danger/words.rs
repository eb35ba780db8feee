//! The list of phrases by which a function of the release before judges texts, and this one where content has no rules.

use super::rule::{Pattern, entries};
use super::{DangerRules, Patterns, Section};
use serde::{Deserialize, Serialize};

/// Phrases about danger: ` each word in lower case between single spaces `.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DangerWords(Vec<String>);

/// Most phrases that one rule may expand to. Longer lists of words are for rules with several parts.
const MOST: usize = 300;

impl DangerWords {
    /// The rules of one part that find the same words wherever they stand, as phrases.
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

    /// The phrases as rules.
    pub(crate) fn rules(&self) -> DangerRules {
        let phrases = self.0.iter().map(|phrase| phrase.trim().to_owned()).collect();
        let rules = [(Section::Always.name().to_owned(), phrases)].into();
        DangerRules::try_from(Patterns { rules, ..Patterns::default() }).unwrap_or_default()
    }
}
