//! Limits: how much one address may send, whom they never stop, and how often a receipt is mailed.

use crate::journeys::lab::{Answer, Lab};
use crate::journeys::network::Fault;
use crate::journeys::operator_tool::{json, operator, reference};
use crate::journeys::service::Service;
use crate::journeys::visitor::{FormOnPage, Page};
use crate::journeys::{filled, lab};
use function::settings::{OriginProof, Secret};
use jiff::SignedDuration;
use std::collections::BTreeSet;

const HOME: &str = "198.51.100.7";

fn limited() -> Lab {
    Lab::with(Service::start(), |settings| {
        settings.limit = Some(5);
        settings.origin_secret = Some(Secret::new([0x0a; 32]));
        settings.origin_proof = OriginProof::Optional;
    })
}

/// Makes a request that is unique by its street.
fn another(form: &FormOnPage, number: u32) -> FormOnPage {
    let letter = |digit| char::from(b'a' + u8::try_from(digit % 26).unwrap());
    form.clone().set("vej", &format!("Vej {}{}", letter(number / 26), letter(number)))
}

fn traffic(lab: &Lab) -> FormOnPage {
    filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus")
}

#[test]
fn the_sixth_request_in_ten_minutes_is_refused_in_the_pages_language() {
    let lab = limited();
    for (prefix, words) in [("", ["IKKE modtaget", "ti minutter"]), ("/en", ["NOT received", "ten minutes"])] {
        let form = filled::open_in(&lab.service.visitor(), prefix, "oestjylland", "bestil-en-faerdselskontrol");
        // Equal answers are one request, whatever their language.
        let form = filled::traffic(form).set("kommune", if prefix.is_empty() { "0751" } else { "0730" });
        let from = if prefix.is_empty() { HOME } else { "203.0.113.9" };
        for number in 0..5 {
            assert_eq!(lab.send(from, &another(&form, number)).status, 303, "{number}");
        }
        lab.wait(SignedDuration::from_mins(9));
        let sixth = lab.send(from, &another(&form, 5));
        assert_eq!(sixth.status, 429);
        assert!(words.iter().all(|word| sixth.text().contains(word)), "{}", sixth.text());
        assert_eq!(sixth.header("retry-after"), Some("600"));
        // The page keeps everything that was typed, and the same button sends it.
        let kept = lab.service.visitor().kept_form(&sixth.html);
        for (name, typed) in another(&form, 5).values {
            assert!(
                name == "trin" || kept.values.contains(&(name.clone(), typed.replace("\r\n", "\n"))),
                "{name} is lost"
            );
        }
        assert!(sixth.html.contains("tel:114") && sixth.html.contains("tel:112"));
        // Others are not limited, and a request that was received is shown again.
        assert_eq!(lab.send("198.51.100.8", &another(&form, 6)).status, 303);
        assert_eq!(lab.send(from, &another(&form, 2)).status, 303);
        lab.wait(SignedDuration::from_mins(2));
        assert_eq!(lab.send(from, &kept).status, 303, "ten minutes later");
    }
    lab.sweep();
    assert_eq!(lab.post.mails().len(), 14, "what was refused is not stored");
}

#[test]
fn invalid_forms_do_not_count() {
    let lab = limited();
    let form = traffic(&lab);
    for number in 0..20 {
        assert_eq!(lab.send(HOME, &another(&form, number).set("telefon", "1")).status, 422);
    }
    assert_eq!(lab.send(HOME, &form).status, 303);
}

#[test]
fn seventy_concurrent_equal_posts_count_as_one_request() {
    let lab = limited();
    let form = traffic(&lab);
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let posts: Vec<_> = (0..70).map(|_| scope.spawn(|| lab.send(HOME, &form))).collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    let ids: BTreeSet<_> = answers.iter().map(|answer| answer.id().to_string()).collect();
    assert_eq!(ids.len(), 1);
    for number in 0..4 {
        assert_eq!(lab.send(HOME, &another(&form, number)).status, 303, "{number}");
    }
    assert_eq!(lab.send(HOME, &another(&form, 4)).status, 429);
}

#[test]
fn concurrent_requests_from_one_address_are_each_counted() {
    let lab = limited();
    let form = traffic(&lab);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = |number| lab.send(HOME, &another(&form, number)).status;
        let posts: Vec<_> = (0..12).map(|number| scope.spawn(move || send(number))).collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    let received = statuses.iter().filter(|status| **status == 303).count();
    lab.sweep();
    assert_eq!((received, lab.post.mails().len()), (5, 5), "{statuses:?}");
}

