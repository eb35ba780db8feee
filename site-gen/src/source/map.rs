//! Asks a YAML mapping for what it must hold, and reports everything else, each with its place.

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

/// A mapping being read. Each getter gives a stand-in when it has reported a problem, so that one run finds them all.
pub(crate) struct Map<'a> {
    /// None where the file could not be read: then nothing more is reported about it.
    node: Option<&'a MarkedMappingNode>,
    reporter: Reporter<'a>,
    asked: RefCell<Vec<&'static str>>,
    missing: RefCell<Vec<&'static str>>,
    /// Explanations of missing keys, instead of the usual message.
    explained: RefCell<Vec<(&'static str, &'static str)>>,
    /// The author chooses the keys: none is unknown.
    is_open: Cell<bool>,
}

impl<'a> Map<'a> {
    /// Lets `reading` ask for what it needs, then reports what was missing and what nobody asked for.
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

    /// Sets the message for a missing key, where more than its name is needed to understand it.
    pub(crate) fn explain(&self, key: &'static str, message: &'static str) {
        self.explained.borrow_mut().push((key, message));
    }

    /// A text on one line that must be there; empty if it is not.
    pub(crate) fn text(&self, key: &'static str) -> Text<'a> {
        let text = self.optional(key);
        if text.is_none() && self.at(key).is_none() {
            self.missing.borrow_mut().push(key);
        }
        text.unwrap_or(Text { text: "", at: self.start() })
    }

    /// A text on one line that may be there.
    pub(crate) fn optional(&self, key: &'static str) -> Option<Text<'a>> {
        Item::new(self.find(key)?, self.reporter).text(key)
    }

    /// A text of any number of lines that must be there; none if it is not.
    pub(crate) fn paragraph(&self, key: &'static str) -> Option<Text<'a>> {
        self.need(key);
        Item::new(self.find(key)?, self.reporter).scalar(key)
    }

    /// A value that `parse` understands and that must be there; `rule` says what it must be.
    pub(crate) fn parsed<'r, T>(
        &self,
        key: &'static str,
        rule: impl Into<Rule<'r>>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.understood(key, self.text(key), rule, parse, |_| None)
    }

    /// A value that `parse` understands and that may be there.
    pub(crate) fn optional_parsed<'r, T>(
        &self,
        key: &'static str,
        rule: impl Into<Rule<'r>>,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        self.optional(key).and_then(|text| self.understood(key, text, rule, parse, |_| None))
    }

    /// The value of the text at a key, if `parse` understands it. Of one that it does not, `nearly` makes what was probably
    /// meant.
    pub(crate) fn understood<'r, T>(
        &self,
        key: &str,
        Text { text, at }: Text<'_>,
        rule: impl Into<Rule<'r>>,
        parse: impl Fn(&str) -> Option<T>,
        nearly: impl Fn(&str) -> Option<String>,
    ) -> Option<T> {
        // A missing value has been reported.
        let value = if text.is_empty() { return None } else { parse(text) };
        if value.is_none() {
            let hint = did_you_mean(nearly(text).filter(|suggestion| parse(suggestion).is_some()).as_deref());
            let Rule { code, text: rule } = rule.into();
            self.reporter.at(at, code, format!("»{key}« skal være {rule}. Her står »{}«.{hint}", excerpt(text)));
        }
        value
    }

    /// A whole number that may be there.
    pub(crate) fn optional_number(&self, key: &'static str, allowed: &RangeInclusive<u16>) -> Option<u16> {
        let rule = format!("et helt tal fra {} til {}, uden ord efter", allowed.start(), allowed.end());
        let rule = Rule { code: DiagnosticCode::BadNumber, text: &rule };
        self.optional_parsed(key, rule, |text| {
            let is_digits = text.chars().all(|c| c.is_ascii_digit());
            text.parse().ok().filter(|number| is_digits && allowed.contains(number))
        })
    }

    /// A whole number that must be there.
    pub(crate) fn number(&self, key: &'static str, allowed: &RangeInclusive<u16>) -> Option<u16> {
        self.need(key);
        self.optional_number(key, allowed)
    }

    /// `ja` or `nej`; `nej` if it is not there.
    pub(crate) fn yes_no(&self, key: &'static str) -> bool {
        self.optional_one_of(key, &[("ja", true), ("nej", false)]).unwrap_or(false)
    }

    /// One of some words that must be there.
    pub(crate) fn one_of<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        self.need(key);
        self.optional_one_of(key, words)
    }

    /// One of some words that may be there.
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

    /// A list that must be there; empty if it is not.
    pub(crate) fn list(&self, key: &'static str) -> Vec<Item<'a>> {
        self.need(key);
        self.optional_list(key)
    }

    /// A list that may be there.
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

    /// A mapping that must be there, read by `reading`; none if it is not.
    pub(crate) fn map<T>(&self, key: &'static str, reading: impl FnOnce(&Map<'a>) -> T) -> Option<T> {
        self.need(key);
        self.optional_map(key, reading)
    }

    /// A mapping that may be there, read by `reading`.
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

    /// Where a key stands, if it does; it counts as asked for.
    pub(crate) fn at(&self, key: &'static str) -> Option<Location> {
        self.asked.borrow_mut().push(key);
        self.has(key)
    }

    /// Where a key stands, if it does; it is not asked for by this.
    pub(crate) fn has(&self, key: &str) -> Option<Location> {
        self.node?.keys().find(|written| written.as_str() == key).map(|written| spot(written.span()))
    }

    /// Where the mapping begins.
    pub(crate) fn start(&self) -> Location {
        let first = self.node.and_then(|node| node.keys().next());
        first.map_or_else(|| self.node.map_or(Location::START, |node| spot(node.span())), |key| spot(key.span()))
    }

    fn need(&self, key: &'static str) {
        if self.at(key).is_none() {
            self.missing.borrow_mut().push(key);
        }
    }

    /// The value of a key; one that is there but empty is reported.
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
