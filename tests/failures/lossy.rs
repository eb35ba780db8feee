//! The embedded database behind a wire that loses answers, and that can kill the client at a chosen call.

use crate::failures::engine::answer;
use crate::failures::random::Random;
use crate::shared::wire;
use dynoxide::Database;
use std::io::BufReader;
use std::net::{TcpListener, TcpStream};
use std::process::Child;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Percentage of answers that are lost.
const LOST: usize = 20;

/// When a process is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kill {
    /// Number of the call, counted from 1 after the process began to wait for work.
    pub(crate) call: u32,
    pub(crate) when: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// Before the database executes the call.
    Before,
    /// After the database has executed the call, before it answers.
    After,
    /// This many milliseconds after the answer.
    Later(u64),
}

/// A wire to the database for one process.
pub(crate) struct Wire {
    pub(crate) address: String,
    shared: Arc<Shared>,
}

struct Shared {
    database: Database,
    random: Mutex<Random>,
    kill: Option<Kill>,
    /// Calls are counted once the process waits for work.
    is_counting: AtomicBool,
    calls: AtomicU32,
    lost: AtomicU32,
    is_over: AtomicBool,
    victim: Mutex<Option<Child>>,
    /// The call at which the process was killed.
    killed_at: Mutex<Option<String>>,
}

impl Wire {
    pub(crate) fn open(database: &Database, seed: u64, kill: Option<Kill>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            database: database.clone(),
            random: Mutex::new(Random::new(seed)),
            kill,
            is_counting: AtomicBool::new(false),
            calls: AtomicU32::new(0),
            lost: AtomicU32::new(0),
            is_over: AtomicBool::new(false),
            victim: Mutex::new(None),
            killed_at: Mutex::new(None),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if serving.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let (stream, shared) = (stream.unwrap(), Arc::clone(&serving));
                std::thread::spawn(move || shared.serve(stream));
            }
        });
        Self { address: format!("http://{address}"), shared }
    }

    /// Sets the process to kill.
    pub(crate) fn watch(&self, child: Child) {
        *self.shared.victim.lock().unwrap() = Some(child);
    }

    /// Starts to count calls.
    pub(crate) fn count(&self) {
        self.shared.is_counting.store(true, Ordering::SeqCst);
    }

    /// Returns true if the process is dead, whatever killed it.
    pub(crate) fn is_dead(&self) -> bool {
        self.shared.victim.lock().unwrap().as_mut().is_none_or(|child| child.try_wait().unwrap().is_some())
    }

    /// Returns the call at which the wire killed it, if it did.
    pub(crate) fn killed_at(&self) -> Option<String> {
        self.shared.killed_at.lock().unwrap().clone()
    }

    pub(crate) fn lost(&self) -> u32 {
        self.shared.lost.load(Ordering::SeqCst)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.shared.kill();
        self.shared.is_over.store(true, Ordering::SeqCst);
        // Wakes the thread, which waits for a connection.
        let _ = TcpStream::connect(self.address.trim_start_matches("http://"));
    }
}

impl Shared {
    fn serve(&self, stream: TcpStream) {
        let _ = stream.set_nodelay(true);
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut writer = stream;
        while let Some(request) = wire::read(&mut reader) {
            let operation = request.target.split_once('.').map_or("", |(_, operation)| operation);
            let counts = self.is_counting.load(Ordering::SeqCst);
            let call = if counts { self.calls.fetch_add(1, Ordering::SeqCst) + 1 } else { 0 };
            let when = self.kill.filter(|kill| counts && kill.call == call).map(|kill| kill.when);
            if when == Some(When::Before) {
                return self.kill_at(operation, "before");
            }
            let (status, body) = answer(&self.database, operation, &request.body);
            if when == Some(When::After) {
                return self.kill_at(operation, "after");
            }
            if when.is_none() && self.random.lock().unwrap().percent(LOST) {
                self.lost.fetch_add(1, Ordering::SeqCst);
                return;
            }
            wire::write(&mut writer, status, "content-type: application/x-amz-json-1.0\r\n", &body);
            if let Some(When::Later(milliseconds)) = when {
                std::thread::sleep(Duration::from_millis(milliseconds));
                return self.kill_at(operation, "a moment after");
            }
        }
    }

    fn kill_at(&self, operation: &str, when: &str) {
        // `is_dead` waits for this lock, so once it returns true, `killed_at` is set.
        let mut victim = self.victim.lock().unwrap();
        if end(victim.take()) {
            let call = self.kill.map_or(0, |kill| kill.call);
            *self.killed_at.lock().unwrap() = Some(format!("at call {call}, {when} {operation}"));
        }
    }

    fn kill(&self) {
        end(self.victim.lock().unwrap().take());
    }
}

/// Kills a process like `kill -9`; returns true if it was alive.
fn end(victim: Option<Child>) -> bool {
    let Some(mut child) = victim else { return false };
    let lived = child.try_wait().unwrap().is_none();
    let _ = child.kill();
    let _ = child.wait();
    lived
}
