//! A simulated quarter: twelve kredse, officers who forget, and another program that counts who heard of it.

mod office;
mod town;

use crate::shared::tries;
use office::Office;
use std::process::Command;
use town::{DAY, Town};

/// The beginning of Monday, 1 February 2027, in Denmark: Easter and the night in which the clocks go forward are in the
/// quarter.
const BEGIN: i64 = 1_801_436_400;

/// Days of the quarter on which requests come.
const DAYS: std::ops::Range<i64> = 0..91;

/// The same for a change: the weeks around Easter.
const FEWER_DAYS: std::ops::Range<i64> = 42..70;

/// Days until everybody must have heard of the last of them.
const AFTER: i64 = 24;

#[test]
fn explored_a_quarter_in_which_officers_forget_one_in_five_leaves_no_call_silent_past_its_deadline() {
    let requests = tries(300, 3_000);
    let days = if requests < 3_000 { FEWER_DAYS } else { DAYS };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    let mut town = Town::new(&runtime);
    let mut office = Office::new(&town, requests, BEGIN + days.start * DAY..BEGIN + days.end * DAY);
    for day in days.start..days.end + AFTER {
        for minute in minutes() {
            let now = BEGIN + day * DAY + minute * 60;
            office.act(&mut town, now);
            // A run each minute while there is something to do: one looks at few calls, and what it plans goes out in the next.
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
    println!("{said}{}", office.told());
    assert!(counted.status.success(), "{said}{}", String::from_utf8_lossy(&counted.stderr));
    assert!(said.contains(&format!("{requests} requests")), "{said}");
}

/// Minutes of a day at which something may happen: the digests, each half of a working hour, the evening.
fn minutes() -> impl Iterator<Item = i64> {
    // From 28 March on, the clock shows an hour more. What falls into the last minutes of working time comes in them.
    let mut minutes: Vec<i64> = (14..=32).map(|half| half * 30).collect();
    minutes.extend([5 * 60 + 1, 6 * 60 + 1, 14 * 60 + 58, 15 * 60 + 58, 19 * 60, 22 * 60]);
    minutes.sort_unstable();
    minutes.into_iter()
}
