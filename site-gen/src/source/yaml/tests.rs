//! Tests of mistakes in YAML: each is reported at its location, and none is ignored.

use super::*;
use crate::diagnostics::diagnostic::Diagnostics;
use crate::source::read::Source;

fn diagnostic(text: &str) -> String {
    let source = Source { path: "a".into(), text: text.into() };
    let diagnostics = Diagnostics::default();
    assert!(load(text, source.reporter(&diagnostics)).is_none(), "{}", excerpt(text));
    diagnostics.into_sorted()[0].to_string()
}

#[test]
fn comments_and_blank_lines_after_the_last_value_are_accepted() {
    let diagnostics = Diagnostics::default();
    for text in [
        "---\n{a: b}\n",
        "---\n{a: b} # c\n",
        "---\na: b\n\n# c\n",
        "---\n  a: b\n# c\n",
        "---\na: [b,\n  c]\n",
        "---\n{a: b,\n c: d}\n",
    ] {
        let source = Source { path: "a".into(), text: text.into() };
        assert!(load(text, source.reporter(&diagnostics)).is_some(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn every_line_is_read_or_rejected(
        before in "((a|b|c|  d|  e|- f|    g):( h| \\||  >|| \\{i: j\\}| 'k|l)?\n|\\{m: n\\}\n|# o\n|\n|  p\n){0,6}",
        indent in " {0,4}",
        after in "((q|  r):( s)?\n|\\}\n|'\n){0,2}",
    ) {
        let text = format!("---\n{before}{indent}zebra: ja\n{after}");
        let source = Source { path: "a".into(), text: text.as_str().into() };
        let diagnostics = Diagnostics::default();
        if let Some(node) = load(&text, source.reporter(&diagnostics)) {
            proptest::prop_assert!(format!("{node:?}").contains("zebra"), "{}", text);
        }
    }
}

#[test]
fn each_kind_of_mistake_has_its_own_advice() {
    for (text, place, advice) in [
        ("---\na: b: c\n", "a:2:", "anførselstegn om hele teksten"),
        ("---\na:\n\tb: c\n", "a:3:1", "tabulator"),
        ("---\na: b\n\tc: d\n", "a:3:1", "tabulator"),
        ("---\na: \"b\n", "a:", "makker"),
        ("---\na: {b: c\n", "a:", "ikke lukket"),
        ("---\na: *b\n", "a:2:", "særligt tegn"),
        ("---\na: @b\n", "a:2:", "særligt tegn"),
        ("---\na: &b c\n", "a:2:", "& eller !"),
        ("---\na\nb: c\n", "a:", "kolon"),
        ("---\n- a\n", "a:2:1", "et navn, et kolon"),
        ("---\na: 1\na: 2\n", "a:3:1", "to gange; første gang i linje 2"),
        ("---\n? [a]\n: b\n", "a:2:", "Før et kolon"),
        (&format!("---\na: {}b\n{}b\n", "[".repeat(9), "- ".repeat(9000)), "a:3:1", "for langt ind"),
        (&format!("---\na: {}\n", "[".repeat(9000)), "a:2:", "særligt tegn"),
        ("---\na:b\nc: d\n", "a:2:2", "»a: b«"),
        ("---\na: b\nc:d\n", "a:3:2", "»c: d«"),
        ("---\na:\n  b:c\n  d: e\n", "a:3:4", "»b: c«"),
        ("---\na: b\nkladde ja\nc: d\n", "a:3:7", "»kladde: ja«"),
        ("---\na: b\nkladde = ja\n", "a:3:7", "»kladde: ja«"),
        ("---\na: b\nkladde; ja\n# note\n", "a:3:7", "»kladde: ja«"),
        ("---\na:\tb\nc: d\n", "a:2:3", "tabulator"),
        ("---\na: b\n...\nc: d\n", "a:3:1", "må ikke begynde"),
        ("---\n{a: b}\nc: d\n", "a:3:1", "ikke blive læst"),
        ("---\n{a: b} # note\n# note\n\nc: d\n", "a:5:1", "ikke blive læst"),
        ("---\n{a: b} c\n", "a:2:8", "ikke blive læst"),
        ("---\n  a: b\nc: d\n", "a:3:1", "ikke blive læst"),
        ("---\n  a: b\n c: d\n", "a:3:2", "ikke blive læst"),
        ("---\n  a: b\n- c\n", "a:3:1", "ikke blive læst"),
        ("---\na: >\n  b\n  kladde: ja\n", "a:4:3", "del af teksten"),
        ("---\na: 'b\n  til: 2026-12-01'\n", "a:3:3", "del af teksten"),
        ("---\na:\n  - b: |\n      c\n      udloeber: 2026-12-01\n", "a:5:7", "del af teksten"),
        ("---\n  a:\n    b: c\n# note\nd: e\n", "a:5:1", "ikke blive læst"),
    ] {
        let shown = diagnostic(text);
        assert!(shown.starts_with(place) && shown.contains(advice), "{} gave {shown}", excerpt(text));
    }
}
