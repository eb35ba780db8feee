//! Notices that a call is owed, checked in the end: none about a call that was made, none missing, none queued in vain.

use crate::failures::instance::Instance;
use crate::failures::judge::{Stored, is_owed};
use crate::failures::officer::{has_arrived, is_forgotten};
use crate::failures::schedule::Action;
use crate::failures::story::StoryEvent;
use crate::failures::world::{ROUNDS, World};
use function::store::{OwedCall, Queue, Task};
use jiff::Timestamp;
use model::case::Case;
use model::notice::{Holder, Notice, Timetable};
use model::working_time::working_time_from;

/// Tolerance for clocks: they go back by two minutes, and a run may stall for longer between reading and sending.
const CLOCKS: i64 = 600;

impl World {
    /// Lets time pass. Within a day, the mail service sends all its notifications: nobody waits longer for that of a
    /// bounced receipt.
    pub(crate) async fn wait(&mut self, seconds: i64) {
        if self.is_long && seconds > 80_000 {
            self.notify_all().await;
        }
        self.record.lock().now += seconds;
    }

    /// Runs the schedule of a long world until everybody is notified of each call that is still owed.
    pub(crate) async fn outlast(&mut self, stored: &[Stored], instance: &Instance) {
        if !self.is_long {
            return;
        }
        let mut last = self.record.lock().now;
        for stored in stored {
            if let Some(call) = call(instance, stored).await {
                let timetable = Timetable::new(call.receipt.received, call.receipt.promise.due());
                last = last.max(timetable.question.as_second());
            }
        }
        // In working hours, whenever the last step ended.
        let last = jiff::Timestamp::from_second(last).unwrap();
        self.record.lock().now = working_time_from(last).as_second() + 5;
        // The last opening of a day is over when the next hour begins.
        for wait in [0, 70, 70, 3_610, 70, 70].into_iter().chain(ROUNDS) {
            {
                let mut record = self.record.lock();
                record.now += wait;
                // A reminder that bounced at night is owed again in working hours, when a real schedule would run.
                if wait > 3_610 {
                    let opening = working_time_from(jiff::Timestamp::from_second(record.now).unwrap());
                    record.now = record.now.max(opening.as_second() + 5);
                }
            }
            self.calm(Action::Sweep).await;
            self.notify_all().await;
            if wait > 3_610 && !is_owed(&self.database) {
                break;
            }
        }
    }
}

/// Returns a request and its case, if it is stored.
pub(crate) async fn call(instance: &Instance, stored: &Stored) -> Option<OwedCall> {
    let found = instance.service.store().owed_call(&stored.id, instance.service.now()).await;
    found.expect("nothing fails any more")
}

/// Finds errors in the notices, except duplicates, which are checked with all other mails.
pub(crate) async fn wrong_notices(world: &World, instance: &Instance, stored: &[Stored]) -> Vec<String> {
    let mut wrong = Vec::new();
    for stored in stored {
        let Some(call) = call(instance, stored).await else { continue };
        wrong.extend(needless_notices(world, stored, &call.case));
        if world.is_long {
            wrong.extend(missing(world, instance, stored, &call).await);
            wrong.extend(wrong_call_queue(instance, stored, &call.case).await);
        }
    }
    wrong
}

/// Finds notices that went out long after a call was made, or to a kreds that had forwarded the request.
fn needless_notices(world: &World, stored: &Stored, case: &Case) -> Vec<String> {
    let record = world.record.lock();
    let mut wrong = Vec::new();
    for line in &record.lines {
        let StoryEvent::Mail(name, true, _) = &line.event else { continue };
        let notice = name.split_once('.').filter(|(reference, _)| *reference == stored.reference);
        let Some(notice) = notice.and_then(|(_, kind)| Notice::parse(kind)) else { continue };
        let then = Timestamp::from_second(line.now - CLOCKS).unwrap();
        let known = Case::new(case.events().iter().filter(|event| event.at <= then).cloned()).visible_to_citizen(then);
        let is_elsewhere = known.forwarded().is_some() && notice.holder() == Some(Holder::First);
        if (!known.owes_call() || is_elsewhere) && !record.is_forgotten(name) {
            wrong.push(format!("mail {name} went out at {} of a call that was not owed", line.now));
        }
    }
    wrong
}

/// Finds notices that are missing for a call that is overdue by more than a working day.
async fn missing(world: &World, instance: &Instance, stored: &Stored, call: &OwedCall) -> Vec<String> {
    if !call.case.owes_call() {
        return Vec::new();
    }
    let holder = if call.case.forwarded().is_some() { Holder::Forwarded } else { Holder::First };
    let mut wrong = Vec::new();
    // A dead mailbox gets no reminder: the request's own mail already waits for a human.
    let first = if holder == Holder::First { "kreds" } else { "videre" };
    let first = format!("{}.{first}", stored.reference);
    let is_dead = !has_arrived(world, |mail| mail.name == first);
    for notice in [Notice::Reminder(holder), Notice::Overdue(holder), Notice::Question] {
        let name = format!("{}.{}", stored.reference, notice.as_str());
        let is_nobodys = match notice {
            Notice::Reminder(_) => is_dead,
            Notice::Overdue(_) => false,
            Notice::Question => !stored.has_email,
        };
        if is_nobodys || has_arrived(world, |mail| mail.name == name) || is_forgotten(world, &name) {
            continue;
        }
        let state = instance.service.store().task(&Task::Notice(stored.id.clone(), notice)).await;
        let state = state.expect("nothing fails any more");
        let why = ["withheld_at", "parked_at", "bounced_at", "rejected_at"];
        if !state.is_some_and(|state| why.iter().any(|why| state.has(why))) {
            wrong.push(format!("not delivered: {name}, and the table does not say why"));
        }
    }
    wrong
}

/// Checks that a call is queued if it is owed, and only then.
async fn wrong_call_queue(instance: &Instance, stored: &Stored, case: &Case) -> Option<String> {
    let mut queues = Vec::new();
    for holder in Holder::ALL {
        let state = instance.service.store().task(&Task::Call(stored.id.clone(), holder)).await;
        let queue = state.expect("nothing fails any more").and_then(|state| Some((state.kreds, state.queue?)));
        queues.extend(queue);
    }
    let kreds = instance.service.store().case(&stored.id, instance.service.now()).await;
    let kreds = kreds.expect("nothing fails any more")?;
    let kreds = kreds.case.kreds(&kreds.receipt.kreds).clone();
    let overdue = (kreds.clone(), Queue::Overdue(kreds).to_string());
    let expected = if case.owes_call() { vec![overdue] } else { Vec::new() };
    (queues != expected).then(|| format!("the call of {} stands in {queues:?}, not in {expected:?}", stored.reference))
}
