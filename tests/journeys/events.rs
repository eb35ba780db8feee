//! Delivery notifications of sent mails: they may come late, twice, in any order, or from somebody else.

use crate::journeys::lab::{Lab, kreds};
use crate::journeys::recorder::Recorder;
use crate::journeys::service::Service;
use crate::journeys::visitor::FormOnPage;
use crate::journeys::{dump, filled};
use crate::shared::sns::{Report, Topic};
use aws_sdk_dynamodb::types::AttributeValue;
use function::alarm::Alarm;
use function::mailer::Handover;
use jiff::{SignedDuration, Timestamp};
use model::names::{KredsSlug, SubmissionId};
use std::collections::BTreeMap;

const FORM: &str = "bestil-en-betjent";

/// Starts a lab that gets delivery notifications.
fn listening() -> (Lab, Topic) {
    let topic = Topic::start();
    let lab = Lab::with(Service::start(), |settings| settings.events = topic.settings());
    lab.post.set(|_| Ok(Handover::AwaitingReport));
    (lab, topic)
}

fn form(lab: &Lab) -> FormOnPage {
    filled::call(lab.open("oestjylland", FORM)).set("postnr", "Aarhus")
}

/// Returns the name of the last mail of this kind that went out.
fn last(lab: &Lab, kind: &str) -> String {
    lab.post.mails().into_iter().map(|mail| mail.name).rfind(|name| name.ends_with(kind)).unwrap()
}

fn after(time: Timestamp, seconds: i64) -> Timestamp {
    time.checked_add(SignedDuration::from_secs(seconds)).unwrap()
}

/// Returns the items of a request and of its kreds's mailboxes. Of times of our own clock, only their presence counts.
fn state(lab: &Lab, id: &SubmissionId) -> BTreeMap<String, String> {
    let fields = ["delivered_at", "bounced_at", "complained_at", "refused_at", "taken_at", "due_for", "kreds"];
    let [items, keys] = dump::tables(lab);
    let mut state = BTreeMap::new();
    for item in items.iter().chain(&keys) {
        let key = format!("{} {}", dump::text(item, "pk"), dump::text(item, "sk"));
        if !key.contains(id.as_str()) && !key.starts_with("MAILBOX#") {
            continue;
        }
        for name in item.keys() {
            let value = if fields.contains(&name.as_str()) { dump::text(item, name) } else { "there" };
            state.insert(format!("{} {name}", key.replace(id.as_str(), "ID")), value.to_owned());
        }
    }
    state
}

#[test]
fn reports_may_arrive_in_any_order_and_more_than_once() {
    let (lab, topic) = listening();
    let form = form(&lab);
    let base = after(lab.service.now(), 10);
    let refuse = |kind: &str| {
        lab.notify(&topic.event(&last(&lab, kind), Report::Bounced, after(base, -5))).unwrap();
        lab.sweep();
    };
    let mut street = 0;
    let mut outcomes = 0;
    for kind in ["borger", "kreds", "reserve", "faldback"] {
        // A mail may bounce after it arrived, and the earlier report may come later.
        for (arrived, returned) in [(0, 9), (9, 0)] {
            let events = [(Report::Delivered, arrived), (Report::Bounced, returned), (Report::Complained, 4)];
            let mut expected = None;
            let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
            // Each order once, and two of them with every report twice in a row and all of them repeated.
            for (order, times) in orders.map(|order| (order, 1)).into_iter().chain([(orders[0], 2), (orders[5], 2)]) {
                street += 1;
                let street = format!("Vej {}{}", char::from(b'a' + street / 26), char::from(b'a' + street % 26));
                let email = format!("{}@eksempel.example", street.replace(' ', ""));
                let id = lab.send("192.0.2.1", &form.clone().set("vej", &street).set("email", &email)).id();
                lab.sweep();
                if matches!(kind, "reserve" | "faldback") {
                    refuse("kreds");
                }
                if kind == "faldback" {
                    refuse("reserve");
                }
                let name = last(&lab, kind);
                for _ in 0..times {
                    for (report, seconds) in order.map(|place| events[place]) {
                        for _ in 0..times {
                            lab.notify(&topic.event(&name, report, after(base, seconds))).unwrap();
                        }
                    }
                }
                let state = state(&lab, &id);
                open_again(&lab);
                match &expected {
                    None => expected = Some(state),
                    Some(expected) => assert_eq!(&state, expected, "{kind} {arrived} {order:?} {times}"),
                }
                outcomes += 1;
            }
            assert!(expected.unwrap().keys().any(|key| key.ends_with("bounced_at")));
        }
    }
    assert_eq!(outcomes, 64);
}

