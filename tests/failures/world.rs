//! A world of one schedule: a database, a clock, processes that die, and citizens who try again.

use crate::broken::Variant;
use crate::content::{PLACES, fresh_database};
use crate::form;
use crate::drive::{Job, Watch, drive};
use crate::instance::Instance;
use crate::random::Random;
use crate::record::{Record, What};
use crate::schedule::{Action, Citizen, Crash, Dead, Planned, Schedule, Sky, Stall, Step};
use dynoxide::Database;
use lambda_http::http::Request as HttpRequest;
use lambda_http::{Body, Response};
use std::collections::BTreeMap;

/// Everything there is in one schedule.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) record: Record,
    pub(crate) people: Vec<Person>,
    /// What went wrong as it happened.
    pub(crate) problems: Vec<String>,
    /// The time, in seconds since 1970.
    now: i64,
    random: Random,
    variant: Variant,
    seed: u64,
    instances: [Option<Instance>; 2],
    pub(crate) runs: usize,
}

/// A citizen, and what they know.
pub(crate) struct Person {
    number: usize,
    pub(crate) citizen: Citizen,
    sent: usize,
    /// The receipts that they were led to.
    pub(crate) receipts: Vec<String>,
    /// They sent the form, and no answer came.
    pub(crate) is_waiting: bool,
    /// What the last page said: the request was not received.
    pub(crate) was_refused: bool,
}

/// How a run ended that did not crash.
enum End {
    Answer(usize, Response<Body>),
    Swept(String),
}

impl World {
    pub(crate) fn new(schedule: &Schedule, variant: Variant) -> Self {
        let record = Record::new(schedule.seed);
        let mut random = Random::new(schedule.seed.rotate_left(32));
        let people = schedule.citizens.iter().cloned().enumerate().map(|(number, citizen)| Person {
            number,
            citizen,
            sent: 0,
            receipts: Vec::new(),
            is_waiting: false,
            was_refused: false,
        });
        let people: Vec<Person> = people.collect();
        let dead = schedule.dead.filter(|_| variant.knows_when_to_stop()).map(|dead| match dead {
            Dead::Kreds(place) => PLACES[place].mailbox.clone(),
            Dead::Citizen(number) => people[number].email(),
        });
        record.lock().dead.extend(dead);
        record.lock().forgetful = variant == Variant::Forgets;
        // Some time in 2026, so that summer, winter and the nights between are met.
        let now = 1_767_225_600 + random.between(0, 360 * 24 * 60 * 60);
        Self {
            database: fresh_database(),
            record,
            people,
            problems: Vec::new(),
            now,
            random,
            variant,
            seed: schedule.seed,
            instances: [None, None],
            runs: 0,
        }
    }

    pub(crate) async fn step(&mut self, step: &Step) {
        self.record.lock().tell_at(self.now, What::Step(step.to_string()));
        match step {
            Step::Wait(seconds) => self.now += seconds,
            Step::Restart => self.restart(),
            Step::Run { actions, sky, stall } => self.run(actions, *sky, *stall).await,
        }
    }

    /// Nothing fails any more: who got no answer tries again, and the schedule runs until nothing moves.
    pub(crate) async fn heal(&mut self, is_settled: impl AsyncFn(&Self, &Instance) -> bool) {
        self.restart();
        self.record.lock().tell_at(self.now, What::Step("nothing fails any more".to_owned()));
        for number in 0..self.people.len() {
            if self.people[number].is_waiting || (self.people[number].was_refused && self.random.percent(50)) {
                self.calm(Action::Send(number)).await;
            }
        }
        // As many rounds as a task has attempts, and some; each is later than any attempt was put off.
        for _ in 0..12 {
            self.now += 25 * 60 * 60;
            let before = self.record.lock().attempts;
            self.calm(Action::Sweep).await;
            let is_quiet = self.record.lock().attempts == before;
            let instance = self.instance(0);
            if is_quiet && is_settled(self, &instance).await {
                return;
            }
        }
    }

    /// A process that answers, for those who look at what is stored.
    pub(crate) fn instance(&mut self, place: usize) -> Instance {
        if self.instances[place].is_none() {
            self.runs += 1;
            let region = format!("schedule-{}-{}", self.seed, self.runs);
            let skew = self.random.between(-3, 3);
            self.instances[place] = Some(Instance::start(&self.database, &self.record, region, skew));
        }
        let instance = self.instances[place].clone().unwrap();
        instance.pin(self.now);
        instance
    }

