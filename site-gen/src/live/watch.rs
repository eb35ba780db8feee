//! Saved content is built again, and so is content on which something begins or ends.

use super::Live;
use super::saved::{Saved, saved};
use crate::problem::Problem;
use crate::{Built, Failure};
use jiff::Timestamp;
use notify::{RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// After a file is whole: several files may be saved at once.
const TOGETHER: Duration = Duration::from_millis(3);

/// After a file has begun to change: the rest follows, and then there is a word that it is whole, unless the system
/// gives none.
const QUIET: Duration = Duration::from_millis(40);

/// The longest that changes are waited for: something may write all the time.
const LONGEST: Duration = Duration::from_millis(500);

/// How long a mistake waits until it is shown: a file that is half written, or one of two that belong together, is no
/// mistake of anybody's.
const GRACE: Duration = Duration::from_millis(150);

/// How often it is seen whether something has begun or ended. The clock may be moved, so that it cannot be slept until.
const LOOK: Duration = Duration::from_millis(500);

/// What has happened, told before it is shown.
pub enum News<'a> {
    /// A site was built.
    Built(&'a Built),
    /// Something is wrong with the content.
    Mistakes(&'a [Problem]),
    /// Something that no author can put right.
    Failed(&'a Failure),
}

/// Watches until it is dropped.
pub struct Watching {
    _watcher: RecommendedWatcher,
}

/// Watches a folder and a clock, and shows what is built after each change.
pub fn watch(
    live: Arc<Live>,
    content: &Path,
    now: impl Fn() -> Timestamp + Send + 'static,
    tell: impl FnMut(News<'_>) + Send + 'static,
) -> notify::Result<Watching> {
    let (sender, changes) = channel();
    let mut watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Some(change) = event.ok().as_ref().and_then(saved) {
            // Nobody listens any more when we stop.
            let _ = sender.send(change);
        }
    })?;
    watcher.watch(content, RecursiveMode::Recursive)?;
    let mut desk = Desk { live, changes, now, tell };
    thread::spawn(move || desk.work());
    Ok(Watching { _watcher: watcher })
}

/// Where changes come in and builds go out.
struct Desk<N, T> {
    live: Arc<Live>,
    changes: Receiver<Saved>,
    now: N,
    tell: T,
}

impl<N: Fn() -> Timestamp, T: FnMut(News<'_>)> Desk<N, T> {
    fn work(&mut self) {
        // Mistakes that are not shown yet.
        let mut held: Option<(Vec<Problem>, Timestamp)> = None;
        loop {
            let wait = if held.is_some() { GRACE } else { LOOK };
            match self.changes.recv_timeout(wait) {
                Ok(first) => {
                    self.settle(first);
                    held = self.build();
                }
                Err(RecvTimeoutError::Timeout) => match held.take() {
                    Some((problems, now)) => {
                        (self.tell)(News::Mistakes(&problems));
                        self.live.show(Err(problems), now);
                    }
                    None if self.live.shown().is_of((self.now)()) => {}
                    None => held = self.build(),
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

    /// Builds and shows a site; gives mistakes, which are to be held.
    fn build(&mut self) -> Option<(Vec<Problem>, Timestamp)> {
        let now = (self.now)();
        match self.live.build(now) {
            Ok(Ok(built)) => {
                (self.tell)(News::Built(&built));
                self.live.show(Ok(built), now);
                None
            }
            Ok(Err(problems)) => Some((problems, now)),
            Err(failure) => {
                (self.tell)(News::Failed(&failure));
                None
            }
        }
    }
}
