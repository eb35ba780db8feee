//! The real program, killed at chosen calls while many send and a fifth of the database's answers are lost.

use crate::failures::content::publish_into;
use crate::failures::form;
use crate::failures::instance::Instance;
use crate::failures::judge::{Stored, is_digest, stored};
use crate::failures::lossy::{Kill, When, Wire};
use crate::failures::process::Process;
use crate::failures::record::Record;
use crate::failures::schedule::Citizen;
use crate::shared::gateway::{schedule, web};
use crate::shared::tries;
use dynoxide::Database;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Number of citizens; each presses the button twice.
fn citizens() -> usize {
    tries(20, 40) as usize
}

/// Threads that send.
const SENDERS: usize = 4;

/// Threads that run the schedule, and the least number of kills in each.
const SWEEPERS: usize = 2;
const KILLS: usize = 5;

#[test]
fn each_request_is_mailed_once_or_at_most_twice_if_killed_at_any_call() {
    let folder = tempfile::TempDir::new().unwrap();
    let database = Database::new(folder.path().join("database.sqlite").to_str().unwrap()).unwrap();
    publish_into(&database);
    let mail = folder.path().join("post");
    let town = Town::new(&database, &mail);
    std::thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| town.send());
        }
        for _ in 0..SWEEPERS {
            scope.spawn(|| town.sweep());
        }
    });
    let points = town.points.into_inner().unwrap();
    let sweeping: usize =
        points.iter().filter(|(point, _)| point.starts_with("schedule")).map(|(_, times)| times).sum();
    println!("killed {} times:", points.values().sum::<usize>());
    points.iter().for_each(|(point, times)| println!("  {point}: {times}"));
    assert!(points.len() >= 10, "it was killed at {} points only", points.len());

    let known = town.known.into_inner().unwrap();
    let mut mails = mails_in(&mail);
    let before: usize = mails.values().sum();
    let stored = healed(&database, &mut mails);
    for (number, receipts) in &known.receipts {
        let theirs: Vec<&Stored> = stored.iter().filter(|stored| stored.name == form::name(*number)).collect();
        assert_eq!(theirs.len(), 1, "{} has {} stored requests", form::name(*number), theirs.len());
        assert!(receipts.iter().all(|receipt| *receipt == theirs[0].id.as_str()), "a receipt of another request");
    }
    assert_eq!(known.receipts.len(), citizens(), "somebody never got a receipt");
    assert_eq!(stored.len(), citizens());
    let owed: BTreeSet<String> = stored.iter().flat_map(Stored::mails).collect();
    assert_eq!(owed, mails.keys().cloned().collect::<BTreeSet<_>>(), "mails that are owed, and mails that came");
    assert!(mails.values().all(|times| *times <= 2), "a mail came more than twice: {mails:?}");
    let duplicates = mails.values().filter(|times| **times == 2).count();
    // A run sends one mail at a time, so a kill repeats at most one.
    assert!(duplicates <= sweeping, "{duplicates} mails came twice, and the schedule was killed {sweeping} times");
    println!(
        "{} requests stored, {} times \"ikke modtaget\", {} answers lost, {before} mails while it was killed, {} in all, {duplicates} twice",
        stored.len(),
        known.refused,
        town.lost.into_inner(),
        mails.values().sum::<usize>()
    );
}

/// Everybody who sends, and what they know.
struct Town<'a> {
    database: &'a Database,
    mail: &'a Path,
    waiting: Mutex<VecDeque<usize>>,
    sending: AtomicUsize,
    lives: AtomicU32,
    lost: AtomicU32,
    points: Mutex<BTreeMap<String, usize>>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    receipts: BTreeMap<usize, Vec<String>>,
    refused: usize,
}

impl<'a> Town<'a> {
    fn new(database: &'a Database, mail: &'a Path) -> Self {
        Self {
            database,
            mail,
            // Twice in a row, so that two threads send the same form at once.
            waiting: Mutex::new((0..citizens()).flat_map(|number| [number, number]).collect()),
            sending: AtomicUsize::new(SENDERS),
            lives: AtomicU32::new(0),
            lost: AtomicU32::new(0),
            points: Mutex::default(),
            known: Mutex::default(),
        }
    }

