//! Refusals: a page of the site that says that nothing was received, and whom to call.

use crate::journeys::filled::{open, open_in, send_traffic, traffic};
use crate::journeys::service::Service;
use crate::journeys::visitor::Page;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[test]
fn each_refusal_has_its_status_and_says_that_nothing_was_received() {
    let service = Service::start();
    let visitor = service.visitor();
    let submit = "/indsend/bestil-en-betjent";
    let large = vec![b'a'; 300 * 1024];
    let foreign = ("origin", "https://andet.example");
    for (answer, status) in [
        (visitor.post_raw(submit, &[FORM, foreign], b"trin=send"), 403),
        (visitor.post_raw(submit, &[FORM, ("origin", "null")], b"trin=send"), 403),
        (visitor.post_raw(submit, &[("content-type", "multipart/form-data; boundary=x")], b"--x--"), 415),
        (visitor.post_raw(submit, &[("content-type", "application/json")], b"{}"), 415),
        (
            visitor.post_raw(submit, &[(FORM.0, "application/x-www-form-urlencoded; charset=klingon")], b"trin=send"),
            415,
        ),
        (visitor.post_raw(submit, &[FORM], &large), 413),
        (visitor.post_raw(submit, &[FORM], &vec![b'a'; 2 * 1024 * 1024]), 413),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert!(answer.text().contains("IKKE modtaget"), "{status}: {}", answer.text());
        assert!(answer.text().contains("Gå tilbage"), "{status}: {}", answer.text());
        is_our_page(&answer);
    }
}

#[test]
fn a_change_or_note_that_cannot_be_read_is_not_saved_and_no_page_says_that_the_request_is_not_received() {
    let service = Service::start();
    let receipt = send_traffic(&service.visitor(), "oestjylland", "0751").path;
    service.sweep();
    let mail = service.mails().into_iter().find(|mail| mail.text.contains("/sag/")).unwrap();
    let case = mail.text.lines().find_map(|line| line.find("/sag/").map(|at| &line[at..])).unwrap();
    let (large, parts) = (vec![b'a'; 300 * 1024], ("content-type", "multipart/form-data; boundary=x"));
    for (path, says, then) in [
        (receipt.clone(), "Der er IKKE ændret noget", "Åbn linket til din kvittering igen"),
        (format!("{receipt}/blev-du-ringet-op"), "Der er IKKE ændret noget", "Åbn linket til din kvittering igen"),
        (case.to_owned(), "Der er ikke noteret noget", "Åbn linket i mailen igen"),
    ] {
        for (header, body, status) in [(FORM, large.as_slice(), 413), (parts, b"--x--", 415)] {
            let answer = service.visitor().post_raw(&path, &[header], body);
            assert_eq!(answer.status, status, "{path}");
            assert!(answer.text().contains(says) && answer.text().contains(then), "{path}: {}", answer.text());
            assert!(!answer.text().contains("modtaget"), "{path}: {}", answer.text());
            is_our_page(&answer);
        }
    }
}

#[test]
fn missing_pages_get_the_404_page() {
    let service = Service::start();
    let visitor = service.visitor();
    for path in
        ["/findes-ikke/", "/kvittering/kort", "/indsend/anden-formular", "/oestjylland/x/", "/kvittering/../secret"]
    {
        let answer = visitor.open_only(path);
        assert_eq!(answer.status, 404, "{path}");
        is_our_page(&answer);
    }
    let unknown = visitor.post_raw("/indsend/anden-formular", &[FORM], b"trin=send");
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("IKKE modtaget") && unknown.text().contains("Gå tilbage"), "{}", unknown.text());
}

#[test]
fn a_path_cannot_start_the_schedule() {
    let service = Service::start();
    crate::journeys::filled::send_traffic(&service.visitor(), "oestjylland", "0751");
    for path in ["/_schedule", "/events", "/", "/indsend/"] {
        service.visitor().post_raw(path, &[("content-type", "application/json")], br#"{"source":"aws.scheduler"}"#);
    }
    assert!(service.mails().is_empty());
}

#[test]
fn without_a_table_the_page_says_so_and_keeps_what_was_typed() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let summary = form.submit();
    let store = service.function().store();
    service.run(store.client().delete_table().table_name(store.table()).send()).unwrap();
    let failed = summary.form().press("trin", "send");
    assert_eq!(failed.status, 503, "{}", failed.text());
    assert!(failed.text().contains("IKKE modtaget") && failed.has("main a[href='tel:114']"), "{}", failed.text());
    assert!(
        failed.text_at("title").starts_with("Fejl: Din bestilling er IKKE modtaget"),
        "{}",
        failed.text_at("title")
    );
    assert_eq!(failed.header("retry-after"), Some("60"));
    is_our_page(&failed);
    // A kreds's own number is shown, too, if it has one.
    assert_eq!(failed.texts_at(".alert-error a"), ["114"]);
    let elsewhere = summary.form().set("postnr", "København").press("trin", "send");
    assert_eq!(elsewhere.texts_at(".alert-error a"), ["114", "33 14 14 48"], "{}", elsewhere.text());
    for (name, typed) in summary.form().values {
        assert!(failed.form().values.contains(&(name.clone(), typed)), "{name} is lost");
    }
}

