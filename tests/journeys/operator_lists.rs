//! An operator's lists for planning: the roads and the towns with the most requests.

use crate::journeys::filled::{call, open, traffic};
use crate::journeys::operator_tool::{assert_documented, audit, json, operator, reference};
use crate::journeys::service::{Service, copied_content};
use jiff::SignedDuration;
use serde_json::Value;
use site_gen::cli::scaffold::{New, make};
use std::collections::BTreeSet;

#[test]
fn requests_for_visits_are_counted_by_town_and_suggested_as_stops() {
    let service = Service::start();
    for (place, topic) in [("8370", "mobil-politistation"), ("Hadsten", "mobil-politistation"), ("Aarhus C", "andet")] {
        let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", place);
        form.set("emne", topic).set("vej", place).submit().form().press("trin", "send");
        service.wait(SignedDuration::from_mins(10));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("besoeg.csv");
    let said = json(&service, &["visits", "oestjylland", "--csv", file.to_str().unwrap()]);
    assert_documented("visits", &said);
    let towns = said["towns"].as_array().unwrap();
    assert_eq!((towns.len(), &towns[0]["town"], &towns[0]["requests"]), (1, &"Hadsten".into(), &2.into()));
    assert_eq!(audit(&service), [("listed visits".to_owned(), "oestjylland".to_owned())]);
    let content = copied_content();
    let made = make(content.path(), &New::Stop { kreds: "oestjylland".to_owned(), requests: Some(file) }).unwrap();
    assert_eq!(made.paths, ["kredse/oestjylland/tur.md", "kredse/oestjylland/tur.en.md"]);
    let tour = std::fs::read_to_string(content.path().join(&made.paths[0])).unwrap();
    assert!(
        tour.contains("    # Færre end 5 har bedt om et besøg. Byen står ikke på turen.\n    by: Hadsten\n"),
        "{tour}"
    );
}

#[test]
fn requests_about_one_road_are_listed_together_with_an_audit_line() {
    let service = Service::start();
    let send = |road: &str, kommune: &str| {
        let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"));
        let form = form.set("vej", road).set("kommune", kommune);
        reference(&form.submit().form().press("trin", "send"))
    };
    let on_one = ["Grenåvej", "grenaavej v. nr. 14", "=Grenåvej ved Lisbjerg"].map(|road| send(road, "0751"));
    let elsewhere = send("Grenåvej", "0706");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("veje.csv");
    let said = json(&service, &["stretches", "oestjylland", "--csv", file.to_str().unwrap()]);
    assert_documented("stretches", &said);
    let list = said["stretches"].as_array().unwrap();
    assert_eq!((list.len(), &list[0]["road"], &list[0]["requests"]), (2, &"Grenåvej".into(), &3.into()));
    let references: BTreeSet<&str> =
        list[0]["references"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(references, on_one.iter().map(String::as_str).collect());
    assert_eq!(list[1]["references"][0], elsewhere);
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("\"Aarhus\";\"Grenåvej\";\"3\";") && !written.contains("\"="), "{written}");
    assert_eq!(audit(&service), [("listed stretches".to_owned(), "oestjylland".to_owned())]);
    assert_eq!(operator(&service, &["stretches", "herlov"]).code, 4);
    assert_eq!(operator(&service, &["stretches", "oestjylland", "--days", "91"]).code, 2);
    let nowhere = operator(&service, &["stretches", "oestjylland", "--csv", "/findes/ikke/veje.csv"]);
    assert!(nowhere.code == 2 && nowhere.err.contains("cannot be written"), "{}", nowhere.err);
}

#[test]
fn calls_and_forwarded_requests_are_not_listed_by_road() {
    let service = Service::start();
    let other = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    other.set("vej", "Grenåvej").submit().form().press("trin", "send");
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"));
    let gone = reference(&form.set("vej", "Grenåvej").set("kommune", "0751").submit().form().press("trin", "send"));
    service.sweep();
    let listed = || json(&service, &["stretches", "oestjylland"])["stretches"].as_array().unwrap().len();
    assert_eq!(listed(), 1);
    let mail = service.mails().into_iter().find(|mail| mail.message_id.starts_with(&format!("{gone}.kreds@"))).unwrap();
    let officers = mail.text.lines().find_map(|line| line.find("/sag/").map(|at| line[at..].to_owned())).unwrap();
    service.visitor().open(&officers).form_at("#valg").set("valg", "videre").set("til", "fyn").submit();
    assert_eq!(listed(), 0);
}
