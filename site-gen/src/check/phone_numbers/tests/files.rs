//! Numbers of whole files, across lines, list items and paragraphs, and suggestions for mistyped ones.

use super::super::suggestions;
use super::super::text::{Text, texts};
use super::{approved, numbers};
use crate::source::read::Source;

/// The numbers of a file, each with the line it starts on.
fn of_file(path: &str, text: &str) -> Vec<(usize, String)> {
    let source = Source { path: path.to_owned(), text: text.into() };
    let line = |place: usize| text[..place].matches('\n').count() + 1;
    let found = |text: Text| {
        let all = numbers(&text);
        all.into_iter().map(move |found| (line(text.place(found.start)), found.plain)).collect::<Vec<_>>()
    };
    texts(&source).into_iter().flat_map(found).collect()
}

#[test]
fn numbers_are_found_across_lines_items_and_paragraphs_but_not_in_comments() {
    let front = "---\ntitel: A\n---\n";
    for (body, expected) in [
        ("Ring 33 14\n14 48", Some((4, "33141448"))),
        ("Ring på\n115", Some((5, "115"))),
        ("Ring 11\n5", Some((4, "115"))),
        ("33\n14\n14\n48", Some((4, "33141448"))),
        ("33. 14 14 48", Some((4, "33141448"))),
        ("- 33 14\n- 14 48", Some((4, "33141448"))),
        ("Ring 33 14\n\n14 48", Some((4, "33141448"))),
        ("* 33\n* 14\n* 14\n* 48", Some((4, "33141448"))),
        ("> Ring 33 14\n> 14 48", Some((4, "33141448"))),
        ("- Ring 33 14\n  14 48", Some((4, "33141448"))),
        ("Ring 33 14\\\n14 48", Some((4, "33141448"))),
        ("- 20\n- 30\n- 40\n- 50", None),
        ("- 8000\n- 8200", None),
        ("## 2026\n\n33 stop", None),
    ] {
        let expected: Vec<_> = expected.map(|(line, number)| (line, number.to_owned())).into_iter().collect();
        assert_eq!(of_file("sider/a.md", &format!("{front}{body}\n")), expected, "{body}");
    }
    for (yaml, expected) in [
        ("a: 33 14 14 48", Some((1, "33141448"))),
        ("a: b # 33 14 14 48", None),
        ("# 33 14 14 48", None),
        ("a: b#33 14 14 48", Some((1, "33141448"))),
        ("a: \"Ring #1 # 33 14 14 48\"", Some((1, "33141448"))),
        ("a: 'Ring # 33 14 14 48' # note", Some((1, "33141448"))),
        ("a: 1980'erne # 33 14 14 48", None),
        ("a: |\n  Ring # 33 14 14 48\n", Some((2, "33141448"))),
        ("a: >-\n  Ring # 33 14\n  14 48\n", Some((2, "33141448"))),
        ("- a: |\n    Ring # 115\n  b: c # Ring 115\n", Some((2, "115"))),
        ("a: Ring 33 14\n  14 48", Some((1, "33141448"))),
        ("a: \"Ring\n  # 33 14 14 48\"", Some((2, "33141448"))),
        ("a: 33 14\nb: 14 48", None),
        ("a: \"33\\u0020141448\"", Some((1, "33141448"))),
        ("a: {b: \"c, # 115\", d: Ring 115}", Some((1, "115"))),
    ] {
        let expected: Vec<_> = expected.map(|(line, number)| (line, number.to_owned())).into_iter().collect();
        assert_eq!(of_file("sprog/a.yaml", yaml), expected, "{yaml}");
    }
}

#[test]
fn the_closest_number_is_suggested() {
    let approved = approved();
    for (typed, expected) in [
        ("115", &["114"][..]),
        ("141", &["114"]),
        ("111", &["112"]),
        ("113", &["112", "114"]),
        ("212", &["112"]),
        ("96301449", &["96301448"]),
        ("96301484", &["96301448"]),
        ("33141448", &[]),
        ("999", &[]),
    ] {
        assert_eq!(suggestions(typed, &approved), expected, "{typed}");
    }
}
