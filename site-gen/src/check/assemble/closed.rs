//! Reads which forms a kreds does not receive for now, and what citizens are told of it.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list, suggestion};
use crate::diagnostics::diagnostic::Reporter;
use crate::source::map::Map;
use model::names::FormId;
use std::collections::BTreeMap;

/// The texts for citizens about each closed form, in one language.
pub(super) type Closed = BTreeMap<FormId, String>;

/// The front matter's name for it.
const KEY: &str = "lukket";

/// The closed forms in a Danish file; what cannot be used is reported.
pub(super) fn danish(map: &Map<'_>, reporter: Reporter<'_>, forms: &[FormId]) -> Closed {
    let said = |name: &str| format!("Der er ingen formular »{name}«.");
    map.optional_map(KEY, |map| read(map, reporter, forms, said)).unwrap_or_default()
}

/// The closed forms in a translation of the file at the path `danish`, where `expected` are closed.
pub(super) fn translated(map: &Map<'_>, reporter: Reporter<'_>, danish: &str, expected: &Closed) -> Closed {
    let at = map.at(KEY);
    if let (Some(at), true) = (at, expected.is_empty()) {
        reporter.at(
            at,
            DiagnosticCode::StrayPart,
            format!("Ingen formular er lukket i {danish}, så her er ikke noget at oversætte. Slet »{KEY}«."),
        );
        return Closed::new();
    }
    let forms: Vec<FormId> = expected.keys().cloned().collect();
    let said = |name: &str| format!("Formularen »{name}« er ikke lukket i {danish}.");
    let closed = map.optional_map(KEY, |map| read(map, reporter, &forms, said)).unwrap_or_default();
    for form in forms.iter().filter(|form| !closed.contains_key(*form)) {
        let advice = format!("Tilføj en linje med »{form}: …« under »{KEY}:«.");
        reporter.at(
            at.unwrap_or(map.start()),
            DiagnosticCode::MissingPart,
            format!("»{form}« er lukket i {danish}, men her er ingen oversættelse af teksten. {advice}"),
        );
    }
    closed
}

/// The text of each of `forms` that stands there, also under a name that was probably meant to be the form's: so one slip
/// is reported once. A name that is none of them is reported with what is `said` of it.
fn read(map: &Map<'_>, reporter: Reporter<'_>, forms: &[FormId], said: impl Fn(&str) -> String) -> Closed {
    let known = || forms.iter().map(FormId::as_str);
    let find = |name: &str| forms.iter().find(|form| form.as_str() == name);
    let mut closed = Closed::new();
    for (name, text) in map.entries() {
        let form = find(name.text).or_else(|| {
            let (said, hint, all) = (said(&excerpt(name.text)), hint(name.text, known()), list(known()));
            reporter.at(name.at, DiagnosticCode::UnknownForm, format!("{said}{hint} Vælg mellem: {all}."));
            suggestion(name.text, known()).and_then(find)
        });
        if let Some(text) = text.filter(|text| text.text.contains('\n')) {
            reporter.at(text.at, DiagnosticCode::WrongShape, format!("»{}« skal stå på én linje.", excerpt(name.text)));
        }
        // A text that is missing is reported, and the form is closed all the same: to translate it is no mistake.
        closed.extend(form.cloned().map(|form| (form, text.map_or("", |text| text.text).to_owned())));
    }
    closed
}
