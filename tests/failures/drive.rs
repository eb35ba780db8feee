//! Runs in progress, polled by hand: a seed decides which one goes next, and which one dies at which await.

use crate::failures::random::Random;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// A run.
pub(crate) struct Job<'a, T> {
    pub(crate) run: usize,
    pub(crate) future: Pin<Box<dyn Future<Output = T> + 'a>>,
}

/// Watches what the runs do, and decides whose turn it is.
pub(crate) trait Watch {
    fn random(&mut self) -> &mut Random;
    /// A run continues, after this many turns in all.
    fn turn(&mut self, run: usize, turns: u32);
    /// A run waits. Returns true if its process dies here.
    fn dies(&mut self, run: usize) -> bool;
    /// A run is over.
    fn over(&mut self, run: usize, crashed: bool);
}

/// Runs all jobs to their ends; a job whose process died has `None`.
pub(crate) async fn drive<T>(jobs: Vec<Job<'_, T>>, watch: &mut impl Watch) -> Vec<Option<T>> {
    let mut ends: Vec<Option<T>> = jobs.iter().map(|_| None).collect();
    let mut going: Vec<_> = jobs.into_iter().enumerate().map(|(index, job)| (index, job, Flag::new())).collect();
    let mut turns = 0;
    poll_fn(move |outer| {
        for (_, _, flag) in &going {
            flag.notify(outer.waker());
        }
        let ready: Vec<usize> = (0..going.len()).filter(|at| going[*at].2.is_set()).collect();
        if ready.is_empty() {
            // Every run waits for time to pass; the runtime's paused clock jumps ahead.
            return Poll::Pending;
        }
        let at = ready[watch.random().below(ready.len())];
        let (index, job, flag) = &mut going[at];
        watch.turn(job.run, turns);
        turns += 1;
        let waker = flag.taken();
        let polled = job.future.as_mut().poll(&mut Context::from_waker(&waker));
        let is_crash = polled.is_pending() && watch.dies(job.run);
        if let Poll::Ready(end) = polled {
            ends[*index] = Some(end);
        } else if !is_crash {
            outer.waker().wake_by_ref();
            return Poll::Pending;
        }
        let (_, job, _) = going.swap_remove(at);
        let run = job.run;
        drop(job);
        watch.over(run, is_crash);
        if going.is_empty() {
            return Poll::Ready(std::mem::take(&mut ends));
        }
        outer.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// Set while a run can go on.
struct Flag {
    is_set: AtomicBool,
    outer: Mutex<Option<Waker>>,
}

impl Flag {
    fn new() -> Arc<Self> {
        Arc::new(Self { is_set: AtomicBool::new(true), outer: Mutex::new(None) })
    }

    fn is_set(&self) -> bool {
        self.is_set.load(Ordering::SeqCst)
    }

    fn taken(self: &Arc<Self>) -> Waker {
        self.is_set.store(false, Ordering::SeqCst);
        Arc::clone(self).into()
    }

    fn notify(&self, outer: &Waker) {
        self.outer.lock().unwrap().get_or_insert_with(|| outer.clone()).clone_from(outer);
    }
}

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.is_set.store(true, Ordering::SeqCst);
        if let Some(outer) = &*self.outer.lock().unwrap() {
            outer.wake_by_ref();
        }
    }
}
