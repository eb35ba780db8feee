//! Invariants that hold when a schedule is over, whatever happened in it.

use crate::failures::citizen::wrong_roads;
use crate::failures::content::{CATALOG, PLACES, Place};
use crate::failures::engine::{places, queues};
use crate::failures::instance::Instance;
use crate::failures::notices::wrong_notices;
use crate::failures::officer::{other, wrong_cases};
use crate::failures::person::Person;
use crate::failures::post::Mail;
use crate::failures::record::Inner;
use crate::failures::world::World;
use crate::shared::settings::TABLE;
use dynoxide::Database;
use function::alarm::Alarm;
use function::outbox::Sweep;
use function::store::{Recipient, Task};
use model::names::SubmissionId;
use std::collections::BTreeMap;

/// A submission that is stored.
pub(crate) struct Stored {
    pub(crate) id: SubmissionId,
    pub(crate) reference: String,
    pub(crate) kreds: String,
    pub(crate) form: String,
    /// The name that the citizen wrote.
    pub(crate) name: String,
    pub(crate) has_email: bool,
    received: i64,
    pub(crate) is_withdrawn: bool,
}

impl Stored {
    /// Names the mails that it owes if none is refused.
    pub(crate) fn mails(&self) -> impl Iterator<Item = String> {
        let citizens = self.has_email.then(|| format!("{}.borger", self.reference));
        std::iter::once(format!("{}.kreds", self.reference)).chain(citizens)
    }

    fn is_delivered(&self, record: &Inner) -> bool {
        let first = ["kreds", "reserve", "faldback"].map(|kind| format!("{}.{kind}", self.reference));
        let is_police = |mail: &&Mail| first.contains(&mail.name);
        record.taken.iter().filter(is_police).any(Mail::arrives)
    }
}

/// Equal answers within a day are one request; clocks are a few seconds off.
const SAME_SECONDS: i64 = 24 * 60 * 60 - 10;

/// Returns everything that is wrong. `stored` is what was stored once nothing could fail any more, `last` the result of
/// the schedule's last run.
pub(crate) async fn judge(world: &World, instance: &Instance, stored: &[Stored], last: Option<&Sweep>) -> Vec<String> {
    let mut wrong = world.problems.clone();
    for person in &world.people {
        wrong.extend(wrong_requests(person, stored));
    }
    for place in PLACES.iter() {
        wrong.extend(undelivered(world, place, stored, last));
    }
    wrong.extend(wrong_mails(world, stored));
    wrong.extend(lost_receipts(world, instance, stored).await);
    wrong.extend(wrong_numbers(instance, stored).await);
    wrong.extend(wrong_cases(world, instance, stored, last).await);
    wrong.extend(wrong_roads(instance, stored).await);
    wrong.extend(wrong_notices(world, instance, stored).await);
    world.record.lock().counts.stored = stored.len();
    wrong
}

/// Checks that every receipt has one stored request, and that equal forms share one.
fn wrong_requests(person: &Person, stored: &[Stored]) -> Vec<String> {
    let mut wrong = Vec::new();
    let name = person.name();
    let theirs: Vec<&Stored> = stored.iter().filter(|stored| stored.name == name).collect();
    for receipt in &person.receipts {
        if !theirs.iter().any(|stored| stored.id.as_str() == *receipt) {
            wrong.push(format!("{name} has receipt {receipt}, and no such request is stored"));
        }
    }
    // A withdrawn request may be sent again.
    let standing: Vec<&&Stored> = theirs.iter().filter(|stored| !stored.is_withdrawn).collect();
    for pair in standing.windows(2) {
        let apart = pair[1].received - pair[0].received;
        if apart < SAME_SECONDS {
            wrong.push(format!("{name}'s request is stored twice, {apart} s apart"));
        }
    }
    for stored in theirs {
        if stored.kreds != PLACES[person.citizen.place].kreds || stored.has_email != person.citizen.has_email {
            wrong.push(format!("{} is not what {name} sent", stored.reference));
        }
    }
    if person.is_waiting {
        wrong.push(format!("{name} never got an answer"));
    }
    wrong
}

