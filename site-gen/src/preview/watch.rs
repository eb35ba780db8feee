//! Rebuilds when content is saved, and when something in it begins or ends.

use super::Live;
use super::followed::Followed;
use super::saved::{Saved, saved};
use crate::build::{Built, Failure};
use crate::diagnostics::diagnostic::Diagnostic;
use jiff::Timestamp;
use notify::{RecommendedWatcher, recommended_watcher};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// The wait after a file is complete: several files may be saved at once.
const TOGETHER: Duration = Duration::from_millis(3);

/// The wait after a file has begun to change: an event that it is complete follows, but not on every system.
const QUIET: Duration = Duration::from_millis(40);

/// The longest wait for changes: a program may write continuously.
const LONGEST: Duration = Duration::from_millis(500);

/// The delay before mistakes are shown: a half-written file, or one of two related files, is nobody's mistake.
const GRACE: Duration = Duration::from_millis(150);

/// The interval of checks for due times and a replaced folder. The clock may change, so it cannot be slept until.
const LOOK: Duration = Duration::from_millis(500);

/// The result of a build, reported before it is shown.
pub enum News<'a> {
    /// A site was built.
    Built(&'a Built),
    /// The content has mistakes.
    Mistakes(&'a [Diagnostic]),
    /// A failure that no author can correct.
    Failed(&'a Failure),
}

/// Watches until dropped.
pub struct Watching {
    _watcher: Arc<Mutex<RecommendedWatcher>>,
}

/// Watches a folder and a clock, and shows a new build after each change.
pub fn watch(
    live: Arc<Live>,
    content: &Path,
    now: impl Fn() -> Timestamp + Send + 'static,
    report: impl FnMut(News<'_>) + Send + 'static,
) -> notify::Result<Watching> {
    let (sender, changes) = channel();
    let watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Some(change) = event.ok().as_ref().and_then(saved) {
            // Nobody receives after shutdown.
            let _ = sender.send(change);
        }
    })?;
    let watcher = Arc::new(Mutex::new(watcher));
    let content = Followed::new(content, &watcher)?;
    let mut worker = Worker { live, content, changes, now, report };
    thread::spawn(move || worker.work());
    Ok(Watching { _watcher: watcher })
}

/// Receives changes and shows builds.
struct Worker<N, T> {
    live: Arc<Live>,
    content: Followed,
    changes: Receiver<Saved>,
    now: N,
    report: T,
}

/// Mistakes to show if nothing is saved for a while.
struct PendingMistakes {
    diagnostics: Vec<Diagnostic>,
    /// The time for which the content was read.
    at: Timestamp,
}

impl<N: Fn() -> Timestamp, T: FnMut(News<'_>)> Worker<N, T> {
    fn work(&mut self) {
        let mut pending: Option<PendingMistakes> = None;
        loop {
            match self.changes.recv_timeout(if pending.is_some() { GRACE } else { LOOK }) {
                Ok(first) => {
                    self.settle(first);
                    pending = self.build();
                }
                Err(RecvTimeoutError::Timeout) => match pending.take() {
                    Some(PendingMistakes { diagnostics, at }) => {
                        (self.report)(News::Mistakes(&diagnostics));
                        self.live.show(Err(diagnostics), at);
                    }
                    None if self.live.shown().is_of((self.now)()) && !self.content.is_replaced() => {}
                    None => pending = self.build(),
                },
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Waits until the changed files are complete.
    fn settle(&self, first: Saved) {
        let (begin, mut last) = (Instant::now(), first);
        while begin.elapsed() < LONGEST {
            let wait = if last == Saved::Whole { TOGETHER } else { QUIET };
            match self.changes.recv_timeout(wait) {
                Ok(next) => last = next,
                Err(_) => return,
            }
        }
    }

    /// Builds the content and shows the site. Mistakes become pending; after another failure, nothing new is shown.
    fn build(&mut self) -> Option<PendingMistakes> {
        // Before reading, so that later changes are noticed.
        self.content.follow();
        let at = (self.now)();
        match self.live.build(at) {
            Ok(Ok(built)) => {
                (self.report)(News::Built(&built));
                self.live.show(Ok(built), at);
                None
            }
            Ok(Err(diagnostics)) => Some(PendingMistakes { diagnostics, at }),
            Err(failure) => {
                (self.report)(News::Failed(&failure));
                None
            }
        }
    }
}
