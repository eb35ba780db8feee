//! The parts of a citizen's page: how far it is, what happened, who calls just now, and what a missed call means.

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

/// Time for which a page says that something was just changed.
const JUST_NOW: SignedDuration = SignedDuration::from_mins(10);

/// An officer who calls just now.
#[derive(Serialize)]
pub(super) struct Calling {
    who: String,
    number: String,
}

/// Something that happened.
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

/// The word for what the citizen has just changed.
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
        // The kreds has not got what is held.
        Stage::Received if note == ReceiptNote::Held => "modtaget_venter",
        Stage::Received => "modtaget_af",
        Stage::Tried => "sag_ikke_truffet",
        Stage::Called => "side_i_gang",
        Stage::Closed => "sag_lukket",
    };
    let name = match case.standing().rfind(|event| event.act == Act::NotReached).map(|event| &event.by) {
        // Whoever called may have sent it on since.
        Some(By::Officer(by)) if key == "sag_ikke_truffet" => view.catalog.atlas().kreds(by).unwrap_or(kreds),
        _ => kreds,
    };
    Ok(fill(words.get(key), &[("kreds", &name.name)]))
}

/// Events so far, in the order of time.
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

/// The word for something that happened, where one is enough; none for what citizens do not read.
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

/// From which number the police call, when, how often, and what then, in plain words: as the kreds says it, or as all do.
pub(crate) fn missed_call(view: &View<'_>, kreds: &KredsSlug) -> Result<String, BadPage> {
    let words = &view.texts()?.words;
    let said = || format!("{} {}", words.get("sag_ikke_truffet_nummer"), words.get("sag_ikke_truffet_igen"));
    Ok(view.catalog.missed_call(kreds, view.language).map_or_else(said, SafeHtml::text))
}
