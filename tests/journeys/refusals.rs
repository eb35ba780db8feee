//! Refusals: a page in the site's own look that says that nothing was received, and whom to call.

use crate::journeys::filled::{open, traffic};
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::Page;
use jiff::Timestamp;
use model::names::Language;
use pages::{Pages, Refusal, View};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[test]
fn each_refusal_has_its_status_and_says_that_nothing_was_received() {
    let service = Service::start();
    let visitor = service.visitor();
    let submit = "/indsend/bestil-en-betjent";
    let large = vec![b'a'; 40 * 1024];
    let foreign = ("origin", "https://andet.example");
    for (answer, status) in [
        (visitor.post_raw(submit, &[FORM, foreign], b"trin=send"), 403),
        (visitor.post_raw(submit, &[FORM, ("origin", "null")], b"trin=send"), 403),
        (visitor.post_raw(submit, &[("content-type", "multipart/form-data; boundary=x")], b"--x--"), 415),
        (visitor.post_raw(submit, &[("content-type", "application/json")], b"{}"), 415),
        (visitor.post_raw(submit, &[FORM], &large), 413),
        (visitor.post_raw(submit, &[FORM], &vec![b'a'; 2 * 1024 * 1024]), 413),
        (visitor.open_only(submit), 405),
    ] {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert!(answer.text().contains("IKKE modtaget"), "{status}: {}", answer.text());
        is_our_page(&answer);
    }
}

#[test]
fn what_does_not_exist_is_answered_with_the_404_page() {
    let service = Service::start();
    let visitor = service.visitor();
    for path in
        ["/findes-ikke/", "/kvittering/kort", "/indsend/anden-formular", "/oestjylland/x/", "/kvittering/../secret"]
    {
        let answer = visitor.open_only(path);
        assert_eq!(answer.status, if path == "/indsend/anden-formular" { 405 } else { 404 }, "{path}");
        is_our_page(&answer);
    }
    let unknown = visitor.post_raw("/indsend/anden-formular", &[FORM], b"trin=send");
    assert_eq!(unknown.status, 404);
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
fn when_the_table_is_gone_the_page_says_so_and_keeps_what_was_typed() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let summary = form.submit();
    let store = service.function().store();
    service.run(store.client().delete_table().table_name(store.table()).send()).unwrap();
    let failed = summary.form().press("trin", "send");
    assert_eq!(failed.status, 503, "{}", failed.text());
    assert!(failed.text().contains("IKKE modtaget") && failed.has("main a[href='tel:114']"), "{}", failed.text());
    assert!(failed.text_at("title").starts_with("Fejl:"));
    is_our_page(&failed);
    // Of the kredse that have a number of their own, that too.
    assert_eq!(failed.texts_at(".alert-error a"), ["114"]);
    let elsewhere = summary.form().set("postnr", "København").press("trin", "send");
    assert_eq!(elsewhere.texts_at(".alert-error a"), ["114", "33 14 14 48"], "{}", elsewhere.text());
    for (name, typed) in summary.form().values {
        assert!(failed.form().values.contains(&(name.clone(), typed)), "{name} is lost");
    }
}

#[test]
fn who_sends_too_much_reads_that_nothing_was_received_when_to_try_again_and_whom_to_call() {
    let built = site_gen::build(&real_content(), None, Timestamp::now()).unwrap_or_else(|error| panic!("{error}"));
    for (code, words) in [("da", ["IKKE modtaget", "ti minutter"]), ("en", ["NOT received", "ten minutes"])] {
        let language = Language::parse(code).unwrap();
        let view = View::new(built.site.catalog(), &language, Timestamp::now());
        let page = Pages::new().unwrap().refusal(&view, Refusal::TooMany).unwrap();
        let main = page.split("<main").nth(1).unwrap();
        assert!(words.iter().all(|word| main.contains(word)) && main.contains("tel:114"), "{main}");
    }
    assert_eq!(Refusal::TooMany.status(), 429);
}

fn is_our_page(page: &Page) {
    let emergency = page.html.find("tel:112").expect("112 is on the page");
    assert!(page.html.find("<form").is_none_or(|form| emergency < form));
    assert!(page.html.contains("tel:114"));
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").is_some());
    assert!(page.header("set-cookie").is_none());
}
