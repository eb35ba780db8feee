//! A page on a sensitive subject has a quick exit, and no other page has one.

use crate::support::{Content, files, html};

const LINK: &str = "href=\"https://www.dmi.dk\" rel=\"nofollow noreferrer\"";

#[test]
fn the_exit_is_a_link_in_every_language_on_that_page_only() {
    let content = Content::english();
    content.change("sider/privatliv.md", "beskrivelse:", "hurtig_udgang: https://www.dmi.dk\nbeskrivelse:");
    let files = files(&content);
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let page = html(&files, &file.path);
        let is_there = file.path.ends_with("/privatliv/index.html");
        assert_eq!((page.contains(LINK), page.contains("/assets/exit-")), (is_there, is_there), "{}", file.path);
        // Before any other content.
        assert!(!is_there || page.find(LINK) < page.find("<h1>"), "{}", file.path);
    }
}

#[test]
fn invalid_addresses_and_other_kinds_of_pages_are_rejected() {
    for (path, line, expected) in [
        ("sider/privatliv.md", "hurtig_udgang: ja", "skal være adressen på en side, som ingen lægger mærke til"),
        ("sider/privatliv.md", "hurtig_udgang: javascript:alert(1)", "skal være adressen på en side"),
        ("sider/privatliv.md", "hurtig_udgang: http://www.dmi.dk", "skal være adressen på en side"),
        ("sider/privatliv.md", "hurtig_udgang: https://www.dmi.dk/ x", "skal være adressen på en side"),
        ("sider/forside.md", "hurtig_udgang: https://www.dmi.dk", "»hurtig_udgang« kendes ikke her."),
        ("kredse/fyn/kreds.md", "hurtig_udgang: https://www.dmi.dk", "»hurtig_udgang« kendes ikke her."),
    ] {
        let content = Content::new();
        content.change(path, "beskrivelse:", &format!("{line}\nbeskrivelse:"));
        let diagnostics = site_gen::check(content.path(), crate::support::now()).err().unwrap();
        assert!(diagnostics.len() == 1 && diagnostics[0].message.contains(expected), "{line}: {diagnostics:?}");
    }
}
