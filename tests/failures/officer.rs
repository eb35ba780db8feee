//! Officers of a world: what they note about a request, and what must hold of its case in the end.

use crate::failures::citizen::wrong_changes;
use crate::failures::content::{CATALOG, PLACES};
use crate::failures::instance::Instance;
use crate::failures::judge::Stored;
use crate::failures::post::Mail;
use crate::failures::world::{ActionResult, World};
use function::alarm::Alarm;
use function::outbox::Sweep;
use function::store::{Step, Task};
use model::case::{Act, By, CallerNumber, Case, Event};
use model::names::{KredsSlug, Nonce, SubmissionId};

/// An act of an officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    NotReached,
    Called,
    Forwarded,
    Closed,
    Calling,
    /// Undoes the last act.
    Back,
}

impl Deed {
    pub(crate) const ALL: [Self; 6] =
        [Self::NotReached, Self::Called, Self::Forwarded, Self::Closed, Self::Calling, Self::Back];
}

/// Returns the kreds that another one's requests are forwarded to.
pub(crate) fn other(kreds: &str) -> KredsSlug {
    let other = PLACES.iter().find(|place| place.kreds != kreds).unwrap();
    KredsSlug::parse(&other.kreds).unwrap()
}

/// Notes an act on the current page of a request, or nothing if the page has no such choice.
pub(crate) async fn act(instance: Instance, id: Option<SubmissionId>, deed: Deed, press: usize) -> ActionResult {
    if let Some(id) = id {
        note(&instance, &id, deed, press as u64).await;
    }
    ActionResult::Noted
}

async fn note(instance: &Instance, id: &SubmissionId, deed: Deed, press: u64) {
    let (store, at) = (instance.service.store(), instance.service.now());
    let Ok(Some(file)) = store.case(id, at).await else { return };
    let first = &file.receipt.kreds;
    let by = first;
    let takes_back = file.case.undoable(by, at).filter(|_| deed == Deed::Back);
    let act = match (deed, takes_back) {
        (Deed::NotReached, _) => Act::NotReached,
        (Deed::Called, _) => Act::Called,
        (Deed::Calling, _) => Act::Calling { number: CallerNumber::Hidden },
        (Deed::Forwarded, _) => Act::Forwarded { to: other(first.as_str()) },
        (Deed::Closed, _) => {
            Act::Closed { reason: CATALOG.reasons()[0].slug.clone(), catalog: CATALOG.version().clone() }
        }
        (Deed::Back, Some(event)) => Act::Undone { nonce: event.nonce.clone() },
        (Deed::Back, None) => return,
    };
    if takes_back.is_none() && !file.case.may(&act, by, first) {
        return;
    }
    let nonce = Nonce::from_random(press.to_be_bytes());
    let event = Event { nonce, at, by: By::Officer(by.clone()), act };
    let (receipt, case, seen) = (&file.receipt, &file.case, Some(file.count));
    let step = Step { receipt, case, event: &event, takes_back, seen, note: None, audit: ("noted", "link kreds") };
    // Without an answer, an officer would open the page again; here, another step does.
    let _ = store.step(&step).await;
}

/// Finds errors in the cases: a mail about an undone event, a missing mail, or a forwarded request that nobody got.
pub(crate) async fn wrong_cases(
    world: &World,
    instance: &Instance,
    stored: &[Stored],
    last: Option<&Sweep>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for stored in stored {
        let store = instance.service.store();
        let Some(file) = store.case(&stored.id, instance.service.now()).await.expect("nothing fails any more") else {
            continue;
        };
        let case = &file.case;
        wrong.extend(wrong_changes(world, stored, case, last));
        wrong.extend(mails_about_undone_events(world, stored, case));
        if case.withdrawn().is_some() {
            continue;
        }
        wrong.extend(lost_forwarding(world, stored, case, last));
        for event in case.standing().filter(|event| owes_mail(case, event) && stored.has_email) {
            let name = format!("{}.sag.{}", stored.reference, event.nonce);
            if has_arrived(world, |mail| mail.name == name) {
                continue;
            }
            let task = Task::CaseUpdate(stored.id.clone(), event.nonce.clone());
            let state = store.task(&task).await.expect("nothing fails any more");
            let why = ["withheld_at", "parked_at", "bounced_at", "rejected_at"];
            if !state.is_some_and(|state| why.iter().any(|why| state.has(why))) && !is_forgotten(world, &name) {
                wrong.push(format!("not delivered: {name}, and the table does not say why"));
            }
        }
    }
    wrong
}

fn owes_mail(case: &Case, event: &Event) -> bool {
    match event.act {
        Act::NotReached => case.owes_call(),
        Act::Forwarded { .. } | Act::Closed { .. } => true,
        _ => false,
    }
}

/// Finds mails about events that were undone or never noted.
fn mails_about_undone_events(world: &World, stored: &Stored, case: &Case) -> Vec<String> {
    let record = world.record.lock();
    let stands = |mail: &Mail| match mail.name.split_once('.').map_or("", |(_, kind)| kind).split_once('.') {
        Some(("sag", nonce)) => case.standing().any(|event| event.nonce.as_str() == nonce),
        _ => !mail.name.contains(".videre") || case.forwarded().is_some(),
    };
    let theirs = record.taken.iter().filter(|mail| mail.name.starts_with(&stored.reference));
    let ours = theirs.filter(|mail| !stands(mail) && !record.is_forgotten(&mail.name));
    ours.map(|mail| format!("mail {} is about what does not stand", mail.name)).collect()
}

/// Finds a forwarded request that the other kreds has not got, without an alarm.
fn lost_forwarding(world: &World, stored: &Stored, case: &Case, last: Option<&Sweep>) -> Option<String> {
    let (to, _) = case.forwarded()?;
    let name = format!("{}.videre", stored.reference);
    let is_said =
        last.is_some_and(|sweep| sweep.alarms.iter().any(|(alarm, kreds)| *alarm == Alarm::Parked && kreds == to));
    let theirs = [name.clone(), format!("{name}-reserve"), format!("{name}-faldback")];
    let has_it = has_arrived(world, |mail| theirs.contains(&mail.name));
    (!has_it && !is_said).then(|| format!("{name} has not arrived at {to}, and the last run raised no alarm"))
}

pub(super) fn has_arrived(world: &World, is: impl Fn(&Mail) -> bool) -> bool {
    world.record.lock().taken.iter().any(|mail| is(mail) && mail.arrives())
}

pub(super) fn is_forgotten(world: &World, name: &str) -> bool {
    let record = world.record.lock();
    let last = record.taken.iter().rposition(|mail| mail.name == name);
    last.is_some_and(|last| last < record.notifications_forgotten)
}
