//! All mistakes that an editor can make are reported in one run, at their locations, with helpful messages.
//!
//! `tests/mistakes/` is laid over the valid tree `tests/content/`; the expected messages are in `tests/mistakes.txt`.
//! `tests/mistakes-en/` is laid over the same tree with its translations; see `tests/mistakes-en.txt`. After changing a
//! message, run `UPDATE=1 cargo test mistakes::` and review the diff.

use crate::support::{Content, mistakes};
use site_gen::diagnostics::diagnostic::Diagnostic;
use std::collections::BTreeSet;
use std::{env, fs};

fn diagnostics() -> Vec<Diagnostic> {
    let content = Content::new();
    content.lay(&crate::support::crate_folder().join("tests/mistakes"));
    let words = fs::read_to_string(content.path().join("sprog/da.yaml")).unwrap();
    content.write("sprog/da.yaml", &format!("ukendt_ord: Hej\n{words}"));
    site_gen::check(content.path(), crate::support::now()).err().expect("a tree full of mistakes is refused")
}

/// The diagnostics of translations that are missing, do not match or link to the wrong language.
fn problems_in_english() -> Vec<Diagnostic> {
    let content = Content::english();
    content.lay(&crate::support::crate_folder().join("tests/mistakes-en"));
    content.remove("tekster/ingen-garanti.en.md");
    // The mistake is on the first line, so that its location does not depend on the number of messages.
    content.change("sprog/en.yaml", "knap_send:", "# knap_send:");
    content.change("sprog/en.yaml", "afvist_stor:", "# afvist_stor:");
    let words = fs::read_to_string(content.path().join("sprog/en.yaml")).unwrap();
    content.write("sprog/en.yaml", &format!("knap_sned: Send\n{words}"));
    site_gen::check(content.path(), crate::support::now()).err().expect("a tree full of mistakes is refused")
}

#[test]
fn every_mistake_is_reported_in_one_run_with_pinned_messages() {
    pinned(&diagnostics(), "tests/mistakes.txt");
}

#[test]
fn every_mistake_in_a_translation_is_reported_in_one_run_with_pinned_messages() {
    pinned(&problems_in_english(), "tests/mistakes-en.txt");
}

fn pinned(diagnostics: &[Diagnostic], file: &str) {
    let said: String = diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect();
    let pinned = crate::support::crate_folder().join(file);
    if env::var_os("UPDATE").is_some() {
        fs::write(&pinned, &said).unwrap();
    }
    let expected = fs::read_to_string(&pinned).unwrap();
    for (said, expected) in said.lines().zip(expected.lines()) {
        assert_eq!(said, expected);
    }
    assert_eq!(said.lines().count(), expected.lines().count());
}

#[test]
fn every_broken_file_is_reported_with_line_and_column() {
    let diagnostics = diagnostics();
    let named: BTreeSet<&str> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.line.is_some() && diagnostic.column.is_some())
        .map(|diagnostic| diagnostic.path.as_str())
        .collect();
    let mut broken = BTreeSet::from(["sprog/da.yaml".to_owned()]);
    let root = crate::support::crate_folder().join("tests/mistakes");
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                broken.insert(path);
            }
        }
    }
    assert!(broken.len() >= 25, "{}", broken.len());
    // This page is valid; its folder lacks kreds.md.
    broken.remove("kredse/nordjylland/stationer.md");
    // A mistake in a folder's name is reported for the folder.
    broken.remove("kredse/Vestegn/stationer.md");
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.path == "kredse/Vestegn"));
    for file in &broken {
        assert!(named.contains(file.as_str()), "nothing is said about {file}");
    }
}

#[test]
fn diagnostics_are_sorted_and_unique() {
    let diagnostics = diagnostics();
    assert!(diagnostics.is_sorted());
    assert_eq!(diagnostics.iter().collect::<BTreeSet<_>>().len(), diagnostics.len());
}

#[test]
fn a_missing_file_of_each_kind_is_reported() {
    for path in [
        "indstillinger.md",
        "data/kommuner.csv",
        "data/postnumre.csv",
        "data/kredse.geojson",
        "data/kort.txt",
        "sprog/da.yaml",
        "tekster/ingen-garanti.md",
        "tekster/persondata.md",
        "tekster/haster-ikke.md",
        "sider/forside.md",
        "kredse/fyn/kreds.md",
    ] {
        let content = Content::new();
        content.write("kredse/fyn/mere.md", "---\ntitel: Mere\nbeskrivelse: Mere.\n---\n");
        content.remove(path);
        let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap();
        assert!(
            diagnostics.iter().any(|diagnostic| diagnostic.path == path && diagnostic.line.is_none()),
            "{path}: {diagnostics:?}"
        );
    }
}

