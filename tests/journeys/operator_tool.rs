//! Runs the operator's tool: the real program, against a running service.

use crate::journeys::filled::{call, open};
use crate::journeys::service::Service;
use crate::journeys::visitor::Page;
use function::outbox::RETRIES;
use jiff::{SignedDuration, Timestamp, ToSpan};
use model::deadline::danish_day;
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};

/// Words from the answers of `call` and `send_traffic`, which only `show --answers` may print.
pub(crate) const PERSONAL: [&str; 8] =
    ["Åse", "Holm", "Parken", "aase@", "utrygge ved", "22 33 44", "31223344", "Viborgvej"];

/// The tool's answer.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the tool with the settings that the service wrote. Its answer must not contain what a citizen wrote.
pub(crate) fn operator(service: &Service, arguments: &[&str]) -> Answer {
    let answer = with_answers(service, arguments);
    for personal in PERSONAL {
        assert!(!answer.out.contains(personal) && !answer.err.contains(personal), "{personal}: {}", answer.out);
    }
    answer
}

/// Runs the tool when its answer may contain what a citizen wrote.
pub(crate) fn with_answers(service: &Service, arguments: &[&str]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_operate"));
    command.args(["--by", "anna", "--settings"]).arg(&service.running().settings);
    let ahead = service.now().duration_since(Timestamp::now()).as_secs_f64().round();
    answer(command.args(arguments).env_clear().env("CLOCK_AHEAD", ahead.to_string()))
}

pub(crate) fn run(command: &mut Command) -> Answer {
    answer(command.env_clear())
}

fn answer(command: &mut Command) -> Answer {
    let output = command.envs(SAFE).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let answer = Answer { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) };
    let is_json = answer.out.starts_with('{');
    for line in answer.out.lines().filter(|_| !is_json) {
        assert!(line.chars().count() <= 100, "{} columns: {line}", line.chars().count());
    }
    assert_eq!(answer.err.is_empty(), matches!(answer.code, 0 | 3), "{}", answer.err);
    answer
}

/// Replaces the environment of the tests.
const SAFE: [(&str, &str); 1] = [("LANG", "C")];

/// Runs the tool with `--json`, and checks that its help documents the answer.
pub(crate) fn json(service: &Service, arguments: &[&str]) -> Value {
    let answer = operator(service, &[arguments, &["--json"]].concat());
    let said: Value =
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {}{}", answer.out, answer.err));
    assert_documented(arguments[0], &said);
    said
}

/// Asserts that the help of a command has every name in its answer.
pub(crate) fn assert_documented(command: &str, said: &Value) {
    let help = run(Command::new(env!("CARGO_BIN_EXE_operate")).args([command, "--help"])).out;
    let shape = help.split("\nJSON: ").nth(1).unwrap();
    let mut rest = vec![said];
    while let Some(value) = rest.pop() {
        rest.extend(value.as_array().into_iter().flatten());
        for (name, value) in value.as_object().into_iter().flatten() {
            assert!(shape.contains(&format!("\"{name}\"")), "{name} is not in the help of {command}: {shape}");
            // The names in `times` are events of a mail: sent, delivered, refused, …
            rest.extend((name != "times").then_some(value));
        }
    }
}

pub(crate) fn reference(receipt: &Page) -> String {
    receipt.text_at(".reference-number")
}

/// Sends a request for a call with a telephone number and an address, and returns the receipt.
pub(crate) fn send_call(service: &Service, place: &str) -> Page {
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    form.set("vej", place).press("trin", "send")
}

/// Sends the same, filled in like a bot.
pub(crate) fn send_held(service: &Service, place: &str) -> Page {
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    form.set("vej", place).set("hjemmeside", "http://spam.example").press("trin", "send")
}

/// Parks all owed mail, by retrying it while nothing can be mailed.
pub(crate) fn park_all(service: &Service) {
    let folder = service.running().mail.clone();
    let aside = folder.with_extension("aside");
    std::fs::rename(&folder, &aside).unwrap();
    std::fs::write(&folder, "").unwrap();
    service.sweep();
    for wait in RETRIES {
        service.wait(wait + SignedDuration::from_secs(1));
        service.sweep();
    }
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
}

/// Returns the day in Denmark this many days ago.
pub(crate) fn day(service: &Service, ago: i64) -> String {
    danish_day(service.now()).saturating_sub(ago.days()).to_string()
}

/// Returns the audit of the months that a test can span: when it began, and when it ends.
pub(crate) fn audit(service: &Service) -> Vec<(String, String)> {
    let months = BTreeSet::from([1, 0].map(|ago| day(service, ago)[..7].to_owned()));
    let read = |line: &Value| {
        assert_eq!(line["by"], "anna");
        (line["what"].as_str().unwrap().to_owned(), line["about"].as_str().unwrap().to_owned())
    };
    months
        .iter()
        .flat_map(|month| {
            json(service, &["audit", month])["lines"].as_array().unwrap().iter().map(read).collect::<Vec<_>>()
        })
        .collect()
}
