//! A day of tenfold load with one kreds's mailbox down for a quarter of it: who waits, and how often mail is tried.

use crate::failures::content::{Beginning, FORM, PLACES};
use crate::failures::instance::Instance;
use crate::failures::judge::{is_owed, is_parked};
use crate::failures::person::Person;
use crate::failures::post::Dead;
use crate::failures::record::Record;
use crate::failures::schedule::Citizen;
use crate::failures::story::StoryEvent;
use crate::shared::settings::TABLE;
use crate::shared::tries;
use dynoxide::Database;
use function::outbox::RETRIES;
use std::collections::BTreeMap;

/// Minutes between requests, which alternate between two kredse.
const BETWEEN: i64 = 5;

/// Sunday, 29 November 2026, in the morning: no digest is late.
const MORNING: i64 = 1_795_935_600;

#[test]
fn explored_a_mailbox_outage_delays_no_other_and_causes_no_retry_storm() {
    let minutes = i64::from(tries(480, 1440));
    let down = minutes / 4..minutes / 2;
    let (database, record) = (Database::memory().unwrap(), Record::new(1));
    Beginning::new().restore(&database);
    let instance = Instance::start(&database, &record, "day", 0);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let mut received = BTreeMap::new();
    // Long enough after the last request for every mail that the outage has put off.
    for minute in 0..minutes + 300 {
        let now = MORNING + minute * 60;
        {
            let mut inner = record.lock();
            inner.now = now;
            let dead = Dead { mailbox: PLACES[0].mailbox.clone(), for_good: false };
            inner.dead = if down.contains(&minute) { vec![dead] } else { Vec::new() };
        }
        instance.pin(now);
        if minute < minutes && minute % BETWEEN == 0 {
            let number = usize::try_from(minute / BETWEEN).unwrap();
            let person = Person::new(number, Citizen { place: number % 2, has_email: false });
            let answer =
                runtime.block_on(instance.service.handle(person.request(super::broken::Variant::Real))).unwrap();
            assert_eq!(answer.status(), 303);
            received.insert(number, minute);
        }
        let swept = runtime.block_on(instance.service.sweep()).unwrap();
        assert_eq!((swept.parked, swept.alarms.len()), (0, 0), "minute {minute}: {swept:?}");
    }
    assert!(!is_owed(&database) && !is_parked(&database), "everything is delivered");
    let inner = record.lock();
    let mut tries: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for line in &inner.lines {
        if let StoryEvent::Mail(name, ..) = &line.event
            && !name.starts_with("dagens.")
        {
            tries.entry(name).or_default().push((line.now - MORNING) / 60);
        }
    }
    assert_eq!(tries.len(), received.len(), "{FORM} in {TABLE}");
    // Each is tried in the run of its own minute, even to a mailbox that is down: no backlog delays it.
    let mut firsts: Vec<i64> = tries.values().map(|tries| tries[0]).collect();
    firsts.sort_unstable();
    assert_eq!(firsts, received.values().copied().collect::<Vec<_>>());
    let needed: usize = received.iter().map(|(number, minute)| needed(number % 2 == 0, *minute, &down)).sum();
    let made: usize = tries.values().map(Vec::len).sum();
    assert!(made * 10 <= needed * 11, "{made} calls of the mail server, {needed} needed");
}

/// Counts the attempts that a mail received in this minute needs, at the documented times.
fn needed(is_down: bool, minute: i64, down: &std::ops::Range<i64>) -> usize {
    let mut at = minute;
    for (tried, wait) in (1..).zip(RETRIES) {
        if !is_down || !down.contains(&at) {
            return tried;
        }
        at += wait.as_mins();
    }
    RETRIES.len() + 1
}
