//! Requests that look automated are held, and mailed once a human releases them.

use crate::journeys::filled::{call, open};
use crate::journeys::mailbox::Mail;
use crate::journeys::service::Service;
use crate::journeys::visitor::FormOnPage;
use function::store::Released;
use model::names::KredsSlug;

fn form(service: &Service) -> FormOnPage {
    call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus")
}

#[test]
fn an_automated_request_is_held_and_mailed_unchanged_once_released() {
    let service = Service::start();
    let oestjylland = KredsSlug::parse("oestjylland").unwrap();
    let held = || service.run(service.function().store().held(&oestjylland)).unwrap();
    let comparable = |mails: Vec<Mail>, receipt: &crate::journeys::visitor::Page| -> Vec<[String; 4]> {
        let [reference, words] = [0, 1].map(|n| receipt.texts_at(".reference-number")[n].clone());
        let plain = |text: &str| text.replace(&reference, "REF").replace(&words, "ORD");
        let mails = mails.into_iter().filter(|mail| mail.subject.contains(&reference));
        mails.map(|mail| [plain(&mail.to), plain(&mail.subject), plain(&mail.text), plain(&mail.html)]).collect()
    };
    let normal = form(&service).set("vej", "Parken").press("trin", "send");
    service.sweep();
    let expected = comparable(service.mails(), &normal);
    assert_eq!(expected.len(), 2);

    for (name, value) in [("hjemmeside", "http://spam.example"), ("udfyldt_ms", "2999")] {
        // Through the summary, which carries it along.
        let before = service.mails().len();
        let marked = form(&service).set("vej", "Parken").set("paa_vegne_af", name).set(name, value);
        let receipt = marked.submit().form().press("trin", "send");
        assert_eq!(receipt.status, 200);
        assert!(receipt.has(".reference-number"));
        service.wait(jiff::SignedDuration::from_hours(23));
        assert_eq!(service.sweep().sent, 0);
        assert_eq!(service.mails().len(), before, "{name}: nothing goes out, to the citizen's address neither");
        let [id] = held().try_into().unwrap();
        let page = service.visitor().open("/_post/");
        assert!(page.text().contains("Held requests") && page.has(&format!("a[href='/kvittering/{id}']")));

        let released = page.form().submit();
        assert!(!released.text().contains("Held requests"), "{}", released.text());
        assert!(held().is_empty());
        assert_eq!(service.sweep().sent, 2);
        let mails = comparable(service.mails(), &receipt);
        assert_eq!(mails.len(), 2, "{name}");
        for (mail, expected) in mails.iter().zip(&expected) {
            assert_eq!((&mail[0], &mail[1]), (&expected[0], &expected[1]));
            let own = format!("På vegne af:\n> {name}\n\n");
            let without_time = |text: &str| {
                text.lines()
                    .filter(|line| !["Modtaget", "Løbenummer"].iter().any(|of_its_own| line.starts_with(of_its_own)))
                    .filter(|line| !line.contains("senest") && !line.contains("/kvittering/"))
                    .filter(|line| !line.contains("/sag/"))
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            assert_eq!(without_time(&mail[2].replace(&own, "")), without_time(&expected[2]), "{name}");
        }
        // A second release does nothing.
        assert_eq!(
            service.run(service.function().store().release(&id, &oestjylland, Released::Seen, service.now())).unwrap(),
            0
        );
        assert_eq!(service.sweep().sent, 0);
    }
}

#[test]
fn citizens_without_javascript_or_in_no_hurry_are_never_held() {
    let service = Service::start();
    for (place, time) in ["", "3000", "250000", "noget", "-1"].into_iter().enumerate() {
        let sent = form(&service).set("vej", &format!("Vej {place}")).set("udfyldt_ms", time).press("trin", "send");
        assert!(sent.has(".reference-number"), "{time}");
        assert_eq!(service.sweep().sent, 2, "{time:?}");
        // One receipt an hour to an address.
        service.wait(jiff::SignedDuration::from_mins(61));
    }
}

#[test]
fn the_honeypot_is_labelled_and_skipped_by_the_keyboard() {
    let service = Service::start();
    for path in ["/fyn/bestil-en-betjent/formular/", "/en/fyn/bestil-en-faerdselskontrol/formular/"] {
        let page = service.visitor().open(path);
        assert!(page.has("input#hjemmeside[name='hjemmeside'][tabindex='-1'][autocomplete='off']:not([required])"));
        assert!(!page.text_at("label[for='hjemmeside']").is_empty());
    }
}
