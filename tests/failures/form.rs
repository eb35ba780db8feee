//! The form as each citizen here fills it in.

use crate::failures::content::{CATALOG, FORM, PLACES};
use crate::failures::schedule::Citizen;

/// The path that it is sent to.
pub(crate) fn path() -> String {
    format!("/indsend/{FORM}")
}

/// Returns the name that a citizen writes, which identifies their request.
pub(crate) fn name(number: usize) -> String {
    format!("Borger {number}")
}

/// The address that they write, if they have one.
pub(crate) fn email(number: usize) -> String {
    format!("borger{number}@eksempel.example")
}

/// Builds the form as their browser sends it. Another `again` makes other words, an equal one the same form.
pub(crate) fn body(number: usize, citizen: &Citizen, again: usize) -> String {
    let place = &PLACES[citizen.place];
    let email = if citizen.has_email { email(number) } else { String::new() };
    let values = [
        ("trin", "send"),
        ("udgave", CATALOG.version().as_str()),
        ("hjemmeside", ""),
        ("udfyldt_ms", ""),
        ("sprog", "da"),
        ("kreds", &place.kreds),
        ("kommune", &place.kommune),
        ("problem", "fart"),
        ("vej", ["Grenåvej", "grenaavej v. nr. 14", "Skovvej"][number % 3]),
        ("retning", "begge"),
        ("hvornaar", "mandag.morgen"),
        ("beskrivelse", &format!("De kører stærkt. {again}")),
        ("navn", &name(number)),
        ("telefon", "20 12 34 56"),
        ("email", &email),
        ("ringetid", "aften"),
    ];
    form_urlencoded::Serializer::new(String::new()).extend_pairs(values).finish()
}
