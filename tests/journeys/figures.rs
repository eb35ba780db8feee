//! Figures from the first press of a button to the published file: what is counted, and that counting stops nobody.

use crate::journeys::lab::{Answer, Lab, kreds, request};
use crate::journeys::network::Fault;
use crate::journeys::operator_tool::{json, operator};
use crate::journeys::visitor::FormOnPage;
use crate::journeys::{dump, filled};
use function::figures::of_month;
use jiff::SignedDuration;
use model::figures::{Call, Month};
use std::time::Duration;

/// Presses a button of a form.
fn press(lab: &Lab, form: &FormOnPage, step: &str) -> Answer {
    let form = form.clone().set("trin", step);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
    lab.ask(request("POST", &form.action, "192.0.2.1", body))
}

#[test]
fn a_form_sent_twice_starts_once_and_a_request_counts_once_deleted() {
    let lab = Lab::start();
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let month = Month::of(lab.service.now());
    let refused = press(&lab, &form.clone().set("telefon", "12"), "gennemse");
    assert_eq!(refused.status, 422);
    let again = lab.service.visitor().kept_form(&refused.html).set("telefon", "31 22 33 44");
    assert_eq!(again.value("igen"), Some("ja"));
    assert_eq!(press(&lab, &again, "gennemse").status, 200);
    // Somebody else opens the summary, and leaves.
    assert_eq!(press(&lab, &form, "gennemse").status, 200);
    let id = lab.send("192.0.2.1", &again).id();
    lab.sweep();
    lab.wait_without_digests(SignedDuration::from_hours(24 * 100));
    while lab.sweep().erased > 0 {}
    let [items, _] = dump::tables(&lab);
    let is_of_it = |item: &&dump::Item| dump::text(item, "pk") == format!("SUBMISSION#{id}");
    assert_eq!(items.iter().filter(is_of_it).count(), 0, "it is deleted");
    let counts = lab.service.run(of_month(lab.function.store(), month)).unwrap();
    assert_eq!(counts.len(), 1);
    let counts = &counts[&kreds("oestjylland")];
    assert_eq!((counts.received, counts.started, counts.overdue()), (1, 2, 1));
    assert_eq!(counts.calls.keys().collect::<Vec<_>>(), [&Call::None]);
    let failed: Vec<_> = counts.failed.iter().map(|((_, field), times)| (field.as_str(), *times)).collect();
    assert_eq!(failed, [("telefon", 1)]);
}

#[test]
fn failing_or_hanging_counters_change_no_answer() {
    let lab = Lab::start();
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let fates: [fn() -> Fault; 4] = [
        || Fault::Unreachable,
        || Fault::Refused("no".to_owned()),
        || Fault::AnswerLost,
        || Fault::Late(Duration::from_secs(20)),
    ];
    for fate in fates {
        lab.network.set(move |_, body| if body.contains("FIGURES#") { fate() } else { Fault::None });
        assert_eq!(press(&lab, &form, "gennemse").status, 200);
        assert_eq!(press(&lab, &form.clone().set("telefon", "12"), "gennemse").status, 422);
    }
    lab.send("192.0.2.1", &form).id();
}

#[test]
fn the_operator_adds_settled_months_to_a_file_and_changes_no_old_one() {
    let lab = Lab::start();
    let form = filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let send = |number: u8| {
        let sender = format!("192.0.2.{number}");
        lab.send(&sender, &form.clone().set("vej", &format!("Vej {}", char::from(b'A' + number)))).id()
    };
    // The month in which counting began, and the next one. The operator's clock is the machine's.
    let now = lab.service.now();
    let first = Month::of(now).plus(-5);
    let next = first.plus(1);
    let go_to = |month: Month| {
        lab.wait(month.begin().duration_since(lab.service.now()) + SignedDuration::from_hours(240));
    };
    go_to(first);
    send(0);
    go_to(next);
    (1..8).for_each(|number| drop(send(number)));
    lab.wait(now.duration_since(lab.service.now()));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tal.csv");
    let path = file.to_str().unwrap();
    let write = || operator(&lab.service, &["figures", "--out", path]);
    assert_eq!(write().code, 0);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains(&format!("\n{next},oestjylland,modtaget,7\n")), "{text}");
    assert!(text.contains(&format!("\n{next},fyn,modtaget,skjult\n")), "{text}");
    assert!(!text.contains(&first.to_string()), "{text}");
    let changed = text.replace("modtaget,7", "modtaget,70");
    std::fs::write(&file, &changed).unwrap();
    let said = json(&lab.service, &["figures", "--out", path]);
    assert!(said["added"].as_array().unwrap().iter().all(|month| *month != next.to_string()), "{said}");
    assert!(said["kept"].as_array().unwrap().contains(&next.to_string().into()), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), changed);
    for (arguments, expected) in [
        (&["figures", "--out", path, "--to", "2099-01"][..], "is not settled yet"),
        (&["figures", "--out", path, "--from", "2026"], "A month is written as 2026-11"),
    ] {
        let answer = operator(&lab.service, arguments);
        assert!(answer.code == 2 && answer.err.contains(expected), "{}", answer.err);
    }
}
