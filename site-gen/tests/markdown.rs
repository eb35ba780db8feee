//! Markdown that authors may write, and markup that never reaches a page.

use crate::support::Content;
use proptest::prelude::*;
use site_gen::check::assemble::{Assembled, assemble};
use site_gen::check::build_profile::BuildProfile;
use site_gen::diagnostics::diagnostic::Diagnostic;
use site_gen::source::read::{Source, read};
use std::sync::LazyLock;

/// The valid tree, in memory.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| read(Content::new().path()).sources);

/// The diagnostics of the valid tree with one file replaced or added.
fn diagnostics(path: &str, text: &str) -> Vec<Diagnostic> {
    let mut sources = SOURCES.clone();
    sources.retain(|source| source.path != path);
    sources.push(Source { path: path.to_owned(), text: text.into() });
    assemble(&sources, &[], BuildProfile::published(crate::support::now())).err().unwrap_or_default()
}

/// The diagnostics of a page with this body, which starts on line 5.
fn about(body: &str) -> Vec<String> {
    let text = format!("---\ntitel: Prøve\nbeskrivelse: En prøve.\n---\n{body}");
    diagnostics("sider/proeve.md", &text)
        .iter()
        .map(|diagnostic| diagnostic.to_string().replace("sider/proeve.md:", ""))
        .collect()
}

#[test]
fn every_spelling_of_a_link_is_checked() {
    for body in [
        "[a](/findes-ikke/)",
        "[a](</findes-ikke/> \"titel\")",
        "[a][b]\n\n[b]: /findes-ikke/",
        "[b][]\n\n[b]: /findes-ikke/",
        "[b]\n\n[b]: /findes-ikke/",
        "**[a](/findes-ikke/)**",
        "[a](/findes&#45;ikke/)",
    ] {
        let said = about(body);
        assert!(said.len() == 1 && said[0].contains("»/findes-ikke/« fører ikke"), "{body}: {said:?}");
        assert!(said[0].starts_with("5:"), "{said:?}");
    }
    for body in
        ["[a](/privatliv/index.html)", "[a](/%70rivatliv/)", "[a](/privatliv/?a#retigheder)", "[a](/PRIVATLIV/)"]
    {
        assert_eq!(about(body).len(), 1, "{body}: {:?}", about(body));
    }
    assert!(about("- punkt\n\n  > [a](/findes-ikke/)")[0].starts_with("7:5: "));
    assert!(about("<https://politi.dk> og <a@b.dk> og [a](/fyn/#saadan-virker-det)").is_empty());
}

#[test]
fn a_script_is_rejected_in_every_spelling_of_a_link() {
    for body in [
        "[a](javascript:alert(1))",
        "[a](<java&#10;script:alert(1)>)",
        "[a](JaVaScRiPt&colon;alert(1))",
        "<javascript:alert(1)>",
        "[a]\n\n[a]: javascript:alert(1)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "[a](vbscript:x)",
    ] {
        assert_eq!(about(body).len(), 1, "{body}: {:?}", about(body));
    }
}

#[test]
fn every_spelling_of_html_is_rejected() {
    for body in
        ["<b>x</b>", "<div>\nx\n</div>", "x <br/> y", "<!-- x -->", "<?php x ?>", "<![CDATA[x]]>", "</b>", "<style>\n"]
    {
        let said = about(body);
        assert!(said.len() == 1 && said[0].contains("HTML kan ikke bruges"), "{body}: {said:?}");
    }
    assert!(about("3 < 4, &lt;b&gt;, `<b>` og \\<b>").is_empty());
}

#[test]
fn a_mistake_in_the_body_has_the_line_of_the_file() {
    assert!(about("## a\n\næøå <b>\n")[0].starts_with("7:5: "));
}

/// Text that is likely to have meaning for the two parsers.
fn odd() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("---\n".to_owned()),
        Just("titel: x\n".to_owned()),
        Just("afsnit:\n  - titel: x\n    felter:\n      - felt: vej\n".to_owned()),
        "[-:#{}\\[\\]&*!|>'\"%@`~?, \t\r\n]{1,6}",
        "[a-zæøå0-9<>()/_.=;]{1,8}",
        "\\PC{0,4}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

const PLACES: [&str; 10] = [
    "indstillinger.md",
    "data/kommuner.csv",
    "data/postnumre.csv",
    "sprog/da.yaml",
    "tekster/persondata.md",
    "sider/forside.md",
    "sider/ny.md",
    "kredse/fyn/kreds.md",
    "formularer/bestil-en-betjent.md",
    "andet.txt",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_checked_without_a_panic_and_locations_are_in_the_file(
        text in odd(),
        place in proptest::sample::select(&PLACES[..]),
        fronted in any::<bool>(),
    ) {
        let text = if fronted { format!("---\n{text}\n---\n{text}") } else { text };
        for diagnostic in diagnostics(place, &text).iter().filter(|diagnostic| diagnostic.path == place) {
            let (Some(line), Some(column)) = (diagnostic.line, diagnostic.column) else { continue };
            let shown = text.lines().nth(line - 1).map_or(0, |line| line.chars().count());
            prop_assert!(line <= text.lines().count().max(1), "{diagnostic}");
            prop_assert!((1..=shown + 1).contains(&column), "{diagnostic}");
        }
    }

    #[test]
    fn no_body_adds_its_own_markup_to_a_page(body in odd()) {
        let mut sources = SOURCES.clone();
        let text = format!("---\ntitel: Prøve\nbeskrivelse: En prøve.\n---\n{body}");
        sources.push(Source { path: "sider/proeve.md".to_owned(), text: text.into() });
        if let Ok(Assembled { site, .. }) = assemble(&sources, &[], BuildProfile::published(crate::support::now())) {
            let page = site.danish().pages.iter().find(|page| page.path == "/proeve/").expect("the page is there");
            for forbidden in ["<script", "<style", "<iframe", "<img", "<!--", "javascript:", " style=", "<h1"] {
                prop_assert!(!page.body.as_str().contains(forbidden), "{}", page.body.as_str());
            }
        }
    }
}
