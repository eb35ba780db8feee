//! Held requests have deadlines: an alarm after some hours, mail to the kreds after a day, deletion at day 90.

use crate::journeys::filled::{call, open, open_in};
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::recorder::Recorder;
use crate::journeys::visitor::FormOnPage;
use jiff::{SignedDuration, Timestamp, ToSpan};
use model::deadline::{danish_day, denmark};
use model::holidays::working_day_from;
use model::names::SubmissionId;

const POLICE: &str = "betjent@oestjylland.politi.example";

fn form(lab: &Lab) -> FormOnPage {
    call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus")
}

fn trapped(lab: &Lab, street: &str) -> SubmissionId {
    lab.send("192.0.2.1", &form(lab).set("vej", street).set("hjemmeside", "http://spam.example")).id()
}

/// Waits until this hour of the next working day in Denmark.
fn wait_until_working_day(lab: &Lab, hour: i8) {
    let day = working_day_from(danish_day(lab.service.now()).saturating_add(1.day()));
    lab.service.wait_until(day.at(hour, 0, 0, 0).to_zoned(denmark()).unwrap().timestamp());
}

fn held(lab: &Lab) -> usize {
    lab.service.run(lab.function.store().held(&kreds("oestjylland"))).unwrap().len()
}

#[test]
fn a_held_request_raises_an_alarm_in_every_run_after_four_working_hours() {
    let lab = Lab::start();
    wait_until_working_day(&lab, 9);
    let id = trapped(&lab, "Parken");
    let alarms = || {
        let recorder = Recorder::default();
        recorder.during(|| lab.sweep());
        recorder.alarms()
    };
    assert!(alarms().is_empty());
    lab.wait(SignedDuration::from_mins(239));
    assert!(alarms().is_empty());
    lab.wait(SignedDuration::from_mins(2));
    for _ in 0..3 {
        assert_eq!(alarms(), ["held"], "in every run while it is held");
        lab.wait(SignedDuration::from_mins(1));
    }
    lab.service.run(async {
        let store = lab.function.store();
        store.release(&id, &kreds("oestjylland"), function::store::Released::Seen, lab.service.now()).await.unwrap();
    });
    assert!(alarms().is_empty(), "it ends when nothing is held");
}

#[test]
fn a_held_request_is_mailed_complete_after_a_day_with_the_reason() {
    let lab = Lab::start();
    lab.send("192.0.2.1", &form(&lab).set("vej", "Skoven")).id();
    lab.sweep();
    lab.wait(SignedDuration::from_hours(2));
    let id = trapped(&lab, "Parken");
    lab.wait(SignedDuration::from_hours(24) - SignedDuration::from_mins(1));
    assert_eq!((lab.sweep().sent, held(&lab)), (0, 1));
    lab.wait(SignedDuration::from_mins(2));
    lab.sweep();
    lab.wait(SignedDuration::from_mins(1));
    lab.sweep();
    assert_eq!(held(&lab), 0);
    assert_eq!(lab.names_to("aase@eksempel.example").len(), 2, "the citizen's receipt has waited with it");
    let mails: Vec<_> = lab.post.mails().into_iter().filter(|mail| mail.to == POLICE).map(|mail| mail.mail()).collect();
    let [ordinary, marked] = mails.try_into().unwrap_or_else(|_| panic!("two mails to the police"));
    assert!(marked.subject.starts_with("Ser maskinudfyldt ud · Bestil en betjent · "), "{}", marked.subject);
    assert!(!ordinary.subject.contains("maskinudfyldt") && !ordinary.text.contains("maskinudfyldt"));
    let first = marked.text.lines().next().unwrap();
    assert!(first.starts_with("OBS: Ser maskinudfyldt ud: ") && first.contains("skjult felt"), "{first}");
    for said in ["Er det spam, skal I ikke gøre noget.", "Ellers ring som sædvanlig."] {
        assert!(marked.text.contains(said) && marked.html.contains(said), "{said}: {}", marked.text);
    }
    assert!(marked.html.contains("Ser maskinudfyldt ud: "), "{}", marked.html);
    // It says everything that the ordinary mail says, except for lines with their own values.
    let receipt = lab.service.run(lab.function.store().receipt(&id, lab.service.now())).unwrap().unwrap();
    for line in ordinary.text.lines() {
        let own = ["Reference", "Sig først", "Løbenummer", "Modtaget", "Frist", "http"];
        if let Some(label) = own.iter().find(|label| line.starts_with(**label)) {
            assert!(marked.text.lines().any(|line| line.starts_with(label)), "{label}: {}", marked.text);
        } else {
            assert!(marked.text.contains(&line.replace("Skoven", "Parken")), "{line}: {}", marked.text);
        }
    }
    assert!(marked.text.contains(receipt.reference.as_str()) && marked.text.contains(&receipt.code_words.said()));
}

