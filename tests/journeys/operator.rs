//! The operator's tool, as its users run it: owed mail, digests, mailboxes, settings, help.

use crate::journeys::filled::send_traffic;
use crate::journeys::operator_tool::{audit, day, json, operator, park_all, reference, run, send_held};
use crate::journeys::service::Service;
use function::store::{Queue, RunToken};
use jiff::SignedDuration;
use model::names::{FormId, KredsSlug};
use std::process::Command;

#[test]
fn owed_lists_waiting_held_and_parked_mail_with_an_exit_code() {
    let service = Service::start();
    assert_eq!((operator(&service, &["owed"]).code, operator(&service, &["owed"]).out.trim()), (0, "Nothing is owed."));
    let parked = reference(&send_traffic(&service.visitor(), "oestjylland", "0751"));
    park_all(&service);
    let waiting = reference(&send_traffic(&service.visitor(), "fyn", "0461"));
    let held = reference(&send_held(&service, "Parken"));
    let all = operator(&service, &["owed"]);
    assert_eq!(all.code, 3);
    let line = |reference: &str| {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        all.out.lines().find(|line| line.starts_with(reference)).map(words).unwrap_or_default()
    };
    let ends = |reference: &str, words: &[&str]| {
        let line = line(reference);
        assert!(words.iter().all(|word| line.contains(&(*word).to_owned())), "{words:?}: {}", all.out);
    };
    ends(&parked, &["oestjylland", "kreds", "8", "-", "parked"]);
    ends(&waiting, &["fyn", "kreds", "0", "waiting"]);
    ends(&held, &["oestjylland", "held", "-"]);
    assert!(all.out.contains("1 parked") && all.out.contains("operator redeliver"), "{}", all.out);
    let fyn = operator(&service, &["owed", "--kreds", "fyn"]);
    assert_eq!(fyn.code, 0, "nothing of that kreds is parked");
    assert!(fyn.out.contains(&waiting) && !fyn.out.contains(&parked) && !fyn.out.contains(&held), "{}", fyn.out);
    let read = json(&service, &["owed"]);
    assert_eq!(read["parked"], 1);
    assert_eq!(read["owed"].as_array().unwrap().len(), 4, "the held one has two mails: {read}");
    // A mail that went out and has no report yet.
    let queue = Queue::Owed(KredsSlug::parse("fyn").unwrap());
    let store = service.function().store();
    let [leased] = service
        .run(store.lease_due(&queue, &RunToken::from_random([1; 8]), service.now()))
        .unwrap()
        .items
        .try_into()
        .unwrap();
    service.run(store.sent(&leased, service.now())).unwrap();
    assert_eq!(json(&service, &["owed", "--kreds", "fyn"])["owed"][0]["state"], "sent");
    service.wait(SignedDuration::from_hours(25));
    service.sweep();
    let unconfirmed = operator(&service, &["owed", "--kreds", "fyn"]);
    assert_eq!((unconfirmed.code, unconfirmed.out.contains("unconfirmed")), (3, true), "{}", unconfirmed.out);
    // Nobody knows whether it arrived, so it is resent only on demand.
    assert_eq!(json(&service, &["redeliver", &waiting])["count"], 0);
    assert_eq!(json(&service, &["redeliver", &waiting, "--again"])["count"], 1);
}

#[test]
fn a_missing_digest_is_planned_and_a_sent_one_repeated_only_on_demand() {
    let service = Service::start();
    let two = day(&service, 2);
    let run = |arguments: &[&str]| operator(&service, &[&["digest", "oestjylland"], arguments].concat());
    let sent = || {
        service.sweep();
        service.digests().iter().filter(|mail| mail.message_id.contains(&two)).count()
    };
    assert_eq!((run(&[&two]).code, sent()), (0, 2), "one for each of its mailboxes");
    let before = run(&[&two]);
    assert_eq!((before.code, sent()), (0, 2));
    assert!(before.out.contains("add --again"), "{}", before.out);
    assert_eq!((run(&[&two, "--again"]).code, sent(), sent()), (0, 4, 4));
    let owed = run(&[&two, "--again"]).out + &run(&[&two, "--again"]).out;
    assert!(owed.contains("is owed now") && owed.contains("is owed already"), "{owed}");
    assert_eq!(sent(), 6);
    // Every run plans today's, and it goes out tomorrow.
    assert!(run(&[&day(&service, 0)]).out.contains("is owed already"));
    // A digest without deleted requests would say that there were none.
    let old = run(&[&day(&service, 31)]);
    assert_eq!((old.code, old.err.contains("may be deleted")), (4, true), "{}", old.err);
    assert_eq!((run(&[&day(&service, -1)]).code, run(&["i går"]).code), (2, 2));
    assert_eq!(json(&service, &["digest", "oestjylland", &two])["digests"].as_array().unwrap().len(), 2);
    assert_eq!(audit(&service)[0], ("planned".to_owned(), format!("digest of oestjylland, {two}")));
    let nowhere = operator(&service, &["digest", "atlantis", &two]);
    assert_eq!((nowhere.code, nowhere.err.contains("oestjylland")), (4, true), "{}", nowhere.err);
}

