//! Diagnostics: mistakes in the content, reported to the person who can put it right.

pub(crate) use super::lines::Location;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::lines::Lines;
use crate::diagnostics::snippet::Snippet;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// True if the site can be published all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot: there is no site before it is put right.
    Mistake,
    /// It can, but somebody should look.
    Warning,
}

/// One thing that is wrong with the content, in Danish, since its readers are Danish editors.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, below the content folder, with `/`.
    pub path: String,
    /// The line, from 1; none if the file is not there.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// True if it keeps the site from being published.
    pub severity: Severity,
    /// The fault, what is allowed, and what to do.
    pub message: String,
    /// Its kind.
    pub code: DiagnosticCode,
    /// The line around the place; none if the problem is about the file as a whole.
    pub snippet: Option<Snippet>,
}

impl Diagnostic {
    /// The mistake of a file that is not there.
    pub(crate) fn missing(path: &str, code: DiagnosticCode, message: String) -> Self {
        let severity = Severity::Mistake;
        Self { path: path.to_owned(), line: None, column: None, severity, message, code, snippet: None }
    }

    /// The file, line and column: `sider/forside.md:6:8`.
    pub(crate) fn place(&self) -> String {
        let numbers = [self.line, self.column].into_iter().flatten();
        numbers.fold(self.path.clone(), |place, number| format!("{place}:{number}"))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let warning = if self.severity == Severity::Warning { "advarsel: " } else { "" };
        write!(f, "{}: {warning}{}", self.place(), self.message)
    }
}

/// Number of mistakes among some problems; the others are warnings.
pub(crate) fn mistakes(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Mistake).count()
}

/// A file by its path and the length of its text.
type FileText = (String, usize);

/// All problems found so far, in any order: files are read in parallel.
#[derive(Default)]
pub(crate) struct Diagnostics {
    found: Mutex<Reported>,
    /// The lines of the files with problems: one file may have very many problems.
    lines: Mutex<HashMap<FileText, Arc<Lines>>>,
}

#[derive(Default)]
struct Reported {
    all: Vec<Diagnostic>,
    /// Number of mistakes in each file that has any.
    mistakes: HashMap<String, usize>,
}

impl Diagnostics {
    /// Reports a file that is not there.
    pub(crate) fn missing(&self, path: &str, code: DiagnosticCode, message: &str) {
        self.whole(path, Severity::Mistake, code, message);
    }

    /// Reports a file that has no lines, or a folder.
    pub(crate) fn whole(&self, path: &str, severity: Severity, code: DiagnosticCode, message: &str) {
        self.add(Diagnostic { severity, ..Diagnostic::missing(path, code, message.to_owned()) });
    }

    /// Number of mistakes there are. Warnings keep nothing from being read.
    pub(crate) fn count(&self) -> usize {
        self.found().mistakes.values().sum()
    }

    /// True if there is a mistake in this file.
    pub(crate) fn is_reported(&self, path: &str) -> bool {
        self.found().mistakes.contains_key(path)
    }

    /// All problems by file, line and column, each once.
    pub(crate) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut all = self.found.into_inner().unwrap_or_else(PoisonError::into_inner).all;
        all.sort();
        all.dedup();
        all
    }

    /// Adds what was found elsewhere.
    pub(crate) fn add(&self, diagnostic: Diagnostic) {
        let mut found = self.found();
        if diagnostic.severity == Severity::Mistake {
            *found.mistakes.entry(diagnostic.path.clone()).or_default() += 1;
        }
        found.all.push(diagnostic);
    }

    /// Makes mistakes of the warnings that `is_grave` picks, and says why.
    pub(crate) fn make_grave(&self, is_grave: impl Fn(DiagnosticCode) -> bool, why: &str) {
        let mut found = self.found();
        let Reported { all, mistakes } = &mut *found;
        for diagnostic in all.iter_mut().filter(|one| one.severity == Severity::Warning && is_grave(one.code)) {
            diagnostic.severity = Severity::Mistake;
            diagnostic.message.push_str(why);
            *mistakes.entry(diagnostic.path.clone()).or_default() += 1;
        }
    }

    fn lines(&self, path: &str, text: &str) -> Arc<Lines> {
        let mut known = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry((path.to_owned(), text.len())).or_insert_with(|| Arc::new(Lines::of(text))))
    }

    fn found(&self) -> MutexGuard<'_, Reported> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One file, and where its problems go.
