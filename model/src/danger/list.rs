//! Parses the list of rules that editors keep: sections, named words, and rules with a sentence beside each.

use super::rule::{Pattern, entry};
use super::{BadPattern, DangerRules, Patterns, Section, Tidings};
use std::collections::{BTreeSet, HashSet};

/// A list while it is read line by line.
#[derive(Debug, Default)]
pub struct RuleList {
    patterns: Patterns,
    rules: Vec<Line>,
    /// The patterns read so far, by section.
    known: BTreeSet<(Section, String)>,
    /// The words that have a weight so far.
    weighed: HashSet<String>,
}

/// A rule with its line.
#[derive(Debug)]
struct Line {
    number: usize,
    section: Section,
    /// Its index in the section.
    place: usize,
    pattern: String,
    sentence: String,
}

/// An error in the list, with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRule {
    /// The line number, from 1.
    pub line: usize,
    /// The error.
    pub wrong: Wrong,
}

/// An error in a line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The section has an unknown name.
    Section(String),
    /// A rule precedes the first section.
    NoSection,
    /// A rule has no sentence.
    NoSentence,
    /// Words have no name.
    NoName,
    /// Words have no numeric weight.
    NoWeight,
    /// A name, pattern or weighed word already exists.
    Twice(String),
    /// A pattern is invalid.
    Pattern(BadPattern),
    /// A sentence is not matched by its rule.
    NotFound,
    /// A sentence gets another verdict than that of its section.
    Judged(Tidings),
    /// A sentence contains a character that ends it: `|`, or `#` as before a note.
    Sentence(char),
    /// A section has no lines.
    Empty,
}

/// The kind of lines in a section.
#[derive(Debug, Clone, Copy)]
enum Content {
    Words,
    Rules(Section),
    Weights,
    /// Lines of an unknown section: the error about the section explains them.
    Unknown,
}

/// The names of the sections, as editors write them.
const SECTIONS: [(&str, Content); 5] = [
    ("ord", Content::Words),
    ("altid fare", Content::Rules(Section::Always)),
    ("anmeldelse", Content::Rules(Section::Report)),
    ("længe siden", Content::Rules(Section::LongAgo)),
    ("vægt", Content::Weights),
];

