//! Receipts by mail: they pause before they can stop mail to the police, which goes only to police domains.

use crate::journeys::filled;
use crate::journeys::lab::Lab;
use crate::journeys::recorder::Recorder;
use crate::journeys::service::Service;
use crate::shared::sns::{Report, Topic};
use function::mailer::Handover;
use function::settings::PoliceDomains;
use jiff::SignedDuration;
use serde_json::json;

const FORM: &str = "bestil-en-betjent";

/// Sends a request with a unique address for the receipt.
fn send(lab: &Lab, number: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(number).unwrap());
    let form = filled::call(lab.open("oestjylland", FORM)).set("postnr", "Aarhus");
    let form = form.set("vej", &format!("Vej {letter}")).set("email", &format!("{letter}@eksempel.example"));
    lab.send("192.0.2.1", &form).id().to_string()
}

/// Counts the mails to the police, and those to citizens.
fn mails(lab: &Lab) -> (usize, usize) {
    let mails = lab.post.mails();
    let citizens = mails.iter().filter(|mail| mail.name.ends_with(".borger")).count();
    (mails.len() - citizens, citizens)
}

#[test]
fn an_alarm_about_receipts_pauses_them_for_a_day_but_not_police_mail() {
    let topic = Topic::start();
    let lab = Lab::with(Service::start(), |settings| settings.events = topic.settings());
    lab.post.set(|_| Ok(Handover::AwaitingReport));
    let alarm = |state: &str| {
        let message = json!({ "AlarmName": "bestil-test-receipts-bounce", "NewStateValue": state });
        lab.notify(&topic.any(&message.to_string())).unwrap();
    };
    send(&lab, 0);
    lab.sweep();
    assert_eq!(mails(&lab), (1, 1));
    alarm("ALARM");
    // Without receipts nothing bounces, so the alarm ends. They stay paused all the same.
    alarm("OK");
    let rested = send(&lab, 1);
    lab.sweep();
    assert_eq!(mails(&lab), (2, 1));
    let page = lab.get(&format!("/kvittering/{rested}"));
    assert!(page.text().contains("Vi sender ikke kvitteringer på e-mail lige nu"), "{}", page.text());
    lab.wait(SignedDuration::from_hours(25));
    send(&lab, 2);
    lab.sweep();
    assert_eq!(mails(&lab), (3, 2), "skipped receipts do not come a day late");
}

#[test]
fn receipts_have_a_daily_maximum_and_can_be_switched_off() {
    for (a_day, receipts) in [(2, 2), (0, 0)] {
        let lab = Lab::with(Service::start(), |settings| settings.receipts.a_day = a_day);
        let ids: Vec<String> = (0..4).map(|number| send(&lab, number)).collect();
        lab.sweep();
        assert_eq!(mails(&lab), (4, receipts));
        let says_so =
            |id: &String| lab.get(&format!("/kvittering/{id}")).text().contains("Vi sender ikke kvitteringer");
        assert_eq!(ids.iter().filter(|id| says_so(id)).count(), 4 - receipts, "the page says so if there is none");
        lab.wait(SignedDuration::from_hours(24));
        send(&lab, 4);
        lab.sweep();
        assert_eq!(mails(&lab).1, receipts + usize::from(a_day > 0), "another day");
    }
}

#[test]
fn a_withheld_receipt_leaves_the_daily_maximum_to_others() {
    let lab = Lab::with(Service::start(), |settings| settings.receipts.a_day = 2);
    let form = filled::call(lab.open("oestjylland", FORM)).set("postnr", "Aarhus").set("email", "a@eksempel.example");
    for street in ["Vej a", "Vej b", "Vej c"] {
        lab.send("192.0.2.1", &form.clone().set("vej", street)).id();
        lab.sweep();
    }
    send(&lab, 4);
    lab.sweep();
    assert_eq!(mails(&lab), (4, 2), "one receipt to each address");
}

#[test]
fn a_receipt_reported_as_given_up_a_day_late_has_failed() {
    let topic = Topic::start();
    let lab = Lab::with(Service::start(), |settings| settings.events = topic.settings());
    lab.post.set(|_| Ok(Handover::AwaitingReport));
    let id = send(&lab, 0);
    lab.sweep();
    let at = lab.service.now();
    let name = lab.post.mails().into_iter().find(|mail| mail.name.ends_with(".borger")).unwrap().name;
    lab.wait_without_digests(SignedDuration::from_hours(25));
    lab.sweep();
    lab.notify(&topic.event(&name, Report::GaveUp, at)).unwrap();
    let page = lab.get(&format!("/kvittering/{id}"));
    assert!(page.text().contains("Vi kunne ikke sende kvitteringen"), "{}", page.text());
}

#[test]
fn mail_to_the_police_goes_only_to_their_domains_with_an_alarm_for_others() {
    let lab = Lab::with(Service::start(), |settings| {
        settings.police_domains = PoliceDomains::parse("politi.example").unwrap();
    });
    send(&lab, 0);
    lab.sweep();
    assert_eq!(mails(&lab), (1, 1), "receipts go anywhere");
    let strict = Lab::with(Service::start(), |settings| {
        settings.police_domains = PoliceDomains::parse("politi.invalid").unwrap();
    });
    send(&strict, 0);
    let recorder = Recorder::default();
    recorder.during(|| strict.sweep());
    assert_eq!(mails(&strict), (0, 1));
    assert_eq!(recorder.alarms(), ["wrong-domain"]);
}
