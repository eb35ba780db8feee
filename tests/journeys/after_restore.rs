//! After a point-in-time restore of the main table: no ghosts, no number or mail twice, and losses are reported.

mod lost;
mod unsettled;

use crate::journeys::backup::Backup;
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::operator_tool::{json, operator};
use crate::journeys::post_office::for_now;
use crate::journeys::recorder::Recorder;
use crate::journeys::visitor::FormOnPage;
use crate::journeys::{dump, filled};
use function::mailer::{Handover, NotSent};
use function::outbox::RETRIES;
use function::store::Recipient;
use function::store::digests::due;
use jiff::SignedDuration;
use model::deadline::danish_day;
use model::names::SubmissionId;

fn traffic(lab: &Lab, street: &str) -> FormOnPage {
    let form = filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol"));
    form.set("kommune", "0751").set("vej", street)
}

fn send(lab: &Lab, street: &str) -> SubmissionId {
    lab.send("192.0.2.1", &traffic(lab, street)).id()
}

fn reference(lab: &Lab, id: &SubmissionId) -> String {
    lab.service.run(lab.function.store().receipt(id, lab.service.now())).unwrap().unwrap().reference.to_string()
}

/// Waits a minute, and runs the schedule.
fn next_run(lab: &Lab) -> function::outbox::Sweep {
    lab.wait(SignedDuration::from_secs(61));
    lab.sweep()
}

/// Returns the texts of all mails tried for a request, oldest first.
fn tried(lab: &Lab, reference: &str) -> Vec<String> {
    let about = lab.post.tried().into_iter().filter(|mail| mail.name.starts_with(reference));
    about.map(|mail| mail.mail().text).collect()
}

#[test]
fn requests_erased_since_the_backup_are_never_mailed_shown_or_counted() {
    let lab = Lab::start();
    let delivered = send(&lab, "Leveret");
    lab.sweep();
    lab.post.set(|mail| if mail.is_digest() { Ok(Handover::Final) } else { for_now() });
    let parked = send(&lab, "Parkeret");
    for wait in RETRIES {
        lab.sweep();
        lab.wait(wait);
    }
    lab.sweep();
    lab.post.set(|mail| Ok(if mail.is_digest() { Handover::Final } else { Handover::AwaitingReport }));
    let sent = send(&lab, "Sendt");
    lab.sweep();
    let held = lab.send("192.0.2.1", &traffic(&lab, "Holdt").set("hjemmeside", "http://spam.example")).id();
    let owed = send(&lab, "Skyldig");
    let ids = [delivered, parked, sent, held, owed];
    let references: Vec<String> = ids.iter().map(|id| reference(&lab, id)).collect();
    let backup = Backup::of(&lab);
    next_run(&lab);
    for id in &ids {
        assert!(lab.service.run(lab.function.erase(id, "anna")).unwrap().is_some());
    }
    next_run(&lab);
    backup.restore(&lab);

    // Even before the first run, nobody sees them.
    for id in &ids {
        assert_eq!(lab.get(&format!("/kvittering/{id}")).status, 404);
    }
    assert_eq!(operator(&lab.service, &["owed"]).out.trim(), "Nothing is owed.");
    assert_eq!(operator(&lab.service, &["held"]).out.trim(), "Nothing is held.");
    for reference in &references {
        assert_eq!(operator(&lab.service, &["show", reference]).code, 4);
        assert_eq!(operator(&lab.service, &["explain", reference]).code, 4);
    }

    lab.post.set(|_| Ok(Handover::Final));
    let tried = || lab.post.tried().iter().filter(|mail| !mail.is_digest()).count();
    let (tried_before, measured_before, digests_before) =
        (tried(), lab.metrics.lines().len(), lab.post.digests().len());
    let recorder = Recorder::default();
    recorder.during(|| {
        assert!(next_run(&lab).alarms.is_empty());
        // Before seven in the morning, yesterday's digest is the next.
        let (now, today) = (lab.service.now(), danish_day(lab.service.now()));
        let next = [today.yesterday().unwrap(), today].map(due).into_iter().find(|due| *due > now).unwrap();
        lab.wait(next.duration_since(now) + SignedDuration::from_mins(5));
        for _ in 0..2 {
            assert!(next_run(&lab).alarms.is_empty());
            lab.wait(SignedDuration::from_hours(24));
        }
    });
    assert_eq!(recorder.alarms(), [""; 0]);
    assert_eq!(tried(), tried_before, "nothing is mailed");
    for line in &lab.metrics.lines()[measured_before..] {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        for name in ["owed", "parked"] {
            assert!(line.get(name).is_none_or(|count| *count == 0), "{line}");
        }
    }
    let digests = &lab.post.digests()[digests_before..];
    assert!(digests.len() >= 24);
    for digest in digests {
        let text = digest.mail().text;
        assert!(references.iter().all(|reference| !text.contains(reference)), "{text}");
        assert!(!text.contains("er endnu ikke sendt til jer"), "{text}");
    }
    let lines: Vec<_> = recorder.lines().into_iter().filter(|line| line.text.contains("ghosts=")).collect();
    assert!(
        lines.len() == 1 && lines[0].text.contains("ghosts=5"),
        "{:?}",
        lines.iter().map(|line| &line.text).collect::<Vec<_>>()
    );
    let [items, keys] = dump::tables(&lab);
    for item in dump::that_name(&items, &ids.iter().map(SubmissionId::as_str).collect::<Vec<_>>()) {
        assert!(dump::text(item, "pk").starts_with("SAME#"), "{}", dump::text(item, "pk"));
    }
    assert!(keys.iter().all(|item| !dump::text(item, "pk").starts_with("KEY#")));
}