#[test]
fn an_ipv6_household_is_one_address_that_only_the_distribution_sets() {
    let lab = limited();
    let form = traffic(&lab);
    for number in 0..5 {
        assert_eq!(lab.send(&format!("2001:db8:1:2{number}::{number}"), &another(&form, number)).status, 303);
    }
    assert_eq!(lab.send("2001:db8:1:ff:ffff::1", &another(&form, 5)).status, 429);
    assert_eq!(lab.send("2001:db8:1:100::1", &another(&form, 6)).status, 303);
    let by_distribution = |proof: &str, viewer: &str, number| {
        let form = another(&form, number).set("trin", "send");
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
        let mut request = lab::request("POST", &form.action, "2001:db8:1:2::1", body);
        for (name, value) in [("x-origin-secret", proof), ("cloudfront-viewer-address", viewer)] {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        lab.ask(request).status
    };
    assert_eq!(by_distribution(&"0a".repeat(32), "203.0.113.7:443", 7), 303);
    assert_eq!(by_distribution(&"0b".repeat(32), "203.0.113.7:443", 8), 429, "anybody can write that header");
}

#[test]
fn a_limit_that_cannot_be_read_lets_requests_through() {
    let lab = limited();
    let form = traffic(&lab);
    lab.network.set(|_, body| if body.contains("LIMIT#") { Fault::Unreachable } else { Fault::None });
    for number in 0..7 {
        assert_eq!(lab.send(HOME, &another(&form, number)).status, 303);
    }
    lab.network.mend();
    lab.sweep();
    assert_eq!(lab.post.mails().len(), 7);
}

#[test]
fn an_address_gets_one_receipt_an_hour_despite_several_requests() {
    let lab = Lab::start();
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let receipts = || lab.names_to("aase@eksempel.example").len();
    for number in 0..3 {
        lab.send(HOME, &another(&form, number)).id();
    }
    // Upper case makes no other mailbox.
    lab.send(HOME, &another(&form, 3).set("email", "AASE@eksempel.example")).id();
    let swept = lab.sweep();
    assert_eq!((receipts(), swept.withheld, swept.sent), (1, 3, 5));
    lab.wait(SignedDuration::from_mins(59));
    lab.send(HOME, &another(&form, 4)).id();
    lab.sweep();
    assert_eq!(receipts(), 1);
    lab.wait(SignedDuration::from_mins(2));
    lab.send(HOME, &another(&form, 5)).id();
    lab.sweep();
    assert_eq!(receipts(), 2);
    // No request waits for a receipt.
    assert_eq!(lab.names_to("betjent@oestjylland.politi.example").len(), 6);
}

#[test]
fn a_receipt_withheld_by_the_limit_is_explained_to_citizen_and_operator() {
    let service = Service::start();
    for (prefix, first, why) in [
        ("", "Vej 1", "fordi vi for nylig har sendt en kvittering til samme adresse"),
        ("/en", "Vej 3", "because we have recently sent a receipt to the same address"),
    ] {
        let form = filled::open_in(&service.visitor(), prefix, "oestjylland", "bestil-en-betjent");
        let form = filled::call(form).set("postnr", "Aarhus").set("email", &format!("{}@eksempel.example", why.len()));
        let sent = form.clone().set("vej", first).press("trin", "send");
        service.sweep();
        let withheld = form.set("vej", &format!("{first}a")).press("trin", "send");
        service.sweep();
        let open = |page: &Page| service.visitor().open(&page.path);
        assert!(open(&withheld).text().contains(why), "{}", open(&withheld).text());
        assert!(open(&withheld).has("#mail") && !open(&sent).has("#mail"));
        let shown = operator(&service, &["show", &reference(&withheld)]).out;
        assert!(shown.contains("another receipt went to the same address less than an hour before"), "{shown}");
        assert!(!operator(&service, &["show", &reference(&sent)]).out.contains("less than an hour before"));
        let mails = json(&service, &["show", &reference(&withheld)])["mails"].to_string();
        assert!(mails.contains("\"state\":\"withheld\""), "{mails}");
    }
}

#[test]
fn one_mailbox_gets_one_receipt_an_hour_however_its_address_is_spelled() {
    let lab = Lab::start();
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let spelled =
        ["a.b@eksempel.example", "ab@eksempel.example", "AB+1@eksempel.example", "a.b+politi@Eksempel.example"];
    for (number, address) in (0..).zip(spelled) {
        lab.send(HOME, &another(&form, number).set("email", address)).id();
    }
    let swept = lab.sweep();
    assert_eq!((swept.withheld, swept.sent), (3, 5));
    let receipt = lab.post.mails().into_iter().find(|mail| mail.name.ends_with(".borger")).unwrap();
    assert!(spelled.contains(&receipt.to.as_str()), "it goes to an address as it was typed: {}", receipt.to);
}

#[test]
fn texts_with_only_invisible_differences_are_one_request() {
    let lab = Lab::start();
    let form = traffic(&lab);
    let hidden = ["", "\u{200b}", "\u{ad}", "\u{200d}", "\u{2060}", "\u{e0041}", "\u{2800}", " ", "\n", "\u{3164} "];
    let said = |between: &str| format!("De kører stærkt \u{1f44d}{between} forbi skolen.{between}");
    let ids: BTreeSet<String> = hidden
        .iter()
        .map(|sign| lab.send(HOME, &form.clone().set("beskrivelse", &said(sign))).id().to_string())
        .collect();
    let variant = lab.send(HOME, &form.clone().set("beskrivelse", &said("\u{fe0e}"))).id().to_string();
    assert_eq!((ids.len(), ids.contains(&variant)), (1, true));
}