#[test]
fn an_accessibility_statement_is_required_and_the_message_says_where_to_get_one() {
    let content = Content::new();
    content.change("indstillinger.md", "tilgaengelighedserklaering: https://was.digst.dk/eksempel-dk\n", "");
    let diagnostics = site_gen::check(content.path(), crate::support::now()).err().expect("the law wants one");
    let diagnostics: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        diagnostics,
        [
            "indstillinger.md:2:1: Adressen på tilgængelighedserklæringen mangler. Loven kræver, at hjemmesiden linker til \
          den. Myndigheden laver erklæringen i WAS-Tool hos Digitaliseringsstyrelsen (se digst.dk) og får adressen dér. \
          Tilføj en linje med »tilgaengelighedserklaering: https://was.digst.dk/…«."
        ]
    );
    for bad in
        ["http://was.digst.dk/a", "https://was.digst.dk/", "https://eksempel.dk/a", "https://was.digst.dk/a\"x", "/a/"]
    {
        let content = Content::new();
        content.change("indstillinger.md", "https://was.digst.dk/eksempel-dk", &format!("'{bad}'"));
        let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap_or_default();
        assert_eq!(diagnostics.len(), 1, "{bad}: {diagnostics:?}");
        assert!(
            diagnostics[0].message.starts_with("»tilgaengelighedserklaering« skal være den adresse på"),
            "{diagnostics:?}"
        );
    }
}

/// The mistakes in a tree after `from` is replaced by `to` in a file.
fn said_after(content: &Content, path: &str, from: &str, to: &str) -> Vec<String> {
    let before = fs::read_to_string(content.path().join(path)).unwrap();
    content.change(path, from, to);
    let mistakes = mistakes(content);
    content.write(path, &before);
    mistakes
}

#[test]
fn no_required_part_of_the_privacy_notice_can_be_omitted() {
    let content = Content::english();
    assert!(site_gen::check(content.path(), crate::support::now()).is_ok());
    for path in ["tekster/persondata.md", "tekster/persondata.en.md"] {
        let text = fs::read_to_string(content.path().join(path)).unwrap();
        let (front, body) = text.rsplit_once("---\n").unwrap();
        let values: Vec<&str> = front.lines().filter(|line| line.contains(": ")).collect();
        assert_eq!(values.len(), 5, "{front}");
        for line in values {
            let name = line.split(':').next().unwrap();
            let gone = said_after(&content, path, &format!("{line}\n"), "");
            assert_eq!(gone, [format!("{path}:2:1: »{name}« mangler. Tilføj en linje med »{name}: …«.")]);
            let empty = said_after(&content, path, line, &format!("{name}:"));
            assert!(empty.len() == 1 && empty[0].contains(&format!("»{name}« er tom.")), "{empty:?}");
        }
        for name in body.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()) {
            let gone = said_after(&content, path, &format!("{{{name}}}"), "");
            let expected = format!(
                "{path}:8:1: Teksten mangler »{{{name}}}«. Loven kræver, at borgeren kan læse det, før der bliver sendt \
                 noget. Sæt »{{{name}}}« ind, hvor det skal stå."
            );
            assert_eq!(gone, [expected]);
        }
        assert_eq!(body.matches('{').count(), 7, "{body}");
    }
}

#[test]
fn every_form_names_its_legal_basis_in_every_language() {
    let content = Content::english();
    for form in ["bestil-en-betjent", "bestil-en-faerdselskontrol"] {
        for path in [format!("formularer/{form}.md"), format!("formularer/{form}.en.md")] {
            let text = fs::read_to_string(content.path().join(&path)).unwrap();
            let line = text.lines().find(|line| line.starts_with("retsgrundlag: ")).unwrap();
            let gone = said_after(&content, &path, line, "# borte");
            assert!(gone.len() == 1 && gone[0].contains("»retsgrundlag« mangler. Det er en sætning"), "{gone:?}");
            let empty = said_after(&content, &path, line, "retsgrundlag: \"\"");
            assert!(empty.len() == 1 && empty[0].contains("»retsgrundlag« er tom."), "{empty:?}");
        }
    }
}

#[test]
fn a_list_of_code_words_that_cannot_be_used_says_why_line_by_line() {
    let content = Content::new();
    content.write("ord/kodeord.txt", "# kodeord\nkage\nKage\nkage\nbøje\nbølge\nkagefad\n");
    let diagnostics = site_gen::check(content.path(), crate::support::now()).err().expect("the list is refused");
    let diagnostics: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        diagnostics,
        [
            "ord/kodeord.txt:1:1: Der er 6 kodeord. Der skal være mindst 1000, så ingen kan gætte dem. Hent listen fra en tidligere udgave, hvis der mangler ord i den.",
            "ord/kodeord.txt:3:1: »Kage« kan ikke være et kodeord. Mente du »kage«? Brug 4-9 små bogstaver fra a til å, ét ord på linjen.",
            "ord/kodeord.txt:4:1: »kage« står to gange. Slet den ene linje.",
            "ord/kodeord.txt:5:1: »bøje« står ikke i alfabetisk orden. Sæt ordet på sin plads før »kage«, som står på linje 2.",
            "ord/kodeord.txt:6:1: »bølge« kan forveksles med »bøje« på linje 5: Højst to bogstaver skiller dem. Slet det ene ord.",
            "ord/kodeord.txt:7:1: »kagefad« kan forveksles med »kage« på linje 2: De begynder med de samme fire bogstaver. Slet det ene ord.",
        ]
    );
}
