//! What happened: every call and every mail of every run, and which mails may rightly come twice.

use crate::random::Random;
use crate::schedule::Sky;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

/// What becomes of a call to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Answered,
    RequestLost,
    ResponseLost,
    /// The database says yes and does nothing: no real one does, but a check that cannot see it sees nothing.
    Pretended,
}

/// A mail that was accepted, so somebody gets it.
#[derive(Debug, Clone)]
pub(crate) struct Accepted {
    /// The same for every attempt at one mail.
    pub(crate) name: String,
    pub(crate) to: String,
}

/// How often what happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    pub(crate) crashes: usize,
    pub(crate) requests_lost: usize,
    pub(crate) responses_lost: usize,
    pub(crate) mails: usize,
    pub(crate) mails_failed: usize,
    pub(crate) duplicates: usize,
    pub(crate) parked: usize,
    pub(crate) stored: usize,
    pub(crate) not_received: usize,
    /// Where processes died: what they had done last.
    pub(crate) died: BTreeMap<String, usize>,
}

/// Shared by the world, its network and its mailer.
#[derive(Clone)]
pub(crate) struct Record(Arc<Mutex<Inner>>);

/// The part that changes.
pub(crate) struct Inner {
    pub(crate) random: Random,
    pub(crate) sky: Sky,
    pub(crate) calls: u32,
    /// Mailboxes that refuse everything.
    pub(crate) dead: Vec<String>,
    /// Whether the clock jumped past a lease while this step ran.
    pub(crate) stalled: bool,
    pub(crate) forgetful: bool,
    pub(crate) accepted: Vec<Accepted>,
    pub(crate) attempts: usize,
    pub(crate) counts: Counts,
    pub(crate) lines: Vec<Line>,
    run: usize,
    runs: BTreeMap<usize, Run>,
    excused: BTreeMap<String, usize>,
}

/// One line of the story.
pub(crate) struct Line {
    now: i64,
    run: usize,
    pub(crate) what: What,
}

/// What a line tells.
pub(crate) enum What {
    Step(String),
    Call(String, Fate),
    Status(u16),
    Mail(String, &'static str),
    End(String),
}

/// What one run has done so far.
#[derive(Default)]
struct Run {
    /// What it did last.
    last: String,
    last_is_lost: bool,
    mails: usize,
    /// The mail that went out and of which no write has told the table yet.
    window: Option<String>,
}

impl Record {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            random: Random::new(!seed),
            sky: Sky::CLEAR,
            calls: 0,
            dead: Vec::new(),
            stalled: false,
            forgetful: false,
            accepted: Vec::new(),
            attempts: 0,
            counts: Counts::default(),
            lines: Vec::new(),
            run: 0,
            runs: BTreeMap::new(),
            excused: BTreeMap::new(),
        })))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// What becomes of the call that the current run makes now.
    pub(crate) fn fate(&self, operation: &str) -> Fate {
        let inner = &mut *self.lock();
        inner.calls += 1;
        let is_gone = inner.sky.gone_after.is_some_and(|after| inner.calls > after);
        let fate = if inner.forgetful && is_write(operation) && inner.random.percent(3) {
            Fate::Pretended
        } else if is_gone || inner.random.percent(inner.sky.lost) {
            inner.random.of(&[Fate::RequestLost, Fate::ResponseLost])
        } else {
            Fate::Answered
        };
        match fate {
            Fate::RequestLost => inner.counts.requests_lost += 1,
            Fate::ResponseLost => inner.counts.responses_lost += 1,
            Fate::Answered | Fate::Pretended => {}
        }
        let run = inner.runs.entry(inner.run).or_default();
        run.last = format!("before {operation}");
        run.last_is_lost = fate != Fate::Answered;
        inner.tell(What::Call(operation.to_owned(), fate));
        fate
    }

    /// The database has done what was asked. A write after a mail is what tells that it went out.
    pub(crate) fn done(&self, operation: &str, status: u16) {
        let inner = &mut *self.lock();
        let run = inner.runs.entry(inner.run).or_default();
        run.last = format!("after {operation}");
        if status == 200 && is_write(operation) {
            run.window = None;
        }
        inner.tell(What::Status(status));
    }

    /// Takes a mail as a mail service would; whether the sender is told that it was taken.
    pub(crate) fn mail(&self, to: &str, name: &str) -> bool {
        let inner = &mut *self.lock();
        inner.close_window(false);
        inner.attempts += 1;
        let is_dead = inner.dead.iter().any(|dead| dead == to);
        let fails = is_dead || inner.random.percent(inner.sky.refused);
        let is_taken = !fails || (!is_dead && inner.random.percent(50));
        let how = match (fails, is_taken) {
            (false, _) => "accepted",
            (true, true) => "accepted, but nobody is told",
            (true, false) => "refused",
        };
        if is_taken {
            inner.counts.mails += 1;
            inner.accepted.push(Accepted { name: name.to_owned(), to: to.to_owned() });
        }
        inner.counts.mails_failed += usize::from(fails);
        if (is_taken && fails) || inner.stalled {
            *inner.excused.entry(name.to_owned()).or_default() += 1;
        }
        let run = inner.runs.entry(inner.run).or_default();
        run.last = format!("after a mail was {how}");
        run.last_is_lost = false;
        run.mails += 1;
        run.window = (is_taken && !fails).then(|| name.to_owned());
        inner.tell(What::Mail(name.to_owned(), how));
        !fails
    }
}

