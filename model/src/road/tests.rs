//! Roads in places as they are typed, and the accuracy over labelled spellings.

use super::*;
use std::cmp::Reverse;
use std::collections::BTreeSet;

const SPELLINGS: &str = include_str!("spellings.tsv");
const HARDEST: &str = include_str!("hardest.txt");

/// The spellings, each with the number of its road.
fn spellings() -> Vec<(usize, &'static str)> {
    let lines = SPELLINGS.lines().filter(|line| !line.starts_with('#'));
    lines.enumerate().flat_map(|(road, line)| line.split('\t').skip(1).map(move |spelling| (road, spelling))).collect()
}

fn are_one(one: &str, other: &str) -> bool {
    have_one_road(&Road::all_in(one), &Road::all_in(other))
}

fn keys(text: &str) -> Vec<String> {
    Road::all_in(text).into_iter().map(|road| road.0).collect()
}

/// Measures precision and recall of a comparison of places over the labelled spellings.
fn measured(are_one: impl Fn(usize, usize) -> bool) -> (f64, f64) {
    let all = spellings();
    assert!(all.len() >= 500, "only {} spellings", all.len());
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for (at, (road, one)) in all.iter().enumerate() {
        for (other_at, (its, other)) in all.iter().enumerate().skip(at + 1) {
            match (road == its, are_one(at, other_at)) {
                (true, true) => right += 1,
                (true, false) => missed.push(format!("{one} / {other}")),
                (false, true) => wrong.push(format!("{one} / {other}")),
                (false, false) => {}
            }
        }
    }
    let precision = f64::from(right) / (f64::from(right) + wrong.len() as f64);
    let recall = f64::from(right) / (f64::from(right) + missed.len() as f64);
    println!("{} spellings: precision {precision:.3}, recall {recall:.3}", all.len());
    println!("wrong:\n{}\nmissed:\n{}", wrong.join("\n"), missed.join("\n"));
    assert!(precision >= 0.98 && recall >= 0.95, "precision {precision}, recall {recall}: {wrong:?} {missed:?}");
    (precision, recall)
}

#[test]
fn labelled_spellings_match_with_high_precision_and_recall_also_by_stored_forms() {
    let roads: Vec<Vec<Road>> = spellings().into_iter().map(|(_, spelling)| Road::all_in(spelling)).collect();
    let by_names = measured(|one, other| have_one_road(&roads[one], &roads[other]));
    let stored: Vec<BTreeSet<String>> =
        roads.iter().map(|roads| roads.iter().flat_map(Road::forms).collect()).collect();
    let sought: Vec<BTreeSet<String>> =
        roads.iter().map(|roads| roads.iter().flat_map(Road::forms_of_the_same).collect()).collect();
    let by_forms = measured(|one, other| !stored[one].is_disjoint(&sought[other]));
    assert_eq!(by_forms, by_names);
}

/// The nearest pairs of different roads and the farthest spellings of one road, each with the verdict.
#[test]
fn the_hardest_pairs_are_as_listed() {
    let all = spellings();
    let mut pairs: Vec<(usize, bool, &str, &str)> = Vec::new();
    for (at, (road, one)) in all.iter().enumerate() {
        for (its, other) in &all[at + 1..] {
            let far = distance(&one.to_lowercase(), &other.to_lowercase());
            pairs.push((far, road == its, one, other));
        }
    }
    let list = |are_one: bool| {
        let mut some: Vec<_> = pairs.iter().filter(|(_, is_one, ..)| *is_one == are_one).collect();
        if are_one {
            some.sort_by_key(|pair| (Reverse(pair.0), pair.2, pair.3));
        } else {
            some.sort();
        }
        let line = |(_, _, one, other): &&(usize, bool, &str, &str)| {
            let verdict = if self::are_one(one, other) { "one road" } else { "two roads" };
            format!("{verdict}: {one} | {other}\n")
        };
        some.iter().take(10).map(line).collect::<String>()
    };
    let listed = format!("# Two roads that are spelled alike\n{}# One road that is not\n{}", list(false), list(true));
    assert_eq!(listed, HARDEST, "write this to model/src/road/hardest.txt if it is as it should be:\n{listed}");
}

fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, sign) in one.chars().enumerate() {
        let mut corner = row[0];
        row[0] = line + 1;
        for (at, near) in other.iter().enumerate() {
            let changed = corner + usize::from(sign != *near);
            corner = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

#[test]
fn both_roads_of_a_crossing_are_found_and_other_words_are_not() {
    for (text, expected) in [
        ("Krydset Randersvej/Nordre Ringgade", &["randervej", "nordreringgade"] as &[&str]),
        ("hjørnet af Vestergade og Møllevej", &["vestergade", "molevej"]),
        ("Grenåvej v. Skovvej", &["grenavej"]),
        ("Skoven ved V. Ringgade", &["vestreringgade"]),
        ("Peter Bangs Vej", &["peter bangvej"]),
        ("Grenåvej mellem rundkørslen og Lisbjerg Bygade, 8200 Aarhus N", &["grenavej"]),
        ("Motorvej E45 ved afkørsel 46", &["e45"]),
        ("cykelstien langs Åvej", &["avej"]),
        ("The corner of Jagtvej and Tagensvej", &["jagtvej", "tagenvej"]),
        ("Legepladsen ved Lærkevej 4", &["lerkevej"]),
        ("Ved Stranden", &["vedstranden"]),
        ("Lærkebakken 12, 8370 Hadsten", &["lerkebaken"]),
        ("Vejle Landevej 12", &["vejle landevej"]),
        ("Landevejen 7, Hovedvej 15", &["landevej", "rute15"]),
        ("Lærkevej, det er vores vej", &["lerkevej"]),
        ("kører ned ad vejen på Lærkevej, en smal vej", &["lerkevej"]),
        ("Lærkevej hele vejen", &["lerkevej"]),
        ("Lille Vej", &["lilevej"]),
        ("vejen ved kirken", &[]),
        ("Vores vej", &[]),
        ("krydset Gl. Hovedvej 12 og Hovedvejen 140", &["gamelhovedvej", "hovedvej"]),
        ("Rådhuspl. 14 og Nørreg. 2", &["radhuplads", "noregade"]),
        ("", &[]),
        ("14", &[]),
        ("8000", &[]),
        ("?", &[]),
    ] {
        assert_eq!(keys(text), expected, "{text}");
    }
}

#[test]
fn names_are_returned_as_written() {
    let names = |text: &str| Road::named_in(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(names("krydset Randersvej/Ndr. Ringgade, 8200"), ["Randersvej", "Ndr. Ringgade"]);
    assert_eq!(names("på Christian X's Vej ved nr. 14"), ["Christian X's Vej"]);
    assert_eq!(names("Lærkebakken 12"), ["Lærkebakken"]);
    assert_eq!(names("Motorvejen E 45"), ["E 45"]);
}

#[test]
fn a_typo_is_tolerated_only_in_a_long_name() {
    for (one, other) in [
        ("Katrinebjergvej", "Katrinebjegvej"),
        ("Skanderborgvej", "Skandreborgvej"),
        ("Frederikssundsvej", "Fredrikssundsvej"),
    ] {
        assert!(are_one(one, other), "{one} {other}");
    }
    for (one, other) in
        [("Lindevej", "Lundevej"), ("Birkevej", "Kirkevej"), ("Ring 3", "Ring 4"), ("Hellemarksvej", "Ellemarksvej")]
    {
        assert!(!are_one(one, other), "{one} {other}");
    }
}
