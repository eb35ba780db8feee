//! Drafts and pages with a beginning or an end, and the links to them.

use crate::support::{Content, holding, html};
use jiff::SignedDuration;
use site_gen::check::assemble::assemble;
use site_gen::check::build_profile::BuildProfile;
use site_gen::output::File;
use site_gen::output::render::{RenderError, Renderer};
use site_gen::source::read::read;
use std::process::Command;

const CHRISTMAS: &str = "fra: 2026-12-01 08:00\ntil: 2026-12-24\n";

/// A tree with a national page and a page of a kreds, both in two languages, with these lines in the Danish files.
fn content(lines: &str) -> Content {
    let content = Content::english();
    for (path, title) in [("sider/julehjaelp", "Julehjælp"), ("kredse/fyn/juleaften", "Juleaften på Fyn")] {
        let text =
            |title: &str, lines: &str| format!("---\ntitel: {title}\nbeskrivelse: Om julen.\n{lines}---\nTekst.\n");
        content.write(&format!("{path}.md"), &text(title, lines));
        content.write(&format!("{path}.en.md"), &text(&format!("{title} in English"), ""));
    }
    content
}

fn files(content: &Content, profile: BuildProfile) -> Vec<File> {
    let assembled =
        assemble(&read(content.path()).sources, &[], profile).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"));
    Renderer::new().unwrap().render(&assembled.site, &Ok::<_, RenderError>).unwrap().files
}

fn published(content: &Content, now: &str) -> Vec<File> {
    files(content, BuildProfile::published(now.parse().unwrap()))
}

/// The mistakes in a tree, one line each.
fn said(content: &Content) -> String {
    let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap_or_default();
    diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect()
}

#[test]
fn a_page_and_its_links_are_in_no_file_before_its_start_or_after_its_end() {
    let content = content(CHRISTMAS);
    for (now, is_there) in [
        ("2026-12-01T06:59:59Z", false),
        ("2026-12-01T07:00:00Z", true),
        ("2026-12-24T22:59:59Z", true),
        ("2026-12-24T23:00:00Z", false),
    ] {
        let files = published(&content, now);
        // Each title is on its own page and in the list of all, and its words are in the index.
        let listing = |pages: &[&str], more: &[&str]| -> Vec<String> {
            let of =
                |prefix: &str| -> Vec<String> { pages.iter().map(|page| format!("public/{prefix}{page}")).collect() };
            let mut files = [of("en/"), of(""), more.iter().map(|file| format!("public/{file}")).collect()].concat();
            files.sort();
            if is_there { files } else { Vec::new() }
        };
        let found = ["en/soeg/ord.json", "soeg/ord.json", "sitemap.xml"];
        let national = ["julehjaelp/index.html", "soeg/index.html"];
        let own = ["fyn/index.html", "fyn/juleaften/index.html", "soeg/index.html"];
        assert_eq!(holding(&files, "julehj"), listing(&national, &found), "{now}");
        assert_eq!(holding(&files, "Julehj"), listing(&national, &[]), "{now}");
        // The Danish index has only its stem.
        assert_eq!(holding(&files, "juleaften"), listing(&own, &["en/soeg/ord.json", "sitemap.xml"]), "{now}");
        assert_eq!(holding(&files, "Juleaften"), listing(&own, &[]), "{now}");
    }
}

#[test]
fn a_draft_is_in_no_file_and_need_not_be_translated() {
    let content = content("kladde: ja\nfra: 2026-11-01\n");
    let without =
        |files: &[File]| ["julehj", "Julehj", "juleaften", "Juleaften"].map(|text| holding(files, text).len());
    assert_eq!(without(&published(&content, "2026-12-02T00:00:00Z")), [0; 4]);
    content.remove("sider/julehjaelp.en.md");
    content.remove("kredse/fyn/juleaften.en.md");
    assert_eq!(without(&published(&content, "2026-12-02T00:00:00Z")), [0; 4]);
    // The author sees it in Danish, and the English page of the kreds links to the Danish one.
    let files = files(&content, BuildProfile::preview(crate::support::now()));
    assert!(!html(&files, "public/julehjaelp/index.html").contains("hreflang=\"en\""));
    let link = "<a href=\"/fyn/juleaften/\" lang=\"da\" hreflang=\"da\">Juleaften på Fyn (kladde)</a>";
    assert!(html(&files, "public/en/fyn/index.html").contains(link));
    // A finished page must be translated.
    content.change("sider/julehjaelp.md", "kladde: ja", "kladde: nej");
    assert!(said(&content).starts_with("sider/julehjaelp.md:1:1: Oversættelsen julehjaelp.en.md mangler."));
}