    /// Sends forms until everybody has a receipt; citizens without an answer or with an error page send again.
    fn send(&self) {
        let mut process = None;
        while let Some(number) = self.next() {
            let citizen = Citizen { place: number % 2, has_email: number % 3 == 0 };
            let event = web("POST", &form::path(), &form::body(number, &citizen, 0));
            let running = process.get_or_insert_with(|| self.start(11));
            let Some(answer) = running.invoke(&event) else {
                self.buried(process.take(), "request");
                self.again(number);
                continue;
            };
            let location = answer["headers"]["location"].as_str().and_then(|place| place.strip_prefix("/kvittering/"));
            match (answer["statusCode"].as_u64(), location) {
                (Some(303), Some(id)) => self.known().receipts.entry(number).or_default().push(id.to_owned()),
                (Some(503), None) if answer["body"].as_str().is_some_and(|page| page.contains("IKKE modtaget")) => {
                    self.known().refused += 1;
                    self.again(number);
                }
                _ => panic!("neither a receipt nor a page that says so: {answer}"),
            }
        }
        self.buried(process, "request");
        self.sending.fetch_sub(1, Ordering::SeqCst);
    }

    /// Runs the schedule until all have sent and it was killed often enough.
    fn sweep(&self) {
        let (mut process, mut killed) = (None, 0);
        while killed < KILLS || self.sending.load(Ordering::SeqCst) > 0 {
            let running = process.get_or_insert_with(|| self.start(19));
            if running.invoke(&schedule()).is_none() {
                self.buried(process.take(), "schedule");
                killed += 1;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.buried(process, "schedule");
    }

    /// Starts a process that is killed at one of its first `calls` calls, each time at another.
    fn start(&self, calls: u32) -> Process {
        let life = self.lives.fetch_add(1, Ordering::SeqCst);
        let when = [When::Before, When::After, When::Later(u64::from(life % 4))][life as usize % 3];
        let kill = Kill { call: 1 + life % calls, when };
        Process::start(Wire::open(self.database, u64::from(life), Some(kill)), self.mail)
    }

    fn buried(&self, process: Option<Process>, kind: &str) {
        let Some(process) = process else { return };
        self.lost.fetch_add(process.wire.lost(), Ordering::SeqCst);
        if let Some(point) = process.wire.killed_at() {
            *self.points.lock().unwrap().entry(format!("{kind} {point}")).or_default() += 1;
        }
    }

    fn next(&self) -> Option<usize> {
        self.waiting.lock().unwrap().pop_front()
    }

    fn again(&self, number: usize) {
        self.waiting.lock().unwrap().push_back(number);
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts how often each mail came into the folder.
fn mails_in(folder: &Path) -> BTreeMap<String, usize> {
    let mut mails = BTreeMap::new();
    // The first mail creates the folder; on a busy machine, every run may be killed before that.
    let Ok(entries) = std::fs::read_dir(folder) else { return mails };
    for entry in entries {
        let name = entry.unwrap().file_name().into_string().unwrap();
        // `REFERENCE.kreds.eml`, and `REFERENCE.kreds.2.eml` if it comes again.
        if let [reference, kind, .., "eml"] = name.split('.').collect::<Vec<_>>().as_slice()
            && !is_digest(&name)
        {
            *mails.entry(format!("{reference}.{kind}")).or_default() += 1;
        }
    }
    mails
}

/// Returns the stored requests, after runs in which nothing fails.
fn healed(database: &Database, mails: &mut BTreeMap<String, usize>) -> Vec<Stored> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let record = Record::new(0);
    let instance = Instance::start(database, &record, "healed", 0);
    runtime.block_on(async {
        let mut now = jiff::Timestamp::now().as_second();
        instance.pin(now);
        let stored = stored(database, &instance, &[]).await;
        let mut last = None;
        while last != Some(record.lock().taken.len()) {
            last = Some(record.lock().taken.len());
            now += 70;
            instance.pin(now);
            instance.service.sweep().await.unwrap();
        }
        for mail in record.lock().taken.iter().filter(|mail| !is_digest(&mail.name)) {
            *mails.entry(mail.name.clone()).or_default() += 1;
        }
        stored
    })
}
