//! Content in the various forms in which systems and programs save it builds the same site, or is reported.

use crate::support::{Content, files, now};
use std::fs;
use unicode_normalization::UnicodeNormalization;

/// A copy of the real content with each text rewritten.
fn saved(with: impl Fn(&str) -> String) -> Content {
    let content = Content::real();
    for (path, bytes) in content.all() {
        if let Ok(text) = String::from_utf8(bytes) {
            fs::write(content.path().join(path), with(&text)).unwrap();
        }
    }
    content
}

#[test]
fn decomposed_letters_give_the_same_bytes() {
    let usual = files(&Content::real());
    let apart = saved(|text| text.nfd().collect());
    assert!(fs::read_to_string(apart.path().join("sider/forside.md")).unwrap().contains("a\u{30a}"));
    assert!(files(&apart) == usual, "the site differs");
    assert!(files(&saved(|text| format!("\u{feff}{}", text.replace('\n', "\r\n")))) == usual, "the site differs");
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_reported_and_not_waited_for() {
    for path in ["sider/roer.md", "sider/privatliv.md", "data/telefonnumre.csv", "billeder/cykel.jpg", "billeder.md"] {
        let content = Content::new();
        let pipe = content.path().join(path);
        fs::create_dir_all(pipe.parent().unwrap()).unwrap();
        let _ = fs::remove_file(&pipe);
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let reported = site_gen::check(content.path(), now()).err().unwrap();
        let reported: Vec<String> = reported.iter().filter(|one| one.path == path).map(ToString::to_string).collect();
        assert_eq!(reported, [format!("{path}: Filen kan ikke læses (er ikke en almindelig fil).")]);
    }
}

#[test]
fn doubly_encoded_letters_are_reported_and_not_published() {
    for (body, place) in [
        ("Læs om\n\nfÃ¦rdsel her.", "7:1"),
        ("SÃ¸g her.", "5:1"),
        ("Ring â€“ eller skriv.", "5:1"),
        ("s\u{fffd}g", "5:1"),
    ] {
        let content = Content::new();
        content.page(body);
        let reported = site_gen::check(content.path(), now()).err().unwrap();
        let start = format!("sider/proeve.md:{place}: Bogstaverne er forkerte: »");
        assert!(reported.len() == 1 && reported[0].to_string().starts_with(&start), "{reported:?}");
    }
}