#[test]
fn authors_see_all_pages_with_a_mark_where_they_are_listed() {
    for (lines, mark) in [
        ("kladde: ja\n", " (kladde)"),
        ("fra: 2026-12-01\n", " (vises fra 1. december 2026)"),
        ("til: 2026-11-21\n", " (vises ikke mere)"),
        ("fra: 2026-11-22\n", ""),
    ] {
        let files = files(&content(lines), BuildProfile::preview(crate::support::now()));
        for (path, link) in [
            ("public/fyn/index.html", format!("<a href=\"/fyn/juleaften/\">Juleaften på Fyn{mark}</a>")),
            (
                "public/en/fyn/index.html",
                format!("<a href=\"/en/fyn/juleaften/\">Juleaften på Fyn in English{mark}</a>"),
            ),
        ] {
            assert!(html(&files, path).contains(&link), "{path} with {lines}");
        }
        assert!(html(&files, "public/julehjaelp/index.html").contains("<h1>Julehjælp</h1>"));
    }
}

#[test]
fn a_link_to_an_unpublished_page_is_a_mistake_at_its_location() {
    let link = "\nLæs om [jul](/julehjaelp/).\n";
    for (lines, expected) in [
        ("", ""),
        ("kladde: nej\n", ""),
        ("fra: 2026-11-22\n", ""),
        (
            "kladde: ja\n",
            "Siden »/julehjaelp/« er en kladde og bliver ikke vist. Fjern linket så længe, eller slet »kladde: ja« i \
             sider/julehjaelp.md, når siden er klar.",
        ),
        (
            "fra: 2026-12-01\n",
            "Siden »/julehjaelp/« bliver først vist fra 1. december 2026. Fjern linket så længe, eller ret »fra« i \
             sider/julehjaelp.md.",
        ),
        (
            "til: 2026-11-21\n",
            "Siden »/julehjaelp/« blev kun vist til og med 21. november 2026. Fjern linket så længe, eller ret »til« i \
             sider/julehjaelp.md.",
        ),
        (
            "til: 2026-12-24 18:30\n",
            "Siden »/julehjaelp/« bliver kun vist til 24. december 2026 kl. 18.30, og så fører linket ingen steder hen. \
             Fjern linket så længe, eller ret »til« i sider/julehjaelp.md.",
        ),
    ] {
        for path in ["sider/forside.md", "tekster/haster-ikke.md", "udgange/ring-114.md"] {
            let content = content(lines);
            let text = std::fs::read_to_string(content.path().join(path)).unwrap();
            content.write(path, &format!("{}\n{link}", text.trim_end()));
            let line = text.trim_end().lines().count() + 2;
            let expected = if expected.is_empty() { String::new() } else { format!("{path}:{line}:8: {expected}\n") };
            assert_eq!(said(&content), expected, "{path} with {lines}");
        }
        // In English, the English page counts.
        let content = content(lines);
        content.change("sider/privatliv.en.md", "[114](tel:114)", "[at Christmas](/en/julehjaelp/)");
        let expected = expected.replace("»/", "»/en/");
        let expected = if expected.is_empty() { expected } else { format!("sider/privatliv.en.md:10:6: {expected}\n") };
        assert_eq!(said(&content), expected, "in English with {lines}");
    }
}

#[test]
fn an_impossible_time_is_a_mistake_at_its_location() {
    let moment = "skal være en dato eller en dato med klokkeslæt, for eksempel »2026-12-01« eller »2026-12-01 08:00« \
                  (dansk tid).";
    for (lines, expected) in [
        (
            "fra: 2026-12-02\ntil: 2026-12-01\n",
            "5:1: »til« skal være efter »fra«. Ellers bliver siden aldrig vist. Ret den ene.",
        ),
        (
            "fra: 2026-12-01 08:00\ntil: 2026-12-01 08:00\n",
            "5:1: »til« skal være efter »fra«. Ellers bliver siden aldrig vist. Ret den ene.",
        ),
        ("fra: 1. december 2026\n", &format!("4:6: »fra« {moment} Her står »1. december 2026«.")),
        ("til: 2026-11-31\n", &format!("4:6: »til« {moment} Her står »2026-11-31«.")),
        ("kladde: true\n", "4:9: »kladde« kan ikke være »true«. Mente du »ja«? Vælg mellem: ja, nej."),
        (
            "klade: ja\n",
            "4:1: »klade« kendes ikke her. Mente du »kladde«? Her kan stå: aliaser, ansvarlig, beskrivelse, fra, gennemgaas_senest, hurtig_udgang, kladde, oversaettes, rettet, til, titel.",
        ),
    ] {
        let content = content("");
        content.change("sider/julehjaelp.md", "---\nTekst.", &format!("{lines}---\nTekst."));
        assert_eq!(said(&content), format!("sider/julehjaelp.md:{expected}\n"));
    }
    for (path, page) in [("sider/forside.md", "forsiden"), ("kredse/fyn/kreds.md", "kredsens side")] {
        for line in ["kladde: ja", "fra: 2026-12-01", "til: 2026-12-01"] {
            let content = content("");
            let text = std::fs::read_to_string(content.path().join(path)).unwrap();
            content.write(path, &text.replacen("---\n", &format!("---\n{line}\n"), 1));
            let key = line.split(':').next().unwrap();
            let expected =
                format!("{path}:2:1: »{key}« kan ikke stå her, for {page} skal altid være der. Slet linjen.\n");
            assert_eq!(said(&content), expected);
        }
    }
    let content = content(CHRISTMAS);
    content.change("sider/julehjaelp.en.md", "titel:", "fra: 2026-12-01\ntitel:");
    let expected = "sider/julehjaelp.en.md:2:1: »fra« kendes ikke her. Her kan stå: beskrivelse, titel. En oversættelse \
                    har kun tekster; alt andet står i sider/julehjaelp.md.\n";
    assert_eq!(said(&content), expected);
}

