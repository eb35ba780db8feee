//! Nothing that is promised changes unseen: the real program refuses it until the change is approved in the content.

use crate::support::{Content, real};
use site_gen::build::promises::{APPROVED, Promises, changes};
use std::fs;
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The real content must promise what was approved. If this fails and the change is right, approve it:
/// `cargo run --bin site-gen -- promises --approve`, and let a colleague review the difference of the file.
#[test]
fn what_the_real_content_promises_is_what_was_approved() {
    let now = Promises::of(&real()).unwrap_or_else(|failure| panic!("{failure}"));
    let approved = fs::read_to_string(real().join(APPROVED)).expect("the approved promises");
    let changes = changes(&Promises::from_json(&approved).unwrap(), &now);
    let told: Vec<String> = changes.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "not approved:\n{}", told.join("\n"));
    assert_eq!(now.to_json(), approved, "the file is not as the program writes it: approve again");
}

fn site_gen(content: &Content, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
    command.args(arguments).args(["--content", content.path().to_str().unwrap()]).output().unwrap()
}

/// A tree in two languages, with a kreds that has a telephone and a page that promises something, all of it approved.
static APPROVED_TREE: LazyLock<Content> = LazyLock::new(|| {
    let content = Content::english();
    for (end, text) in
        [("md", "Ring 114, eller 112. Vi svarer inden for 7 dage.\n"), ("en.md", "Call 114 or 112 in 7 days.\n")]
    {
        content.write(&format!("sider/proeve.{end}"), &format!("---\ntitel: Prøve\nbeskrivelse: Prøve.\n---\n{text}"));
    }
    content.change("kredse/fyn/kreds.md", "frist:", "telefon: 96 30 14 48\nfrist:");
    // The list of approved numbers lets these pass: it does not say where each may stand.
    let more = ["115", "116", "96 30 14 49"].map(|number| format!("{number},prøven,https://politi.dk/\n")).concat();
    let list = fs::read_to_string(content.path().join("data/telefonnumre.csv")).unwrap();
    content.write("data/telefonnumre.csv", &format!("{list}{more}"));
    let output = site_gen(&content, &["promises", "--approve"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    content
});

/// A copy of that tree.
fn approved() -> Content {
    let content = Content::new();
    content.lay(APPROVED_TREE.path());
    content
}

/// The lines about what is not approved, and the exit status.
fn told(content: &Content) -> (Option<i32>, Vec<String>) {
    let output = site_gen(content, &["promises"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("  ")).map(str::to_owned);
    (output.status.code(), lines.collect())
}

#[test]
fn every_change_of_a_promise_is_refused_and_told_with_where_it_stands() {
    let message = "driftsbesked: {tekst: Ring 115., vises_fra: 2031-01-01, udloeber: 2031-01-02}\nkode:";
    let message_en = "driftsbesked: {tekst: Call 115.}\nbeskrivelse:";
    for (changed, expected) in [
        (&[("sider/proeve.md", "114", "115")] as &[_], &["Telefonnummer: 114 -> 115 på 1 side: /proeve/"] as &[&str]),
        // Both numbers were there before: what counts is how often.
        (&[("sider/proeve.md", "112", "114")], &["Telefonnummer: 112 -> 114 på 1 side: /proeve/"]),
        (
            &[("sider/proeve.md", "Ring 114, eller 112", "Ring 112")],
            &["Telefonnummer: 114 (3 gange) -> 114 (2 gange) på 1 side: /proeve/"],
        ),
        (&[("sider/proeve.en.md", "7 days", "seven days")], &[]),
        (&[("sider/proeve.en.md", "7 days", "14 days")], &["Frist: 7 dage -> 14 dage på 1 side: /en/proeve/"]),
        (&[("sider/proeve.md", "7 dage", "7 hverdage")], &["Frist: 7 dage -> 7 hverdage på 1 side: /proeve/"]),
        (
            &[("tekster/haster-ikke.md", "114", "116"), ("tekster/haster-ikke.en.md", "114", "116")],
            &["Telefonnummer: 114 -> 116 på 18 sider: {sprog}/{kreds}/, {sprog}/{kreds}/bestil-en-betjent/formular/, \
             {sprog}/{kreds}/bestil-en-faerdselskontrol/formular/"],
        ),
        (
            &[("sprog/da.yaml", "Ring 114", "Ring 115")],
            &["Telefonnummer: 114 -> 115 på alle sider på dansk, sprog/da.yaml"],
        ),
        (
            &[("kredse/fyn/kreds.md", "telefon: 96 30 14 48", "telefon: 96 30 14 49")],
            &[
                "Kredsen fyn, telefon: 96 30 14 48 -> 96 30 14 49",
                "Telefonnummer: 96 30 14 48 -> 96 30 14 49 på 2 sider: {sprog}/fyn/",
            ],
        ),
        (
            &[("kredse/oestjylland/kreds.md", "ring: 7", "ring: 8")],
            &[
                "Frist: 7 dage -> 8 dage på 2 sider: {sprog}/oestjylland/",
                "Kredsen oestjylland, frist: ring: 7 dage -> ring: 8 dage",
            ],
        ),
        (
            &[("kredse/oestjylland/kreds.md", "frist:", "opbevaring_dage: 60\nfrist:")],
            &[
                "Frist: 30 dage -> 60 dage på 4 sider: {sprog}/oestjylland/bestil-en-betjent/formular/, \
             {sprog}/oestjylland/bestil-en-faerdselskontrol/formular/",
                "Kredsen oestjylland, opbevaring: 30 dage -> 60 dage",
            ],
        ),
        (
            &[("kredse/fyn/kreds.md", "faerdsel@fyn.politi.example", "faerdsel@fyn.andre.example")],
            &["Kredsen fyn, postkassen bestil-en-faerdselskontrol: fyn.politi.example -> fyn.andre.example"],
        ),
        (&[("kredse/fyn/kreds.md", "faerdsel@fyn.politi.example", "andre@fyn.politi.example")], &[]),
        (&[("indstillinger.md", "faldback_postkasse: ", "faldback_postkasse: x")], &[]),
        (
            &[("tekster/ingen-garanti.md", "ikke en garanti", "en garanti")],
            &[
                "Forbeholdet, da: »En betjent ringer til dig. Det er ikke en garanti for, at politiet kommer.« -> »En betjent \
             ringer til dig. Det er en garanti for, at politiet kommer.«",
            ],
        ),
        // What only the function shows, and what is shown later.
        (
            &[("sprog/da.yaml", "afvist_stor:", "afvist_stor: \"Ring 115.\" #")],
            &["Telefonnummer: 115 er kommet til på 1 sted: sprog/da.yaml"],
        ),
        (
            &[
                ("kredse/bornholm/kreds.md", "kode:", message),
                ("kredse/bornholm/kreds.en.md", "beskrivelse:", message_en),
            ],
            &["Telefonnummer: 115 er kommet til på 10 sider: {sprog}/bornholm/, "],
        ),
        (
            &[("sider/proeve.md", "Vi svarer", "Skriv til vi@andre.example. Vi svarer")],
            &["Maildomæne: andre.example er kommet til på 1 side: /proeve/"],
        ),
        (&[("sider/proeve.md", "Vi svarer", "Vi siger noget andet")], &[]),
    ] {
        let content = approved();
        for (path, from, to) in changed {
            content.change(path, from, to);
        }
        let (status, lines) = told(&content);
        assert_eq!(status, Some(i32::from(!expected.is_empty())), "{changed:?}: {lines:?}");
        assert_eq!(lines.len(), expected.len(), "{changed:?}: {lines:#?}");
        for (line, expected) in lines.iter().zip(expected) {
            let is_told = if expected.ends_with([' ', ':']) { line.starts_with(expected) } else { line == expected };
            assert!(is_told, "{line}\nis not\n{expected}");
        }
    }
}

#[test]
fn a_new_page_that_promises_nothing_needs_no_approval() {
    let content = approved();
    for end in ["md", "en.md"] {
        content.write(&format!("kredse/fyn/ny.{end}"), "---\ntitel: Ny\nbeskrivelse: Ny.\n---\nEn ny side.\n");
    }
    assert_eq!(told(&content), (Some(0), Vec::new()));
}

#[test]
fn what_has_changed_since_a_release_is_told_and_once_it_is_approved_it_is_no_failure() {
    let content = approved();
    let out = tempfile::tempdir().unwrap();
    let release = out.path().join("dist");
    assert!(site_gen(&content, &["build", "--out", release.to_str().unwrap()]).status.success());
    let old = release.join("loefter.json");
    assert_eq!(fs::read(&old).unwrap(), fs::read(content.path().join(APPROVED)).unwrap());
    assert!(!release.join("public/loefter.json").exists());
    let against = |content: &Content, more: &[&str]| {
        let output = site_gen(content, &[&["promises", "--against", old.to_str().unwrap()], more].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let nothing = "Ændret siden den tidligere udgave: intet.\nAlt, hvad hjemmesiden lover, er godkendt.\n";
    assert_eq!(against(&content, &[]), (Some(0), nothing.to_owned()));

    content.change("sider/proeve.md", "114", "115");
    let line = "  Telefonnummer: 114 -> 115 på 1 side: /proeve/\n";
    let (status, text) = against(&content, &[]);
    assert_eq!(status, Some(1));
    assert_eq!(text.matches(line).count(), 2, "since the release, and not approved: {text}");
    assert!(text.ends_with("skriv: cargo run --bin site-gen -- promises --approve\n"), "{text}");
    let (status, json) = against(&content, &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["godkendt"]), (Some(1), &serde_json::json!(false)));
    let change = serde_json::json!({
        "about": "Telefonnummer", "before": "114", "now": "115", "places": ["/proeve/"], "count": 1
    });
    assert_eq!((&json["aendringer"][0], &json["ikke_godkendt"][0]), (&change, &change));

    let approving = site_gen(&content, &["promises", "--approve"]);
    assert!(String::from_utf8(approving.stdout).unwrap().starts_with(line.trim_start()));
    let (status, text) = against(&content, &[]);
    assert_eq!(status, Some(0));
    assert_eq!(text.matches(line).count(), 1, "{text}");
    assert!(text.ends_with("Alt, hvad hjemmesiden lover, er godkendt.\n"), "{text}");
}

#[test]
fn without_approval_with_mistakes_or_with_a_wrong_command_the_status_says_so() {
    let content = Content::new();
    let status = |arguments: &[&str]| site_gen(&content, arguments).status.code();
    assert_eq!(told(&content).0, Some(1), "nothing has been approved");
    assert_eq!(status(&["promises", "--against", "/findes/ikke"]), Some(1));
    assert_eq!(status(&["promises", "--against"]), Some(2));
    assert_eq!(status(&["promises", "--approve", "--json"]), Some(2));
    content.write(APPROVED, "{\"kredse\": {}}");
    let output = site_gen(&content, &["promises"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("Løfterne kan ikke læses"));
    content.remove(APPROVED);
    content.change("kredse/fyn/kreds.md", "kode: 1465", "kode: fem");
    assert_eq!(status(&["promises", "--approve"]), Some(1));
    assert!(!content.path().join(APPROVED).exists());
}
