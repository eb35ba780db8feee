//! A schedule: what happens, in which order, and what goes wrong. A seed generates it, and a person can read it.

use crate::failures::citizen::Change;
use crate::failures::officer::Deed;
use crate::failures::random::Random;
use std::fmt;

/// Everything that a seed decides in advance.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) seed: u64,
    pub(crate) citizens: Vec<Citizen>,
    pub(crate) steps: Vec<Step>,
    /// Mailboxes that refuse everything.
    pub(crate) dead: Option<Dead>,
    /// True if the mail service sends delivery notifications.
    pub(crate) reports: bool,
    /// True if every queue holds foreign items, of no citizen.
    pub(crate) foreign: bool,
    /// True if it continues until every deadline has passed.
    pub(crate) is_long: bool,
}

/// Somebody with one request.
#[derive(Debug, Clone)]
pub(crate) struct Citizen {
    /// Index of the place that it is about.
    pub(crate) place: usize,
    pub(crate) has_email: bool,
}

/// Mailboxes that refuse everything, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dead {
    /// The first of a kreds, temporarily each time.
    Now(usize),
    /// The first of a kreds, permanently.
    Good(usize),
    /// Both of a kreds and the fallback mailbox, permanently.
    All(usize),
    /// A citizen's, temporarily each time.
    Citizen(usize),
}

/// One step; the next begins when it is over.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// One action, or two at once in two processes.
    Run { actions: Vec<Planned>, sky: Sky, stall: Option<Stall> },
    /// The clock jumps, forward or back.
    Wait(i64),
    /// All processes end cleanly and restart.
    Restart,
    /// The schedule runs this many times without failures, and the main table is restored to before.
    Undone(usize),
}

/// An action of a process, and when that process dies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Planned {
    pub(crate) action: Action,
    pub(crate) crash: Option<Crash>,
}

/// The await at which a process dies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crash {
    /// Number of the await, counted from 1.
    pub(crate) at: u32,
    /// True if counted from its first mail on, false if from its beginning.
    pub(crate) after_mail: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    /// A citizen sends their form: for the first time, or the same again.
    Send(usize),
    /// The schedule runs.
    Sweep,
    /// The mail service sends a notification, if it has one.
    Notify,
    /// An officer notes something about a citizen's request.
    Note(usize, Deed),
    /// A citizen changes something on their page.
    Change(usize, Change),
}

/// Rates of loss during a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sky {
    /// Percentage of calls to the database that lose their request or their answer.
    pub(crate) lost: usize,
    /// After this many calls, all are lost.
    pub(crate) gone_after: Option<u32>,
    /// Percentage of mails that are refused, or accepted without an answer.
    pub(crate) refused: usize,
}

/// A clock jump while the processes run, as if they had stalled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stall {
    pub(crate) at: u32,
    pub(crate) seconds: i64,
}

impl Sky {
    pub(crate) const CLEAR: Self = Self { lost: 0, gone_after: None, refused: 0 };

    fn draw(random: &mut Random) -> Self {
        let lost = random.of(&[0, 0, 5, 20, 50]);
        let gone_after = random.percent(15).then(|| u32::try_from(random.below(20)).unwrap());
        Self { lost, gone_after, refused: random.of(&[0, 0, 30, 100]) }
    }
}

impl Schedule {
    /// Generates the schedule of a seed.
    pub(crate) fn draw(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let count = 1 + random.below(3);
        let citizen = |random: &mut Random| Citizen { place: random.below(2), has_email: random.percent(40) };
        let citizens: Vec<Citizen> = (0..count).map(|_| citizen(&mut random)).collect();
        let dead = random.percent(8).then(|| match random.below(4) {
            0 => Dead::Now(random.below(2)),
            1 => Dead::Good(random.below(2)),
            2 => Dead::All(random.below(2)),
            _ => Dead::Citizen(random.below(count)),
        });
        let reports = random.percent(30);
        // Most failures show soon; a few schedules are long.
        let length = random.of(&[1, 1, 1, 2, 2, 2, 3, 4]);
        let mut steps: Vec<Step> = (0..length).map(|_| Step::draw(&mut random, count, reports)).collect();
        // Nothing happens before somebody sends something.
        steps.insert(0, Step::run(&mut random, vec![Action::Send(0)]));
        let foreign = random.percent(20);
        if random.percent(10) {
            let place = 1 + random.below(steps.len());
            steps.insert(place, Step::Undone(1 + random.below(3)));
        }
        if random.percent(30) {
            let noted = Self::noted(&mut random, count);
            steps.extend(noted);
        }
        let is_long = random.percent(12);
        if is_long {
            steps.extend(Self::days(&mut random, count));
        }
        Self { seed, citizens, steps, dead, reports, foreign, is_long }
    }

    /// Lets days pass until calls are overdue: the schedule runs at odd times, and officers note something or not.
    fn days(random: &mut Random, citizens: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        for _ in 0..2 + random.below(3) {
            steps.push(Step::Wait(random.of(&[3_600, 20_000, 70_000, 90_000, 200_000, 400_000, 450_000])));
            for _ in 0..=random.below(2) {
                let mut actions = vec![Action::Sweep];
                if random.percent(40) {
                    let who = random.below(citizens);
                    actions.push(if random.percent(50) {
                        Action::Sweep
                    } else {
                        Action::Note(who, random.of(&Deed::ALL))
                    });
                }
                steps.push(Step::run(random, actions));
                steps.push(Step::Wait(random.of(&[70, 400, 4_000])));
            }
        }
        steps
    }

