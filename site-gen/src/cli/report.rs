//! How problems are told: to people with their lines and the place marked, to tools as JSON.

use crate::cli::terminal;
use crate::diagnostics::cut::Cut;
use crate::diagnostics::problem::{Problem, Severity, counted};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

const PLACE: Style = Style::new().bold();
const MISTAKE: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const FRAME: Style = AnsiColor::Cyan.on_default();
const QUIET: Style = Style::new().dimmed();

/// All problems with their lines, and how many they are; nothing if there are none. `ending` is said last.
///
/// It has colours, which [`tell`] leaves out where they are not wanted.
#[must_use]
pub fn told(problems: &[Problem], ending: &str) -> String {
    if problems.is_empty() {
        return String::new();
    }
    let all: String = problems.iter().map(one).collect();
    format!("{all}{}{ending}\n", counted(problems))
}

/// Tells it to whoever has started the program: in colours on a terminal, unless `NO_COLOR` is set, and without them
/// elsewhere, unless `CLICOLOR_FORCE` is set.
pub fn tell(problems: &[Problem], ending: &str) {
    terminal::complaint(format_args!("{}", told(problems, ending)));
}

fn one(problem: &Problem) -> String {
    let (style, word) = match problem.severity {
        Severity::Mistake => (MISTAKE, "fejl"),
        Severity::Warning => (WARNING, "advarsel"),
    };
    let mut place = problem.path.clone();
    for number in [problem.line, problem.column].into_iter().flatten() {
        place.push_str(&format!(":{number}"));
    }
    let (message, flaw) = (&problem.message, problem.flaw);
    let mut text = format!("{PLACE}{place}{PLACE:#}: {style}{word}{style:#}: {message} {QUIET}[{flaw}]{QUIET:#}\n");
    if let (Some(cut), Some(line)) = (Cut::of(problem), problem.line) {
        let indent = " ".repeat(cut.indent());
        let margin = " ".repeat(line.to_string().len());
        text.push_str(&format!("  {FRAME}{line} |{FRAME:#} {cut}\n"));
        text.push_str(&format!("  {FRAME}{margin} |{FRAME:#} {indent}{style}^{style:#}\n"));
    }
    text.push('\n');
    text
}

/// The problems as one JSON document, which `site-gen/README.md` describes. `failure` is what else kept the site from being made.
#[must_use]
pub fn json(problems: &[Problem], failure: Option<&str>) -> String {
    let mistakes = problems.iter().filter(|problem| problem.severity == Severity::Mistake).count();
    let document = Document {
        version: 1,
        mistakes,
        warnings: problems.len() - mistakes,
        failure,
        problems: problems.iter().map(Entry::of).collect(),
    };
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

/// A name is never taken away or given another meaning as long as the version is the same.
#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    mistakes: usize,
    warnings: usize,
    failure: Option<&'a str>,
    problems: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    severity: &'static str,
    kind: &'static str,
    message: &'a str,
    text: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            file: &problem.path,
            line: problem.line,
            column: problem.column,
            severity: match problem.severity {
                Severity::Mistake => "mistake",
                Severity::Warning => "warning",
            },
            kind: problem.flaw.name(),
            message: &problem.message,
            text: problem.text.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::flaw::Flaw;

    fn problem(path: &str, severity: Severity) -> Problem {
        let (message, flaw) = ("Ret det.".to_owned(), Flaw::WrongValue);
        Problem { path: path.into(), line: None, column: None, severity, message, flaw, text: None }
    }

    #[test]
    fn mistakes_and_warnings_are_counted_apart() {
        let (mistake, warning) = (Severity::Mistake, Severity::Warning);
        for (severities, said) in [
            (&[mistake][..], "1 fejl i 1 fil."),
            (&[mistake, mistake], "2 fejl i 2 filer."),
            (&[warning], "1 advarsel i 1 fil."),
            (&[mistake, warning, warning], "1 fejl og 2 advarsler i 3 filer."),
        ] {
            let problems: Vec<Problem> = severities
                .iter()
                .zip(["a.md", "b.md", "c.md"])
                .map(|(severity, path)| problem(path, *severity))
                .collect();
            assert_eq!(counted(&problems), said);
        }
    }

    #[test]
    fn nothing_is_told_of_nothing() {
        assert_eq!(told(&[], " Intet er skrevet."), "");
    }
}
