//! Tells from a text whether somebody is in danger now, or wants to report what has happened.

mod fold;
mod index;
mod list;
mod rule;
mod tally;
mod words;

pub use list::{BadRule, RuleList, Wrong};
pub use rule::BadPattern;
pub use words::DangerWords;

use fold::Text;
use index::{Found, Index, Part, Span};
use rule::{Names, Pattern};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tally::Tally;

/// How far the parts of a rule may stand from each other, in words.
const WINDOW: usize = 10;

/// How far around it a word says when something was, or that it is no danger, in words of the same sentence.
const REACH: usize = 20;

/// A sentence whose words weigh so little is about something else than a danger that perhaps is found in it.
const EASY: i32 = -5;

/// The least weight of a sentence whose words alone tell of danger, if nothing else explains them.
const LIKELY: i32 = 0;

/// The same, if something else may explain them.
const UNLIKELY: i32 = 5;

/// What a text tells, the most urgent last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tidings {
    /// Nothing that cannot wait.
    Harmless,
    /// Something that has happened and is to be reported: a matter for 114.
    Report,
    /// Somebody is in danger: a matter for 112.
    Danger,
}

/// What a rule says of what it finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Danger, whatever else is said.
    Always,
    /// Danger, if it is not over.
    Danger,
    /// Danger, if it is not over, and nothing says that it is another matter.
    Perhaps,
    /// Danger, if nothing else is found, and nothing in the whole text is an everyday matter.
    Doubt,
    /// An everyday matter, which takes away doubt alone.
    Everyday,
    /// To be reported.
    Report,
    /// Another matter: advice, prevention, what happens every evening.
    Calm,
    /// It was long ago.
    LongAgo,
    /// It was lately, but is over.
    Lately,
    /// It is now, whatever else is said.
    Now,
    /// It is not so: only right before or after what a rule finds.
    Not,
    /// Words that mean something else than they say: no rule finds anything in them.
    Idiom,
    /// Words of texts about danger: each weighs one.
    Worry,
    /// Words of texts about anything else: each takes one away.
    Ease,
}

impl Section {
    /// All of them, with their names in the catalog.
    pub const ALL: [(Self, &str); 14] = [
        (Self::Always, "always"),
        (Self::Danger, "danger"),
        (Self::Perhaps, "perhaps"),
        (Self::Doubt, "doubt"),
        (Self::Everyday, "everyday"),
        (Self::Report, "report"),
        (Self::Calm, "calm"),
        (Self::LongAgo, "long_ago"),
        (Self::Lately, "lately"),
        (Self::Now, "now"),
        (Self::Not, "not"),
        (Self::Idiom, "idiom"),
        (Self::Worry, "worry"),
        (Self::Ease, "ease"),
    ];
}

/// The rules as they are written in the catalog. Sections that are not known are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Patterns {
    words: Names,
    rules: BTreeMap<String, Vec<String>>,
}

/// The rules by which texts are judged.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Patterns", into = "Patterns")]
pub struct DangerRules {
    patterns: Patterns,
    index: Index,
    rules: Vec<Rule>,
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
        Ok(Self { patterns, index, rules })
    }
}

impl From<DangerRules> for Patterns {
    fn from(rules: DangerRules) -> Self {
        rules.patterns
    }
}

impl DangerRules {
    /// What a text tells.
    #[must_use]
    pub fn judge(&self, text: &str) -> Tidings {
        let words = Text::of(text);
        let mut found = self.index.find(&words);
        let idioms: Vec<Span> = self.of(Section::Idiom).flat_map(|rule| rule.spans(&found)).collect();
        found.strike(&idioms);
        let denials: Vec<Span> = self.of(Section::Not).flat_map(|rule| rule.spans(&found)).collect();
        found.deny(denials);
        let spans = |section| self.of(section).flat_map(|rule| rule.spans(&found)).map(|span: Span| span.start);
        let tally = Tally::of(&words, spans(Section::Worry), spans(Section::Ease));
        match self.plainly(&words, &found, &tally) {
            // A question can wait.
            Tidings::Harmless if idioms.is_empty() && !text.contains('?') && self.is_in_doubt(&found, &tally) => {
                Tidings::Danger
            }
            tidings => tidings,
        }
    }

