//! `site-gen new` and `site-gen overrides`: the real program on a valid folder.

use crate::support::{Content, crate_folder, mistakes, site_gen};
use std::fs;

mod collisions;

/// The output of a successful run, with paths relative to the folder.
fn done(content: &Content, arguments: &[&str]) -> String {
    let output = site_gen(content, arguments);
    let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{out}{error}");
    out.replace(&format!("{}/", content.path().display()), "")
}

/// The error output of a rejected run.
fn refused(content: &Content, arguments: &[&str]) -> String {
    let output = site_gen(content, arguments);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap().replace(&format!("{}/", content.path().display()), "")
}

#[test]
fn a_new_kreds_lacks_only_the_values_to_fill_in() {
    let content = Content::english();
    let said = done(&content, &["new", "kreds", "nordjylland"]);
    let (made, next) = said.split_once("Gør nu sådan:\n").unwrap();
    assert_eq!(made, "Lavet: kredse/nordjylland/kreds.md\nLavet: kredse/nordjylland/kreds.en.md\n");
    assert!(next.starts_with("1. Åbn filerne") && next.contains("4. Se, hvad der stadig mangler"), "{next}");
    let (without, missing): (Vec<String>, Vec<String>) = mistakes(&content)
        .into_iter()
        .partition(|diagnostic| diagnostic.contains("Ingen kommune hører til kredsen »nordjylland«"));
    assert_eq!(without.len(), 1, "{without:?}");
    let missing: Vec<&str> = missing
        .iter()
        .map(|diagnostic| {
            diagnostic.strip_suffix(" er tom. Skriv noget efter kolon, eller slet linjen, hvis den kan undværes.")
        })
        .map(|diagnostic| diagnostic.unwrap().rsplit(' ').next().unwrap())
        .collect();
    let danish =
        ["kode", "navn", "hovedstation", "bestil-en-betjent", "bestil-en-faerdselskontrol", "reservepostkasse"];
    let expected =
        ["beskrivelse"].into_iter().chain(danish).chain(["ring", "beskrivelse"]).map(|key| format!("»{key}«"));
    assert_eq!(missing, expected.collect::<Vec<_>>());
}

#[test]
fn a_new_page_is_valid_once_it_has_a_title_and_a_description() {
    for (place, stem, address) in [
        ("sider/aabent-hus", "sider/aabent-hus", "/aabent-hus/"),
        ("faelles/aabent-hus", "faelles/aabent-hus", "/bornholm/aabent-hus/"),
        ("fyn/aabent-hus", "kredse/fyn/aabent-hus", "/fyn/aabent-hus/"),
        ("kredse/fyn/aabent-hus.md", "kredse/fyn/aabent-hus", "/fyn/aabent-hus/"),
    ] {
        let content = Content::english();
        let said = done(&content, &["new", "page", place]);
        assert!(said.starts_with(&format!("Lavet: {stem}.md\nLavet: {stem}.en.md\n")), "{said}");
        assert!(said.contains(address), "{said}");
        let expected = ["en.md:3:1: »titel«", "en.md:4:1: »beskrivelse«", "md:3:1: »titel«", "md:5:1: »beskrivelse«"];
        let expected = expected.map(|place| {
            format!("{stem}.{place} er tom. Skriv noget efter kolon, eller slet linjen, hvis den kan undværes.")
        });
        assert_eq!(mistakes(&content), expected);
        for end in ["md", "en.md"] {
            content.change(&format!("{stem}.{end}"), "titel:", "titel: Åbent hus");
            content.change(&format!("{stem}.{end}"), "beskrivelse:\n", "beskrivelse: Kom.\n");
        }
        assert!(mistakes(&content).is_empty(), "{:?}", mistakes(&content));
        let twin = fs::read_to_string(content.path().join(format!("{stem}.en.md"))).unwrap();
        assert!(twin.contains("fra aabent-hus.md\n"), "{twin}");
        // As the note in the Danish file advises.
        content.change(&format!("{stem}.md"), "# oversaettes", "oversaettes");
        content.remove(&format!("{stem}.en.md"));
        assert!(mistakes(&content).is_empty(), "{:?}", mistakes(&content));
    }
}

