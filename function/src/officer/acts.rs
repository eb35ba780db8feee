//! The choices on an officer's page as acts, and acts in the words of the audit.

use jiff::Timestamp;
use model::case::{Act, CallerNumber};
use model::catalog::Catalog;
use model::control::Control;
use model::deadline::danish_day;
use model::names::{KredsSlug, ReasonSlug};
use model::submission::Receipt;
use pages::{CaseChoice, CaseProblem};

/// Parses the choice about a request. Fails if it is unknown or incomplete, or would lose the numbers of a control.
pub(super) fn act(
    catalog: &Catalog,
    receipt: &Receipt,
    chosen: &CaseChoice,
    now: Timestamp,
) -> Result<Act, CaseProblem> {
    if chosen.loses_numbers() {
        return Err(CaseProblem::LostNumbers);
    }
    Ok(match chosen.choice.as_str() {
        "ringet" => Act::Called,
        "ikke-truffet" => Act::NotReached,
        "ringer-skjult" => Act::Calling { number: CallerNumber::Hidden },
        "ringer-vist" => Act::Calling { number: CallerNumber::Shown },
        "planlagt" => Act::Planned,
        "afholdt" => {
            let typed = chosen.control.each_ref().map(String::as_str);
            Act::Done(
                Control::parse(typed, danish_day(receipt.received)..=danish_day(now)).map_err(CaseProblem::Control)?,
            )
        }
        "videre" => {
            let kreds = KredsSlug::parse(&chosen.to).ok().filter(|slug| catalog.atlas().kreds(slug).is_some());
            let to = kreds.ok_or(CaseProblem::NoKreds)?;
            if !catalog.receives(&to, &receipt.form) {
                return Err(CaseProblem::ClosedKreds);
            }
            Act::Forwarded { to }
        }
        "afslut" => {
            let reason = ReasonSlug::parse(&chosen.reason).ok().filter(|slug| catalog.reason(slug).is_some());
            Act::Closed { reason: reason.ok_or(CaseProblem::NoReason)?, catalog: catalog.version().clone() }
        }
        _ => return Err(CaseProblem::NoChoice),
    })
}

/// The act in the words of the audit.
pub(crate) fn audit_text(act: &Act) -> String {
    match act {
        Act::Called => "called".to_owned(),
        Act::NotReached => "not reached".to_owned(),
        Act::Forwarded { to } => format!("forwarded to {to}"),
        Act::Closed { reason, .. } => format!("closed: {reason}"),
        Act::Planned => "measure planned".to_owned(),
        Act::Done(control) if control.is_empty() => "measure done".to_owned(),
        Act::Done(control) => format!("measure done: {control}"),
        Act::Answered { called } => format!("answered: called {called}"),
        Act::Undone { .. } => "taken back".to_owned(),
        Act::Calling { .. } => "calling".to_owned(),
        Act::HoursChanged => "hours changed".to_owned(),
        Act::PhoneChanged => "telephone number changed".to_owned(),
        Act::Withdrawn => "withdrawn".to_owned(),
    }
}
