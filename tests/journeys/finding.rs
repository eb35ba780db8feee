//! Finding one's kreds, without JavaScript and without a guess.

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
    ] {
        assert_eq!(front.clone().set("sted", typed).submit().path, path, "{typed}");
    }
}

#[test]
fn a_postcode_in_several_kredse_gives_a_choice_and_never_a_guess() {
    let service = Service::start();
    let visitor = service.visitor();
    let found = visitor.open("/find-kreds?sted=8472");
    assert_eq!(found.status, 200);
    let choices = found.texts_at("main ul.bordered-list li");
    assert!(choices.len() >= 2, "{choices:?}");
    assert!(choices.iter().any(|choice| choice.contains("Østjyllands Politi")), "{choices:?}");
}

#[test]
fn what_we_do_not_know_is_asked_about_again_with_what_was_typed() {
    let service = Service::start();
    let visitor = service.visitor();
    for (typed, status) in [("", 200), ("0000", 200), ("Andeby", 200), ("<script>", 200)] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("sted", typed).finish();
        let found = visitor.open(&format!("/find-kreds?{query}"));
        assert_eq!(found.status, status);
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
    assert_eq!(front.follow("Vejle").path, "/sydoestjylland/");
}