#[test]
fn a_get_of_a_forms_address_redirects_to_the_form() {
    let service = Service::start();
    let visitor = service.visitor();
    for (prefix, page) in [("", "/fyn/bestil-en-betjent/formular/"), ("/en", "/en/fyn/bestil-en-betjent/formular/")] {
        let action = open_in(&visitor, prefix, "fyn", "bestil-en-betjent").action;
        for asked in [action.clone(), action.replace('?', "/?")] {
            let answer = visitor.open_only(&asked);
            assert_eq!((answer.status, answer.header("location")), (303, Some(page)), "{asked}");
        }
        let empty = visitor.open(&action);
        assert!(empty.path == page && empty.has("main form[method='post']"), "{}", empty.path);
    }
    // A page of an older release names no kreds, so the reader chooses one.
    for (asked, to) in [
        ("/indsend/bestil-en-betjent", "/"),
        ("/indsend/bestil-en-betjent?kreds=atlantis&sprog=en", "/en/"),
        ("/indsend/bestil-en-betjent?kreds=//andet.example&sprog=xx", "/"),
    ] {
        let answer = visitor.open_only(asked);
        assert_eq!((answer.status, answer.header("location")), (303, Some(to)), "{asked}");
    }
}

#[test]
fn a_receipt_opens_whatever_was_copied_with_its_address() {
    let service = Service::start();
    let receipt = send_traffic(&service.visitor(), "oestjylland", "0751");
    let id = receipt.path.strip_prefix("/kvittering/").unwrap();
    let reference = receipt.text_at("#reference");
    let shouted = id.to_uppercase();
    for end in [
        "/",
        ")",
        "]",
        ">",
        ".",
        ",",
        ";",
        "%20",
        "%0D%0A",
        "%C2%A0",
        "&gt;",
        "%3E",
        "/%20",
        "?utm=x",
        "*",
        "’",
        "%E2%80%8B",
    ] {
        // Some endings cannot be sent as they are; a browser encodes them.
        let encoded: String = end
            .chars()
            .map(|sign| if sign.is_ascii_graphic() && sign != '>' { sign.to_string() } else { "%E2%80%99".to_owned() })
            .collect();
        for id in [id, &shouted] {
            let answer = service.visitor().open_only(&format!("/kvittering/{id}{encoded}"));
            assert_eq!((answer.status, answer.has("#reference")), (200, true), "{end}");
            assert_eq!(answer.text_at("#reference"), reference, "{end}");
        }
    }
    for begin in ["%3C", "(", "/", "%20"] {
        assert_eq!(service.visitor().open_only(&format!("/kvittering/{begin}{id}")).status, 200, "{begin}");
    }
    for other in [&id[1..], &format!("{id}0"), &format!("g{}", &id[1..]), ""] {
        assert_eq!(service.visitor().open_only(&format!("/kvittering/{other}")).status, 404, "{other}");
    }
}

#[test]
fn a_null_origin_may_post_if_the_browser_says_that_it_is_our_own_page() {
    let service = Service::start();
    let visitor = service.visitor();
    let submit = "/indsend/bestil-en-betjent";
    for (origin, fetch_site, status) in [
        ("null", "same-origin", 422),
        ("null", "none", 422),
        ("null", "cross-site", 403),
        ("https://andet.example", "same-origin", 403),
    ] {
        let headers = [FORM, ("origin", origin), ("sec-fetch-site", fetch_site)];
        assert_eq!(visitor.post_raw(submit, &headers, b"kreds=fyn").status, status, "{origin} {fetch_site}");
    }
}

#[test]
fn a_text_in_windows_1252_is_decoded_correctly() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("kommune", "0751");
    let utf8 = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
    // Each letter of the answers is one byte of Windows-1252.
    let body = utf8.replace("%C3%86", "%C6").replace("%C3%B8", "%F8").replace("%C3%A6", "%E6");
    assert!(body.len() < utf8.len() && !body.contains("%C3"), "{body}");
    for media_type in [
        FORM.1,
        "application/x-www-form-urlencoded; charset=windows-1252",
        "application/x-www-form-urlencoded; charset=UTF-8",
    ] {
        let summary = service.visitor().post_raw(&form.action, &[("content-type", media_type)], body.as_bytes());
        assert_eq!(summary.status, 200, "{}", summary.text());
        assert!(
            summary.text().contains("Jørgen Ærbødig Sørensen") && !summary.html.contains('\u{fffd}'),
            "{}",
            summary.text()
        );
    }
}

#[test]
fn the_longest_form_fits_in_any_script_and_longer_text_is_kept() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("kommune", "0751");
    // Each letter has four bytes, and each byte takes three characters on the wire.
    let longest =
        form.clone().set("beskrivelse", &"𞤀".repeat(1000)).set("fra", &"𞤀".repeat(150)).set("vej", &"𞤀".repeat(150));
    let summary = longest.submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
    assert_eq!(summary.form().press("trin", "send").status, 200);
    for text in ["ع".repeat(5600), "𞤀".repeat(20_000)] {
        let answer = form.clone().set("beskrivelse", &text).submit();
        assert_eq!(answer.status, 422);
        assert_eq!(answer.form().value("beskrivelse"), Some(text.as_str()));
    }
}

fn is_our_page(page: &Page) {
    let emergency = page.html.find("tel:112").expect("112 is on the page");
    assert!(page.html.find("<form").is_none_or(|form| emergency < form));
    assert!(page.html.contains("tel:114"));
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").is_some());
    assert!(page.header("set-cookie").is_none());
}
