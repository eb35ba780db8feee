//! Prints diagnostics: for people with the marked source lines, for tools as JSON.

use crate::cli::terminal;
use crate::diagnostics::diagnostic::{Diagnostic, Severity, counted, mistakes};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

const PLACE: Style = Style::new().bold();
const MISTAKE: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const FRAME: Style = AnsiColor::Cyan.on_default();
const QUIET: Style = Style::new().dimmed();

/// Formats all diagnostics with their source lines and a count; empty if there are none. `ending` comes last.
///
/// The text is coloured; [`print()`] removes the colours if they are unwanted.
#[must_use]
pub fn rendered(diagnostics: &[Diagnostic], ending: &str) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let all: String = diagnostics.iter().map(one).collect();
    format!("{all}{}{ending}\n", counted(diagnostics))
}

/// Prints the diagnostics to standard error: coloured on a terminal unless `NO_COLOR` is set, and uncoloured elsewhere
/// unless `CLICOLOR_FORCE` is set.
pub fn print(diagnostics: &[Diagnostic], ending: &str) {
    terminal::complaint(format_args!("{}", rendered(diagnostics, ending)));
}

/// Prints the number of finished images and their total.
pub fn progress(done: usize, all: usize) {
    terminal::complaint(format_args!("Gør billeder klar: {done} af {all} …\n"));
}

fn one(diagnostic: &Diagnostic) -> String {
    let (style, word) = match diagnostic.severity {
        Severity::Mistake => (MISTAKE, "fejl"),
        Severity::Warning => (WARNING, "advarsel"),
    };
    let (place, message, code) = (diagnostic.place(), &diagnostic.message, diagnostic.code);
    let mut text = format!("{PLACE}{place}{PLACE:#}: {style}{word}{style:#}: {message} {QUIET}[{code}]{QUIET:#}\n");
    if let (Some(snippet), Some(line)) = (&diagnostic.snippet, diagnostic.line) {
        let indent = " ".repeat(snippet.indent());
        let margin = " ".repeat(line.to_string().len());
        text.push_str(&format!("  {FRAME}{line} |{FRAME:#} {snippet}\n"));
        text.push_str(&format!("  {FRAME}{margin} |{FRAME:#} {indent}{style}^{style:#}\n"));
    }
    text.push('\n');
    text
}

/// Formats the diagnostics as one JSON document, described in `site-gen/README.md`. `failure` is any other error.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], failure: Option<&str>) -> String {
    let mistakes = mistakes(diagnostics);
    let document = JsonReport {
        version: 1,
        mistakes,
        warnings: diagnostics.len() - mistakes,
        failure,
        diagnostics: diagnostics.iter().map(ReportedProblem::of).collect(),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

/// No name is removed or changes its meaning within a version.
#[derive(Serialize)]
struct JsonReport<'a> {
    version: u8,
    mistakes: usize,
    warnings: usize,
    failure: Option<&'a str>,
    #[serde(rename = "problems")]
    diagnostics: Vec<ReportedProblem<'a>>,
}

#[derive(Serialize)]
struct ReportedProblem<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    severity: &'static str,
    kind: &'static str,
    message: &'a str,
    text: Option<String>,
}

impl<'a> ReportedProblem<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        Self {
            file: &diagnostic.path,
            line: diagnostic.line,
            column: diagnostic.column,
            severity: match diagnostic.severity {
                Severity::Mistake => "mistake",
                Severity::Warning => "warning",
            },
            kind: diagnostic.code.name(),
            message: &diagnostic.message,
            text: diagnostic.snippet.as_ref().map(|line| [line.before.as_str(), &line.at, &line.after].concat()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code::DiagnosticCode;

    fn diagnostic(path: &str, severity: Severity) -> Diagnostic {
        let (message, code) = ("Ret det.".to_owned(), DiagnosticCode::WrongValue);
        Diagnostic { path: path.into(), line: None, column: None, severity, message, code, snippet: None }
    }

    #[test]
    fn mistakes_and_warnings_are_counted_separately() {
        let (mistake, warning) = (Severity::Mistake, Severity::Warning);
        for (severities, said) in [
            (&[mistake][..], "1 fejl i 1 fil."),
            (&[mistake, mistake], "2 fejl i 2 filer."),
            (&[warning], "1 advarsel i 1 fil."),
            (&[mistake, warning, warning], "1 fejl og 2 advarsler i 3 filer."),
        ] {
            let diagnostics: Vec<Diagnostic> = severities
                .iter()
                .zip(["a.md", "b.md", "c.md"])
                .map(|(severity, path)| diagnostic(path, *severity))
                .collect();
            assert_eq!(counted(&diagnostics), said);
        }
    }

    #[test]
    fn no_problems_print_nothing() {
        assert_eq!(rendered(&[], " Intet er skrevet."), "");
    }
}
