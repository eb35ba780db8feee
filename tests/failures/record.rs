//! The record of every call and every mail of every run, and of the mails that may legitimately come twice.

use crate::failures::broken::Variant;
use crate::failures::counts::Counts;
use crate::failures::judge::is_digest;
use crate::failures::post::{Dead, Mail, Notification};
use crate::failures::random::Random;
use crate::failures::schedule::Sky;
use crate::failures::story::{Line, StoryEvent};
use function::mailer::SendFailure;
use function::refusal::Refusal;
use model::notice::Notice;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};

/// Attempts before the function's client gives up: then the table never learns about the mail.
const ATTEMPTS: usize = 3;

/// The part of a call to the database that is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    None,
    Request,
    Response,
    /// The database acknowledges a call and does nothing. No real one does, but a check that misses it is worthless.
    Pretended,
}

/// Shared by the world, its network and its mailer.
#[derive(Clone)]
pub(crate) struct Record(Arc<Mutex<Inner>>);

/// The mutable part.
pub(crate) struct Inner {
    pub(crate) random: Random,
    pub(crate) sky: Sky,
    pub(crate) calls: u32,
    /// Mailboxes that take nothing.
    pub(crate) dead: Vec<Dead>,
    /// True if the mail service sends delivery notifications.
    pub(crate) reports: bool,
    /// Notifications not yet sent.
    pub(crate) notifications: Vec<Notification>,
    pub(crate) taken: Vec<Mail>,
    /// The time, in seconds since 1970.
    pub(crate) now: i64,
    /// True if the clock jumped past a lease while this step ran.
    pub(crate) stalled: bool,
    pub(crate) variant: Variant,
    /// True if anything justifies leaving a request to a human: a process died, the clock jumped past a lease, a mail's
    /// outcome is unknown, or a mailbox refused it.
    pub(crate) may_park: bool,
    pub(crate) counts: Counts,
    pub(crate) lines: Vec<Line>,
    run: usize,
    runs: BTreeMap<usize, Run>,
    excused: BTreeMap<String, usize>,
    /// Mails that were repeated because a run could not ask whether they went out before a restore.
    unasked: BTreeSet<String>,
    /// Mails that went out before a restore, and that no table knows to have arrived.
    forgotten: BTreeSet<String>,
    /// Mails that went out before a restore, and that the table of keys knows to have arrived.
    known: BTreeSet<String>,
    /// The number of mails, oldest first, that went out before the last restore that forgot notifications.
    pub(crate) notifications_forgotten: usize,
}

/// The acts of one run so far.
#[derive(Default)]
struct Run {
    /// Its last act.
    last: String,
    /// Number of calls lost in a row.
    lost: usize,
    /// True once all attempts of a call were lost.
    gave_up: bool,
    mails: usize,
    /// The mail that went out and that no write has recorded yet.
    window: Option<String>,
}

impl Record {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            random: Random::new(!seed),
            sky: Sky::CLEAR,
            calls: 0,
            dead: Vec::new(),
            reports: false,
            notifications: Vec::new(),
            taken: Vec::new(),
            now: 0,
            stalled: false,
            variant: Variant::Real,
            may_park: false,
            counts: Counts::default(),
            lines: Vec::new(),
            run: 0,
            runs: BTreeMap::new(),
            excused: BTreeMap::new(),
            unasked: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            known: BTreeSet::new(),
            notifications_forgotten: 0,
        })))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Decides the fate of the call that the current run makes now.
    pub(crate) fn loss(&self, operation: &str) -> Loss {
        let inner = &mut *self.lock();
        inner.calls += 1;
        let is_gone = inner.sky.gone_after.is_some_and(|after| inner.calls > after);
        let loss = if inner.variant == Variant::Forgets && is_write(operation) && inner.random.percent(3) {
            Loss::Pretended
        } else if is_gone || inner.random.percent(inner.sky.lost) {
            inner.random.of(&[Loss::Request, Loss::Response])
        } else {
            Loss::None
        };
        match loss {
            Loss::Request => inner.counts.requests_lost += 1,
            Loss::Response => inner.counts.responses_lost += 1,
            Loss::None | Loss::Pretended => {}
        }
        let run = inner.runs.entry(inner.run).or_default();
        run.last = format!("before {operation}");
        run.lost = if matches!(loss, Loss::Request | Loss::Response) { run.lost + 1 } else { 0 };
        run.gave_up |= run.lost >= ATTEMPTS;
        let gave_up = if run.lost >= ATTEMPTS { run.window.take() } else { None };
        // The mail went out, and the table does not know it.
        inner.may_park |= gave_up.is_some();
        gave_up.iter().for_each(|name| inner.excuse(name));
        inner.write_down(StoryEvent::Call(operation.to_owned(), loss));
        loss
    }

    /// Notes that the database has answered. A write after a mail records that it went out.
    pub(crate) fn done(&self, operation: &str, status: u16) {
        let inner = &mut *self.lock();
        let run = inner.runs.entry(inner.run).or_default();
        run.last = format!("after {operation}");
        if status == 200 && is_write(operation) {
            run.window = None;
        }
        inner.write_down(StoryEvent::Status(status));
    }
}