#[derive(Clone, Copy)]
pub(crate) struct Reporter<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    diagnostics: &'a Diagnostics,
}

impl<'a> Reporter<'a> {
    pub(crate) const fn new(path: &'a str, text: &'a str, diagnostics: &'a Diagnostics) -> Self {
        Self { path, text, diagnostics }
    }

    /// Reports a mistake at a place in the file.
    pub(crate) fn at(self, spot: Location, code: DiagnosticCode, message: impl Into<String>) {
        self.add(spot, Severity::Mistake, code, message.into());
    }

    /// Warns of a place in the file.
    pub(crate) fn warn_at(self, spot: Location, code: DiagnosticCode, message: impl Into<String>) {
        self.add(spot, Severity::Warning, code, message.into());
    }

    /// Reports a problem at a place in the file.
    pub(crate) fn add(self, spot: Location, severity: Severity, code: DiagnosticCode, message: String) {
        let lines = self.diagnostics.lines(self.path, self.text);
        let spot = lines.nearest(self.text, spot);
        let snippet = || Snippet::of(lines.line(self.text, spot.line), lines.byte(self.text, spot));
        self.report(spot, severity, code, message, (!self.text.is_empty()).then(snippet));
    }

    fn report(self, at: Location, severity: Severity, code: DiagnosticCode, message: String, snippet: Option<Snippet>) {
        let (path, line, column) = (self.path.to_owned(), Some(at.line), Some(at.column));
        self.diagnostics.add(Diagnostic { path, line, column, severity, message, code, snippet });
    }

    /// Reports a mistake at a byte of the file.
    pub(crate) fn at_byte(self, byte: usize, code: DiagnosticCode, message: impl Into<String>) {
        self.at(self.spot(byte), code, message);
    }

    /// The place of a byte of the file. Who asks for many that are no problem asks its [`Lines`].
    pub(crate) fn spot(self, byte: usize) -> Location {
        self.diagnostics.lines(self.path, self.text).spot(self.text, byte)
    }

    /// Reports a mistake of the file as a whole: no line of it is the one to look at.
    pub(crate) fn file(self, code: DiagnosticCode, message: impl Into<String>) {
        self.report(Location::START, Severity::Mistake, code, message.into(), None);
    }

    /// Warns of the file as a whole.
    pub(crate) fn warn_file(self, code: DiagnosticCode, message: impl Into<String>) {
        self.report(Location::START, Severity::Warning, code, message.into(), None);
    }

    /// Number of mistakes in the file by now, to see whether reading something added any.
    pub(crate) fn count(self) -> usize {
        self.diagnostics.found().mistakes.get(self.path).copied().unwrap_or(0)
    }
}

/// `2 fejl og 1 advarsel i 3 filer.`
#[must_use]
pub fn counted(diagnostics: &[Diagnostic]) -> String {
    let mistakes = mistakes(diagnostics);
    let warnings = diagnostics.len() - mistakes;
    let files = diagnostics.iter().map(|diagnostic| diagnostic.path.as_str()).collect::<BTreeSet<_>>().len();
    let noun = if warnings == 1 { "advarsel" } else { "advarsler" };
    let what = match (mistakes, warnings) {
        (mistakes, 0) => format!("{mistakes} fejl"),
        (0, warnings) => format!("{warnings} {noun}"),
        (mistakes, warnings) => format!("{mistakes} fejl og {warnings} {noun}"),
    };
    format!("{what} i {files} {}.", if files == 1 { "fil" } else { "filer" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_file_line_and_column() {
        let mut diagnostic = Diagnostic {
            path: "a.md".into(),
            line: Some(7),
            column: Some(3),
            severity: Severity::Mistake,
            message: "Ret det.".into(),
            code: DiagnosticCode::WrongValue,
            snippet: None,
        };
        assert_eq!(diagnostic.to_string(), "a.md:7:3: Ret det.");
        diagnostic.severity = Severity::Warning;
        assert_eq!(diagnostic.to_string(), "a.md:7:3: advarsel: Ret det.");
        diagnostic.severity = Severity::Mistake;
        (diagnostic.line, diagnostic.column) = (None, None);
        assert_eq!(diagnostic.to_string(), "a.md: Ret det.");
    }
}
