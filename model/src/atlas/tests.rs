//! Places as citizens write them, looked up in the real content.

use super::*;

/// Builds an atlas from the kommuner, postcodes and names in `content/data`.
fn atlas() -> Atlas {
    let rows = |csv: &'static str| {
        csv.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    let codes = |text: &str| text.split(' ').map(|code| KommuneCode::parse(code).unwrap()).collect();
    let kommuner: Vec<Kommune> = rows(include_str!("../../../content/data/kommuner.csv"))
        .iter()
        .map(|row| Kommune {
            code: KommuneCode::parse(&row[0]).unwrap(),
            name: row[1].clone(),
            kreds: KredsSlug::parse(&row[2]).unwrap(),
        })
        .collect();
    let postal_areas = rows(include_str!("../../../content/data/postnumre.csv"))
        .iter()
        .map(|row| PostalArea {
            code: Postcode::parse(&row[0]).unwrap(),
            name: row[1].clone(),
            kommuner: codes(&row[2]),
        })
        .collect();
    let names = rows(include_str!("../../../content/data/stednavne.csv"))
        .iter()
        .map(|row| OtherName { name: row[0].clone(), kommuner: codes(&row[1]) })
        .collect();
    let slugs: BTreeSet<&KredsSlug> = kommuner.iter().map(|kommune| &kommune.kreds).collect();
    let kreds = |slug: &KredsSlug| Kreds {
        slug: slug.clone(),
        code: 1460,
        name: match slug.as_str() {
            "nordsjaelland" => "Nordsjællands Politi".to_owned(),
            "fyn" => "Fyns Politi".to_owned(),
            other => other.to_owned(),
        },
        main_station: String::new(),
        phone: None,
        mailboxes: BTreeMap::new(),
        second_mailbox: EmailAddress::nobody(),
        leader_mailbox: None,
        deadline: Deadline::Call { days: 7 },
        retention: Retention::default(),
    };
    let kredse = slugs.into_iter().map(kreds).collect();
    Atlas::new(AtlasParts { kredse, kommuner: kommuner.clone(), postal_areas, names, forms: Vec::new() }).unwrap()
}

/// Renders a match as `Favrskov`, `choice: Gribskov, Halsnæs` or `similar: Favrskov`.
fn shown(found: &PlaceMatch<'_>) -> String {
    let names: Vec<&str> = found.candidates().iter().map(|one| one.kommune.name.as_str()).collect();
    let kind = match found {
        PlaceMatch::One(_) | PlaceMatch::Nothing => "",
        PlaceMatch::Several(_) => "choice: ",
        PlaceMatch::Similar(_) => "similar: ",
        PlaceMatch::Conflict(_) => "conflict: ",
    };
    format!("{kind}{}", names.join(", "))
}

