//! Reads the expected keys of a YAML mapping, and reports everything else at its location.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{did_you_mean, excerpt, list, suggestion, yes_or_no};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::item::{Item, Text};
use crate::source::paths::danish_path;
use crate::source::yaml::spot;
use marked_yaml::Node;
use marked_yaml::types::MarkedMappingNode;
use std::cell::{Cell, RefCell};
use std::ops::RangeInclusive;

/// A rule for values: its text in messages, and the code for values that break it.
#[derive(Clone, Copy)]
pub(crate) struct Rule<'r> {
    pub(crate) code: DiagnosticCode,
    pub(crate) text: &'r str,
}

impl<'r> From<&'r str> for Rule<'r> {
    fn from(text: &'r str) -> Self {
        Self { code: DiagnosticCode::WrongValue, text }
    }
}

/// A mapping that is being read. After reporting a problem, getters return a default, so that one run finds them all.
pub(crate) struct Map<'a> {
    /// `None` if the file could not be read: then nothing more is reported about it.
    node: Option<&'a MarkedMappingNode>,
    reporter: Reporter<'a>,
    asked: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<&'static str>>,
    /// Explanations of missing keys, instead of the usual message.
    explained: RefCell<Vec<(&'static str, &'static str)>>,
    /// True if the author chooses the keys, so that none is unknown.
    is_open: Cell<bool>,
}

impl<'a> Map<'a> {
    /// Lets `reading` ask for its keys, then reports missing and unknown ones.
    pub(crate) fn read<T>(
        node: Option<&'a MarkedMappingNode>,
        reporter: Reporter<'a>,
        reading: impl FnOnce(&Self) -> T,
    ) -> T {
        let (asked, missing, explained, is_open) = Default::default();
        let map = Self { node, reporter, asked, missing, explained, is_open };
        let value = reading(&map);
        map.finish();
        value
    }

    /// Sets the message for a missing key whose name does not explain enough.
    pub(crate) fn explain(&self, key: &'static str, message: &'static str) {
        self.explained.borrow_mut().push((key, message));
    }

    /// A required text on one line; empty if missing.
    pub(crate) fn text(&self, key: &'static str) -> Text<'a> {
        let text = self.optional(key);
        if text.is_none() && self.at(key).is_none() {
            self.missing.borrow_mut().push(key);
        }
        text.unwrap_or(Text { text: "", at: self.start() })
    }

    /// An optional text on one line.
    pub(crate) fn optional(&self, key: &'static str) -> Option<Text<'a>> {
        Item::new(self.find(key)?, self.reporter).text(key)
    }

    /// A required text of any number of lines. `None` if missing.
    pub(crate) fn paragraph(&self, key: &'static str) -> Option<Text<'a>> {
        self.need(key);
        Item::new(self.find(key)?, self.reporter).scalar(key)
    }

    /// A required value that `parse` accepts; `rule` describes it.
    pub(crate) fn parsed<'r, T>(
        &self,
        key: &'static str,
        rule: impl Into<Rule<'r>>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.understood(key, self.text(key), rule, parse, |_| None)
    }

    /// An optional value that `parse` accepts.
    pub(crate) fn optional_parsed<'r, T>(
        &self,
        key: &'static str,
        rule: impl Into<Rule<'r>>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.optional(key).and_then(|text| self.understood(key, text, rule, parse, |_| None))
    }

    /// The value of the text at a key, if `parse` accepts it. Otherwise, `nearly` suggests a correction.
    pub(crate) fn understood<'r, T>(
        &self,
        key: &str,
        Text { text, at }: Text<'_>,
        rule: impl Into<Rule<'r>>,
        parse: impl Fn(&str) -> Option<T>,
        nearly: impl Fn(&str) -> Option<String>,
    ) -> Option<T> {
        // A missing value has been reported already.
        let value = if text.is_empty() { return None } else { parse(text) };
        if value.is_none() {
            let hint = did_you_mean(nearly(text).filter(|suggestion| parse(suggestion).is_some()).as_deref());
            let Rule { code, text: rule } = rule.into();
            self.reporter.at(at, code, format!("»{key}« skal være {rule}. Her står »{}«.{hint}", excerpt(text)));
        }
        value
    }

    /// An optional whole number.
    pub(crate) fn optional_number(&self, key: &'static str, allowed: &RangeInclusive<u16>) -> Option<u16> {
        let rule = format!("et helt tal fra {} til {}, uden ord efter", allowed.start(), allowed.end());
        let rule = Rule { code: DiagnosticCode::BadNumber, text: &rule };
        self.optional_parsed(key, rule, |text| {
            let is_digits = text.chars().all(|c| c.is_ascii_digit());
            text.parse().ok().filter(|number| is_digits && allowed.contains(number))
        })
    }

    /// A required whole number.
    pub(crate) fn number(&self, key: &'static str, allowed: &RangeInclusive<u16>) -> Option<u16> {
        self.need(key);
        self.optional_number(key, allowed)
    }

    /// An optional `ja` or `nej`; `nej` if missing.
    pub(crate) fn yes_no(&self, key: &'static str) -> bool {
        self.optional_one_of(key, &[("ja", true), ("nej", false)]).unwrap_or(false)
    }

