//! Reads the message that a kreds has for citizens for a while, in Danish or as its translation.

use super::date::MOMENT;
use super::kredse::Origin;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::map::Map;
use jiff::Timestamp;
use model::names::Language;
use model::service_message::{Moment, ServiceMessage, ServiceMessageParts};
use std::collections::BTreeMap;

/// A message as a file has it; what cannot be used has been reported.
#[derive(Clone, Default)]
pub(super) struct MessageDraft {
    pub(super) text: String,
    /// None in a translation.
    pub(super) times: Option<Times>,
}

/// The times at which a message is shown.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) from: Option<Timestamp>,
    pub(super) until: Timestamp,
}

/// The front matter's name for a message.
const KEY: &str = "driftsbesked";

/// The message in a file in any language, if there is one; in a translation, that there is one just where there is in
/// Danish.
pub(super) fn read(map: &Map<'_>, origin: Origin<'_>, reporter: Reporter<'_>) -> Option<MessageDraft> {
    let at = map.at(KEY);
    if let Origin::Translation(danish, _) = origin {
        let path = danish.page.reporter.path;
        match (at, &danish.message) {
            (Some(at), None) => {
                let message = format!("Der er ingen driftsbesked i {path} at oversætte. Slet den også her.");
                reporter.at(at, DiagnosticCode::StrayPart, message);
                return None;
            }
            (None, Some(_)) => {
                let advice = format!("Tilføj en linje med »{KEY}:« og under den, rykket ind, en linje med »tekst: …«.");
                let message = format!("Driftsbeskeden i {path} er ikke oversat. {advice}");
                reporter.at(map.start(), DiagnosticCode::MissingPart, message);
            }
            _ => {}
        }
    }
    at?;
    let message = map.optional_map(KEY, |map| MessageDraft {
        text: map.text("tekst").text.to_owned(),
        times: if matches!(origin, Origin::Danish { .. }) { times(map, reporter) } else { None },
    });
    Some(message.unwrap_or_default())
}

fn times(map: &Map<'_>, reporter: Reporter<'_>) -> Option<Times> {
    map.explain(
        "udloeber",
        "Driftsbeskeden har ingen slutdato, så den ville blive stående for altid. Tilføj en linje med den sidste \
         dag, den skal vises: »udloeber: 2026-12-01«.",
    );
    let from = map.optional_parsed("vises_fra", MOMENT, Moment::parse).map(Moment::start);
    let until = map.parsed("udloeber", MOMENT, Moment::parse).map(Moment::end)?;
    if from.is_some_and(|from| from >= until) {
        let at = map.at("udloeber").unwrap_or(map.start());
        let why = "Ellers bliver driftsbeskeden aldrig vist.";
        reporter.at(
            at,
            DiagnosticCode::NeverShown,
            format!("»udloeber« skal være efter »vises_fra«. {why} Ret den ene."),
        );
    }
    Some(Times { from, until })
}

/// The message of its times and its texts; what cannot be used has been reported.
pub(super) fn message(times: Times, texts: BTreeMap<Language, String>) -> Option<ServiceMessage> {
    ServiceMessage::new(ServiceMessageParts { texts, from: times.from, until: times.until }).ok()
}