/// Expected results and the inputs that lead to them.
#[rustfmt::skip]
const TYPED: &[(&str, &[&str])] = &[
    ("Favrskov", &["8370", "8370 Hadsten", "DK-8370", "DK 8370", "dk8370", "Grenåvej 1, 8370 Hadsten", "Ryvej 12 8370 Hadsten",
        "Ryvej 12B, 2. tv., 8370 Hadsten, Danmark", "Ryvej 12\n8370 Hadsten", "8370Hadsten", "８３７０", "83 70", "8370\u{a0}Hadsten",
        "8370 Ødum", "8370, Hadsten", "Hadsten 8370", "Hadsten", "HADSTEN", "hadsten by", "Favrskov", "Favrskov Kommune",
        "favrskov kommune ", "Postnr. 8370", "Ryvej 12, Hadsten", "Ryvej 12 Hadsten", "8370 Favrskov", "8472 Favrskov", "8 3 7 0",
        "8.370", "𝟖𝟑𝟕𝟎", "i Hadsten", "kommunen: Favrskov", "Favrskov Municipality", "Danmark 8370", "Danmark, 8370 Hadsten"]),
    ("Aarhus", &["8000 Aarhus C", "8000 Århus C", "Aarhus", "Århus", "AARHUS", "Arhus", "aarhus c", "Århus N.", "Aarhus Kommune",
        "Viby J", "Viby Jylland", "8000 Aarhus N", "Aarhus centrum", "Aarhus Nord", "Aarhus midtby",
        "Gellerup", "Åbyhøj", "Aabyhoej"]),
    ("København", &["København Ø", "Koebenhavn", "Copenhagen", "COPENHAGEN", "Kbh.", "kbh n", "Kbh. K", "København NV",
        "Københavns Kommune", "Kobenhavn", "Köbenhavn", "Copenhagen, Denmark", "Valby 2450", "1000", "Oslo Plads 1, 2100 København Ø", "0900 København C", "Copenhagen N",
        "Copenhagen City", "København City", "Nørrebro", "Ørestad"]),
    ("Herning", &["Herning C", "Herning Centrum", "herning midtby"]),
    ("Samsø", &["Samsø", "Tranebjerg"]),
    ("choice: Fanø, Samsø", &["Nordby"]),
    ("choice: Bornholm, Aarhus", &["Hasle"]),
    ("choice: Gribskov, Hjørring", &["Vejby"]),
    ("Bornholm", &["3790 Hasle", "Neksø"]),
    ("Gribskov", &["Vejby 3210", "Skolevej 2, 3210 Vejby"]),
    ("choice: København, Odense, Aalborg", &["Vesterbro"]),
    ("choice: Haderslev, Sønderborg, Tønder, Aabenraa", &["Sønderjylland"]),
    ("Frederiksberg", &["Frb.", "Frederiksberg", "Frederiksberg C", "frb c"]),
    ("Køge", &["Køge", "Koege", "Koge"]),
    ("Sønderborg", &["Soenderborg", "Sønderborg", "Sonderborg", "Sonderburg", "Als"]),
    ("Lyngby-Taarbæk", &["Kgs. Lyngby", "Kongens Lyngby", "Lyngby", "Lyngby-Tårbæk", "lyngby taarbaek"]),
    ("Guldborgsund", &["Nykøbing F", "Nykøbing Falster", "nykoebing f.", "Nykøbing på Falster", "4800", "Nykøbing F, Danmark"]),
    ("Odsherred", &["Nykøbing Sj", "Nykøbing Sj.", "Nykøbing Sjælland"]),
    ("Aalborg", &["Ålborg", "Alborg", "Aalborg SØ", "aalborg ø", "Nørresundby", "Noerresundby"]),
    ("Christiansø", &["Christiansø", "Christiansoe"]),
    ("Odense", &["5000 Odense", "DK - 5000 Odense C", "Vej 4, 1. th, 5000 Odense C, Denmark", "odense c.", "(5000)"]),
    ("Middelfart", &["Nr. Aaby", "Nørre Åby", "NOERRE AABY"]),
    ("choice: Herning, Ringkøbing-Skjern", &["Sdr. Felding", "Sønder Felding"]),
    ("Bornholm", &["Bornholms Regionskommune", "Bornholm", "Rønne", "3700 Rønne"]),
    ("Ærø", &["Ærø", "Aeroe", "Aero"]),
    ("Vordingborg", &["Møn", "Moen"]),
    ("Helsingør", &["Elsinore", "Helsingor"]),
    ("Nordfyns", &["Nordfyn", "Nordfyns Kommune"]),
    ("Høje-Taastrup", &["Høje Tåstrup", "Høje-Taastrup", "0800"]),
    ("choice: Odsherred, Guldborgsund, Morsø", &["Nykøbing", "nykobing", "Nykøbing by"]),
    ("choice: Favrskov, Skanderborg, Silkeborg", &["8472", "8472 Sporup", "Sporup"]),
    ("choice: København, Tårnby, Dragør", &["Amager"]),
    ("choice: Aarhus, Roskilde, Køge", &["Viby"]),
    ("choice: Favrskov, Aarhus", &["8370 eller 8000", "8000/8370", "Hadsten, Aarhus"]),
    ("conflict: Favrskov, Aarhus", &["8370 Aarhus", "Aarhus 8370", "8370, Aarhus", "Aarhus, 8370"]),
    ("conflict: Odense, Aarhus", &["Aarhus, 5000 Odense", "Odense, 8000 Aarhus"]),
    ("Odense", &["Vesterbro 12, Odense", "Vesterbro 12, 5000 Odense C", "Fyn, 5000 Odense"]),
    ("similar: København", &["Grenåvej 1200", "Roskildevej 1050"]),
    ("conflict: København, Favrskov", &["Grenåvej 1200, Hadsten"]),
    ("similar: Favrskov", &["8371 Hadsten", "Hadstn", "Hadsten station", "Hasdten", "Hadsteen"]),
    ("", &["", "  ", "Andeby", "0000", "9999", "Ryvej 12", "<script>", "123", "12345", "🙂", "Sverige",
        "5000 Bergen", "5000 Bergen, Norge", "NO-5003 Bergen", "8000 Zürich", "CH-8000", "5000 Aarau, Schweiz", "N-9000 Tromsø",
        "2100 Malmö", "SE-211 20 Malmö", "24939 Flensborg", "3900 Nuuk", "FO-100 Tórshavn", "0150 Oslo"]),
];

#[test]
fn places_are_found_in_any_common_spelling() {
    let atlas = atlas();
    for (leads_to, all) in TYPED {
        for typed in *all {
            let found = atlas.find(typed);
            let (mut shown, mut wanted): (Vec<String>, Vec<String>) = (split(&shown(&found)), split(leads_to));
            shown.sort();
            wanted.sort();
            assert_eq!(shown, wanted, "{typed:?}");
        }
    }
}

fn split(text: &str) -> Vec<String> {
    text.split([':', ',']).map(|part| part.trim().to_owned()).collect()
}

