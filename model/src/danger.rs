//! Judges from a text whether somebody is in danger now or wants to report something that has happened.
//!
//! A few rules are certain. Beyond them, words count with weights learnt from examples.

mod fold;
mod index;
mod list;
mod rule;
mod weights;
mod words;

pub use list::{BadRule, RuleList, Wrong};
pub use rule::BadPattern;
pub use weights::{key, traits_of};
pub use words::DangerWords;

use fold::Text;
use index::{Index, Matches, Part, Span};
use rule::{Names, Pattern};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use weights::{Scale, Weights};

/// The greatest distance between the parts of a rule, in words.
const WINDOW: usize = 10;

/// The verdict on a text, in ascending order of urgency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tidings {
    /// Nothing urgent.
    Harmless,
    /// Something that has happened and should be reported: a matter for 114.
    Report,
    /// Somebody is in danger: a matter for 112.
    Danger,
}

/// The section of a rule, which gives a match its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Danger, whatever else the text says.
    Always,
    /// Something to report, unless the text is about danger.
    Report,
    /// Something from long ago, which is not reported any more.
    LongAgo,
}

impl Section {
    /// All sections, with their names in the catalog.
    pub const ALL: [(Self, &str); 3] =
        [(Self::Always, "always"), (Self::Report, "report"), (Self::LongAgo, "long_ago")];
}

/// The rules as written in the catalog. Unknown sections are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Patterns {
    words: Names,
    rules: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Weights::is_empty")]
    weights: Weights,
}

/// The rules by which texts are judged.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Patterns", into = "Patterns")]
pub struct DangerRules {
    patterns: Patterns,
    index: Index,
    /// The rules, grouped by section.
    rules: Vec<Rule>,
    /// For each set of words, the rules to try if it occurs. Each rule is listed once, under its rarest set.
    needed: Vec<Vec<usize>>,
    scale: Scale,
}

#[derive(Clone, PartialEq, Eq)]
struct Rule {
    section: Section,
    parts: Vec<Part>,
    without: Vec<Part>,
}

impl TryFrom<Patterns> for DangerRules {
    type Error = BadPattern;

    fn try_from(patterns: Patterns) -> Result<Self, BadPattern> {
        let mut index = Index::default();
        let mut rules = Vec::new();
        patterns.words.values().flatten().try_for_each(|entry| rule::entry(entry))?;
        for (section, name) in Section::ALL {
            for pattern in patterns.rules.get(name).into_iter().flatten() {
                let Pattern { parts, without } = Pattern::parse(pattern, &patterns.words)?;
                let mut all = |parts: &[Vec<_>]| parts.iter().map(|part| index.part(part, &patterns.words)).collect();
                rules.push(Rule { section, parts: all(&parts), without: all(&without) });
            }
        }
        let needed = needed(&rules, index.sets());
        Ok(Self { scale: Scale::of(&patterns.weights), patterns, index, rules, needed })
    }
}

impl From<DangerRules> for Patterns {
    fn from(rules: DangerRules) -> Self {
        rules.patterns
    }
}

impl DangerRules {
    /// Judges a text by its words and by the rules.
    #[must_use]
    pub fn judge(&self, text: &str) -> Tidings {
        if self.scale.is_heavy(&Text::of(text)) { Tidings::Danger } else { self.judge_line(text) }
    }

    /// Judges a short answer, such as a road, by the rules alone: weights apply to sentences.
    #[must_use]
    pub fn judge_line(&self, line: &str) -> Tidings {
        let text = Text::of(line);
        let found = self.index.find(&text);
        let near: Vec<&Rule> = found.sets().flat_map(|set| &self.needed[set]).map(|rule| &self.rules[*rule]).collect();
        let finds = |section| near.iter().any(|rule| rule.section == section && rule.spans(&found).next().is_some());
        if finds(Section::Always) {
            Tidings::Danger
        } else if finds(Section::Report) && !finds(Section::LongAgo) {
            Tidings::Report
        } else {
            Tidings::Harmless
        }
    }

    /// True if the rule at index `place` of a section matches.
    fn finds(&self, section: Section, place: usize, text: &str) -> bool {
        let text = Text::of(text);
        let found = self.index.find(&text);
        let first = self.rules.partition_point(|rule| rule.section < section);
        self.rules.get(first + place).is_some_and(|rule| rule.spans(&found).next().is_some())
    }
}

/// Groups the rules by their rarest set of words, without which they cannot match; `sets` is the number of sets.
fn needed(rules: &[Rule], sets: usize) -> Vec<Vec<usize>> {
    let firsts = |rule: &Rule| rule.parts.iter().filter_map(|part| Some(part.first()?.0)).collect::<Vec<_>>();
    let mut uses = vec![0; sets];
    rules.iter().flat_map(firsts).for_each(|set| uses[set] += 1);
    let mut needed = vec![Vec::new(); sets];
    for (number, rule) in rules.iter().enumerate() {
        let rarest = firsts(rule).into_iter().min_by_key(|set| uses[*set]);
        rarest.into_iter().for_each(|set| needed[set].push(number));
    }
    needed
}

impl Rule {
    /// Iterates over the spans that the rule matches.
    fn spans<'a>(&'a self, found: &'a Matches<'a>) -> impl Iterator<Item = Span> + 'a {
        let first = self.parts.first();
        first.into_iter().flat_map(|part| found.starts(part)).filter_map(|start| {
            let (first, others) = self.parts.split_first()?;
            let span = Span { start: start.start, end: found.end(&first[1..], *start)? };
            let all = others.iter().try_fold(span, |all, part| {
                let near = found.near(part, span, WINDOW)?;
                Some(Span { start: all.start.min(near.start), end: all.end.max(near.end) })
            })?;
            let is_excluded = self.without.iter().any(|part| found.near(part, all, WINDOW).is_some());
            (!is_excluded).then_some(all)
        })
    }
}
