//! Deletion: on time and of everything, even if the table is slow to delete; but late for an undelivered request.

use crate::journeys::lab::{Lab, kreds};
use crate::journeys::network::Fault;
use crate::journeys::post_office::for_good;
use crate::journeys::recorder::Recorder;
use crate::journeys::service::Service;
use crate::journeys::{dump, filled};
use crate::shared::sns::{Report, Topic};
use function::alarm::Alarm;
use function::mailer::Handover;
use jiff::{SignedDuration, Timestamp};
use model::names::SubmissionId;

fn send(lab: &Lab) -> (SubmissionId, String) {
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let id = lab.send("192.0.2.1", &form).id();
    let receipt = lab.service.run(lab.function.store().receipt(&id, lab.service.now())).unwrap().unwrap();
    (id, receipt.reference.to_string())
}

fn expires(lab: &Lab, id: &SubmissionId) -> Option<Timestamp> {
    lab.service.run(lab.function.store().overview(id, lab.service.now())).unwrap().unwrap().expires
}

/// Returns, for each table, true if it still has anything that holds or opens the request.
fn is_there(lab: &Lab, id: &SubmissionId) -> [bool; 2] {
    dump::tables(lab).map(|items| items.iter().any(|item| dump::text(item, "pk").contains(id.as_str())))
}

#[test]
fn an_expired_request_leaves_only_audit_lines_without_personal_data() {
    let lab = Lab::start();
    let (id, reference) = send(&lab);
    assert_eq!(expires(&lab, &id), None, "nothing expires before a kreds has it");
    lab.sweep();
    let expires = expires(&lab, &id).unwrap();
    lab.wait(expires.duration_since(lab.service.now()) - SignedDuration::from_mins(1));
    assert_eq!(lab.sweep().erased, 0);
    assert_eq!(is_there(&lab, &id), [true, true]);

    lab.service.wait_until(expires);
    // It is not deleted yet, but nobody can read it any more.
    assert_eq!(is_there(&lab, &id), [true, true]);
    assert_eq!(lab.get(&format!("/kvittering/{id}")).status, 404);
    let (store, now) = (lab.function.store(), lab.service.now());
    assert!(lab.service.run(store.receipt(&id, now)).unwrap().is_none());
    assert!(lab.service.run(store.submission(&id, now)).unwrap().is_none());
    assert!(lab.service.run(store.overview(&id, now)).unwrap().is_none());

    let swept = lab.sweep();
    assert_eq!((swept.erased, swept.overdue), (1, 0));
    let [items, keys] = dump::tables(&lab);
    assert!(keys.iter().all(|item| !dump::text(item, "pk").starts_with("KEY#")));
    let left = dump::that_name(&items, &[id.as_str(), &reference]);
    let mut places: Vec<&str> = left.iter().map(|item| dump::text(item, "pk").split('#').next().unwrap()).collect();
    places.sort_unstable();
    assert_eq!(places, ["AUDIT", "AUDIT", "MAILED", "SAME"], "that it was received, and that it was erased");
    for item in left.into_iter().filter(|item| !dump::text(item, "pk").starts_with("AUDIT#")) {
        // Keyed hashes that expired long ago; the table removes them by itself.
        assert!(dump::text(item, "expires_at").parse::<i64>().unwrap() < now.as_second());
    }
    let month = model::deadline::danish_day(now).strftime("%Y-%m").to_string();
    let audit = lab.service.run(store.audit_of(&month)).unwrap();
    assert!(audit.iter().any(|line| line.about == reference && line.what == "erased" && line.by == "retention"));
    assert!(lab.service.run(store.of_day(&kreds("oestjylland"), model::deadline::danish_day(now))).unwrap().is_empty());
}

