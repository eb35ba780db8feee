//! The list of bureaucratic and legal jargon, with the everyday words to use instead.

use super::counts::Worded;
use crate::check::entries::entries;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::passages::words;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

#[derive(Default, Clone, PartialEq, Eq)]
pub(crate) struct WordList {
    /// By the first word of each phrase, in lowercase.
    phrases: HashMap<String, Vec<Phrase>, foldhash::fast::FixedState>,
    /// A bloom filter of the first bytes of these words: most words of a text are not on the list.
    beginnings: [u128; 32],
}

#[derive(Clone, PartialEq, Eq)]
struct Phrase {
    /// The words after the first.
    rest: Vec<String>,
    instead: String,
}

/// A listed word found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FoundWord<'a> {
    pub(crate) written: &'a str,
    pub(crate) instead: &'a str,
    pub(crate) at: Location,
}

impl WordList {
    /// Parses a list: each line has one or more words separated by commas, a colon, and the words to use instead.
    pub(crate) fn read(reporter: Reporter<'_>) -> Self {
        let mut list = Self::default();
        for (at, line) in entries(reporter.text) {
            match line.split_once(':').map(|(words, instead)| (words.trim(), instead.trim())) {
                Some((_, instead)) if instead.contains(['#', ':']) => {
                    let advice = "Skriv kun det, man skal skrive i stedet, efter kolon, og noter på deres egen linje med # først.";
                    let message = format!("»{}« kan ikke stå efter kolon. {advice}", excerpt(instead));
                    reporter.at(at, DiagnosticCode::WrongValue, message);
                }
                Some((words, instead)) if !words.is_empty() && !instead.is_empty() => {
                    words.split(',').for_each(|word| list.add(word.trim(), instead, at, reporter));
                }
                _ => reporter.at(
                    at,
                    DiagnosticCode::WrongValue,
                    format!(
                        "Linjen »{}« kan ikke bruges. Skriv ordet, et kolon og det, man skal skrive i stedet, for \
                         eksempel »såfremt: hvis«.",
                        excerpt(line)
                    ),
                ),
            }
        }
        if list.phrases.is_empty() && reporter.count() == 0 {
            reporter.file(
                DiagnosticCode::EmptyFile,
                "Listen har ingen ord. Hent dem fra en tidligere udgave, eller slet filen.",
            );
        }
        list
    }

    fn add(&mut self, phrase: &str, instead: &str, at: Location, reporter: Reporter<'_>) {
        // No word contains such a character: the phrase would never match.
        if let Some(sign) = phrase.chars().find(|sign| !sign.is_alphanumeric() && !" -'’./".contains(*sign)) {
            let message = format!(
                "»{}« er ikke et ord, for »{sign}« kan ikke stå i det. Sæt komma mellem ordene, og skriv noter på deres egen \
                 linje med # først.",
                excerpt(phrase)
            );
            return reporter.at(at, DiagnosticCode::WrongValue, message);
        }
        let lower = phrase.to_lowercase();
        // Two alternatives, which no text contains together: the pair would never match.
        let pair =
            lower.split_once('/').or_else(|| lower.split_once(" eller ").filter(|_| lower.matches(' ').count() == 2));
        if let Some((one, other)) = pair.filter(|_| lower != "og/eller") {
            let (one, other) = (excerpt(one.trim()), excerpt(other.trim()));
            let message = format!("»{}« er to ord. Sæt komma imellem: »{one}, {other}: {instead}«.", excerpt(phrase));
            return reporter.at(at, DiagnosticCode::WrongValue, message);
        }
        let mut parts = words(&lower).into_iter().map(|range| lower[range].to_owned());
        let Some(first) = parts.next() else {
            return reporter.at(
                at,
                DiagnosticCode::WrongValue,
                "Der mangler et ord mellem to kommaer, eller før kolon.",
            );
        };
        let rest: Vec<String> = parts.collect();
        if let Some((index, bit)) = beginning(&first) {
            self.beginnings[index] |= bit;
        }
        let phrases = self.phrases.entry(first).or_default();
        if phrases.iter().any(|phrase| phrase.rest == rest) {
            return reporter.at(
                at,
                DiagnosticCode::Twice,
                format!("»{}« står allerede på listen. Slet det ene sted.", excerpt(phrase)),
            );
        }
        phrases.push(Phrase { rest, instead: instead.to_owned() });
        // The longest phrase wins.
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
    }