    /// The most urgent of what the rules find.
    fn plainly(&self, text: &Text, found: &Found<'_>, tally: &Tally) -> Tidings {
        let marks = |section| Marks::of(text, self.of(section).flat_map(|rule| rule.spans(found)), REACH);
        let [calm, long_ago, lately, now] = [Section::Calm, Section::LongAgo, Section::Lately, Section::Now].map(marks);
        let judged = |section: Section, span: Span| match section {
            Section::Always => Tidings::Danger,
            Section::Danger | Section::Perhaps | Section::Report if found.is_denied(span) => Tidings::Harmless,
            Section::Danger | Section::Perhaps if now.on(span) => Tidings::Danger,
            Section::Danger if long_ago.on(span) => Tidings::Harmless,
            Section::Danger if lately.on(span) => Tidings::Report,
            Section::Perhaps if long_ago.on(span) || lately.on(span) || calm.on(span) => Tidings::Harmless,
            Section::Perhaps if tally.around(text, span.start) <= EASY => Tidings::Harmless,
            Section::Danger | Section::Perhaps => Tidings::Danger,
            Section::Report if !long_ago.on(span) && !calm.on(span) => Tidings::Report,
            _ => Tidings::Harmless,
        };
        let all = self.rules.iter().flat_map(|rule| rule.spans(found).map(move |span| judged(rule.section, span)));
        all.max().unwrap_or(Tidings::Harmless)
    }

    /// Danger told by words alone: by many of them, or by some, if somebody is spoken of and nothing in the whole text is
    /// an everyday matter. Never if something is over, denied, or another matter.
    fn is_in_doubt(&self, found: &Found<'_>, tally: &Tally) -> bool {
        let finds = |section| self.of(section).any(|rule| rule.spans(found).next().is_some());
        let denies = |section| self.of(section).any(|rule| rule.spans(found).any(|span| found.is_denied(span)));
        let needed = if finds(Section::Doubt) && !finds(Section::Everyday) { LIKELY } else { UNLIKELY };
        tally.most() >= needed
            && tally.total() >= 0
            && ![Section::Calm, Section::LongAgo, Section::Lately, Section::Report].into_iter().any(finds)
            && ![Section::Danger, Section::Perhaps].into_iter().any(denies)
    }

    /// Whether the rule at a place of a section finds something.
    fn finds(&self, section: Section, place: usize, text: &str) -> bool {
        let text = Text::of(text);
        let found = self.index.find(&text);
        self.of(section).nth(place).is_some_and(|rule| rule.spans(&found).next().is_some())
    }

    fn of(&self, section: Section) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(move |rule| rule.section == section)
    }
}

impl Rule {
    /// Where the rule is right.
    fn spans<'a>(&'a self, found: &'a Found<'a>) -> impl Iterator<Item = Span> + 'a {
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

/// Words of a text that something is said of.
struct Marks(Vec<bool>);

impl Marks {
    /// The words within `reach` of the spans, in their sentences.
    fn of(text: &Text, spans: impl Iterator<Item = Span>, reach: usize) -> Self {
        let mut marks = vec![false; text.words.len()];
        for span in spans {
            let sentence = text.words[span.start].sentence;
            let around = span.start.saturating_sub(reach)..(span.end + reach).min(marks.len());
            around.filter(|at| text.words[*at].sentence == sentence).for_each(|at| marks[at] = true);
        }
        Self(marks)
    }

    fn on(&self, span: Span) -> bool {
        self.0[span.start..span.end].contains(&true)
    }
}
