//! Controls that a kreds reports: page, feed, catalog and links from their day on, and the mistakes of editors.

use crate::support::{Content, files_at, holding, html, now};
use site_gen::output::File;

const FILE: &str = "kredse/fyn/her-var-vi/2026-11-20-skovvej.md";
const PAGE: &str = "public/fyn/her-var-vi/index.html";
const FEED: &str = "public/fyn/her-var-vi.atom";

/// A control with all optional parts; `more` is added to its front matter.
fn control(more: &str) -> String {
    let numbers = "tid: 7.30\nminutter: 60\nkoeretoejer: 1250\nfor_hurtigt: 31\nboeder: 12\n";
    format!("---\nvej: Skovvej\nkommune: Odense\ndato: 2026-11-20\n{numbers}{more}---\n\nTak, fordi I **skrev**.\n")
}

fn content(files: &[(&str, &str)]) -> Content {
    let content = Content::english();
    files.iter().for_each(|(path, text)| content.write(path, text));
    content
}

#[test]
fn a_control_is_shown_on_its_page_in_its_feed_and_in_the_catalog() {
    let earlier = "---\nvej: Ringvejen\nkommune: Odense\ndato: 2026-11-05\n---\n";
    let content = content(&[(FILE, &control("")), ("kredse/fyn/her-var-vi/a.md", earlier)]);
    let files = files_at(&content, "2026-11-22T12:00:00Z");
    let page = html(&files, PAGE);
    for part in [
        "<section id=\"2026-11-20-skovvej\"><h2>Skovvej, Odense</h2>",
        "<time datetime=\"2026-11-20T07:30\">Fredag den 20. november 2026 kl. 7.30</time>",
        "<dt>Kontrolleret i alt</dt><dd>1.250</dd>",
        "<dt>Kørte for hurtigt</dt><dd>31</dd>",
        "<strong>skrev</strong>",
        "<h2>Ringvejen, Odense</h2>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(page.find("Skovvej, Odense") < page.find("Ringvejen, Odense"), "the newest first");
    let feed = html(&files, FEED);
    for part in [
        "<id>https://prøve.example/fyn/her-var-vi/#2026-11-20-skovvej</id>",
        "<updated>2026-11-19T23:00:00Z</updated>",
        "Varede i minutter: 60",
        "Tak, fordi I skrev.",
    ] {
        let part = part.replace("https://prøve.example", &base(&files));
        assert!(feed.contains(&part), "{part}: {feed}");
    }
    assert!(html(&files, "public/fyn/index.html").contains("href=\"/fyn/her-var-vi/\""));
    assert!(html(&files, "public/en/fyn/her-var-vi/index.html").contains("<h2 lang=\"da\">Skovvej, Odense</h2>"));
    assert!(html(&files, "public/sitemap.xml").contains("/en/fyn/her-var-vi/"));
    assert!(html(&files, "public/soeg/index.html").contains("/fyn/her-var-vi/"));
    let catalog: serde_json::Value = serde_json::from_str(&html(&files, "catalog.json")).unwrap();
    let controls = catalog["controls"].as_array().unwrap();
    assert_eq!(controls.len(), 2);
    assert_eq!(controls[0]["road"], "Skovvej");
    assert_eq!(controls[0]["control"]["over"], 31);
    // A kreds without controls has no page.
    assert!(holding(&files, "her-var-vi").iter().all(|path| !path.contains("bornholm")), "no page of another kreds");
}

fn base(files: &[File]) -> String {
    let catalog: serde_json::Value = serde_json::from_str(&html(files, "catalog.json")).unwrap();
    catalog["base_url"].as_str().unwrap().to_owned()
}

#[test]
fn a_control_is_hidden_before_its_day_outside_its_time_and_as_a_draft() {
    for (text, now) in [
        (control(""), "2026-11-19T22:59:59Z"),
        (control("fra: 2026-11-25 08:00\n"), "2026-11-25T06:59:59Z"),
        (control("kladde: ja\n"), "2026-12-25T06:59:59Z"),
        (control("til: 2026-11-24\n"), "2026-11-24T23:00:00Z"),
        ("---\nkladde: ja\n# vej:\nkommune: Odense\ndato: 2026-11-20\n---\n".to_owned(), "2026-12-25T06:59:59Z"),
    ] {
        let content = content(&[(FILE, &text)]);
        let files = files_at(&content, now);
        assert_eq!(holding(&files, "Skovvej"), [""; 0], "{text}");
        assert_eq!(holding(&files, "her-var-vi"), [""; 0], "{text}");
    }
    for (text, now) in
        [(control(""), "2026-11-19T23:00:00Z"), (control("fra: 2026-11-25 08:00\n"), "2026-11-25T07:00:00Z")]
    {
        let content = content(&[(FILE, &text)]);
        let files = files_at(&content, now);
        assert!(html(&files, PAGE).contains("Skovvej") && html(&files, "catalog.json").contains("Skovvej"), "{now}");
        let before = files_at(&content, "2026-11-18T12:00:00Z");
        let next = html(&before, "next-change.txt");
        assert_eq!(next.trim(), now, "the build that shows it is ordered");
    }
}

#[test]
fn a_build_is_scheduled_for_the_end_of_a_control() {
    let content = content(&[(FILE, &control("til: 2026-11-24\n"))]);
    let files = files_at(&content, "2026-11-22T12:00:00Z");
    assert!(html(&files, PAGE).contains("Skovvej"));
    assert_eq!(html(&files, "next-change.txt").trim(), "2026-11-24T23:00:00Z");
}

#[test]
fn the_catalog_drops_a_control_after_90_days_but_its_page_keeps_it() {
    let later = "---\nvej: Skovvej\nkommune: Odense\ndato: 2027-02-19\n---\n";
    let content = content(&[(FILE, &control("")), ("kredse/fyn/her-var-vi/b.md", later)]);
    let files = files_at(&content, "2027-02-20T12:00:00Z");
    assert!(html(&files, PAGE).contains("2026-11-20-skovvej"));
    assert!(!html(&files, "catalog.json").contains("2026-11-20"));
    assert!(html(&files, "catalog.json").contains("2027-02-19"));
}

/// The mistakes in a tree, each with its code.
fn faults(content: &Content) -> Vec<String> {
    let faults = site_gen::check(content.path(), now()).err().unwrap_or_default();
    faults.iter().map(|fault| format!("{fault} [{}]", fault.code)).collect()
}

#[test]
fn a_mistake_in_a_control_is_reported_at_its_location() {
    for (text, reported) in [
        (control("").replace("vej: Skovvej\n", ""), ":2:1: »vej« mangler"),
        (control("").replace("vej: Skovvej", "vej: Skovvej og Ringvejen"), ":2:6: »vej« skal være navnet på én vej"),
        (control("").replace("Odense", "Aarhus"), "[ukendt-kommune]"),
        (control("").replace("2026-11-20", "20.11.2026"), ":4:7: »dato« skal være en dato som år-måned-dag"),
        (control("").replace("7.30", "halv otte"), "[forkert-tid]"),
        (control("").replace("minutter: 60", "minutter: 60 min."), "[forkert-tal]"),
        (
            control("").replace("1250", "30"),
            ":8:14: »for_hurtigt« kan ikke være større end »koeretoejer«. Her står »31«",
        ),
        (control("").replace("for_hurtigt: 31", "for_hurtigt: 31\nfart: 92"), "»fart« kendes ikke her"),
        (control("").replace("Tak,", "## Tak\n\nTak,"), "[overskrift-ikke-her]"),
        (control("").replace("Tak,", "Se [siden](/findes-ikke/),"), "[doedt-link]"),
        (control("").replace("Tak,", "Ring 12 34 56 78,"), "[telefonnummer-ikke-godkendt]"),
        (control("til: 2026-12-01\n").replace("vej: Skovvej", "vej: Skovvej\nfra: 2026-12-05"), "[side-vises-aldrig]"),
    ] {
        let content = content(&[(FILE, &text)]);
        let faults = faults(&content);
        let [fault] = faults.as_slice() else { panic!("{reported}: {faults:?}") };
        assert!(fault.starts_with(FILE) && fault.contains(reported), "{reported} is not in: {fault}");
    }
    for (path, reported) in [
        ("kredse/fyn/her-var-vi/2026-11-20-skovvej.en.md", "[oversaettelse-uden-dansk]"),
        ("kredse/fyn/her-var-vi/Skovvej 1.md", "[forkert-filnavn]"),
        ("kredse/fyn/her-var-vi.md", "[optaget-adresse]"),
    ] {
        let page = "---\ntitel: En side\nbeskrivelse: En side.\noversaettes: nej\n---\nTekst.\n";
        let content = content(&[(FILE, &control("")), (path, page)]);
        let faults = faults(&content);
        assert!(faults.iter().any(|fault| fault.contains(reported)), "{reported} is not in: {faults:?}");
    }
}
