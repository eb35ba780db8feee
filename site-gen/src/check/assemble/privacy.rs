//! Reads the privacy notice: the values that the authority has filled in, and the text with their placeholders.

use super::texts::TextDraft;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list, suggestion};
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::placeholders::Placeholders;
use crate::markdown::render::{Headings, render_with};
use crate::source::front_matter::FrontMatter;
use model::privacy::{BadNotice, FACTS, KEPT_DAYS, LEGAL_BASIS, PrivacyNotice};

/// Reads the notice as written and as shown. The latter is `None` if it is incomplete or invalid, which is reported.
pub(super) fn notice(reporter: Reporter<'_>) -> (TextDraft<'_>, Option<PrivacyNotice>) {
    let front = FrontMatter::of(reporter);
    let body = render_with(reporter, front.body, Headings::Refused, Placeholders::Kept);
    let values = front.read(|map| FACTS.map(|name| map.text(name).text.to_owned()));
    let missing: Vec<&'static str> = match PrivacyNotice::new(&body.html, &values) {
        Ok(notice) => {
            let is_right = report_unknown(reporter, front.body, &[]).is_empty();
            return (TextDraft { body, reporter }, is_right.then_some(notice));
        }
        // A missing value has been reported when its key was read.
        Err(faults) => faults.into_iter().filter_map(|fault| match fault {
            BadNotice::NoPlace(name) => Some(name),
            BadNotice::NoValue(_) => None,
        }),
    }
    .collect();
    let hinted = report_unknown(reporter, front.body, &missing);
    for name in missing.into_iter().filter(|name| front.is_readable() && !hinted.contains(name)) {
        let advice = format!("Sæt »{{{name}}}« ind, hvor det skal stå.");
        let why = "Loven kræver, at borgeren kan læse det, før der bliver sendt noget.";
        reporter.at_byte(
            front.body,
            DiagnosticCode::MissingPlaceholder,
            format!("Teksten mangler »{{{name}}}«. {why} {advice}"),
        );
    }
    (TextDraft { body, reporter }, None)
}

/// Reports each unknown placeholder. Returns those of `missing` that were probably intended.
fn report_unknown<'a>(reporter: Reporter<'_>, start: usize, missing: &[&'a str]) -> Vec<&'a str> {
    let known = || FACTS.into_iter().chain([LEGAL_BASIS, KEPT_DAYS]);
    let text = reporter.text.get(start..).unwrap_or_default();
    let mut hinted = Vec::new();
    for (place, _) in text.match_indices('{') {
        let name = text[place + 1..].split(['}', '\n']).next().unwrap_or_default();
        if known().any(|known| known == name) {
            continue;
        }
        hinted.extend(suggestion(name, missing.iter().copied()));
        let (shown, hint, all) = (excerpt(name), hint(name, known()), list(known()));
        reporter.at_byte(
            start + place,
            DiagnosticCode::UnknownPlaceholder,
            format!("Ordet »{shown}« i krøllede parenteser kendes ikke her.{hint} Her kan bruges: {all}."),
        );
    }
    hinted
}
