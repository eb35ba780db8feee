//! Lines such as `[OBS]: lukket`, which Markdown reads as a link definition and does not show.

use super::Slip;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use memchr::memchr_iter;
use pulldown_cmark::{Event, RefDefs, Tag};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The lines of a text that may be link definitions.
#[derive(Default)]
pub(super) struct Definitions {
    lines: Vec<Line>,
    used: HashSet<String>,
}

/// A possible link definition.
struct Line {
    byte: usize,
    label: String,
    written: String,
    is_shown: bool,
}

impl Definitions {
    /// Finds the lines in a text.
    pub(super) fn of(text: &str) -> Self {
        let mut lines = Vec::new();
        let mut end = 0;
        let brackets = memchr_iter(b']', text.as_bytes()).filter(|at| text[*at..].starts_with("]:"));
        for bracket in brackets {
            // A line with several brackets was already processed.
            if bracket < end {
                continue;
            }
            let start = text[..bracket].rfind('\n').map_or(0, |newline| newline + 1);
            end = text[bracket..].find('\n').map_or(text.len(), |newline| bracket + newline + 1);
            let line = &text[start..end];
            let inner = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
            if let Some((label, _)) = inner.strip_prefix('[').and_then(|label| label.split_once("]:")) {
                let (byte, label, written) = (end - inner.len(), key(label), excerpt(inner));
                lines.push(Line { byte, label, written, is_shown: false });
            }
        }
        Self { lines, used: HashSet::new() }
    }

    /// Records the lines that are shown and the labels that are used.
    pub(super) fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.lines.is_empty() {
            return;
        }
        match event {
            Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => {
                self.show(range);
                self.used.insert(key(id));
            }
            Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => {
                self.show(range);
            }
            _ => {}
        }
    }

    fn show(&mut self, range: &Range<usize>) {
        let first = self.lines.partition_point(|line| line.byte < range.start);
        let within = self.lines[first..].iter_mut().take_while(|line| line.byte < range.end);
        within.for_each(|line| line.is_shown = true);
    }

    /// Reports each definition that no link uses, or whose label is already defined.
    pub(super) fn check(self, definitions: &RefDefs<'_>, found: &mut Vec<Slip>) {
        let kept: BTreeMap<usize, usize> =
            definitions.iter().map(|(_, kept)| (kept.span.start, kept.span.end)).collect();
        let is_kept = |byte: usize| kept.range(..=byte).next_back().is_some_and(|(_, end)| byte < *end);
        for Line { byte, label, written, .. } in self.lines.into_iter().filter(|line| !line.is_shown) {
            let message = if !self.used.contains(&label) {
                format!(
                    "Linjen »{written}« bliver ikke vist, for den ligner adressen på et link. Skriv \\[ i stedet for [."
                )
            } else if !is_kept(byte) {
                format!("»{written}« bliver ikke brugt: der står en anden adresse til samme navn. Slet den ene.")
            } else {
                continue;
            };
            found.push(Slip::mistake(byte, DiagnosticCode::VanishingText, message));
        }
    }
}

/// Normalizes a label as Markdown does.
fn key(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