#[test]
fn answers_erased_since_the_backup_can_be_sent_again() {
    let lab = Lab::start();
    let before = send(&lab, "Vejen");
    let backup = Backup::of(&lab);
    lab.service.run(lab.function.erase(&before, "anna")).unwrap();
    backup.restore(&lab);
    let again = send(&lab, "Vejen");
    assert_ne!(before, again);
    assert_eq!(lab.get(&format!("/kvittering/{again}")).status, 200);
    // No run came in between, so none has noticed the restore.
    let swept = next_run(&lab);
    assert_eq!((swept.sent, swept.ghosts, swept.put_off), (1, 1, 0));
}

#[test]
fn no_number_is_given_twice_and_the_digest_names_the_lost_ones() {
    let lab = Lab::start();
    let numbers = || {
        let number =
            |text: String| text.split("Løbenummer: nr. ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        lab.post.mails().into_iter().map(|mail| number(mail.mail().text)).collect::<Vec<_>>()
    };
    send(&lab, "Et");
    send(&lab, "To");
    lab.sweep();
    let backup = Backup::of(&lab);
    send(&lab, "Tre");
    send(&lab, "Fire");
    next_run(&lab);
    backup.restore(&lab);
    send(&lab, "Fem");
    next_run(&lab);
    send(&lab, "Seks");
    next_run(&lab);
    assert_eq!(numbers(), ["1", "2", "3", "4", "5", "6"]);
    lab.wait(due(danish_day(lab.service.now())).duration_since(lab.service.now()) + SignedDuration::from_mins(5));
    lab.sweep();
    let digest = lab.post.digests().into_iter().find(|mail| mail.to == "faerdsel@oestjylland.politi.example").unwrap();
    let text = digest.mail().words();
    assert!(text.contains("nr. 3-4 blev givet, før tjenesten blev gendannet fra en sikkerhedskopi"), "{text}");
    assert!(!text.contains("Hører til andre dage eller er slettet siden"), "{text}");
    let other = lab.post.digests().into_iter().find(|mail| mail.to == "faerdsel@fyn.politi.example").unwrap();
    assert!(!other.mail().text.contains("gendannet"), "{}", other.mail().text);
}

#[test]
fn a_series_begun_since_the_backup_continues_after_its_last_number() {
    let lab = Lab::start();
    lab.sweep();
    let backup = Backup::of(&lab);
    send(&lab, "Et");
    next_run(&lab);
    backup.restore(&lab);
    send(&lab, "To");
    next_run(&lab);
    assert!(lab.post.mails().last().unwrap().mail().text.contains("Løbenummer: nr. 2 i "));
    lab.wait(due(danish_day(lab.service.now())).duration_since(lab.service.now()) + SignedDuration::from_mins(5));
    lab.sweep();
    let digest = lab.post.digests().into_iter().find(|mail| mail.to == "faerdsel@oestjylland.politi.example").unwrap();
    let text = digest.mail().words();
    assert!(text.contains("nr. 1 blev givet, før tjenesten blev gendannet"), "{text}");
    assert!(!text.contains("sin egen række af løbenumre. Den begynder"), "{text}");
}

#[test]
fn mails_sent_since_the_backup_are_not_repeated_and_uncertain_ones_say_so() {
    let lab = Lab::start();
    lab.sweep();
    let (sure, perhaps, held) = (send(&lab, "Sikkert"), send(&lab, "Måske"), {
        lab.send("192.0.2.1", &traffic(&lab, "Holdt").set("hjemmeside", "http://spam.example")).id()
    });
    let [sure_reference, perhaps_reference, held_reference] = [&sure, &perhaps, &held].map(|id| reference(&lab, id));
    let backup = Backup::of(&lab);
    let unsure = perhaps_reference.clone();
    lab.post
        .set(move |mail| if mail.name.starts_with(&unsure) { Err(NotSent::perhaps("?")) } else { Ok(Handover::Final) });
    lab.service
        .run(lab.function.store().release(
            &held,
            &kreds("oestjylland"),
            function::store::Released::Seen,
            lab.service.now(),
        ))
        .unwrap();
    assert_eq!(next_run(&lab).sent, 2);
    let before = tried(&lab, &perhaps_reference);
    backup.restore(&lab);
    lab.post.set(|_| Ok(Handover::Final));
    assert_eq!(next_run(&lab).sent, 1);
    next_run(&lab);
    assert_eq!((tried(&lab, &sure_reference).len(), tried(&lab, &held_reference).len()), (1, 1), "they went out");
    let after = tried(&lab, &perhaps_reference);
    assert_eq!((before.len(), after.len()), (1, 2));
    let number = |text: &str| text.lines().find(|line| line.starts_with("Løbenummer:")).unwrap().to_owned();
    assert_eq!(number(&after[0]), number(&after[1]), "the number is the same");
    assert!(!before[0].contains("gendannet"), "{}", before[0]);
    assert!(after[1].starts_with("OBS: Denne mail kommer måske igen, fordi tjenesten er gendannet"), "{}", after[1]);
    let overview = lab.service.run(lab.function.store().overview(&sure, lab.service.now())).unwrap().unwrap();
    assert!(overview.expires.is_some(), "it is deleted on time");
    assert_eq!(json(&lab.service, &["show", &sure_reference])["state"], "sent");
    assert_eq!(operator(&lab.service, &["owed"]).out.trim(), "Nothing is owed.");
    assert_eq!(operator(&lab.service, &["held"]).out.trim(), "Nothing is held.");
}

#[test]
fn mails_refused_since_the_backup_are_owed_again_and_say_so() {
    let lab = Lab::start();
    let id = send(&lab, "Retur");
    assert_eq!(next_run(&lab).sent, 1);
    let backup = Backup::of(&lab);
    next_run(&lab);
    let store = lab.function.store();
    assert!(lab.service.run(store.pass_on(&id, Recipient::Kreds, &kreds("oestjylland"), lab.service.now())).unwrap());
    backup.restore(&lab);
    assert_eq!((next_run(&lab).sent, next_run(&lab).sent), (1, 0));
    let tried = tried(&lab, &reference(&lab, &id));
    assert!(tried.len() == 2 && tried[1].starts_with("OBS: Denne mail kommer måske igen"), "{tried:?}");
    let expires = || lab.service.run(store.overview(&id, lab.service.now())).unwrap().unwrap().expires;
    assert!(expires().is_some(), "and its time counts from now on");
}
