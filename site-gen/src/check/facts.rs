//! Facts: everything that one content file says by itself, gathered in one pass, independent of the rest of the site.
//!
//! A file is processed again only if it or one of its rules has changed. Files are processed in parallel.

use crate::check::basis;
use crate::check::commitments::{self, Commitment};
use crate::check::phone_numbers::{self, Approved};
use crate::check::plain_text;
use crate::check::promised;
use crate::check::readability::{self, Limits, WordList};
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics};
use crate::markdown::passages::Passage;
use crate::source::front_matter::FrontMatter;
use crate::source::read::Source;
use foldhash::quality::FixedState;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The rules that apply to every file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    pub(crate) limits: Limits,
    pub(crate) hard_words: WordList,
    /// `None` if the list cannot be read: every number would be reported.
    pub(crate) approved: Option<Approved>,
}

/// The facts of one file.
pub(crate) struct Facts {
    /// Unapproved numbers, promised times, Markdown in plain texts and text that is hard to read, sorted.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// In the order of the text.
    pub(crate) commitments: Vec<Commitment>,
    mark: OnceLock<String>,
}

impl Facts {
    /// Gathers the facts. `read` is the front matter and the passages, if the file was already parsed as a page.
    fn of(source: &Source, read: Option<(&FrontMatter<'_>, &[Passage])>, rules: &Rules) -> Self {
        let diagnostics = Diagnostics::default();
        let reporter = source.reporter(&diagnostics);
        let passages = read.map(|(_, passages)| Cow::Borrowed(passages));
        let passages = passages.or_else(|| readability::passages(source).map(Cow::Owned));
        let is_danish = readability::is_danish(&source.path);
        if let Some(passages) = passages {
            promised::check(&passages, reporter);
            if is_danish {
                readability::check(&passages, rules.limits, &rules.hard_words, reporter);
            }
        }
        plain_text::check(reporter);
        let texts = phone_numbers::text::texts(source);
        if let Some(approved) = &rules.approved {
            phone_numbers::written::check(source, &texts, approved, reporter);
        }
        let commitments = commitments::of(source, &texts);
        // Only Danish files are the base of others.
        let mark = read.filter(|_| is_danish).and_then(|(front, _)| basis::mark_of(front));
        Self {
            diagnostics: diagnostics.into_sorted(),
            commitments,
            mark: mark.map_or_else(OnceLock::new, OnceLock::from),
        }
    }

    /// The mark of the file as the base of others; `source` must be the file of these facts.
    pub(crate) fn mark(&self, source: &Source) -> &str {
        self.mark.get_or_init(|| basis::mark(source))
    }
}

/// The facts of the last build, with the hashes of the texts they were gathered from.
#[derive(Default)]
pub(crate) struct FactMemo(Mutex<Last>);

#[derive(Default)]
struct Last {
    rules: Option<Rules>,
    files: Files,
}

type Files = HashMap<String, (Mark, Arc<Facts>)>;

/// Two hashes of a text: an accidental collision of both is out of the question.
type Mark = [u64; 2];

fn mark(text: &str) -> Mark {
    [0, 1].map(|seed| FixedState::with_seed(seed).hash_one(text))
}

/// The facts gathered so far in one build.
pub(crate) struct Gathering<'a> {
    pub(crate) sources: &'a [Source],
    rules: Rules,
    memo: &'a FactMemo,
    known: Files,
    /// In the order of the files.
    facts: Vec<OnceLock<(Mark, Arc<Facts>)>>,
}

impl FactMemo {
    /// Starts to gather the facts of files, which must be sorted by path.
    pub(crate) fn gather<'a>(&'a self, sources: &'a [Source], rules: Rules) -> Gathering<'a> {
        // Not locked while gathering: a thread that waits for others may build another site.
        let last = std::mem::take(&mut *self.lock());
        let known = if last.rules.as_ref() == Some(&rules) { last.files } else { Files::new() };
        Gathering { sources, rules, memo: self, known, facts: sources.iter().map(|_| OnceLock::new()).collect() }
    }

    fn lock(&self) -> MutexGuard<'_, Last> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Gathering<'_> {
    /// Gathers the facts of a file that was just parsed as a page. Can be called for several pages in parallel.
    pub(crate) fn read(&self, path: &str, front: &FrontMatter<'_>, passages: &[Passage]) {
        if let Ok(index) = self.sources.binary_search_by(|source| source.path.as_str().cmp(path)) {
            self.of(index, Some((front, passages)));
        }
    }

    fn of(&self, index: usize, read: Option<(&FrontMatter<'_>, &[Passage])>) -> &(Mark, Arc<Facts>) {
        let source = &self.sources[index];
        self.facts[index].get_or_init(|| {
            let mark = mark(&source.text);
            match self.known.get(&source.path) {
                Some((known, facts)) if *known == mark => (mark, Arc::clone(facts)),
                _ => (mark, Arc::new(Facts::of(source, read, &self.rules))),
            }
        })
    }

    /// The facts of each file, in order. Facts of files that are not pages are gathered now.
    pub(crate) fn all(&self) -> Vec<Arc<Facts>> {
        let all: Vec<_> = (0..self.sources.len()).into_par_iter().map(|index| self.of(index, None).clone()).collect();
        let files = self.sources.iter().map(|source| source.path.clone()).zip(all.iter().cloned()).collect();
        *self.memo.lock() = Last { rules: Some(self.rules.clone()), files };
        all.into_iter().map(|(_, facts)| facts).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { path: "sider/a.md".to_owned(), text: text.into() }
    }

    #[test]
    fn facts_are_gathered_again_only_if_the_text_or_the_rules_change() {
        let memo = FactMemo::default();
        let rules = Rules { limits: Limits::default(), hard_words: WordList::default(), approved: None };
        let other = Rules { approved: Some(Approved::new()), ..rules.clone() };
        let facts = |text: &str, rules: &Rules| memo.gather(&[source(text)], rules.clone()).all().remove(0);
        let first = facts("a", &rules);
        assert!(Arc::ptr_eq(&first, &facts("a", &rules)));
        assert!(!Arc::ptr_eq(&first, &facts("b", &rules)));
        let again = facts("a", &rules);
        assert!(!Arc::ptr_eq(&again, &facts("a", &other)));
    }
}
