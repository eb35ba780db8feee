//! Readability of the Danish texts: it is measured, reported and, if the settings say so, enforced.

use crate::support::Content;
use serde_json::{Value, json};
use site_gen::check::compared::{Files, compare};
use std::process::Command;

/// Twenty-six short words.
const LONG: &str = "Du og jeg og han og hun og vi og I og de og den og det og man og nu og da er her nok.";

/// Fifty words in ten sentences; four of five are long.
const HEAVY: &str = "Politiet vurderer din nuværende situation. ";

const LIST: &str = "såfremt: hvis\nforetage, foretager: gøre\ni henhold til: efter / ifølge\n";

/// True if the site can be published, and the messages.
fn said(content: &Content) -> (bool, Vec<String>) {
    match site_gen::check(content.path(), crate::support::now()) {
        Ok(assembled) => (true, assembled.warnings.iter().map(ToString::to_string).collect()),
        Err(diagnostics) => (false, diagnostics.iter().map(ToString::to_string).collect()),
    }
}

fn with_list() -> Content {
    let content = Content::new();
    content.write("ord/klart-sprog.txt", LIST);
    content
}

fn settings(content: &Content, line: &str) {
    content.change("indstillinger.md", "bund:", &format!("{line}\nbund:"));
}

fn site_gen(arguments: &[&str]) -> (bool, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_site-gen")).args(arguments).output().unwrap();
    (done.status.success(), String::from_utf8(if done.stdout.is_empty() { done.stderr } else { done.stdout }).unwrap())
}

#[test]
fn the_real_content_gives_no_warning() {
    let assembled = site_gen::check(&crate::support::real(), crate::support::now())
        .unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"));
    let warnings: Vec<String> = assembled.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn hard_texts_sentences_and_words_warn_and_the_site_is_published() {
    let content = with_list();
    content
        .page(&format!("## Såfremt\n\n{}\n\n- {LONG}\n\n| Foretager |\n|---|\n| I henhold  til |\n", HEAVY.repeat(10)));
    let (is_published, warnings) = said(&content);
    assert!(is_published);
    let page = "sider/proeve.md";
    assert_eq!(
        warnings,
        [
            format!(
                "{page}:3:14: advarsel: Teksten er svær at læse: lix 58. Højst 45. Del lange sætninger, og vælg kortere ord."
            ),
            format!("{page}:5:4: advarsel: »Såfremt« kan være svært at forstå. Skriv hellere »hvis«."),
            format!(
                "{page}:9:3: advarsel: Sætningen »Du og jeg og han og hun og vi og I og de…« har 26 ord. Højst 25. Del den i to."
            ),
            format!("{page}:11:3: advarsel: »Foretager« kan være svært at forstå. Skriv hellere »gøre«."),
            format!(
                "{page}:13:3: advarsel: »I henhold til« kan være svært at forstå. Skriv hellere »efter« eller »ifølge«."
            ),
        ]
    );
}

#[test]
fn front_matter_forms_and_ui_messages_are_checked_where_citizens_read_them() {
    let content = with_list();
    content.change("sprog/da.yaml", "soeg_nede: Søg", "soeg_nede: Såfremt søg");
    content.change(
        "kredse/fyn/kreds.md",
        "beskrivelse: ",
        "lukket: {bestil-en-betjent: Såfremt}\nbeskrivelse: Såfremt ",
    );
    content.change("formularer/bestil-en-betjent.md", "hjaelp: Så betjenten", "hjaelp: Såfremt betjenten");
    content.change("udgange/ring-114.md", "titel: ", "titel: Såfremt ");
    // Comments are not shown to citizens.
    content.change("sider/privatliv.md", "titel:", "# såfremt\ntitel:");
    let (is_published, warnings) = said(&content);
    let places: Vec<&str> = warnings.iter().filter_map(|warning| warning.split(": ").next()).collect();
    assert!(is_published, "{warnings:?}");
    let paths: Vec<&str> = places.iter().filter_map(|place| place.split(':').next()).collect();
    assert_eq!(
        paths,
        [
            "formularer/bestil-en-betjent.md",
            "kredse/fyn/kreds.md",
            "kredse/fyn/kreds.md",
            "sprog/da.yaml",
            "udgange/ring-114.md"
        ]
    );
}

#[test]
fn other_languages_are_not_checked() {
    let content = Content::english();
    content.write("ord/klart-sprog.txt", "such: sådan\n");
    content.change("sider/privatliv.en.md", "titel: ", "titel: Such ");
    content.change("sider/privatliv.en.md", "\n---\n", &format!("\n---\n\nSuch. {LONG}\n"));
    compare(content.path(), Files::All).unwrap();
    assert_eq!(said(&content), (true, Vec::new()));
}

#[test]
fn the_site_sets_its_own_limits_and_may_enforce_them() {
    let content = Content::new();
    content.page(&format!("{}\n\n{LONG}", HEAVY.repeat(10)));
    settings(&content, "laesbarhed: {lix: 60, laengste_saetning: 26}");
    assert_eq!(said(&content), (true, Vec::new()));
    content.change("indstillinger.md", "laengste_saetning: 26", "laengste_saetning: 20, streng: ja");
    let (is_published, diagnostics) = said(&content);
    assert!(!is_published && diagnostics.len() == 1, "{diagnostics:?}");
    assert!(diagnostics[0].starts_with("sider/proeve.md:7:1: Sætningen"), "{diagnostics:?}");
    for (line, expected) in [
        ("lix: 5", "»lix« skal være et helt tal fra 20 til 80"),
        ("streng: måske", "»streng« kan ikke være »måske«"),
        ("saetning: 20", "»saetning« kendes ikke her."),
    ] {
        let content = Content::new();
        settings(&content, &format!("laesbarhed: {{{line}}}"));
        let (is_published, diagnostics) = said(&content);
        assert!(
            !is_published && diagnostics.len() == 1 && diagnostics[0].contains(expected),
            "{line}: {diagnostics:?}"
        );
    }
}

#[test]
fn the_command_measures_each_file_even_of_a_site_with_mistakes() {
    let content = Content::new();
    content.page(&format!("{}\n\n{LONG}", HEAVY.repeat(10)));
    content.change("sider/privatliv.md", "titel:", "title:");
    let path = content.path().to_str().unwrap();
    let (is_done, text) = site_gen(&["language", "--content", path]);
    assert!(is_done, "{text}");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], " lix    ord sætninger         længste  fil");
    assert_eq!(lines[1], "  58     78        12    26 ord, l. 7  sider/proeve.md");
    assert!(lines[lines.len() - 1].ends_with(" ord."), "{text}");

    let (is_done, text) = site_gen(&["language", "--json", "--content", path]);
    assert!(is_done, "{text}");
    let all: Vec<Value> = serde_json::from_str(&text).unwrap();
    let page = all.iter().find(|reading| reading["path"] == "sider/proeve.md").unwrap();
    let longest = json!({"words": 26, "line": 7, "text": LONG});
    let expected = json!({
        "path": "sider/proeve.md", "lix": 58, "words": 78, "long_words": 40, "sentences": 12, "longest": longest
    });
    assert_eq!(page, &expected);
    assert!(all.is_sorted_by_key(|reading| reading["path"].as_str().unwrap().to_owned()));

    assert!(!site_gen(&["language", "--content", "/findes/ikke"]).0);
}
