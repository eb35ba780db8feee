//! Thousands of schedules, each a different way for things to go wrong, and the few invariants that hold after each.

use crate::failures::broken::Variant;
use crate::failures::content::Beginning;
use crate::failures::counts::Counts;
use crate::failures::events::listener;
use crate::failures::instance::Instance;
use crate::failures::judge::judge;
use crate::failures::schedule::Schedule;
use crate::failures::world::World;
use dynoxide::Database;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

/// Number of schedules unless `SCHEDULES` says otherwise: as many as the inner loop has time for.
const SCHEDULES: u64 = 600;

/// Result of one schedule.
struct Outcome {
    counts: Counts,
    /// The schedule, what happened, and what is wrong; none if all is well.
    story: Option<String>,
}

#[test]
fn explored_each_receipt_is_one_request_delivered_or_parked_with_an_alarm() {
    let only = std::env::var("SCHEDULE").ok().map(|seed| seed.parse::<u64>().unwrap());
    let count = std::env::var("SCHEDULES").map_or(SCHEDULES, |count| count.parse().unwrap());
    let seeds = only.map_or(0..count, |seed| seed..seed + 1);
    let begun = Instant::now();
    let (tried, counts, story) = explore(seeds, Variant::Real);
    println!("{tried} schedules in {:.1} s: {counts}", begun.elapsed().as_secs_f32());
    if let Some(story) = story {
        panic!("{story}");
    }
}

#[test]
fn each_broken_function_is_caught_within_a_thousand_schedules() {
    for (variant, says) in [
        (Variant::MarksFirst, &["not delivered"][..]),
        (Variant::MarksLast, &["times, and"]),
        // Depends on which write is forgotten first: the request, or the mark that its mail went out.
        (Variant::Forgets, &["no such request is stored", "times, and"]),
        (Variant::Varies, &["stored twice"]),
        (Variant::Silent, &["and the kreds that has its mail does not know"]),
    ] {
        let (tried, _, story) = explore(0..999, variant);
        let story = story.unwrap_or_else(|| panic!("{variant:?} was not caught"));
        println!("{variant:?} was caught by schedule {tried}");
        let is_said = says.iter().any(|says| story.contains(says));
        assert!(is_said, "{variant:?} was caught, but not because {says:?}: {story}");
    }
}

/// Tries the schedules of all seeds on two threads, until one fails.
fn explore(seeds: std::ops::Range<u64>, variant: Variant) -> (u64, Counts, Option<String>) {
    let (next, is_over) = (AtomicU64::new(seeds.start), AtomicBool::new(false));
    let beginning = Beginning::new();
    let work = || {
        let (mut tried, mut counts, mut story) = (0, Counts::default(), None);
        let (database, listener) = (Database::memory().unwrap(), listener());
        while !is_over.load(Ordering::SeqCst) {
            let seed = next.fetch_add(1, Ordering::SeqCst);
            if seed >= seeds.end {
                break;
            }
            beginning.restore(&database);
            let outcome = run(seed, variant, &database, &listener);
            tried += 1;
            counts.add(&outcome.counts);
            if outcome.story.is_some() {
                is_over.store(true, Ordering::SeqCst);
                story = outcome.story;
            }
        }
        (tried, counts, story)
    };
    std::thread::scope(|scope| {
        let threads = [scope.spawn(work), scope.spawn(work)];
        threads.into_iter().map(|thread| thread.join().unwrap()).fold(
            (0, Counts::default(), None),
            |(tried, mut counts, story), (more, its, another)| {
                counts.add(&its);
                (tried + more, counts, story.or(another))
            },
        )
    })
}

/// Runs one schedule from its first step until nothing is owed any more.
fn run(seed: u64, variant: Variant, database: &Database, listener: &Instance) -> Outcome {
    let schedule = Schedule::draw(seed);
    // The SDK waits before it retries; in paused time, that takes none.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let mut world = World::new(&schedule, variant, database.clone(), listener.clone());
    let wrong = runtime.block_on(async {
        for step in &schedule.steps {
            world.step(step).await;
        }
        let (stored, last) = world.heal().await;
        let instance = world.instance(0);
        judge(&world, &instance, &stored, last.as_ref()).await
    });
    let record = world.record.lock();
    let story = (!wrong.is_empty()).then(|| {
        let lines: Vec<String> = record.lines.iter().map(ToString::to_string).collect();
        format!(
            "{schedule}what happened:\n{}\nwrong:\n  {}\nagain: SCHEDULE={seed} cargo test explored\n",
            lines.join("\n"),
            wrong.join("\n  ")
        )
    });
    Outcome { counts: record.counts.clone(), story }
}
