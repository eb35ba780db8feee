//! Mail that fails for a while, for one request, or with an unknown outcome: nothing is lost or needlessly repeated.

use crate::journeys::filled;
use crate::journeys::lab::{Lab, assert_once, kreds};
use crate::journeys::post_office::for_now;
use crate::journeys::visitor::FormOnPage;
use function::alarm::Alarm;
use function::mailer::{Handover, NotSent};
use function::outbox::{RETRIES, UNSURE};
use jiff::SignedDuration;
use std::collections::BTreeSet;

fn traffic(lab: &Lab) -> FormOnPage {
    filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("kommune", "0751")
}

#[test]
fn two_hundred_requests_during_an_outage_are_mailed_once_each_after_it() {
    let lab = Lab::start();
    lab.post.set(|_| for_now());
    let catalog = lab.service.run(lab.function.catalog()).unwrap();
    let form = traffic(&lab);
    let kommuner: Vec<_> = catalog.atlas().kommuner().iter().cycle().take(200).collect();
    let ids: BTreeSet<String> = kommuner
        .iter()
        .enumerate()
        .map(|(number, kommune)| {
            let street = format!("Vej {}{}", char::from(b'a' + u8::try_from(number / 26).unwrap()), number % 26);
            let form = form.clone().set("kommune", &kommune.code.to_string()).set("vej", &street);
            lab.send("192.0.2.1", &form).id().to_string()
        })
        .collect();
    assert_eq!(ids.len(), 200);
    for wait in &RETRIES[..3] {
        assert_eq!(lab.sweep().sent, 0);
        lab.wait(*wait);
    }
    assert!(lab.post.mails().is_empty());
    lab.post.set(|_| Ok(Handover::Final));
    for _ in 0..4 {
        lab.wait(SignedDuration::from_mins(61));
        lab.sweep();
    }
    let names: Vec<String> = lab.post.mails().into_iter().map(|mail| mail.name).collect();
    assert_eq!(names.len(), 200);
    assert_once(&names);
    assert!(lab.service.run(lab.function.store().queue(&function::store::Queue::Parked)).unwrap().items.is_empty());
}

#[test]
fn a_mail_that_makes_the_program_panic_delays_no_other() {
    let lab = Lab::start();
    let form = traffic(&lab);
    for street in ["Første vej", "Den onde vej", "Tredje vej"] {
        lab.send("192.0.2.1", &form.clone().set("vej", street)).id();
    }
    lab.post.set(|mail| {
        assert!(!mail.mail().text.contains("Den onde vej"), "as a broken library would");
        Ok(Handover::Final)
    });
    let swept = lab.sweep();
    assert_eq!((swept.sent, swept.put_off), (2, 1));
    lab.wait(RETRIES[0]);
    assert_eq!((lab.sweep().put_off, lab.post.tried().len()), (1, 4));
    lab.wait(RETRIES[1]);
    // It may have gone out twice before it panicked, so a human must look.
    let parked = lab.sweep();
    assert_eq!((parked.parked, lab.post.tried().len()), (1, 4));
    assert_eq!(parked.alarms, [(Alarm::Parked, kreds("oestjylland"))]);
}

#[test]
fn a_mail_with_an_unknown_outcome_is_sent_twice_at_most_and_then_parked() {
    let lab = Lab::start();
    lab.send("192.0.2.1", &traffic(&lab)).id();
    lab.post.set(|_| Err(NotSent::perhaps("no answer")));
    let mut parked = 0;
    for wait in RETRIES {
        let swept = lab.sweep();
        parked += swept.parked;
        assert_eq!(parked > 0, swept.alarms.contains(&(Alarm::Parked, kreds("oestjylland"))), "every run says so");
        lab.wait(wait);
    }
    assert_eq!((parked, lab.post.mails().len()), (1, UNSURE as usize));
    let names: BTreeSet<String> = lab.post.mails().into_iter().map(|mail| mail.mail().message_id).collect();
    assert_eq!(names.len(), 1, "both have one name, by which they are seen as one");
}

#[test]
fn a_mail_accepted_after_an_unanswered_attempt_is_done() {
    let lab = Lab::start();
    lab.send("192.0.2.1", &traffic(&lab)).id();
    lab.post.set(|_| Err(NotSent::perhaps("no answer")));
    lab.sweep();
    lab.wait(RETRIES[0]);
    lab.post.set(|_| Ok(Handover::Final));
    assert_eq!(lab.sweep().sent, 1);
    lab.wait(SignedDuration::from_hours(48));
    let later = lab.sweep();
    assert_eq!((later.sent, later.parked, lab.post.mails().len()), (0, 0, 2));
}
