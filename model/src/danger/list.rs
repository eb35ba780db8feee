//! Reads the list of rules that editors keep: sections, named words, and rules with a sentence beside each.

use super::rule::{Pattern, entry};
use super::{BadPattern, DangerRules, Patterns, Section, Tidings};
use std::collections::{BTreeSet, HashSet};

/// The list as it is written, read line by line.
#[derive(Debug, Default)]
pub struct RuleList {
    patterns: Patterns,
    rules: Vec<Line>,
    /// The patterns of each section so far.
    known: BTreeSet<(Section, String)>,
    /// The words that have a weight so far.
    weighed: HashSet<String>,
}

/// A rule of the list.
#[derive(Debug)]
struct Line {
    number: usize,
    section: Section,
    /// Its place in the section.
    place: usize,
    pattern: String,
    sentence: String,
}

/// A line of the list that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRule {
    /// The line, from 1.
    pub line: usize,
    /// The mistake.
    pub wrong: Wrong,
}

/// A mistake in a line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A section by a name that is not known.
    Section(String),
    /// A rule above the first section.
    NoSection,
    /// A rule without a sentence.
    NoSentence,
    /// Words without a name.
    NoName,
    /// Words without a weight that is a number.
    NoWeight,
    /// A name that is there already.
    Twice(String),
    /// A pattern that cannot be used.
    Pattern(BadPattern),
    /// A sentence that the rule beside it does not find.
    NotFound,
    /// A sentence that the rules judge otherwise than its section says.
    Judged(Tidings),
    /// A sentence with a sign that ends it: `|`, or `#` as before a note.
    Sentence(char),
    /// A section without a line.
    Empty,
}

/// Kinds of lines that a section may hold.
#[derive(Debug, Clone, Copy)]
enum Content {
    Words,
    Rules(Section),
    Weights,
    /// Lines of which nobody knows what they are: one fault explains them.
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
    /// The names of the sections, for who must choose one.
    pub fn sections() -> impl Iterator<Item = &'static str> {
        SECTIONS.iter().map(|(name, _)| *name)
    }

    /// The rules of a list, if each finds its sentence and judges it as its section says.
    pub fn read(text: &str) -> Result<DangerRules, Vec<BadRule>> {
        let mut faults = Vec::new();
        let mut list = Self::default();
        let mut section = None;
        // The line of a section that nothing stands in yet.
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
                    // One fault of a line is enough.
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
        // The name is known whatever is wrong with its words: rules that use it are right.
        let name = name.trim().to_owned();
        match self.patterns.words.insert(name.clone(), entries) {
            Some(_) => Err(Wrong::Twice(name)),
            None => fault.map_err(Wrong::Pattern),
        }
    }

    fn add_weights(&mut self, line: &str) -> Result<(), Wrong> {
        let (weight, words) = line.split_once(':').ok_or(Wrong::NoWeight)?;
        // So small that no text outweighs a number of them.
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
    /// Compares the rule with its sentence and returns the mistake, if any.
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
    /// The verdict on a sentence that matches a rule of the section.
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
