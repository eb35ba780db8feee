//! Reads the promise of a kreds: days, hours, or an answer and a measure.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::map::Map;
use model::deadline::Deadline;
use std::ops::RangeInclusive;

/// The deadlines that a kreds can promise, in days. Answers are kept for at most 90 days, and a deadline on a day off
/// moves to the next working day: with this limit, answers are kept until everything promised is done.
const DAYS: RangeInclusive<u16> = 1..=80;

/// The deadlines for a call that a kreds can promise, in hours. Nights and days off count, so less than a day could not
/// be kept.
const HOURS: RangeInclusive<u16> = 24..=168;

/// Reads the deadline, and reports mistakes in it.
pub(super) fn deadline(map: &Map<'_>, reporter: Reporter<'_>) -> Deadline {
    let [call, hours, answer, act] = ["ring", "timer", "svar", "handling"].map(|key| map.at(key));
    let ways = [call.is_some(), hours.is_some(), answer.is_some() || act.is_some()];
    if ways.into_iter().filter(|is_written| *is_written).count() != 1 {
        let rule = "Skriv enten »ring« med et antal dage, »timer« med et antal timer eller både »svar« og »handling«.";
        reporter.at(map.start(), DiagnosticCode::Deadline, format!("Fristen kan ikke bruges. {rule}"));
    } else if hours.is_some() {
        return Deadline::CallWithin { hours: map.optional_number("timer", &HOURS).unwrap_or(0) };
    } else if answer.is_some() || act.is_some() {
        let answer_days = map.number("svar", &DAYS);
        let act_days = map.number("handling", &DAYS);
        if let (Some(answer_days), Some(act_days)) = (answer_days, act_days) {
            if act_days < answer_days {
                let rule = "Begge tælles fra den dag, bestillingen kommer.";
                reporter.at(
                    act.unwrap_or(map.start()),
                    DiagnosticCode::Deadline,
                    format!("»handling« ({act_days} dage) kan ikke være før »svar« ({answer_days} dage). {rule}"),
                );
            }
            return Deadline::AnswerAndAct { answer_days, act_days };
        }
    }
    Deadline::Call { days: map.optional_number("ring", &DAYS).unwrap_or(0) }
}
