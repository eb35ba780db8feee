//! Reads the question about the place: one field for authors and citizens, two on the wire.
//!
//! The typed text is `postnr`. The choice of a kommune, if the place lies in several, is `kommune`. Earlier releases
//! used the same names.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::item::Text;
use crate::source::map::Map;
use model::field::{Field, Kind, Role};
use model::names::FieldName;
use std::collections::BTreeMap;

/// The type of the field, which is also its name.
pub(super) const NAME: &str = "sted";

/// The wire name of the typed text. Reports a field whose name differs from its type.
pub(super) fn wire_name(name: FieldName, written: Text<'_>, reporter: Reporter<'_>) -> FieldName {
    if name.as_str() != NAME {
        let message = format!("Et felt af typen »{NAME}« skal hedde »{NAME}«, ikke »{name}«.");
        reporter.at(written.at, DiagnosticCode::FieldName, message);
    }
    on_wire(&Kind::Postcode).unwrap_or(name)
}

/// Reads the choice of a kommune, without its error texts, in the language of the file.
pub(super) fn choice(map: &Map<'_>) -> Option<Field> {
    let texts = |map: &Map<'_>| (map.text("spoergsmaal").text.to_owned(), map.text("i_mail").text.to_owned());
    let (question, short) = map.map("kommune", texts)?;
    Some(Field {
        name: on_wire(&Kind::Kommune)?,
        kind: Kind::Kommune,
        role: Role::Place,
        question,
        short,
        hint: None,
        required: true,
        only_for: None,
        errors: BTreeMap::new(),
    })
}

/// The authors' name of a field, by its wire name. `None` for the choice, which is part of another field.
pub(super) fn written(name: &str) -> Option<&str> {
    match name {
        "postnr" => Some(NAME),
        "kommune" => None,
        other => Some(other),
    }
}

fn on_wire(kind: &Kind) -> Option<FieldName> {
    FieldName::parse(kind.wire_name()?).ok()
}
