//! Renders an author's Markdown as HTML that is safe to publish.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::diagnostics::lines::Lines;
use crate::markdown::headings::{Ids, heading_start};
use crate::markdown::images::{Images, WrittenImage};
use crate::markdown::ordinals::Ordinals;
use crate::markdown::passages::{Passage, Passages};
use crate::markdown::placeholders::Placeholders;
use crate::markdown::slips::Slips;
use crate::markdown::target::{Target, target};
use model::html::SafeHtml;
use pulldown_cmark::{BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use std::borrow::Cow;
use std::ops::Range;

/// An author's text as HTML, with the data needed to check its links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) html: SafeHtml,
    /// The ids of its headings, in order.
    pub(crate) headings: Vec<String>,
    pub(crate) links: Vec<Link>,
    /// The names of the included texts, in order.
    pub(crate) inserted: Vec<String>,
    /// The text as written, without filled-in placeholders.
    pub(crate) passages: Vec<Passage>,
}

/// A link and its location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) at: Location,
    pub(crate) target: Target,
}

/// Permission for headings and images. A text included in other pages has none, since it would break their outline.
#[derive(Clone, Copy)]
pub(crate) enum Headings<'i> {
    /// Headings and these images are allowed.
    Allowed(&'i Images),
    Refused,
}

/// Renders the reporter's file from byte `start` on, without placeholders.
pub(crate) fn render(reporter: Reporter<'_>, start: usize, headings: Headings<'_>) -> Body {
    render_with(reporter, start, headings, Placeholders::Nothing)
}

