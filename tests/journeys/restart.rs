//! A restart loses nothing, even when the program is killed between the receipt and the mail.

use crate::journeys::filled::send_traffic;
use crate::journeys::mailbox::mails_in;
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::Visitor;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

#[test]
fn receipts_and_owed_mail_survive_a_restart() {
    let mut service = Service::start();
    let receipt = send_traffic(&service.visitor(), "oestjylland", "0751");
    service.start_again();
    let again = service.visitor().open(&receipt.path);
    assert_eq!(again.text_at(".reference-number"), receipt.text_at(".reference-number"));
    assert_eq!(send_traffic(&service.visitor(), "oestjylland", "0751").path, receipt.path, "still the same request");
    service.sweep();
    assert_eq!(service.mails().len(), 1);
}

#[test]
fn a_kill_between_receipt_and_mail_leads_to_one_mail_after_the_restart() {
    let data = tempfile::TempDir::new().unwrap();
    let first = Program::start(data.path(), "0");
    let receipt = send_traffic(&Visitor::new(&first.address), "oestjylland", "0751");
    first.kill();
    assert!(mails_in(&data.path().join("post")).is_empty());

    let second = Program::start(data.path(), "1");
    let again = Visitor::new(&second.address).open(&receipt.path);
    assert_eq!(again.text_at(".reference-number"), receipt.text_at(".reference-number"));
    let delivered = || mails_in(&data.path().join("post")).len();
    for _ in 0..300 {
        if delivered() > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    // Two more runs of the schedule must not send it again.
    std::thread::sleep(Duration::from_millis(2500));
    assert_eq!(delivered(), 1);
}

#[test]
fn a_port_in_use_and_broken_content_fail_with_a_clear_message() {
    let data = tempfile::TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (code, said) = failing(&["--port", &port, "--data", data.path().to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(said.contains(&format!("Cannot listen on 127.0.0.1:{port}")) && said.contains("--port"), "{said}");

    let empty = tempfile::TempDir::new().unwrap();
    let (code, said) =
        failing(&["--port", "0", "--data", data.path().to_str().unwrap(), "--content", empty.path().to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(said.contains("fejl i indholdet"), "{said}");

    let file = data.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    let (code, said) = failing(&["--port", "0", "--data", file.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(said.contains("Cannot use the data folder"), "{said}");
}

/// The real program, started as by `cargo run`, and killed when dropped.
struct Program {
    child: Child,
    address: String,
    /// Kept open, since the program prints more than its address.
    _says: Lines<BufReader<ChildStdout>>,
}

impl Program {
    fn start(data: &Path, schedule: &str) -> Self {
        let mut child = command(&["--port", "0", "--schedule", schedule, "--data", data.to_str().unwrap()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap()).lines();
        let site = says
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| line.strip_prefix("The site:").map(|rest| rest.trim().trim_end_matches('/').to_owned()));
        Self { child, address: site.expect("the program says where it answers"), _says: says }
    }

    /// Kills it like `kill -9`.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_service"));
    command.args(["--content", real_content().to_str().unwrap()]).args(arguments).stderr(Stdio::null());
    command
}

fn failing(arguments: &[&str]) -> (Option<i32>, String) {
    // A later argument of the same name is refused, so the content is given once.
    let mut command = Command::new(env!("CARGO_BIN_EXE_service"));
    if !arguments.contains(&"--content") {
        command.args(["--content", real_content().to_str().unwrap()]);
    }
    let output = command.args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}
