//! The passages of a content file with their locations: running text and labels.

mod sentences;
mod words;

pub(crate) use sentences::sentences;
pub(crate) use words::words;

use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::diagnostics::lines::Lines;
use crate::markdown::ordinals::Ordinals;
use crate::source::front_matter::FrontMatter;
use crate::source::yaml;
use marked_yaml::Node;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Passage {
    pub(crate) text: String,
    pub(crate) kind: Kind,
    /// The location where it starts.
    start: Option<Location>,
    /// The locations of its further parts, each with the byte offset in the text where it starts.
    parts: Vec<(usize, Location)>,
}

/// The way a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// In sentences: a paragraph, or a list item.
    #[default]
    Running,
    /// By itself: a heading, a table cell, a question, a button.
    Label,
}

/// Called with each page right after parsing: the path of its file, its front matter and its passages.
pub(crate) type OnRead<'a> = &'a (dyn Fn(&str, &FrontMatter<'_>, &[Passage]) + Sync);

/// The front matter keys whose texts are sentences.
const SENTENCES: [&str; 7] = ["beskrivelse", "formaal", "hjaelp", "kort", "opbevaring", "retsgrundlag", "rettigheder"];

/// The front matter keys whose texts are labels.
const LABELS: [&str; 4] = ["her", "spoergsmaal", "tekst", "titel"];

impl Passage {
    /// The location of a byte of the text.
    pub(crate) fn spot(&self, byte: usize) -> Location {
        let parts = self.parts.partition_point(|(begin, _)| *begin <= byte);
        let last = parts.checked_sub(1).and_then(|last| self.parts.get(last)).copied();
        last.or(self.start.map(|spot| (0, spot))).map_or(Location::START, |(begin, spot)| {
            let characters = self.text.get(begin..byte).unwrap_or_default().chars().count();
            Location { line: spot.line, column: spot.column + characters }
        })
    }

    /// The sentences, each with the byte offset where it starts.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = (&str, usize)> {
        sentences(&self.text).into_iter().map(|range| {
            let sentence = &self.text[range.clone()];
            let start = sentence.len() - sentence.trim_start().len();
            (sentence.trim(), range.start + start)
        })
    }

    /// Running text at the start of a file.
    #[cfg(test)]
    pub(crate) fn running(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    fn push(&mut self, text: &str, spot: Location) {
        if self.text.is_empty() {
            self.start = Some(spot);
        } else {
            self.parts.push((self.text.len(), spot));
        }
        self.text.push_str(text);
    }
}

/// The passages of a Markdown file: its front matter first, then its text.
pub(crate) fn of_markdown(reporter: Reporter<'_>) -> Vec<Passage> {
    // Shared texts may have no front matter.
    if !reporter.text.starts_with("---") {
        return of_text(reporter, 0);
    }
    let front = FrontMatter::of(reporter);
    let mut passages = of_front_matter(&front);
    passages.extend(of_text(reporter, front.body));
    passages
}

/// The passages of the front matter of a file.
pub(crate) fn of_front_matter(front: &FrontMatter<'_>) -> Vec<Passage> {
    let mut passages = Vec::new();
    if let Some(node) = front.node() {
        of_node(node, "", "", &mut passages);
    }
    passages
}

/// The passages of a file of keys and texts.
pub(crate) fn of_words(reporter: Reporter<'_>) -> Vec<Passage> {
    let mut passages = Vec::new();
    if let Some(Node::Mapping(map)) = yaml::load(reporter.text, reporter) {
        for (_, node) in map.iter() {
            passages.extend(scalar(node, Kind::Running));
        }
    }
    passages
}

fn of_node(node: &Node, key: &str, group: &str, passages: &mut Vec<Passage>) {
    match node {
        Node::Mapping(map) => {
            for (name, value) in map.iter() {
                of_node(value, name.as_str(), key, passages);
            }
        }
        Node::Sequence(items) => items.iter().for_each(|item| of_node(item, key, group, passages)),
        Node::Scalar(_) => {
            // Field messages and service messages.
            let is_sentence =
                SENTENCES.contains(&key) || matches!((group, key), ("fejl" | "lukket", _) | ("driftsbesked", "tekst"));
            let kind = if is_sentence { Some(Kind::Running) } else { LABELS.contains(&key).then_some(Kind::Label) };
            passages.extend(kind.and_then(|kind| scalar(node, kind)));
        }
    }
}

fn scalar(node: &Node, kind: Kind) -> Option<Passage> {
    let text = node.as_scalar()?.as_str().to_owned();
    Some(Passage { text, kind, start: Some(yaml::spot(node.span())), parts: Vec::new() })
}

fn of_text(reporter: Reporter<'_>, start: usize) -> Vec<Passage> {
    let ordinals = Ordinals::of(reporter.text.get(start..).unwrap_or_default());
    let lines = Lines::of(reporter.text);
    let mut passages = Passages::default();
    for (event, range) in Parser::new_ext(ordinals.masked(), Options::ENABLE_TABLES).into_offset_iter() {
        passages.see(&ordinals.unmasked(event, &range), || lines.spot(reporter.text, start + range.start));
    }
    passages.into_all()
}

/// The passages of a text, collected while parsing.
#[derive(Default)]
pub(crate) struct Passages {
    all: Vec<Passage>,
    kind: Kind,
    /// The nesting depth of code and of links whose text is their address.
    silent: usize,
    /// The passage around an image while its words are read: they are not part of its sentence.
    around: Option<usize>,
    current: usize,
}

impl Passages {
    /// Processes the next event and its location.
    pub(crate) fn see(&mut self, event: &Event<'_>, spot: impl Fn() -> Location) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::TableCell) => {
                self.kind = Kind::Label;
                self.begin(self.kind);
            }
            Event::Start(Tag::Image { .. }) if self.around.is_none() => {
                self.around = Some(self.current);
                self.begin(Kind::Label);
            }
            Event::End(TagEnd::Image) => self.current = self.around.take().unwrap_or(self.current),
            Event::End(TagEnd::Heading(_) | TagEnd::TableCell) => self.kind = Kind::Running,
            Event::Start(Tag::Paragraph | Tag::Item) | Event::End(TagEnd::Item | TagEnd::List(_)) => {
                self.begin(self.kind);
            }
            Event::Start(Tag::CodeBlock(_)) => self.silent += 1,
            Event::End(TagEnd::CodeBlock) => self.silent -= 1,
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => self.silent += 1,
            // Only such links were counted; the text of all others is read.
            Event::End(TagEnd::Link) if self.silent > 0 => self.silent -= 1,
            Event::Text(part) | Event::Code(part) if self.silent == 0 => self.push(part, spot()),
            Event::SoftBreak | Event::HardBreak => self.push(" ", spot()),
            _ => {}
        }
    }

    fn begin(&mut self, kind: Kind) {
        self.current = self.all.len();
        self.all.push(Passage { kind, ..Passage::default() });
    }

    fn push(&mut self, text: &str, spot: Location) {
        if let Some(passage) = self.all.get_mut(self.current) {
            passage.push(text, spot);
        }
    }

    /// The non-empty passages, in order.
    pub(crate) fn into_all(mut self) -> Vec<Passage> {
        self.all.retain(|passage| !passage.text.trim().is_empty());
        self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::diagnostic::Diagnostics;
    use crate::source::read::Source;

    fn passages(text: &str) -> Vec<(Kind, String, Location)> {
        let source = Source { path: "sider/a.md".into(), text: text.into() };
        let diagnostics = Diagnostics::default();
        let all = of_markdown(source.reporter(&diagnostics));
        all.into_iter().map(|passage| (passage.kind, passage.text.clone(), passage.spot(0))).collect()
    }

    #[test]
    fn paragraphs_and_items_are_running_text_and_headings_and_cells_are_labels() {
        let text = "---\ntitel: Titlen\nbeskrivelse: \"En sætning: her.\"\nkode: 7\nfejl: {mangler: Skriv noget.}\n---\n\
                    ## En overskrift\n\nFørste afsnit med **fed**\nog [et link](https://politi.dk).\n\n- et punkt\n- et \
                    andet:\n  - under det\n- et tredje\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nkode\n```\n\nSkriv til \
                    <a@b.dk> nu.\n";
        let expected = [
            (Kind::Label, "Titlen", 2, 8),
            (Kind::Running, "En sætning: her.", 3, 14),
            (Kind::Running, "Skriv noget.", 5, 17),
            (Kind::Label, "En overskrift", 7, 4),
            (Kind::Running, "Første afsnit med fed og et link.", 9, 1),
            (Kind::Running, "et punkt", 12, 3),
            (Kind::Running, "et andet:", 13, 3),
            (Kind::Running, "under det", 14, 5),
            (Kind::Running, "et tredje", 15, 3),
            (Kind::Label, "a", 17, 3),
            (Kind::Label, "b", 17, 7),
            (Kind::Label, "c", 19, 3),
            (Kind::Label, "d", 19, 7),
            (Kind::Running, "Skriv til  nu.", 25, 1),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(kind, text, line, column)| (kind, text.to_owned(), Location { line, column }))
            .collect();
        assert_eq!(passages(text), expected);
    }

    #[test]
    fn the_words_of_an_image_are_not_part_of_the_sentence_around_it() {
        let text = "Se ![to betjente. [De](/a/) smiler](/billeder/a.jpg) her.\n\n![alene](/billeder/b.jpg)\n";
        let all = passages(text).into_iter().map(|(kind, text, _)| (kind, text)).collect::<Vec<_>>();
        let expected = [(Kind::Running, "Se  her."), (Kind::Label, "to betjente. De smiler"), (Kind::Label, "alene")];
        assert_eq!(all, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn each_word_has_its_location_across_breaks_and_marks() {
        let source = Source { path: "tekster/a.md".into(), text: "Én **to**\ntre.".into() };
        let diagnostics = Diagnostics::default();
        let all = of_markdown(source.reporter(&diagnostics));
        let place = |word: &str| all[0].spot(all[0].text.find(word).unwrap());
        assert_eq!(place("to"), Location { line: 1, column: 6 });
        assert_eq!(place("tre"), Location { line: 2, column: 1 });
    }
}
