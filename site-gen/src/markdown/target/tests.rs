//! Tables of valid links, and the messages about invalid ones.

use super::*;

#[test]
fn harmless_links_pass() {
    for written in ["https://politi.dk", "http://a.dk/b?c=d#e", "HTTPS://Politi.dk/A"] {
        assert_eq!(target(written), Target::Web(written.to_owned()), "{written}");
    }
    for written in ["mailto:a@b.dk", "tel:114", "tel:+4511414", "MAILTO:a@b.dk", "Tel:114"] {
        assert_eq!(target(written), Target::Person, "{written}");
    }
    assert_eq!(target("#a"), Target::Here("a".into()));
    assert_eq!(target("/a/#b"), Target::Page { path: "/a/".into(), heading: Some("b".into()) });
}

#[test]
fn script_links_are_refused_in_every_spelling() {
    for written in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example",
        "https:///x",
        "https://a@b.dk",
        "mailto:x",
        "tel:ring",
        "",
    ] {
        assert!(matches!(target(written), Target::Refused(_)), "{written:?}");
    }
}

#[test]
fn a_misspelt_address_is_refused_with_a_suggestion() {
    for (written, intended) in [
        ("www.politi.dk", "https://www.politi.dk"),
        ("WWW.politi.dk/a", "https://WWW.politi.dk/a"),
        ("politi.dk", "https://politi.dk"),
        ("politi.dk/øst#a", "https://politi.dk/øst#a"),
        ("https//politi.dk", "https://politi.dk"),
        ("https:/politi.dk", "https://politi.dk"),
        ("http:politi.dk", "https://politi.dk"),
        ("https:///politi.dk", "https://politi.dk"),
        ("htttps://politi.dk", "https://politi.dk"),
        ("hhtp://politi.dk", "https://politi.dk"),
        ("https://politi.dk.", "https://politi.dk"),
    ] {
        let Target::Refused(message) = target(written) else { panic!("{written} passes") };
        assert!(message.ends_with(&format!(" Skriv »{intended}«.")), "{message}");
    }
    for (written, intended) in [
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpoliti.dk%2Fa&data=05%7C",
            "https://politi.dk/a",
        ),
        ("https://www.google.com/url?sa=D&q=https://politi.dk&usg=A", "https://politi.dk"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fpoliti.dk%2F%3Ffbclid%3Dx&h=A", "https://politi.dk/?fbclid=x"),
    ] {
        let Target::Refused(message) = target(written) else { panic!("{written} passes") };
        assert!(message.ends_with(&format!(" Skriv adressen selv: »{intended}«.")), "{message}");
    }
    for written in ["https://www.google.com/maps?q=https://a.dk", "https://facebook.com/politi?u=1", "https://127.dk"] {
        assert!(matches!(target(written), Target::Web(_)), "{written}");
    }
    for (written, path) in [
        ("http://127.0.0.1:8080/privatliv/", Some("/privatliv/")),
        ("https://127.0.0.1", Some("/")),
        ("https://127.dk/a", None),
        ("https://10.0.0.1/a", None),
    ] {
        assert_eq!(path_here(written), path, "{written}");
    }
    // A file, or a page here.
    for written in ["privatliv.md", "sider/privatliv.md", "privatliv/", "../privatliv/", "fyn/politi.dk"] {
        assert!(matches!(target(written), Target::Page { .. }), "{written}");
    }
}

#[test]
fn a_url_of_this_site_is_a_page_in_any_notation() {
    let within = |written: &str| target(written).within("https://a.example");
    let page =
        |path: &str, heading: Option<&str>| Some(Target::Page { path: path.into(), heading: heading.map(Into::into) });
    for (written, is) in [
        ("https://a.example/b/", page("/b/", None)),
        ("HTTPS://A.Example/b/#c", page("/b/", Some("c"))),
        ("http://a.example", page("/", None)),
        ("https://a.example:443/b?c", page("/b?c", None)),
        ("https://a.example?b", page("/", None)),
        ("https://a.example/tur.ics", None),
        ("https://a.example:8443/b/", None),
        ("https://www.a.example/", None),
        ("https://a.example.b/", None),
        ("/b/", None),
    ] {
        assert_eq!(within(written), is, "{written}");
    }
    assert_eq!(target("http://127.0.0.1:8080/b/").within("http://127.0.0.1:8080"), page("/b/", None));
}
