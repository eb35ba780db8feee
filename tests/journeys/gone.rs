//! Places removed from the content while somebody fills in a form: the request still reaches a human.

use crate::journeys::filled;
use crate::journeys::lab::{Lab, kreds};
use function::alarm::Alarm;
use jiff::SignedDuration;
use model::catalog::Catalog;
use serde_json::Value;

/// Returns the current catalog without some kommuner, and without kredse that have none left.
fn without(lab: &Lab, codes: &[&str]) -> Catalog {
    let catalog = lab.service.run(lab.function.catalog()).unwrap();
    let mut parts: Value = serde_json::from_slice(catalog.to_json()).unwrap();
    let atlas = &mut parts["atlas"];
    let is_gone = |code: &Value| codes.contains(&code.as_str().unwrap());
    for places in ["postal_areas", "names"] {
        let places = atlas[places].as_array_mut().unwrap();
        for place in &mut *places {
            place["kommuner"].as_array_mut().unwrap().retain(|code| !is_gone(code));
        }
        places.retain(|place| !place["kommuner"].as_array().unwrap().is_empty());
    }
    atlas["kommuner"].as_array_mut().unwrap().retain(|kommune| !is_gone(&kommune["code"]));
    let kommuner = atlas["kommuner"].clone();
    let has_one = |slug: &Value| kommuner.as_array().unwrap().iter().any(|kommune| kommune["kreds"] == *slug);
    atlas["kredse"].as_array_mut().unwrap().retain(|kreds| has_one(&kreds["slug"]));
    Catalog::from_json(&serde_json::to_vec(&parts).unwrap()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn publish(lab: &Lab, catalog: &Catalog) {
    lab.service.run(lab.function.store().publish(catalog)).unwrap();
}

#[test]
fn a_request_to_a_removed_kreds_goes_to_the_fallback_with_an_alarm() {
    let lab = Lab::start();
    let form = filled::call(lab.open("bornholm", "bestil-en-betjent")).set("kommune", "0400");
    let before = lab.send("192.0.2.1", &form).id();
    publish(&lab, &without(&lab, &["0400", "0411"]));
    // One was received before, the other comes from a page that was opened before.
    let after = lab.send("192.0.2.1", &form.clone().set("vej", "En anden vej").set("email", "b@eksempel.example")).id();
    let routed = lab.service.run(lab.function.store().routed(&after)).unwrap().unwrap();
    assert_eq!((routed.kreds.clone(), routed.rule.as_str()), (kreds("bornholm"), "older-catalog"));

    let swept = lab.sweep();
    assert_eq!(swept.alarms, [(Alarm::Unroutable, kreds("bornholm"))]);
    let mails: Vec<_> = lab.post.mails().into_iter().filter(|mail| mail.to.starts_with("faldback@")).collect();
    assert_eq!(mails.len(), 2, "{:?}", lab.post.mails().iter().map(|mail| &mail.to).collect::<Vec<_>>());
    for mail in mails {
        assert!(mail.mail().text.contains("Send den til Bornholms Politi (kommune: Bornholm)"), "{}", mail.mail().text);
    }
    assert_eq!(lab.post.mails().len(), 4, "the citizens have their receipts, too");
    for id in [before, after] {
        let receipt = lab.get(&format!("/kvittering/{id}"));
        assert!(receipt.status == 200 && receipt.text().contains("Bornholms Politi"), "{}", receipt.text());
    }
    // The digest of that day, planned while the kreds existed, does not go to its old mailbox.
    lab.wait(SignedDuration::from_hours(31));
    while lab.sweep().digests > 0 {}
    assert!(!lab.post.digests().is_empty());
    assert!(lab.post.digests().iter().all(|digest| !digest.to.contains("bornholm")));
}

#[test]
fn a_kommune_removed_while_a_page_is_open_still_leads_to_its_kreds() {
    let lab = Lab::start();
    let form = filled::traffic(lab.open("fyn", "bestil-en-faerdselskontrol")).set("kommune", "0492");
    publish(&lab, &without(&lab, &["0492"]));
    let id = lab.send("192.0.2.1", &form).id();
    let routed = lab.service.run(lab.function.store().routed(&id)).unwrap().unwrap();
    assert_eq!((routed.kreds, routed.rule.as_str()), (kreds("fyn"), "older-catalog"));
    let swept = lab.sweep();
    assert_eq!((swept.sent, swept.alarms.as_slice()), (1, &[][..]));
    assert_eq!(lab.names_to("faerdsel@fyn.politi.example").len(), 1);
    // The current form no longer offers it, so the citizen must choose.
    let fresh = lab.send("192.0.2.1", &form.set("udgave", "0123456789abcdef").set("vej", "Ny vej"));
    assert_eq!(fresh.status, 422, "{}", fresh.text());
}

/// Removes a topic and its follow-up questions from a part of a catalog.
fn drop_topic(value: &mut Value, code: &str) {
    match value {
        Value::Array(all) => {
            all.retain(|part| part["code"] != code && part["only_for"] != code);
            all.iter_mut().for_each(|part| drop_topic(part, code));
        }
        Value::Object(parts) => parts.iter_mut().for_each(|(_, part)| drop_topic(part, code)),
        _ => {}
    }
}

#[test]
fn a_receipt_about_a_dropped_topic_still_leads_to_its_advice() {
    let lab = Lab::start();
    let form = filled::call(lab.open("fyn", "bestil-en-betjent")).set("kommune", "0461");
    let id = lab.send("192.0.2.1", &form).id();
    let catalog = lab.service.run(lab.function.catalog()).unwrap();
    let mut parts: Value = serde_json::from_slice(catalog.to_json()).unwrap();
    drop_topic(&mut parts["forms"], "utryghed");
    let without =
        Catalog::from_json(&serde_json::to_vec(&parts).unwrap()).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_ne!(without.version(), catalog.version());
    publish(&lab, &without);
    lab.wait(SignedDuration::from_mins(2));
    let receipt = lab.get(&format!("/kvittering/{id}"));
    assert!(receipt.html.contains("href=\"/raad-om-tryghed/\""), "{}", receipt.html);
}
