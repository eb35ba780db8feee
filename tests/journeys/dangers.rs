//! Rules and weights about danger, measured on sentences that they were not learnt from.

use crate::journeys::learning::{self, Sentence};
use crate::journeys::service::Service;
use model::danger::{DangerRules, DangerWords, RuleList, Tidings};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Number of groups of lists; each is judged by weights learnt from the others.
const GROUPS: usize = 6;

/// Lists that the others teach little about: exceptions to former rules, five languages, addresses.
const APART: [&str; 4] = ["rules", "sentences-24", "sentences-26", "answers"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn list() -> String {
    std::fs::read_to_string(root().join("content/ord/fareord.txt")).unwrap()
}

fn read(list: &str) -> DangerRules {
    RuleList::read(list).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn rules() -> DangerRules {
    read(&list())
}

/// Returns the list up to its weights.
fn unweighed(list: &str) -> &str {
    let mark = "\n[vægt]\n";
    &list[..list.find(mark).unwrap() + mark.len()]
}

/// Returns the names of all lists of sentences.
fn lists() -> Vec<String> {
    let files = std::fs::read_dir(root().join("tests/danger")).unwrap();
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names.into_iter().map(|name| name.strip_suffix(".tsv").unwrap().to_owned()).collect()
}

/// Returns the sentences of a list, each with its label.
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

fn to_learn(lists: &[String]) -> Vec<Sentence> {
    let of = |list: &String| sentences(list).into_iter().map(|(tidings, text)| (tidings == Tidings::Danger, text));
    lists.iter().flat_map(of).collect()
}

/// Counts the sentences with one label that are judged so, and all with that label.
fn counted(rules: &DangerRules, list: &[(Tidings, String)], of: Tidings, judged: fn(Tidings) -> bool) -> [usize; 2] {
    let of: Vec<_> = list.iter().filter(|(tidings, _)| *tidings == of).collect();
    [of.iter().filter(|(_, sentence)| judged(rules.judge(sentence))).count(), of.len()]
}

fn per_mille([some, all]: [usize; 2]) -> usize {
    some * 1000 / all.max(1)
}

/// Formats a row of the table in `docs/guarantees.md`.
fn row(name: &str, hits: [usize; 2], alarms: [usize; 2]) -> String {
    let share = |count: [usize; 2]| {
        let parts = per_mille(count);
        format!("{} of {} ({}.{} %)", count[0], count[1], parts / 10, parts % 10)
    };
    format!("| {name} | {} | {} |", share(hits), share(alarms))
}

/// Counts the dangers that are found, and the harmless sentences that are stopped.
fn measure(rules: &DangerRules, list: &[(Tidings, String)]) -> [[usize; 2]; 2] {
    let hits = counted(rules, list, Tidings::Danger, |judged| judged == Tidings::Danger);
    [hits, counted(rules, list, Tidings::Harmless, |judged| judged == Tidings::Danger)]
}

fn add(all: [[usize; 2]; 2], more: [[usize; 2]; 2]) -> [[usize; 2]; 2] {
    std::array::from_fn(|of| std::array::from_fn(|count| all[of][count] + more[of][count]))
}

#[test]
fn dangers_are_found_and_harmless_texts_pass_as_often_as_published() {
    let published = std::fs::read_to_string(root().join("docs/guarantees.md")).unwrap();
    let (list, lists, rules) = (list(), lists(), rules());
    let [mut known, mut unknown, mut ordinary] = [[[0; 2]; 2]; 3];
    for group in 0..GROUPS {
        let is_in = |number: &usize| number % GROUPS == group;
        let choose = |wanted: bool| {
            let chosen = lists.iter().enumerate().filter(|(number, _)| is_in(number) == wanted);
            chosen.map(|(_, name)| name.clone()).collect::<Vec<_>>()
        };
        let learnt = learning::weights(&to_learn(&choose(false)));
        let others = read(&format!("{}{learnt}", unweighed(&list)));
        for name in choose(true) {
            let list = sentences(&name);
            let first = measure(&others, &list);
            println!("{}", row(&name, first[0], first[1]));
            (known, unknown) = (add(known, measure(&rules, &list)), add(unknown, first));
            if !APART.contains(&name.as_str()) {
                ordinary = add(ordinary, first);
            }
        }
    }
    let rows = [("with these sentences", known), ("without them", unknown), ("without them, ordinary lists", ordinary)];
    let rows = rows.map(|(name, [hits, alarms])| row(name, hits, alarms));
    assert!(rows.iter().all(|row| published.contains(row)), "docs/guarantees.md must say:\n{}", rows.join("\n"));
    for [hits, alarms] in [known, ordinary] {
        assert!(per_mille(hits) >= 950 && per_mille(alarms) <= 100, "{rows:?}");
    }
}

/// `UPDATE=1 cargo test words_weigh` writes the weights.
#[test]
fn words_weigh_as_learnt_from_all_lists() {
    let list = list();
    let learnt = format!("{}{}", unweighed(&list), learning::weights(&to_learn(&lists())));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join("content/ord/fareord.txt"), &learnt).unwrap();
    } else {
        assert!(learnt == list, "sentences have changed: UPDATE=1 cargo test words_weigh");
    }
}

#[test]
fn each_case_is_judged_as_listed_and_reports_are_distinguished() {
    let rules = rules();
    let cases = sentences("cases").into_iter().filter(|(tidings, sentence)| rules.judge(sentence) != *tidings);
    assert_eq!(cases.map(|(_, sentence)| sentence).collect::<Vec<_>>(), Vec::<String>::new());
    let all: Vec<_> = lists().iter().flat_map(|list| sentences(list)).collect();
    let reports = counted(&rules, &all, Tidings::Report, |judged| judged == Tidings::Report);
    assert!(per_mille(reports) >= 800, "{reports:?}");
}

#[test]
fn a_danger_is_found_in_any_spelling_and_at_any_position() {
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
fn the_longest_text_is_judged_quickly_whatever_it_repeats() {
    let rules = rules();
    for word in
        ["slår ", "mig ikke ", "der er en mand med kniv i huset ", "a", "a ", "nogen skyder, sidste år og hver aften "]
    {
        let text = word.repeat(32_000 / word.len());
        let begun = Instant::now();
        std::hint::black_box(rules.judge(&text));
        // Enough for an unoptimised build on a busy machine; quadratic growth would take minutes.
        assert!(begun.elapsed() < Duration::from_secs(10), "{word}: {:?}", begun.elapsed());
    }
}

#[test]
fn rules_survive_the_catalog_and_the_previous_function_gets_phrases() {
    let rules = rules();
    let json = serde_json::to_string(&rules).unwrap();
    assert!(serde_json::from_str::<DangerRules>(&json).unwrap() == rules);
    let phrases = serde_json::to_value(DangerWords::of(&rules)).unwrap();
    let phrases: Vec<&str> = phrases.as_array().unwrap().iter().filter_map(|phrase| phrase.as_str()).collect();
    assert!(phrases.contains(&" trækker ikke vejret ") && phrases.len() < 2000, "{}", phrases.len());
    // Additions of a later release are ignored.
    let later = json.replacen("\"rules\":{", "\"rules\":{\"later\":[\"<a\"],", 1);
    assert!(serde_json::from_str::<DangerRules>(&later).is_ok());
}

#[test]
fn content_of_the_previous_release_is_judged_by_its_phrases() {
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
fn the_site_uses_the_rules_that_are_measured() {
    let service = Service::start();
    let catalog = service.run(service.function().catalog()).unwrap();
    assert!(*catalog.danger_rules() == rules());
}
