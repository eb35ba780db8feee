//! The world of one schedule: a database, a clock, processes that die, and citizens who try again.

use crate::failures::broken::Variant;
use crate::failures::citizen::{Looked, change};
use crate::failures::content::PLACES;
use crate::failures::drive::{Job, drive};
use crate::failures::engine::{items, put_back, put_foreign};
use crate::failures::events;
use crate::failures::instance::Instance;
use crate::failures::judge::{Stored, is_owed, is_parked, is_sent, stored};
use crate::failures::officer::act;
use crate::failures::person::Person;
use crate::failures::post::{Notification, mailboxes};
use crate::failures::random::Random;
use crate::failures::record::Record;
use crate::failures::schedule::{Action, Planned, Schedule, Sky, Stall, Step};
use crate::failures::story::StoryEvent;
use crate::failures::turns::Turns;
use crate::shared::settings::TABLE;
use dynoxide::Database;
use function::EventFailed;
use function::outbox::Sweep;
use lambda_http::{Body, Response};
use model::names::SubmissionId;
use std::collections::BTreeMap;
use std::pin::Pin;

/// Everything there is in one schedule.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) record: Record,
    pub(crate) people: Vec<Person>,
    /// Problems noticed as they happened.
    pub(crate) problems: Vec<String>,
    random: Random,
    variant: Variant,
    seed: u64,
    /// True if it continues until every deadline has passed.
    pub(crate) is_long: bool,
    instances: [Option<Instance>; 2],
    listener: Instance,
    runs: usize,
    looked: Looked,
    last_sweep: Option<Sweep>,
}

/// The result of a run that did not crash.
pub(crate) enum ActionResult {
    Answer(usize, Response<Body>),
    Swept(Result<Sweep, String>),
    Notified(Option<Notification>, Result<Response<Body>, EventFailed>),
    Noted,
}

/// Seconds between rounds of the schedule once nothing fails any more: a little longer than after each attempt.
pub(crate) const ROUNDS: [i64; 16] =
    [70, 70, 310, 910, 3_610, 14_410, 43_210, 86_410, 3_610, 86_410, 3_610, 3_610, 43_210, 86_410, 86_410, 86_410];

impl World {
    /// Creates a world with a fresh database. `listener` gets the notifications of the mail service.
    pub(crate) fn new(schedule: &Schedule, variant: Variant, database: Database, listener: Instance) -> Self {
        let record = Record::new(schedule.seed);
        if schedule.foreign {
            let all = ["#sent", "#parked", "#erasure", "#digests"].map(str::to_owned);
            let kredse = PLACES.iter().flat_map(|place| [place.kreds.clone(), format!("quarantine#{}", place.kreds)]);
            put_foreign(&database, TABLE, &all.into_iter().chain(kredse).collect::<Vec<_>>());
        }
        listener.network.lead_to(&database, &record);
        let mut random = Random::new(schedule.seed.rotate_left(32));
        let people = schedule.citizens.iter().cloned().enumerate();
        let people: Vec<Person> = people.map(|(number, citizen)| Person::new(number, citizen)).collect();
        {
            let mut inner = record.lock();
            inner.dead =
                schedule.dead.filter(|_| variant.is_whole()).map(|dead| mailboxes(dead, &people)).unwrap_or_default();
            inner.reports = schedule.reports && variant.is_whole();
            inner.variant = variant;
            // Some time in 2026, to cover summer, winter and the changes of the clock.
            inner.now = 1_767_225_600 + random.between(0, 360 * 24 * 60 * 60);
        }
        Self {
            database,
            record,
            people,
            problems: Vec::new(),
            random,
            variant,
            seed: schedule.seed,
            is_long: schedule.is_long && variant.is_whole(),
            instances: [None, None],
            listener,
            runs: 0,
            looked: Looked::default(),
            last_sweep: None,
        }
    }

