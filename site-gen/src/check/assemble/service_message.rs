//! Reads what a kreds tells citizens for a while, and its translations.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::map::{Map, Rule};
use jiff::Timestamp;
use model::names::Language;
use model::service_message::{Moment, ServiceMessage, ServiceMessageParts};
use std::collections::BTreeMap;

/// A message as a Danish file has it; what cannot be used has been reported.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) times: Option<Times>,
}

/// When a message is shown.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) from: Option<Timestamp>,
    pub(super) until: Timestamp,
}

/// The front matter's name for a message.
const KEY: &str = "driftsbesked";

/// The form of a moment.
pub(super) const MOMENT: Rule<'_> = Rule {
    code: DiagnosticCode::BadDate,
    text: "en dato eller en dato med klokkeslæt, for eksempel »2026-12-01« eller »2026-12-01 08:00« (dansk tid)",
};

/// The message in a Danish file, if there is one.
pub(super) fn danish(map: &Map<'_>, reporter: Reporter<'_>) -> Option<Draft> {
    map.at(KEY)?;
    let draft = map.optional_map(KEY, |map| {
        map.explain(
            "udloeber",
            "Driftsbeskeden har ingen slutdato, så den ville blive stående for altid. Tilføj en linje med den sidste \
             dag, den skal vises: »udloeber: 2026-12-01«.",
        );
        let text = map.text("tekst").text.to_owned();
        let from = map.optional_parsed("vises_fra", MOMENT, Moment::parse).map(Moment::start);
        let until = map.parsed("udloeber", MOMENT, Moment::parse).map(Moment::end);
        if let (Some(from), Some(until)) = (from, until)
            && from >= until
        {
            let at = map.at("udloeber").unwrap_or(map.start());
            let why = "Ellers bliver driftsbeskeden aldrig vist.";
            reporter.at(
                at,
                DiagnosticCode::NeverShown,
                format!("»udloeber« skal være efter »vises_fra«. {why} Ret den ene."),
            );
        }
        Draft { text, times: until.map(|until| Times { from, until }) }
    });
    Some(draft.unwrap_or_default())
}

/// The message in a translation of the file at the path `danish`, which has one if `is_expected`.
pub(super) fn translated(map: &Map<'_>, reporter: Reporter<'_>, danish: &str, is_expected: bool) -> Option<String> {
    match (map.at(KEY), is_expected) {
        (Some(at), false) => {
            reporter.at(
                at,
                DiagnosticCode::StrayPart,
                format!("Der er ingen driftsbesked i {danish} at oversætte. Slet den også her."),
            );
            None
        }
        (None, true) => {
            let advice = format!("Tilføj en linje med »{KEY}:« og under den, rykket ind, en linje med »tekst: …«.");
            reporter.at(
                map.start(),
                DiagnosticCode::MissingPart,
                format!("Driftsbeskeden i {danish} er ikke oversat. {advice}"),
            );
            None
        }
        _ => map.optional_map(KEY, |map| map.text("tekst").text.to_owned()),
    }
}

/// The message of its times and its texts; what cannot be used has been reported.
pub(super) fn message(times: Times, texts: BTreeMap<Language, String>) -> Option<ServiceMessage> {
    ServiceMessage::new(ServiceMessageParts { texts, from: times.from, until: times.until }).ok()
}