#[test]
fn a_form_closed_by_refusing_mailboxes_is_listed_and_reopened() {
    let service = Service::start();
    let (kreds, form) = (KredsSlug::parse("fyn").unwrap(), FormId::parse("bestil-en-betjent").unwrap());
    assert_eq!(operator(&service, &["mailboxes"]).code, 0);
    let an_hour_ago = service.now() - SignedDuration::from_hours(1);
    for request in [1, 2] {
        let request = model::reference::Reference::from_random(request);
        service.run(service.function().store().mailboxes_refuse(&kreds, &form, &request, an_hour_ago)).unwrap();
    }
    let listed = operator(&service, &["mailboxes"]);
    assert_eq!(listed.code, 3);
    assert!(listed.out.contains("fyn") && listed.out.contains("bestil-en-betjent"), "{}", listed.out);
    assert_eq!(json(&service, &["mailboxes"])["refusing"][0]["form"], "bestil-en-betjent");
    assert_eq!(json(&service, &["mailbox-works", "fyn", "bestil-en-betjent"])["opened"], true);
    assert_eq!(operator(&service, &["mailboxes"]).code, 0);
    assert!(!service.run(service.function().store().do_mailboxes_refuse(&kreds, &form)).unwrap());
    assert_eq!(json(&service, &["mailbox-works", "fyn", "bestil-en-betjent"])["opened"], false);
    assert_eq!(audit(&service), [("mailbox works".to_owned(), "fyn/bestil-en-betjent".to_owned())]);
    let unknown = operator(&service, &["mailbox-works", "fyn", "bestil-en-hest"]);
    assert_eq!((unknown.code, unknown.err.contains("bestil-en-betjent")), (4, true), "{}", unknown.err);
}

#[test]
fn wrong_settings_and_an_unreachable_table_fail_with_advice() {
    let mut service = Service::start();
    let folder = tempfile::TempDir::new().unwrap();
    let with = |text: &str| {
        let file = folder.path().join("settings");
        std::fs::write(&file, text).unwrap();
        run(Command::new(env!("CARGO_BIN_EXE_operate")).args(["owed", "--settings"]).arg(&file))
    };
    let good = std::fs::read_to_string(&service.running().settings).unwrap();
    assert_eq!(with(&good).code, 0);
    let line = with(&format!("{good}export X=1\n"));
    assert_eq!((line.code, line.err.contains("line 18: a setting is written NAME=value")), (1, true), "{}", line.err);
    let missing = with(&good.replace("SENDER=", "SENDR="));
    assert_eq!((missing.code, missing.err.contains("SENDER")), (1, true), "{}", missing.err);
    let table = with(&good.replace("TABLE=bestil-en-betjent\n", "TABLE=nowhere\n"));
    assert_eq!((table.code, table.err.contains("ResourceNotFound")), (1, true), "{}", table.err);
    // Credentials are better kept out of files; without a file, all settings come from the environment.
    assert!(with(&good.replace("AWS_ACCESS_KEY_ID=local\n", "")).err.contains("AWS_ACCESS_KEY_ID"));
    let variables = good.lines().filter_map(|line| line.split_once('='));
    let mut command = Command::new(env!("CARGO_BIN_EXE_operate"));
    let output = command.arg("owed").env_clear().envs(variables).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let nothing = run(Command::new(env!("CARGO_BIN_EXE_operate")).arg("owed"));
    assert_eq!((nothing.code, nothing.err.contains("--settings FILE")), (1, true), "{}", nothing.err);
    let no_file = run(Command::new(env!("CARGO_BIN_EXE_operate")).args(["owed", "--settings", "/nowhere"]));
    assert_eq!((no_file.code, no_file.err.contains("`cargo run` writes them")), (1, true), "{}", no_file.err);

    service.stop();
    let silent = with(&good);
    assert_eq!(silent.code, 1);
    assert!(silent.err.contains("no connection") && silent.err.contains("Is the service there"), "{}", silent.err);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_settings_and_secrets() {
    use std::os::unix::fs::PermissionsExt;
    let service = Service::start();
    let settings = &service.running().settings;
    let data = settings.parent().unwrap();
    for file in [settings.as_path(), &data.join("secret"), &data.join("data-key")] {
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
    }
    let mut files = std::fs::read_dir(data).unwrap().map(|file| file.unwrap().path());
    assert!(files.all(|file| file.extension().is_none_or(|ending| ending != "part")), "no half-written file is left");
}

#[test]
fn help_has_examples_of_every_command_the_exit_codes_and_the_json() {
    let help = |arguments: &[&str]| run(Command::new(env!("CARGO_BIN_EXE_operate")).args(arguments)).out;
    let all = help(&["--help"]);
    for code in ["0  done", "1  not done", "2  not done", "3  done, and something", "4  not done"] {
        assert!(all.contains(code), "{code}: {all}");
    }
    let commands = all.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| line.starts_with("  "));
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() >= 13, "{commands:?}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let help = help(&[command, "--help"]);
        assert!(help.contains(&format!("\n  operator {command}")) && help.contains("\nJSON: {"), "{help}");
    }
}
