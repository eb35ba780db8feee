//! Names that `site-gen new` rejects because the site could not be built with them.

use super::*;

#[test]
fn files_that_cannot_be_built_are_rejected_with_advice() {
    let content = Content::english();
    content.write("sider/moede.md", "---\ntitel: Møde\nbeskrivelse: Om mødet.\noversaettes: nej\n---\nTekst.\n");
    let taken = |address: &str, by: &str| {
        format!("Adressen »{address}« bruges {by}. Giv filen eller mappen et andet navn. Intet er skrevet.\n")
    };
    let system = |address: &str| taken(address, "af systemet selv");
    let tour = |kreds: &str| {
        format!(
            "Navnet »tur« er til den mobile politistations stop, og ikke til en side. Intet er skrevet. Vælg et andet navn, \
             eller lav et stop:\n  site-gen new stop {kreds}\n"
        )
    };
    let kreds =
        "Filen kan ikke hedde sådan, for hver kreds har selv en kreds.md. Giv den et andet navn. Intet er skrevet.\n";
    let form = "allerede af formularer/bestil-en-betjent.md";
    for (what, place, expected) in [
        ("page", "sider/soeg", taken("/soeg/", "allerede af søgesiden")),
        ("page", "sider/tur", taken("/tur/", "allerede af listen over de mobile politistationers stop")),
        ("page", "sider/was", taken("/was/", "allerede af tilgængelighedserklæringen")),
        ("page", "sider/fyn", taken("/fyn/", "allerede af kredse/fyn/kreds.md")),
        ("page", "sider/kvittering", system("/kvittering/")),
        ("page", "sider/indsend", system("/indsend/")),
        ("page", "sider/find-kreds", system("/find-kreds/")),
        ("page", "sider/assets", system("/assets/")),
        ("page", "sider/en", system("/en/")),
        ("page", "sider/de", system("/de/")),
        ("page", "faelles/kreds", kreds.to_owned()),
        ("page", "faelles/tur", tour("KREDS")),
        ("page", "faelles/bestil-en-betjent", taken("/bornholm/bestil-en-betjent/", form)),
        ("page", "fyn/tur", tour("fyn")),
        ("page", "fyn/bestil-en-betjent", taken("/fyn/bestil-en-betjent/", form)),
        ("kreds", "moede", taken("/moede/", "allerede af kredse/moede/kreds.md")),
        ("kreds", "soeg", taken("/soeg/", "allerede af søgesiden")),
        ("kreds", "en", system("/en/")),
    ] {
        assert_eq!(refused(&content, &["new", what, place]), expected, "{place}");
    }
    assert_eq!(mistakes(&content), Vec::<String>::new());
    // Below a kreds, these are available.
    for place in ["faelles/soeg", "fyn/kvittering", "fyn/en"] {
        done(&content, &["new", "page", place]);
    }
}
