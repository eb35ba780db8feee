//! A page that is marked as a draft, in any spelling, is never published silently.

use crate::support::{Content, now};
use proptest::prelude::*;
use site_gen::{Failure, build};

/// True if a page with this front matter is published.
fn is_published(front: &str) -> bool {
    let content = Content::new();
    content.write("sider/proeve.md", &format!("---\ntitel: Prøve\nbeskrivelse: En prøve.\n{front}---\nTekst.\n"));
    match build(content.path(), None, now()) {
        Ok(built) => built.files.iter().any(|file| file.path == "public/proeve/index.html"),
        Err(Failure::Content(reported)) => {
            assert!(reported.iter().any(|one| one.path == "sider/proeve.md"), "{front}: {reported:?}");
            false
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn a_draft_is_not_published_in_any_spelling() {
    for front in [
        "kladde: ja\n",
        "kladde: \"ja\"\n",
        "kladde: 'ja'\n",
        "\"kladde\": ja\n",
        "kladde : ja\n",
        "kladde:\u{a0}ja\n",
        "kladde\u{a0}: ja\n",
        "kladde: ja\u{200b}\n",
        "kladde: ja # ikke færdig\n",
        "kladde: |\n  ja\n",
        "? kladde\n: ja\n",
        "Kladde: ja\n",
        "KLADDE: JA\n",
        "kladde: Ja\n",
        "kladde: yes\n",
        "kladde: true\n",
        "kladde: sand\n",
        "kladde: 1\n",
        "kladde: x\n",
        "kladde:\n",
        "kladde: ~\n",
        "kladde: [ja]\n",
        "kladde: {ja: ja}\n",
        "kladde:ja\n",
        "kladde ja\n",
        "kladde = ja\n",
        "kladde; ja\n",
        "\tkladde: ja\n",
        "  kladde: ja\n",
        "kladde: nej\nkladde: ja\n",
        "draft: true\n",
        "udkast: ja\n",
        "note: |\n  kladde: ja\n",
        "...\nkladde: ja\n",
        "note: |\n  Kladde: ja\n",
        "  kladde ja\n",
        "  kladde = ja\n",
    ] {
        assert!(!is_published(front), "{front:?}");
    }
    // Without these, the test would pass if nothing was ever published.
    for front in ["", "kladde: nej\n", "# kladde: ja\n"] {
        assert!(is_published(front), "{front:?}");
    }
}

#[test]
fn another_word_for_yes_is_reported_with_a_suggestion() {
    for (word, meant) in [("yes", "ja"), ("true", "ja"), ("Sand", "ja"), ("no", "nej"), ("FALSE", "nej"), ("jaa", "ja")]
    {
        let content = Content::new();
        content.write("sider/proeve.md", &format!("---\ntitel: P\nbeskrivelse: P.\nkladde: {word}\n---\n"));
        let reported = site_gen::check(content.path(), now()).err().unwrap();
        let expected = format!("»kladde« kan ikke være »{word}«. Mente du »{meant}«? Vælg mellem: ja, nej.");
        assert_eq!(reported[0].message, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_spelling_of_the_draft_line_publishes_the_page(line in " {0,2}[kK]ladde[ \u{a0}]{0,2}([:;=]|[ \u{a0}])[ \u{a0}]{0,2}(ja|Ja|yes|true|sand|\"ja\"|\\[ja\\])") {
        prop_assert!(!is_published(&format!("{line}\n")), "{}", line);
    }
}

#[test]
fn a_switch_below_the_front_matter_is_reported_and_the_page_not_published() {
    for body in [
        "kladde: ja\n\nTekst.",
        "Tekst.\n\nkladde: ja",
        "Kladde: ja",
        "fra: 2027-01-01\nTekst.",
        "til: 2026-01-01 08:00",
    ] {
        let content = Content::new();
        content.page(body);
        let reported = site_gen::check(content.path(), now()).err().unwrap();
        assert!(
            reported.len() == 1 && reported[0].message.contains("virker kun over den nederste streg"),
            "{body}: {reported:?}"
        );
    }
}
