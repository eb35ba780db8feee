//! Reads the list of rules that editors keep: sections, named words, and rules with a sentence beside each.

use super::rule::{Pattern, entry};
use super::{BadPattern, DangerRules, Patterns, Section, Tidings};

/// The list as it is written, read line by line.
#[derive(Debug, Default)]
pub struct RuleList {
    patterns: Patterns,
    rules: Vec<Line>,
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

/// What is wrong with a line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRule {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What can be wrong with a line of the list.
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
    /// A name that is there already.
    Twice(String),
    /// A pattern that cannot be used.
    Pattern(BadPattern),
    /// A sentence that the rule beside it does not find.
    NotFound,
    /// A sentence that is judged otherwise than its section says.
    Judged(Tidings),
}

/// What a section keeps.
#[derive(Debug, Clone, Copy)]
enum Kept {
    /// Words by their names.
    Words,
    /// Words by what they weigh.
    Weights,
    /// Rules.
    Rules(Section),
}

/// The names of the sections, as editors write them.
const SECTIONS: [(&str, Kept); 13] = [
    ("ord", Kept::Words),
    ("altid fare", Kept::Rules(Section::Always)),
    ("fare", Kept::Rules(Section::Danger)),
    ("måske fare", Kept::Rules(Section::Perhaps)),
    ("hverdag", Kept::Rules(Section::Everyday)),
    ("anmeldelse", Kept::Rules(Section::Report)),
    ("ikke fare", Kept::Rules(Section::Calm)),
    ("længe siden", Kept::Rules(Section::LongAgo)),
    ("for nylig", Kept::Rules(Section::Lately)),
    ("nu", Kept::Rules(Section::Now)),
    ("benægtelse", Kept::Rules(Section::Not)),
    ("talemåde", Kept::Rules(Section::Idiom)),
    ("vægt", Kept::Weights),
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
        for (number, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line)) {
            let told = line.trim();
            let read = match told.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
                _ if told.is_empty() || told.starts_with('#') => Ok(()),
                Some(name) => match SECTIONS.iter().find(|(known, _)| *known == name) {
                    Some((_, known)) => {
                        section = Some(*known);
                        Ok(())
                    }
                    None => Err(Wrong::Section(name.to_owned())),
                },
                None => match section {
                    None => Err(Wrong::NoSection),
                    Some(Kept::Words) => list.add_words(told),
                    Some(Kept::Weights) => list.add_weights(told),
                    Some(Kept::Rules(section)) => list.add_rule(number, section, told),
                },
            };
            faults.extend(read.err().map(|wrong| BadRule { line: number, wrong }));
        }
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
        let mut entries = Vec::new();
        for words in words.split(',').map(str::trim) {
            match words.strip_prefix('<').and_then(|name| name.strip_suffix('>')) {
                Some(other) => {
                    let others = self.patterns.words.get(other);
                    entries.extend_from_slice(
                        others.ok_or_else(|| Wrong::Pattern(BadPattern::Unknown(other.to_owned())))?,
                    );
                }
                None => {
                    entry(words).map_err(Wrong::Pattern)?;
                    entries.push(words.to_owned());
                }
            }
        }
        let name = name.trim().to_owned();
        match self.patterns.words.insert(name.clone(), entries) {
            Some(_) => Err(Wrong::Twice(name)),
            None => Ok(()),
        }
    }

    fn add_weights(&mut self, line: &str) -> Result<(), Wrong> {
        let (weight, words) = line.split_once(':').ok_or(Wrong::NoName)?;
        let weight = weight.trim().parse().map_err(|_| Wrong::NoName)?;
        let words: Vec<String> = words.split(',').map(|word| word.trim().to_owned()).collect();
        words.iter().try_for_each(|word| entry(word)).map_err(Wrong::Pattern)?;
        match self.patterns.weights.insert(weight, words) {
            Some(_) => Err(Wrong::Twice(weight.to_string())),
            None => Ok(()),
        }
    }

    fn add_rule(&mut self, number: usize, section: Section, line: &str) -> Result<(), Wrong> {
        let (pattern, sentence) = line.split_once('|').ok_or(Wrong::NoSentence)?;
        let (pattern, sentence) = (pattern.trim().to_owned(), sentence.trim().to_owned());
        if sentence.is_empty() {
            return Err(Wrong::NoSentence);
        }
        let rules = self.patterns.rules.entry(section.name().to_owned()).or_default();
        self.rules.push(Line { number, section, place: rules.len(), pattern: pattern.clone(), sentence });
        rules.push(pattern);
        Ok(())
    }
}

impl Line {
    /// What is wrong between the rule and its sentence.
    fn fault(&self, rules: &DangerRules) -> Option<Wrong> {
        let judged = rules.judge(&self.sentence);
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
    /// How a sentence with what the section finds is judged.
    #[must_use]
    pub const fn tidings(self) -> Tidings {
        match self {
            Self::Always | Self::Danger | Self::Perhaps | Self::Now => Tidings::Danger,
            Self::Report | Self::Lately => Tidings::Report,
            Self::Everyday | Self::Calm | Self::LongAgo | Self::Not | Self::Idiom => Tidings::Harmless,
        }
    }

    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(section, _)| *section == self).map_or("", |(_, name)| name)
    }
}