    async fn calm(&mut self, action: Action) {
        self.run(&[Planned { action, crash: None }], Sky::CLEAR, None).await;
    }

    fn restart(&mut self) {
        self.instances = [None, None];
    }

    async fn run(&mut self, actions: &[Planned], sky: Sky, stall: Option<Stall>) {
        let first = self.random.below(2);
        let places: Vec<usize> = (0..actions.len()).map(|at| (first + at) % 2).collect();
        let (mut jobs, mut deaths) = (Vec::new(), BTreeMap::new());
        for (planned, place) in actions.iter().zip(&places) {
            let is_new = self.instances[*place].is_none();
            let instance = self.instance(*place);
            if is_new && self.random.percent(70) {
                self.record.lock().sky = Sky::CLEAR;
                instance.service.warm_up().await.unwrap();
            }
            self.runs += 1;
            let variant = self.variant;
            let future: std::pin::Pin<Box<dyn Future<Output = End>>> = match planned.action {
                Action::Send(number) => {
                    let person = &mut self.people[number];
                    person.is_waiting = true;
                    person.was_refused = false;
                    person.sent += 1;
                    let request = person.request(variant);
                    Box::pin(async move { End::Answer(number, instance.service.handle(request).await) })
                }
                Action::Sweep => Box::pin(async move { End::Swept(variant.sweep(&instance).await) }),
            };
            deaths.extend(planned.crash.map(|crash| (self.runs, crash)));
            jobs.push(Job { run: self.runs, future });
        }
        {
            let mut record = self.record.lock();
            (record.sky, record.calls, record.stalled) = (sky, 0, false);
        }
        let ends = {
            let clocks = self.instances.iter().flatten().cloned().collect();
            let (random, now) = (&mut self.random, &mut self.now);
            let mut turns = Turns { record: self.record.clone(), random, now, stall, deaths, clocks };
            drive(jobs, &mut turns).await
        };
        for (end, place) in ends.into_iter().zip(places) {
            match end {
                None => self.instances[place] = None,
                Some(End::Answer(number, answer)) => self.answered(number, &answer),
                Some(End::Swept(said)) => self.record.lock().tell(What::End(said)),
            }
        }
        self.record.lock().sky = Sky::CLEAR;
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
            (status, _) => self.problems.push(format!("citizen {number} got {status}, and neither a receipt nor a page that says so")),
        }
    }
}

impl Person {
    pub(crate) fn name(&self) -> String {
        form::name(self.number)
    }

    pub(crate) fn email(&self) -> String {
        form::email(self.number)
    }

    fn request(&self, variant: Variant) -> lambda_http::Request {
        let again = if variant == Variant::Varies { self.sent } else { 0 };
        HttpRequest::post(form::path())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form::body(self.number, &self.citizen, again)))
            .unwrap()
    }
}

/// Whose turn it is, what time it is then, and what is told of it.
struct Turns<'a> {
    record: Record,
    random: &'a mut Random,
    now: &'a mut i64,
    stall: Option<Stall>,
    /// When the runs' processes die; what is left of it counts down.
    deaths: BTreeMap<usize, Crash>,
    clocks: Vec<Instance>,
}

impl Watch for Turns<'_> {
    fn random(&mut self) -> &mut Random {
        self.random
    }

    fn turn(&mut self, run: usize, turns: u32) {
        let mut record = self.record.lock();
        if let Some(stall) = self.stall.filter(|stall| stall.at == turns) {
            *self.now += stall.seconds;
            record.stalled |= stall.seconds > 50;
            record.tell_at(*self.now, What::Step(format!("the clock jumps by {} s", stall.seconds)));
        }
        record.turn(run);
        drop(record);
        self.clocks.iter().for_each(|instance| instance.pin(*self.now));
    }

    fn dies(&mut self, run: usize) -> bool {
        let Some(crash) = self.deaths.get_mut(&run) else { return false };
        if crash.after_mail && !self.record.lock().has_mailed() {
            return false;
        }
        crash.at -= 1;
        crash.at == 0
    }

    fn over(&mut self, run: usize, crashed: bool) {
        let mut record = self.record.lock();
        record.turn(run);
        record.end(crashed, if crashed { "dies".to_owned() } else { "ends".to_owned() });
    }
}
