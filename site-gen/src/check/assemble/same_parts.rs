//! Compares a translation with its Danish form: the same fields and the same choices, in the same order.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::item::{Item, Text};
use crate::source::paths::danish_path;
use model::form::Form;

/// The parts to compare, and their name in messages.
pub(super) struct Parts<'a> {
    /// A noun such as `Feltet` or `Valget`.
    pub(super) noun: &'a str,
    /// The parts of the Danish file, in order.
    pub(super) danish: Vec<&'a str>,
}

impl Parts<'_> {
    /// Reports the differences. `at` is the location of the list of written parts.
    pub(super) fn compare(&self, written: &[Text<'_>], at: Location, reporter: Reporter<'_>) {
        let Self { noun, danish } = self;
        let path = danish_path(reporter.path).unwrap_or_default();
        let is_written = |name: &str| written.iter().any(|text| text.text == name);
        let missing: Vec<&str> = danish.iter().copied().filter(|name| !is_written(name)).collect();
        let mut hinted = Vec::new();
        let mut expected = danish.iter().filter(|name| is_written(name));
        for (index, text) in written.iter().enumerate() {
            let name = excerpt(text.text);
            if !danish.contains(&text.text) {
                hinted.extend(crate::diagnostics::danish::suggestion(text.text, missing.iter().copied()));
                let (hint, all) = (hint(text.text, missing.iter().copied()), list(danish.iter().copied()));
                reporter.at(
                    text.at,
                    DiagnosticCode::StrayPart,
                    format!("{noun} »{name}« står ikke her i {path}.{hint} Her skal stå: {all}."),
                );
            } else if written[..index].iter().any(|before| before.text == text.text) {
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
                // A moved part shifts the others, too.
                break;
            }
        }
        for name in missing.iter().filter(|name| !hinted.contains(name)) {
            reporter.at(at, DiagnosticCode::MissingPart, format!("{noun} »{name}« mangler. Oversæt det fra {path}."));
        }
    }
}

/// Reports missing and surplus sections of a translated form. `at` is the location of their list, if there is one.
pub(super) fn compare_sections(danish: &Form, written: &[Item<'_>], at: Option<Location>, reporter: Reporter<'_>) {
    let (path, sections) = (danish_path(reporter.path).unwrap_or_default(), danish.sections());
    for section in sections.iter().skip(written.len()) {
        if let Some(at) = at {
            let advice = format!("Oversættelsen skal have de samme afsnit som {path}.");
            let message = format!("Afsnittet »{}« mangler. {advice}", section.title);
            reporter.at(at, DiagnosticCode::MissingPart, message);
        }
    }
    for item in written.iter().skip(sections.len()) {
        let advice = format!("{path} har kun {} afsnit.", sections.len());
        let message = format!("Der er et afsnit for meget. {advice} Slet det, eller skriv det på dansk.");
        reporter.at(item.at(), DiagnosticCode::StrayPart, message);
    }
}