/// Checks that every request to a kreds is delivered, or that the last run of the schedule alerted a human.
fn undelivered(world: &World, place: &Place, stored: &[Stored], last: Option<&Sweep>) -> Option<String> {
    let record = &mut *world.record.lock();
    let theirs = stored.iter().filter(|stored| stored.kreds == place.kreds && !stored.is_withdrawn);
    let missing: Vec<&str> =
        theirs.filter(|stored| !stored.is_delivered(record)).map(|stored| stored.reference.as_str()).collect();
    record.counts.parked += missing.len();
    record.counts.must_deliver += usize::from(!record.may_park && record.dead.is_empty());
    let is_said = last.is_some_and(|sweep| {
        sweep.alarms.iter().any(|(alarm, kreds)| *alarm == Alarm::Parked && kreds.as_str() == place.kreds)
    });
    // Everything that can be delivered is delivered without a human.
    if !missing.is_empty() && !record.may_park && record.dead.is_empty() {
        return Some(format!("not delivered to {}: {}; and nothing kept it", place.kreds, missing.join(", ")));
    }
    (!missing.is_empty() && !is_said)
        .then(|| format!("not delivered to {}: {}; and the last run raised no alarm", place.kreds, missing.join(", ")))
}

/// Finds mails to the wrong address, and mails that came too often.
fn wrong_mails(world: &World, stored: &[Stored]) -> Vec<String> {
    let mut wrong = Vec::new();
    let record = &mut *world.record.lock();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for mail in &record.taken {
        if mail.arrives() {
            *times.entry(&mail.name).or_default() += 1;
        }
        let Some((reference, kind)) = mail.name.split_once('.').filter(|_| !is_digest(&mail.name)) else { continue };
        let Some(due) = stored.iter().find(|stored| stored.reference == reference) else {
            wrong.push(format!("mail {} is about a request that is not stored", mail.name));
            continue;
        };
        let place = PLACES.iter().find(|place| place.kreds == due.kreds);
        let person = world.people.iter().find(|person| person.name() == due.name);
        let next = PLACES.iter().find(|place| place.kreds == other(&due.kreds).as_str());
        let right = match kind {
            "kreds" => place.map(|place| place.mailbox.clone()),
            "reserve" => place.map(|place| place.second.clone()),
            "videre" => next.map(|place| place.mailbox.clone()),
            "videre-reserve" => next.map(|place| place.second.clone()),
            "rykker" => place.map(|place| place.mailbox.clone()),
            "overskredet" => place.map(|place| place.leader.clone()),
            "videre-rykker" => next.map(|place| place.mailbox.clone()),
            "videre-overskredet" => next.map(|place| place.leader.clone()),
            "faldback" | "videre-faldback" => Some(CATALOG.fallback().as_str().to_owned()),
            news if news.starts_with("nyt.") => {
                let theirs = place.into_iter().chain(next).flat_map(|place| [&place.mailbox, &place.second]);
                let is_theirs =
                    theirs.cloned().chain([CATALOG.fallback().as_str().to_owned()]).find(|to| *to == mail.to);
                is_theirs.or_else(|| place.map(|place| place.mailbox.clone()))
            }
            _ => person.map(Person::email),
        };
        if right.as_ref() != Some(&mail.to) {
            wrong.push(format!("mail {} went to {}", mail.name, mail.to));
        }
    }
    for (name, times) in times {
        record.counts.duplicates += times - 1;
        let may = record.excused(name);
        if times - 1 > may {
            wrong.push(format!(
                "mail {name} came {times} times, and {may} of them may be a crash's, a lost answer's or a restore's"
            ));
        }
    }
    wrong
}

/// Checks that every citizen who gave an address has the receipt by mail, or that the table says why not.
async fn lost_receipts(world: &World, instance: &Instance, stored: &[Stored]) -> Vec<String> {
    let mut wrong = Vec::new();
    for stored in stored.iter().filter(|stored| stored.has_email && !stored.is_withdrawn) {
        let name = format!("{}.borger", stored.reference);
        let (arrives, is_forgotten) = {
            let record = world.record.lock();
            let is_it = |mail: &Mail| mail.name == name;
            let last = record.taken.iter().rposition(is_it);
            let arrives = record.taken.iter().any(|mail| is_it(mail) && mail.arrives());
            (arrives, last.is_some_and(|last| last < record.notifications_forgotten))
        };
        // A bounced receipt is reported once: a restore forgets that, and no other table has it.
        if arrives || is_forgotten {
            continue;
        }
        let task = Task::Mail(stored.id.clone(), Recipient::Citizen);
        let state = instance.service.store().task(&task).await.expect("nothing fails any more");
        let why = ["withheld_at", "parked_at", "bounced_at", "rejected_at"];
        if !state.is_some_and(|state| state.is_given_up() || why.iter().any(|why| state.has(why))) {
            wrong.push(format!("not delivered: {name}, and the table does not say why"));
        }
    }
    wrong
}

