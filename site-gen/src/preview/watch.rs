//! Saved content is built again, and so is content on which something begins or ends.

use super::Live;
use super::followed::Followed;
use super::saved::{Saved, saved};
use crate::build::incremental::Draft;
use crate::build::{Built, Failure};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::output::render::RenderError;
use jiff::Timestamp;
use notify::{RecommendedWatcher, recommended_watcher};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// After the open pages are shown: the browser paints them now, and is not to share the processor with the rest of the site.
const PAINT: Duration = Duration::from_millis(40);

/// Longest time that the rest of a site is put off or given up, again and again, because something is saved meanwhile:
/// somebody may wait for a page of it.
const PATIENCE: Duration = Duration::from_secs(2);

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
    tell: impl FnMut(News<'_>) + Send + 'static,
) -> notify::Result<Watching> {
    let (sender, changes) = channel();
    let is_saved = Arc::new(AtomicBool::new(false));
    let saves = Arc::clone(&is_saved);
    let watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        if let Some(change) = event.ok().as_ref().and_then(saved) {
            saves.store(true, Ordering::SeqCst);
            // Nobody listens any more when we stop.
            let _ = sender.send(change);
        }
    })?;
    let watcher = Arc::new(Mutex::new(watcher));
    let content = Followed::new(content, &watcher)?;
    let mut desk = Desk { live, content, changes, is_saved, unfinished: None, now, tell };
    thread::spawn(move || desk.work());
    Ok(Watching { _watcher: watcher })
}

/// Where changes come in and builds go out.
struct Desk<N, T> {
    live: Arc<Live>,
    content: Followed,
    changes: Receiver<Saved>,
    /// True if something was saved since the last build began.
    is_saved: Arc<AtomicBool>,
    /// Since when no site was finished, if one was begun.
    unfinished: Option<Instant>,
    now: N,
    tell: T,
}

/// The next step, taken when nothing is saved for a while.
struct Next {
    wait: Duration,
    step: Step,
    /// When the content was looked at.
    at: Timestamp,
}

enum Step {
    /// The rest of a site is made.
    Finish(Draft),
    /// Mistakes are shown.
    Show(Vec<Diagnostic>),
}

impl<N: Fn() -> Timestamp, T: FnMut(News<'_>)> Desk<N, T> {
    fn work(&mut self) {
        let mut next: Option<Next> = None;
        loop {
            match self.change(next.as_ref()) {
                Ok(first) => {
                    self.settle(first);
                    next = self.begin();
                }
                Err(RecvTimeoutError::Timeout) => {
                    next = match next {
                        Some(Next { step: Step::Finish(draft), at, .. }) => self.finish(draft, at),
                        Some(Next { step: Step::Show(diagnostics), at, .. }) => {
                            // Nobody waits for a site any more: the last whole one is shown.
                            self.unfinished = None;
                            (self.tell)(News::Mistakes(&diagnostics));
                            self.live.show(Err(diagnostics), at);
                            None
                        }
                        None if self.live.shown().is_of((self.now)()) && !self.content.is_replaced() => None,
                        None => self.begin(),
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Waits for a change, until the next step is due. A late site is finished before any change is looked at: changes
    /// that come all the time would keep it from being made.
    fn change(&self, next: Option<&Next>) -> Result<Saved, RecvTimeoutError> {
        if self.is_late() && matches!(next, Some(Next { step: Step::Finish(_), .. })) {
            return Err(RecvTimeoutError::Timeout);
        }
        self.changes.recv_timeout(next.map_or(LOOK, |next| next.wait))
    }

    /// Returns true if somebody may have waited long enough for the rest of a site.
    fn is_late(&self) -> bool {
        self.unfinished.is_some_and(|since| since.elapsed() > PATIENCE)
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

    /// Checks the content, and shows the pages that are open.
    fn begin(&mut self) -> Option<Next> {
        // Before it is read: what changes after that is seen.
        self.content.follow();
        let at = (self.now)();
        self.unfinished.get_or_insert_with(Instant::now);
        self.is_saved.store(false, Ordering::SeqCst);
        let paint = if self.live.open.addresses().is_empty() { Duration::ZERO } else { PAINT };
        let begun = self.live.begin(at);
        self.unless_failed(begun, at, |_, draft| Some(Next { wait: paint, step: Step::Finish(draft), at }))
    }

    /// Makes and shows the rest of a site; should something be saved meanwhile, it is given up for what is built then.
    fn finish(&mut self, draft: Draft, at: Timestamp) -> Option<Next> {
        let is_late = self.is_late();
        let built = self.live.finish(draft, &|| is_late || !self.is_saved.load(Ordering::SeqCst));
        if matches!(built, Err(Failure::Render(RenderError::Unwanted))) {
            return None;
        }
        self.unfinished = None;
        self.unless_failed(built, at, |desk, built| {
            (desk.tell)(News::Built(&built));
            desk.live.show(Ok(built), at);
            None
        })
    }

    /// Returns the step that follows, if this one went well. Mistakes are held; after another failure nothing is shown.
    fn unless_failed<D>(
        &mut self,
        done: Result<Result<D, Vec<Diagnostic>>, Failure>,
        at: Timestamp,
        follows: impl FnOnce(&mut Self, D) -> Option<Next>,
    ) -> Option<Next> {
        match done {
            Ok(Ok(done)) => follows(self, done),
            Ok(Err(diagnostics)) => Some(Next { wait: GRACE, step: Step::Show(diagnostics), at }),
            Err(failure) => {
                self.unfinished = None;
                (self.tell)(News::Failed(&failure));
                self.live.take_back();
                None
            }
        }
    }
}
