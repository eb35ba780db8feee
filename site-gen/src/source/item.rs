//! One value of a YAML list or mapping, asked for as a text or as a mapping.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::map::Map;
use crate::source::yaml::spot;
use marked_yaml::Node;

/// A text and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: Location,
}

/// A value, of a kind still to be found out.
#[derive(Clone, Copy)]
pub(crate) struct Item<'a> {
    node: &'a Node,
    reporter: Reporter<'a>,
}

impl<'a> Item<'a> {
    pub(crate) const fn new(node: &'a Node, reporter: Reporter<'a>) -> Self {
        Self { node, reporter }
    }

    /// Where it stands.
    pub(crate) fn at(self) -> Location {
        spot(self.node.span())
    }

    /// The element as a text on one line.
    pub(crate) fn text(self, key: &str) -> Option<Text<'a>> {
        let text = self.scalar(key)?;
        if text.text.contains('\n') {
            self.reporter.at(text.at, DiagnosticCode::WrongShape, format!("»{key}« skal stå på én linje."));
        }
        Some(text)
    }

    /// The element as a mapping, read by `reading`.
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

    /// The element as a text of any number of lines.
    pub(crate) fn scalar(self, key: &str) -> Option<Text<'a>> {
        let at = spot(self.node.span());
        let Some(node) = self.node.as_scalar() else {
            self.reporter.at(at, DiagnosticCode::WrongShape, format!("»{key}« skal være en tekst, ikke en liste eller en gruppe. Har teksten parenteser, så sæt anførselstegn om."));
            return None;
        };
        Some(Text { text: node.as_str().trim(), at })
    }

    /// Returns true if nothing is written; the parser gives `~` for it.
    pub(crate) fn is_empty(self) -> bool {
        self.node.as_scalar().is_some_and(|text| text.trim().is_empty() || (text.may_coerce() && text.as_str() == "~"))
    }
}