    /// Lets officers note something, alone or two at once, and perhaps undo it, and ten minutes pass or not.
    fn noted(random: &mut Random, citizens: usize) -> Vec<Step> {
        let note = |random: &mut Random, who| match random.percent(40) {
            true => Change::draw(random, who),
            false => Action::Note(who, random.of(&Deed::ALL)),
        };
        let who = random.below(citizens);
        let mut steps = Vec::new();
        for _ in 0..=random.below(3) {
            let mut notes = vec![note(random, who)];
            if random.percent(30) {
                notes.push(if random.percent(50) { Action::Sweep } else { note(random, who) });
            }
            steps.push(Step::run(random, notes));
            steps.push(Step::Wait(random.of(&[-20, 5, 300, 590, 605, 700, 4000])));
        }
        steps.push(Step::run(random, vec![Action::Sweep]));
        steps
    }
}

impl Step {
    fn draw(random: &mut Random, citizens: usize, reports: bool) -> Self {
        let action = |random: &mut Random| match random.below(if reports { 130 } else { 100 }) {
            0..45 => Action::Send(random.below(citizens)),
            45..100 => Action::Sweep,
            _ => Action::Notify,
        };
        match random.below(100) {
            0..50 => {
                let one = action(random);
                Self::run(random, vec![one])
            }
            50..60 => Self::run(random, vec![Action::Sweep, Action::Sweep]),
            60..75 => {
                let both = vec![action(random), action(random)];
                Self::run(random, both)
            }
            75..95 => Self::Wait(match random.below(5) {
                0 => random.between(-120, -1),
                1 => random.between(1, 59),
                2 => random.between(60, 400),
                3 => random.between(3_600, 20_000),
                _ => random.between(80_000, 200_000),
            }),
            _ => Self::Restart,
        }
    }

    fn run(random: &mut Random, actions: Vec<Action>) -> Self {
        let plan = |action: Action| {
            let after_mail = action == Action::Sweep && random.percent(60);
            let last = if action == Action::Sweep && !after_mail { 24 } else { 12 };
            let at = 1 + u32::try_from(random.below(last)).unwrap();
            Planned { action, crash: random.percent(35).then_some(Crash { at, after_mail }) }
        };
        let actions: Vec<Planned> = actions.into_iter().map(plan).collect();
        let stall = random
            .percent(6)
            .then(|| Stall { at: u32::try_from(random.below(30)).unwrap(), seconds: random.of(&[-30, 20, 61, 400]) });
        Self::Run { actions, sky: Sky::draw(random), stall }
    }
}

impl fmt::Display for Crash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = if self.after_mail { " after its first mail" } else { "" };
        write!(formatter, "at await {}{since}", self.at)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "schedule {}", self.seed)?;
        for (number, citizen) in self.citizens.iter().enumerate() {
            let email = if citizen.has_email { "with" } else { "without" };
            writeln!(formatter, "  citizen {number} writes about place {}, {email} an e-mail address", citizen.place)?;
        }
        if let Some(dead) = self.dead {
            writeln!(formatter, "  mailboxes that take nothing: {dead:?}")?;
        }
        if self.reports {
            writeln!(formatter, "  the mail service tells what becomes of mails")?;
        }
        if self.foreign {
            writeln!(formatter, "  items of nobody stand in every queue")?;
        }
        self.steps.iter().enumerate().try_for_each(|(number, step)| writeln!(formatter, "  {}. {step}", number + 1))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wait(seconds) => write!(formatter, "the clock jumps by {seconds} s"),
            Self::Restart => write!(formatter, "every process ends and begins again"),
            Self::Undone(runs) => {
                write!(formatter, "the schedule runs {runs} times, and the table is put back to before")
            }
            Self::Run { actions, sky, stall } => {
                let one = |planned: &Planned| {
                    let action = match planned.action {
                        Action::Send(citizen) => format!("citizen {citizen} sends"),
                        Action::Sweep => "the schedule runs".to_owned(),
                        Action::Notify => "the mail service tells something".to_owned(),
                        Action::Change(citizen, change) => format!("citizen {citizen} changes {change:?}"),
                        Action::Note(citizen, deed) => format!("an officer notes {deed:?} about citizen {citizen}"),
                    };
                    planned.crash.map_or(action.clone(), |crash| format!("{action} and dies {crash}"))
                };
                let actions: Vec<String> = actions.iter().map(one).collect();
                write!(formatter, "{}", actions.join(", while "))?;
                if sky.lost > 0 {
                    write!(formatter, "; {} % of calls are lost", sky.lost)?;
                }
                if let Some(calls) = sky.gone_after {
                    write!(formatter, "; all after call {calls} are lost")?;
                }
                if sky.refused > 0 {
                    write!(formatter, "; {} % of mails fail", sky.refused)?;
                }
                stall.map_or(Ok(()), |stall| {
                    write!(formatter, "; the clock jumps by {} s at await {}", stall.seconds, stall.at)
                })
            }
        }
    }
}