#[test]
fn a_new_tour_is_valid_once_its_stop_is_filled_in() {
    let content = Content::english();
    let said = done(&content, &["new", "stop", "fyn"]);
    assert!(said.starts_with("Lavet: kredse/fyn/tur.md\nLavet: kredse/fyn/tur.en.md\n"), "{said}");
    let danish = [
        "3:1: »titel«",
        "5:1: »beskrivelse«",
        "9:5: »dato«",
        "11:5: »tid«",
        "12:5: »by«",
        "14:5: »sted«",
        "16:5: »kommune«",
    ];
    let english = ["3:1: »titel«", "4:1: »beskrivelse«"];
    let english = english.iter().map(|place| format!("kredse/fyn/tur.en.md:{place}"));
    let expected = english.chain(danish.iter().map(|place| format!("kredse/fyn/tur.md:{place}")));
    let advice = "er tom. Skriv noget efter kolon, eller slet linjen, hvis den kan undværes.";
    assert_eq!(mistakes(&content), expected.map(|place| format!("{place} {advice}")).collect::<Vec<_>>());
    let values = [
        ("titel:", "På tur"),
        ("beskrivelse:", "Kom."),
        ("dato:", "2026-12-05"),
        ("tid:", "14.00-16.30"),
        ("by:", "Odense"),
        ("sted:", "Torvet"),
        ("kommune:", "Odense"),
        ("# note:", "Tag cyklen med."),
        ("# vises_fra:", "2026-11-20"),
    ];
    for (key, value) in values {
        let line = format!("{} {value}\n", key.trim_start_matches("# "));
        content.change("kredse/fyn/tur.md", &format!("{key}\n"), &line);
    }
    content.change("kredse/fyn/tur.md", "# diskret", "diskret");
    for (key, value) in &values[..2] {
        content.change("kredse/fyn/tur.en.md", &format!("{key}\n"), &format!("{key} {value}\n"));
    }
    content.change(
        "kredse/fyn/tur.en.md",
        "# noter:\n#   - dansk:\n#     oversat:",
        "noter:\n  - dansk: Tag cyklen med.\n    oversat: Bring it.",
    );
    assert!(mistakes(&content).is_empty(), "{:?}", mistakes(&content));
    assert!(refused(&content, &["new", "stop", "fynn"]).contains("Mente du »fyn«?"));
}

#[test]
fn a_site_in_danish_only_gets_danish_files_only() {
    let content = Content::new();
    assert!(!done(&content, &["new", "page", "fyn/aabent-hus"]).contains(".en.md"));
    assert!(!done(&content, &["new", "kreds", "nordjylland"]).contains(".en.md"));
}

#[test]
fn a_page_that_replaces_a_shared_one_says_so_and_is_listed() {
    let content = Content::english();
    assert_eq!(done(&content, &["overrides"]), "Ingen kreds har sin egen udgave af en fælles tekst eller side.\n");
    done(&content, &["new", "page", "faelles/moede"]);
    let said = done(&content, &["new", "page", "fyn/moede"]);
    assert!(said.contains("i stedet for faelles/moede.md hos denne kreds"), "{said}");
    content.write("kredse/bornholm/tekster/haster-ikke.md", "Ring 114.");
    assert_eq!(
        done(&content, &["overrides"]),
        "bornholm: kredse/bornholm/tekster/haster-ikke.md i stedet for tekster/haster-ikke.md – ikke sammenlignet med den \
         endnu\nfyn: kredse/fyn/moede.md i stedet for faelles/moede.md – ikke sammenlignet med den endnu\n2 filer erstatter \
         en fælles tekst eller side.\n"
    );
    done(&content, &["compared", "--all"]);
    let said = done(&content, &["overrides"]);
    assert!(said.contains("i stedet for faelles/moede.md\n"), "{said}");
    content.change("faelles/moede.md", "titel:", "titel: Mød os");
    let said = done(&content, &["overrides"]);
    assert!(
        said.contains("fyn: kredse/fyn/moede.md i stedet for faelles/moede.md – den fælles tekst er rettet siden\n"),
        "{said}"
    );
}

#[test]
fn existing_files_are_never_overwritten_and_nothing_else_is_created() {
    for (arguments, there) in [
        (["new", "kreds", "fyn"], "kredse/fyn/kreds.md"),
        (["new", "kreds", "midtjylland"], "kredse/midtjylland/kreds.en.md"),
        (["new", "page", "fyn/moede"], "kredse/fyn/moede.en.md"),
        (["new", "page", "sider/privatliv"], "sider/privatliv.md"),
    ] {
        let content = Content::english();
        let path = content.path().join(there);
        content.write(there, "mit eget");
        let before = fs::read_dir(path.parent().unwrap()).unwrap().count();
        let said = refused(&content, &arguments);
        assert_eq!(
            said,
            format!("Filen {there} er der allerede. Intet er skrevet. Åbn den, eller vælg et andet navn.\n")
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "mit eget");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), before);
    }
}