#[test]
fn an_undelivered_request_is_kept_and_reported_daily_until_day_90() {
    let lab = Lab::start();
    lab.post.set(|mail| if mail.name.ends_with(".borger") { Ok(Handover::Final) } else { for_good() });
    let (id, _) = send(&lab);
    for _ in 0..4 {
        lab.sweep();
    }
    lab.wait_without_digests(SignedDuration::from_hours(24 * 88) + SignedDuration::from_mins(5));
    let undelivered = (Alarm::Undelivered, kreds("oestjylland"));
    assert!(lab.sweep().alarms.contains(&undelivered));
    assert!(!lab.sweep().alarms.contains(&undelivered), "not every minute");
    lab.wait(SignedDuration::from_hours(24) + SignedDuration::from_mins(5));
    let next_day = lab.sweep();
    assert!(next_day.alarms.contains(&undelivered));
    assert_eq!((next_day.erased, next_day.overdue), (0, 0), "it is not late, it is kept");
    assert_eq!(is_there(&lab, &id), [true, true]);
    let submission = lab.service.run(lab.function.store().submission(&id, lab.service.now())).unwrap();
    assert_eq!(submission.unwrap().answers.contact.name.reveal(), "Åse Holm");
    lab.wait(SignedDuration::from_hours(24));
    let last = lab.sweep();
    assert!(last.alarms.contains(&(Alarm::ErasedUndelivered, kreds("oestjylland"))), "{:?}", last.alarms);
    assert_eq!((last.erased, is_there(&lab, &id)), (1, [false, false]));
}

#[test]
fn a_bounce_after_thirty_days_stops_the_clock_until_another_delivery() {
    let topic = Topic::start();
    let lab = Lab::with(Service::start(), |settings| settings.events = topic.settings());
    lab.post.set(|_| Ok(Handover::AwaitingReport));
    let (id, reference) = send(&lab);
    lab.sweep();
    let tell =
        |to: &str, report| lab.notify(&topic.event(&format!("{reference}.{to}"), report, lab.service.now())).unwrap();
    tell("kreds", Report::Delivered);
    let first = expires(&lab, &id).unwrap();
    lab.wait(SignedDuration::from_hours(24 * 30));
    assert!(lab.service.now() < first);
    tell("kreds", Report::Bounced);
    assert_eq!(expires(&lab, &id), None);
    lab.service.wait_until(first);
    let swept = lab.sweep();
    assert!(swept.alarms.contains(&(Alarm::Undelivered, kreds("oestjylland"))), "{:?}", swept.alarms);
    assert_eq!((swept.erased, is_there(&lab, &id)), (0, [true, true]));
    // The second mailbox accepts it late: the request has expired, but that mail could still bounce.
    tell("reserve", Report::Delivered);
    lab.wait(SignedDuration::from_hours(24));
    assert_eq!(lab.sweep().erased, 0);
    lab.wait(function::store::GRACE);
    assert_eq!(lab.sweep().erased, 1);
    assert_eq!(is_there(&lab, &id), [false, false]);
}

#[test]
fn failing_deletion_is_counted_and_raises_an_alarm_after_a_day() {
    let lab = Lab::start();
    let (id, _) = send(&lab);
    lab.sweep();
    lab.service.wait_until(expires(&lab, &id).unwrap());
    lab.network.set(|operation, body| match operation {
        "TransactWriteItems" if body.contains("AUDIT#") => Fault::Refused("no".to_owned()),
        _ => Fault::None,
    });
    let swept = |lab: &Lab| {
        lab.wait(SignedDuration::from_secs(61));
        let recorder = Recorder::default();
        let swept = recorder.during(|| lab.sweep());
        (swept.erased, swept.overdue, recorder.alarms().contains(&"not-erased".to_owned()))
    };
    assert_eq!(swept(&lab), (0, 0, false));
    lab.wait(SignedDuration::from_hours(23));
    assert_eq!(swept(&lab), (0, 0, false));
    lab.wait(SignedDuration::from_hours(1));
    assert_eq!(swept(&lab), (0, 1, true));
    assert_eq!(swept(&lab), (0, 1, true));
    lab.network.mend();
    assert_eq!(swept(&lab), (1, 0, false));
}

#[test]
fn overdue_requests_of_a_stopped_schedule_are_counted() {
    let lab = Lab::start();
    let form = filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    // More than one run deletes.
    for number in 0..30 {
        lab.send("192.0.2.1", &form.clone().set("vej", &format!("Vej {}", char::from(b'A' + number)))).id();
    }
    while lab.sweep().sent > 0 {}
    lab.wait(SignedDuration::from_hours(24 * 92));
    let first = lab.sweep();
    assert_eq!((first.erased, first.overdue), (25, 5));
    let second = lab.sweep();
    assert_eq!((second.erased, second.overdue), (5, 0));
}
