//! Metrics: events are counted once, runs of the schedule measure waiting mails, and refusals are counted by reason.

use crate::journeys::filled;
use crate::journeys::lab::{Answer, Lab, request};
use crate::journeys::network::Fault;
use crate::journeys::post_office::{for_good, for_now};
use crate::journeys::service::{Service, copied_content};
use crate::journeys::visitor::FormOnPage;
use crate::shared::sns::{Report, Topic};
use function::mailer::{Handover, NotSent};
use function::metrics::{Metric, Reason};
use function::outbox::RETRIES;
use jiff::SignedDuration;
use serde_json::Value;
use std::collections::BTreeMap;

const FORM: &str = "bestil-en-betjent";

fn form(lab: &Lab, street: &str) -> FormOnPage {
    filled::call(lab.open("oestjylland", FORM)).set("postnr", "Aarhus").set("email", "").set("vej", street)
}

/// Returns the lines after the first `before`.
fn lines(lab: &Lab, before: usize) -> Vec<Value> {
    lab.metrics.lines().iter().skip(before).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Sums the metrics after the first `before` lines, each by the kreds or the reason of its line.
fn counted(lab: &Lab, before: usize) -> BTreeMap<String, u64> {
    let mut counted = BTreeMap::new();
    for line in lines(lab, before) {
        let whose = line["kreds"].as_str().or(line["reason"].as_str()).unwrap_or("all").to_owned();
        for metric in Metric::ALL.map(Metric::name) {
            if let Some(value) = line[metric].as_u64() {
                *counted.entry(format!("{metric} {whose}")).or_default() += value;
            }
        }
    }
    counted
}

fn expected<const N: usize>(counts: [(&str, u64); N]) -> BTreeMap<String, u64> {
    counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

/// Sums the metrics without those that every run measures.
fn events(lab: &Lab, before: usize) -> BTreeMap<String, u64> {
    let gauges = ["owed", "owed-age", "late", "parked", "overdue"];
    counted(lab, before).into_iter().filter(|(name, _)| !gauges.contains(&name.split(' ').next().unwrap())).collect()
}

#[test]
fn each_event_of_a_request_is_counted_once_for_its_kreds() {
    let topic = Topic::start();
    let lab = Lab::with(Service::start(), |settings| settings.events = topic.settings());
    lab.post.set(|_| Ok(Handover::AwaitingReport));
    let last =
        |kind: &str| lab.post.mails().into_iter().map(|mail| mail.name).rfind(|name| name.ends_with(kind)).unwrap();
    // A double click is one request; a mail reported twice is one mail.
    lab.send("192.0.2.1", &form(&lab, "Parken"));
    lab.send("192.0.2.1", &form(&lab, "Parken"));
    lab.sweep();
    assert_eq!(events(&lab, 0), expected([("received oestjylland", 1)]), "nobody knows yet whether it arrived");
    for _ in 0..2 {
        lab.notify(&topic.event(&last("kreds"), Report::Delivered, lab.service.now())).unwrap();
    }
    assert_eq!(events(&lab, 0), expected([("delivered oestjylland", 1), ("received oestjylland", 1)]));

    let before = lab.metrics.lines().len();
    lab.send("192.0.2.1", &form(&lab, "Skoven").set("hjemmeside", "http://spam.example"));
    lab.send("192.0.2.1", &form(&lab, "Engen").set("email", "aase@eksempel.example"));
    lab.sweep();
    for kind in ["kreds", "borger"] {
        lab.notify(&topic.event(&last(kind), Report::Bounced, lab.service.now())).unwrap();
        lab.notify(&topic.event(&last(kind), Report::Bounced, lab.service.now())).unwrap();
    }
    lab.wait(SignedDuration::from_mins(1));
    lab.sweep();
    lab.notify(&topic.event(&last("reserve"), Report::Delivered, lab.service.now())).unwrap();
    lab.notify(&topic.event(&last("borger"), Report::Delivered, lab.service.now())).unwrap();
    let counts = [
        ("bounced oestjylland", 1),
        ("delivered oestjylland", 1),
        ("quarantined oestjylland", 1),
        ("received oestjylland", 2),
    ];
    assert_eq!(events(&lab, before), expected(counts), "of mails to the police alone");
}

#[test]
fn without_reports_a_mail_counts_as_delivered_once_handed_over() {
    let lab = Lab::start();
    lab.send("192.0.2.1", &form(&lab, "Parken"));
    assert_eq!(events(&lab, 0), expected([("received oestjylland", 1)]));
    lab.sweep();
    assert_eq!(events(&lab, 0), expected([("delivered oestjylland", 1), ("received oestjylland", 1)]));
}

#[test]
fn every_run_measures_waiting_mail_and_nothing_that_it_cannot_know() {
    let lab = Lab::start();
    let run = || {
        let before = lab.metrics.lines().len();
        lab.sweep();
        let measured = counted(&lab, before);
        measured
            .into_iter()
            .filter(|(name, _)| !name.starts_with("delivered") && name != "overdue all")
            .collect::<BTreeMap<_, _>>()
    };
    // The age of the oldest mail, equal for all and for the kreds, and the rest. The test itself takes some seconds.
    let aged = || {
        let mut measured = run();
        let [all, kreds] = ["all", "oestjylland"].map(|whose| measured.remove(&format!("owed-age {whose}")));
        assert_eq!(all.filter(|age| *age > 0), kreds);
        (all.unwrap(), measured)
    };
    let nothing = expected([("owed all", 0), ("owed-age all", 0), ("late all", 0), ("parked all", 0)]);
    assert_eq!(run(), nothing);
    lab.send("192.0.2.1", &form(&lab, "Parken"));
    lab.send("192.0.2.1", &form(&lab, "Engen").set("email", "aase@eksempel.example"));
    let held = lab.send("192.0.2.1", &form(&lab, "Skoven").set("hjemmeside", "http://spam.example")).id();

    // A failed mail is owed, due now or later; a citizen's receipt and a held mail are not.
    lab.post.set(|mail| if mail.name.ends_with("kreds") { for_now() } else { Ok(Handover::Final) });
    let waits = expected([("owed all", 2), ("owed oestjylland", 2), ("late all", 0), ("parked all", 0)]);
    let (age, rest) = aged();
    assert!(age < 60 && rest == waits, "{age}: {rest:?}");
    assert_eq!(aged().1, waits, "it is not due, but still owed");
    lab.wait(SignedDuration::from_mins(10));
    let (age, rest) = aged();
    assert!((600..660).contains(&age) && rest == waits, "a failed attempt makes it no younger: {age}: {rest:?}");
    lab.wait(SignedDuration::from_mins(10));

    // A due mail that no run gets to is late.
    lab.network.set(|operation, body| {
        if operation == "UpdateItem" && body.contains("untried") { Fault::Unreachable } else { Fault::None }
    });
    let (age, lying) = aged();
    assert_eq!(lying["owed oestjylland"], 2);
    let late = lying["late all"];
    assert!((1200..1260).contains(&age), "{age}");
    assert!((295..=360).contains(&late) && lying["late oestjylland"] == late, "due for five minutes: {lying:?}");
    // A queue that cannot be read is not zero.
    lab.network.set(|operation, body| {
        if operation == "Query" && body.contains("oestjylland") { Fault::Unreachable } else { Fault::None }
    });
    assert_eq!(run(), expected([("parked all", 0)]));
    lab.network.mend();

    // After a day, it would be owed like the others.
    lab.service.run(lab.function.discard(&held, "discarded as spam", "anna")).unwrap().unwrap();
    for wait in RETRIES {
        lab.sweep();
        lab.wait(wait);
    }
    lab.sweep();
    let parked = [("owed all", 0), ("owed-age all", 0), ("late all", 0), ("parked all", 2), ("parked oestjylland", 2)];
    assert_eq!(run(), expected(parked));
}

#[test]
fn a_refused_mail_is_owed_to_the_next_mailbox_until_none_is_left() {
    let lab = Lab::start();
    lab.send("192.0.2.1", &form(&lab, "Parken"));
    lab.post.set(|_| for_good());
    let mut owed = Vec::new();
    for _ in 0..4 {
        let before = lab.metrics.lines().len();
        lab.sweep();
        let measured = counted(&lab, before);
        owed.push((measured["owed all"], measured["parked all"]));
    }
    assert_eq!(owed, [(1, 0), (1, 0), (0, 1), (0, 1)]);
    assert_eq!(counted(&lab, 0)["bounced oestjylland"], 1);
}

#[test]
fn only_refusals_are_counted_by_reason() {
    let content = copied_content();
    let lab = Lab::with(Service::start_with(content.path()), |settings| settings.limit = Some(1));
    let path = format!("/indsend/{FORM}");
    let reason = |ask: &dyn Fn() -> Answer| {
        let before = lab.metrics.lines().len();
        let answer = ask();
        let refused = events(&lab, before);
        (answer.status, refused.into_iter().filter(|(name, _)| name.starts_with("refused")).collect::<Vec<_>>())
    };
    let one = |reason: Reason| vec![(format!("refused {}", reason.name()), 1)];
    let with = |header: &'static str, value: &str| {
        let mut request = request("POST", &path, "192.0.2.1", String::new());
        request.headers_mut().insert(header, value.parse().unwrap());
        request
    };
    assert_eq!(reason(&|| lab.send("192.0.2.1", &form(&lab, "Parken"))), (303, vec![]));
    assert_eq!(reason(&|| lab.get("/findes-ikke")), (404, vec![]));
    assert_eq!(reason(&|| lab.get(&path)), (303, vec![]));
    assert_eq!(reason(&|| lab.send("192.0.2.1", &form(&lab, "Engen"))), (429, one(Reason::TooMany)));
    assert_eq!(
        reason(&|| lab.send("192.0.2.1", &form(&lab, "Engen").set("telefon", "1"))),
        (422, one(Reason::Invalid))
    );
    assert_eq!(reason(&|| lab.ask(with("origin", "https://foreign.example"))), (403, one(Reason::ForeignOrigin)));
    assert_eq!(reason(&|| lab.ask(with("content-type", "text/plain"))), (415, one(Reason::WrongType)));
    let large = || lab.ask(request("POST", &path, "192.0.2.1", "x".repeat(257 * 1024)));
    assert_eq!(reason(&large), (413, one(Reason::TooLarge)));
    // Storing fails; then the catalog cannot be read; then the program panics.
    lab.network.set(|operation, _| if operation == "TransactWriteItems" { Fault::Unreachable } else { Fault::None });
    assert_eq!(reason(&|| lab.send("192.0.2.2", &form(&lab, "Engen"))), (503, one(Reason::Unavailable)));
    let fresh = lab.beside(|_| {});
    for fate in [|| Fault::Unreachable, || Fault::Panics("of a test".to_owned())] {
        lab.network.set(move |_, _| fate());
        let ask =
            || lab.service.run(crate::journeys::lab::ask(&fresh, request("POST", &path, "192.0.2.2", String::new())));
        assert_eq!(reason(&ask), (503, one(Reason::Unavailable)));
    }
    lab.network.mend();
    let page = content.path().join("kredse/oestjylland/kreds.md");
    for page in [page.clone(), page.with_extension("en.md")] {
        let text = std::fs::read_to_string(&page).unwrap();
        std::fs::write(page, text.replacen("---\n", "---\nlukket:\n  bestil-en-betjent: Lukket.\n", 1)).unwrap();
    }
    let open = form(&lab, "Engen");
    lab.publish(content.path());
    assert_eq!(reason(&|| lab.send("192.0.2.3", &open)), (503, one(Reason::Closed)));
}

#[test]
fn a_mail_with_an_unknown_outcome_counts_as_parked() {
    let lab = Lab::start();
    lab.send("192.0.2.1", &form(&lab, "Parken"));
    lab.post.set(|_| Err(NotSent::perhaps("no answer")));
    for wait in [RETRIES[0], RETRIES[1], RETRIES[2]] {
        lab.sweep();
        lab.wait(wait);
    }
    let before = lab.metrics.lines().len();
    lab.sweep();
    assert_eq!((counted(&lab, before)["owed all"], counted(&lab, before)["parked all"]), (0, 1));
}
