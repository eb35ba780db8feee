//! Reads the word lists: one word or phrase a line, and comments behind `#`.

use super::rule_faults;
use crate::check::memo::Latest;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Location, Reporter};
use model::danger::{BadRule, DangerRules, RuleList};

/// The rules that tell danger from other matters; none if one cannot be used, which has been reported.
pub(super) fn danger_rules(reporter: Reporter<'_>) -> Option<DangerRules> {
    static READ: Latest<Result<DangerRules, Vec<BadRule>>> = Latest::new();
    let read = READ.get(reporter.text, || RuleList::read(reporter.text));
    let is_emptied = !entries(reporter.text).any(|(_, line)| !line.starts_with('['));
    let faults = match read {
        Ok(rules) if has_certain_rules(reporter.text) => return Some(rules),
        Err(faults) if !is_emptied => faults,
        _ => {
            let advice = "Uden dem bliver ingen fare opdaget. Hent listen fra en tidligere udgave.";
            let which = if is_emptied { "" } else { " i afsnittet [altid fare]" };
            reporter.file(DiagnosticCode::EmptyFile, format!("Listen har ingen regler{which}. {advice}"));
            return None;
        }
    };
    let lines: Vec<&str> = reporter.text.lines().collect();
    for BadRule { line, wrong } in faults {
        let written = lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let (code, message) = rule_faults::message(&wrong, written.trim());
        reporter.at(Location { line, column: 1 }, code, message);
    }
    None
}

/// True if a rule says what is danger whatever else is said.
fn has_certain_rules(text: &str) -> bool {
    let mut is_here = false;
    entries(text).any(|(_, line)| {
        let is_section = line.starts_with('[');
        is_here = if is_section { line == "[altid fare]" } else { is_here };
        is_here && !is_section
    })
}

pub(super) fn entries(text: &str) -> impl Iterator<Item = (Location, &str)> {
    let lines = text.lines().enumerate().map(|(number, line)| (Location { line: number + 1, column: 1 }, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
