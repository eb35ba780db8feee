//! The rules about danger, measured on sentences that they were not made from.

use crate::journeys::service::Service;
use model::danger::{DangerRules, DangerWords, RuleList, Tidings};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The lists that the rules had not seen when they were first measured on them, in the order they were written.
const LISTS: [&str; 15] = [
    "evaluation-1",
    "evaluation-2",
    "evaluation-3",
    "evaluation-4",
    "evaluation-5",
    "evaluation-6",
    "evaluation-7",
    "evaluation-8",
    "evaluation-9",
    "evaluation-10",
    "evaluation-11",
    "evaluation-12",
    "evaluation-13",
    "evaluation-14",
    "evaluation-15",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rules() -> DangerRules {
    let text = std::fs::read_to_string(root().join("content/ord/fareord.txt")).unwrap();
    RuleList::read(&text).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// The sentences of a list, each with what it tells.
fn sentences(list: &str) -> Vec<(Tidings, String)> {
    let text = std::fs::read_to_string(root().join(format!("tests/danger/{list}.tsv"))).unwrap();
    let row = |line: &str| {
        let (label, sentence) = line.split_once('\t').unwrap();
        let tidings = match label {
            "danger" => Tidings::Danger,
            "report" => Tidings::Report,
            "harmless" => Tidings::Harmless,
            _ => return None,
        };
        Some((tidings, sentence.to_owned()))
    };
    text.lines().filter_map(row).collect()
}

/// How many sentences of one kind there are, and how many of them are judged so.
fn counted(rules: &DangerRules, list: &[(Tidings, String)], of: Tidings, judged: fn(Tidings) -> bool) -> [usize; 2] {
    let of: Vec<_> = list.iter().filter(|(tidings, _)| *tidings == of).collect();
    [of.iter().filter(|(_, sentence)| judged(rules.judge(sentence))).count(), of.len()]
}

fn per_mille([some, all]: [usize; 2]) -> usize {
    some * 1000 / all.max(1)
}

/// A row of the table in `docs/guarantees.md`.
fn row(name: &str, hits: [usize; 2], alarms: [usize; 2]) -> String {
    let share = |count: [usize; 2]| {
        let parts = per_mille(count);
        format!("{} of {} ({}.{} %)", count[0], count[1], parts / 10, parts % 10)
    };
    format!("| `{name}` | {} | {} |", share(hits), share(alarms))
}

#[test]
fn dangers_are_found_and_harmless_texts_let_through_as_often_as_is_published() {
    let rules = rules();
    let published = std::fs::read_to_string(root().join("docs/guarantees.md")).unwrap();
    let measure = |list: &[(Tidings, String)]| {
        let hits = counted(&rules, list, Tidings::Danger, |judged| judged == Tidings::Danger);
        // A page about 114 is in vain too.
        let alarms = counted(&rules, list, Tidings::Harmless, |judged| judged != Tidings::Harmless);
        (hits, alarms)
    };
    let mut all = Vec::new();
    let mut rows = String::new();
    for name in LISTS {
        let list = sentences(name);
        let (hits, alarms) = measure(&list);
        writeln!(rows, "{}", row(name, hits, alarms)).unwrap();
        all.extend(list);
    }
    let (hits, alarms) = measure(&all);
    writeln!(rows, "{}", row("all", hits, alarms)).unwrap();
    assert!(hits[1] + alarms[1] > 600, "{rows}");
    assert!(per_mille(hits) >= 950 && per_mille(alarms) <= 100, "{rows}");
    let reports = counted(&rules, &all, Tidings::Report, |judged| judged == Tidings::Report);
    assert!(per_mille(reports) >= 800, "{reports:?}");
    for row in rows.lines() {
        assert!(published.contains(row), "docs/guarantees.md must say:\n{rows}");
    }
}

#[test]
fn each_case_and_each_sentence_that_the_rules_were_made_from_is_judged_as_it_should_be() {
    let rules = rules();
    let wrong = |list: &str| {
        let wrong = sentences(list).into_iter().filter(|(tidings, sentence)| rules.judge(sentence) != *tidings);
        wrong.map(|(_, sentence)| sentence).collect::<Vec<_>>()
    };
    assert_eq!(wrong("cases"), Vec::<String>::new());
    // One is known: a dog that bites a dog.
    assert!(wrong("tuning").len() <= 1, "{:?}", wrong("tuning"));
}

#[test]
fn a_danger_is_found_however_a_keyboard_spells_it_and_wherever_it_stands() {
    let rules = rules();
    for text in [
        "han slår mig",
        "HAN SLÅR MIG",
        "han slaar mig",
        "han slar mig",
        "han sla\u{30a}r mig",
        "han slår\u{200b} mig!!",
        "Han slår,\nslår mig",
        "hun trækker ikke vejret",
        "hun traekker ikke vejret",
        "hun trakker ikke vejret",
        "Det brænder i opgangen",
        "det braender i opgangen",
        "huset BRÆNDER",
        "han er død, jeg fandt ham død",
    ] {
        assert_eq!(rules.judge(text), Tidings::Danger, "{text}");
    }
    let long = "Vi vil gerne have kontrol af farten. ".repeat(200);
    assert_eq!(rules.judge(&long), Tidings::Harmless);
    assert_eq!(rules.judge(&format!("{long}Min mand slår mig.")), Tidings::Danger);
    for text in ["", " ", "...", "Skovvej 3", "Bygade 12, 8000 Aarhus"] {
        assert_eq!(rules.judge(text), Tidings::Harmless, "{text}");
    }
}

#[test]
fn the_longest_body_is_judged_in_a_moment_whatever_it_repeats() {
    let rules = rules();
    for word in
        ["slår ", "mig ikke ", "der er en mand med kniv i huset ", "a", "a ", "nogen skyder, sidste år og hver aften "]
    {
        let text = word.repeat(32_000 / word.len());
        let begun = Instant::now();
        std::hint::black_box(rules.judge(&text));
        // The time of an unoptimised build on a busy machine: it would be minutes if it grew with the square.
        assert!(begun.elapsed() < Duration::from_secs(10), "{word}: {:?}", begun.elapsed());
    }
}

#[test]
fn rules_are_the_same_after_the_catalog_and_a_function_of_the_release_before_has_phrases() {
    let rules = rules();
    let json = serde_json::to_string(&rules).unwrap();
    assert!(serde_json::from_str::<DangerRules>(&json).unwrap() == rules);
    let phrases = serde_json::to_value(DangerWords::of(&rules)).unwrap();
    let phrases: Vec<&str> = phrases.as_array().unwrap().iter().filter_map(|phrase| phrase.as_str()).collect();
    assert!(phrases.contains(&" trækker ikke vejret ") && phrases.len() < 2000, "{}", phrases.len());
    // What a later release adds is passed over.
    let later = json.replacen("\"rules\":{", "\"rules\":{\"later\":[\"<a\"],", 1);
    assert!(serde_json::from_str::<DangerRules>(&later).is_ok());
}

#[test]
fn content_of_the_release_before_is_judged_by_its_phrases() {
    let json = std::fs::read(root().join("tests/previous/catalog.json")).unwrap();
    let mut parts: serde_json::Value = serde_json::from_slice(&json).unwrap();
    parts.as_object_mut().unwrap().remove("danger_rules");
    parts["danger_words"] = serde_json::json!([" kniv ", " slår mig "]);
    let catalog = model::catalog::Catalog::from_json(&serde_json::to_vec(&parts).unwrap());
    let rules = catalog.unwrap_or_else(|faults| panic!("{faults:?}")).danger_rules().into_owned();
    assert_eq!(rules.judge("Han har en KNIV!"), Tidings::Danger);
    assert_eq!(rules.judge("knivskarp"), Tidings::Harmless);
}

#[test]
fn the_rules_of_the_site_are_those_that_are_measured() {
    let service = Service::start();
    let catalog = service.run(service.function().catalog()).unwrap();
    assert!(*catalog.danger_rules() == rules());
}
