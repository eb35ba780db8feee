//! Readability of the Danish texts: the length of words and sentences, and bureaucratic or legal jargon.
//!
//! Only Danish is checked: the index is designed for the Scandinavian languages, and the word list is Danish.

mod counts;
mod word_list;

pub(crate) use word_list::WordList;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Diagnostics, Reporter, Severity};
use crate::markdown::passages::{self, Passage};
use crate::source::read::{self, Source};
use counts::{Counts, Worded};
use model::names::Language;
use serde::Serialize;
use std::path::Path;

/// The limits above which a text is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The readability index of a whole file.
    pub lix: u16,
    /// The number of words in one sentence.
    pub sentence: u16,
    /// True if exceeding them is an error, so that the site cannot be published.
    pub strict: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { lix: 45, sentence: 25, strict: false }
    }
}

/// The counts of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The file, below the content folder.
    pub path: String,
    /// The readability index; `None` if the text is too short.
    pub lix: Option<usize>,
    /// The number of words in sentences.
    pub words: usize,
    /// The number of words with more than six letters.
    pub long_words: usize,
    /// The number of sentences.
    pub sentences: usize,
    /// The longest sentence.
    pub longest: LongestSentence,
}

/// The longest sentence of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LongestSentence {
    /// The number of its words.
    pub words: usize,
    /// The line where it starts.
    pub line: usize,
    /// Its text.
    pub text: String,
}

/// The readability of every Danish file, by path. Files without a sentence are left out.
#[must_use]
pub fn readings(content: &Path) -> Vec<Reading> {
    let sources = read::read(content).sources;
    let reading = |source: &Source| {
        let passages = passages(source).filter(|_| is_danish(&source.path))?;
        let counts = Counts::of(&worded(&passages));
        let longest = counts.longest()?;
        let text = longest.text().to_owned();
        let longest = LongestSentence { words: longest.words, line: longest.at().line, text };
        let (words, long_words) = (counts.words, counts.long_words);
        let (path, lix, sentences) = (source.path.clone(), counts.lix(), counts.sentences.len());
        Some(Reading { path, lix, words, long_words, sentences, longest })
    };
    sources.iter().filter_map(reading).collect()
}

/// Reports text that is hard to read in a Danish file, and each word on the list.
pub(crate) fn check(passages: &[Passage], limits: Limits, list: &WordList, reporter: Reporter<'_>) {
    let passages = worded(passages);
    let counts = Counts::of(&passages);
    let severity = if limits.strict { Severity::Mistake } else { Severity::Warning };
    let report = |at, message| reporter.add(at, severity, DiagnosticCode::HardToRead, message);
    if let (Some(lix), Some(first)) = (counts.lix(), counts.sentences.first())
        && lix > usize::from(limits.lix)
    {
        let most = limits.lix;
        report(
            first.at(),
            format!("Teksten er svær at læse: lix {lix}. Højst {most}. Del lange sætninger, og vælg kortere ord."),
        );
    }
    for sentence in counts.sentences.iter().filter(|sentence| sentence.words > usize::from(limits.sentence)) {
        let (words, most, text) = (sentence.words, limits.sentence, excerpt(sentence.text()));
        report(sentence.at(), format!("Sætningen »{text}« har {words} ord. Højst {most}. Del den i to."));
    }
    for found in passages.iter().flat_map(|passage| list.find(passage)) {
        let instead: Vec<String> = found.instead.split(" / ").map(|word| format!("»{word}«")).collect();
        let (written, instead) = (excerpt(found.written), instead.join(" eller "));
        report(found.at, format!("»{written}« kan være svært at forstå. Skriv hellere {instead}."));
    }
}

fn worded(passages: &[Passage]) -> Vec<Worded<'_>> {
    passages.iter().map(Worded::of).collect()
}

/// True if the texts of the file are Danish.
pub(crate) fn is_danish(path: &str) -> bool {
    match path.strip_suffix(".md") {
        Some(stem) => !stem.contains('.'),
        None => path == format!("sprog/{}.yaml", Language::danish()),
    }
}

/// The passages that citizens read in a file, in any language; `None` if the file has no such text.
pub(crate) fn passages(source: &Source) -> Option<Vec<Passage>> {
    // Unreadable files are reported when the site reads them.
    let unreported = Diagnostics::default();
    let reporter = source.reporter(&unreported);
    match reporter.path.split_once('/')? {
        ("sprog", name) if name.ends_with(".yaml") => Some(passages::of_words(reporter)),
        ("faelles" | "formularer" | "grunde" | "kredse" | "sider" | "tekster" | "udgange", name)
            if name.ends_with(".md") =>
        {
            Some(passages::of_markdown(reporter))
        }
        _ => None,
    }
}
