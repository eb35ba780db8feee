//! Diagnostics, and the reporter that collects them for the editor who can correct the content.

pub(crate) use super::lines::Location;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::lines::Lines;
use crate::diagnostics::snippet::Snippet;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site cannot be published until this is corrected.
    Mistake,
    /// The site can be published, but somebody should look.
    Warning,
}

/// One problem in the content, in Danish, since its readers are Danish editors.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The path of the file below the content folder, with `/`.
    pub path: String,
    /// The line, from 1. `None` if the file does not exist.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// Determines if the site can be published.
    pub severity: Severity,
    /// The problem, the allowed values, and the remedy.
    pub message: String,
    /// The kind.
    pub code: DiagnosticCode,
    /// The line around the location. `None` if the problem concerns the file as a whole.
    pub snippet: Option<Snippet>,
}

impl Diagnostic {
    /// Creates a mistake about a missing file.
    pub(crate) fn missing(path: &str, code: DiagnosticCode, message: String) -> Self {
        let severity = Severity::Mistake;
        Self { path: path.to_owned(), line: None, column: None, severity, message, code, snippet: None }
    }

    /// The location: `sider/forside.md:6:8`.
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

/// The number of mistakes; the other diagnostics are warnings.
pub(crate) fn mistakes(diagnostics: &[Diagnostic]) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Mistake).count()
}

/// A file, identified by its path and the length of its text.
type FileText = (String, usize);

/// All diagnostics so far, in any order: files are read in parallel.
#[derive(Default)]
pub(crate) struct Diagnostics {
    found: Mutex<Reported>,
    /// The line indexes of the files with diagnostics: one file may have very many.
    lines: Mutex<HashMap<FileText, Arc<Lines>>>,
}

#[derive(Default)]
struct Reported {
    all: Vec<Diagnostic>,
    /// The number of mistakes by file.
    mistakes: HashMap<String, usize>,
}

impl Diagnostics {
    /// Reports a missing file.
    pub(crate) fn missing(&self, path: &str, code: DiagnosticCode, message: &str) {
        self.whole(path, Severity::Mistake, code, message);
    }

    /// Reports a file without lines, or a folder.
    pub(crate) fn whole(&self, path: &str, severity: Severity, code: DiagnosticCode, message: &str) {
        self.add(Diagnostic { severity, ..Diagnostic::missing(path, code, message.to_owned()) });
    }

    /// The number of mistakes. Warnings do not keep anything from being read.
    pub(crate) fn count(&self) -> usize {
        self.found().mistakes.values().sum()
    }

    /// True if this file has a mistake.
    pub(crate) fn is_reported(&self, path: &str) -> bool {
        self.found().mistakes.contains_key(path)
    }

    /// All diagnostics by file, line and column, without duplicates.
    pub(crate) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut all = self.found.into_inner().unwrap_or_else(PoisonError::into_inner).all;
        all.sort();
        all.dedup();
        all
    }

    /// Adds an existing diagnostic.
    pub(crate) fn add(&self, diagnostic: Diagnostic) {
        let mut found = self.found();
        if diagnostic.severity == Severity::Mistake {
            *found.mistakes.entry(diagnostic.path.clone()).or_default() += 1;
        }
        found.all.push(diagnostic);
    }

    /// Turns the warnings that `is_grave` selects into mistakes, and appends the reason to their messages.
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

/// Reports diagnostics about one file.
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

    /// Reports a mistake at a location.
    pub(crate) fn at(self, spot: Location, code: DiagnosticCode, message: impl Into<String>) {
        self.add(spot, Severity::Mistake, code, message.into());
    }

    /// Reports a warning at a location.
    pub(crate) fn warn_at(self, spot: Location, code: DiagnosticCode, message: impl Into<String>) {
        self.add(spot, Severity::Warning, code, message.into());
    }

    /// Reports a diagnostic at a location.
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

    /// Reports a mistake at a byte offset.
    pub(crate) fn at_byte(self, byte: usize, code: DiagnosticCode, message: impl Into<String>) {
        self.at(self.spot(byte), code, message);
    }

    /// The location of a byte offset. To look up many, use [`Lines`] instead.
    pub(crate) fn spot(self, byte: usize) -> Location {
        self.diagnostics.lines(self.path, self.text).spot(self.text, byte)
    }

    /// Reports a mistake about the file as a whole, without a line to look at.
    pub(crate) fn file(self, code: DiagnosticCode, message: impl Into<String>) {
        self.report(Location::START, Severity::Mistake, code, message.into(), None);
    }

    /// Reports a warning about the file as a whole.
    pub(crate) fn warn_file(self, code: DiagnosticCode, message: impl Into<String>) {
        self.report(Location::START, Severity::Warning, code, message.into(), None);
    }

    /// The number of mistakes in the file so far, to tell if reading something has added any.
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
    fn a_diagnostic_shows_file_line_and_column() {
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
