//! Tests of the check of rendered pages: it sees what a browser sees.

use super::*;

fn files() -> [File; 3] {
    let file = |path: &str, html: &str| File::page(format!("public/{path}"), html);
    [file("index.html", "<h2 id=frist>"), file("en/fyn/index.html", "<h2 id=deadline>"), file("billeder/kort.png", "")]
}

fn code(reference: &str) -> Option<DiagnosticCode> {
    let files = files();
    let paths = files.iter().map(|file| (file.path.strip_prefix("public").unwrap(), file)).collect();
    let approved = [("114".to_owned(), "114".to_owned())].into();
    let answered = vec!["/indsend/a".to_owned()];
    let public = Public::new(paths, "https://a.example", answered, approved);
    public.fault("/en/fyn/index.html", reference).map(|fault| public.message(&fault, reference).0)
}

#[test]
fn dead_links_are_found_in_every_spelling() {
    for (reference, code) in [
        ("/fyn/", DiagnosticCode::DeadLink),
        ("/en/fyn", DiagnosticCode::DeadLink),
        ("/EN/fyn/", DiagnosticCode::DeadLink),
        ("../nord/", DiagnosticCode::DeadLink),
        ("https://a.example/fyn/", DiagnosticCode::DeadLink),
        ("/billeder/kort.jpg", DiagnosticCode::DeadLink),
        ("/indsend/b", DiagnosticCode::DeadLink),
        ("#frist", DiagnosticCode::DeadAnchor),
        ("/#deadline", DiagnosticCode::DeadAnchor),
        ("/?a#frister", DiagnosticCode::DeadAnchor),
        ("/billeder/kort.png#a", DiagnosticCode::DeadAnchor),
        ("", DiagnosticCode::BadLink),
        ("//b.example/", DiagnosticCode::BadLink),
        ("javascript:alert(1)", DiagnosticCode::BadLink),
        ("tel:115", DiagnosticCode::UnapprovedNumber),
    ] {
        assert_eq!(self::code(reference), Some(code), "{reference}");
    }
}

#[test]
fn working_links_pass_in_every_spelling() {
    for reference in [
        "/",
        "/index.html#frist",
        "/?a=b#frist",
        "/#%66rist",
        "/en/fyn/",
        "/%65n/fyn/index.html",
        "../fyn/",
        "../../",
        "#deadline",
        "#",
        "#top",
        "?a",
        "https://a.example",
        "https://a.example/#frist",
        "/billeder/kort.png?1",
        "/indsend/a#fejl",
        "https://b.example/x",
        "mailto:a@b.example",
        "tel:114",
    ] {
        assert_eq!(code(reference), None, "{reference}");
    }
}

#[test]
fn the_ids_and_references_of_a_page_equal_those_of_a_full_parser() {
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    let built = crate::build::build(&content, None, "2026-11-29T08:00:00Z".parse().unwrap());
    let files = built.map(|built| built.files).unwrap_or_default();
    let pages: Vec<_> = files.iter().filter(|file| file.path.ends_with(".html")).collect();
    assert!(pages.len() > 200);
    for page in pages {
        let html = scraper::Html::parse_document(std::str::from_utf8(&page.bytes).unwrap());
        let (mut ids, mut references) = (BTreeSet::new(), BTreeSet::new());
        for (name, value) in html.tree.values().filter_map(|node| node.as_element()).flat_map(|tag| tag.attrs()) {
            match name {
                "id" => drop(ids.insert(value.to_owned())),
                "href" | "src" | "action" | "formaction" | "poster" | "data" => {
                    references.insert(value.to_owned());
                }
                "srcset" => {
                    references.extend(value.split(',').map(|one| one.split_whitespace().next().unwrap().to_owned()));
                }
                _ => {}
            }
        }
        assert_eq!(page.ids().map(|id| unescaped(id).into_owned()).collect::<BTreeSet<_>>(), ids, "{}", page.path);
        let found: BTreeSet<_> = page.references().map(|value| unescaped(value).into_owned()).collect();
        assert_eq!(found, references, "{}", page.path);
    }
}

#[test]
fn links_are_reported_at_each_location_in_texts_and_once_for_a_template() {
    let text = "---\n---\n[a](/fyn/) og <tel:115>\n\n[b]: </f%79n/> \"titel\"\n";
    let sources = [Source { path: "sider/a.md".to_owned(), text: text.into() }];
    let diagnostics = Diagnostics::default();
    let written = all_written(&sources);
    for (link, code, said) in
        [("/fyn/", DiagnosticCode::DeadLink, "Død."), ("tel:115", DiagnosticCode::UnapprovedNumber, "Ukendt.")]
    {
        written[link].iter().for_each(|(source, at)| source.reporter(&diagnostics).at_byte(*at, code, said));
    }
    assert!(!written.contains_key("/nord/"));
    report_page(&["/", "/en/", "/fyn/"], DiagnosticCode::DeadLink, "Død.", &diagnostics);
    let reported: Vec<String> = diagnostics.into_sorted().iter().map(ToString::to_string).collect();
    assert_eq!(
        reported,
        [
            "/: Død. Det står ikke i nogen tekst, så det er en fejl i programmet; sig det til en udvikler. Det står også på 2 andre sider.",
            "sider/a.md:3:5: Død.",
            "sider/a.md:3:16: Ukendt.",
            "sider/a.md:5:7: Død.",
        ]
    );
}
