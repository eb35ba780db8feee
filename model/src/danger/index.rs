//! Finds many words at once: each word of a text is looked up once, however many words the rules have.

use super::fold::{Text, Word, folded, loose};
use super::rule::{Names, Step, entries};
use std::collections::{BTreeMap, HashMap};

/// The number of a set of alternative words.
pub(super) type Set = usize;

/// The most words that a `…` in a part skips.
const GAP: usize = 5;

/// All words of all rules.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct Index {
    sets: HashMap<String, Set>,
    /// For each word that begins an entry: the sets with such an entry, and the words that follow in it.
    begins: HashMap<usize, Vec<(Set, Vec<usize>)>>,
    numbers: HashMap<String, usize>,
    exact: Forms,
    loose: Forms,
}

/// Word numbers, by the form that is compared.
#[derive(Clone, PartialEq, Eq, Default)]
struct Forms {
    whole: HashMap<String, Vec<usize>>,
    beginning: HashMap<String, Vec<usize>>,
    end: HashMap<String, Vec<usize>>,
}

/// The position of a match: from its first word to one past its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All matches of all sets in a text.
pub(super) struct Matches<'a> {
    spans: BTreeMap<Set, Vec<Span>>,
    text: &'a Text,
}

/// A part of a pattern: sets in order, each with a flag for a gap before it.
pub(super) type Part = Vec<(Set, bool)>;

impl Index {
    /// The number of sets.
    pub(super) fn sets(&self) -> usize {
        self.sets.len()
    }

    /// Returns the sets of a part, registering new ones.
    pub(super) fn part(&mut self, steps: &[Step], names: &Names) -> Part {
        steps.iter().map(|step| (self.set(&step.any, names), step.after_gap)).collect()
    }

    fn set(&mut self, any: &str, names: &Names) -> Set {
        if let Some(set) = self.sets.get(any) {
            return *set;
        }
        let set = self.sets.len();
        self.sets.insert(any.to_owned(), set);
        for entry in entries(any, names) {
            let mut words = entry.split_whitespace().map(|word| self.number(word)).collect::<Vec<_>>().into_iter();
            if let Some(first) = words.next() {
                self.begins.entry(first).or_default().push((set, words.collect()));
            }
        }
        set
    }

    fn number(&mut self, word: &str) -> usize {
        let next = self.numbers.len();
        let number = *self.numbers.entry(word.to_owned()).or_insert(next);
        if number == next {
            let exact = folded(word.trim_matches('*'));
            for (forms, form) in [(&mut self.loose, loose(&exact)), (&mut self.exact, exact)] {
                let table = match word {
                    _ if word.ends_with('*') => &mut forms.beginning,
                    _ if word.starts_with('*') => &mut forms.end,
                    _ => &mut forms.whole,
                };
                table.entry(form).or_default().push(number);
            }
        }
        number
    }

    /// Finds all sets in a text.
    pub(super) fn find<'a>(&self, text: &'a Text) -> Matches<'a> {
        let numbers: Vec<Vec<usize>> = text.words.iter().map(|word| self.numbers_of(word)).collect();
        let mut spans = BTreeMap::<Set, Vec<Span>>::new();
        for (start, here) in numbers.iter().enumerate() {
            for (set, rest) in here.iter().filter_map(|number| self.begins.get(number)).flatten() {
                let end = start + 1 + rest.len();
                let follows =
                    |(at, number): (usize, &usize)| numbers.get(at).is_some_and(|there| there.contains(number));
                if (start + 1..).zip(rest).all(follows) && text.is_one_sentence(start, end) {
                    spans.entry(*set).or_default().push(Span { start, end });
                }
            }
        }
        Matches { spans, text }
    }

    fn numbers_of(&self, word: &Word) -> Vec<usize> {
        let forms = if word.is_exact { &self.exact } else { &self.loose };
        let key = word.key.as_str();
        let inner = || key.char_indices().map(|(at, _)| at).skip(1).chain([key.len()]);
        let beginnings = inner().filter_map(|at| forms.beginning.get(&key[..at]));
        let ends = [0].into_iter().chain(inner()).filter_map(|at| forms.end.get(&key[at..]));
        forms.whole.get(key).into_iter().chain(beginnings).chain(ends).flatten().copied().collect()
    }
}

impl Text {
    fn is_one_sentence(&self, start: usize, end: usize) -> bool {
        self.words[start].sentence == self.words[end - 1].sentence
    }
}

impl Matches<'_> {
    /// The possible starts of a part: the matches of its first set.
    pub(super) fn starts(&self, part: &Part) -> &[Span] {
        part.first().map_or(&[], |(set, _)| self.of(*set))
    }

    /// The sets that occur in the text.
    pub(super) fn sets(&self) -> impl Iterator<Item = Set> {
        self.spans.keys().copied()
    }

    fn of(&self, set: Set) -> &[Span] {
        self.spans.get(&set).map_or(&[], Vec::as_slice)
    }

    /// Returns the end of a part that begins with `first`; `part` holds its remaining steps.
    pub(super) fn end(&self, part: &[(Set, bool)], first: Span) -> Option<usize> {
        let Some(((set, after_gap), rest)) = part.split_first() else { return Some(first.end) };
        let most = first.end + if *after_gap { GAP } else { 0 };
        let next = self.starting(*set, first.end, most).iter();
        let fits = |next: &&Span| self.text.is_one_sentence(first.start, next.end);
        next.filter(fits).find_map(|next| self.end(rest, *next))
    }

    /// Finds a part within `window` words of a span, in the same sentence.
    pub(super) fn near(&self, part: &Part, span: Span, window: usize) -> Option<Span> {
        let (set, _) = part.first()?;
        let near = self.starting(*set, span.start.saturating_sub(window), span.end + window).iter();
        near.filter(|first| self.text.words[first.start].sentence == self.text.words[span.start].sentence)
            .find_map(|first| Some(Span { start: first.start, end: self.end(&part[1..], *first)? }))
    }

    fn starting(&self, set: Set, least: usize, most: usize) -> &[Span] {
        let spans = self.of(set);
        let from = spans.partition_point(|span| span.start < least);
        let to = spans.partition_point(|span| span.start <= most);
        &spans[from..to.max(from)]
    }
}