impl RuleList {
    /// The names of the sections, to offer as choices.
    pub fn sections() -> impl Iterator<Item = &'static str> {
        SECTIONS.iter().map(|(name, _)| *name)
    }

    /// Parses a list. Each rule must match its sentence, and the sentence must get the verdict of its section.
    pub fn read(text: &str) -> Result<DangerRules, Vec<BadRule>> {
        let mut faults = Vec::new();
        let mut list = Self::default();
        let mut section = None;
        // The line of a section that has no lines yet.
        let mut empty = None;
        for (number, line) in (1..).zip(text.lines().map(str::trim)) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let heading = line.strip_prefix('[').map(|name| name.strip_suffix(']').unwrap_or(name));
            faults.extend(empty.take().filter(|_| heading.is_some()).map(|line| BadRule { line, wrong: Wrong::Empty }));
            let read = match (heading, section) {
                (Some(name), _) => {
                    let intended = name.trim_matches([' ', ']', ':', '.']).to_lowercase();
                    let known = SECTIONS.iter().find(|(known, _)| *known == intended);
                    section = Some(known.map_or(Content::Unknown, |(_, content)| *content));
                    let is_right = known.is_some_and(|(known, _)| *known == name) && line.ends_with(']');
                    // Report only one error for a line.
                    empty = is_right.then_some(number);
                    if is_right { Ok(()) } else { Err(Wrong::Section(name.to_owned())) }
                }
                (None, None) => Err(Wrong::NoSection),
                (None, Some(Content::Unknown)) => Ok(()),
                (None, Some(Content::Words)) => list.add_words(line),
                (None, Some(Content::Rules(section))) => list.add_rule(number, section, line),
                (None, Some(Content::Weights)) => list.add_weights(line),
            };
            faults.extend(read.err().map(|wrong| BadRule { line: number, wrong }));
        }
        faults.extend(empty.map(|line| BadRule { line, wrong: Wrong::Empty }));
        let bad = |line: &Line| Pattern::parse(&line.pattern, &list.patterns.words).err();
        faults.extend(list.rules.iter().filter_map(|line| Some(line.blamed(Wrong::Pattern(bad(line)?)))));
        if let Ok(rules) = DangerRules::try_from(list.patterns) {
            faults.extend(list.rules.iter().filter_map(|line| Some(line.blamed(line.fault(&rules)?))));
            if faults.is_empty() {
                return Ok(rules);
            }
        }
        faults.sort_by_key(|fault| fault.line);
        Err(faults)
    }

    fn add_words(&mut self, line: &str) -> Result<(), Wrong> {
        let (name, words) = line.split_once(':').ok_or(Wrong::NoName)?;
        let (mut entries, mut fault) = (Vec::new(), Ok(()));
        for words in words.split(',').map(str::trim) {
            match words.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
                Some(other) => match self.patterns.words.get(other) {
                    Some(others) => entries.extend_from_slice(others),
                    None => fault = fault.and(Err(BadPattern::Unknown(other.to_owned()))),
                },
                None => match entry(words) {
                    Ok(()) => entries.push(words.to_owned()),
                    Err(wrong) => fault = fault.and(Err(wrong)),
                },
            }
        }
        // Keep the name even if its words are wrong, so that rules that use it are not reported as well.
        let name = name.trim().to_owned();
        match self.patterns.words.insert(name.clone(), entries) {
            Some(_) => Err(Wrong::Twice(name)),
            None => fault.map_err(Wrong::Pattern),
        }
    }

    fn add_weights(&mut self, line: &str) -> Result<(), Wrong> {
        let (weight, words) = line.split_once(':').ok_or(Wrong::NoWeight)?;
        // An `i16` is so small that the sum over a text cannot overflow.
        let weight: i16 = weight.trim().parse().map_err(|_| Wrong::NoWeight)?;
        let mut words_of_line = words.split(',').map(str::trim);
        if let Some(word) = words_of_line.find(|word| !self.weighed.insert((*word).to_owned())) {
            return Err(Wrong::Twice(word.to_owned()));
        }
        self.patterns.weights.add(weight.into(), words).map_err(Wrong::Pattern)
    }

    fn add_rule(&mut self, number: usize, section: Section, line: &str) -> Result<(), Wrong> {
        let (pattern, sentence) = line.split_once('|').ok_or(Wrong::NoSentence)?;
        let (pattern, sentence) = (pattern.trim().to_owned(), sentence.trim().to_owned());
        if sentence.is_empty() {
            return Err(Wrong::NoSentence);
        }
        if let Some(sign) = sentence.chars().find(|sign| matches!(sign, '|' | '#')) {
            return Err(Wrong::Sentence(sign));
        }
        if !self.known.insert((section, pattern.clone())) {
            return Err(Wrong::Twice(pattern));
        }
        let rules = self.patterns.rules.entry(section.name().to_owned()).or_default();
        self.rules.push(Line { number, section, place: rules.len(), pattern: pattern.clone(), sentence });
        rules.push(pattern);
        Ok(())
    }
}

impl Line {
    /// Checks the rule against its sentence and returns the error, if any.
    fn fault(&self, rules: &DangerRules) -> Option<Wrong> {
        let judged = rules.judge_line(&self.sentence);
        if !rules.finds(self.section, self.place, &self.sentence) {
            Some(Wrong::NotFound)
        } else if judged != self.section.tidings() {
            Some(Wrong::Judged(judged))
        } else {
            None
        }
    }

    const fn blamed(&self, wrong: Wrong) -> BadRule {
        BadRule { line: self.number, wrong }
    }
}

impl Section {
    /// The verdict that a sentence of the section must get.
    #[must_use]
    pub const fn tidings(self) -> Tidings {
        match self {
            Self::Always => Tidings::Danger,
            Self::Report => Tidings::Report,
            Self::LongAgo => Tidings::Harmless,
        }
    }

    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(section, _)| *section == self).map_or("", |(_, name)| name)
    }
}
