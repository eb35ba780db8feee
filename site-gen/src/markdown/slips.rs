//! Mistakes in an author's text: markup that Markdown takes for plain text, so that citizens would read it literally.
//!
//! The parser removes the characters of valid markup from its text events. Any left there are literal.

mod addresses;
mod brackets;
mod definitions;
mod emphasis;
mod foreign;
mod lines;
mod literal;
mod plain;
mod tables;
mod words;

pub(crate) use plain::sign_in_plain_text;

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Reporter, Severity};
use crate::diagnostics::lines::Lines;
use definitions::Definitions;
use literal::Literal;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, RefDefs, Tag, TagEnd};
use std::ops::Range;
use words::Words;

/// A mistake at a byte offset of the parsed text.
struct Slip {
    byte: usize,
    severity: Severity,
    code: DiagnosticCode,
    message: String,
}

/// The mistakes in one text, collected while parsing.
#[derive(Default)]
pub(super) struct Slips<'a> {
    text: &'a str,
    literal: Literal,
    /// True within a heading or a table cell, which are not lines of running text.
    is_single: bool,
    /// The start of a list item that is still empty.
    empty_item: Option<usize>,
    /// True if the next text is the first of a list item.
    begins_item: bool,
    in_code: bool,
    in_image: usize,
    /// The nesting depth of emphasis.
    emphasis: usize,
    link: Option<Words>,
    columns: usize,
    /// The byte offset of the previous paragraph, if it started with a dash.
    dash: Option<usize>,
    definitions: Definitions,
    found: Vec<Slip>,
}

impl<'a> Slips<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, definitions: Definitions::of(text), ..Self::default() }
    }

    /// Processes the next event.
    pub(super) fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        self.definitions.see(event, range);
        match event {
            Event::Start(Tag::Item) => self.empty_item = Some(range.start),
            Event::End(TagEnd::Item) => self.found.extend(self.empty_item.take().map(lines::empty_item)),
            _ => self.empty_item = None,
        }
        match event {
            Event::Text(text) => self.text(text, range),
            Event::Code(text) if self.in_image == 0 => {
                self.link.iter_mut().for_each(|link| link.push(text));
                self.literal.push_opaque(range.start);
            }
            Event::InlineHtml(_) => self.literal.push_opaque(range.start),
            Event::SoftBreak | Event::HardBreak if self.in_image == 0 => {
                self.link.iter_mut().for_each(|link| link.push(" "));
                self.literal.push_break(range.start);
            }
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            _ => {}
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        self.link.iter_mut().for_each(|link| link.push(text));
        if self.in_image == 0 && !self.in_code {
            self.literal.push(text, range, self.text);
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong => {
                // Inside another emphasis, the adjacent character belongs to the outer one.
                if self.emphasis == 0 {
                    self.found.extend(emphasis::leftover(self.text, range));
                }
                self.emphasis += 1;
                return;
            }
            Tag::Link { link_type, dest_url, .. } => {
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.literal.begin_link();
                self.link = (!is_address && !dest_url.is_empty()).then(|| Words::new(range.start, dest_url));
                return;
            }
            Tag::Image { .. } => {
                self.literal.push_opaque(range.start);
                self.in_image += 1;
                return;
            }
            _ => self.flush(),
        }
        match tag {
            Tag::Item => (self.is_single, self.begins_item) = (false, true),
            Tag::Paragraph => self.is_single = false,
            Tag::Heading { level, .. } => {
                self.is_single = true;
                let is_underlined = !self.text[range.start..].starts_with('#');
                // A level 1 heading is reported anyway.
                if is_underlined && *level != HeadingLevel::H1 {
                    self.found.push(lines::underlined(range.start));
                }
            }
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                let is_fenced = matches!(kind, CodeBlockKind::Fenced(_));
                self.found.push(lines::code(range.start, is_fenced));
            }
            Tag::Table(columns) => self.columns = columns.len(),
            Tag::TableHead => tables::check_head(self.text, range, &mut self.found),
            Tag::TableRow => tables::check_row(self.text, range, self.columns, &mut self.found),
            Tag::TableCell => self.is_single = true,
            _ => {}
        }
        if !matches!(tag, Tag::Paragraph | Tag::Item) {
            self.dash = None;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => {
                self.literal.end_link();
                self.found.extend(self.link.take().and_then(Words::slip));
            }
            TagEnd::Image => self.in_image = self.in_image.saturating_sub(1),
            _ => {
                self.in_code = false;
                self.flush();
            }
        }
    }

    /// Checks the text of a block.
    fn flush(&mut self) {
        if self.literal.is_empty() {
            return;
        }
        let literal = std::mem::take(&mut self.literal);
        let found = &mut self.found;
        let (is_text, has_signs) = (!self.is_single, literal.has_signs());
        if is_text {
            lines::check(&literal, self.begins_item, &mut self.dash, found);
        }
        if is_text && has_signs {
            foreign::check(&literal, found);
            tables::check_missing(&literal, found);
        }
        let mut done = Vec::new();
        if has_signs {
            brackets::check(&literal, &mut done, found);
            emphasis::check(&literal, found);
            addresses::check_entities(&literal, found);
        }
        addresses::check(&literal, &done, found);
        self.begins_item = false;
        self.literal = literal.cleared();
    }

    /// Reports the mistakes after parsing. The text starts at byte `start` of the reporter's file.
    pub(super) fn report(mut self, definitions: &RefDefs<'_>, reporter: Reporter<'_>, start: usize, lines: &Lines) {
        self.definitions.check(definitions, &mut self.found);
        for Slip { byte, severity, code, message } in self.found {
            reporter.add(lines.spot(reporter.text, start + byte), severity, code, message);
        }
    }
}

impl Slip {
    fn mistake(byte: usize, code: DiagnosticCode, message: impl Into<String>) -> Self {
        Self { byte, severity: Severity::Mistake, code, message: message.into() }
    }

    fn warning(byte: usize, code: DiagnosticCode, message: impl Into<String>) -> Self {
        Self { byte, severity: Severity::Warning, code, message: message.into() }
    }
}