    pub(crate) async fn step(&mut self, step: &Step) {
        self.record.lock().write_down(StoryEvent::Step(step.to_string()));
        match step {
            Step::Wait(seconds) => self.wait(*seconds).await,
            Step::Restart => self.instances = [None, None],
            Step::Run { actions, sky, stall } => self.run(actions, *sky, *stall).await,
            Step::Undone(runs) if self.variant.is_whole() => self.undone(*runs).await,
            // Only the whole schedule settles what a restore brought back.
            Step::Undone(_) => {}
        }
        let (instance, now) = (self.instance(0), self.record.lock().now);
        self.problems.extend(self.looked.look(&instance, &self.people, now).await);
    }

    /// Ends all failures: citizens without an answer try again, the mail service reports all that it knows, and the
    /// schedule runs until nothing is owed. Returns the stored requests, and the result of the last run.
    pub(crate) async fn heal(&mut self) -> (Vec<Stored>, Option<Sweep>) {
        self.record.lock().write_down(StoryEvent::Step("nothing fails any more".to_owned()));
        for number in 0..self.people.len() {
            let person = &self.people[number];
            if person.is_waiting || (person.was_refused && self.random.percent(50)) {
                self.calm(Action::Send(number)).await;
            }
        }
        // Before any of them expires and is deleted.
        let instance = self.instance(0);
        let found = stored(&self.database, &instance, &self.people).await;
        self.notify_all().await;
        for wait in ROUNDS {
            self.record.lock().now += wait;
            self.calm(Action::Sweep).await;
            self.notify_all().await;
            let waits_for_news = self.record.lock().notifications_forgotten > 0 && is_sent(&self.database);
            if !is_owed(&self.database) && !waits_for_news {
                break;
            }
        }
        self.outlast(&found, &instance).await;
        // Another run must find nothing to send, and report what is parked. If nothing is, one schedule in six makes
        // that run, because it takes as long as all the rest.
        if self.seed.is_multiple_of(6) || is_parked(&self.database) {
            self.record.lock().now += 70;
            self.calm(Action::Sweep).await;
        }
        (found, self.last_sweep.take())
    }

    /// Returns a running process, and starts it if necessary.
    pub(crate) fn instance(&mut self, place: usize) -> Instance {
        if self.instances[place].is_none() {
            self.runs += 1;
            let region = format!("schedule-{}-{}", self.seed, self.runs);
            let skew = self.random.between(-3, 3);
            self.instances[place] = Some(Instance::start(&self.database, &self.record, &region, skew));
        }
        let instance = self.instances[place].clone().unwrap();
        instance.pin(self.record.lock().now);
        instance
    }

    pub(crate) async fn notify_all(&mut self) {
        while !self.record.lock().notifications.is_empty() {
            self.calm(Action::Notify).await;
        }
    }

    pub(crate) async fn calm(&mut self, action: Action) {
        self.run_from(0, &[Planned { action, crash: None }], Sky::CLEAR, None).await;
    }

    /// Runs the schedule, and restores the main table to before. The table of keys has no backups, and stays as it is.
    async fn undone(&mut self, runs: usize) {
        let before = items(&self.database, TABLE);
        let taken = self.record.lock().taken.len();
        for _ in 0..runs {
            // A restore goes back by more than a run.
            self.record.lock().now += 70;
            self.calm(Action::Sweep).await;
            self.notify_all().await;
        }
        self.record.lock().now += 70;
        put_back(&self.database, TABLE, &before);
        self.instances = [None, None];
        self.looked.forget();
        self.record.lock().forget(taken);
    }

    async fn run(&mut self, actions: &[Planned], sky: Sky, stall: Option<Stall>) {
        // Most of the time, one process serves everybody.
        let first = usize::from(self.random.percent(20));
        self.run_from(first, actions, sky, stall).await;
    }

