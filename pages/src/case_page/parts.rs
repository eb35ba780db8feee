//! The parts of an officer's page: the facts for the call, the events so far, and the possible choices.

use super::control::summary;
use super::{CALLING, CHOICES, CasePage, UNDO};
use crate::dates;
use crate::frame::View;
use crate::letter::Caller;
use jiff::Timestamp;
use model::answers::{Answer, Answers};
use model::atlas::Kreds;
use model::case::{Act, By, CallerNumber, Event};
use model::deadline::danish_day;
use model::field::Role;
use model::names::KredsSlug;
use model::road::Road;
use model::submission::Submission;
use serde::Serialize;

/// The facts that an officer needs for the call.
#[derive(Serialize)]
pub(super) struct Call<'a> {
    #[serde(flatten)]
    caller: Caller<'a>,
    danger: bool,
    conversation: Vec<Line<'a>>,
    place: Vec<Line<'a>>,
    map: String,
    details: Vec<Line<'a>>,
}

#[derive(Serialize)]
pub(super) struct Line<'a> {
    short: &'a str,
    value: String,
}

#[derive(Serialize)]
pub(super) struct HistoryEntry<'a> {
    at: String,
    text: String,
    by: &'a str,
    undone: bool,
    note: &'a str,
}

#[derive(Serialize)]
pub(super) struct Choice<'a> {
    code: &'a str,
    label: String,
    chosen: bool,
}

pub(super) fn call<'a>(view: &View<'a>, submission: &'a Submission) -> Call<'a> {
    let answers = &submission.answers;
    let line = |answer: &'a Answer| Line { short: &answer.short, value: answer.values.reveal().join("\n") };
    Call {
        caller: Caller::of(answers),
        danger: submission.danger,
        conversation: answers.conversation().map(line).collect(),
        place: answers.with_role(Role::Place).map(line).collect(),
        map: map(view, answers),
        details: answers.details().map(line).collect(),
    }
}

/// A link that searches for the place on a map. The map service receives nothing until somebody follows it, and then
/// only the postcode, the kommune and what is certainly the name of a road, never free text of a citizen.
fn map(view: &View<'_>, answers: &Answers) -> String {
    let (atlas, place) = (view.catalog.atlas(), &answers.place);
    let road = Road::of(answers).into_iter().find_map(|(_, name)| Road::public_name(&name));
    let postcode = place.postcode.as_ref().map(|code| match atlas.postal_area(code) {
        Some(area) => format!("{code} {}", area.name),
        None => code.to_string(),
    });
    let kommune = atlas.kommune(&place.kommune).map(|kommune| kommune.name.clone());
    let parts: Vec<String> = [road, postcode, kommune].into_iter().flatten().collect();
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("query", &parts.join(", ")).finish();
    format!("https://www.openstreetmap.org/search?{query}")
}

pub(super) fn entry<'a>(view: &View<'a>, page: &'a CasePage<'a>, event: &Event) -> Option<HistoryEntry<'a>> {
    if matches!(event.act, Act::Undone { .. }) {
        return None;
    }
    let note = page.notes.iter().find(|(nonce, _)| *nonce == event.nonce);
    Some(HistoryEntry {
        at: moment(view, event.at),
        text: act(view, event),
        by: match &event.by {
            By::Officer(kreds) => name(view, kreds),
            By::Citizen => "Borgeren",
        },
        undone: page.case.is_undone(event),
        note: note.map_or("", |(_, note)| note.reveal()),
    })
}

/// The label of an event for officers.
pub(super) fn act(view: &View<'_>, event: &Event) -> String {
    match &event.act {
        Act::Called => "Ringet op".to_owned(),
        Act::NotReached => "Ikke truffet".to_owned(),
        Act::Forwarded { to } => format!("Sendt videre til {}", name(view, to)),
        Act::Closed { reason, .. } => {
            let title = view.catalog.reason(reason).map_or(reason.as_str(), |reason| &reason.title);
            format!("Afsluttet: {title}")
        }
        Act::Planned => "Kontrol eller besøg planlagt".to_owned(),
        Act::Done(control) => summary(view, control),
        Act::Answered { called: true } => "Borgeren svarer ja: har talt med politiet".to_owned(),
        Act::Answered { called: false } => "Borgeren svarer nej: har ikke talt med politiet".to_owned(),
        Act::Undone { .. } => "Fortrudt".to_owned(),
        Act::Calling { number: CallerNumber::Hidden } => "Ringer nu, skjult nummer".to_owned(),
        Act::Calling { number: CallerNumber::Shown } => "Ringer nu, nummeret vises".to_owned(),
        Act::HoursChanged => "Har valgt andre tidspunkter".to_owned(),
        Act::PhoneChanged => "Har rettet telefonnummeret".to_owned(),
        Act::Withdrawn => "Har trukket bestillingen tilbage".to_owned(),
    }
}

pub(super) fn choices<'a>(
    view: &View<'a>,
    page: &CasePage<'_>,
    undoable: Option<&Event>,
    may_act: bool,
) -> Vec<Choice<'a>> {
    let undo = undoable.map(|event| Choice {
        code: UNDO,
        label: format!("Fortryd: {}", act(view, event)),
        chosen: page.chosen.choice == UNDO,
    });
    let can = |code: &str| match code {
        "videre" => page.case.forwarded().is_none() && !kredse(view, page).is_empty(),
        "afslut" => !view.catalog.reasons().is_empty(),
        _ => true,
    };
    let all = CHOICES.into_iter().filter(|(code, _)| may_act && can(code));
    let all = all.map(|(code, label)| Choice { code, label: label.to_owned(), chosen: page.chosen.choice == code });
    undo.into_iter().chain(all).collect()
}

/// The choices before a call; empty if the officer may not act.
pub(super) fn callings(page: &CasePage<'_>, may_act: bool) -> Vec<Choice<'static>> {
    let chosen = |code: &str| page.chosen.choice == code;
    let all = CALLING.into_iter().filter(|_| may_act);
    all.map(|(code, label)| Choice { code, label: label.to_owned(), chosen: chosen(code) }).collect()
}

pub(super) fn kredse<'a>(view: &View<'a>, page: &CasePage<'_>) -> Vec<Choice<'a>> {
    let others = view.catalog.atlas().kredse().iter();
    let others =
        others.filter(|kreds| kreds.slug != *page.by && view.catalog.receives(&kreds.slug, &page.receipt.form));
    let choice = |kreds: &'a Kreds| Choice {
        code: kreds.slug.as_str(),
        label: kreds.name.clone(),
        chosen: page.chosen.to == kreds.slug.as_str(),
    };
    others.map(choice).collect()
}

pub(super) fn reasons<'a>(view: &View<'a>, page: &CasePage<'_>) -> Vec<Choice<'a>> {
    let choice = |reason: &'a model::reason::Reason| Choice {
        code: reason.slug.as_str(),
        label: reason.title.clone(),
        chosen: page.chosen.reason == reason.slug.as_str(),
    };
    view.catalog.reasons().iter().map(choice).collect()
}

pub(super) fn name<'a>(view: &View<'a>, kreds: &KredsSlug) -> &'a str {
    view.catalog.atlas().kreds(kreds).map_or("En kreds, der er nedlagt", |kreds| kreds.name.as_str())
}

fn moment(view: &View<'_>, at: Timestamp) -> String {
    let day = view.texts().map(|texts| dates::day(&texts.words, danish_day(at))).unwrap_or_default();
    format!("{day} kl. {}", dates::time(at))
}
