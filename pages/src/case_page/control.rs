//! The fields about a control on an officer's page, and a control summed up for officers.

use super::{CasePage, CaseProblem};
use crate::frame::View;
use crate::{controls, dates};
use model::control::{Control, ControlField};
use serde::Serialize;

/// A field of a control, as the template shows it.
#[derive(Serialize)]
pub(super) struct Field<'a> {
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: &'a str,
    is_number: bool,
    is_wrong: bool,
}

/// The fields with the values as typed.
pub(super) fn fields<'a>(page: &'a CasePage<'_>) -> [Field<'a>; 6] {
    let mut typed = page.chosen.control.iter();
    ControlField::ALL.map(|field| {
        let (label, hint) = words(field);
        Field {
            name: field.name(),
            label,
            hint,
            value: typed.next().map_or("", String::as_str),
            is_number: !matches!(field, ControlField::Date | ControlField::Start),
            is_wrong: page.problem == Some(CaseProblem::Control(field)),
        }
    })
}

const fn words(field: ControlField) -> (&'static str, &'static str) {
    match field {
        ControlField::Date => ("Dato", "For eksempel 3.12.2026. Uden dato gælder i dag"),
        ControlField::Start => ("Begyndte klokken", "For eksempel 7.30"),
        ControlField::Minutes => ("Varede, i minutter", ""),
        ControlField::Vehicles => ("Kontrolleret i alt", "Antal køretøjer"),
        ControlField::Over => ("Kørte for hurtigt", ""),
        ControlField::Fined => ("Fik en bøde", ""),
    }
}

/// The message for a field that cannot be noted.
pub(super) const fn fault(field: ControlField) -> &'static str {
    match field {
        ControlField::Date => {
            "Der er ikke noteret noget. Skriv datoen som 3.12.2026. Den kan ikke være før bestillingen eller efter i dag."
        }
        ControlField::Start => "Der er ikke noteret noget. Skriv tidspunktet som 7.30.",
        ControlField::Minutes => {
            "Der er ikke noteret noget. Skriv kontrollens længde som et helt antal minutter, højst 1.440."
        }
        ControlField::Vehicles => {
            "Der er ikke noteret noget. Skriv antallet af køretøjer som et helt tal, højst 50.000."
        }
        ControlField::Over => {
            "Der er ikke noteret noget. Skriv et helt tal. Det kan ikke være større end antallet af køretøjer."
        }
        ControlField::Fined => {
            "Der er ikke noteret noget. Skriv antallet af bøder som et helt tal. Det kan ikke være større end antallet \
             af køretøjer."
        }
    }
}

/// A measure that was carried out, with its known details.
pub(super) fn summary(view: &View<'_>, control: &Control) -> String {
    let Ok(texts) = view.texts() else { return String::new() };
    let parts = control.parts();
    let date = parts.date.map(|date| dates::day(&texts.words, date));
    let start = parts.start.map(|start| format!("kl. {}.{:02}", start.hour(), start.minute()));
    let lines = controls::lines(view, control).unwrap_or_default();
    let lines = lines.into_iter().map(|line| format!("{}: {}", line.label, line.value));
    let all: Vec<String> = date.into_iter().chain(start).chain(lines).collect();
    let all = all.join(", ");
    if all.is_empty() {
        "Kontrol eller besøg afholdt".to_owned()
    } else {
        format!("Kontrol eller besøg afholdt. {all}")
    }
}
