//! The packed copies of files beside them, for hosts that do not pack by themselves.

use crate::support::{Content, files};
use site_gen::compress::packed;
use site_gen::render::File;
use std::collections::BTreeSet;
use std::process::Command;

fn file(path: &str, bytes: impl Into<Vec<u8>>) -> File {
    File { path: path.to_owned(), bytes: bytes.into() }
}

#[test]
fn text_that_citizens_are_sent_is_packed_in_both_ways_and_nothing_else_is() {
    let text = "Bestil en betjent. ".repeat(20);
    let files = [
        file("public/a/index.html", text.clone()),
        file("public/assets/a.woff2", text.clone()),
        file("public/uden-endelse", text.clone()),
        file("catalog.json", text.clone()),
        // So short and so varied that a copy would not be smaller.
        file("public/kort.txt", "Kort."),
    ];
    let packed = packed(&files).unwrap();
    let names: Vec<&str> = packed.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["public/a/index.html.br", "public/a/index.html.gz"]);
    assert!(packed.iter().all(|file| file.bytes.len() < text.len() / 2));
}

#[test]
fn a_build_writes_them_when_it_is_told_to_and_removes_them_when_it_is_not() {
    let (content, out) = (Content::new(), tempfile::tempdir().unwrap());
    let build = |more: &[&str]| {
        let (from, to) = (content.path().to_str().unwrap(), out.path().to_str().unwrap());
        let arguments = ["build", "--content", from, "--out", to, "--now", "2026-11-22T12:00:00Z"];
        let done = Command::new(env!("CARGO_BIN_EXE_site-gen")).args(arguments).args(more).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let exists = |path: &str| out.path().join("public").join(path).exists();
    let said = build(&["--compress"]);
    assert!(said.starts_with("41 sider i "), "copies are no pages: {said}");
    for name in ["index.html", "fyn/index.html", "sitemap.xml", "soeg/ord.json"] {
        assert!(exists(name) && exists(&format!("{name}.br")) && exists(&format!("{name}.gz")), "{name}");
    }
    assert!(!exists("../catalog.json.br"));
    let again = build(&["--compress"]);
    assert!(again.contains(": 0 filer skrevet, ") && again.ends_with(" 0 fjernet.\n"), "{again}");
    let plain = build(&[]);
    assert!(plain.contains(": 0 filer skrevet, ") && !plain.ends_with(" 0 fjernet.\n"), "{plain}");
    assert!(!exists("index.html.br") && !exists("index.html.gz") && exists("index.html"));
}

#[test]
fn no_page_is_left_without_a_packed_copy() {
    let files = files(&Content::new());
    let packed = packed(&files).unwrap();
    let names: BTreeSet<&str> = packed.iter().map(|file| file.path.as_str()).collect();
    for page in files.iter().filter(|file| file.path.ends_with(".html")) {
        for end in ["br", "gz"] {
            assert!(names.contains(format!("{}.{end}", page.path).as_str()), "{}.{end}", page.path);
        }
    }
}
