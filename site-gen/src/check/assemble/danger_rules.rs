//! Reads the danger rules, reports mistakes in Danish, and suggests what was probably intended.

use crate::check::entries::entries;
use crate::check::memo::Memo;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint, list};
use crate::diagnostics::diagnostic::{Location, Reporter};
use model::danger::{BadPattern, BadRule, DangerRules, RuleList, Tidings, Wrong};

/// Reads the rules that tell danger from other matters. `None` if any of them is unusable, which is reported.
pub(super) fn danger_rules(reporter: Reporter<'_>) -> Option<DangerRules> {
    static READ: Memo<String, Result<DangerRules, Vec<BadRule>>> = Memo::new();
    let read = READ.get(reporter.text, || RuleList::read(reporter.text));
    let is_emptied = !entries(reporter.text).any(|(_, line)| !line.starts_with('['));
    let faults = match read {
        Ok(rules) if has_certain_rules(reporter.text) => return Some(rules),
        Err(faults) if !is_emptied => faults,
        _ => {
            let advice = "Uden dem bliver ingen fare opdaget. Hent listen fra en tidligere udgave.";
            let which = if is_emptied { "" } else { " i afsnittet [altid fare]" };
            reporter.file(DiagnosticCode::EmptyFile, format!("Listen har ingen regler{which}. {advice}"));
            return None;
        }
    };
    let lines: Vec<&str> = reporter.text.lines().collect();
    for BadRule { line, wrong } in faults {
        let written = lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let (code, message) = message(&wrong, written.trim());
        reporter.at(Location { line, column: 1 }, code, message);
    }
    None
}

/// True if there is a rule for words that mean danger in any context.
fn has_certain_rules(text: &str) -> bool {
    let mut is_here = false;
    entries(text).any(|(_, line)| {
        let is_section = line.starts_with('[');
        is_here = if is_section { line == "[altid fare]" } else { is_here };
        is_here && !is_section
    })
}

/// The diagnostic code and message for a line.
fn message(wrong: &Wrong, line: &str) -> (DiagnosticCode, String) {
    let rule = |message: String| (DiagnosticCode::DangerRule, message);
    match wrong {
        Wrong::Section(name) => {
            let name = name.trim_matches(['[', ']', ':', ' ']);
            let (known, hint) = (list(RuleList::sections()), hint(name, RuleList::sections()));
            let shown = excerpt(name);
            if RuleList::sections().any(|known| known == name) {
                return rule(format!("Skriv »[{shown}]« og intet andet på linjen."));
            }
            rule(format!("Der er intet afsnit, som hedder »{shown}«.{hint} Brug et af disse: {known}."))
        }
        Wrong::Empty => {
            let advice = "Hent dets linjer fra en tidligere udgave, eller slet linjen her.";
            rule(format!("Der står ikke noget i afsnittet. {advice}"))
        }
        Wrong::NoSection => {
            rule("Reglen står ikke i et afsnit. Skriv for eksempel [altid fare] på en linje over den.".to_owned())
        }
        Wrong::NoSentence => {
            let advice = "Skriv | og en sætning, som reglen skal finde.";
            rule(format!("Reglen har ingen sætning. {advice}"))
        }
        Wrong::Sentence('#') => rule(NOTE.to_owned()),
        Wrong::Sentence(_) => rule("Der må kun stå én | på linjen. Skriv én sætning efter den.".to_owned()),
        Wrong::NoName => rule("Ordene har intet navn. Skriv et navn og et kolon foran dem.".to_owned()),
        Wrong::NoWeight => rule(
            "Ordene har ingen vægt. Skriv et helt tal og et kolon foran dem, for eksempel 12: eller -7:.".to_owned(),
        ),
        Wrong::Twice(name) => {
            let shown = excerpt(name);
            (
                DiagnosticCode::Twice,
                format!("»{shown}« står to gange i listen. Saml det på én linje, eller slet den ene."),
            )
        }
        Wrong::Pattern(BadPattern::Nothing) => {
            let advice = match () {
                () if line.contains(" /") || line.contains("/ ") => {
                    " Skriv ord, der betyder det samme, uden mellemrum om skråstregen: kniv/økse."
                }
                () if line.contains(",,") || line.trim_end().ends_with(',') => " Der er et komma for meget.",
                () => "",
            };
            rule(format!("Der mangler et ord i reglen.{advice}"))
        }
        Wrong::Pattern(BadPattern::Unknown(name)) => {
            let advice = "Skriv ordene på en linje længere oppe i afsnittet [ord]. Store og små bogstaver skal passe.";
            rule(format!("Der er ingen ord med navnet <{}>. {advice}", excerpt(name)))
        }
        Wrong::Pattern(BadPattern::NotAWord(word)) => rule(no_word(word)),
        Wrong::NotFound => {
            let advice = "Ret reglen eller sætningen. Er det flere ord, der betyder det samme, så skriv skråstreg imellem: \
                          kniv/økse.";
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
    }
}

const NOTE: &str = "En note skal stå på sin egen linje med # først.";

/// The message about a word with a character that is not allowed in one.
fn no_word(word: &str) -> String {
    let usual = "Brug bogstaver og tal, og kun * først eller sidst.";
    let suggestion = match word {
        _ if word.starts_with('#') => NOTE,
        _ if word.chars().all(|sign| "-–—•*+/".contains(sign)) => "Slet tegnet.",
        _ if word.contains([',', ';']) => "Skriv ord, der betyder det samme, med skråstreg imellem: kniv/økse.",
        _ if word.contains(':') => "Skriv »uden:« med små bogstaver og mellemrum på begge sider.",
        _ if word.contains('+') => "Skriv mellemrum før og efter +.",
        _ if word.contains('…') || word.contains("..") => "Skriv mellemrum før og efter ….",
        _ if word.contains(['<', '>']) => {
            "Skriv navnet på en liste af ord mellem < og >, og intet andet i samme ord: <mig>."
        }
        _ if word.contains(['"', '»', '«', '”', '“']) => "Skriv ordet uden anførselstegn.",
        _ if word.contains(['[', ']', '(', ')', '{', '}']) => "Skriv uden parenteser.",
        _ => usual,
    };
    format!("»{}« er ikke et ord. {suggestion}", excerpt(word))
}