#[test]
fn a_region_that_names_a_kreds_covers_all_its_kommuner() {
    let atlas = atlas();
    for (typed, slug) in [("Nordsjælland", "nordsjaelland"), ("Fyn", "fyn"), ("Fyns Politi", "fyn")] {
        let found = atlas.find(typed);
        let slug = KredsSlug::parse(slug).unwrap();
        assert_eq!(found.candidates().len(), atlas.kommuner_of(&slug).count(), "{typed}");
    }
}

/// Every name and postcode, in every spelling, leads to itself or to a choice that includes it.
#[test]
fn no_spelling_of_a_name_leads_elsewhere() {
    let atlas = atlas();
    for area in atlas.postal_areas() {
        let codes: BTreeSet<&KommuneCode> = area.kommuner.iter().collect();
        let name = &area.name;
        let plain = name.replace('æ', "ae").replace('ø', "oe").replace('å', "aa").replace('Ø', "Oe").replace('Å', "Aa");
        let code = &area.code;
        let address = [
            format!("{code} {name}"),
            format!("DK-{code} {}", name.to_uppercase()),
            format!("Vej 3, {code} {plain}"),
            format!("{code}{name}"),
            code.to_string(),
        ];
        for typed in &address {
            let found = atlas.find(typed);
            assert!(found.is_certain(), "{typed}: {}", shown(&found));
            assert!(
                found.candidates().iter().all(|one| codes.contains(&one.kommune.code)),
                "{typed}: {}",
                shown(&found)
            );
            assert_eq!(found.candidates().len(), codes.len(), "{typed}: a postcode in several kommuner is a choice");
        }
        for typed in [name.clone(), plain.clone(), name.to_uppercase(), format!(" {} ", plain.to_lowercase())] {
            let found = atlas.find(&typed);
            assert!(found.is_certain(), "{typed}");
            assert!(
                found.candidates().iter().any(|one| codes.contains(&one.kommune.code)),
                "{typed}: {}",
                shown(&found)
            );
        }
    }
    for kommune in atlas.kommuner() {
        let name = &kommune.name;
        for typed in [
            name.clone(),
            format!("{name} Kommune"),
            format!("{name}s kommune"),
            name.to_uppercase(),
            name.replace('-', " "),
        ] {
            assert_eq!(shown(&atlas.find(&typed)), *name, "{typed}");
        }
    }
}

#[test]
fn no_foreign_address_leads_to_a_kreds() {
    let atlas = atlas();
    for area in atlas.postal_areas() {
        let (code, town) = (&area.code, &area.name);
        for typed in [
            format!("{code} Malmö"),
            format!("NO-{code} {town}"),
            format!("Gade 3, CH {code} {town}"),
            format!("Gade 3, {code} {town}, Sverige"),
            format!("{code} Wien Österreich"),
        ] {
            assert_eq!(atlas.find(&typed).kreds(), None, "{typed}");
        }
    }
}

#[test]
fn a_place_is_located_by_its_text_and_the_chosen_kommune() {
    let atlas = atlas();
    let kreds = |kommune, typed| atlas.locate(kommune, typed).map(|place| place.kreds.to_string());
    assert_eq!(kreds("", "8370 Hadsten").as_deref(), Ok("oestjylland"));
    assert_eq!(kreds("0376", "Nykøbing").as_deref(), Ok("sydsjaelland-og-lolland-falster"));
    assert_eq!(kreds("0746", "8472").as_deref(), Ok("sydoestjylland"));
    assert_eq!(kreds("Aarhus", "").as_deref(), Ok("oestjylland"));
    assert_eq!(kreds("", ""), Err(PlaceFault::Nothing));
    assert_eq!(kreds("9999", ""), Err(PlaceFault::UnknownKommune));
    assert_eq!(kreds("", "Andeby"), Err(PlaceFault::Unknown));
    assert!(matches!(kreds("", "8472"), Err(PlaceFault::Several(_))));
    assert!(matches!(kreds("", "Hadstn"), Err(PlaceFault::Similar(_))));
    assert_eq!(kreds("0710", "Hadstn").as_deref(), Ok("oestjylland"), "it was one of those shown");
    assert!(matches!(kreds("0461", "Hadstn"), Err(PlaceFault::Similar(_))), "it was none of them");
    assert!(matches!(kreds("0751", "5000"), Err(PlaceFault::Elsewhere { .. })));
    assert!(matches!(kreds("", "8370 Aarhus"), Err(PlaceFault::Elsewhere { .. })));
    let postcode = |kommune, typed| atlas.locate(kommune, typed).unwrap().postcode.map(String::from);
    assert_eq!(postcode("", "Hadsten").as_deref(), Some("8370"));
    assert_eq!(postcode("", "Favrskov"), None);
    assert_eq!(postcode("0740", "8472").as_deref(), Some("8472"));
}
