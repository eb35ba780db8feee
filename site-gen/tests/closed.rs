//! A form that a kreds has closed: its pages and its entry in the catalog.

use crate::support::{Content, files, html};
use model::catalog::Catalog;
use model::names::{FormId, KredsSlug, Language};
use site_gen::output::File;

const DANISH: &str = "Vi tager ikke imod forslag & bestillinger <lige nu>.";
const ENGLISH: &str = "We receive no suggestions & requests <right now>.";

/// The tree in which Fyns Politi has closed its traffic form, with a message in two languages.
fn content() -> Content {
    let content = Content::english();
    for (file, text) in [("kreds.md", DANISH), ("kreds.en.md", ENGLISH)] {
        let line = format!("lukket: {{bestil-en-faerdselskontrol: \"{text}\"}}\nbeskrivelse:");
        content.change(&format!("kredse/fyn/{file}"), "beskrivelse:", &line);
    }
    content
}

fn page(files: &[File], prefix: &str, path: &str) -> String {
    html(files, &format!("public{prefix}/{path}index.html"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn a_closed_form_says_so_and_nothing_can_be_sent() {
    let content = content();
    content.change("kredse/fyn/kreds.md", "frist:", "telefon: 96 30 14 48\nfrist:");
    let files = files(&content);
    for (prefix, text) in [("", DANISH), ("/en", ENGLISH)] {
        for path in ["fyn/bestil-en-faerdselskontrol/", "fyn/bestil-en-faerdselskontrol/formular/"] {
            let page = page(&files, prefix, path);
            assert!(page.contains(&escaped(text)) && page.contains("Lukket lige nu"), "{path}: {page}");
            assert!(!page.contains("<form") && !page.contains("<input"), "{path}: {page}");
            // Nothing has been sent yet.
            assert!(!page.contains("IKKE modtaget"), "{path}: {page}");
            let main = page.split("<main").nth(1).unwrap();
            assert!(main.contains("href=\"tel:114\"") && main.contains("href=\"tel:+4596301448\""), "{main}");
            assert!(page.contains("href=\"tel:112\""));
        }
        let front = page(&files, prefix, "fyn/");
        assert_eq!(front.matches("Lukket lige nu").count(), 1, "{front}");
        assert!(front.contains(&format!("href=\"{prefix}/fyn/bestil-en-faerdselskontrol/\"")), "{front}");
    }
}

#[test]
fn other_forms_and_kredse_are_unchanged() {
    let [before, after] = [Content::english(), content()].map(|content| files(&content));
    // The catalog's version is in each form.
    let version = |files: &[File]| {
        let form = page(files, "", "bornholm/bestil-en-betjent/formular/");
        form.split("name=\"udgave\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let versions = (version(&before), version(&after));
    assert_ne!(versions.0, versions.1);
    let mut changed = Vec::new();
    for (one, other) in before.iter().zip(&after).filter(|(file, _)| file.path.ends_with(".html")) {
        assert_eq!(one.path, other.path);
        let one = String::from_utf8_lossy(&one.bytes).replace(&versions.0, &versions.1);
        if one != String::from_utf8_lossy(&other.bytes) {
            changed.push(other.path.as_str());
        }
    }
    let each = ["bestil-en-faerdselskontrol/formular/", "bestil-en-faerdselskontrol/", ""];
    let expected = ["/en", ""]
        .into_iter()
        .flat_map(|prefix| each.into_iter().map(move |path| format!("public{prefix}/fyn/{path}index.html")));
    assert_eq!(changed, expected.collect::<Vec<_>>());
}

#[test]
fn the_catalog_lists_closed_forms_and_rejects_unknown_or_empty_ones() {
    let built =
        site_gen::build(content().path(), None, crate::support::now()).unwrap_or_else(|error| panic!("{error}"));
    let json = html(&built.files, "catalog.json");
    let catalog = Catalog::from_json(json.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let closed = |kreds: &str, form: &str, language: &str| {
        let (kreds, form) = (KredsSlug::parse(kreds).unwrap(), FormId::parse(form).unwrap());
        catalog.closed(&kreds, &form, &Language::parse(language).unwrap()).map(str::to_owned)
    };
    assert_eq!(closed("fyn", "bestil-en-faerdselskontrol", "da").as_deref(), Some(DANISH));
    assert_eq!(closed("fyn", "bestil-en-faerdselskontrol", "en").as_deref(), Some(ENGLISH));
    assert_eq!(closed("fyn", "bestil-en-betjent", "da"), None);
    assert_eq!(closed("bornholm", "bestil-en-faerdselskontrol", "da"), None);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let reported = &value["closed"]["fyn"]["bestil-en-faerdselskontrol"];
    for wrong in [
        serde_json::json!({"jylland": {"bestil-en-faerdselskontrol": reported}}),
        serde_json::json!({"fyn": {"bestil-en-drone": reported}}),
        serde_json::json!({"fyn": {"bestil-en-faerdselskontrol": {"da": DANISH}}}),
        serde_json::json!({"fyn": {"bestil-en-faerdselskontrol": {"da": DANISH, "en": " "}}}),
    ] {
        let mut value = value.clone();
        value["closed"] = wrong;
        let faults = Catalog::from_json(value.to_string().as_bytes()).err().expect("it is refused");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].to_string().contains("has closed"), "{faults:?}");
    }
}

#[test]
fn an_older_catalog_without_the_newer_fields_is_read() {
    let built =
        site_gen::build(content().path(), None, crate::support::now()).unwrap_or_else(|error| panic!("{error}"));
    let mut value: serde_json::Value = serde_json::from_str(&html(&built.files, "catalog.json")).unwrap();
    value.as_object_mut().unwrap().remove("closed").expect("something is closed");
    for kreds in value["atlas"]["kredse"].as_array_mut().unwrap() {
        for name in ["second_mailbox", "retention"] {
            kreds.as_object_mut().unwrap().remove(name).expect(name);
        }
    }
    let catalog = Catalog::from_json(value.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let kreds = &catalog.atlas().kredse()[0];
    assert_eq!((kreds.second_mailbox.as_str(), kreds.retention.as_days()), ("ingen@postkasse.invalid", 30));
    // A catalog whose second mailbox equals the first is rejected.
    value["atlas"]["kredse"][0]["second_mailbox"] =
        value["atlas"]["kredse"][0]["mailboxes"]["bestil-en-betjent"].clone();
    let faults = Catalog::from_json(value.to_string().as_bytes()).err().expect("it is refused");
    assert!(faults[0].to_string().contains("second mailbox"), "{faults:?}");
}
