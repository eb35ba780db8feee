//! Reads the word lists: one word or phrase a line, and comments behind `#`.

use crate::check::memo::Latest;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::list;
use crate::diagnostics::diagnostic::{Location, Reporter};
use model::danger::{BadPattern, BadRule, DangerRules, RuleList, Tidings, Wrong};

/// The rules that tell danger from other matters; none if one cannot be used, which has been reported.
pub(super) fn danger_rules(reporter: Reporter<'_>) -> Option<DangerRules> {
    static READ: Latest<Result<DangerRules, Vec<BadRule>>> = Latest::new();
    let is_rule = |(_, line): (Location, &str)| !line.starts_with('[');
    if !entries(reporter.text).any(is_rule) {
        let advice = "Uden dem bliver ingen fare opdaget. Hent listen fra en tidligere udgave.";
        reporter.file(DiagnosticCode::EmptyFile, format!("Listen har ingen regler. {advice}"));
        return None;
    }
    let faults = match READ.get(reporter.text, || RuleList::read(reporter.text)) {
        Ok(rules) => return Some(rules),
        Err(faults) => faults,
    };
    for fault in faults {
        let spot = Location { line: fault.line, column: 1 };
        let (code, message) = match fault.wrong {
            Wrong::Section(name) => {
                let known = list(RuleList::sections());
                (
                    DiagnosticCode::DangerRule,
                    format!("Der er intet afsnit, som hedder »{name}«. Brug et af disse: {known}."),
                )
            }
            Wrong::NoSection => (
                DiagnosticCode::DangerRule,
                "Reglen står ikke i et afsnit. Skriv for eksempel [altid fare] på en linje over den.".to_owned(),
            ),
            Wrong::NoSentence => {
                let advice = "Skriv | og en sætning, som reglen skal finde.";
                (DiagnosticCode::DangerRule, format!("Reglen har ingen sætning. {advice}"))
            }
            Wrong::NoName => {
                (DiagnosticCode::DangerRule, "Ordene har intet navn. Skriv et navn og et kolon foran dem.".to_owned())
            }
            Wrong::NoWeight => (
                DiagnosticCode::DangerRule,
                "Ordene har ingen vægt. Skriv et helt tal og et kolon foran dem, for eksempel 12: eller -7:."
                    .to_owned(),
            ),
            Wrong::Twice(name) => (DiagnosticCode::Twice, format!("»{name}« står to gange. Saml ordene på én linje.")),
            Wrong::Pattern(BadPattern::Nothing) => {
                (DiagnosticCode::DangerRule, "Der mangler et ord i reglen.".to_owned())
            }
            Wrong::Pattern(BadPattern::Unknown(name)) => {
                let advice = "Skriv ordene på en linje længere oppe i afsnittet [ord].";
                (DiagnosticCode::DangerRule, format!("Der er ingen ord med navnet <{name}>. {advice}"))
            }
            Wrong::Pattern(BadPattern::NotAWord(word)) => {
                let advice = "Brug bogstaver og tal, og kun * først eller sidst.";
                (DiagnosticCode::DangerRule, format!("»{word}« er ikke et ord. {advice}"))
            }
            Wrong::NotFound => {
                let advice = "Ret reglen eller sætningen.";
                (DiagnosticCode::DangerSentence, format!("Reglen finder ikke sin egen sætning. {advice}"))
            }
            Wrong::Judged(tidings) => {
                let judged = match tidings {
                    Tidings::Danger => "fare",
                    Tidings::Report => "en anmeldelse",
                    Tidings::Harmless => "harmløs",
                };
                let advice = "Vælg en tydeligere sætning, eller flyt reglen til et andet afsnit.";
                (
                    DiagnosticCode::DangerSentence,
                    format!("Sætningen bliver læst som {judged}. Det passer ikke til afsnittet. {advice}"),
                )
            }
        };
        reporter.at(spot, code, message);
    }
    None
}

pub(super) fn entries(text: &str) -> impl Iterator<Item = (Location, &str)> {
    let lines = text.lines().enumerate().map(|(number, line)| (Location { line: number + 1, column: 1 }, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