/// Forgets what is known about the mailboxes.
fn open_again(lab: &Lab) {
    let store = lab.service.running().service.store();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let delete = store.client().delete_item().table_name(store.table());
    lab.service.run(delete.key("pk", text("MAILBOX#oestjylland")).key("sk", text(FORM)).send()).unwrap();
}

#[test]
fn mail_a_kreds_refuses_goes_to_its_second_mailbox_then_to_the_fallback() {
    let (lab, topic) = listening();
    let form = form(&lab);
    lab.send("192.0.2.1", &form).id();
    assert_eq!(lab.sweep().sent, 2);
    lab.wait(SignedDuration::from_mins(5));
    let bounced = |kind| {
        let recorder = Recorder::default();
        recorder.during(|| lab.notify(&topic.event(&last(&lab, kind), Report::Bounced, lab.service.now())).unwrap());
        let lines = recorder.lines();
        assert!(lines.iter().any(|line| line.text.contains("alarm=") && line.text.contains("kreds=oestjylland")));
        recorder.alarms()
    };
    assert_eq!(bounced("kreds"), ["bounced"]);
    // The next run is at most a minute later.
    lab.wait(SignedDuration::from_mins(1));
    assert_eq!(lab.sweep().sent, 1);
    assert_eq!(lab.names_to("reserve@oestjylland.politi.example").len(), 1);
    let other = form.clone().set("vej", "En anden vej").set("email", "");
    assert_eq!(lab.send("192.0.2.1", &other).status, 303, "one mailbox is enough");

    assert_eq!(bounced("reserve"), ["both-bounced"]);
    // If both refuse one request, its text may be the reason. The second one closes the form.
    assert_eq!(lab.sweep().sent, 2);
    assert_eq!(bounced("kreds"), ["bounced"]);
    lab.sweep();
    assert_eq!(
        lab.send("192.0.2.1", &other.clone().set("vej", "En fjerde vej")).status,
        303,
        "one request closes no form"
    );
    assert_eq!(bounced("reserve"), ["both-bounced"]);
    let closed = lab.send("192.0.2.1", &other.clone().set("vej", "En tredje vej"));
    assert_eq!(closed.status, 503);
    assert!(closed.text().contains("postkasse virker ikke lige nu") && closed.text().contains("IKKE modtaget"));
    assert!(closed.html.contains("href=\"tel:114\""));
    let traffic = filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    assert_eq!(lab.send("192.0.2.1", &traffic).status, 303, "the other form has another mailbox");
    lab.sweep();
    assert_eq!(lab.names_to("faldback@bestil-en-betjent.example").len(), 2);
    assert_eq!(bounced("faldback"), ["nobody-took-it"]);

    // An earlier delivery says nothing new about the mailbox.
    let second = last(&lab, "kreds");
    lab.notify(&topic.event(&second, Report::Delivered, after(lab.service.now(), -120))).unwrap();
    assert_eq!(lab.send("192.0.2.1", &other.clone().set("vej", "En tredje vej")).status, 503);
    // The daily digest goes to the same mailbox, and arrives.
    lab.wait(SignedDuration::from_hours(31));
    while lab.sweep().digests > 0 {}
    let digest = lab.post.digests().into_iter().find(|mail| mail.to == "betjent@oestjylland.politi.example").unwrap();
    lab.notify(&topic.event(&digest.name, Report::Delivered, lab.service.now())).unwrap();
    assert_eq!(lab.send("192.0.2.1", &other.set("vej", "En tredje vej")).status, 303, "and the form is open again");
}

