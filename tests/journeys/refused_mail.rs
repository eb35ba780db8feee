//! Refused mail: a refused text, a refused sender and a refusing mailbox differ, and none of them stops other mail.

use crate::journeys::filled;
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::network::Fault;
use crate::journeys::operator_tool::json;
use crate::journeys::service::Service;
use crate::journeys::visitor::FormOnPage;
use crate::shared::sns::{Report, Topic};
use function::alarm::Alarm;
use function::mailer::{Handover, NotSent};
use function::refusal::Refusal;
use function::store::{Step, Stepped};
use jiff::SignedDuration;
use model::case::{Act, By, Event};
use model::names::{Nonce, ReasonSlug};

const MAILBOX: &str = "betjent@oestjylland.politi.example";
const SECOND: &str = "reserve@oestjylland.politi.example";
const FALLBACK: &str = "faldback@bestil-en-betjent.example";

/// A text that a filter refuses.
const SPAM: &str = "Vinder du i lotteriet?";

fn form(lab: &Lab, street: &str) -> FormOnPage {
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent"));
    form.set("postnr", "Aarhus").set("email", "").set("vej", street)
}

fn refused(refusal: Refusal) -> Result<Handover, NotSent> {
    Err(NotSent::refused(refusal, "the test says so"))
}

fn oestjylland(alarm: Alarm) -> (Alarm, model::names::KredsSlug) {
    (alarm, kreds("oestjylland"))
}

#[test]
fn a_filtered_request_is_sent_as_a_notice_without_the_citizens_words() {
    let lab = Lab::start();
    lab.post.set(|mail| if mail.mail().text.contains(SPAM) { refused(Refusal::Message) } else { Ok(Handover::Final) });
    let id = lab.send("192.0.2.1", &form(&lab, "En vej").set("beskrivelse", SPAM)).id();
    let swept = lab.sweep();
    assert_eq!((swept.sent, swept.alarms), (0, vec![oestjylland(Alarm::MessageRefused)]));
    lab.wait(SignedDuration::from_mins(1));
    let swept = lab.sweep();
    assert_eq!((swept.sent, swept.parked, swept.alarms), (1, 0, vec![]));
    let [notice] = lab.post.mails().try_into().unwrap_or_else(|_| panic!("one mail"));
    assert_eq!(notice.to, MAILBOX);
    let mail = notice.mail();
    for kept in ["31 22 33 44", "Sig først kodeordene: ", "Reference: ", "Løbenummer: nr. 1 i ", "Et filter hos jer"]
    {
        assert!(mail.text.contains(kept), "{kept}: {}", mail.text);
    }
    // It is the first mail, not a repeat.
    for absent in [SPAM, "Åse Holm", "En vej", "kommer måske igen"] {
        assert!(!mail.text.contains(absent) && !mail.html.contains(absent), "{absent}: {}", mail.text);
    }
    assert_eq!(lab.send("192.0.2.1", &form(&lab, "En anden vej")).status, 303, "the form is open");
    lab.wait(SignedDuration::from_hours(1));
    assert_eq!(lab.sweep().sent, 1);
    assert_eq!(lab.names_to(MAILBOX).len(), 2);

    // One that comes again after the end says first that nobody is to be called.
    let (store, now) = (lab.function.store(), lab.service.now());
    let function::store::CaseFile { receipt, case, .. } = lab.service.run(store.case(&id, now)).unwrap().unwrap();
    let act = Act::Closed { reason: ReasonSlug::parse("givet-raad").unwrap(), catalog: receipt.catalog.clone() };
    let event = Event { nonce: Nonce::from_random([1; 8]), at: now, by: By::Officer(kreds("oestjylland")), act };
    let step = Step {
        receipt: &receipt,
        case: &case,
        event: &event,
        takes_back: None,
        seen: None,
        note: None,
        audit: ("closed", ""),
    };
    assert_eq!(lab.service.run(store.step(&step)).unwrap(), Stepped::Done);
    lab.wait(SignedDuration::from_mins(11));
    assert_eq!(json(&lab.service, &["redeliver", receipt.reference.as_str(), "--again"])["count"], 1);
    // It goes as a request once more, and is refused once more.
    lab.sweep();
    lab.wait(SignedDuration::from_mins(1));
    lab.sweep();
    let again = lab.post.mails().into_iter().rfind(|mail| mail.name == notice.name).unwrap().mail();
    assert!(again.text.starts_with("OBS: Bestillingen er afsluttet. Ring ikke til borgeren."), "{}", again.text);
    assert!(!again.text.contains("Ring til: ") && !again.text.contains("venter på et opkald"), "{}", again.text);
}

