//! Reads the notice about personal data: what the authority has filled in, and the text with the places for it.

use super::texts::Text;
use crate::diagnostics::danish::{excerpt, hint, list, meant};
use crate::diagnostics::flaw::Flaw;
use crate::diagnostics::problem::Blame;
use crate::markdown::brackets::Brackets;
use crate::markdown::render::{Headings, render_with};
use crate::source::front_matter::FrontMatter;
use model::privacy::{BadNotice, KEPT_DAYS, LEGAL_BASIS, PrivacyNotice, TOLD};

/// The notice as it was written, and as it is shown; the latter is none if something is missing, which is reported.
pub(super) fn notice(blame: Blame<'_>) -> (Text<'_>, Option<PrivacyNotice>) {
    let front = FrontMatter::of(blame);
    let body = render_with(blame, front.body, Headings::Refused, Brackets::Kept);
    let values = front.read(|map| TOLD.map(|name| map.text(name).text.to_owned()));
    let missing: Vec<&'static str> = match PrivacyNotice::new(&body.html, &values) {
        Ok(notice) => {
            let is_right = blame_unknown(blame, front.body, &[]).is_empty();
            return (Text { body, blame }, is_right.then_some(notice));
        }
        // That a value is missing has been reported where it should stand.
        Err(faults) => faults.into_iter().filter_map(|fault| match fault {
            BadNotice::NoPlace(name) => Some(name),
            BadNotice::NoValue(_) => None,
        }),
    }
    .collect();
    let hinted = blame_unknown(blame, front.body, &missing);
    for name in missing.into_iter().filter(|name| front.is_readable() && !hinted.contains(name)) {
        let advice = format!("Sæt »{{{name}}}« ind, hvor det skal stå.");
        let why = "Loven kræver, at borgeren kan læse det, før der bliver sendt noget.";
        blame.at_byte(front.body, Flaw::MissingPlaceholder, format!("Teksten mangler »{{{name}}}«. {why} {advice}"));
    }
    (Text { body, blame }, None)
}

/// Blames each word in curly brackets that is none of ours; gives those of `missing` that were probably meant.
fn blame_unknown<'a>(blame: Blame<'_>, start: usize, missing: &[&'a str]) -> Vec<&'a str> {
    let known = || TOLD.into_iter().chain([LEGAL_BASIS, KEPT_DAYS]);
    let text = blame.text.get(start..).unwrap_or_default();
    let mut hinted = Vec::new();
    for (place, _) in text.match_indices('{') {
        let name = text[place + 1..].split(['}', '\n']).next().unwrap_or_default();
        if known().any(|known| known == name) {
            continue;
        }
        hinted.extend(meant(name, missing.iter().copied()));
        let (shown, hint, all) = (excerpt(name), hint(name, known()), list(known()));
        blame.at_byte(
            start + place,
            Flaw::UnknownPlaceholder,
            format!("Ordet »{shown}« i krøllede parenteser kendes ikke her.{hint} Her kan bruges: {all}."),
        );
    }
    hinted
}
