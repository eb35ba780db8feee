//! The texts of a file in which numbers are looked for, and the numbers in them that nobody approved.

use super::{Approved, Found, meant, numbers};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::front_matter;
use crate::source::read::Source;

/// Blames each number in the file that is not on the list.
pub(crate) fn check(source: &Source, approved: &Approved, reporter: Reporter<'_>) {
    if !is_read(&source.path) {
        return;
    }
    for (at, line) in told_lines(source) {
        for found in numbers(line, approved).iter().filter(|found| !approved.contains_key(&found.plain)) {
            let column = Location::of(line, found.start).column;
            reporter.at(Location { line: at, column }, DiagnosticCode::UnapprovedNumber, unapproved(found, approved));
        }
    }
}

/// The texts of a file that citizens may read, without notes to editors: each line of YAML, and each paragraph of
/// Markdown in one line.
pub(crate) fn paragraphs(source: &Source) -> Vec<String> {
    if !is_read(&source.path) {
        return Vec::new();
    }
    let yaml = yaml_lines(source);
    let mut all: Vec<String> = Vec::new();
    let mut is_within = false;
    for (number, line) in told_lines(source) {
        // Blanks of all kinds are one here.
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_break = words.is_empty() || words == "---";
        match all.last_mut().filter(|_| is_within) {
            Some(paragraph) if !is_break => {
                paragraph.push(' ');
                paragraph.push_str(&words);
            }
            _ if !is_break => all.push(words),
            _ => {}
        }
        is_within = !is_break && number > yaml;
    }
    all
}

/// True if citizens read the file.
fn is_read(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".yaml")
}

/// The lines of a file with their numbers, without notes to editors.
fn told_lines(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let yaml = yaml_lines(source);
    let line = move |(index, line)| (index + 1, if index < yaml { without_note(line) } else { line });
    source.text.lines().enumerate().map(line)
}

/// Number of lines of YAML, from the first on.
fn yaml_lines(source: &Source) -> usize {
    if source.path.ends_with(".yaml") {
        return usize::MAX;
    }
    front_matter::split(&source.text).map_or(0, |(yaml, _)| yaml.lines().count())
}

/// A line of YAML up to its note; a `#` in quotation marks begins none.
fn without_note(line: &str) -> &str {
    let is_note = |at: &usize| {
        let before = &line[..*at];
        (before.is_empty() || before.ends_with([' ', '\t']))
            && ['"', '\''].iter().all(|mark| before.matches(*mark).count() % 2 == 0)
    };
    line.match_indices('#').map(|(at, _)| at).find(is_note).map_or(line, |at| &line[..at])
}

fn unapproved(found: &Found, approved: &Approved) -> String {
    let meant = meant(&found.plain, approved);
    let hint = match meant.as_slice() {
        [] => String::new(),
        all => {
            format!(" Mente du {}?", all.iter().map(|number| format!("»{number}«")).collect::<Vec<_>>().join(" eller "))
        }
    };
    // The list may grow long; the short numbers are those that are mistyped.
    let allowed = match approved.values().map(String::as_str).filter(|number| number.len() < 8).collect::<Vec<_>>() {
        short if short.is_empty() => String::new(),
        short => format!(" Korte numre på listen: {}.", list(short)),
    };
    format!(
        "Telefonnummeret »{}« står ikke på listen over godkendte numre.{hint}{allowed} Er det rigtigt, så føj det til \
         data/telefonnumre.csv med kilde.",
        excerpt(&found.written)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_one_text_and_a_line_of_yaml_is_one() {
        let text = "---\ntitel: A # 33 14\nb: c\n---\n# 14 48\nRing\n114.\n\nNu.\n";
        let source = Source { path: "sider/a.md".to_owned(), text: text.into() };
        assert_eq!(paragraphs(&source), ["titel: A", "b: c", "# 14 48 Ring 114.", "Nu."]);
        let other = Source { path: "ord/a.txt".to_owned(), text: text.into() };
        assert!(paragraphs(&other).is_empty());
    }

    #[test]
    fn notes_to_editors_are_not_told_to_anybody() {
        for (line, told) in [
            ("telefon: 33 14 14 48 # kilde: 12", "telefon: 33 14 14 48 "),
            ("# ring 33 14 14 48", ""),
            ("titel: \"Ring #1\" # note", "titel: \"Ring #1\" "),
            ("titel: a#b", "titel: a#b"),
        ] {
            assert_eq!(without_note(line), told);
        }
    }
}