#[test]
fn the_receipt_of_a_held_request_says_that_a_human_looks_first() {
    let lab = Lab::start();
    for (prefix, says, received_by) in [
        ("", "Et menneske kigger", "har modtaget din bestilling"),
        ("/en", "A human looks", "has received your request"),
    ] {
        let form = call(open_in(&lab.service.visitor(), prefix, "oestjylland", "bestil-en-betjent"));
        let form = form.set("postnr", "Aarhus").set("vej", &format!("Vej{prefix}"));
        let ordinary = lab.send("192.0.2.1", &form).id();
        let held = lab.send("192.0.2.1", &form.set("hjemmeside", "x").set("vej", &format!("Parken{prefix}"))).id();
        let page = |id: &SubmissionId| lab.get(&format!("/kvittering/{id}")).text();
        assert!(page(&ordinary).contains(received_by) && !page(&ordinary).contains(says), "{}", page(&ordinary));
        assert!(page(&held).contains(says) && !page(&held).contains(received_by), "{}", page(&held));
        let receipt = lab.service.run(lab.function.store().receipt(&held, lab.service.now())).unwrap().unwrap();
        let catalog = lab.service.run(lab.function.catalog()).unwrap();
        let deadline = catalog.atlas().kreds(&kreds("oestjylland")).unwrap().deadline;
        assert_eq!(receipt.promise, deadline.promise(receipt.received + SignedDuration::from_hours(24)));
    }
}

#[test]
fn a_form_that_lacks_fields_is_held_but_one_of_the_last_release_is_not() {
    let lab = Lab::start();
    let before = std::fs::read_to_string("previous/bestil-en-betjent.html").unwrap();
    for (number, field) in ["hjemmeside", "udfyldt_ms", "udgave"].into_iter().enumerate() {
        let mut form = form(&lab).set("vej", &format!("Vej {}", ["A", "B", "C"][number]));
        form.values.retain(|(name, _)| name != field);
        assert!(before.contains(&format!("name=\"{field}\"")), "the pages of the release before send {field}");
        lab.send("192.0.2.1", &form).id();
        assert_eq!(held(&lab), number + 1, "{field}");
    }
    let visitor = lab.service.visitor();
    let page = crate::journeys::visitor::Page::kept(&visitor, "/fyn/bestil-en-betjent/formular/", before);
    lab.send("192.0.2.1", &call(page.form()).set("postnr", "Aarhus")).id();
    assert_eq!(held(&lab), 3);
    assert!(open(&visitor, "fyn", "bestil-en-betjent").value("udfyldt_ms") == Some(""), "no script has run");
}

#[test]
fn browsers_and_password_managers_cannot_fill_in_the_honeypot() {
    let lab = Lab::start();
    for path in ["/fyn/bestil-en-betjent/formular/", "/en/fyn/bestil-en-faerdselskontrol/formular/"] {
        let page = lab.service.visitor().open(path);
        assert!(page.has("input#hjemmeside[type='text'][readonly][autocomplete='off'][tabindex='-1'][value='']"));
    }
}

/// Returns the time some days after a request was received.
fn days(lab: &Lab, id: &SubmissionId, days: i64) -> Timestamp {
    let receipt = lab.service.run(lab.function.store().receipt(id, Timestamp::MIN)).unwrap().unwrap();
    receipt.received + SignedDuration::from_hours(24 * days)
}

#[test]
fn at_day_90_answers_are_deleted_after_a_week_of_daily_alarms() {
    let lab = Lab::start();
    lab.post.set(|mail| match mail.name.ends_with(".borger") {
        true => Ok(function::mailer::Handover::Final),
        false => crate::journeys::post_office::for_good(),
    });
    let undelivered = lab.send("192.0.2.1", &form(&lab)).id();
    let (end, reference) = (days(&lab, &undelivered, 90), {
        let receipt = lab.service.run(lab.function.store().receipt(&undelivered, lab.service.now())).unwrap().unwrap();
        receipt.reference.to_string()
    });
    let alarms = || {
        let recorder = Recorder::default();
        recorder.during(|| lab.sweep());
        recorder.alarms()
    };
    let wait_until = |then: Timestamp| lab.wait_without_digests(then.duration_since(lab.service.now()));
    for day in 83..90 {
        // One minute later each day, since a day between alarms is measured exactly.
        wait_until(days(&lab, &undelivered, day) + SignedDuration::from_mins(day - 80));
        assert!(alarms().contains(&"undelivered".to_owned()), "day {day}");
    }
    wait_until(end - SignedDuration::from_secs(61));
    assert!(!alarms().contains(&"erased-undelivered".to_owned()));
    wait_until(end + SignedDuration::from_secs(5));
    assert!(alarms().contains(&"erased-undelivered".to_owned()));
    let [items, keys] = crate::journeys::dump::tables(&lab);
    assert!(crate::journeys::dump::that_name(&items, &[undelivered.as_str()]).iter().all(|item| {
        ["SAME", "MAILED"].iter().any(|kind| crate::journeys::dump::text(item, "pk").starts_with(kind))
    }));
    let answers_key = |item: &&_| crate::journeys::dump::text(item, "pk").starts_with("KEY#");
    assert_eq!(keys.iter().filter(answers_key).count(), 0, "no key opens a backup");
    let month = danish_day(lab.service.now()).strftime("%Y-%m").to_string();
    let audit = lab.service.run(lab.function.store().audit_of(&month)).unwrap();
    assert!(audit.iter().any(|line| line.about == reference && line.what == "erased undelivered"), "{audit:?}");
}
