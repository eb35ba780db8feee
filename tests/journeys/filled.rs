//! Forms filled in as people would.

use crate::journeys::visitor::{FormOnPage, Page, Visitor};

/// Fills in a traffic problem, except for the place.
pub(crate) fn traffic(form: FormOnPage) -> FormOnPage {
    form.set("problem", "fart")
        .set("vej", "Viborgvej")
        .set("fra", "Rundkørslen ved Nørregade")
        .set("til", "Byskiltet")
        .set("retning", "begge")
        .tick("hvornaar", "mandag.morgen")
        .tick("hvornaar", "fredag.morgen")
        .tick("trafikanter", "skoleboern")
        .set("beskrivelse", "De kører stærkt forbi skolen.\r\nDet er værst kl. 7.30.")
        .set("navn", "Jørgen Ærbødig Sørensen")
        .set("telefon", "20 12 34 56")
        .tick("ringetid", "formiddag")
}

/// Fills in a request for a call, except for the place.
pub(crate) fn call(form: FormOnPage) -> FormOnPage {
    form.set("emne", "utryghed")
        .set("vej", "Parken bag stationen")
        .set("beskrivelse", "Vi er utrygge ved at gå gennem parken om aftenen.")
        .set("navn", "Åse Holm")
        .set("telefon", "+45 31 22 33 44")
        .set("email", "aase@eksempel.example")
        .tick("ringetid", "aften")
}

/// Opens a form of a kreds.
pub(crate) fn open(visitor: &Visitor, kreds: &str, form: &str) -> FormOnPage {
    open_in(visitor, "", kreds, form)
}

/// Opens a form in the language whose paths begin with `prefix`.
pub(crate) fn open_in(visitor: &Visitor, prefix: &str, kreds: &str, form: &str) -> FormOnPage {
    visitor.open(&format!("{prefix}/{kreds}/{form}/formular/")).form()
}

/// Sends a traffic problem in a kommune from a kreds's page, and returns the receipt.
pub(crate) fn send_traffic(visitor: &Visitor, kreds: &str, kommune: &str) -> Page {
    let form = traffic(open(visitor, kreds, "bestil-en-faerdselskontrol")).set("kommune", kommune);
    form.submit().form().press("trin", "send")
}
