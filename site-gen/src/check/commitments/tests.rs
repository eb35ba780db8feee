//! Tables of texts with the commitments in them, and differences between lists.

use super::*;
use crate::check::phone_numbers::text::texts;
use proptest::prelude::*;

fn found(text: &str, wanted: &str) -> Vec<String> {
    let source = Source { path: "tekster/a.md".to_owned(), text: text.into() };
    let all = of(&source, &texts(&source));
    all.into_iter().filter(|found| found.kind == wanted).map(|found| found.value).collect()
}

#[test]
fn phone_numbers_are_listed_in_a_uniform_format() {
    for (text, expected) in [
        ("Ring 114, eller 112.", &["114", "112"] as &[&str]),
        ("Brug 114: her (114) »114« 114", &["114", "114", "114", "114"]),
        ("[Ring](tel:114)", &["114"]),
        ("33 14 14 48, 33141448, +45 33 14 14 48 og 33 14\n14 48", &["33 14 14 48"; 4]),
        ("116 111 og 116000", &["116111", "116000"]),
        ("+46 8 123 456 78", &["+46812345678"]),
        ("Hellere 115 end 141", &["115"]),
        ("1.114 sager, 2114, 114b, kl. 11.40 og 2025-2026, 27. april 2017, nr. 410", &[]),
        ("8370 Hadsten", &[]),
    ] {
        assert_eq!(found(text, "telefon"), expected, "{text}");
    }
}

#[test]
fn durations_are_listed_as_digits_in_every_language() {
    for (text, expected) in [
        ("En betjent ringer inden 7 dage.", &["7 dage"] as &[&str]),
        ("inden for syv\ndage, 7\u{a0}dages frist, en 7-dages frist", &["7 dage"; 3]),
        ("ti minutter og en time, efter 24 timer eller ét døgn", &["10 minutter", "1 time", "24 timer", "1 døgn"]),
        ("within fourteen days, a 14-day limit", &["14 dage"; 2]),
        ("30 min. og 3 mdr.", &["30 minutter", "3 måneder"]),
        ("3 **dage**, **4** dage, fem (5) kalenderdage, 30 sekunder", &["3 dage", "4 dage", "5 dage", "30 sekunder"]),
        ("two working days, an hour", &["2 arbejdsdage", "1 time"]),
        ("5 hverdage, 3 hele dage", &["5 hverdage", "3 dage"]),
        ("I dag, hver dag, om dagen, 7. dage, syv, dage, 3 gange, at a time, one time, today", &[]),
    ] {
        assert_eq!(found(text, "tid"), expected, "{text}");
    }
}

#[test]
fn only_the_domain_of_an_address_is_listed() {
    let text = "Skriv til <mailto:Hans.Jensen@Politi.example> eller a@b.c.example. Ikke @navn, a@b eller kl@.";
    assert_eq!(found(text, "maildomæne"), ["politi.example", "b.c.example"]);
    assert!(found(text, "telefon").is_empty());
    let hidden = "vi(a)politi.dk, vi [at] politi.dk, vi @ politi.dk, vi@politi,dk, vi(snabel-a)politi.dk. Punkt (a) f.eks. her, mødes @ torvet.";
    assert_eq!(found(hidden, "maildomæne"), ["politi.dk", "politi,dk", "politi.dk", "politi.dk", "politi.dk"]);
}

#[test]
fn the_kreds_of_each_kommune_is_listed_with_the_offset_of_its_row() {
    let table = "kode,navn,kreds\r\n0751,Aarhus, oestjylland\n\n\"0461\",\"Odense\",\"fyn\"\n,,\n1,2\n";
    let source = Source { path: KOMMUNER.to_owned(), text: table.into() };
    let all: Vec<_> = of(&source, &[]).into_iter().map(|found| (found.kind, found.value, found.at)).collect();
    let place = |row: &str| table.find(row).unwrap();
    assert_eq!(
        all,
        [
            ("kommune", "Aarhus i oestjylland".to_owned(), place("0751")),
            ("kommune", "Odense i fyn".to_owned(), place("\"0461")),
        ]
    );
}

#[test]
fn the_number_of_a_broken_line_is_reported() {
    for (text, line) in [("# a\nb: c: d\ne: f\n", 3), ("b: c: d\nb: c: e\n", 2), ("<<<<<<< HEAD\n", 1)] {
        assert_eq!(Commitments::parse(text), Err(UnreadableLine(line)), "{text}");
    }
}

proptest! {
    #[test]
    fn a_list_round_trips_and_each_edit_is_one_change(
        all in prop::collection::btree_map(("[a-z/.]{1,9}", "[a-z ]{1,5}[a-z]"), "[0-9a-zæøå, :]{0,9}[a-z]", 1..9),
        edited in any::<prop::sample::Index>(),
    ) {
        let before = Commitments(all.clone());
        prop_assert_eq!(&Commitments::parse(&before.to_string()).unwrap(), &before);
        prop_assert!(before.changes_since(&before).is_empty());
        let mut now = before.clone();
        let key = edited.get(&all.keys().collect::<Vec<_>>()).to_owned().clone();
        now.0.insert(key.clone(), "nyt".to_owned());
        let changes = now.changes_since(&before);
        prop_assert_eq!(changes.len(), 1);
        prop_assert_eq!((&changes[0].file, &changes[0].kind), (&key.0, &key.1));
        now.0.remove(&key);
        prop_assert_eq!(now.changes_since(&before)[0].now.clone(), None);
    }
}

/// Commitments come from the content: any other than 112 and 114 in a template would go unnoticed.
#[test]
fn templates_make_no_commitments_except_112_and_114() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pages/templates");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // Read by the police, not by citizens.
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if ["calls", "case", "digest", "overdue", "reminder"].contains(&name.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let source = Source { path: "tekster/a.md".to_owned(), text: text.into() };
        // `Try again in a minute.`
        let allowed = [("telefon", "112"), ("telefon", "114"), ("tid", "1 minut")];
        let all = of(&source, &texts(&source));
        let others = all.into_iter().map(|found| (found.kind, found.value));
        let others = others.filter(|(kind, value)| !allowed.contains(&(*kind, value.as_str())));
        assert_eq!(others.collect::<Vec<_>>(), [], "{}", path.display());
        read += 1;
    }
    assert!(read > 30, "only {read} templates were found");
}
