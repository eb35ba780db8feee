//! How plainly the Danish texts are written: the length of their words and sentences, and words of offices and lawyers.
//!
//! Only Danish is judged: the index is made for the Scandinavian languages, and the list of words is Danish.

mod counts;
mod passages;
mod sentences;
mod word_list;

pub(crate) use word_list::WordList;

use crate::check::kept::KeptEach;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::flaw::Flaw;
use crate::diagnostics::problem::{Blame, Problem, Problems, Spot};
use crate::source::read::{self, Source};
use counts::Counts;
use model::names::Language;
use passages::Passage;
use serde::Serialize;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What a text may be at most before somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The readability index of a whole file.
    pub lix: u16,
    /// The words of one sentence.
    pub sentence: u16,
    /// Whether the site is not published before it keeps to them.
    pub strict: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lix: 45, sentence: 25, strict: false }
    }
}

/// What was counted in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The file, below the content folder.
    pub path: String,
    /// The readability index; none for a text of a few lines.
    pub lix: Option<usize>,
    /// How many words there are in sentences.
    pub words: usize,
    /// How many of them have more than six letters.
    pub long_words: usize,
    /// How many sentences there are.
    pub sentences: usize,
    /// The longest of them.
    pub longest: LongestSentence,
}

/// The longest sentence of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LongestSentence {
    /// How many words it has.
    pub words: usize,
    /// The line where it begins.
    pub line: usize,
    /// What it says.
    pub text: String,
}

/// What a file says in Danish, and what was counted in it.
struct Heard {
    passages: Vec<Passage>,
    counts: Counts,
}

impl Heard {
    /// None of a file that holds nothing of the kind. Whatever else is wrong with it does not matter here: what cannot be
    /// read is told by the check.
    fn of(source: &Source) -> Option<Self> {
        let passages = passages(source.blame(&Problems::default()))?;
        Some(Self { counts: Counts::of(&passages), passages })
    }
}

/// Every Danish file with its numbers, by path; those without a sentence are left out.
#[must_use]
pub fn readings(content: &Path) -> Vec<Reading> {
    let sources = read::read(content).sources;
    let reading = |source: &Source| {
        let counts = Heard::of(source)?.counts;
        let longest = counts.longest()?;
        let longest = LongestSentence { words: longest.words, line: longest.at.line, text: longest.text.clone() };
        let (words, long_words) = (counts.words, counts.long_words);
        let (path, lix, sentences) = (source.path.clone(), counts.lix(), counts.sentences.len());
        Some(Reading { path, lix, words, long_words, sentences, longest })
    };
    sources.iter().filter_map(reading).collect()
}

/// What Danish texts are measured by.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Measure {
    pub(crate) limits: Limits,
    /// The same list is kept, so that it is compared with itself at once.
    pub(crate) list: Arc<WordList>,
}

/// Tells of each Danish text that is hard to read, and of each word on the list.
pub(crate) fn judge(
    sources: &[Source],
    measure: &Measure,
    kept: &KeptEach<Measure, Vec<Problem>>,
    problems: &Problems,
) {
    sources.iter().flat_map(|source| kept.get(source, measure, faults)).for_each(|fault| problems.add(fault));
}

/// What is hard to read in one file.
fn faults(source: &Source, Measure { limits, list }: &Measure) -> Vec<Problem> {
    let problems = Problems::default();
    let Some(Heard { passages, counts }) = Heard::of(source) else { return Vec::new() };
    let blame = source.blame(&problems);
    let tell = |at, message: String| {
        if limits.strict {
            blame.at(at, Flaw::HardToRead, message);
        } else {
            blame.warn_at(at, Flaw::HardToRead, message);
        }
    };
    if let (Some(lix), Some(first)) = (counts.lix(), counts.sentences.first())
        && lix > usize::from(limits.lix)
    {
        let most = limits.lix;
        tell(
            first.at,
            format!("Teksten er svær at læse: lix {lix}. Højst {most}. Del lange sætninger, og vælg kortere ord."),
        );
    }
    for sentence in counts.sentences.iter().filter(|sentence| sentence.words > usize::from(limits.sentence)) {
        let (words, most, text) = (sentence.words, limits.sentence, excerpt(&sentence.text));
        tell(sentence.at, format!("Sætningen »{text}« har {words} ord. Højst {most}. Del den i to."));
    }
    for found in passages.iter().flat_map(|passage| list.find(passage)) {
        let instead: Vec<String> = found.instead.split(" / ").map(|word| format!("»{word}«")).collect();
        let (written, instead) = (excerpt(found.written), instead.join(" eller "));
        tell(found.at, format!("»{written}« kan være svært at forstå. Skriv hellere {instead}."));
    }
    problems.into_sorted()
}

/// What a file holds of Danish that citizens read; none if it holds nothing of the kind.
fn passages(blame: Blame<'_>) -> Option<Vec<Passage>> {
    let is_words = blame.path == format!("sprog/{}.yaml", Language::danish());
    let is_text = blame.path.strip_suffix(".md").is_some_and(|stem| !stem.contains('.'));
    if is_words || is_text { in_any_language(blame) } else { None }
}

/// What a file holds that citizens read, in whichever language.
fn in_any_language(blame: Blame<'_>) -> Option<Vec<Passage>> {
    match blame.path.split_once('/')? {
        ("sprog", name) if name.ends_with(".yaml") => Some(passages::of_words(blame)),
        ("faelles" | "formularer" | "kredse" | "sider" | "tekster" | "udgange", name) if name.ends_with(".md") => {
            Some(passages::of_markdown(blame))
        }
        _ => None,
    }
}

/// The sentences of a file that citizens read, headings among them, each with its place.
pub(crate) fn told(source: &Source) -> Vec<(String, Spot)> {
    let unheard = Problems::default();
    let passages = in_any_language(source.blame(&unheard)).unwrap_or_default();
    let of_one = |passage: &Passage| {
        let sentence = |range: Range<usize>| {
            let text = passage.text[range.clone()].trim();
            let start = passage.text[range.clone()].find(text).unwrap_or_default();
            (text.to_owned(), passage.spot(range.start + start))
        };
        sentences::sentences(&passage.text).into_iter().map(sentence).collect::<Vec<_>>()
    };
    passages.iter().flat_map(of_one).collect()
}