impl Inner {
    /// Notes that the current run hands a mail to the mail service.
    pub(crate) fn begin_mail(&mut self, name: &str) {
        self.close_window(false);
        let run = self.runs.entry(self.run).or_default();
        run.lost = 0;
        run.mails += 1;
        if self.stalled {
            self.excuse(name);
        }
    }

    /// Notes the mail service's answer, and how it failed. A mail that was accepted without an answer may come again.
    pub(crate) fn end_mail(&mut self, name: &str, is_taken: bool, failed: Option<SendFailure>) {
        self.may_park |=
            matches!(failed, Some(SendFailure::Ambiguous | SendFailure::Refused(Refusal::Mailbox))) || self.reports;
        let run = self.runs.entry(self.run).or_default();
        run.last = match (is_taken, failed) {
            (true, None) => "after a mail was taken".to_owned(),
            (true, Some(_)) => "after a mail was taken without a word".to_owned(),
            (false, _) => "after a mail failed".to_owned(),
        };
        run.window = (is_taken && failed.is_none()).then(|| name.to_owned());
        // A run that cannot find out whether a mail went out before a restore sends it: twice is better than never.
        if is_taken && run.gave_up && self.known.contains(name) {
            self.unasked.insert(name.to_owned());
        }
        if is_taken && failed.is_some() {
            self.excuse(name);
        }
    }

    fn excuse(&mut self, name: &str) {
        *self.excused.entry(name.to_owned()).or_default() += 1;
    }

    /// Makes this the current run.
    pub(crate) const fn turn(&mut self, run: usize) {
        self.run = run;
    }

    /// Returns true if the current run has tried to send a mail.
    pub(crate) fn has_mailed(&self) -> bool {
        self.runs.get(&self.run).is_some_and(|run| run.mails > 0)
    }

    /// Ends the current run, crashed or not.
    pub(crate) fn end(&mut self, crashed: bool, how: String) {
        self.close_window(crashed);
        if crashed {
            self.may_park = true;
            self.counts.crashes += 1;
            let last = self.runs.get(&self.run).map_or("before the first call", |run| &run.last);
            *self.counts.died.entry(last.to_owned()).or_default() += 1;
        }
        self.runs.remove(&self.run);
        self.write_down(StoryEvent::End(how));
    }

    /// Writes a line of the story.
    pub(crate) fn write_down(&mut self, event: StoryEvent) {
        self.lines.push(Line { now: self.now, run: self.run, event });
    }

    /// Returns how often a mail may have come beyond the first time.
    pub(crate) fn excused(&self, name: &str) -> usize {
        let is_restored = self.forgotten.contains(name) || self.unasked.contains(name);
        self.excused.get(name).copied().unwrap_or_default().min(1) + usize::from(is_restored)
    }

    /// True if a mail went out before a restore that forgot it.
    pub(crate) fn is_forgotten(&self, name: &str) -> bool {
        self.forgotten.contains(name)
    }

    /// Forgets the mails from this number on, which went out before a restore. The table of keys knows those to the
    /// police that arrived; any other that comes twice says why.
    pub(crate) fn forget(&mut self, from: usize) {
        let is_known = |name: &str| !self.reports && !name.ends_with(".borger") && !is_case(name) && !is_digest(name);
        let names = self.taken[from..].iter().map(|mail| mail.name.clone());
        let (known, forgotten): (Vec<_>, Vec<_>) = names.partition(|name| is_known(name));
        self.known.extend(known);
        self.forgotten.extend(forgotten);
        // Notifications received since are not sent again: after a day without one, a human is alerted.
        self.notifications_forgotten = if self.reports { self.taken.len() } else { 0 };
        self.may_park |= self.reports;
    }

    /// Allows one more copy of a mail whose sender died, or got no answer, before the table knew of it.
    fn close_window(&mut self, crashed: bool) {
        let run = self.runs.entry(self.run).or_default();
        if let Some(name) = run.window.take()
            && (crashed || run.lost > 0)
        {
            self.excuse(&name);
        }
    }
}

/// Returns true for a mail about what an officer or a citizen did or failed to do: only the restored table knows of it.
fn is_case(name: &str) -> bool {
    let is_notice = name.split_once('.').is_some_and(|(_, kind)| Notice::parse(kind).is_some());
    is_notice || [".sag.", ".nyt.", ".videre"].iter().any(|kind| name.contains(kind))
}

fn is_write(operation: &str) -> bool {
    ["Put", "Update", "Delete", "TransactWrite", "BatchWrite"].iter().any(|write| operation.starts_with(write))
}
