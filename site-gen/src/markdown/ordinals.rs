//! Dates and other ordinals at the beginning of a line, which Markdown would take for items of a numbered list.
//!
//! `18. december: Odense` is written as Danish is, and means no list. Before the text is parsed, the full stop of such a
//! number, or its bracket, is replaced by a sign that means nothing to Markdown and is as long, so that every place stays what it was.

mod line;

use line::{Marker, Meaning, markers};
use memchr::memchr2;
use pulldown_cmark::{CowStr, Event, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// The signs in the place of a full stop, and of the bracket that some write instead.
const MASKS: [(char, char); 2] = [('\u{1}', '.'), ('\u{2}', ')')];

/// A text whose ordinals are no list items.
pub(crate) struct Ordinals<'t> {
    masked: Cow<'t, str>,
    /// The lines that begin with one, in order.
    lines: Vec<Range<usize>>,
}

/// Numbered lines that Markdown would make one list of.
struct Run {
    column: usize,
    /// The column from which on a line is part of its last item.
    content: usize,
    last: u32,
    group: usize,
    is_first_in_bullet: bool,
    markers: Vec<Marker>,
}

impl<'t> Ordinals<'t> {
    /// Finds them in a text.
    pub(crate) fn of(text: &'t str) -> Self {
        let mut found = Vec::new();
        // A character that is there already cannot stand for anything else.
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

    /// The event as the text as it is written gives it. Of two lines that both begin with an ordinal, the second is a line
    /// of its own on the page too.
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

    /// A part of the masked text as it is written.
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

/// The text with the signs that were masked.
fn written(masked: &str) -> String {
    masked
        .chars()
        .map(|sign| MASKS.iter().find(|(mask, _)| *mask == sign).map_or(sign, |(_, written)| *written))
        .collect()
}

/// Puts a marker into the run that it continues, or begins one.
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
    /// Adds to `found` what is no item of a list.
    fn end(self, found: &mut Vec<Marker>) {
        let has_steps = self.markers.iter().any(|marker| marker.meaning == Meaning::Step);
        // One number alone makes no list: a year, a floor, the number of a sentence before.
        let is_alone = self.markers.len() == 1 && (self.last != 1 || self.is_first_in_bullet);
        let is_plain = |marker: &Marker| is_alone || !has_steps || marker.meaning == Meaning::Date;
        found.extend(self.markers.into_iter().filter(is_plain));
    }
}

#[cfg(test)]
mod tests;