    /// Finds every listed word of a passage, in order.
    pub(crate) fn find<'a>(&'a self, Worded { passage, words: all }: &Worded<'a>) -> Vec<FoundWord<'a>> {
        let text = &passage.text;
        let mut found = Vec::new();
        let mut index = 0;
        while index < all.len() {
            let is_here = |phrase: &&Phrase| {
                let is_same = |(small, word): (&String, &Range<usize>)| {
                    let word = &text[word.clone()];
                    word.eq_ignore_ascii_case(small) || !word.is_ascii() && word.to_lowercase() == *small
                };
                phrase.rest.len() < all.len() - index && phrase.rest.iter().zip(&all[index + 1..]).all(is_same)
            };
            let word = &text[all[index].clone()];
            if beginning(word).is_some_and(|(index, bit)| self.beginnings[index] & bit == 0) {
                index += 1;
                continue;
            }
            let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
            let phrases = self.phrases.get(&*if is_small { Cow::from(word) } else { word.to_lowercase().into() });
            let Some(phrase) = phrases.and_then(|phrases| phrases.iter().find(is_here)) else {
                index += 1;
                continue;
            };
            let last = index + phrase.rest.len();
            let written = &text[all[index].start..all[last].end];
            found.push(FoundWord { written, instead: &phrase.instead, at: passage.spot(all[index].start) });
            index = last + 1;
        }
        found
    }
}

/// The bit for the first four bytes of a word, ignoring case; `None` unless case is a single bit, as in Danish letters.
fn beginning(word: &str) -> Option<(usize, u128)> {
    let bytes = word.as_bytes();
    // Faster than copying so few bytes.
    let first = [0, 1, 2, 3].map(|at| bytes.get(at).copied().unwrap_or_default());
    if first.iter().any(|byte| *byte > 0xc3) {
        return None;
    }
    // The multiplication lets each byte affect the top bits.
    let hash = (u32::from_le_bytes(first) | 0x2020_2020).wrapping_mul(0x9e37_79b1) >> 20;
    Some(((hash >> 7) as usize, 1 << (hash & 127)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::diagnostic::Diagnostics;
    use crate::markdown::passages::Passage;
    use crate::source::read::Source;

    fn list(text: &str) -> (WordList, Vec<String>) {
        let source = Source { path: "ord/klart-sprog.txt".into(), text: text.into() };
        let diagnostics = Diagnostics::default();
        let list = WordList::read(source.reporter(&diagnostics));
        (list, diagnostics.into_sorted().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn whole_words_and_the_longest_phrase_are_found_ignoring_case() {
        let (list, diagnostics) = list("# Ord\nforetage, foretager: gøre\ni henhold til: efter\ni henhold: x\n");
        assert_eq!(diagnostics, [""; 0]);
        let passage = Passage::running("Foretage? I henhold til loven, foretagende.");
        let found: Vec<_> =
            list.find(&Worded::of(&passage)).into_iter().map(|found| (found.written, found.instead)).collect();
        assert_eq!(found, [("Foretage", "gøre"), ("I henhold til", "efter")]);
    }

    #[test]
    fn invalid_words_and_empty_lists_are_refused() {
        let (_, reported) = list("såfremt # jura: hvis\nherved; hermed: sådan\n");
        let note = "Sæt komma mellem ordene, og skriv noter på deres egen linje med # først.";
        assert_eq!(
            reported,
            [
                format!("ord/klart-sprog.txt:1:1: »såfremt # jura« er ikke et ord, for »#« kan ikke stå i det. {note}"),
                format!("ord/klart-sprog.txt:2:1: »herved; hermed« er ikke et ord, for »;« kan ikke stå i det. {note}"),
            ]
        );
        let empty =
            "ord/klart-sprog.txt:1:1: Listen har ingen ord. Hent dem fra en tidligere udgave, eller slet filen.";
        for text in ["", "\n", "# Ord\n"] {
            assert_eq!(list(text).1, [empty], "{text:?}");
        }
    }

    #[test]
    fn alternatives_without_a_comma_are_refused() {
        for pair in ["såfremt/dersom", "såfremt / dersom", "såfremt eller dersom", "så/som, x"] {
            let reported = list(&format!("{pair}: hvis\n")).1;
            assert!(
                reported.len() == 1 && reported[0].contains("er to ord. Sæt komma imellem"),
                "{pair}: {reported:?}"
            );
        }
        assert!(list("såfremt|dersom: hvis\n").1[0].contains("»|« kan ikke stå i det. Sæt komma"));
        for good in ["såfremt, dersom: hvis", "og/eller: eller", "helt, eller delvis: noget"] {
            assert_eq!(list(good).1, [""; 0], "{good}");
        }
    }

    #[test]
    fn unusable_lines_are_reported() {
        let (_, diagnostics) = list("såfremt hvis\nsåfremt: hvis\n: hvis\nforetage:\na,,b: c\nSåfremt: hvis\n");
        let starts = ["1:1: Linjen", "3:1: Linjen", "4:1: Linjen", "5:1: Der mangler et ord", "6:1: »Såfremt« står"];
        assert_eq!(diagnostics.len(), starts.len(), "{diagnostics:?}");
        for (diagnostic, start) in diagnostics.iter().zip(starts) {
            assert!(diagnostic.starts_with(&format!("ord/klart-sprog.txt:{start}")), "{diagnostic}");
        }
    }
}
