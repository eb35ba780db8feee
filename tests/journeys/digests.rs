//! The daily digest: each morning to each mailbox, even of an empty day, and no day is skipped.

use crate::journeys::filled;
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::post_office::{Posted, for_now};
use function::alarm::Alarm;
use function::mailer::Handover;
use function::store::Task;
use function::store::digests::due;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use model::deadline::{danish_day, denmark};
use model::names::FormId;
use std::collections::BTreeSet;

/// Waits until some minutes after a day's digest is due, or before if negative.
fn wait_until_due(lab: &Lab, day: Date, minutes: i64) {
    lab.service.wait_until(due(day) + SignedDuration::from_mins(minutes));
}

fn of(day: Date, digests: &[Posted]) -> Vec<Posted> {
    digests.iter().filter(|mail| mail.name.contains(&format!(".{day}."))).cloned().collect()
}

#[test]
fn each_mailbox_gets_a_digest_at_six_danish_time_even_for_an_empty_day() {
    let lab = Lab::start();
    lab.sweep();
    let today = danish_day(lab.service.now());
    let six = due(today).to_zoned(denmark());
    assert_eq!((six.date(), six.hour(), six.minute()), (today.tomorrow().unwrap(), 6, 0));
    wait_until_due(&lab, today, -1);
    assert_eq!(lab.sweep().digests, 0, "not at a minute before");
    wait_until_due(&lab, today, 0);
    assert_eq!(lab.sweep().digests, 24);
    let digests = lab.post.digests();
    let mailboxes: BTreeSet<&str> = digests.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(mailboxes.len(), 24, "12 kredse with two mailboxes each");
    for digest in &digests {
        assert!(
            digest.mail().text.contains("Der er ikke kommet nogen bestillinger til denne postkasse den dag."),
            "{}",
            digest.mail().text
        );
    }
    wait_until_due(&lab, today, 60);
    assert_eq!(lab.sweep().digests, 0, "once");
}

#[test]
fn a_digest_has_first_and_last_number_every_state_and_held_requests() {
    let lab = Lab::start();
    let form = filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let today = danish_day(lab.service.now());
    let send = |street: &str, trap: &str| {
        let id = lab.send("192.0.2.1", &form.clone().set("vej", street).set("hjemmeside", trap)).id();
        lab.service.run(lab.function.store().receipt(&id, lab.service.now())).unwrap().unwrap().reference.to_string()
    };
    let [first, second] = ["Første vej", "Anden vej"].map(|street| send(street, ""));
    lab.sweep();
    let held = send("Fælden", "http://spam.example");
    lab.post.set(|mail| if mail.is_digest() { Ok(Handover::Final) } else { for_now() });
    let third = send("Tredje vej", "");
    lab.sweep();
    wait_until_due(&lab, today, 1);
    lab.sweep();
    // The other mailbox of the kreds should have none of them.
    let digests = lab.post.digests();
    let other = digests.iter().find(|mail| mail.to == "betjent@oestjylland.politi.example").unwrap().mail().text;
    assert!(other.contains("Der er ikke kommet nogen bestillinger til denne postkasse den dag."), "{other}");
    assert!(!other.contains(&first) && !other.contains(&held) && !other.contains("OBS"), "{other}");
    {
        let text = digests.iter().find(|mail| mail.to == "faerdsel@oestjylland.politi.example").unwrap().mail().text;
        let year = today.year();
        assert!(text.contains("Der er kommet 3 bestillinger til denne postkasse den dag."), "{text}");
        assert!(
            text.contains(&format!("Første løbenummer: nr. 1 i {year}\nSidste løbenummer: nr. 3 i {year}")),
            "{text}"
        );
        let line =
            |reference: &str| text.lines().find(|line| line.contains(reference) && line.contains("kl.")).unwrap();
        for (reference, state) in
            [(&first, "sendt"), (&second, "sendt"), (&third, "venter på at blive sendt"), (&held, "tilbageholdt")]
        {
            assert!(line(reference).ends_with(state), "{text}");
        }
        assert!(text.contains(&format!("Tilbageholdt i alt 1: {held}\n")), "{text}");
    }
    // Another kreds's digest does not name them.
    let other = lab.post.digests().into_iter().find(|mail| mail.to == "faerdsel@fyn.politi.example").unwrap();
    assert!(!other.mail().text.contains(&first), "{}", other.mail().text);
}

#[test]
fn a_failed_digest_raises_an_alarm_after_two_hours_and_goes_out_later() {
    let lab = Lab::start();
    lab.sweep();
    let today = danish_day(lab.service.now());
    lab.post.set(|mail| if mail.to == "faerdsel@fyn.politi.example" { for_now() } else { Ok(Handover::Final) });
    wait_until_due(&lab, today, 0);
    assert_eq!(lab.sweep().digests, 23);
    wait_until_due(&lab, today, 119);
    assert!(lab.sweep().alarms.is_empty());
    wait_until_due(&lab, today, 121);
    assert_eq!(lab.sweep().alarms, [(Alarm::DigestLate, kreds("fyn"))]);
    lab.post.set(|_| Ok(Handover::Final));
    lab.wait(SignedDuration::from_hours(4));
    assert_eq!(lab.sweep().digests, 1);
    assert!(lab.sweep().alarms.is_empty());
}

#[test]
fn after_a_pause_of_three_days_each_day_has_exactly_one_digest() {
    let lab = Lab::start();
    lab.sweep();
    let today = danish_day(lab.service.now());
    let day = |days: i32| today.saturating_add(days.days());
    // The schedule does not run meanwhile.
    wait_until_due(&lab, day(3), 1);
    let first = lab.sweep();
    assert!(first.alarms.iter().any(|(alarm, _)| *alarm == Alarm::DigestLate), "with an alarm: {first:?}");
    while lab.sweep().digests > 0 {}
    let digests = lab.post.digests();
    for days in 0..=3 {
        let of_day = of(day(days), &digests);
        assert_eq!(of_day.len(), 24, "{}", day(days));
        assert_eq!(of_day.iter().map(|mail| &mail.to).collect::<BTreeSet<_>>().len(), 24);
    }
    assert_eq!(digests.len(), 96);
    assert!(lab.sweep().alarms.is_empty());
}

#[test]
fn a_digest_requested_by_an_operator_is_late_only_after_two_hours() {
    let lab = Lab::start();
    lab.sweep();
    let (fyn, form) = (kreds("fyn"), FormId::parse("bestil-en-betjent").unwrap());
    let (store, day) = (lab.function.store(), danish_day(lab.service.now()).saturating_sub(3.days()));
    let task = Task::Digest(fyn.clone(), day, form.clone());
    // First one that was never planned, then one that went out and is requested again.
    for is_again in [false, true] {
        lab.post.set(|_| for_now());
        let now = lab.service.now();
        assert!(
            lab.service
                .run(async {
                    if is_again {
                        store.redeliver(&task, &fyn, true, now).await
                    } else {
                        store.plan_digest(&fyn, day, &form, now).await
                    }
                })
                .unwrap()
        );
        let quiet = |swept: function::outbox::Sweep| assert_eq!(swept.alarms, [], "{is_again}");
        quiet(lab.sweep());
        lab.wait(SignedDuration::from_mins(119));
        quiet(lab.sweep());
        lab.wait(SignedDuration::from_mins(2));
        assert_eq!(lab.sweep().alarms, [(Alarm::DigestLate, fyn.clone())], "{is_again}");
        lab.post.set(|_| Ok(Handover::Final));
        lab.wait(SignedDuration::from_hours(1));
        assert_eq!(lab.sweep().digests, 1);
        quiet(lab.sweep());
    }
}
