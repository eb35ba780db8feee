//! The parts of a citizen's page: progress, events, the officer who is calling now, and the text about missed calls.

use super::{ReceiptNote, is_citizens};
use crate::frame::View;
use crate::{BadPage, dates};
use jiff::SignedDuration;
use model::atlas::Kreds;
use model::case::{Act, By, CallerNumber, Case, Event, Stage};
use model::html::SafeHtml;
use model::names::KredsSlug;
use model::words::{Words, fill};
use serde::Serialize;

/// The time for which the page says that something was just changed.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(10);

/// An officer who is calling now.
#[derive(Serialize)]
pub(super) struct Calling {
    who: String,
    number: String,
}

/// An event as citizens read it.
#[derive(Serialize)]
pub(super) struct HistoryEntry {
    text: String,
    at: String,
}

pub(super) fn calling(view: &View<'_>, case: &Case, words: &Words) -> Option<Calling> {
    let (kreds, number, _) = case.calling(view.now)?;
    let name = view.catalog.atlas().kreds(kreds)?.name.as_str();
    let number = match number {
        CallerNumber::Hidden => "ringer_nu_skjult",
        CallerNumber::Shown => "ringer_nu_vist",
    };
    Some(Calling { who: fill(words.get("ringer_nu"), &[("kreds", name)]), number: words.get(number).to_owned() })
}

/// The key of the message about the citizen's last change; `None` if it was not just now.
pub(super) fn changed(view: &View<'_>, case: &Case) -> Option<&'static str> {
    let last = case.by_citizen().rfind(|event| is_citizens(&event.act))?;
    match last.act {
        _ if view.now.duration_since(last.at) >= JUST_NOW => None,
        Act::HoursChanged => Some("aendret_tid"),
        Act::PhoneChanged => Some("aendret_nummer"),
        _ => None,
    }
}

/// A request's progress in a sentence.
pub(super) fn status(view: &View<'_>, case: &Case, note: ReceiptNote, kreds: &Kreds) -> Result<String, BadPage> {
    let words = &view.texts()?.words;
    let key = match case.stage() {
        _ if case.withdrawn().is_some() => "traek_tilbage_sket",
        // A held request has not reached the kreds yet.
        Stage::Received if note == ReceiptNote::Held => "modtaget_venter",
        Stage::Received => "modtaget_af",
        Stage::Tried => "sag_ikke_truffet",
        Stage::Called => "side_i_gang",
        Stage::Closed => "sag_lukket",
    };
    let name = match case.standing().rfind(|event| event.act == Act::NotReached).map(|event| &event.by) {
        // The kreds that called may have forwarded the request since.
        Some(By::Officer(by)) if key == "sag_ikke_truffet" => view.catalog.atlas().kreds(by).unwrap_or(kreds),
        _ => kreds,
    };
    Ok(fill(words.get(key), &[("kreds", &name.name)]))
}

/// The events so far, the oldest first.
pub(super) fn history(view: &View<'_>, case: &Case, words: &Words) -> Vec<HistoryEntry> {
    let entry = |event: &Event| {
        let text = match &event.act {
            Act::Answered { called } => {
                let answer = if *called { "opkald_ja" } else { "opkald_nej" };
                format!("{} {}", words.get("opkald_spoergsmaal"), words.get(answer))
            }
            Act::Forwarded { to } => {
                let name = view.catalog.atlas().kreds(to).map_or(to.as_str(), |kreds| &kreds.name);
                fill(words.get("sket_videre"), &[("kreds", name)])
            }
            act => words.get(word(act)?).to_owned(),
        };
        Some(HistoryEntry { text, at: dates::moment(words, event.at) })
    };
    case.standing().filter_map(entry).collect()
}

/// The key of an event's text; `None` if the text needs values, or if citizens do not see the event.
const fn word(act: &Act) -> Option<&'static str> {
    match act {
        Act::Called => Some("sket_ringet"),
        Act::NotReached => Some("sket_ikke_truffet"),
        Act::Closed { .. } => Some("sket_lukket"),
        Act::Planned => Some("sket_planlagt"),
        Act::Done(_) => Some("sket_afholdt"),
        Act::HoursChanged => Some("sket_tid"),
        Act::PhoneChanged => Some("sket_nummer"),
        Act::Withdrawn => Some("sket_trukket_tilbage"),
        Act::Undone { .. } | Act::Calling { .. } | Act::Answered { .. } | Act::Forwarded { .. } => None,
    }
}

/// The plain text about the number that the police call from, and when and how often: the kreds's own or the fixed one.
pub(crate) fn missed_call(view: &View<'_>, kreds: &KredsSlug) -> Result<String, BadPage> {
    let words = &view.texts()?.words;
    let said = || format!("{} {}", words.get("sag_ikke_truffet_nummer"), words.get("sag_ikke_truffet_igen"));
    Ok(view.catalog.missed_call(kreds, view.language).map_or_else(said, SafeHtml::text))
}
