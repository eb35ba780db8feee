//! Reads a kreds's temporary service message for citizens, in Danish or as a translation.

use super::date::MOMENT;
use super::kredse::Origin;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::map::Map;
use jiff::Timestamp;
use model::names::Language;
use model::service_message::{Moment, ServiceMessage, ServiceMessageParts};
use std::collections::BTreeMap;

/// A message as written in a file. Mistakes in it have been reported.
#[derive(Clone, Default)]
pub(super) struct MessageDraft {
    pub(super) text: String,
    /// `None` in a translation.
    pub(super) times: Option<Times>,
}

/// The times at which a message is shown.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) from: Option<Timestamp>,
    pub(super) until: Timestamp,
}

/// The front matter key of the message.
const KEY: &str = "driftsbesked";

/// Reads the message in a file in any language, if there is one. A translation must have one exactly if the Danish file
/// does; a difference is reported.
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

/// Combines times and texts into a message. `None` if they are invalid, which has been reported.
pub(super) fn message(times: Times, texts: BTreeMap<Language, String>) -> Option<ServiceMessage> {
    ServiceMessage::new(ServiceMessageParts { texts, from: times.from, until: times.until }).ok()
}
