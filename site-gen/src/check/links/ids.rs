//! The headings of a page that links can target.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list};
use std::cell::OnceCell;
use std::collections::HashSet;

/// The ids of a page's headings.
pub(super) struct Ids {
    in_order: Vec<String>,
    /// The same as a set, created for the first link.
    all: OnceCell<HashSet<String>>,
}

/// The maximum number of headings that a message lists.
const MOST_LISTED: usize = 20;

/// The maximum number of headings considered for a suggestion: many links may each be compared with many headings.
const MOST_GUESSED: usize = 500;

impl Ids {
    pub(super) fn new(in_order: &[String]) -> Self {
        Self { in_order: in_order.to_vec(), all: OnceCell::new() }
    }

    /// The error for a link to a heading of the page at `path`; `None` if the heading exists.
    pub(super) fn fault(&self, path: &str, heading: &str) -> Option<(DiagnosticCode, String)> {
        if self.all.get_or_init(|| self.in_order.iter().cloned().collect()).contains(heading) {
            return None;
        }
        let first = |count: usize| self.in_order.iter().take(count).map(String::as_str);
        let (shown, hint) = (excerpt(heading), hint(heading, first(MOST_GUESSED)));
        let allowed = match self.in_order.len() {
            0 => "Siden har ingen overskrifter, der kan linkes til.".to_owned(),
            count if count > MOST_LISTED => {
                format!("Siden har: {} og {} andre.", list(first(MOST_LISTED)), count - MOST_LISTED)
            }
            count => format!("Siden har: {}.", list(first(count))),
        };
        let message = format!("Linket »{path}#{shown}« fører ikke til en overskrift på siden.{hint} {allowed}");
        Some((DiagnosticCode::DeadAnchor, message))
    }
}
