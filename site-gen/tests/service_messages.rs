//! Service messages of kredse: only those in force at the time of the build are on the site, without a trace of others.

use crate::support::{Content, files_at, html};
use site_gen::output::File;

const MESSAGE: &str =
    "driftsbesked:\n  tekst: Vi ringer senere.\n  vises_fra: 2026-11-20 08:00\n  udloeber: 2026-12-01\n";

fn content() -> Content {
    let content = Content::english();
    content.change("kredse/fyn/kreds.md", "frist:\n", &format!("{MESSAGE}frist:\n"));
    content.change("kredse/fyn/kreds.en.md", "---\nbes", "---\ndriftsbesked:\n  tekst: We call later.\nbes");
    content
}

/// The public files that contain a text.
fn holding<'a>(files: &'a [File], text: &str) -> Vec<&'a str> {
    let public = files.iter().filter(|file| file.path.starts_with("public/"));
    public.filter(|file| String::from_utf8_lossy(&file.bytes).contains(text)).map(|file| file.path.as_str()).collect()
}

#[test]
fn a_message_is_on_the_pages_of_its_kreds_only_while_it_is_in_force() {
    let content = content();
    let pages = [
        "bestil-en-betjent/formular/index.html",
        "bestil-en-betjent/index.html",
        "bestil-en-faerdselskontrol/formular/index.html",
        "bestil-en-faerdselskontrol/index.html",
        "index.html",
    ];
    for (now, is_shown) in [
        ("2026-11-20T06:59:59Z", false),
        ("2026-11-20T07:00:00Z", true),
        ("2026-12-01T22:59:59Z", true),
        ("2026-12-01T23:00:00Z", false),
    ] {
        let files = files_at(&content, now);
        for (text, folder) in [("Vi ringer senere.", "public/fyn"), ("We call later.", "public/en/fyn")] {
            let expected: Vec<String> = pages.iter().map(|page| format!("{folder}/{page}")).collect();
            let expected = if is_shown { expected } else { Vec::new() };
            assert_eq!(holding(&files, text), expected, "{text} at {now}");
        }
        assert_eq!(holding(&files, "driftsbesked").is_empty(), !is_shown, "at {now}");
    }
}

#[test]
fn equal_content_and_time_give_equal_bytes_and_the_catalog_ignores_time() {
    let content = content();
    let (before, during) = (files_at(&content, "2026-11-20T00:00:00Z"), files_at(&content, "2026-11-21T00:00:00Z"));
    assert!(
        before == files_at(&content, "2026-11-20T00:00:00Z") && during == files_at(&content, "2026-11-21T00:00:00Z")
    );
    assert!(before != during);
    // The function uses its own clock, and a message that begins does not outdate a form.
    assert_eq!(html(&before, "catalog.json"), html(&during, "catalog.json"));
    assert!(html(&before, "catalog.json").contains("Vi ringer senere."));
}
