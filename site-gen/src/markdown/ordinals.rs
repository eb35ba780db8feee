//! Dates and other ordinals at the start of a line, which Markdown would read as items of a numbered list.
//!
//! `18. december: Odense` is normal Danish and not a list. Before parsing, the full stop or bracket after such a number
//! is masked by a character of the same length that means nothing to Markdown, so all offsets stay the same.

mod line;

use line::{Marker, Meaning, markers};
use memchr::memchr2;
use pulldown_cmark::{CowStr, Event, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// The masks for a full stop, and for the bracket that some write instead.
const MASKS: [(char, char); 2] = [('\u{1}', '.'), ('\u{2}', ')')];

/// A text whose ordinals are masked.
pub(crate) struct Ordinals<'t> {
    masked: Cow<'t, str>,
    /// The lines that start with an ordinal, in order.
    lines: Vec<Range<usize>>,
}

/// Numbered lines that Markdown would join into one list.
struct Run {
    column: usize,
    /// The column from which a line belongs to the last item.
    content: usize,
    last: u32,
    group: usize,
    is_first_in_bullet: bool,
    markers: Vec<Marker>,
}

impl<'t> Ordinals<'t> {
    /// Finds and masks the ordinals of a text.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut found = Vec::new();
        // A mask that the text already contains cannot stand for anything else.
        if !has_mask(text) {
            let mut runs: Vec<Run> = Vec::new();
            markers(text, |marker| add(&mut runs, marker, &mut found));
            runs.into_iter().for_each(|run| run.end(&mut found));
        }
        if found.is_empty() {
            return Self { masked: Cow::Borrowed(text), lines: Vec::new() };
        }
        found.sort_unstable_by_key(|marker| marker.dot);
        let mut masked = String::with_capacity(text.len());
        let mut done = 0;
        for marker in &found {
            masked.push_str(&text[done..marker.dot]);
            let sign = text[marker.dot..].chars().next();
            masked.extend(MASKS.iter().filter(|(_, written)| Some(*written) == sign).map(|(mask, _)| mask));
            done = marker.dot + 1;
        }
        masked.push_str(&text[done..]);
        let is_ordinal = |marker: &&Marker| marker.meaning != Meaning::Step;
        let lines = found.iter().filter(is_ordinal).map(|marker| marker.line.clone()).collect();
        Self { masked: Cow::Owned(masked), lines }
    }

    /// The text to parse.
    pub(crate) fn masked(&self) -> &str {
        &self.masked
    }

    /// Restores the original text of an event. A line break between two lines that start with an ordinal becomes a hard
    /// break.
    pub(crate) fn unmasked<'e>(&self, event: Event<'e>, range: &Range<usize>) -> Event<'e> {
        if matches!(self.masked, Cow::Borrowed(_)) {
            return event;
        }
        match event {
            Event::Text(text) => Event::Text(unmask(text)),
            Event::Code(text) => Event::Code(unmask(text)),
            Event::Html(text) => Event::Html(unmask(text)),
            Event::InlineHtml(text) => Event::InlineHtml(unmask(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url, title: unmask(title), id: unmask(id) })
            }
            Event::SoftBreak if self.is_between_ordinals(range) => Event::HardBreak,
            other => other,
        }
    }

    /// Restores the original of a part of the masked text.
    pub(crate) fn unmasked_text<'e>(&self, text: &'e str) -> Cow<'e, str> {
        if matches!(self.masked, Cow::Owned(_)) { written(text).into() } else { Cow::Borrowed(text) }
    }

    fn is_between_ordinals(&self, range: &Range<usize>) -> bool {
        let at = self.lines.partition_point(|line| line.end <= range.start);
        let (Some(line), Some(next)) = (self.lines.get(at), self.lines.get(at + 1)) else { return false };
        line.start <= range.start && line.end == next.start
    }
}

fn unmask(text: CowStr<'_>) -> CowStr<'_> {
    if has_mask(&text) { written(&text).into() } else { text }
}

fn has_mask(text: &str) -> bool {
    memchr2(1, 2, text.as_bytes()).is_some()
}

/// Replaces the masks by the original characters.
fn written(masked: &str) -> String {
    masked
        .chars()
        .map(|sign| MASKS.iter().find(|(mask, _)| *mask == sign).map_or(sign, |(_, written)| *written))
        .collect()
}

/// Adds a marker to the run it continues, or starts a new run.
fn add(runs: &mut Vec<Run>, marker: Marker, found: &mut Vec<Marker>) {
    while runs.len() > 1 && marker.column < runs[runs.len() - 2].content {
        runs.pop().into_iter().for_each(|run| run.end(found));
    }
    if let Some(run) = runs.last_mut()
        && marker.column < run.content
    {
        let is_same = run.column.abs_diff(marker.column) < 2 && !marker.is_first_in_bullet;
        if is_same && (run.group == marker.group || run.last + 1 == marker.number) {
            (run.last, run.group, run.content) = (marker.number, marker.group, marker.content);
            run.markers.push(marker);
            return;
        }
        runs.pop().into_iter().for_each(|run| run.end(found));
    }
    runs.push(Run {
        column: marker.column,
        content: marker.content,
        last: marker.number,
        group: marker.group,
        is_first_in_bullet: marker.is_first_in_bullet,
        markers: vec![marker],
    });
}

impl Run {
    /// Adds the markers that are not list items to `found`.
    fn end(self, found: &mut Vec<Marker>) {
        let has_steps = self.markers.iter().any(|marker| marker.meaning == Meaning::Step);
        // A single number is not a list: a year, a floor, the number of a previous sentence.
        let is_alone = self.markers.len() == 1 && (self.last != 1 || self.is_first_in_bullet);
        let is_plain = |marker: &Marker| is_alone || !has_steps || marker.meaning == Meaning::Date;
        found.extend(self.markers.into_iter().filter(is_plain));
    }
}

#[cfg(test)]
mod tests;
