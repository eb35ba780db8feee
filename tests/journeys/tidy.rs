//! The shape of the code: which crate may depend on which, how every file begins, and how long it may be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

fn metadata(arguments: &[&str]) -> serde_json::Value {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let output = Command::new(cargo)
        .current_dir(root())
        .args(["metadata", "--format-version", "1"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Returns the dependencies of each crate by its manifest, without those of its tests.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = metadata(&["--no-deps"]);
    let packages = metadata["packages"].as_array().unwrap();
    let of = |package: &serde_json::Value| {
        let all = package["dependencies"].as_array().unwrap().iter();
        let ours = all.filter(|dependency| dependency["kind"].is_null());
        ours.map(|dependency| dependency["name"].as_str().unwrap().to_owned()).collect()
    };
    packages.iter().map(|package| (package["name"].as_str().unwrap().to_owned(), of(package))).collect()
}

#[test]
fn crates_depend_only_on_allowed_crates() {
    let may: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("model", &[][..]),
        ("pages", &["model"]),
        ("pictures", &[]),
        ("site-gen", &["model", "pages", "pictures"]),
        ("function", &["model", "pages"]),
        ("local", &["model", "pages", "site-gen", "function"]),
        ("tests", &["function", "local", "model", "pages", "site-gen"]),
    ]);
    let all = dependencies();
    assert_eq!(all.keys().map(String::as_str).collect::<Vec<_>>(), may.keys().copied().collect::<Vec<_>>());
    for (name, known) in &all {
        let ours: Vec<&str> = known.iter().map(String::as_str).filter(|name| all.contains_key(*name)).collect();
        for known in ours {
            assert!(may[name.as_str()].contains(&known), "{name} must not know {known}");
        }
    }
}

#[test]
fn the_model_uses_no_network_no_html_and_no_files() {
    let known = &dependencies()["model"];
    let may = [
        "email_address",
        "idna",
        "jiff",
        "serde",
        "serde_json",
        "sha2",
        "thiserror",
        "unicode-normalization",
        "unicode-properties",
    ];
    assert_eq!(known.iter().map(String::as_str).collect::<Vec<_>>(), may);
    for file in sources(&root().join("model/src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["std::fs", "std::net", "async fn", "std::env"] {
            assert!(!text.contains(word), "{word} in {}", file.display());
        }
    }
}

#[test]
fn the_function_contains_nothing_local() {
    let metadata = metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let normal = |node: &serde_json::Value| -> Vec<String> {
        let all = node["deps"].as_array().unwrap().iter();
        let built = all.filter(|dep| dep["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null()));
        built.map(|dep| dep["pkg"].as_str().unwrap().to_owned()).collect()
    };
    let graph: BTreeMap<String, Vec<String>> =
        nodes.iter().map(|node| (node["id"].as_str().unwrap().to_owned(), normal(node))).collect();
    let start = graph.keys().find(|id| id.contains("/function#")).unwrap().clone();
    let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
    while let Some(id) = next.pop() {
        if seen.insert(id.clone()) {
            next.extend(graph[&id].clone());
        }
    }
    for forbidden in ["dynoxide", "rusqlite", "axum", "notify", "clap", "pulldown-cmark@", "aws-lc"] {
        let found: Vec<&String> = seen.iter().filter(|id| id.contains(&format!("#{forbidden}"))).collect();
        assert!(found.is_empty(), "the function is built from {found:?}");
    }
    assert!(seen.iter().any(|id| id.contains("#lambda_http@")), "the walk found nothing");
}

#[test]
fn every_source_file_begins_with_its_purpose() {
    for file in all_sources() {
        let text = std::fs::read_to_string(&file).unwrap();
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.ends_with('.'), "{}: {first}", file.display());
    }
}

#[test]
fn no_source_file_is_long() {
    for file in all_sources() {
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 300, "{} has {lines} lines", file.display());
    }
}

/// Cargo builds a package by itself with fewer features than in the workspace, and so builds everything twice
/// (docs/build.md). The Lambda alone is meant to have its own.
#[test]
fn no_document_or_message_runs_a_single_package() {
    let ends = ["md", "rs", "txt", "yaml", "json", "mjs", "py", "toml"];
    let mut read = 0;
    for file in sources_with(&root(), &ends) {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        for line in
            text.lines().filter(|line| ["run", "build"].iter().any(|word| line.contains(&format!("cargo {word} "))))
        {
            let is_alone = [" -p ", " --package "].iter().any(|word| line.contains(word));
            assert!(!is_alone || line.contains("-p function"), "{}: {line}", file.display());
            read += 1;
        }
    }
    assert!(read > 40, "only {read} commands were found");
}