    /// A required word out of several.
    pub(crate) fn one_of<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        self.need(key);
        self.optional_one_of(key, words)
    }

    /// An optional word out of several.
    pub(crate) fn optional_one_of<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let Text { text, at } = self.optional(key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let all = || words.iter().map(|(word, _)| *word);
            let (wrong, allowed) = (excerpt(text), list(all()));
            let answer = yes_or_no(text).filter(|_| all().any(|word| word == "ja"));
            let hint = did_you_mean(answer.or_else(|| suggestion(text, all())));
            self.reporter.at(
                at,
                DiagnosticCode::UnknownChoice,
                format!("»{key}« kan ikke være »{wrong}«.{hint} Vælg mellem: {allowed}."),
            );
        }
        found
    }

    /// A required list; empty if missing.
    pub(crate) fn list(&self, key: &'static str) -> Vec<Item<'a>> {
        self.need(key);
        self.optional_list(key)
    }

    /// An optional list.
    pub(crate) fn optional_list(&self, key: &'static str) -> Vec<Item<'a>> {
        let Some(node) = self.find(key) else { return Vec::new() };
        let Some(items) = node.as_sequence() else {
            self.reporter.at(
                spot(node.span()),
                DiagnosticCode::WrongShape,
                format!("»{key}« skal være en liste: hvert punkt på sin linje med »- « foran."),
            );
            return Vec::new();
        };
        items.iter().map(|node| Item::new(node, self.reporter)).collect()
    }

    /// A required mapping, read by `reading`. `None` if missing.
    pub(crate) fn map<T>(&self, key: &'static str, reading: impl FnOnce(&Map<'a>) -> T) -> Option<T> {
        self.need(key);
        self.optional_map(key, reading)
    }

    /// An optional mapping, read by `reading`.
    pub(crate) fn optional_map<T>(&self, key: &'static str, reading: impl FnOnce(&Map<'a>) -> T) -> Option<T> {
        Item::new(self.find(key)?, self.reporter).map(key, reading)
    }

    /// Every key with its text, for a mapping whose keys the author chooses.
    pub(crate) fn entries(&self) -> Vec<(Text<'a>, Option<Text<'a>>)> {
        self.is_open.set(true);
        let Some(node) = self.node else { return Vec::new() };
        let entry = |(key, value): (&'a marked_yaml::types::MarkedScalarNode, &'a Node)| {
            let key = Text { text: key.as_str(), at: spot(key.span()) };
            if Item::new(value, self.reporter).is_empty() {
                self.reporter.at(key.at, DiagnosticCode::EmptyValue, empty(key.text));
                return (key, None);
            }
            (key, Item::new(value, self.reporter).scalar(key.text))
        };
        node.iter().map(entry).collect()
    }

    /// The location of a key, if present; marks the key as known.
    pub(crate) fn at(&self, key: &'static str) -> Option<Location> {
        self.asked.borrow_mut().push(key);
        self.has(key)
    }

    /// The location of a key, if present; does not mark the key as known.
    pub(crate) fn has(&self, key: &str) -> Option<Location> {
        self.node?.keys().find(|written| written.as_str() == key).map(|written| spot(written.span()))
    }

    /// The start of the mapping.
    pub(crate) fn start(&self) -> Location {
        let first = self.node.and_then(|node| node.keys().next());
        first.map_or_else(|| self.node.map_or(Location::START, |node| spot(node.span())), |key| spot(key.span()))
    }

    fn need(&self, key: &'static str) {
        if self.at(key).is_none() {
            self.missing.borrow_mut().push(key);
        }
    }

    /// The value of a key; an empty one is reported.
    fn find(&self, key: &'static str) -> Option<&'a Node> {
        let at = self.at(key)?;
        let node = self.node?.get_node(key)?;
        if Item::new(node, self.reporter).is_empty() {
            self.reporter.at(at, DiagnosticCode::EmptyValue, empty(key));
            return None;
        }
        Some(node)
    }

    fn finish(&self) {
        let Some(node) = self.node else { return };
        let mut allowed = self.asked.take();
        allowed.sort_unstable();
        allowed.dedup();
        let is_free = |word: &&str| node.get_node(word).is_none();
        let mut missing = self.missing.take();
        let unknown = node.keys().filter(|key| !allowed.contains(&key.as_str()) && !self.is_open.get());
        for key in unknown {
            let hint = suggestion(key.as_str(), allowed.iter().copied().filter(is_free));
            missing.retain(|word| Some(*word) != hint);
            let (name, allowed) = (excerpt(key.as_str()), list(allowed.iter().copied()));
            // The front matter of a text is the same in all languages.
            let danish = danish_path(self.reporter.path).filter(|danish| !danish.contains("tekster/"));
            let advice = danish.map_or_else(String::new, |danish| {
                format!(" En oversættelse har kun tekster; alt andet står i {danish}.")
            });
            let hint = did_you_mean(hint);
            self.reporter.at(
                spot(key.span()),
                DiagnosticCode::UnknownKey,
                format!("»{name}« kendes ikke her.{hint} Her kan stå: {allowed}.{advice}"),
            );
        }
        for key in missing {
            let explained =
                self.explained.borrow().iter().find(|(name, _)| *name == key).map(|(_, why)| (*why).to_owned());
            let usual = || format!("»{key}« mangler. Tilføj en linje med »{key}: …«.");
            self.reporter.at(self.start(), DiagnosticCode::MissingKey, explained.unwrap_or_else(usual));
        }
    }
}

fn empty(key: &str) -> String {
    format!("»{key}« er tom. Skriv noget efter kolon, eller slet linjen, hvis den kan undværes.")
}
