//! Parses the patterns of rules: `<slår> + <mig> uden: græs`.

use std::collections::BTreeMap;
use thiserror::Error;

/// Word lists by the names that patterns use. Each entry is one or more consecutive words.
pub(super) type Names = BTreeMap<String, Vec<String>>;

/// An error in a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadPattern {
    /// A word is missing.
    #[error("something is missing")]
    Nothing,
    /// A name between `<` and `>` is not defined.
    #[error("there are no words by the name {0}")]
    Unknown(String),
    /// A word contains an invalid character.
    #[error("{0} is no word")]
    NotAWord(String),
}

/// A pattern: all of `parts` must be within a few words of each other, in any order, with none of `without` near.
pub(super) struct Pattern {
    pub(super) parts: Vec<Vec<Step>>,
    pub(super) without: Vec<Vec<Step>>,
}

/// One step of a part.
pub(super) struct Step {
    /// The alternatives as written in the pattern: `<mig>/hende`.
    pub(super) any: String,
    /// True if other words may precede it.
    pub(super) after_gap: bool,
}

impl Pattern {
    pub(super) fn parse(pattern: &str, names: &Names) -> Result<Self, BadPattern> {
        let (with, without) =
            pattern.split_once(" uden: ").map_or((pattern, None), |(with, without)| (with, Some(without)));
        let part = |part: &str| steps(part, names);
        let parts = with.split(" + ").map(part).collect::<Result<_, _>>()?;
        let without = without.into_iter().flat_map(|all| all.split(',')).map(part).collect::<Result<_, _>>()?;
        Ok(Self { parts, without })
    }
}

fn steps(part: &str, names: &Names) -> Result<Vec<Step>, BadPattern> {
    let mut steps = Vec::new();
    let mut after_gap = false;
    for item in items(part) {
        if item == "…" || item == "..." {
            after_gap = true;
            continue;
        }
        item.split('/').try_for_each(|any| check(any, names))?;
        steps.push(Step { any: item.to_owned(), after_gap: std::mem::take(&mut after_gap) && !steps.is_empty() });
    }
    if steps.is_empty() || after_gap { Err(BadPattern::Nothing) } else { Ok(steps) }
}

/// Splits a part at spaces, except within names.
fn items(part: &str) -> impl Iterator<Item = &str> {
    let mut in_name = false;
    let divides = move |c: char| {
        in_name = c == '<' || in_name && c != '>';
        c == ' ' && !in_name
    };
    part.split(divides).filter(|item| !item.is_empty())
}

fn check(any: &str, names: &Names) -> Result<(), BadPattern> {
    match name(any) {
        Some(name) if names.contains_key(name) => Ok(()),
        Some(name) => Err(BadPattern::Unknown(name.to_owned())),
        None => entry(&any.replace('_', " ")),
    }
}

fn name(any: &str) -> Option<&str> {
    any.strip_prefix('<')?.strip_suffix('>')
}

/// Expands an item to its entries: the words of each name, and literal words, where `_` joins words: `kørt_ned/påkørt`.
pub(super) fn entries(item: &str, names: &Names) -> Vec<String> {
    let of = |any: &str| match name(any) {
        Some(name) => names.get(name).cloned().unwrap_or_default(),
        None => vec![any.replace('_', " ")],
    };
    item.split('/').flat_map(of).collect()
}

/// Validates a word; `*` at its beginning or end stands for any letters.
fn word(word: &str) -> Result<(), BadPattern> {
    let bare = word.strip_suffix('*').unwrap_or_else(|| word.strip_prefix('*').unwrap_or(word));
    let is_word = bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
    match bare {
        "" => Err(BadPattern::Nothing),
        _ if is_word => Ok(()),
        _ => Err(BadPattern::NotAWord(word.to_owned())),
    }
}

/// Validates an entry of a word list: one or more consecutive words.
pub(super) fn entry(entry: &str) -> Result<(), BadPattern> {
    let mut words = entry.split_whitespace().peekable();
    if words.peek().is_none() {
        return Err(BadPattern::Nothing);
    }
    words.try_for_each(word)
}