#[test]
fn unsigned_and_unknown_reports_change_nothing_and_are_counted() {
    let (lab, topic) = listening();
    let id = lab.send("192.0.2.1", &form(&lab)).id();
    lab.sweep();
    let (before, name, now) = (dump::tables(&lab), last(&lab, "kreds"), lab.service.now());
    let recorder = Recorder::default();
    let deaf = lab.beside(|_| {});
    recorder.during(|| {
        lab.notify(&topic.forged(&name, Report::Bounced, now)).unwrap();
        lab.notify(&topic.any("no event")).unwrap();
        let nobodys = format!("{}.kreds", model::reference::Reference::from_random(7));
        for unknown in [&*nobodys, "K7F-M2X-P9T.ingen", "dagens.fyn.2020-01-01.bestil-en-betjent"] {
            lab.notify(&topic.event(unknown, Report::Bounced, now)).unwrap();
        }
        let request = lambda_http::Request::new(topic.event(&name, Report::Bounced, now).into());
        let context = lambda_http::request::RequestContext::PassThrough;
        lab.service.run(deaf.handle(lambda_http::RequestExt::with_request_context(request, context))).unwrap();
    });
    assert_eq!(dump::tables(&lab), before);
    let (forged, unknown) = ("forged-event", "unknown-event");
    assert_eq!(recorder.alarms(), [forged, forged, unknown, unknown, unknown, forged]);
    // The same report counts when it is signed.
    lab.notify(&topic.event(&name, Report::Bounced, now)).unwrap();
    assert!(state(&lab, &id).keys().any(|key| key.contains("task#mail#reserve")));
}

#[test]
fn a_bounced_receipt_is_shown_on_its_page_and_changes_nothing_else() {
    let (lab, topic) = listening();
    let id = lab.send("192.0.2.1", &form(&lab)).id();
    assert_eq!(lab.sweep().sent, 2);
    let receipt = || lab.get(&format!("/kvittering/{id}"));
    assert!(!receipt().text().contains("kunne ikke sende kvitteringen"));
    let recorder = Recorder::default();
    recorder.during(|| lab.notify(&topic.event(&last(&lab, "borger"), Report::Bounced, lab.service.now())).unwrap());
    assert!(recorder.alarms().is_empty(), "{:?}", recorder.alarms());
    assert!(receipt().text().contains("Vi kunne ikke sende kvitteringen"), "{}", receipt().text());
    lab.notify(&topic.event(&last(&lab, "kreds"), Report::Delivered, lab.service.now())).unwrap();
    lab.wait(SignedDuration::from_hours(25));
    let later = lab.sweep();
    assert_eq!((later.sent, later.parked, but_for_digests(later.alarms)), (0, 0, vec![]));
    assert_eq!(lab.post.mails().len(), 2, "kreds and citizen, once each");
}

#[test]
fn a_mail_the_mail_service_gave_up_on_is_resent_once_each_time() {
    let (lab, topic) = listening();
    lab.send("192.0.2.1", &form(&lab).set("email", "")).id();
    lab.sweep();
    let (name, gave_up) = (last(&lab, "kreds"), lab.service.now());
    let sent = || lab.post.mails().len();
    let told_and_an_hour_later = |at| {
        lab.notify(&topic.event(&name, Report::GaveUp, at)).unwrap();
        lab.wait(SignedDuration::from_mins(61));
        lab.sweep();
    };
    told_and_an_hour_later(gave_up);
    assert_eq!(sent(), 2);
    told_and_an_hour_later(gave_up);
    assert_eq!(sent(), 2, "the first report again");
    told_and_an_hour_later(lab.service.now());
    assert_eq!(sent(), 3, "the second report");
}

#[test]
fn a_mail_unconfirmed_for_a_day_needs_a_human_until_a_late_report() {
    let (lab, topic) = listening();
    lab.send("192.0.2.1", &form(&lab)).id();
    lab.sweep();
    lab.wait(SignedDuration::from_hours(25));
    let alarm = |alarm| (alarm, kreds("oestjylland"));
    let alarms = but_for_digests(lab.sweep().alarms);
    assert_eq!(alarms, [alarm(Alarm::Unconfirmed), alarm(Alarm::Parked)]);
    lab.notify(&topic.event(&last(&lab, "kreds"), Report::Delivered, lab.service.now())).unwrap();
    assert_eq!(lab.sweep().alarms, []);
}

/// Removes alarms about digests: no schedule ran on the skipped day, so after eight its digests are late.
fn but_for_digests(mut alarms: Vec<(Alarm, KredsSlug)>) -> Vec<(Alarm, KredsSlug)> {
    alarms.retain(|(alarm, _)| *alarm != Alarm::DigestLate);
    alarms
}
