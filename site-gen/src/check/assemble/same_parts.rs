//! Whether a translation has the parts of its Danish form: the same fields, the same choices, in the same order.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::item::Text;

/// What the parts are, and whose.
pub(super) struct Parts<'a> {
    /// `Feltet`, `Valget`.
    pub(super) noun: &'a str,
    /// Those of the Danish file, in order.
    pub(super) danish: Vec<&'a str>,
    /// The path of the Danish file.
    pub(super) path: &'a str,
}

impl Parts<'_> {
    /// Blames what differs; `at` is where the list of written parts begins.
    pub(super) fn compare(&self, written: &[Text<'_>], at: Location, reporter: Reporter<'_>) {
        let Self { noun, danish, path } = self;
        let is_written = |name: &str| written.iter().any(|text| text.text == name);
        let missing: Vec<&str> = danish.iter().copied().filter(|name| !is_written(name)).collect();
        let mut hinted = Vec::new();
        let mut expected = danish.iter().filter(|name| is_written(name));
        for (place, text) in written.iter().enumerate() {
            let name = excerpt(text.text);
            if !danish.contains(&text.text) {
                hinted.extend(crate::diagnostics::danish::meant(text.text, missing.iter().copied()));
                let (hint, all) = (hint(text.text, missing.iter().copied()), list(danish.iter().copied()));
                reporter.at(
                    text.at,
                    DiagnosticCode::StrayPart,
                    format!("{noun} »{name}« står ikke her i {path}.{hint} Her skal stå: {all}."),
                );
            } else if written[..place].iter().any(|before| before.text == text.text) {
                reporter.at(
                    text.at,
                    DiagnosticCode::Twice,
                    format!("{noun} »{name}« står her to gange. Slet det ene."),
                );
            } else if expected.next() != Some(&text.text) {
                let all = list(danish.iter().copied());
                reporter.at(
                    text.at,
                    DiagnosticCode::PartOrder,
                    format!("{noun} »{name}« står et andet sted i {path}. Rækkefølgen skal være: {all}."),
                );
                // One that was moved moves the others too.
                break;
            }
        }
        for name in missing.iter().filter(|name| !hinted.contains(name)) {
            reporter.at(at, DiagnosticCode::MissingPart, format!("{noun} »{name}« mangler. Oversæt det fra {path}."));
        }
    }
}
