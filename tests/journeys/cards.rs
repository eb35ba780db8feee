//! The cards on the front page: each asks for the place, and then leads to the form of its kreds.

use crate::journeys::service::Service;

#[test]
fn a_card_on_the_front_page_asks_for_the_place_and_leads_to_its_form() {
    let service = Service::start();
    let visitor = service.visitor();
    for (front, card, typed, path) in [
        ("/", "Bestil en færdselskontrol", "8370 Hadsten", "/oestjylland/bestil-en-faerdselskontrol/?sted=8370"),
        ("/", "Bestil en betjent", "Rønne", "/bornholm/bestil-en-betjent/?sted=3700"),
        (
            "/en/",
            "Suggest a traffic check",
            "Copenhagen",
            "/en/koebenhavn/bestil-en-faerdselskontrol/?sted=K%C3%B8benhavn",
        ),
    ] {
        let asked = visitor.open(front).follow(card);
        assert_eq!(asked.status, 200, "{}", asked.text());
        assert_eq!(asked.text_at("h1"), card);
        assert!(!asked.has(".alert-error"), "nothing is wrong yet: {}", asked.text());
        let start = asked.form().set("sted", typed).submit();
        assert_eq!((start.status, start.path.as_str()), (200, path));
        assert_eq!(start.text_at("h1"), card);
    }
}

#[test]
fn the_form_is_remembered_through_a_choice_a_mistake_or_the_kommune_list() {
    let service = Service::start();
    let asked = service.visitor().open("/").follow("Bestil en færdselskontrol");
    let form = "bestil-en-faerdselskontrol";
    let choice = asked.form().set("sted", "Nykøbing").submit();
    let there = choice.follow("Guldborgsund");
    assert_eq!(there.path, format!("/sydsjaelland-og-lolland-falster/{form}/?sted=4800"));
    for wrong in ["", "Andeby"] {
        let again = asked.form().set("sted", wrong).submit();
        assert!(again.has(".alert-error a[href='#sted']"), "{}", again.text());
        assert_eq!(again.form().set("sted", "8000").submit().path, format!("/oestjylland/{form}/?sted=8000"));
        assert_eq!(again.follow("Vejle").path, format!("/sydoestjylland/{form}/?sted=Vejle"));
    }
}

#[test]
fn an_unknown_form_is_ignored() {
    let service = Service::start();
    for form in ["findes-ikke", "../x", ""] {
        let found = service.visitor().open(&format!("/find-kreds?sted=8370&form={form}"));
        assert_eq!(found.path, "/oestjylland/?sted=8370", "{form}");
    }
}
