//! A simulated quarter: twelve kredse, officers who forget, and another program that counts who was notified.

mod office;
mod town;

use crate::shared::tries;
use office::Office;
use std::process::Command;
use town::{DAY, Town};

/// Start of Monday, 1 February 2027, in Denmark: the quarter includes Easter and the night when clocks go forward.
const BEGIN: i64 = 1_801_436_400;

/// Days of the quarter on which requests come.
const DAYS: std::ops::Range<i64> = 0..91;

/// The same in the run for a change: the weeks around Easter.
const FEWER_DAYS: std::ops::Range<i64> = 42..70;

/// Days until everybody must have been notified of the last of them.
const AFTER: i64 = 24;

#[test]
fn explored_no_forgotten_call_stays_silent_past_its_deadline_in_a_quarter() {
    let requests = tries(300, 3_000);
    let days = if requests < 3_000 { FEWER_DAYS } else { DAYS };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let mut town = Town::new(&runtime);
    let mut office = Office::new(&town, requests, BEGIN + days.start * DAY..BEGIN + days.end * DAY);
    for day in days.start..days.end + AFTER {
        for minute in minutes() {
            let now = BEGIN + day * DAY + minute * 60;
            office.act(&mut town, now);
            // One run a minute while anything is due: a run looks at few calls, and the next one sends what it planned.
            for later in 0..10 {
                let now = now + later * 60;
                if town.is_due(now) {
                    town.sweep(now);
                } else if later > 0 {
                    break;
                }
            }
        }
    }
    town.keep_records();
    let folder = tempfile::tempdir().unwrap();
    town.write(folder.path());
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/failures/quarter/count.py");
    let counted = Command::new("python3").arg(program).arg(folder.path()).output();
    let counted = counted.expect("Python 3.11 counts what came of the quarter");
    let said = String::from_utf8_lossy(&counted.stdout);
    println!("{said}{}", office.summary());
    assert!(counted.status.success(), "{said}{}", String::from_utf8_lossy(&counted.stderr));
    assert!(said.contains(&format!("{requests} requests")), "{said}");
}

/// Returns the minutes of a day when something may happen: digests, each working half-hour, the evening.
fn minutes() -> impl Iterator<Item = i64> {
    // From 28 March on, clocks show an hour more. What falls into the last minutes of working time is sent in them.
    let mut minutes: Vec<i64> = (14..=32).map(|half| half * 30).collect();
    minutes.extend([5 * 60 + 1, 6 * 60 + 1, 14 * 60 + 58, 15 * 60 + 58, 19 * 60, 22 * 60]);
    minutes.sort_unstable();
    minutes.into_iter()
}
