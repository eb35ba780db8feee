//! Lines such as `[OBS]: lukket`, which Markdown takes for the address of a link and does not show.

use super::Slip;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use memchr::memchr_iter;
use pulldown_cmark::{Event, RefDefs, Tag};
use std::collections::HashSet;
use std::ops::Range;

/// The lines of a text that may be such.
#[derive(Default)]
pub(super) struct Definitions {
    /// Where they begin and their labels, in order; taken out once one is shown.
    lines: Vec<(usize, String, String)>,
    used: HashSet<String>,
}

impl Definitions {
    /// Finds them in a text.
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Vec::new();
        let bracket = memchr_iter(b']', text.as_bytes());
        for colon in bracket.filter(|at| text[*at..].starts_with("]:")) {
            let start = text[..colon].rfind('\n').map_or(0, |newline| newline + 1);
            let line = &text[start..];
            let inner = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
            if let Some(label) = inner.get(1..).and_then(|label| label.split_once("]:"))
                && inner.starts_with('[')
            {
                let begin = start + line.len() - inner.len();
                let shown = inner.lines().next().unwrap_or_default();
                lines.push((begin, key(label.0), excerpt(shown)));
            }
        }
        lines.dedup();
        Self { lines, used: HashSet::new() }
    }

    /// Notes what is shown and what is used.
    pub(super) fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.lines.is_empty() {
            return;
        }
        match event {
            Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => {
                self.lines.retain(|(byte, ..)| !range.contains(byte));
                self.used.insert(key(id));
            }
            Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => {
                self.lines.retain(|(byte, ..)| !range.contains(byte));
            }
            _ => {}
        }
    }

    /// Blames each that no link uses, and each whose label was there before.
    pub(super) fn check(self, definitions: &RefDefs<'_>, found: &mut Vec<Slip>) {
        let is_kept = |byte: usize| definitions.iter().any(|(_, kept)| kept.span.contains(&byte));
        for (byte, label, line) in self.lines {
            let message = if !self.used.contains(&label) {
                format!(
                    "Linjen »{line}« bliver ikke vist, for den ligner adressen på et link. Skriv \\[ i stedet for [."
                )
            } else if !is_kept(byte) {
                format!("»{line}« bliver ikke brugt: der står en anden adresse til samme navn. Slet den ene.")
            } else {
                continue;
            };
            found.push(Slip::mistake(byte, DiagnosticCode::VanishingText, message));
        }
    }
}

/// A label as Markdown compares it.
fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