/// The macros of the standard library crash a program whose reader goes away, like `head`.
#[test]
fn programs_print_in_one_place() {
    for file in ["site-gen", "local"].iter().flat_map(|name| sources(&root().join(name).join("src"))) {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let printing = code.filter(|line| ["println!(", "print!("].iter().any(|word| line.contains(word))).count();
        assert_eq!(printing, 0, "{} prints by itself: site-gen/src/cli/terminal.rs", file.display());
    }
}

#[test]
fn the_pages_use_every_fixed_word_and_no_others() {
    let mut templates = sources_with(&root().join("pages"), &["html", "txt", "rs"]);
    templates.extend(sources(&root().join("function/src")));
    let text: String = templates.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    for (key, _) in model::keys::KEYS {
        assert!(text.contains(&format!("t.{key}")) || text.contains(&format!("\"{key}\"")), "{key} is used nowhere");
    }
    for used in text.split("{{ t.").skip(1).map(|rest| rest.split([' ', '}']).next().unwrap()) {
        assert!(model::keys::KEYS.iter().any(|(key, _)| *key == used), "{used} is no key");
    }
}

#[test]
fn templates_hold_no_words_of_any_language() {
    for file in sources_with(&root().join("pages/templates"), &["html"]) {
        // Officers read Danish, and the last resort has no texts to take words from.
        if [
            "officer.html",
            "notice.html",
            "news_mail.html",
            "digest.html",
            "case.html",
            "calls.html",
            "reminder.html",
            "overdue.html",
            "no_case.html",
            "last_resort.html",
            "not_received.html",
        ]
        .iter()
        .any(|name| file.ends_with(name))
        {
            continue;
        }
        let template = std::fs::read_to_string(&file).unwrap();
        let text = without(&without(&template, "{{", "}}"), "{%", "%}");
        let between = without(&text, "<", ">");
        assert!(!between.contains(char::is_alphabetic), "{}: {between}", file.display());
        for attribute in ["aria-label=\"", "alt=\"", "title=\"", "placeholder=\""] {
            for value in text.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(value.trim().is_empty(), "{}: {attribute}{value}", file.display());
            }
        }
    }
}

/// Removes everything between two marks from a text, with the marks.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut parts = text.split(begin);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once(end).map_or(part, |(_, rest)| rest))
}

fn all_sources() -> Vec<PathBuf> {
    let crates = ["model", "pages", "pictures", "site-gen", "function", "local", "tests"];
    let files: Vec<PathBuf> = crates.iter().flat_map(|name| sources(&root().join(name))).collect();
    assert!(files.len() > 60, "only {} files were found", files.len());
    files
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    sources_with(folder, &["rs"])
}

fn sources_with(folder: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let skipped = ["node_modules", "vendor", "target"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !skipped {
            files.extend(sources_with(&path, ends));
        } else if path.extension().is_some_and(|end| ends.iter().any(|wanted| end == *wanted)) {
            files.push(path);
        }
    }
    files
}

/// Documents whose names of tests and files are checked. The manual for editors is tested where its examples are built.
const DOCUMENTS: [&str; 11] = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/build.md",
    "docs/guarantees.md",
    "docs/officer.md",
    "function/README.md",
    "infra/README.md",
    "local/README.md",
    "site-gen/README.md",
    "tests/bench/README.md",
];

/// Returns the words between backticks in running text, without code blocks.
fn quoted(document: &str) -> Vec<&str> {
    document.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2)).collect()
}

/// Recognises a path from the root, as documents name files: `tests/run`, but not `dist/catalog.json`.
fn is_path(word: &str) -> bool {
    let folders = ["content", "docs", "function", "infra", "local", "model", "pages", "pictures", "site-gen", "tests"];
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    is_plain && word.split_once('/').is_some_and(|(folder, _)| folders.contains(&folder))
}

#[test]
fn every_test_and_file_named_in_a_document_exists() {
    let mut named = 0;
    for document in DOCUMENTS {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        for word in quoted(&text) {
            if let Some((file, test)) = word.split_once("::").filter(|(_, test)| test.contains('_')) {
                let source = std::fs::read_to_string(root().join(format!("tests/journeys/{file}.rs")));
                assert!(source.unwrap_or_default().contains(&format!("fn {test}()")), "{document}: {word}");
                named += 1;
            } else if is_path(word) {
                assert!(root().join(word).exists(), "{document}: {word}");
                named += 1;
            }
        }
    }
    assert!(named > 200, "only {named} names were found");
}

#[test]
fn every_link_between_documents_leads_to_an_existing_file() {
    let mut followed = 0;
    for document in DOCUMENTS {
        let path = root().join(document);
        let text = std::fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            // Skips links to the web, and examples in code blocks of what editors write.
            if !file.starts_with("http") && !file.starts_with('/') && !file.is_empty() {
                assert!(path.parent().unwrap().join(file).exists(), "{document}: {link}");
                followed += 1;
            }
        }
    }
    assert!(followed > 20, "only {followed} links were followed");
}
