//! The telephone numbers that may be told to citizens, and whether any other is in the content.

use super::table::{Row, Table};
use crate::check::kept::KeptEach;
use crate::check::numbers::{Approved, Found, meant, numbers, plain};
use crate::diagnostics::danish::{excerpt, list};
use crate::diagnostics::flaw::Flaw;
use crate::diagnostics::problem::{Blame, Problem, Problems, Spot};
use crate::source::front_matter;
use crate::source::read::Source;
use model::phone::Phone;

/// The list.
pub(super) const FILE: &str = "data/telefonnumre.csv";

/// Blames each number in a text that is not on the list; and lines of the list that are no approval.
pub(super) fn check(
    sources: &[Source],
    lines: Option<Blame<'_>>,
    kept: &KeptEach<Approved, Vec<Problem>>,
    problems: &Problems,
) {
    // That the list is missing is reported; every number would be blamed.
    let Some(lines) = lines else { return };
    let approved = approved(lines);
    for source in sources.iter().filter(|source| is_read(&source.path)) {
        kept.get(source, &approved, faults).into_iter().for_each(|problem| problems.add(problem));
    }
}

/// The numbers of one file that are not on the list.
fn faults(source: &Source, approved: &Approved) -> Vec<Problem> {
    let problems = Problems::default();
    let blame = source.blame(&problems);
    for (at, line) in told_lines(source) {
        for found in numbers(line, approved).iter().filter(|found| !approved.contains_key(&found.plain)) {
            let column = Spot::of(line, found.start).column;
            blame.at(Spot { line: at, column }, Flaw::UnapprovedNumber, unapproved(found, approved));
        }
    }
    problems.into_sorted()
}

/// The numbers that may be told; what is wrong with their list is not reported.
pub(crate) fn approved_numbers(sources: &[Source]) -> Approved {
    let unheard = Problems::default();
    let lines = sources.iter().find(|source| source.path == FILE);
    lines.map(|source| approved(source.blame(&unheard))).unwrap_or_default()
}

/// The numbers of the list.
fn approved(blame: Blame<'_>) -> Approved {
    let table = Table::read(blame, &["nummer", "hvem", "kilde"]);
    let mut approved = Approved::new();
    for row in &table.rows {
        let (number, whose, source) = (row.field(0), row.field(1), row.field(2));
        if !is_number(number) {
            let rule = "Skriv et nummer, en borger kan ringe til, for eksempel 114 eller 96 30 14 48.";
            table.blame(row, 0, Flaw::BadNumberLine, format!("»{}« er ikke et telefonnummer. {rule}", excerpt(number)));
            continue;
        }
        blame_empty(&table, row, 1, whose, "Skriv, hvem man taler med, når man ringer til nummeret.");
        blame_empty(&table, row, 2, source, "Skriv, hvor nummeret er fra, så andre kan se efter, om det er rigtigt.");
        if approved.insert(plain(number), number.to_owned()).is_some() {
            table.blame(row, 0, Flaw::Twice, format!("{number} står her to gange. Slet den ene linje."));
        }
    }
    approved
}

fn blame_empty(table: &Table<'_>, row: &Row, column: usize, value: &str, advice: &str) {
    if value.is_empty() {
        table.blame(row, column, Flaw::BadNumberLine, format!("Feltet er tomt. {advice}"));
    }
}

/// Whether somebody could be called there: a whole number, or a short one.
fn is_number(written: &str) -> bool {
    let is_short = (3..=6).contains(&written.len()) && written.starts_with('1');
    Phone::parse(written).is_ok() || is_short && written.chars().all(|sign| sign.is_ascii_digit())
}

/// Whether citizens read what stands in the file.
fn is_read(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".yaml")
}

/// The lines of a file with their numbers, without notes to editors.
fn told_lines(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let yaml = if source.path.ends_with(".yaml") {
        usize::MAX
    } else {
        front_matter::split(&source.text).map_or(0, |(yaml, _)| yaml.lines().count())
    };
    let line = move |(index, line)| (index + 1, if index < yaml { without_note(line) } else { line });
    source.text.lines().enumerate().map(line)
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
