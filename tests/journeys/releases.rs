//! Content and function of different releases, in both orders: each ignores the other's additions and loses no request.

use crate::journeys::filled::{call, open, traffic};
use crate::journeys::lab::Lab;
use crate::journeys::lambda::Lambda;
use crate::journeys::operator_tool::{json, operator};
use crate::journeys::service::Service;
use crate::journeys::visitor::{FormOnPage, Page};
use crate::shared::gateway::web;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use model::catalog::Catalog;
use model::keys::{GONE, KEYS};
use model::names::CatalogVersion;
use serde_json::{Value, json};
use std::path::Path;

type FillIn = fn(FormOnPage) -> FormOnPage;

const FORMS: [(&str, FillIn); 2] = [("bestil-en-betjent", call), ("bestil-en-faerdselskontrol", traffic)];

/// Returns the current catalog as a newer release might write it, with additions in every part.
fn newer(service: &Service) -> Catalog {
    let catalog = service.run(service.function().catalog()).unwrap();
    let mut parts: Value = serde_json::from_slice(catalog.to_json()).unwrap();
    add(&mut parts);
    each(&mut parts["forms"], |form| {
        add(form);
        add(&mut form["start"]);
        each(&mut form["sections"], |section| {
            add(section);
            each(&mut section["fields"], |field| {
                add(field);
                if let Some(choices) = field["kind"].get_mut("choice") {
                    each(choices, add);
                }
            });
        });
    });
    for list in ["kredse", "kommuner", "postal_areas"] {
        each(&mut parts["atlas"][list], add);
    }
    for texts in parts["languages"].as_object_mut().unwrap().values_mut() {
        add(texts);
        texts["words"]["kommer_senere"] = "Et ord med {noget}".into();
        each(&mut texts["exits"], add);
    }
    Catalog::from_json(&serde_json::to_vec(&parts).unwrap()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn add(part: &mut Value) {
    part["kommer_senere"] = json!({ "noget": ["andet"] });
}

fn each(list: &mut Value, change: impl FnMut(&mut Value)) {
    list.as_array_mut().into_iter().flatten().for_each(change);
}

/// Overwrites a stored catalog with bytes that this release cannot read.
fn spoil(service: &Service, version: &CatalogVersion) {
    let key = |name: &str| AttributeValue::S(name.to_owned());
    let update = service.function().store().client().update_item().table_name("bestil-en-betjent");
    let update = update.key("pk", key("CATALOG")).key("sk", key(&format!("v#{version}")));
    let update = update.update_expression("SET #catalog = :catalog").expression_attribute_names("#catalog", "catalog");
    let update = update.expression_attribute_values(":catalog", AttributeValue::B(Blob::new(*b"of another kind")));
    service.run(update.send()).unwrap();
}

/// Asserts that each form reaches its mailbox, and that an address gets a receipt.
fn assert_both_are_mailed(service: &Service) {
    service.sweep();
    for address in ["betjent@fyn.politi.example", "faerdsel@fyn.politi.example", "aase@eksempel.example"] {
        service.mail_to(address);
    }
}

/// Opens a form on a page of the previous release's site.
fn page_before(service: &Service, form: &str) -> FormOnPage {
    let html = std::fs::read_to_string(before().join(format!("{form}.html"))).unwrap();
    Page::kept(&service.visitor(), &format!("/fyn/{form}/formular/"), html).form()
}

/// Reads a catalog of the previous release: if that fails, every form gets a 503 once this release is deployed.
fn read(json: &str) -> Catalog {
    let read = Catalog::from_json(json.as_bytes());
    let next = "a new fixed word needs a text in model::keys::NEW; for more see `Deploy` in infra/README.md";
    read.unwrap_or_else(|faults| panic!("the catalog of the release before cannot be read: {faults:?}. {next}"))
}

fn before() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("previous")
}

#[test]
fn content_of_a_newer_release_works_from_the_form_to_the_mail() {
    let service = Service::start();
    let old = service.run(service.function().catalog()).unwrap();
    let newer = newer(&service);
    assert_ne!(newer.version(), old.version());
    service.run(service.function().store().publish(&newer)).unwrap();
    let function = service.run(service.function().store().current_version()).unwrap().unwrap();
    assert_eq!(&function, newer.version());

    for (name, filled) in FORMS {
        // A page of the newer site carries the newer version, and so does every following page.
        let form = filled(open(&service.visitor(), "fyn", name)).set("kommune", "0461");
        let summary = form.set("udgave", newer.version().as_str()).submit();
        assert_eq!(summary.status, 200, "{}", summary.text());
        assert_eq!(summary.form().value("udgave"), Some(newer.version().as_str()));
        let again = summary.form().press("trin", "ret");
        assert_eq!(again.form().value("udgave"), Some(newer.version().as_str()), "{}", again.text());
        assert!(!again.has(".alert-warning"), "nothing has changed: {}", again.text());
        let receipt = summary.form().press("trin", "send");
        assert!(receipt.has(".reference-number"), "{}", receipt.text());
    }
    assert_both_are_mailed(&service);
    assert_eq!(json(&service, &["content"]), json!({ "catalog": newer.version().as_str(), "reads": true }));
}

#[test]
fn content_of_the_previous_release_works_from_its_own_page_to_the_mail() {
    let service = Service::start();
    let json = std::fs::read_to_string(before().join("catalog.json")).unwrap();
    let kept = read(&json);
    let texts: Value = serde_json::from_str(&json).unwrap();
    for key in texts["languages"]["da"]["words"].as_object().unwrap().keys() {
        let is_known = KEYS.iter().any(|(known, _)| known == key) || GONE.iter().any(|(gone, _)| gone == key);
        assert!(is_known, "the function of the release before needs {key}: it must stand in model::keys::GONE");
    }
    // This site has another address.
    let old = read(&json.replacen(kept.base_url(), &service.running().address, 1));
    service.run(service.function().store().publish(&old)).unwrap();
    for (name, filled) in FORMS {
        let form = filled(page_before(&service, name)).set("kommune", "0461");
        assert_eq!(form.value("udgave"), Some(kept.version().as_str()), "page and catalog are of one release");
        let summary = form.set("udgave", old.version().as_str()).submit();
        assert_eq!(summary.status, 200, "{}", summary.text());
        let receipt = summary.form().press("trin", "send");
        assert!(receipt.has(".reference-number"), "{}", receipt.text());
    }
    assert_both_are_mailed(&service);
}

#[test]
fn a_page_of_an_unreadable_release_is_shown_again_with_answers_and_reason() {
    let service = Service::start();
    let newer = newer(&service);
    service.run(service.function().store().keep_catalog(&newer)).unwrap();
    spoil(&service, newer.version());
    let form = traffic(open(&service.visitor(), "fyn", "bestil-en-faerdselskontrol")).set("kommune", "0461");
    let form = form.set("udgave", newer.version().as_str());
    // Its answers fit the current form, so its version does not matter.
    assert_eq!(form.submit().status, 200);
    let answer = form.set("problem", "noget-nyt").submit();
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text_at(".alert-warning").contains("ændret"), "{}", answer.text());
    assert!(answer.form().value("beskrivelse").is_some_and(|text| text.starts_with("De kører stærkt")));
    let receipt = answer.form().set("problem", "fart").submit().form().press("trin", "send");
    assert!(receipt.has(".reference-number"), "{}", receipt.text());
}

