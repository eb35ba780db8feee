//! The version that a text was last compared with, so that later changes are noticed.
//!
//! A translation is compared with its Danish file, and a kreds's own text with the shared text it replaces.

mod normal;

use crate::check::entries::entries;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Diagnostics, Location, Reporter};
use crate::source::front_matter::FrontMatter;
use crate::source::paths::{danish_path, shared_path};
use crate::source::read::Source;
use crate::source::text::{HASH_DIGITS, short_hash};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The file of these versions, below the content folder: each line is a file and a mark.
pub(crate) const FILE: &str = "data/grundlag.txt";

/// The comment at the top of the file.
const HEADER: &str = "\
# Hver linje er en fil og et mærke for den tekst, som filen sidst er sammenlignet med. Ret ikke i linjerne.
# Når du har sammenlignet en fil, så skriv: cargo run --bin site-gen -- compared FIL
";

/// The versions that files were last compared with.
#[derive(Default)]
pub(crate) struct Basis(BTreeMap<String, Line>);

struct Line {
    mark: String,
    at: Location,
}

/// The state of a file in relation to its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The base is unchanged since the comparison.
    Current,
    /// The base has changed since the comparison.
    Changed,
    /// The two were never compared.
    Unknown,
}

/// A file and its base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair<'s> {
    pub(crate) file: &'s Source,
    pub(crate) base: &'s Source,
}

impl Basis {
    /// Parses the file if the content has one. A check reports unreadable lines.
    pub(crate) fn of(sources: &[Source]) -> Self {
        let unreported = Diagnostics::default();
        let lines = sources.iter().find(|source| source.path == FILE);
        lines.map(|source| Self::parse(source.reporter(&unreported))).unwrap_or_default()
    }

    /// Parses the lines and reports unreadable ones.
    pub(crate) fn parse(reporter: Reporter<'_>) -> Self {
        let mut lines = BTreeMap::new();
        for (at, line) in entries(reporter.text) {
            match line.split_whitespace().collect::<Vec<_>>().as_slice() {
                [file, mark] if is_mark(mark) => {
                    let line = Line { mark: (*mark).to_owned(), at };
                    if lines.insert((*file).to_owned(), line).is_some() {
                        reporter.at(
                            at,
                            DiagnosticCode::Twice,
                            format!("»{file}« står her to gange. Slet den ene linje."),
                        );
                    }
                }
                _ => reporter.at(
                    at,
                    DiagnosticCode::BadBasis,
                    format!(
                        "Linjen kan ikke læses: »{}«. Slet den, og skriv: cargo run --bin site-gen -- compared --all",
                        excerpt(line)
                    ),
                ),
            }
        }
        Self(lines)
    }

    /// The state of a file, given the current mark of its base.
    pub(crate) fn state(&self, file: &str, mark: &str) -> State {
        match self.0.get(file) {
            Some(line) if line.mark == mark => State::Current,
            Some(_) => State::Changed,
            None => State::Unknown,
        }
    }

    /// Warns about lines whose file has no base.
    pub(crate) fn warn_of_others(&self, is_based: impl Fn(&str) -> bool, reporter: Reporter<'_>) {
        for (file, line) in self.0.iter().filter(|(file, _)| !is_based(file)) {
            reporter.warn_at(
                line.at,
                DiagnosticCode::BadBasis,
                format!("»{file}« er ikke en fil, der skal sammenlignes med en anden. Slet linjen."),
            );
        }
    }

    /// The text of an updated file: compared pairs get new marks, and lines without a pair are dropped.
    pub(crate) fn compared(&self, pairs: &[Pair<'_>], is_compared: impl Fn(&str) -> bool) -> String {
        let mut text = HEADER.to_owned();
        for Pair { file, base } in pairs {
            let new = is_compared(&file.path).then(|| mark(base));
            if let Some(mark) = new.as_ref().or_else(|| self.0.get(&file.path).map(|line| &line.mark)) {
                let _ = writeln!(text, "{} {mark}", file.path);
            }
        }
        text
    }
}

/// All files that have a base, sorted by path like `sources`. Any pair added here gets warnings and can be compared.
pub(crate) fn pairs(sources: &[Source]) -> Vec<Pair<'_>> {
    let index = |path: &str| sources.binary_search_by(|source| source.path.as_str().cmp(path)).ok();
    let find = |path: &str| sources.get(index(path)?);
    let based_on = |path: &str| danish_path(path).or_else(|| shared_path(path));
    let pair = |file| Some(Pair { file, base: find(&based_on(&file.path)?)? });
    sources.iter().filter_map(pair).collect()
}

/// A short hash of the relevant content of a base.
pub(crate) fn mark(base: &Source) -> String {
    short_hash(normal::normal(&base.text, base.path.ends_with(".yaml")))
}

/// The mark of a file whose front matter is already parsed; `None` if that failed.
pub(crate) fn mark_of(front: &FrontMatter<'_>) -> Option<String> {
    front.node().map(|node| short_hash(normal::of_parts(node, front.markdown())))
}

fn is_mark(word: &str) -> bool {
    word.len() == HASH_DIGITS && word.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn a_file_is_current_until_its_base_changes() {
        let sources = [source("sider/a.en.md", "Hello"), source("sider/a.md", "Hej")];
        let pairs = pairs(&sources);
        assert_eq!(pairs, [Pair { file: &sources[0], base: &sources[1] }]);
        let written = source(FILE, &Basis::default().compared(&pairs, |_| true));
        let diagnostics = Diagnostics::default();
        let basis = Basis::parse(written.reporter(&diagnostics));
        let state = |file, text| basis.state(file, &mark(&source("sider/a.md", text)));
        assert_eq!(state("sider/a.en.md", "Hej"), State::Current);
        assert_eq!(state("sider/a.en.md", "Hej\r\n\n"), State::Current);
        assert_eq!(state("sider/a.en.md", "Hej igen"), State::Changed);
        assert_eq!(state("sider/b.en.md", "Hej"), State::Unknown);
        // A file that is not compared now keeps its line.
        assert_eq!(basis.compared(&pairs, |_| false), &*written.text);
        assert!(diagnostics.into_sorted().is_empty());
    }

    #[test]
    fn translated_ui_messages_are_based_on_the_danish_ones() {
        let sources = [source("sprog/da.yaml", ""), source("sprog/en.yaml", ""), source("sprog/x.yaml", "")];
        assert_eq!(pairs(&sources), [Pair { file: &sources[1], base: &sources[0] }]);
    }

    #[test]
    fn unreadable_lines_and_missing_files_are_reported() {
        let written = source(FILE, "# note\n\nsider/a.en.md 0123456789ab\nsider/a.en.md 0123456789ab\nx y\n");
        let diagnostics = Diagnostics::default();
        let reporter = written.reporter(&diagnostics);
        Basis::parse(reporter).warn_of_others(|_| false, reporter);
        let reported: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
        assert_eq!(reported.len(), 3, "{reported:?}");
        assert!(reported[0].starts_with("data/grundlag.txt:4:1: »sider/a.en.md« står her to gange."), "{reported:?}");
        assert!(reported[1].starts_with("data/grundlag.txt:4:1: advarsel: »sider/a.en.md« er ikke"), "{reported:?}");
        assert!(reported[2].starts_with("data/grundlag.txt:5:1: Linjen kan ikke læses: »x y«."), "{reported:?}");
    }
}
