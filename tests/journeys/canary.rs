//! A citizen's words, sent along every path and searched for wherever anything is left behind.

mod failures;
mod left_behind;
mod paths;
mod program;
mod servers;

use crate::journeys::evidence::Evidence;
use crate::journeys::recorder::{Line, Recorder};
use std::process::Command;
use tracing::Level;

/// Our own crates: everything that they log counts, at any level.
const OURS: [&str; 6] = ["function", "pages", "model", "site_gen", "local", "tests"];

#[test]
fn no_typed_words_are_in_logs_metrics_errors_headers_tables_or_digests() {
    // In a process of its own: the recorder and the quiet panic hook apply to the whole process.
    let inside = ["--exact", "journeys::canary::inside", "--ignored", "--nocapture"];
    let done = Command::new(std::env::current_exe().unwrap()).args(inside).env("RUST_LOG", "trace").output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
    let mut evidence = Evidence::new();
    evidence.look("output", "stdout and stderr", said.as_bytes());
    assert_eq!(evidence.found(), [""; 0]);
}

#[test]
#[ignore = "the test before this one runs it in a process of its own"]
fn inside() {
    let recorder = Recorder::default();
    tracing::subscriber::set_global_default(recorder.clone()).unwrap();
    function::panics::keep_quiet();
    let walked = std::panic::catch_unwind(paths::walk);
    let mut evidence = match walked {
        Ok(evidence) => evidence,
        // The panic hook is quiet, so only this says what failed.
        Err(panic) => {
            let said = panic.downcast_ref::<String>().cloned();
            eprintln!("{said:?}");
            let lines = recorder.lines();
            for line in lines.iter().filter(|line| is_printed(line)).rev().take(8) {
                eprintln!("{} {}", line.target, line.text);
            }
            std::process::exit(1);
        }
    };
    let lines = recorder.lines();
    for line in lines.iter().filter(|line| is_printed(line)) {
        evidence.look("log", &line.target, line.text.as_bytes());
    }
    // Everything expected happened, and was logged.
    for words in
        ["received", "held=\"honeypot\"", "too many requests", "not stored", "panic", "due again", "encrypted data"]
    {
        let logged = lines.iter().any(|line| is_printed(line) && line.text.contains(words));
        check(logged, &format!("nothing was logged about {words}"));
    }
    for alarm in ["forged-event", "unknown-event", "bounced", "both-bounced", "parked"] {
        check(recorder.alarms().contains(&alarm.to_owned()), &format!("no alarm {alarm}"));
    }
    for (kind, least) in PLACES {
        let count = evidence.count(kind);
        check(count >= least, &format!("only {count} places of the kind {kind} were looked at"));
    }
    check(evidence.found().is_empty(), &format!("{:#?}", evidence.found()));
    // The recorder sees what our crates log, and the search finds it.
    tracing::trace!(name = crate::journeys::evidence::NAME, "planted");
    let planted = recorder.lines().into_iter().rfind(is_printed).unwrap();
    evidence.look("log", &planted.target, planted.text.as_bytes());
    check(!evidence.found().is_empty(), "what was planted was not found");
}

/// The least number of places of each kind that are looked at.
const PLACES: [(&str, usize); 10] = [
    ("log", 120),
    ("error", 16),
    ("header", 300),
    ("page", 14),
    ("table", 1400),
    ("key", 50),
    ("subject", 120),
    ("receipt", 6),
    ("metric", 50),
    ("digest", 48),
];

/// Returns true if the Lambda would print a line: `INFO` or above, and everything of our own crates.
fn is_printed(line: &Line) -> bool {
    let root = line.target.split("::").next().unwrap_or_default();
    OURS.contains(&root) || line.level <= Level::INFO
}

fn check(holds: bool, otherwise: &str) {
    if !holds {
        eprintln!("{otherwise}");
        std::process::exit(1);
    }
}
