//! Each kind of problem by itself: what an editor did, and what is reported of it, word for word.
//!
//! `tests/kinds/` has a file for each, by the name of the kind. Above the line `====` stands what is done to the valid tree
//! (`tests/content`), and below it the report in a pipe:
//!
//! ```text
//! english                     begins with the tree in two languages; must stand first
//! compared                    says that all translations have been compared
//! approve                     approves all commitments as they are then
//! map                         draws the map; what is wrong with the outlines is then all that is reported
//! change FILE                 followed by lines with `- ` that are replaced by those with `+ `
//! write FILE                  followed by its lines with `| `
//! copy FROM FILE              a file of `tests/`
//! link FILE                   a link that leads nowhere
//! remove FILE
//! ```
//!
//! After a change of a message, run `UPDATE=1 cargo test kinds::` and read the difference.

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

/// No content can show a fault of the program.
const NOT_SHOWN: [DiagnosticCode; 1] = [DiagnosticCode::Program];

fn fixture(code: DiagnosticCode) -> PathBuf {
    crate::support::crate_folder().join("tests/kinds").join(format!("{code}.txt"))
}

/// The tree after what the script says was done, and what was reported if that was to draw the map.
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

/// The text of the lines that begin with a sign.
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
fn each_kind_is_reported_in_the_words_that_are_pinned_and_nothing_else_is() {
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
fn every_fixture_is_of_a_kind() {
    for entry in fs::read_dir(crate::support::crate_folder().join("tests/kinds")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(DiagnosticCode::ALL.iter().any(|code| format!("{code}.txt") == name), "{name} is of no kind");
    }
}

#[test]
fn the_manual_explains_every_kind_and_no_other_in_the_order_of_the_program() {
    let manual = fs::read_to_string(crate::support::real().join("README.md")).unwrap();
    let (_, table) = manual.split_once("## Hvad betyder beskederne?").unwrap();
    let table = table.split("\n## ").next().unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let explained: Vec<&str> = rows.filter(|(_, meaning)| meaning.len() > 10).map(|(name, _)| name).collect();
    assert_eq!(explained, DiagnosticCode::ALL.iter().map(|code| code.name()).collect::<Vec<_>>());
}

/// Runs the program on a tree with two mistakes on one line; warnings are not shown before these are put right.
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

/// Compares with `tests/reported/`.
fn pinned(said: &[u8], name: &str) {
    let said = String::from_utf8(said.to_vec()).unwrap().replace('\u{1b}', "␛");
    let file = crate::support::crate_folder().join("tests/reported").join(name);
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &said).unwrap();
    }
    assert_eq!(said, fs::read_to_string(&file).unwrap());
}

#[test]
fn it_is_plain_in_a_pipe_and_coloured_where_that_is_asked_for() {
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
fn warnings_let_a_site_be_built_unless_it_is_to_be_strict() {
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
