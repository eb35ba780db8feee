//! Each kind of diagnostic on its own: the edit that causes it, and the report, word for word.
//!
//! `tests/kinds/` has a file for each kind, named after it. Above the line `====` are the edits to the valid tree
//! (`tests/content`), and below it is the report as printed to a pipe:
//!
//! ```text
//! english                     starts with the tree in two languages; must be the first line
//! compared                    records that all translations have been compared
//! approve                     approves all current commitments
//! map                         draws the map; if that fails, only its diagnostics are reported
//! change FILE                 replaces the following lines with `- ` by those with `+ `
//! write FILE                  writes the following lines with `| `
//! copy FROM FILE              copies a file from `tests/`
//! link FILE                   creates a dangling link
//! remove FILE                 removes a file
//! ```
//!
//! After changing a message, run `UPDATE=1 cargo test kinds::` and review the diff.

use crate::support::{Content, diagnostics, site_gen};
use anstream::adapter::strip_str;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use site_gen::check::compared::{Files, compare};
use site_gen::cli::map::redraw;
use site_gen::cli::report;
use site_gen::diagnostics::code::DiagnosticCode;
use site_gen::diagnostics::diagnostic::Diagnostic;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::str::Lines;
use std::{env, fs};

/// No content can cause an error in the program.
const NOT_SHOWN: [DiagnosticCode; 1] = [DiagnosticCode::Program];

fn fixture(code: DiagnosticCode) -> PathBuf {
    crate::support::crate_folder().join("tests/kinds").join(format!("{code}.txt"))
}

/// The tree after the edits of the script, and the diagnostics of drawing the map, if it was drawn.
fn after(script: &str) -> (Content, Vec<Diagnostic>) {
    let mut reported = Vec::new();
    let content = if script.starts_with("english\n") { Content::english() } else { Content::new() };
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["english"] => {}
            ["compared"] => drop(compare(content.path(), Files::All).unwrap()),
            ["approve"] => content.approve(),
            ["map"] => reported = redraw(content.path()).err().unwrap_or_default(),
            ["change", file] => {
                let (from, to) = (block(&mut lines, '-'), block(&mut lines, '+'));
                content.change(file, &from, &to);
            }
            ["write", file] => content.write(file, &block(&mut lines, '|')),
            ["copy", from, file] => {
                let to = content.path().join(file);
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(crate::support::crate_folder().join("tests").join(from), to).unwrap();
            }
            ["link", file] => link(&content.path().join(file)),
            ["remove", file] => content.remove(file),
            _ => panic!("what is {line}?"),
        }
    }
    (content, reported)
}

/// The text of the next lines that begin with a sign.
fn block(lines: &mut Peekable<Lines<'_>>, sign: char) -> String {
    let mut block = Vec::new();
    while let Some(line) = lines.next_if(|line| line.starts_with(sign)) {
        block.push(line[1..].strip_prefix(' ').unwrap_or(&line[1..]));
    }
    block.join("\n")
}

#[cfg(unix)]
fn link(path: &Path) {
    std::os::unix::fs::symlink("findes-ikke", path).unwrap();
}

#[cfg(not(unix))]
fn link(path: &Path) {
    panic!("no link at {}", path.display());
}

#[test]
fn each_kind_is_reported_with_its_pinned_message_and_nothing_else() {
    let all = DiagnosticCode::ALL.par_iter().copied().filter(|code| !NOT_SHOWN.contains(code));
    let all = all.filter(|code| cfg!(unix) || *code != DiagnosticCode::UnreadableFile);
    let wrong = all.map(|code| {
        let file = fixture(code);
        let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{code} has no fixture"));
        let (script, pinned) = text.split_once("====\n").unwrap_or_else(|| panic!("{code} has no line ===="));
        let (content, reported) = after(script);
        let diagnostics = if reported.is_empty() { diagnostics(&content) } else { reported };
        let reported = strip_str(&report::rendered(&diagnostics, "")).to_string();
        if env::var_os("UPDATE").is_some() {
            fs::write(&file, format!("{script}====\n{reported}")).unwrap();
        } else {
            assert_eq!(reported, pinned, "{code}");
        }
        let kinds: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.name()).collect();
        if kinds == vec![code.name(); kinds.len().max(1)] { String::new() } else { format!("{code}:\n{reported}") }
    });
    let wrong: Vec<String> = wrong.collect();
    let shown = wrong.len();
    let wrong: Vec<String> = wrong.into_iter().filter(|reported| !reported.is_empty()).collect();
    assert!(wrong.is_empty(), "one slip is one kind of problem, but:\n{}", wrong.join("\n"));
    assert!(shown >= 80, "{shown} kinds");
}

