//! Roads by name: finds the roads that a citizen mentions, so that requests about one road are seen together.
//!
//! Names are compared within one kommune, in a form that all spellings share: *Grenåvej*, *Grenaavej*, *Grenå vej* and
//! *grenåvej v. nr. 14* are one road. A test measures this on labelled spellings (`road/spellings.tsv`).

mod forms;
mod key;
mod name;
mod token;

use crate::answers::Answers;
use crate::edit::one_edit;
use crate::field::Role;
use crate::text::folded;
use token::tokens;

/// A road, by the letters that all spellings of its name share: `grenavej`. An optional part of the name precedes a
/// space: `peter bangvej`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Road(String);

/// The length from which a name with one typo is still distinct from other names.
const LONG: usize = 10;

impl Road {
    /// The distinct roads that a text names, in order: both at a crossing, none if it names none.
    #[must_use]
    pub fn all_in(text: &str) -> Vec<Self> {
        Self::named_in(text).into_iter().map(|(road, _)| road).collect()
    }

    /// The distinct roads that a text names, in order, each with its name as written there.
    #[must_use]
    pub fn named_in(text: &str) -> Vec<(Self, String)> {
        let text = folded(text);
        let tokens = tokens(&text);
        let mut roads: Vec<(Self, String)> = Vec::new();
        for (key, words) in name::names(&tokens) {
            let written =
                tokens[words].iter().map(|token| token.at.clone()).reduce(|first, last| first.start..last.end);
            if !roads.iter().any(|(road, _)| road.0 == key) {
                roads.push((Self(key), text[written.unwrap_or_default()].to_owned()));
            }
        }
        roads
    }

    /// The name of a road as it may be published; `None` if it may not be a name. A name ends as names of roads do, and
    /// holds letters alone.
    #[must_use]
    pub fn public_name(written: &str) -> Option<String> {
        let words: Vec<&str> = written.split_whitespace().collect();
        let last = words.last()?.to_lowercase();
        let is_kind = key::KINDS.iter().any(|(kind, _)| last.ends_with(kind) && written.chars().count() > kind.len());
        let is_word = |word: &&str| word.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '.' | '-'));
        let mut letters = words.join(" ");
        let first = letters.chars().next()?;
        letters.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        (is_kind && words.iter().all(is_word)).then_some(letters)
    }

    /// The roads that a request is about, each with its name as the citizen wrote it.
    #[must_use]
    pub fn of(answers: &Answers) -> Vec<(Self, String)> {
        // The first place is the road; later ones say where on it.
        let place = answers.with_role(Role::Place).next();
        place.map(|place| Self::named_in(&place.values.reveal().join(" "))).unwrap_or_default()
    }

    /// True if both are the same road; one typo in a long name is tolerated.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        let ((first, last), (other_first, other_last)) = (self.parts(), other.parts());
        if first.is_empty() != other_first.is_empty() && is_equal(last, other_last) {
            return true;
        }
        is_equal(&format!("{first}{last}"), &format!("{other_first}{other_last}"))
    }

    fn parts(&self) -> (&str, &str) {
        self.0.split_once(' ').unwrap_or(("", &self.0))
    }
}

/// True if two places have a road in common.
#[must_use]
pub fn have_one_road(one: &[Road], other: &[Road]) -> bool {
    one.iter().any(|road| other.iter().any(|near| road.is_same_as(near)))
}

fn is_equal(one: &str, other: &str) -> bool {
    one == other || is_one_slip(one.as_bytes(), other.as_bytes())
}

/// True if two long names with the same first letter are one typo apart, and not in a digit.
fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    let is_long = one.len().min(other.len()) >= LONG && one.first() == other.first();
    is_long && one_edit(one, other).is_some_and(|(one, other)| !one.iter().chain(other).any(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests;
