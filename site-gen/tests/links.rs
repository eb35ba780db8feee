//! External links are listed with their locations, and absolute links to the site itself are checked like paths.

use crate::support::{Content, now, site_gen};

fn listed(content: &Content, more: &[&str]) -> String {
    let output = site_gen(content, &[&["links"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_external_link_is_listed_once_for_each_location() {
    let content = Content::english();
    content.write(
        "sider/proeve.md",
        "---\ntitel: Prøve\nbeskrivelse: En prøve.\noversaettes: nej\nkladde: ja\nhurtig_udgang: https://www.dmi.dk\n---\n\
         Æ [et vejr][v], <https://a.example/b> og [igen](https://a.example/b).\n\n\
         [Her](/privatliv/), [mail](mailto:a@b.dk), [114](tel:114), [os](https://bestil-en-betjent.example/privatliv/).\n\n\
         [v]: HTTPS://Vejr.example/?a=b#c\n",
    );
    // The text of a shared page is on a page of each kreds.
    content.write(
        "faelles/moed-os.md",
        "---\ntitel: Mød os\nbeskrivelse: Mød os.\noversaettes: nej\n---\nSe [politiets side](https://politi.dk/{kreds}).\n",
    );
    let listed = listed(&content, &["--outside"]);
    let own: Vec<&str> =
        listed.lines().filter(|line| ["proeve", "moed-os", "indstil"].iter().any(|file| line.contains(file))).collect();
    assert_eq!(
        own,
        [
            "HTTPS://Vejr.example/?a=b#c\tsider/proeve.md:8:3",
            "https://a.example/b\tsider/proeve.md:8:17",
            "https://a.example/b\tsider/proeve.md:8:42",
            "https://politi.dk/bornholm\tfaelles/moed-os.md:6:4",
            "https://politi.dk/fyn\tfaelles/moed-os.md:6:4",
            "https://politi.dk/oestjylland\tfaelles/moed-os.md:6:4",
            "https://was.digst.dk/eksempel-dk\tindstillinger.md:7:1",
            "https://www.dmi.dk\tsider/proeve.md:6:1",
        ]
    );
    assert!(listed.contains("stationer.en.md:"), "translations are read: {listed}");
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines.is_sorted() && !listed.contains("betjent.example") && !listed.contains("tel:"), "{listed}");
}

#[test]
fn tools_get_one_json_object_on_each_line() {
    let content = Content::new();
    content.page("Se [vejret i dag](https://www.dmi.dk/\"a\").");
    let json = listed(&content, &["--outside", "--json"]);
    let links: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let plain = listed(&content, &["--outside"]);
    let again: Vec<String> = links
        .iter()
        .map(|link| {
            let text = |name: &str| link[name].as_str().unwrap().to_owned();
            format!("{}\t{}:{}:{}", text("address"), text("file"), link["line"], link["column"])
        })
        .collect();
    assert_eq!(plain.lines().collect::<Vec<_>>(), again);
    assert!(plain.contains("https://www.dmi.dk/\"a\"\tsider/proeve.md:5:4"), "{plain}");
}

#[test]
fn mistakes_are_reported_instead_of_links() {
    let content = Content::new();
    content.page("Se [siden](/privatlv/).");
    let output = site_gen(&content, &["links", "--outside"]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("[doedt-link]"));
    assert_eq!(site_gen(&Content::new(), &["links"]).status.code(), Some(2));
}

#[test]
fn a_link_by_full_address_is_checked_like_one_by_path() {
    let reported = |body: &str, draft: &str| {
        let content = Content::new();
        content.write("sider/kladden.md", "---\ntitel: K\nbeskrivelse: K.\nkladde: ja\n---\n");
        content.write("sider/proeve.md", &format!("---\ntitel: P\nbeskrivelse: P.\n{draft}---\n{body}\n"));
        crate::support::diagnostics(&content)
            .iter()
            .map(|one| format!("{}:{} {}", one.line.unwrap_or(0), one.column.unwrap_or(0), one.code))
            .collect::<Vec<_>>()
    };
    let site = "https://bestil-en-betjent.example";
    for (address, kind) in [
        ("/findes-ikke/", "doedt-link"),
        ("/privatliv", "forkert-link"),
        ("/privatliv/#x", "link-til-ukendt-overskrift"),
        ("/kladden/", "link-til-side-der-ikke-vises"),
        ("/assets/x.css", "doedt-link"),
    ] {
        for written in [
            format!("{site}{address}"),
            format!("HTTPS://Bestil-En-Betjent.example{address}"),
            format!("{site}:443{address}"),
        ] {
            // Another mistake does not hide it.
            for other in ["", "\n\n[Siden om x](/privatlv/)"] {
                let said = reported(&format!("Se [siden om y]({written}).{other}"), "");
                // Targets other than pages are checked after rendering.
                if address.starts_with("/assets") {
                    assert!(!other.is_empty() || said.iter().any(|one| one.ends_with(kind)), "{written}: {said:?}");
                    continue;
                }
                assert_eq!(said.len(), 1 + usize::from(!other.is_empty()), "{written}: {said:?}");
                assert_eq!(said[0], format!("5:4 {kind}"), "{written}");
            }
        }
    }
    for right in ["", "/", "/privatliv/", "/privatliv/#dine-rettigheder", "/sitemap.xml", "/fyn/?a=b"] {
        assert_eq!(reported(&format!("Se [siden om y]({site}{right})."), ""), [""; 0], "{right}");
    }
}

#[test]
fn an_address_of_the_authors_machine_is_rejected_with_the_path() {
    let content = Content::new();
    content.page("Læs om [privatliv](http://127.0.0.1:8080/privatliv/).");
    let reported = site_gen::check(content.path(), now()).err().unwrap();
    assert!(
        matches!(reported.as_slice(), [one] if one.to_string().ends_with("fører til din egen maskine. Skriv stien: »/privatliv/«."))
    );
}
