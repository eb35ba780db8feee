//! Saved content is built again, and so is content on which something begins or ends.

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

/// After a file is whole: several files may be saved at once.
const TOGETHER: Duration = Duration::from_millis(3);

/// After a file has begun to change: the rest follows, and then there is a word that it is whole, unless the system
/// gives none.
const QUIET: Duration = Duration::from_millis(40);

/// The longest that changes are waited for: something may write all the time.
const LONGEST: Duration = Duration::from_millis(500);

/// Time that a mistake waits until it is shown: a file that is half written, or one of two that belong together, is no
/// mistake of anybody's.
const GRACE: Duration = Duration::from_millis(150);

/// Interval at which it is seen whether something has begun or ended, or another folder is there. The clock may be moved, so that it cannot be slept until.
const LOOK: Duration = Duration::from_millis(500);

/// An event, reported before it is shown.
pub enum News<'a> {
    /// A site was built.
    Built(&'a Built),
    /// Something is wrong with the content.
    Mistakes(&'a [Diagnostic]),
    /// Something that no author can put right.
    Failed(&'a Failure),
}

/// Watches until it is dropped.
pub struct Watching {
    _watcher: Arc<Mutex<RecommendedWatcher>>,
}

/// Watches a folder and a clock, and shows what is built after each change.
pub fn watch(
    live: Arc<Live>,
    content: &Path,
    now: impl Fn() -> Timestamp + Send + 'static,
    report: impl FnMut(News<'_>) + Send + 'static,
) -> notify::Result<Watching> {
    let (sender, changes) = channel();
    let watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Some(change) = event.ok().as_ref().and_then(saved) {
            // Nobody listens any more when we stop.
            let _ = sender.send(change);
        }
    })?;
    let watcher = Arc::new(Mutex::new(watcher));
    let content = Followed::new(content, &watcher)?;
    let mut worker = Worker { live, content, changes, now, report };
    thread::spawn(move || worker.work());
    Ok(Watching { _watcher: watcher })
}

/// Where changes come in and builds go out.
struct Worker<N, T> {
    live: Arc<Live>,
    content: Followed,
    changes: Receiver<Saved>,
    now: N,
    report: T,
}

/// Mistakes that are shown when nothing is saved for a while.
struct PendingMistakes {
    diagnostics: Vec<Diagnostic>,
    /// When the content was looked at.
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

    /// Waits until what has begun is whole.
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

    /// Builds the content and shows the site. Mistakes are pending; after another failure nothing new is shown.
    fn build(&mut self) -> Option<PendingMistakes> {
        // Before it is read: what changes after that is seen.
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
