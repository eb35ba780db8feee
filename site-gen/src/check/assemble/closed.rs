//! Reads the forms that a kreds has closed for now, and the text for citizens about each.

use super::kredse::Origin;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{choose_from, excerpt, suggestion};
use crate::diagnostics::diagnostic::Reporter;
use crate::source::map::Map;
use model::names::FormId;
use std::collections::BTreeMap;

/// The texts for citizens about each closed form, in one language.
pub(super) type Closed = BTreeMap<FormId, String>;

/// The front matter key of the closed forms.
const KEY: &str = "lukket";

/// Reads the closed forms in a file in any language, and reports mistakes, including missing texts in a translation.
///
/// A misspelt name also closes the form that was probably intended, so that one typo is reported once.
pub(super) fn read(map: &Map<'_>, origin: Origin<'_>, reporter: Reporter<'_>) -> Closed {
    let (forms, danish) = match origin {
        Origin::Danish { forms, .. } => (forms.to_vec(), None),
        Origin::Translation(danish, _) => (danish.closed.keys().cloned().collect(), Some(danish.page.reporter.path)),
    };
    let at = map.at(KEY);
    if let (Some(danish), Some(at), []) = (danish, at, forms.as_slice()) {
        reporter.at(
            at,
            DiagnosticCode::StrayPart,
            format!("Ingen formular er lukket i {danish}, så her er ikke noget at oversætte. Slet »{KEY}«."),
        );
        return Closed::new();
    }
    let closed = map.optional_map(KEY, |map| texts(map, &forms, danish, reporter)).unwrap_or_default();
    if let Some(danish) = danish {
        for form in forms.iter().filter(|form| !closed.contains_key(*form)) {
            let advice = format!("Tilføj en linje med »{form}: …« under »{KEY}:«.");
            reporter.at(
                at.unwrap_or(map.start()),
                DiagnosticCode::MissingPart,
                format!("»{form}« er lukket i {danish}, men her er ingen oversættelse af teksten. {advice}"),
            );
        }
    }
    closed
}

fn texts(map: &Map<'_>, forms: &[FormId], danish: Option<&str>, reporter: Reporter<'_>) -> Closed {
    let known = || forms.iter().map(FormId::as_str);
    let find = |name: &str| forms.iter().find(|form| form.as_str() == name);
    let mut closed = Closed::new();
    for (name, text) in map.entries() {
        let shown = excerpt(name.text);
        let form = find(name.text).or_else(|| {
            let fault = match danish {
                Some(danish) => format!("Formularen »{shown}« er ikke lukket i {danish}."),
                None => format!("Der er ingen formular »{shown}«."),
            };
            let choice = choose_from(name.text, known());
            reporter.at(name.at, DiagnosticCode::UnknownForm, format!("{fault}{choice}."));
            suggestion(name.text, known()).and_then(find)
        });
        if let Some(text) = text.filter(|text| text.text.contains('\n')) {
            reporter.at(text.at, DiagnosticCode::WrongShape, format!("»{shown}« skal stå på én linje."));
        }
        // A missing text is reported, but the form counts as closed, so that its translation is not reported, too.
        closed.extend(form.cloned().map(|form| (form, text.map_or("", |text| text.text).to_owned())));
    }
    closed
}