/// Checks that the series of each mailbox (kreds and form) has no gaps or duplicates in any year.
async fn wrong_numbers(instance: &Instance, stored: &[Stored]) -> Vec<String> {
    let mut series: BTreeMap<(String, &str, i16), Vec<u32>> = BTreeMap::new();
    for stored in stored {
        for recipient in [Recipient::Kreds, Recipient::Forwarded] {
            let task = Task::Mail(stored.id.clone(), recipient);
            let state = instance.service.store().task(&task).await.expect("nothing fails any more");
            if let Some((serial, kreds)) = state.and_then(|state| Some((state.serial?, state.kreds))) {
                series.entry((kreds.to_string(), &stored.form, serial.year)).or_default().push(serial.number);
            }
        }
    }
    // A request that is withdrawn while its mail is on its way takes that mail's number with it.
    let may_lack = stored.iter().filter(|stored| stored.is_withdrawn).count();
    let mut wrong = Vec::new();
    for (mailbox, mut numbers) in series {
        numbers.sort_unstable();
        let last = numbers.last().map_or(0, |last| *last as usize);
        let is_each_once = numbers.windows(2).all(|pair| pair[0] < pair[1]);
        if may_lack > 0 && is_each_once && last <= numbers.len() + may_lack {
            continue;
        }
        if !numbers.iter().copied().zip(1..).all(|(number, expected)| number == expected) {
            wrong.push(format!("the numbers of {mailbox:?} are {numbers:?}"));
        }
    }
    wrong
}

pub(crate) fn is_digest(name: &str) -> bool {
    name.starts_with("dagens.")
}

/// Returns true if a mail about a request waits to be sent. Only here and below, the harness knows the table's names.
pub(crate) fn is_owed(database: &Database) -> bool {
    queues(database, TABLE).iter().any(|queue| queue == "#cases" || PLACES.iter().any(|place| place.kreds == *queue))
}

/// Returns true if a mail went out that the mail service has not reported on.
pub(crate) fn is_sent(database: &Database) -> bool {
    queues(database, TABLE).iter().any(|queue| queue == "#sent")
}

/// Returns true if something was left to a human.
pub(crate) fn is_parked(database: &Database) -> bool {
    queues(database, TABLE).iter().any(|queue| queue == "#parked")
}

/// Returns all stored requests, oldest first. Only the receipts of `people` say whose a withdrawn one was.
pub(crate) async fn stored(database: &Database, instance: &Instance, people: &[Person]) -> Vec<Stored> {
    let (store, now) = (instance.service.store(), instance.service.now());
    let mut all = Vec::new();
    for item in places(database, TABLE) {
        let id = item["pk"]["S"].as_str().and_then(|pk| pk.strip_prefix("SUBMISSION#"));
        let Some(id) = id.filter(|_| item["sk"]["S"] == "submission") else { continue };
        let id = SubmissionId::parse(id).unwrap();
        let file = store.case(&id, now).await.expect("nothing fails any more");
        let file = file.expect("it is in the table, and its time is not up");
        let found = store.submission(&id, now).await.expect("nothing fails any more");
        let is_withdrawn = file.case.withdrawn().is_some();
        assert_eq!(found.is_none(), is_withdrawn, "it has answers until it is withdrawn");
        let has_receipt = |person: &&Person| person.receipts.iter().any(|receipt| receipt == id.as_str());
        let (name, has_email) = match (&found, people.iter().find(has_receipt)) {
            (Some(found), _) => (found.answers.contact.name.reveal().clone(), found.answers.contact.email.is_some()),
            (None, person) => {
                let person = person.expect("who withdraws a request has its receipt");
                (person.name(), person.citizen.has_email)
            }
        };
        all.push(Stored {
            reference: file.receipt.reference.to_string(),
            kreds: file.receipt.kreds.to_string(),
            form: file.receipt.form.to_string(),
            name,
            has_email,
            received: file.receipt.received.as_second(),
            is_withdrawn,
            id,
        });
    }
    all.sort_by_key(|stored| stored.received);
    all
}
