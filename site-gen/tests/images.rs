//! Images beside the texts: how they come onto a page, and which of them are published.

use crate::support::{Content, html, now};
use site_gen::build;
use std::fs;

/// Two images, of which the body shows what it wants.
fn content(body: &str) -> Content {
    let content = Content::new();
    content.page(body);
    for name in ["betjent.png", "patrulje.png"] {
        let image = crate::support::crate_folder().join("tests/images").join(name);
        fs::create_dir_all(content.path().join("billeder")).unwrap();
        fs::copy(image, content.path().join("billeder").join(name)).unwrap();
    }
    content
}

#[test]
fn an_image_comes_with_its_words_and_its_size_and_is_published() {
    let content = content(
        "Her er [![En *grøn* prik](/billeder/betjent.png)](/privatliv/) og ![En <i>prik</i> \\& to](/billeder/patrulje.png).",
    );
    let diagnostics =
        build(content.path(), None, now()).err().map(|failure| crate::support::said(&failure)).unwrap_or_default();
    assert_eq!(diagnostics.matches("HTML kan ikke bruges").count(), 1, "{diagnostics}");

    content.page("Her er [![En *grøn* \"prik\"](/billeder/betjent.png)](/privatliv/).\n\n![To prikker][to]\n\n[to]: /billeder/patrulje.png\n");
    let files = crate::support::files(&content);
    let page = html(&files, "public/proeve/index.html");
    let image = r#"<a href="/privatliv/"><img src="/billeder/betjent.png" alt="En grøn &quot;prik&quot;" width="16" height="9" loading="lazy"></a>"#;
    assert!(page.contains(image), "{page}");
    assert!(page.contains(r#"alt="To prikker""#), "{page}");
    let published: Vec<&str> =
        files.iter().map(|file| file.path.as_str()).filter(|path| path.contains("billeder")).collect();
    assert_eq!(published, ["public/billeder/betjent.png", "public/billeder/patrulje.png"]);
    let bytes = fs::read(content.path().join("billeder/betjent.png")).unwrap();
    assert!(files.iter().any(|file| file.path == "public/billeder/betjent.png" && *file.bytes == bytes[..]));
}

#[test]
fn an_image_that_no_text_shows_is_warned_of_and_not_published() {
    let content = content("![En prik](/billeder/betjent.png)");
    let built =
        build(content.path(), None, now()).unwrap_or_else(|failure| panic!("{}", crate::support::said(&failure)));
    let warned: Vec<&str> = built.warnings.iter().map(|warning| warning.path.as_str()).collect();
    assert_eq!(warned, ["billeder/patrulje.png"]);
    assert!(!built.files.iter().any(|file| file.path.contains("patrulje")));
}

#[test]
fn a_text_that_stands_inside_other_pages_has_no_images() {
    let content = content("![En prik](/billeder/betjent.png) ![To prikker](/billeder/patrulje.png)");
    content.change("tekster/haster-ikke.md", "114", "114 ![En prik](/billeder/betjent.png)");
    let said = crate::support::said(&build(content.path(), None, now()).err().unwrap());
    assert!(said.contains("Billedet »/billeder/betjent.png« kan ikke bruges i denne fil."), "{said}");
}
