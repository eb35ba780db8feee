//! Programs whose output has no reader or cannot be written end without a panic.

#![cfg(target_os = "linux")]

use crate::support::Content;
use std::fs::{self, File, OpenOptions};
use std::process::{Command, Output, Stdio};

/// Each command that terminates, and its exit code if its output is read.
const COMMANDS: [(&[&str], i32); 15] = [
    (&["--help"], 0),
    (&["--version"], 0),
    (&["help"], 0),
    (&["check", "--help"], 0),
    (&["serve", "--help"], 0),
    (&["nothing"], 2),
    (&["check"], 0),
    (&["check", "--json"], 0),
    (&["language"], 0),
    (&["language", "--json"], 0),
    (&["overrides"], 0),
    (&["commitments"], 0),
    (&["commitments", "--json"], 0),
    (&["compared", "--all"], 0),
    (&["new", "page", "sider/nyhed"], 0),
];

/// Runs the program with a given standard output.
fn run(content: &Content, arguments: &[&str], out: Stdio) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
    command.current_dir(content.path()).args(arguments);
    if !arguments.iter().any(|word| word.contains("help") || ["--version", "nothing"].contains(word)) {
        command.args(["--content", "."]);
    }
    command.stdout(out).stderr(Stdio::piped()).output().unwrap()
}

/// A pipe without a reader.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

#[test]
fn a_closed_pipe_fails_no_command_and_a_full_disk_is_reported() {
    for (arguments, code) in COMMANDS {
        let content = Content::english();
        content.approve();
        let read = run(&content, arguments, closed());
        let said = String::from_utf8(read.stderr).unwrap();
        assert_eq!(read.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(!said.contains("panic") && !said.contains("pipe"), "{arguments:?}: {said}");
        let content = Content::english();
        content.approve();
        let read = run(&content, arguments, full().into());
        let said = String::from_utf8(read.stderr).unwrap();
        // An invalid command is reported on standard error.
        if code == 2 {
            assert_eq!(read.status.code(), Some(2), "{arguments:?}: {said}");
            continue;
        }
        assert_eq!(read.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.ends_with("Svaret kan ikke skrives (disken er fuld).\n"), "{arguments:?}: {said}");
    }
}

#[test]
fn unwritable_errors_do_not_change_the_exit_code() {
    let content = Content::new();
    content.change("sider/privatliv.md", "titel:", "tittel:");
    for (out, error) in [(closed(), closed()), (full().into(), full().into())] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
        let status = command.arg("check").arg("--content").arg(content.path()).stdout(out).stderr(error).status();
        assert_eq!(status.unwrap().code(), Some(1));
    }
}

#[cfg(feature = "serve")]
#[test]
fn serving_survives_a_closed_pipe_and_ends_on_a_full_disk() {
    let content = Content::new();
    let serve = |out: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
        command.args(["serve", "--port", "0", "--content"]).arg(content.path());
        command.stdout(out).stderr(Stdio::piped()).spawn().unwrap()
    };
    let reported = serve(full().into()).wait_with_output().unwrap();
    assert_eq!(reported.status.code(), Some(1));
    let said = String::from_utf8(reported.stderr).unwrap();
    assert!(said.ends_with("Svaret kan ikke skrives (disken er fuld).\n"), "{said}");
    let mut serving = serve(closed());
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let ended = serving.try_wait().unwrap();
    serving.kill().unwrap();
    serving.wait().unwrap();
    assert_eq!(ended, None);
}

#[test]
fn system_errors_are_quoted_in_danish_and_nothing_is_lost() {
    let content = Content::new();
    let said = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site-gen"));
        let output = command.current_dir(content.path()).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    let none = said(&["check", "--content", "ingen"]);
    assert!(
        none.starts_with("ingen: fejl: Mappen kan ikke læses (findes ikke). Findes den, og må du læse den?"),
        "{none}"
    );
    let file = said(&["check", "--content", "indstillinger.md"]);
    assert!(file.contains("Mappen kan ikke læses (en del af stien er en fil og ikke en mappe)."), "{file}");
    let beside = tempfile::tempdir().unwrap();
    fs::write(beside.path().join("fil"), "").unwrap();
    let at = |path: &str| beside.path().join(path).display().to_string();
    for (out, reason) in [
        (&*at("fil/ud"), "en del af stien er en fil og ikke en mappe"),
        (&at(&"a".repeat(300)), "navnet er for langt"),
        ("/proc/ud", "findes ikke"),
    ] {
        let refused = said(&["build", "--content", ".", "--out", out]);
        assert!(refused.ends_with(&format!(" kan ikke skrives ({reason})\n")), "{refused}");
    }
    fs::create_dir(content.path().join("data/grundlag.txt")).unwrap();
    let refused = said(&["compared", "--all", "--content", "."]);
    assert_eq!(refused, "data/grundlag.txt kan ikke skrives (er en mappe).\n");
}
