//! Content that an operator publishes: stored first, so that new pages are judged by it, and then put into force.

use crate::journeys::lab::Lab;
use crate::journeys::operator_tool::{audit, json, operator};
use crate::journeys::service::{Service, copied_content};
use crate::journeys::{dump, filled};

const FORM: &str = "bestil-en-betjent";

#[test]
fn content_is_stored_then_activated_and_older_pages_keep_their_version() {
    let content = copied_content();
    let service = Service::start_with(content.path());
    let first = service.run(service.function().store().current_version()).unwrap().unwrap();
    let old_page = filled::call(filled::open(&service.visitor(), "fyn", FORM)).set("postnr", "Odense");

    // An editor changes a mailbox; the published pages are still the old ones.
    let kreds = content.path().join("kredse/fyn/kreds.md");
    let text = std::fs::read_to_string(&kreds).unwrap();
    std::fs::write(&kreds, text.replace("betjent@fyn.politi.example", "vagt@fyn.politi.example")).unwrap();
    let address = &service.running().address;
    let built = site_gen::build(content.path(), Some(address), service.now()).unwrap();
    let file = content.path().join("catalog.json");
    std::fs::write(&file, built.site.catalog().to_json()).unwrap();
    let version = built.site.catalog().version().as_str();
    let publish = |step: &[&str]| json(&service, &[&["publish-catalog", file.to_str().unwrap()], step].concat());
    let in_force = || service.run(service.function().store().current_version()).unwrap().unwrap();

    let early = operator(&service, &["publish-catalog", file.to_str().unwrap(), "--pointer-only"]);
    assert_eq!((early.code, early.err.contains("--no-pointer first")), (4, true), "{}", early.err);
    assert_eq!(publish(&["--dry-run"])["version"], version);
    assert_eq!((in_force(), audit(&service).len()), (first.clone(), 0));
    assert_eq!(publish(&["--no-pointer"])["kept"], true);
    assert_eq!(publish(&["--no-pointer"])["kept"], false);
    assert_eq!(in_force(), first);
    // A new page, published before the pointer moves.
    let new_page = old_page.clone().set("udgave", version).set("vej", "Nyvej");
    assert!(new_page.press("trin", "send").has(".reference-number"));
    let said = publish(&["--pointer-only"]);
    assert_eq!((&said["put_into_force"], &said["before"]), (&true.into(), &first.as_str().into()));
    assert_eq!(publish(&["--pointer-only"])["put_into_force"], false);
    assert_eq!(publish(&[])["kept"], false);
    assert_eq!(in_force().as_str(), version);
    assert!(old_page.press("trin", "send").has(".reference-number"));
    let lines =
        [("published", version), ("put into force", version)].map(|(what, about)| (what.to_owned(), about.to_owned()));
    assert_eq!(audit(&service), lines);

    std::fs::write(&file, "{}").unwrap();
    let wrong = operator(&service, &["publish-catalog", file.to_str().unwrap()]);
    assert_eq!((wrong.code, wrong.err.contains("Build the site again")), (2, true), "{}", wrong.err);
}

#[test]
fn publishing_writes_only_items_with_its_leading_key() {
    let content = copied_content();
    let lab = Lab::with(Service::start_with(content.path()), |_| {});
    lab.service.sweep();
    let kreds = content.path().join("kredse/fyn/kreds.md");
    let text = std::fs::read_to_string(&kreds).unwrap();
    std::fs::write(&kreds, text.replace("betjent@fyn.politi.example", "vagt@fyn.politi.example")).unwrap();
    let built = site_gen::build(content.path(), Some(&lab.service.running().address), lab.service.now()).unwrap();
    let file = content.path().join("catalog.json");
    std::fs::write(&file, built.site.catalog().to_json()).unwrap();
    let [items, keys] = dump::tables(&lab);
    assert_eq!(operator(&lab.service, &["publish-catalog", file.to_str().unwrap()]).code, 0);
    let [items_after, keys_after] = dump::tables(&lab);
    assert_eq!(keys, keys_after);
    let written: Vec<&str> =
        items_after.iter().filter(|item| !items.contains(item)).map(|item| dump::text(item, "pk")).collect();
    assert!(written.len() >= 4, "the catalog, the pointer and a line of the audit for each: {written:?}");
    assert!(written.iter().all(|pk| *pk == function::store::PUBLISHING), "{written:?}");
    assert_eq!(audit(&lab.service).len(), 2, "and it is in the audit");
}

#[cfg(unix)]
#[test]
fn an_endless_or_oversized_catalog_is_refused() {
    let service = Service::start();
    for endless in ["/dev/zero", "/dev/stdin", "/"] {
        let refused = operator(&service, &["publish-catalog", endless]);
        assert_eq!((refused.code, refused.err.contains("no regular file")), (2, true), "{endless}: {}", refused.err);
    }
    let folder = tempfile::tempdir().unwrap();
    let large = folder.path().join("catalog.json");
    std::fs::File::create(&large).unwrap().set_len(1 << 26).unwrap();
    let refused = operator(&service, &["publish-catalog", large.to_str().unwrap()]);
    assert_eq!((refused.code, refused.err.contains("more than")), (2, true), "{}", refused.err);
}