#[test]
fn requests_are_mailed_even_if_their_content_can_no_longer_be_read() {
    let lab = Lab::start();
    let version = lab.service.run(lab.function.store().current_version()).unwrap().unwrap();
    let receipt = lab.send("192.0.2.1", &call(lab.open("fyn", "bestil-en-betjent")).set("kommune", "0461")).id();
    lab.service.run(lab.function.store().publish(&newer(&lab.service))).unwrap();
    spoil(&lab.service, &version);
    // A function that starts now has no older content in memory.
    let fresh = lab.beside(|_| {});
    assert_eq!(lab.service.run(fresh.sweep()).unwrap().sent, 2);
    let mut to: Vec<String> = lab.post.mails().into_iter().map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to, ["aase@eksempel.example", "betjent@fyn.politi.example"]);
    assert_eq!(lab.get(&format!("/kvittering/{receipt}")).status, 200);
}

#[test]
fn a_function_says_whether_it_can_read_a_catalog() {
    let service = Service::start();
    let store = service.function().store();
    let version = service.run(store.current_version()).unwrap().unwrap();
    let mut lambda = Lambda::start(&service, &[("MAIL", "folder:/nowhere")], &tempfile::tempfile().unwrap());
    let said = lambda.invoke(&json!({ "task": "read" }));
    let payloads = ["1.0", "2.0"];
    assert_eq!(said, json!({ "catalog": version.as_str(), "payloads": payloads, "reads": true }));

    let newer = newer(&service);
    let about_newer = json!({ "task": "read", "catalog": newer.version().as_str() });
    assert_eq!(lambda.invoke(&about_newer)["reads"], false, "nobody has kept it");
    service.run(store.keep_catalog(&newer)).unwrap();
    let read = json!({ "catalog": newer.version().as_str(), "payloads": payloads, "reads": true });
    assert_eq!(lambda.invoke(&about_newer), read);
    spoil(&service, newer.version());
    assert_eq!(lambda.invoke(&about_newer)["reads"], false);
    let nonsense = lambda.invoke(&json!({ "task": "read", "catalog": "../../current" }));
    assert_eq!(nonsense, json!({ "catalog": null, "payloads": payloads, "reads": false }));
    // Anyone can post such an event, but it stays a web request.
    let posed = lambda.invoke(&web("POST", "/indsend/bestil-en-betjent", &about_newer.to_string()));
    assert_eq!(posed["statusCode"], 422, "{posed}");

    assert_eq!(operator(&service, &["content"]).code, 0);
    service.run(store.put_into_force(newer.version())).unwrap();
    let said = operator(&service, &["content"]);
    assert_eq!((said.code, said.out.contains("cannot read it")), (3, true), "{}", said.out);
}
