//! Finding the right kreds, without JavaScript and without guessing.

use crate::journeys::service::Service;

#[test]
fn postcodes_towns_and_kommuner_lead_to_their_kreds() {
    let service = Service::start();
    let visitor = service.visitor();
    let front = visitor.open("/").form();
    for (typed, path) in [
        ("8370", "/oestjylland/"),
        (" 8370 ", "/oestjylland/"),
        ("Hadsten", "/oestjylland/"),
        ("favrskov kommune", "/oestjylland/"),
        ("ÅRHUS", "/oestjylland/"),
        ("Aarhus", "/oestjylland/"),
        ("1050", "/koebenhavn/"),
        ("Lyngby-Taarbæk", "/nordsjaelland/"),
        ("Christiansø", "/bornholm/"),
        ("Ærø", "/fyn/"),
        ("Ryvej 12, 8370 Hadsten", "/oestjylland/"),
        ("Copenhagen", "/koebenhavn/"),
        ("Nykøbing F", "/sydsjaelland-og-lolland-falster/"),
    ] {
        let found = front.clone().set("sted", typed).submit().path;
        assert_eq!(found.split('?').next(), Some(path), "{typed}");
    }
}

#[test]
fn a_postcode_or_a_kommune_is_carried_along_and_never_an_address() {
    let service = Service::start();
    let visitor = service.visitor();
    for (typed, carried) in [
        ("Ryvej 12, 8370 Hadsten", "8370"),
        ("8370", "8370"),
        ("Hadsten", "8370"),
        ("favrskov kommune", "Favrskov"),
        ("8381", "8381"),
        ("8472 Favrskov", "8472+Favrskov"),
    ] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("sted", typed).finish();
        let lookup = visitor.open_only(&format!("/find-kreds?{query}"));
        assert_eq!(
            (lookup.status, lookup.header("location")),
            (303, Some(&*format!("/oestjylland/?sted={carried}"))),
            "{typed}"
        );
    }
    assert_eq!(visitor.open_only("/find-kreds?sted=Fyn").header("location"), Some("/fyn/"));
    let choice = visitor.open("/find-kreds?sted=8472");
    assert!(choice.has("main a[href='/oestjylland/?sted=8472+Favrskov']"), "{}", choice.html);
}

#[test]
fn a_misspelt_place_is_suggested_but_not_assumed() {
    let service = Service::start();
    let found = service.visitor().open("/find-kreds?sted=Hadstn");
    assert_eq!(found.status, 200);
    assert!(found.texts_at("main ul.bordered-list li")[0].starts_with("Favrskov (8370 Hadsten)"), "{}", found.text());
    assert!(found.text().contains("»Hadstn«"), "{}", found.text());
}

#[test]
fn a_postcode_in_several_kredse_leads_to_a_choice_and_not_a_guess() {
    let service = Service::start();
    let visitor = service.visitor();
    let found = visitor.open("/find-kreds?sted=8472");
    assert_eq!(found.status, 200);
    let choices = found.texts_at("main ul.bordered-list li");
    assert!(choices.len() >= 2, "{choices:?}");
    assert!(choices.iter().any(|choice| choice.contains("Østjyllands Politi")), "{choices:?}");
}

#[test]
fn an_unknown_place_is_asked_again_and_stays_in_the_field() {
    let service = Service::start();
    let visitor = service.visitor();
    for typed in ["", "0000", "Andeby", "<script>"] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("sted", typed).finish();
        let found = visitor.open(&format!("/find-kreds?{query}"));
        assert_eq!(found.status, 200);
        assert!(found.text_at("title").starts_with("Fejl:"), "{}", found.text_at("title"));
        assert_eq!(found.form().value("sted"), Some(typed));
        assert!(found.has(".alert-error a[href='#sted']"));
    }
}

#[test]
fn every_kommune_is_on_the_front_page_and_leads_to_its_kreds() {
    let service = Service::start();
    let front = service.visitor().open("/");
    let names = front.texts_at("ul.columns a");
    assert_eq!(names.len(), 99);
    assert!(names[0].starts_with("Albertslund"), "{names:?}");
    assert!(names[98].starts_with("Aarhus"), "{names:?}");
    assert_eq!(front.follow("Vejle").path, "/sydoestjylland/?sted=Vejle");
}
