//! What must be true when a schedule is over, whatever happened in it.

use crate::content::PLACES;
use crate::engine::items;
use crate::instance::{Instance, TABLE};
use crate::world::World;
use dynoxide::Database;
use model::names::SubmissionId;
use std::collections::BTreeMap;

/// A submission that is stored.
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) kreds: String,
    /// The name that the citizen wrote.
    pub(crate) name: String,
    pub(crate) has_email: bool,
    received: i64,
}

impl Stored {
    /// The names of the mails that it owes.
    pub(crate) fn mails(&self) -> impl Iterator<Item = String> {
        let citizens = self.has_email.then(|| format!("{}.borger", self.reference));
        std::iter::once(format!("{}.kreds", self.reference)).chain(citizens)
    }
}

/// Equal answers within a day are one request; clocks are a few seconds wrong.
const SAME_SECONDS: i64 = 24 * 60 * 60 - 10;

/// Whether every stored request was delivered, or somebody was told that it could not be.
pub(crate) async fn is_settled(world: &World, instance: &Instance, alarms: usize) -> bool {
    let stored = stored(&world.database, instance).await;
    undelivered(world, &stored).len() <= alarms
}

/// Everything that is wrong; nothing, if all is well.
pub(crate) async fn judge(world: &World, instance: &Instance, alarms: usize) -> Vec<String> {
    let mut wrong = world.problems.clone();
    let stored = stored(&world.database, instance).await;
    for person in &world.people {
        let name = person.name();
        let theirs: Vec<&Stored> = stored.iter().filter(|stored| stored.name == name).collect();
        for receipt in &person.receipts {
            if !theirs.iter().any(|stored| stored.id == *receipt) {
                wrong.push(format!("{name} has receipt {receipt}, and no such request is stored"));
            }
        }
        for pair in theirs.windows(2) {
            let apart = pair[1].received - pair[0].received;
            if apart < SAME_SECONDS {
                wrong.push(format!("{name}'s request is stored twice, {apart} s apart"));
            }
        }
        for stored in theirs {
            let place = &PLACES[person.citizen.place];
            if stored.kreds != place.kreds || stored.has_email != person.citizen.has_email {
                wrong.push(format!("{} is not what {name} sent", stored.reference));
            }
        }
        if person.is_waiting {
            wrong.push(format!("{name} never got an answer"));
        }
    }
    let undelivered = undelivered(world, &stored);
    if undelivered.len() > alarms {
        wrong.push(format!("not delivered: {}; and there were {alarms} alarms", undelivered.join(", ")));
    }
    wrong.extend(wrong_mails(world, &stored));
    let record = &mut *world.record.lock();
    record.counts.stored = stored.len();
    record.counts.parked = undelivered.len();
    wrong
}

/// Mails to nobody who should have them, and mails that came too often.
fn wrong_mails(world: &World, stored: &[Stored]) -> Vec<String> {
    let mut wrong = Vec::new();
    let record = &mut *world.record.lock();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for mail in &record.accepted {
        let Some((reference, kind)) = mail.name.rsplit_once('.') else { continue };
        let due = match stored.iter().find(|stored| stored.reference == reference) {
            None if matches!(kind, "kreds" | "borger") => {
                wrong.push(format!("mail {} is about a request that is not stored", mail.name));
                continue;
            }
            None => continue,
            Some(stored) => stored,
        };
        let mailbox = PLACES.iter().find(|place| place.kreds == due.kreds).map(|place| place.mailbox.clone());
        let person = world.people.iter().find(|person| person.name() == due.name);
        let right = if kind == "kreds" { mailbox } else { person.map(|person| person.email()) };
        if right.as_ref() != Some(&mail.to) {
            wrong.push(format!("mail {} went to {}", mail.name, mail.to));
        }
        *times.entry(&mail.name).or_default() += 1;
    }
    let mut duplicates = 0;
    for (name, times) in times {
        duplicates += times - 1;
        let may = record.excused(name);
        if times - 1 > may {
            wrong.push(format!("mail {name} came {times} times, and {may} of them may be a crash's or a lost answer's"));
        }
    }
    record.counts.duplicates = duplicates;
    wrong
}

/// The mails that are owed and were never accepted.
fn undelivered(world: &World, stored: &[Stored]) -> Vec<String> {
    let record = world.record.lock();
    let owed = stored.iter().flat_map(Stored::mails);
    owed.filter(|name| !record.accepted.iter().any(|mail| mail.name == *name)).collect()
}

/// All that is stored, oldest first. Only here does the harness know how the table names a submission.
pub(crate) async fn stored(database: &Database, instance: &Instance) -> Vec<Stored> {
    let mut all = Vec::new();
    for item in items(database, TABLE) {
        let id = item["pk"]["S"].as_str().and_then(|pk| pk.strip_prefix("SUBMISSION#"));
        let Some(id) = id.filter(|_| item["sk"]["S"] == "submission") else { continue };
        let found = instance.service.store().submission(&SubmissionId::parse(id).unwrap()).await;
        let submission = found.expect("nothing fails any more").expect("it is in the table");
        all.push(Stored {
            id: id.to_owned(),
            reference: submission.receipt.reference.to_string(),
            kreds: submission.receipt.kreds.to_string(),
            name: submission.answers.contact.name.reveal().clone(),
            has_email: submission.answers.contact.email.is_some(),
            received: submission.receipt.received.as_second(),
        });
    }
    all.sort_by_key(|stored| stored.received);
    all
}
