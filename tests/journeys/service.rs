//! A service for one test: real content, a fresh database, a clock that can be moved, and no schedule but the test's.

use crate::journeys::mailbox::{Mail, mails_in};
use crate::journeys::visitor::Visitor;
use function::clock::Clock;
use function::outbox::Sweep;
use jiff::SignedDuration;
use local::{Options, Running, start};
use model::deadline::{danish_day, denmark};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// The service, which stops when dropped.
pub(crate) struct Service {
    running: Option<Running>,
    runtime: Runtime,
    clock: Clock,
    data: TempDir,
    content: PathBuf,
}

impl Service {
    /// Starts with the real content and nothing in the table.
    pub(crate) fn start() -> Self {
        Self::start_with(&real_content())
    }

    /// Starts with other content.
    pub(crate) fn start_with(content: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        // A failing test shows the logs of its service.
        let _ = tracing_subscriber::fmt().with_test_writer().with_ansi(false).try_init();
        let data = TempDir::new().unwrap();
        let mut service = Self { running: None, runtime, clock: noon(), data, content: content.to_owned() };
        service.start_again();
        service
    }

    /// Restarts it on the same data.
    pub(crate) fn start_again(&mut self) {
        self.running = None;
        let options = Options {
            port: 0,
            data: self.data.path().to_owned(),
            content: self.content.clone(),
            schedule: 0,
            limit: 0,
            watch: false,
            clock: self.clock.clone(),
        };
        self.running = Some(self.runtime.block_on(start(options)).unwrap());
    }

    pub(crate) fn stop(&mut self) {
        self.running = None;
    }

    pub(crate) fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    /// Returns a visitor with a browser that only knows HTML.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(&self.running().address)
    }

    /// Runs the schedule once.
    pub(crate) fn sweep(&self) -> Sweep {
        self.runtime.block_on(self.running().service.sweep()).unwrap()
    }

    /// Runs a future to its end.
    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    pub(crate) fn wait(&self, duration: SignedDuration) {
        self.clock.advance(duration);
    }

    /// Waits until a second after a moment: clocks are moved by whole seconds.
    pub(crate) fn wait_until(&self, moment: jiff::Timestamp) {
        self.wait(moment.duration_since(self.now()) + SignedDuration::from_secs(1));
    }

    /// Returns its clock, for a function beside it.
    pub(crate) fn clock(&self) -> Clock {
        self.clock.clone()
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// Returns the delivered mails about requests, without notices about owed calls.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        let is_own = |mail: &Mail| !mail.is_digest() && mail.notice().is_none();
        mails_in(&self.running().mail).into_iter().filter(is_own).collect()
    }

    /// Returns the delivered digests.
    pub(crate) fn digests(&self) -> Vec<Mail> {
        mails_in(&self.running().mail).into_iter().filter(Mail::is_digest).collect()
    }

    /// Returns the only mail that was delivered to an address.
    pub(crate) fn mail_to(&self, address: &str) -> Mail {
        let mut mails = self.mails();
        mails.retain(|mail| mail.to == address);
        assert_eq!(mails.len(), 1, "mails to {address}");
        mails.remove(0)
    }

    pub(crate) fn function(&self) -> &function::Service {
        &self.running().service
    }
}

/// Returns a clock at noon in Denmark today, so that some hours later it is still today whenever the test runs.
fn noon() -> Clock {
    let clock = Clock::movable();
    let noon = danish_day(clock.now()).at(12, 0, 0, 0).to_zoned(denmark()).unwrap();
    clock.advance(noon.timestamp().duration_since(clock.now()));
    clock
}

pub(crate) fn real_content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")
}

/// Copies the real content, so that a test may change it.
pub(crate) fn copied_content() -> TempDir {
    let copy = TempDir::new().unwrap();
    copy_folder(&real_content(), copy.path());
    // A test may change what the content promises.
    std::fs::remove_file(copy.path().join("data/loefter.txt")).unwrap();
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