/// Renders the reporter's file from byte `start` on.
///
/// Raw HTML is reported and escaped: no author's text reaches a page as markup of its own.
pub(crate) fn render_with(
    reporter: Reporter<'_>,
    start: usize,
    headings: Headings<'_>,
    placeholders: Placeholders<'_>,
) -> Body {
    let text = reporter.text.get(start..).unwrap_or_default();
    let ordinals = Ordinals::of(text);
    let mut broken = |link: BrokenLink<'_>| {
        // `[text]` alone is ordinary text in square brackets.
        if !matches!(link.link_type, LinkType::Shortcut | LinkType::ShortcutUnknown) {
            let name = excerpt(&ordinals.unmasked_text(&link.reference));
            let advice = "Skriv adressen i parentes: [tekst](/side/).";
            reporter.at_byte(
                start + link.span.start,
                DiagnosticCode::BadLink,
                format!("Linket henviser til »{name}«, som ikke står i filen. {advice}"),
            );
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(ordinals.masked(), Options::ENABLE_TABLES, Some(&mut broken));
    let lines = Lines::of(reporter.text);
    let mut writer = Writer::new(reporter, start, headings, placeholders, &lines);
    let (mut slips, mut passages) = (Slips::of(text), Passages::default());
    let mut events = parser.into_offset_iter();
    for (event, range) in events.by_ref() {
        let event = ordinals.unmasked(event, &range);
        slips.see(&event, &range);
        passages.see(&event, || lines.spot(reporter.text, start + range.start));
        writer.take(event, &range);
    }
    slips.report(events.reference_definitions(), reporter, start, &lines);
    let mut output = String::with_capacity(ordinals.masked().len() * 5 / 4);
    html::push_html(&mut output, writer.events.into_iter());
    Body {
        html: SafeHtml::from_renderer(output),
        headings: writer.ids.into_all(),
        links: writer.links,
        inserted: writer.inserted,
        passages: passages.into_all(),
    }
}

struct Writer<'a, 'b> {
    reporter: Reporter<'a>,
    start: usize,
    allowed: Headings<'b>,
    placeholders: Placeholders<'b>,
    events: Vec<Event<'a>>,
    ids: Ids,
    links: Vec<Link>,
    /// The open heading: the index of its event, its level, its byte offset and its text so far.
    heading: Option<(usize, HeadingLevel, usize, String)>,
    image: Option<WrittenImage>,
    /// The level of the last heading; the page's own title is level 1.
    level: HeadingLevel,
    /// Names of reported HTML elements, so that an end tag is not reported again.
    elements: Vec<String>,
    inserted: Vec<String>,
    /// True while skipping a paragraph that was replaced by an included text.
    is_replaced: bool,
    lines: &'b Lines,
}

impl<'a, 'b> Writer<'a, 'b> {
    fn new(
        reporter: Reporter<'a>,
        start: usize,
        allowed: Headings<'b>,
        placeholders: Placeholders<'b>,
        lines: &'b Lines,
    ) -> Self {
        let (ids, links, elements, inserted, is_replaced) = Default::default();
        Self {
            reporter,
            start,
            allowed,
            placeholders,
            events: Vec::with_capacity(reporter.text.len() / 24),
            ids,
            links,
            heading: None,
            image: None,
            level: HeadingLevel::H1,
            elements,
            inserted,
            is_replaced,
            lines,
        }
    }

    fn take(&mut self, event: Event<'a>, range: &Range<usize>) {
        let byte = self.start + range.start;
        if self.is_replaced {
            self.is_replaced = !matches!(event, Event::End(TagEnd::Paragraph));
            return;
        }
        let event = self.filled(event, byte);
        if let (Event::Text(text) | Event::Code(text), Some((.., heading))) = (&event, &mut self.heading) {
            heading.push_str(text);
        }
        if self.image.is_some() {
            return self.take_in_image(&event, byte);
        }
        match event {
            Event::Start(Tag::Paragraph) => {
                let end = self.start + range.end;
                let inserted = self.reporter.text.get(byte..end).and_then(|text| self.placeholders.paragraph(text));
                let Some((name, html)) = inserted else { return self.events.push(Event::Start(Tag::Paragraph)) };
                self.events.push(Event::Html(html.as_str().to_owned().into()));
                self.inserted.push(name);
                self.is_replaced = true;
            }
            Event::Start(Tag::HtmlBlock) => self.raw_html(byte, self.reporter.text.get(byte..).unwrap_or_default()),
            Event::End(TagEnd::HtmlBlock) => {}
            Event::Html(text) => self.events.push(Event::Text(text)),
            Event::InlineHtml(text) => {
                self.raw_html(byte, &text);
                self.events.push(Event::Text(text));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                self.image = Some(WrittenImage {
                    byte,
                    address: dest_url.into_string(),
                    has_title: !title.is_empty(),
                    text: String::new(),
                });
            }
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some((self.events.len(), level, byte, String::new()));
                self.events.push(heading_start(level, String::new()));
            }
            Event::End(TagEnd::Heading(level)) => {
                self.end_heading();
                self.events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = self.link(byte, link_type, dest_url);
                self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            // Alignment would become a style attribute, which the site's content security policy forbids.
            Event::Start(Tag::Table(columns)) => {
                self.events.push(Event::Start(Tag::Table(vec![pulldown_cmark::Alignment::None; columns.len()])));
            }
            other => self.events.push(other),
        }
    }

    /// Fills in the placeholders of an event.
    fn filled(&self, event: Event<'a>, byte: usize) -> Event<'a> {
        let fill = |text: CowStr<'a>, byte: usize| match self.placeholders.text(&text, byte, self.reporter) {
            Cow::Borrowed(_) => text,
            Cow::Owned(filled) => filled.into(),
        };
        match event {
            Event::Text(text) => Event::Text(fill(text, byte)),
            Event::Code(text) => Event::Code(fill(text, byte + 1)),
            other => other,
        }
    }

    /// Keeps only the words between an image's brackets: no nested images.
    fn take_in_image(&mut self, event: &Event<'a>, byte: usize) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) => image.text.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.text.push(' '),
            Event::InlineHtml(text) => self.raw_html(byte, text),
            Event::End(TagEnd::Image) => {
                let tag = self.image.take().and_then(|image| image.tag(self.allowed, self.reporter));
                self.events.extend(tag.map(|tag| Event::InlineHtml(tag.into())));
            }
            _ => {}
        }
    }

    fn raw_html(&mut self, byte: usize, html: &str) {
        let name: String = html
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .flat_map(char::to_lowercase)
            .collect();
        if html.starts_with("</") && self.elements.contains(&name) {
            return;
        }
        self.elements.push(name);
        let html = excerpt(html.lines().next().unwrap_or_default());
        self.reporter.at_byte(
            byte,
            DiagnosticCode::RawHtml, format!("HTML kan ikke bruges: »{html}«. Skriv det med Markdown, eller skriv \\< i stedet for <, hvis tegnet skal ses."),
        );
    }

    fn end_heading(&mut self) {
        let Some((place, level, byte, text)) = self.heading.take() else { return };
        let title = || excerpt(&text);
        let next = self.level as usize + 1;
        if matches!(self.allowed, Headings::Refused) {
            let advice = "Teksten vises inde i andre sider. Brug **fed tekst** i stedet.";
            self.reporter.at_byte(
                byte,
                DiagnosticCode::HeadingRefused,
                format!("Overskriften »{}« kan ikke bruges i denne fil. {advice}", title()),
            );
        } else if level == HeadingLevel::H1 {
            let advice = "Sidens titel bliver lavet af »titel« øverst i filen. Skriv ## i stedet for #.";
            self.reporter.at_byte(
                byte,
                DiagnosticCode::HeadingTooLarge,
                format!("Overskriften »{}« er for stor. {advice}", title()),
            );
        } else if level as usize > next {
            let (right, wrong) = ("#".repeat(next), "#".repeat(level as usize));
            self.reporter.at_byte(
                byte,
                DiagnosticCode::HeadingSkips,
                format!("Overskriften »{}« springer et niveau over. Skriv {right} i stedet for {wrong}.", title()),
            );
        } else if text.trim().is_empty() {
            self.reporter.at_byte(
                byte,
                DiagnosticCode::HeadingEmpty,
                "Overskriften er tom. Skriv en tekst efter #-tegnene, eller slet linjen.",
            );
        }
        self.level = level;
        let id = self.ids.give(&text);
        if let Some(event) = self.events.get_mut(place) {
            *event = heading_start(level, id);
        }
    }

    /// Records the target of a link, and returns the URL to write: an empty one for a refused link.
    fn link(&mut self, byte: usize, kind: LinkType, written: CowStr<'a>) -> CowStr<'a> {
        let (target, written) = match self.placeholders.destination(&written) {
            Ok(filled) if kind == LinkType::Email => (target(&format!("mailto:{filled}")), filled.into()),
            Ok(filled) => (target(&filled), filled.into()),
            Err(message) => (Target::Refused(message), written),
        };
        let is_refused = matches!(target, Target::Refused(_));
        self.links.push(Link { at: self.lines.spot(self.reporter.text, byte), target });
        if is_refused { CowStr::Borrowed("") } else { written }
    }
}
