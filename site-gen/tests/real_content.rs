//! The published content passes every check without warnings.

use crate::support::{now, real, said};
use site_gen::build;
use std::process::{Command, Stdio};

#[test]
fn the_content_of_all_kredse_in_danish_and_english_passes_without_warnings() {
    let built = build(&real(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let warnings: String = built.warnings.iter().map(|warning| format!("{warning}\n")).collect();
    assert!(warnings.is_empty(), "{warnings}");
    let catalog = built.site.catalog();
    assert_eq!(catalog.atlas().kredse().len(), 12);
    assert_eq!(catalog.languages().map(ToString::to_string).collect::<Vec<_>>(), ["da", "en"]);
}

#[test]
fn a_strict_check_reports_success_and_nothing_else() {
    let content = real();
    let arguments = ["check", "--strict", "--now", "2026-11-22T12:00:00Z", "--content", content.to_str().unwrap()];
    let output = Command::new(env!("CARGO_BIN_EXE_site-gen")).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Ingen fejl: 12 kredse"));
}

#[test]
fn a_closed_pipe_fails_no_command() {
    let content = crate::support::real();
    for command in ["language", "check", "commitments", "overrides", "next-change", "findes-ikke"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_site-gen"));
        program.arg(command).arg("--content").arg(&content).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = program.spawn().unwrap();
        // As with `site-gen language | head -0`; the last command has no reader of its errors either.
        drop(running.stdout.take());
        let complaints = running.stderr.take().filter(|_| command != "findes-ikke");
        let said = complaints.map(|mut said| std::io::read_to_string(&mut said).unwrap()).unwrap_or_default();
        let code = running.wait().unwrap().code();
        assert_eq!(
            (code, said.contains("panicked")),
            (Some(if command == "findes-ikke" { 2 } else { 0 }), false),
            "{command}: {said}"
        );
    }
}
