//! Compares the commitments to citizens with the approved ones, so that no mistake in them is published.

use crate::check::build_profile::Reader;
use crate::check::commitments::{APPROVED, CommitmentChange, Commitments, KOMMUNE};
use crate::check::facts::Facts;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Diagnostics, Location, Severity};
use crate::source::read::Source;
use std::collections::HashMap;
use std::sync::Arc;

const APPROVE: &str = "Er det rigtigt, så godkend det: cargo run --bin site-gen -- commitments --approve";

/// Reports each commitment that differs from the approved list, at its location. Authors only get a warning. Content
/// without a list is not compared, and cannot be published (`infra/publish`).
pub(super) fn check(
    sources: &[Source],
    facts: &[Arc<Facts>],
    now: &Commitments,
    reader: Reader,
    diagnostics: &Diagnostics,
) {
    let Some(list) = sources.iter().find(|source| source.path == APPROVED) else { return };
    let approved = match Commitments::parse(&list.text) {
        Ok(approved) => approved,
        Err(line) => {
            let at = Location { line: line.0, column: 1 };
            return list.reporter(diagnostics).at(at, DiagnosticCode::UnreadableLine, line.to_string());
        }
    };
    let paths: HashMap<&str, usize> = sources.iter().zip(0..).map(|(source, at)| (source.path.as_str(), at)).collect();
    let lines = lines(&list.text);
    let severity = if reader == Reader::Citizen { Severity::Mistake } else { Severity::Warning };
    for change in now.changes_since(&approved) {
        // A mistake in the file has been reported, which may explain it.
        if diagnostics.is_reported(&change.file) {
            continue;
        }
        let place = paths.get(change.file.as_str()).and_then(|index| Some((sources.get(*index)?, facts.get(*index)?)));
        let (reporter, byte) = match place {
            // Its invalid UTF-8 has been reported.
            Some((source, _)) if source.text.contains(char::REPLACEMENT_CHARACTER) => continue,
            Some((source, facts)) => (source.reporter(diagnostics), byte(source, facts, &change)),
            None => (
                list.reporter(diagnostics),
                lines.get(format!("{}: {}", change.file, change.kind).as_str()).copied().unwrap_or(0),
            ),
        };
        reporter.add(reporter.spot(byte), severity, DiagnosticCode::Unapproved, message(&change));
    }
}

/// The byte offsets of the lines in the list, keyed by the file and kind at their beginning.
fn lines(list: &str) -> HashMap<&str, usize> {
    let mut lines = HashMap::new();
    let mut at = 0;
    for line in list.split_inclusive('\n') {
        if let Some((end, _)) = line.match_indices(": ").nth(1) {
            lines.entry(&line[..end]).or_insert(at);
        }
        at += line.len();
    }
    lines
}

/// The byte offset of the first value that differs, or of its key if there is no value.
fn byte(source: &Source, facts: &Facts, change: &CommitmentChange) -> usize {
    let values = facts.commitments.iter().filter(|found| found.kind == change.kind);
    let index = differing(change).0;
    let written = values.map(|found| found.at).nth(index);
    let key = || source.text.find(&format!("\n{}", change.kind)).map(|at| at + 1);
    written.or_else(key).unwrap_or(0)
}

/// The index of the first value that differs, with the approved and the current value.
fn differing(change: &CommitmentChange) -> (usize, Option<String>, Option<String>) {
    let values = |list: &Option<String>| -> Vec<String> {
        let list = list.clone().unwrap_or_default();
        // The reservation is a single text that may contain commas, and so are the deadlines of a kreds.
        if matches!(change.kind.as_str(), "forbehold" | "frist") {
            return (!list.is_empty()).then_some(list).into_iter().collect();
        }
        list.split(", ").filter(|value| !value.is_empty()).map(str::to_owned).collect()
    };
    let (before, now) = (values(&change.before), values(&change.now));
    if change.kind == KOMMUNE {
        let other = |these: &[String], those: &[String]| these.iter().position(|value| !those.contains(value));
        let (gone, new) = (other(&before, &now), other(&now, &before));
        let at = |list: &[String], index: Option<usize>| index.and_then(|index| list.get(index).cloned());
        return (new.or(gone).unwrap_or(0), at(&before, gone), at(&now, new));
    }
    let index = before.iter().zip(&now).take_while(|(before, now)| before == now).count();
    (index, before.get(index).cloned(), now.get(index).cloned())
}

fn message(change: &CommitmentChange) -> String {
    let name = match change.kind.as_str() {
        "telefon" => "telefonnummeret",
        "tid" | "frist" => "fristen",
        "maildomæne" => "maildomænet",
        "forbehold" => "forbeholdet",
        KOMMUNE => "kommunen",
        _ => "antallet af dage",
    };
    let (_, before, now) = differing(change);
    let said = match (before, now) {
        (Some(before), Some(now)) if change.kind != "forbehold" => {
            format!("Her står {name} »{}«, men »{}« er godkendt.", excerpt(&now), excerpt(&before))
        }
        (Some(_), Some(_)) => "Her er forbeholdet et andet end det, der er godkendt.".to_owned(),
        (None, Some(now)) => format!("Her står {name} »{}«, som ikke er godkendt.", excerpt(&now)),
        (before, None) => {
            format!("I {} mangler {name} »{}«, som er godkendt.", change.file, excerpt(&before.unwrap_or_default()))
        }
    };
    format!("{said} {APPROVE}")
}
