//! A service of a test's own: real content, a fresh database, a clock that can be moved, no schedule but the test's.

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

/// The service, which ends when this is dropped.
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
        // Logs of the service are shown beside a test that fails.
        let _ = tracing_subscriber::fmt().with_test_writer().with_ansi(false).try_init();
        let data = TempDir::new().unwrap();
        let mut service = Self { running: None, runtime, clock: noon(), data, content: content.to_owned() };
        service.start_again();
        service
    }

    /// Stops it, and starts it on the same data.
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

    /// Stops it.
    pub(crate) fn stop(&mut self) {
        self.running = None;
    }

    pub(crate) fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    /// Somebody with a browser that knows only HTML.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(&self.running().address)
    }

    /// Runs the schedule once.
    pub(crate) fn sweep(&self) -> Sweep {
        self.runtime.block_on(self.running().service.sweep()).unwrap()
    }

    /// Runs something asynchronous of the function.
    pub(crate) fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, duration: SignedDuration) {
        self.clock.advance(duration);
    }

    /// Waits until a second after a moment: clocks are moved by whole seconds.
    pub(crate) fn wait_until(&self, moment: jiff::Timestamp) {
        self.wait(moment.duration_since(self.now()) + SignedDuration::from_secs(1));
    }

    /// Its clock, for what runs beside it.
    pub(crate) fn clock(&self) -> Clock {
        self.clock.clone()
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// Mails delivered about requests, without the notices that a call is owed.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        let is_own = |mail: &Mail| !mail.is_digest() && mail.notice().is_none();
        mails_in(&self.running().mail).into_iter().filter(is_own).collect()
    }

    /// The digests that have been delivered.
    pub(crate) fn digests(&self) -> Vec<Mail> {
        mails_in(&self.running().mail).into_iter().filter(Mail::is_digest).collect()
    }

    /// The one mail that was delivered to an address.
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

/// A clock at noon in Denmark today: some hours later it is still today, whenever the test runs.
fn noon() -> Clock {
    let clock = Clock::movable();
    let noon = danish_day(clock.now()).at(12, 0, 0, 0).to_zoned(denmark()).unwrap();
    clock.advance(noon.timestamp().duration_since(clock.now()));
    clock
}

pub(crate) fn real_content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")
}

/// A copy of the real content that a test may change.
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