#[test]
fn an_invalid_name_is_rejected_with_a_valid_suggestion() {
    let content = Content::english();
    for (arguments, expected) in [
        (["new", "kreds", "Østjylland"], "Skriv for eksempel:\n  site-gen new kreds oestjylland\n"),
        (
            ["new", "page", "fyn/Åbent hus på havnen"],
            "Skriv for eksempel:\n  site-gen new page fyn/aabent-hus-paa-havnen\n",
        ),
        (["new", "page", "sider/?!"], "(æ er ae, ø er oe, å er aa).\n"),
        (
            ["new", "page", "fynn/moede"],
            "Der er ikke noget sted, der hedder »fynn«. Mente du »fyn«? Vælg mellem: sider, faelles, bornholm, fyn, oestjylland.\n",
        ),
        (["new", "page", "moede"], "eller »KREDS/NAVN« til en side hos én kreds.\n"),
        (["new", "page", "fyn/mere/moede"], "site-gen new page fyn/mere-moede\n"),
    ] {
        let said = refused(&content, &arguments);
        assert!(said.ends_with(expected), "{said}");
    }
    assert!(mistakes(&content).is_empty());
    assert_eq!(site_gen(&content, &["new", "stop"]).status.code(), Some(2));
}

#[test]
fn the_templates_have_every_key_that_their_kind_of_file_allows() {
    // The message about an unknown key lists them all.
    let content = Content::new();
    content.change("kredse/fyn/kreds.md", "kode:", "xyz: 1\nkode:");
    content.change("kredse/oestjylland/stationer.md", "titel:", "xyz: 1\ntitel:");
    content.tour("oestjylland", "\n  - {xyz: 1}\n");
    content.remove("kredse/oestjylland/tur.en.md");
    let mut said = mistakes(&content);
    said.retain(|said| said.contains("Her kan stå: "));
    for (template, said) in ["kreds.md", "side.md", "tur.md"].into_iter().zip(&said) {
        let keys = said.split("Her kan stå: ").nth(1).unwrap().trim_end_matches('.').split(", ");
        let text = fs::read_to_string(crate_folder().join("src/cli/scaffold").join(template)).unwrap();
        for key in keys.filter(|key| !["driftsbesked", "lukket"].contains(key)) {
            let is_there = |line: &str| line.trim_start_matches([' ', '#', '-']).starts_with(&format!("{key}:"));
            assert!(text.lines().any(is_there), "{key} is not in {template}");
        }
    }
}

#[test]
fn another_stop_goes_below_the_others_and_every_line_is_kept() {
    let content = Content::english();
    content.tour(
        "oestjylland",
        "\n  - {dato: 2026-12-05, tid: 14.00-16.30, by: Hadsten, sted: Torvet, kommune: Favrskov}\n",
    );
    assert!(mistakes(&content).is_empty(), "{:?}", mistakes(&content));
    let path = content.path().join("kredse/oestjylland/tur.md");
    let before = fs::read_to_string(&path).unwrap();
    let said = done(&content, &["new", "stop", "kredse/oestjylland"]);
    assert!(said.starts_with("Et stop mere i: kredse/oestjylland/tur.md\nGør nu sådan:\n"), "{said}");
    let after = fs::read_to_string(&path).unwrap();
    let kept: Vec<&str> = after.lines().filter(|line| before.lines().any(|old| old == *line)).collect();
    assert_eq!(kept, before.lines().collect::<Vec<_>>(), "{after}");
    let missing: Vec<String> = mistakes(&content);
    let is_about = |(diagnostic, key): (&String, &str)| diagnostic.contains(&format!("»{key}« er tom."));
    let keys = ["dato", "tid", "by", "sted", "kommune"];
    assert!(missing.len() == keys.len() && missing.iter().zip(keys).all(is_about), "{missing:?}");
    for (key, value) in [
        ("dato", "2026-12-12"),
        ("tid", "10.00-12.00"),
        ("by", "Hinnerup"),
        ("sted", "Hallen"),
        ("kommune", "Favrskov"),
    ] {
        content.change("kredse/oestjylland/tur.md", &format!("{key}:\n"), &format!("{key}: {value}\n"));
    }
    assert!(mistakes(&content).is_empty(), "{:?}", mistakes(&content));
    content.write("kredse/oestjylland/tur.md", "---\ntitel: T\nstop: []\n---\n");
    let said = refused(&content, &["new", "stop", "oestjylland"]);
    assert!(said.ends_with("har stoppene på én linje. Intet er skrevet. Skriv stoppet ind i filen selv.\n"), "{said}");
}