#[test]
fn a_bounce_by_a_filter_leads_to_one_notice_however_often_reported() {
    let topic = Topic::start();
    let lab = Lab::with(Service::start(), |settings| settings.events = topic.settings());
    lab.post.set(|_| Ok(Handover::AwaitingReport));
    lab.send("192.0.2.1", &form(&lab, "En vej")).id();
    lab.sweep();
    let name = lab.post.mails()[0].name.clone();
    let reported = lab.service.now();
    for _ in 0..3 {
        lab.notify(&topic.event(&name, Report::Filtered, reported)).unwrap();
        lab.wait(SignedDuration::from_mins(1));
        lab.sweep();
    }
    let mails = lab.post.mails();
    assert_eq!(mails.len(), 2);
    assert!(mails[1].to == MAILBOX && mails[1].mail().text.contains("Et filter hos jer"), "{}", mails[1].mail().text);
    // The notice is refused, too, so the text is not the reason. It is retried, and nobody else gets it.
    lab.notify(&topic.event(&name, Report::Filtered, lab.service.now())).unwrap();
    lab.wait(SignedDuration::from_mins(61));
    assert_eq!(lab.sweep().sent, 1);
    assert_eq!((lab.names_to(MAILBOX).len(), lab.names_to(SECOND).len()), (3, 0));
}

#[test]
fn a_server_that_refuses_us_is_retried_with_an_alarm_and_no_fallback() {
    let lab = Lab::start();
    lab.post.set(|_| refused(Refusal::Sender));
    for street in ["En vej", "En anden vej", "En tredje vej"] {
        lab.send("192.0.2.1", &form(&lab, street)).id();
    }
    for wait in [1, 5, 15, 60] {
        let swept = lab.sweep();
        assert_eq!((swept.put_off, swept.alarms), (3, vec![oestjylland(Alarm::SenderRefused)]));
        lab.wait(SignedDuration::from_mins(wait));
    }
    assert!(lab.post.tried().iter().all(|mail| mail.to == MAILBOX));
    assert_eq!(lab.send("192.0.2.1", &form(&lab, "En fjerde vej")).status, 303, "the form is open");
    lab.post.set(|_| Ok(Handover::Final));
    assert_eq!(lab.sweep().sent, 4);
}

#[test]
fn a_form_closes_if_both_mailboxes_refuse_two_requests_and_later_reopens() {
    let lab = Lab::start();
    lab.post.set(|mail| if mail.to == FALLBACK { Ok(Handover::Final) } else { refused(Refusal::Mailbox) });
    let send = |street: &str| lab.send("192.0.2.1", &form(&lab, street)).status;
    assert_eq!(send("En vej"), 303);
    for _ in 0..3 {
        lab.sweep();
        lab.wait(SignedDuration::from_mins(1));
    }
    assert_eq!(lab.names_to(FALLBACK).len(), 1);
    assert_eq!(send("En anden vej"), 303, "one request closes no form");
    for _ in 0..3 {
        lab.sweep();
        lab.wait(SignedDuration::from_mins(1));
    }
    assert_eq!(send("En tredje vej"), 503);
    // Without notifications, only an accepted digest shows that the mailbox works again.
    lab.post.set(|_| Ok(Handover::Final));
    lab.wait(SignedDuration::from_hours(31));
    while lab.sweep().digests > 0 {}
    assert_eq!(send("En tredje vej"), 303);
}

#[test]
fn late_answers_from_the_table_park_nothing_and_repeat_nothing() {
    let lab = Lab::start();
    for street in ["En vej", "En anden vej", "En tredje vej"] {
        lab.send("192.0.2.1", &form(&lab, street)).id();
    }
    for _ in 0..8 {
        // Writes succeed, but each first answer is late, so the SDK retries.
        let late = std::sync::atomic::AtomicUsize::new(0);
        lab.network.set(move |operation, _| {
            let is_first = late.fetch_add(1, std::sync::atomic::Ordering::SeqCst).is_multiple_of(2);
            if operation == "UpdateItem" && is_first { Fault::AnswerLost } else { Fault::None }
        });
        lab.sweep();
        lab.wait(SignedDuration::from_mins(1));
    }
    assert_eq!(lab.names_to(MAILBOX).len(), 3);
    // Without any answer, a run does not know what it wrote. Nothing is sent, and nothing counts.
    lab.send("192.0.2.1", &form(&lab, "En fjerde vej")).id();
    lab.network.set(|operation, _| if operation == "UpdateItem" { Fault::AnswerLost } else { Fault::None });
    for _ in 0..4 {
        lab.sweep();
        lab.wait(SignedDuration::from_mins(5));
    }
    assert_eq!(lab.names_to(MAILBOX).len(), 3);
    lab.network.mend();
    lab.wait(SignedDuration::from_mins(15));
    let swept = lab.sweep();
    assert_eq!((swept.sent, swept.parked), (1, 0));
}
