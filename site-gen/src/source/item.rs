//! One value of a YAML list or mapping, read as a text or a mapping.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::map::Map;
use crate::source::yaml::spot;
use marked_yaml::Node;

/// A text and its location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: Location,
}

/// A value of unknown type.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    node: &'a Node,
    reporter: Reporter<'a>,
}

impl<'a> Item<'a> {
    pub(crate) const fn new(node: &'a Node, reporter: Reporter<'a>) -> Self {
        Self { node, reporter }
    }

    /// The location.
    pub(crate) fn at(self) -> Location {
        spot(self.node.span())
    }

    /// Reads a text on one line.
    pub(crate) fn text(self, key: &str) -> Option<Text<'a>> {
        let text = self.scalar(key)?;
        if text.text.contains('\n') {
            self.reporter.at(text.at, DiagnosticCode::WrongShape, format!("»{key}« skal stå på én linje."));
        }
        Some(text)
    }

    /// Reads a mapping with `reading`.
    pub(crate) fn map<T>(self, key: &str, reading: impl FnOnce(&Map<'a>) -> T) -> Option<T> {
        let Some(node) = self.node.as_mapping() else {
            self.reporter.at(
                spot(self.node.span()),
                DiagnosticCode::WrongShape,
                format!("»{key}« skal være en gruppe af linjer med navn, kolon og værdi, rykket ind under »{key}:«."),
            );
            return None;
        };
        Some(Map::read(Some(node), self.reporter, reading))
    }

    /// Reads a text of any number of lines.
    pub(crate) fn scalar(self, key: &str) -> Option<Text<'a>> {
        let at = spot(self.node.span());
        let Some(node) = self.node.as_scalar() else {
            self.reporter.at(at, DiagnosticCode::WrongShape, format!("»{key}« skal være en tekst, ikke en liste eller en gruppe. Har teksten parenteser, så sæt anførselstegn om."));
            return None;
        };
        Some(Text { text: node.as_str().trim(), at })
    }

    /// Returns true if the value is empty; the parser gives `~` for it.
    pub(crate) fn is_empty(self) -> bool {
        self.node.as_scalar().is_some_and(|text| text.trim().is_empty() || (text.may_coerce() && text.as_str() == "~"))
    }
}
