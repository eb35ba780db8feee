//! Reasons for closing a request: their entries in the catalog, and the required parts of their files.

use crate::support::{Content, html, now, said};
use model::catalog::Catalog;
use model::names::{Language, ReasonSlug};
use site_gen::build;

const DANISH: &str =
    "---\ntitel: Har fået råd\nklagevejledning: ja\n---\n\nVi har **talt** sammen. Læs [mere](/fyn/).\n";
const ENGLISH: &str = "We have talked & agreed.\n";

fn content(danish: &str, english: Option<&str>) -> Content {
    let content = Content::english();
    std::fs::create_dir(content.path().join("grunde")).unwrap();
    content.write("grunde/givet-raad.md", danish);
    if let Some(english) = english {
        content.write("grunde/givet-raad.en.md", english);
    }
    content
}

fn complaints(danish: &str, english: Option<&str>) -> String {
    build(content(danish, english).path(), None, now()).err().map(|failure| said(&failure)).unwrap_or_default()
}

#[test]
fn the_catalog_has_each_reason_in_every_language_and_may_lack_reasons() {
    let built = build(content(DANISH, Some(ENGLISH)).path(), None, now());
    let built = built.unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let json = html(&built.files, "catalog.json");
    let catalog = Catalog::from_json(json.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let reason = catalog.reason(&ReasonSlug::parse("givet-raad").unwrap()).unwrap();
    assert_eq!((reason.title.as_str(), reason.guides_complaints), ("Har fået råd", true));
    let text = |code: &str| reason.text(&Language::parse(code).unwrap()).unwrap().text();
    assert_eq!([text("da"), text("en")], ["Vi har talt sammen. Læs mere.", "We have talked & agreed."]);
    assert_eq!(text("de"), text("da"), "a language without it reads Danish");
    // It is on no page: only the officer and the citizen see it.
    assert!(built.files.iter().all(|file| !file.path.contains("givet-raad")));
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    value.as_object_mut().unwrap().remove("reasons");
    let older = Catalog::from_json(value.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert!(older.reasons().is_empty());
    for (name, wrong) in [("title", serde_json::json!(" ")), ("texts", serde_json::json!({"da": "Tekst"}))] {
        let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
        value["reasons"][0][name] = wrong;
        let faults = Catalog::from_json(value.to_string().as_bytes()).err().expect("it is refused");
        assert!(faults.len() == 1 && faults[0].to_string().contains("givet-raad"), "{faults:?}");
    }
}

#[test]
fn a_missing_part_of_a_reason_is_reported_at_its_location() {
    for (danish, english, complaint) in [
        (DANISH, None, "grunde/givet-raad.md:1:1: Oversættelsen givet-raad.en.md mangler. Skriv den: kun teksten"),
        (DANISH, Some(DANISH), "grunde/givet-raad.en.md:1:1: Linjerne øverst skal kun stå i den danske fil."),
        (DANISH, Some(" \n"), "grunde/givet-raad.en.md:1:1: Filen er tom."),
        ("---\ntitel: Råd\n---\n", Some(ENGLISH), "grunde/givet-raad.md:1:1: Der er ingen tekst."),
        ("---\nklagevejledning: ja\n---\nTekst.\n", Some(ENGLISH), "»titel«"),
        ("---\ntitel: Råd\nklagevejledning: måske\n---\nTekst.\n", Some(ENGLISH), "grunde/givet-raad.md:3:18"),
        ("---\ntitel: Råd\nklage: ja\n---\nTekst.\n", Some(ENGLISH), "»klage« kendes ikke her"),
        ("Tekst.\n", Some(ENGLISH), "grunde/givet-raad.md:1:1"),
        ("---\ntitel: Råd\n---\nLæs [mere](/jylland/).\n", Some(ENGLISH), "/jylland/"),
    ] {
        let said = complaints(danish, english);
        assert!(said.contains(complaint), "{complaint}:\n{said}");
        assert_eq!(said.lines().filter(|line| line.starts_with("grunde/")).count(), 1, "{said}");
    }
}
