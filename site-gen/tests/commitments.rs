//! Commitments only change with approval: the real program rejects a change until it is approved in the content.

use crate::support::{Content, real, site_gen};
use jiff::Timestamp;
use site_gen::check::commitments::{APPROVED, Commitments};
use std::fs;
use std::sync::LazyLock;

/// If this fails and the change is intended, approve it: `cargo run --bin site-gen -- commitments --approve`, and let a
/// colleague review the diff of the file.
#[test]
fn the_commitments_of_the_real_content_are_approved() {
    let site = site_gen::check(&real(), Timestamp::now()).map(|checked| checked.site).expect("no problems");
    let approved = fs::read_to_string(real().join(APPROVED)).expect("the approved commitments");
    let changes = site.commitments().changes_since(&Commitments::parse(&approved).unwrap());
    let changes: Vec<String> = changes.iter().map(ToString::to_string).collect();
    assert!(changes.is_empty(), "not approved:\n{}", changes.join("\n"));
    assert_eq!(site.commitments().to_string(), approved, "the file is not as the program writes it: approve again");
}

/// A tree in two languages with a kreds that has a telephone and a page with promises, all of it approved.
static APPROVED_TREE: LazyLock<Content> = LazyLock::new(|| {
    let content = Content::english();
    for (end, text) in
        [("md", "Ring 114, eller 112. Vi svarer inden for 7 dage.\n"), ("en.md", "Call 114 or 112 in 7 days.\n")]
    {
        content.write(&format!("sider/proeve.{end}"), &format!("---\ntitel: Prøve\nbeskrivelse: Prøve.\n---\n{text}"));
    }
    content.change("kredse/fyn/kreds.md", "frist:", "telefon: 96 30 14 48\nfrist:");
    // The list of approved numbers allows these: it does not say where each may be used.
    let more = ["115", "116", "96 30 14 49"].map(|number| format!("{number},prøven,https://politi.dk/\n")).concat();
    let list = fs::read_to_string(content.path().join("data/telefonnumre.csv")).unwrap();
    content.write("data/telefonnumre.csv", &format!("{list}{more}"));
    let output = site_gen(&content, &["commitments", "--approve"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    content
});

/// A copy of the approved tree.
fn approved() -> Content {
    let content = Content::new();
    content.lay(APPROVED_TREE.path());
    content
}

/// The exit status and the lines about unapproved changes.
fn reported(content: &Content) -> (Option<i32>, Vec<String>) {
    let output = site_gen(content, &["commitments"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("  ")).map(str::to_owned);
    (output.status.code(), lines.collect())
}

#[test]
fn every_changed_commitment_is_rejected_and_reported_with_its_file() {
    let message = "driftsbesked: {tekst: Ring 115., vises_fra: 2031-01-01, udloeber: 2031-01-02}\nkode:";
    let message_en = "driftsbesked: {tekst: Call 115.}\nbeskrivelse:";
    for (changed, expected) in [
        (&[("sider/proeve.md", "114", "115")] as &[_], &["sider/proeve.md, telefon: 114, 112 -> 115, 112"] as &[&str]),
        // Both numbers were there before: their positions count.
        (&[("sider/proeve.md", "112", "114")], &["sider/proeve.md, telefon: 114, 112 -> 114, 114"]),
        (
            &[("sider/proeve.md", "114, eller 112", "112, eller 114")],
            &["sider/proeve.md, telefon: 114, 112 -> 112, 114"],
        ),
        (&[("sider/proeve.md", "Ring 114, eller 112", "Ring 112")], &["sider/proeve.md, telefon: 114, 112 -> 112"]),
        (&[("sider/proeve.en.md", "7 days", "seven days")], &[]),
        (&[("sider/proeve.en.md", "7 days", "14 days")], &["sider/proeve.en.md, tid: 7 dage -> 14 dage"]),
        (&[("sider/proeve.md", "7 dage", "7\nhverdage")], &["sider/proeve.md, tid: 7 dage -> 7 hverdage"]),
        (
            &[("tekster/haster-ikke.md", "114", "116"), ("tekster/haster-ikke.en.md", "114", "116")],
            &["tekster/haster-ikke.en.md, telefon: ", "tekster/haster-ikke.md, telefon: "],
        ),
        (&[("sprog/da.yaml", "Ring 114", "Ring 115")], &["sprog/da.yaml, telefon: "]),
        (
            &[("kredse/fyn/kreds.md", "telefon: 96 30 14 48", "telefon: 96 30 14 49")],
            &["kredse/fyn/kreds.md, telefon: 96 30 14 48 -> 96 30 14 49"],
        ),
        (
            &[("kredse/oestjylland/kreds.md", "ring: 7", "ring: 8")],
            &["kredse/oestjylland/kreds.md, frist: ring 7 dage -> ring 8 dage"],
        ),
        (
            &[("kredse/oestjylland/kreds.md", "frist:", "opbevaring_dage: 60\nfrist:")],
            &["kredse/oestjylland/kreds.md, opbevaring: 30 dage -> 60 dage"],
        ),
        (
            &[("kredse/fyn/kreds.md", "faerdsel@fyn.politi.example", "faerdsel@fyn.andre.example")],
            &["kredse/fyn/kreds.md, maildomæne: "],
        ),
        (&[("kredse/fyn/kreds.md", "faerdsel@fyn.politi.example", "andre@fyn.politi.example")], &[]),
        (&[("indstillinger.md", "faldback_postkasse: ", "faldback_postkasse: x")], &[]),
        (
            &[("tekster/ingen-garanti.md", "ikke en garanti", "en garanti")],
            &[
                "tekster/ingen-garanti.md, forbehold: »En betjent ringer til dig. Det er ikke en garanti for, at politiet \
             kommer.« -> »En betjent ringer til dig. Det er en garanti for, at politiet kommer.«",
            ],
        ),
        // Texts that only the function shows, and those that are shown later.
        (&[("sprog/da.yaml", "afvist_stor:", "afvist_stor: \"Ring 115.\" #")], &["sprog/da.yaml, telefon: "]),
        (
            &[
                ("kredse/bornholm/kreds.md", "kode:", message),
                ("kredse/bornholm/kreds.en.md", "beskrivelse:", message_en),
            ],
            &[
                "kredse/bornholm/kreds.en.md, telefon: 115 er kommet til",
                "kredse/bornholm/kreds.md, telefon: 115 er kommet til",
            ],
        ),
        (
            &[("sider/proeve.md", "Vi svarer", "Skriv til vi@andre.example. Vi svarer")],
            &["sider/proeve.md, maildomæne: andre.example er kommet til"],
        ),
        (&[("sider/proeve.md", "Vi svarer", "Vi siger noget andet")], &[]),
        // The order of the rows and the format of a spreadsheet are irrelevant.
        (
            &[(
                "data/kommuner.csv",
                "0710,Favrskov,oestjylland\n0751,Aarhus,oestjylland\n",
                "\"0751\",\"Aarhus\",\"oestjylland\"\n0710,Favrskov,oestjylland\n,,\n",
            )],
            &[],
        ),
    ] {
        let content = approved();
        for (path, from, to) in changed {
            content.change(path, from, to);
        }
        let (status, lines) = reported(&content);
        assert_eq!(status, Some(i32::from(!expected.is_empty())), "{changed:?}: {lines:?}");
        assert_eq!(lines.len(), expected.len(), "{changed:?}: {lines:#?}");
        for (line, expected) in lines.iter().zip(expected) {
            let is_reported =
                if expected.ends_with([' ', ':']) { line.starts_with(expected) } else { line == expected };
            assert!(is_reported, "{line}\nis not\n{expected}");
        }
    }
}

#[test]
fn a_new_page_without_commitments_needs_no_approval() {
    let content = approved();
    for end in ["md", "en.md"] {
        content.write(&format!("kredse/fyn/ny.{end}"), "---\ntitel: Ny\nbeskrivelse: Ny.\n---\nEn ny side.\n");
    }
    assert_eq!(reported(&content), (Some(0), Vec::new()));
}

#[test]
fn changes_since_a_release_are_listed_and_pass_once_approved() {
    let content = approved();
    let out = tempfile::tempdir().unwrap();
    let release = out.path().join("dist");
    assert!(site_gen(&content, &["build", "--out", release.to_str().unwrap()]).status.success());
    let old = release.join("loefter.txt");
    assert_eq!(fs::read(&old).unwrap(), fs::read(content.path().join(APPROVED)).unwrap());
    assert!(!release.join("public/loefter.txt").exists());
    let against = |content: &Content, more: &[&str]| {
        let output = site_gen(content, &[&["commitments", "--against", old.to_str().unwrap()], more].concat());
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let nothing = "Ændret siden den tidligere udgave: intet.\nAlt, hvad hjemmesiden lover, er godkendt.\n";
    assert_eq!(against(&content, &[]), (Some(0), nothing.to_owned()));

    content.change("sider/proeve.md", "114", "115");
    let line = "  sider/proeve.md, telefon: 114, 112 -> 115, 112\n";
    let (status, text) = against(&content, &[]);
    assert_eq!(status, Some(1));
    assert_eq!(text.matches(line).count(), 2, "since the release, and not approved: {text}");
    assert!(text.ends_with("skriv: cargo run --bin site-gen -- commitments --approve\n"), "{text}");
    let (status, json) = against(&content, &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((status, &json["godkendt"]), (Some(1), &serde_json::json!(false)));
    let change = serde_json::json!({
        "file": "sider/proeve.md", "kind": "telefon", "before": "114, 112", "now": "115, 112"
    });
    assert_eq!((&json["aendringer"][0], &json["ikke_godkendt"][0]), (&change, &change));

    let approving = site_gen(&content, &["commitments", "--approve"]);
    assert!(String::from_utf8(approving.stdout).unwrap().starts_with(line.trim_start()));
    let (status, text) = against(&content, &[]);
    assert_eq!(status, Some(0));
    assert_eq!(text.matches(line).count(), 1, "{text}");
    assert!(text.ends_with("Alt, hvad hjemmesiden lover, er godkendt.\n"), "{text}");
}

#[test]
fn the_exit_code_shows_missing_approval_mistakes_and_wrong_commands() {
    let content = Content::new();
    let status = |arguments: &[&str]| site_gen(&content, arguments).status.code();
    assert_eq!(reported(&content).0, Some(1), "nothing has been approved");
    let checked = site_gen(&content, &["check"]);
    assert_eq!(checked.status.code(), Some(1));
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(said.contains("data/loefter.txt: fejl: Filen mangler.") && said.contains("\n1 fejl i 1 fil."), "{said}");
    assert_eq!(status(&["commitments", "--against", "/findes/ikke"]), Some(1));
    assert_eq!(status(&["commitments", "--against"]), Some(2));
    assert_eq!(status(&["commitments", "--approve", "--json"]), Some(2));
    content.write(APPROVED, "{\"kredse\": {}}\n");
    let output = site_gen(&content, &["commitments"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("Linje 1 kan ikke læses"));
    content.remove(APPROVED);
    content.change("kredse/fyn/kreds.md", "kode: 1465", "kode: fem");
    assert_eq!(status(&["commitments", "--approve"]), Some(1));
    assert!(!content.path().join(APPROVED).exists());
}

#[test]
fn no_build_publishes_unapproved_commitments() {
    let content = approved();
    let build = || site_gen(&content, &["check"]);
    assert!(build().status.success(), "{}", String::from_utf8_lossy(&build().stderr));
    for (file, from, to, place, said) in [
        (
            "sider/proeve.md",
            "114",
            "115",
            "sider/proeve.md:5:6",
            "Her står telefonnummeret »115«, men »114« er godkendt.",
        ),
        ("sider/proeve.md", "eller 112", "eller 114", "sider/proeve.md:5:17", "»114«, men »112« er godkendt."),
        (
            "sider/proeve.md",
            "7 dage",
            "3 dage",
            "sider/proeve.md:5:42",
            "Her står fristen »3 dage«, men »7 dage« er godkendt.",
        ),
        (
            "sider/proeve.md",
            "dage.",
            "dage. Skriv til a@b.dk.",
            "sider/proeve.md:5:62",
            "»b.dk«, som ikke er godkendt.",
        ),
        ("sider/proeve.md", ", eller 112", "", "sider/proeve.md:1:1", "mangler telefonnummeret »112«"),
        ("kredse/fyn/kreds.md", "96 30 14 48", "96 30 14 49", "kredse/fyn/kreds.md:", "»96 30 14 48« er godkendt"),
        ("tekster/ingen-garanti.md", ".", ", næsten altid.", "tekster/ingen-garanti.md:1:1", "forbeholdet"),
        (APPROVED, "tid: 7 dage", "tid: 8 dage", "sider/proeve.", "»8 dage« er godkendt"),
        (APPROVED, "sider/proeve.md: telefon: ", "sider/proeve.md ", "data/loefter.txt:", "kan ikke læses"),
    ] {
        let before = fs::read_to_string(content.path().join(file)).unwrap();
        content.write(file, &before.replacen(from, to, 1));
        let output = build();
        let reported = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && reported.contains(said) && reported.contains(place), "{to}: {reported}");
        content.write(file, &before);
    }
}
