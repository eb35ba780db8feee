//! Reads the mailboxes of a kreds: one for each form, one for mails that these refuse, and one of its leader.

use super::settings::EMAIL;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{choose_from, excerpt, suggestion};
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::source::map::Map;
use model::email::EmailAddress;
use model::names::FormId;
use std::collections::BTreeMap;

/// The mailboxes of a kreds, parsed and as written.
pub(super) struct Mailboxes {
    /// The valid mailboxes, keyed by form.
    pub(super) of_forms: BTreeMap<FormId, EmailAddress>,
    /// The mailbox for mails that these refuse. [`EmailAddress::nobody`] if it is not usable, which is reported.
    pub(super) second: EmailAddress,
    /// The mailbox of its leader, if the kreds names one.
    pub(super) leader: Option<EmailAddress>,
    pub(super) written: WrittenMailboxes,
}

/// The mailboxes as written, to distinguish missing ones from invalid ones.
#[derive(Default)]
pub(super) struct WrittenMailboxes {
    /// Their location. `None` if the front matter has none or is unreadable, which is reported.
    at: Option<Location>,
    forms: Vec<String>,
}

const FORMS: &str = "postkasser";

const SECOND: &str = "reservepostkasse";

const LEADER: &str = "lederpostkasse";

/// Reads the mailboxes, and reports invalid ones. [`WrittenMailboxes::report_missing`] reports missing ones.
pub(super) fn mailboxes(map: &Map<'_>, reporter: Reporter<'_>, forms: &[FormId]) -> Mailboxes {
    let mut written = WrittenMailboxes { at: map.at(FORMS), forms: Vec::new() };
    let of_forms = map.map(FORMS, |map| of_forms(map, reporter, forms, &mut written)).unwrap_or_default();
    map.explain(
        SECOND,
        "Reservepostkassen mangler. Den får mailen, når en af kredsens postkasser ikke tager imod den, så ingen \
         bestilling går tabt. Tilføj en linje med »reservepostkasse: navn@eksempel.dk«.",
    );
    let second = map.parsed(SECOND, EMAIL, |text| EmailAddress::parse(text).ok());
    if let (Some(second), Some(written)) = (&second, map.optional(SECOND))
        && let Some((form, _)) = of_forms.iter().find(|(_, mailbox)| mailbox.is_same(second))
    {
        let why = "Virker den ikke, har mailen intet andet sted at gå hen.";
        reporter.at(
            written.at,
            DiagnosticCode::SameMailbox,
            format!("Reservepostkassen er den samme som postkassen til »{form}«. {why} Skriv en anden."),
        );
    }
    let leader = map.optional_parsed(LEADER, EMAIL, |text| EmailAddress::parse(text).ok());
    Mailboxes { of_forms, leader, second: second.unwrap_or_else(EmailAddress::nobody), written }
}

fn of_forms(
    map: &Map<'_>,
    reporter: Reporter<'_>,
    forms: &[FormId],
    written: &mut WrittenMailboxes,
) -> BTreeMap<FormId, EmailAddress> {
    let mut mailboxes = BTreeMap::new();
    for (name, address) in map.entries() {
        let form = forms.iter().find(|form| form.as_str() == name.text);
        let known = || forms.iter().map(FormId::as_str);
        if form.is_none() {
            let (shown, choice) = (excerpt(name.text), choose_from(name.text, known()));
            let message = format!("Der er ingen formular »{shown}«.{choice}.");
            reporter.at(name.at, DiagnosticCode::UnknownForm, message);
        }
        // A misspelt form counts as the suggested one, so that it is not reported as missing, too.
        let intended = suggestion(name.text, known()).unwrap_or(name.text);
        written.forms.push(intended.to_owned());
        let Some(address) = address else { continue };
        match EmailAddress::parse(address.text) {
            Ok(mailbox) => drop(form.map(|form| mailboxes.insert(form.clone(), mailbox))),
            Err(_) => reporter.at(
                address.at,
                DiagnosticCode::BadEmail,
                format!(
                    "Postkassen til »{}« skal være {}. Her står »{}«.",
                    name.text,
                    EMAIL.text,
                    excerpt(address.text)
                ),
            ),
        }
    }
    mailboxes
}

impl WrittenMailboxes {
    /// Reports that the kreds has no mailbox for a form, unless an invalid one has been reported.
    pub(super) fn report_missing(&self, form: &FormId, reporter: Reporter<'_>) {
        if self.forms.iter().any(|written| written == form.as_str()) {
            return;
        }
        if let Some(at) = self.at {
            let advice = format!("Tilføj en linje under »postkasser«: »{form}: navn@eksempel.dk«.");
            reporter.at(
                at,
                DiagnosticCode::MissingMailbox,
                format!("Kredsen har ingen postkasse til »{form}«. {advice}"),
            );
        }
    }
}