    /// Runs actions concurrently, the first in one of the two processes and the second in the other.
    async fn run_from(&mut self, first: usize, actions: &[Planned], sky: Sky, stall: Option<Stall>) {
        let places: Vec<usize> = (0..actions.len()).map(|at| (first + at) % 2).collect();
        let (mut jobs, mut deaths) = (Vec::new(), BTreeMap::new());
        for (planned, place) in actions.iter().zip(&places) {
            let is_new = self.instances[*place].is_none();
            let instance = self.instance(*place);
            if is_new && self.random.percent(70) {
                instance.service.warm_up().await.unwrap();
            }
            self.runs += 1;
            deaths.extend(planned.crash.map(|crash| (self.runs, crash)));
            jobs.push(Job { run: self.runs, future: self.begin(planned.action, instance) });
        }
        let clocks = self.instances.iter().flatten().chain([&self.listener]).cloned().collect();
        {
            let mut record = self.record.lock();
            (record.sky, record.calls, record.stalled) = (sky, 0, false);
        }
        let mut turns = Turns { record: self.record.clone(), random: &mut self.random, stall, deaths, clocks };
        let ends = drive(jobs, &mut turns).await;
        self.record.lock().sky = Sky::CLEAR;
        for (end, place) in ends.into_iter().zip(places) {
            match end {
                None => self.instances[place] = None,
                Some(ActionResult::Answer(number, answer)) => self.answered(number, &answer),
                Some(ActionResult::Swept(swept)) => {
                    self.record.lock().write_down(StoryEvent::End(format!("{swept:?}")));
                    self.last_sweep = swept.ok();
                }
                Some(ActionResult::Notified(notification, answer)) => self.notified(notification, answer.is_ok()),
                Some(ActionResult::Noted) => {}
            }
        }
    }

    fn begin(&mut self, action: Action, instance: Instance) -> Pin<Box<dyn Future<Output = ActionResult>>> {
        let variant = self.variant;
        match action {
            Action::Send(number) => {
                let person = &mut self.people[number];
                (person.is_waiting, person.was_refused) = (true, false);
                person.sent += 1;
                let request = person.request(variant);
                Box::pin(async move {
                    let answer = instance.service.handle(request).await;
                    ActionResult::Answer(number, answer.expect("a web request is always answered"))
                })
            }
            Action::Note(number, deed) => {
                let receipt = self.people[number].receipts.first().filter(|_| variant.is_whole()).cloned();
                let id = receipt.map(|receipt| SubmissionId::parse(&receipt).unwrap());
                Box::pin(act(instance, id, deed, self.runs))
            }
            Action::Change(number, wish) => {
                let receipt = self.people[number].receipts.first().filter(|_| variant.is_whole()).cloned();
                Box::pin(change(instance, receipt, wish, self.runs))
            }
            Action::Sweep => Box::pin(async move { ActionResult::Swept(variant.sweep(&instance).await) }),
            Action::Notify => {
                let waiting = self.record.lock().notifications.clone();
                let notification = (!waiting.is_empty()).then(|| waiting[self.random.below(waiting.len())].clone());
                let listener = self.listener.clone();
                Box::pin(async move {
                    let answer = match &notification {
                        Some(notification) => listener.service.handle(events::request(notification)).await,
                        None => Ok(Response::new(Body::Empty)),
                    };
                    ActionResult::Notified(notification, answer)
                })
            }
        }
    }

    fn answered(&mut self, number: usize, answer: &Response<Body>) {
        let person = &mut self.people[number];
        let location = answer.headers().get("location").and_then(|place| place.to_str().ok());
        let receipt = location.and_then(|place| place.strip_prefix("/kvittering/"));
        let page = String::from_utf8_lossy(answer.body()).into_owned();
        person.is_waiting = false;
        match (answer.status().as_u16(), receipt) {
            (303, Some(id)) => person.receipts.push(id.to_owned()),
            (503, None) if page.contains("IKKE modtaget") => {
                person.was_refused = true;
                self.record.lock().counts.not_received += 1;
            }
            (status, _) => {
                self.problems
                    .push(format!("citizen {number} got {status}, and neither a receipt nor a page that says so"));
            }
        }
    }

    /// Drops most notifications that were received; the others, and those that were not, come again.
    fn notified(&mut self, notification: Option<Notification>, is_heard: bool) {
        let Some(notification) = notification else { return };
        let mut record = self.record.lock();
        record.counts.events += 1;
        if is_heard && !self.random.percent(25) {
            let same = |other: &Notification| {
                (&other.name, other.report, other.at) == (&notification.name, notification.report, notification.at)
            };
            if let Some(index) = record.notifications.iter().position(same) {
                record.notifications.swap_remove(index);
            }
        }
    }
}