#[test]
fn the_build_says_when_the_site_must_be_built_again() {
    let (content, out) = (content(CHRISTMAS), tempfile::tempdir().unwrap());
    let message = "driftsbesked: {tekst: Vi ringer senere., udloeber: 2026-11-30}\nfrist:";
    content.change("kredse/fyn/kreds.md", "frist:", message);
    content.change("kredse/fyn/kreds.en.md", "---\nbes", "---\ndriftsbesked: {tekst: We call later.}\nbes");
    content.approve();
    let folder = content.path().to_str().unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_site-gen")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for (now, next, reported) in [
        (
            "2026-11-22T12:00:00Z",
            "2026-11-30T23:00:00Z\n",
            "Næste ændring af sig selv: 1. december 2026 kl. 0.00: driftsbeskeden i kredse/fyn/kreds.md bliver ikke vist \
             mere.\n",
        ),
        (
            "2026-12-01T00:00:00+01:00",
            "2026-12-01T07:00:00Z\n",
            "Næste ændring af sig selv: 1. december 2026 kl. 8.00: siden kredse/fyn/juleaften.md bliver vist.\n",
        ),
        (
            "2026-12-01T07:00:00Z",
            "2026-12-24T23:00:00Z\n",
            "Næste ændring af sig selv: 25. december 2026 kl. 0.00: siden kredse/fyn/juleaften.md bliver ikke vist mere.\n",
        ),
        ("2026-12-24T23:00:00Z", "", "fjernet.\n"),
    ] {
        assert_eq!(run(&["next-change", "--content", folder, "--now", now]), next);
        assert_eq!(
            run(&["check", "--content", folder, "--now", now]).lines().nth(1),
            reported.lines().find(|line| line.starts_with('N'))
        );
        let out = out.path().to_str().unwrap();
        assert!(run(&["build", "--content", folder, "--out", out, "--now", now]).ends_with(reported));
        assert_eq!(std::fs::read_to_string(format!("{out}/next-change.txt")).unwrap(), next);
    }
}

#[test]
fn everything_that_depends_on_the_time_is_among_the_changes() {
    let content = content("");
    content.change("kredse/fyn/juleaften.md", "---\nTekst.", "nyhed: 2026-12-02\nrettet: 2026-12-01\n---\nTekst.");
    let stop = "\n  - {dato: 2026-12-05, tid: 14.00-16.30, by: Odense, sted: Torvet, kommune: Odense, vises_fra: 2026-12-03, diskret: ja}\n";
    content.tour("fyn", stop);
    let site = site_gen::check(content.path(), crate::support::now())
        .unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"))
        .site;
    let reported: Vec<String> = site.changes().iter().map(ToString::to_string).collect();
    assert_eq!(
        reported,
        [
            "1. december 2026 kl. 0.00: søgemaskiner får at vide, at siden kredse/fyn/juleaften.md er rettet.",
            "2. december 2026 kl. 0.00: siden kredse/fyn/juleaften.md bliver en nyhed.",
            "3. december 2026 kl. 0.00: et stop i kredse/fyn/tur.md bliver vist eller er slut.",
            "5. december 2026 kl. 14.00: et stop i kredse/fyn/tur.md bliver vist eller er slut.",
            "5. december 2026 kl. 16.30: et stop i kredse/fyn/tur.md bliver vist eller er slut.",
        ]
    );
    // The site differs at each of them, but not a second before.
    for change in site.changes() {
        let before = published(&content, &(change.at - SignedDuration::from_secs(1)).to_string());
        assert!(before != published(&content, &change.at.to_string()), "{change}");
    }
}

#[test]
fn commitments_of_temporary_pages_are_listed_at_any_time() {
    let content = content(CHRISTMAS);
    content.change("sider/julehjaelp.md", "Tekst.", "Vi svarer inden for 37 dage.");
    for now in ["2026-11-25T12:00:00Z", "2026-12-24T22:59:59Z", "2027-01-01T12:00:00Z"] {
        let site = site_gen::check(content.path(), now.parse().unwrap()).map(|checked| checked.site).unwrap();
        assert!(site.commitments().to_string().contains("sider/julehjaelp.md: tid: 37 dage\n"), "{now}");
    }
}

#[test]
fn between_two_changes_all_builds_give_the_same_bytes() {
    let content = content(CHRISTMAS);
    let [first, again, last, after] =
        ["2026-12-01T07:00:00Z", "2026-12-01T07:00:00Z", "2026-12-24T22:59:59Z", "2026-12-24T23:00:00Z"]
            .map(|now| published(&content, now));
    assert!(first == again && first == last && last != after);
}