impl Counts {
    pub(crate) fn add(&mut self, other: &Self) {
        self.crashes += other.crashes;
        self.requests_lost += other.requests_lost;
        self.responses_lost += other.responses_lost;
        self.mails += other.mails;
        self.mails_failed += other.mails_failed;
        self.duplicates += other.duplicates;
        self.parked += other.parked;
        self.stored += other.stored;
        self.not_received += other.not_received;
        for (point, times) in &other.died {
            *self.died.entry(point.clone()).or_default() += times;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { crashes, requests_lost, responses_lost, mails, mails_failed, .. } = self;
        let Self { duplicates, parked, stored, not_received, .. } = self;
        write!(formatter, "{crashes} crashes, {requests_lost} lost requests, {responses_lost} lost responses, ")?;
        write!(formatter, "{mails_failed} failed mails; {stored} requests stored, {not_received} times told ")?;
        write!(formatter, "\"ikke modtaget\", {mails} mails, {duplicates} duplicates, {parked} parked")?;
        self.died.iter().try_for_each(|(point, times)| write!(formatter, "\n  died {point}: {times}"))
    }
}

impl Inner {
    /// From now on, this run acts.
    pub(crate) const fn turn(&mut self, run: usize) {
        self.run = run;
    }

    /// Whether the current run has tried to send a mail.
    pub(crate) fn has_mailed(&self) -> bool {
        self.runs.get(&self.run).is_some_and(|run| run.mails > 0)
    }

    /// The current run is over, in peace or not.
    pub(crate) fn end(&mut self, crashed: bool, how: String) {
        self.close_window(crashed);
        if crashed {
            self.counts.crashes += 1;
            let last = self.runs.get(&self.run).map_or("before the first call", |run| &run.last);
            *self.counts.died.entry(last.to_owned()).or_default() += 1;
        }
        self.runs.remove(&self.run);
        self.tell(What::End(how));
    }

    pub(crate) fn tell(&mut self, what: What) {
        self.lines.push(Line { now: 0, run: self.run, what });
    }

    /// Tells a line of the story, with its time.
    pub(crate) fn tell_at(&mut self, now: i64, what: What) {
        self.lines.push(Line { now, run: self.run, what });
    }

    /// How many more times than once a mail may have come.
    pub(crate) fn excused(&self, name: &str) -> usize {
        self.excused.get(name).copied().unwrap_or_default()
    }

    /// A mail whose sender died, or got no answer, before the table knew of it may come once more.
    fn close_window(&mut self, crashed: bool) {
        let run = self.runs.entry(self.run).or_default();
        if let Some(name) = run.window.take()
            && (crashed || run.last_is_lost)
        {
            *self.excused.entry(name).or_default() += 1;
        }
    }
}

fn is_write(operation: &str) -> bool {
    ["Put", "Update", "Delete", "TransactWrite", "BatchWrite"].iter().any(|write| operation.starts_with(write))
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run = self.run;
        match &self.what {
            What::Step(step) => write!(formatter, "[{} s] {step}", self.now),
            What::Call(operation, Fate::Answered) => write!(formatter, "    run {run}: {operation}"),
            What::Call(operation, fate) => write!(formatter, "    run {run}: {operation}, {fate:?}"),
            What::Status(200) => write!(formatter, "    run {run}:   done"),
            What::Status(status) => write!(formatter, "    run {run}:   refused ({status})"),
            What::Mail(name, how) => write!(formatter, "    run {run}: mail {name} is {how}"),
            What::End(how) => write!(formatter, "    run {run}: {how}"),
        }
    }
}