#[test]
fn every_fixture_belongs_to_a_kind() {
    for entry in fs::read_dir(crate::support::crate_folder().join("tests/kinds")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(DiagnosticCode::ALL.iter().any(|code| format!("{code}.txt") == name), "{name} is of no kind");
    }
}

#[test]
fn the_manual_explains_exactly_the_kinds_of_the_program_in_order() {
    let manual = fs::read_to_string(crate::support::real().join("README.md")).unwrap();
    let (_, table) = manual.split_once("## Hvad betyder beskederne?").unwrap();
    let table = table.split("\n## ").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let explained: Vec<&str> = rows.filter(|(_, meaning)| meaning.len() > 10).map(|(name, _)| name).collect();
    assert_eq!(explained, DiagnosticCode::ALL.iter().map(|code| code.name()).collect::<Vec<_>>());
}

/// Runs the program on a tree with two mistakes on one line; warnings are only shown once these are corrected.
fn check(arguments: &[&str], colours: &[(&str, &str)]) -> Output {
    let script = fs::read_to_string(fixture(DiagnosticCode::UnusedImage)).unwrap();
    let (content, _) = after(script.split("====\n").next().unwrap());
    content.approve();
    content.page("Ring 115, eller læs om\tæøå [her](/privatlv/).");
    let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.args(["check", "--now", "2026-11-22T12:00:00Z", "--content"]).arg(content.path());
    command.args(arguments).envs(colours.iter().copied()).output().unwrap()
}

/// Compares the output with `tests/reported/`.
fn pinned(said: &[u8], name: &str) {
    let said = String::from_utf8(said.to_vec()).unwrap().replace('\u{1b}', "␛");
    let file = crate::support::crate_folder().join("tests/reported").join(name);
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &said).unwrap();
    }
    assert_eq!(said, fs::read_to_string(&file).unwrap());
}

#[test]
fn reports_are_plain_in_a_pipe_and_coloured_on_request() {
    let plain = check(&[], &[]);
    pinned(&plain.stderr, "plain.txt");
    assert_eq!(plain.status.code(), Some(1));
    assert!(plain.stdout.is_empty());
    let coloured = check(&[], &[("CLICOLOR_FORCE", "1")]);
    pinned(&coloured.stderr, "coloured.txt");
    let refused = check(&[], &[("CLICOLOR_FORCE", "0"), ("NO_COLOR", "1")]);
    assert_eq!(refused.stderr, plain.stderr);
    assert_eq!(strip_str(&String::from_utf8(coloured.stderr).unwrap()).to_string().as_bytes(), plain.stderr);
}

#[test]
fn tools_get_one_json_document_and_nothing_else() {
    let output = check(&["--json"], &[]);
    pinned(&output.stdout, "problems.json");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&document["mistakes"], &document["warnings"]), (&2.into(), &0.into()));
}

#[test]
fn warnings_do_not_stop_a_build_unless_it_is_strict() {
    let script = fs::read_to_string(fixture(DiagnosticCode::UnusedImage)).unwrap();
    let (content, _) = after(script.split("====\n").next().unwrap());
    content.approve();
    let out = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| site_gen(&content, arguments);
    let out = out.path().join("dist");
    let out = out.to_str().unwrap();
    let strict = run(&["build", "--out", out, "--strict"]);
    assert_eq!(strict.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&strict.stderr).ends_with("1 advarsel i 1 fil. Intet er skrevet.\n"));
    assert!(!Path::new(out).exists());
    assert_eq!(run(&["check", "--strict", "--json"]).status.code(), Some(2));
    let built = run(&["build", "--out", out]);
    assert_eq!(built.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&built.stderr).ends_with("1 advarsel i 1 fil.\n"));
    assert!(Path::new(out).join("public/index.html").exists());
}
