//! Diagnostics: mistakes in the content, told to the person who can put it right.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::lines::{line, line_starts};
use std::collections::BTreeSet;
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
    /// The whole line; none if the problem is about the file as a whole.
    pub text: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        let warning = if self.severity == Severity::Warning { "advarsel: " } else { "" };
        write!(f, ": {warning}{}", self.message)
    }
}

/// A place in a file, as editors count: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Location {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Location {
    /// The first character of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// The place of a byte of `text`.
    pub(crate) fn of(text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self { line, column: before[start..].chars().count() + 1 }
    }

    /// The nearest place that exists in `text`, whose lines begin at `starts`: parsers report the end of a file one line
    /// too far.
    fn within(self, text: &str, starts: &[usize]) -> Self {
        let lines = starts.len();
        let row = self.line.clamp(1, lines);
        let length = line(text, starts, row).chars().count();
        let column = if self.line > lines { length + 1 } else { self.column };
        Self { line: row, column: column.clamp(1, length + 1) }
    }
}

/// A file by path and length of its text, and the bytes where its lines begin.
type Beginnings = (String, usize, Arc<[usize]>);

/// All problems found so far, in any order: files are read in parallel.
#[derive(Default)]
pub(crate) struct Diagnostics {
    all: Mutex<Vec<Diagnostic>>,
    /// Where the lines of the file that was blamed last begin: one file may have a problem on each of many lines.
    last: Mutex<Option<Beginnings>>,
}

impl Diagnostics {
    /// Blames a file that is not there.
    pub(crate) fn missing(&self, path: &str, code: DiagnosticCode, message: &str) {
        self.whole(path, Severity::Mistake, code, message);
    }

    /// Tells of a file that has no lines, or of a folder.
    pub(crate) fn whole(&self, path: &str, severity: Severity, code: DiagnosticCode, message: &str) {
        let (path, message) = (path.to_owned(), message.to_owned());
        self.add(Diagnostic { path, line: None, column: None, severity, message, code, text: None });
    }

    /// Number of mistakes there are. Warnings keep nothing from being read.
    pub(crate) fn count(&self) -> usize {
        self.all().iter().filter(|diagnostic| diagnostic.severity == Severity::Mistake).count()
    }

    /// True if there is a mistake in this file.
    pub(crate) fn is_blamed(&self, path: &str) -> bool {
        self.all().iter().any(|diagnostic| diagnostic.path == path && diagnostic.severity == Severity::Mistake)
    }

    /// All problems by file, line and column, each once.
    pub(crate) fn into_sorted(self) -> Vec<Diagnostic> {
        let mut all = self.all.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.sort();
        all.dedup();
        all
    }

    /// Adds what was found elsewhere.
    pub(crate) fn add(&self, diagnostic: Diagnostic) {
        self.all().push(diagnostic);
    }

    /// Where the lines of a file begin.
    fn starts(&self, path: &str, text: &str) -> Arc<[usize]> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, length, starts)) = last.as_ref()
            && known == path
            && *length == text.len()
        {
            return Arc::clone(starts);
        }
        let starts = line_starts(text);
        *last = Some((path.to_owned(), text.len(), Arc::clone(&starts)));
        starts
    }

    fn all(&self) -> MutexGuard<'_, Vec<Diagnostic>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Blames a place in the file.
    pub(crate) fn at(self, spot: Location, code: DiagnosticCode, message: impl Into<String>) {
        self.add(spot, Severity::Mistake, code, message.into());
    }

    /// Warns of a place in the file.
    pub(crate) fn warn_at(self, spot: Location, code: DiagnosticCode, message: impl Into<String>) {
        self.add(spot, Severity::Warning, code, message.into());
    }

    fn add(self, spot: Location, severity: Severity, code: DiagnosticCode, message: String) {
        let starts = self.diagnostics.starts(self.path, self.text);
        let spot = spot.within(self.text, &starts);
        let text = (!self.text.is_empty()).then(|| line(self.text, &starts, spot.line).to_owned());
        self.tell(spot, severity, code, message, text);
    }

    fn tell(
        self,
        Location { line, column }: Location,
        severity: Severity,
        code: DiagnosticCode,
        message: String,
        text: Option<String>,
    ) {
        let path = self.path.to_owned();
        self.diagnostics.add(Diagnostic {
            path,
            line: Some(line),
            column: Some(column),
            severity,
            message,
            code,
            text,
        });
    }

    /// Blames a byte of the file.
    pub(crate) fn at_byte(self, byte: usize, code: DiagnosticCode, message: impl Into<String>) {
        self.at(Location::of(self.text, byte), code, message);
    }

    /// Blames the file as a whole: no line of it is the one to look at.
    pub(crate) fn file(self, code: DiagnosticCode, message: impl Into<String>) {
        self.tell(Location::START, Severity::Mistake, code, message.into(), None);
    }

    /// Warns of the file as a whole.
    pub(crate) fn warn_file(self, code: DiagnosticCode, message: impl Into<String>) {
        self.tell(Location::START, Severity::Warning, code, message.into(), None);
    }

    /// Number of mistakes in the file by now, to see whether reading something added any.
    pub(crate) fn count(self) -> usize {
        let is_own =
            |diagnostic: &&Diagnostic| diagnostic.path == self.path && diagnostic.severity == Severity::Mistake;
        self.diagnostics.all().iter().filter(is_own).count()
    }
}

/// `2 fejl og 1 advarsel i 3 filer.`
#[must_use]
pub fn counted(diagnostics: &[Diagnostic]) -> String {
    let mistakes = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Mistake).count();
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
    use crate::diagnostics::lines::Lines;

    #[test]
    fn a_place_is_counted_in_characters_from_one() {
        let text = "æøå\nx";
        assert_eq!(Location::of(text, 0), Location::START);
        assert_eq!(Location::of(text, "æø".len()), Location { line: 1, column: 3 });
        assert_eq!(Location::of(text, "æøå\n".len()), Location { line: 2, column: 1 });
        assert_eq!(Location::of(text, 99), Location { line: 2, column: 2 });
        let lines = Lines::of(text);
        for byte in 0..9 {
            assert_eq!(lines.spot(byte), Location::of(text, byte), "{byte}");
        }
    }

    #[test]
    fn a_place_beyond_the_file_becomes_its_end() {
        assert_eq!(
            Location { line: 9, column: 9 }.within("ab\ncde\n", &line_starts("ab\ncde\n")),
            Location { line: 2, column: 4 }
        );
        assert_eq!(
            Location { line: 1, column: 9 }.within("ab\ncde\n", &line_starts("ab\ncde\n")),
            Location { line: 1, column: 3 }
        );
        assert_eq!(Location { line: 0, column: 0 }.within("", &line_starts("")), Location::START);
    }

    #[test]
    fn a_problem_names_file_line_and_column() {
        let mut diagnostic = Diagnostic {
            path: "a.md".into(),
            line: Some(7),
            column: Some(3),
            severity: Severity::Mistake,
            message: "Ret det.".into(),
            code: DiagnosticCode::WrongValue,
            text: None,
        };
        assert_eq!(diagnostic.to_string(), "a.md:7:3: Ret det.");
        diagnostic.severity = Severity::Warning;
        assert_eq!(diagnostic.to_string(), "a.md:7:3: advarsel: Ret det.");
        diagnostic.severity = Severity::Mistake;
        (diagnostic.line, diagnostic.column) = (None, None);
        assert_eq!(diagnostic.to_string(), "a.md: Ret det.");
    }
}
