//! The times of notices: tables made by hand, and one made by another program.

mod properties;

use super::*;
use crate::case::{Act, By, Event};
use crate::deadline::Deadline;
use crate::holidays::is_free;
use crate::names::{KredsSlug, Nonce};
use jiff::civil::{Date, Weekday, date};
use std::collections::BTreeMap;

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn fyn() -> KredsSlug {
    KredsSlug::parse("fyn").unwrap()
}

fn event(number: u8, at: Timestamp, act: Act) -> Event {
    let by = if matches!(act, Act::Answered { .. }) { By::Citizen } else { By::Officer(fyn()) };
    Event { nonce: Nonce::from_random([number; 8]), at, by, act }
}

#[test]
fn reminders_come_in_working_time_and_before_the_deadline_if_there_is_time() {
    let days = |days| Deadline::Call { days };
    let hours = |hours| Deadline::CallWithin { hours };
    for (received, deadline, reminder, due, leader, question) in [
        // Monday 9.00 in Denmark, seven days: by the end of the following Monday.
        (
            "2026-11-23T08:00:00Z",
            days(7),
            "2026-11-30T07:00:00Z",
            "2026-11-30T23:00:00Z",
            "2026-12-01T07:00:00Z",
            "2026-12-02T07:00:00Z",
        ),
        // 80 % of fourteen days falls in the night before a weekend.
        (
            "2026-11-23T08:00:00Z",
            days(14),
            "2026-12-07T07:00:00Z",
            "2026-12-07T23:00:00Z",
            "2026-12-08T07:00:00Z",
            "2026-12-09T07:00:00Z",
        ),
        // One day: 80 % falls in the evening of the last day, so the reminder comes that morning.
        (
            "2026-11-23T09:00:00Z",
            days(1),
            "2026-11-24T07:00:00Z",
            "2026-11-24T23:00:00Z",
            "2026-11-25T07:00:00Z",
            "2026-11-26T07:00:00Z",
        ),
        // 72 hours from Monday 14.35 end on Thursday at the same time, without the seconds.
        (
            "2026-11-23T13:35:42Z",
            hours(72),
            "2026-11-26T07:00:00Z",
            "2026-11-26T13:35:00Z",
            "2026-11-26T13:35:00Z",
            "2026-11-27T13:35:00Z",
        ),
        // Over a weekend: the deadline is on Saturday, so the last morning before it is Friday's.
        (
            "2026-11-25T19:00:00Z",
            hours(72),
            "2026-11-27T07:00:00Z",
            "2026-11-28T19:00:00Z",
            "2026-11-30T07:00:00Z",
            "2026-12-01T07:00:00Z",
        ),
        // Over Easter, no office opens in time: kreds and leader are notified together. The clocks go forward.
        (
            "2027-03-24T17:00:00Z",
            hours(72),
            "2027-03-30T06:00:00Z",
            "2027-03-27T17:00:00Z",
            "2027-03-30T06:00:00Z",
            "2027-03-31T06:00:00Z",
        ),
        // 72 hours are 72 hours, even if the clocks go back meanwhile.
        (
            "2026-10-23T10:00:00Z",
            hours(72),
            "2026-10-26T07:00:00Z",
            "2026-10-26T10:00:00Z",
            "2026-10-26T10:00:00Z",
            "2026-10-27T10:00:00Z",
        ),
    ] {
        let received = moment(received);
        let timetable = Timetable::new(received, deadline.promise(received).due());
        let expected = Timetable {
            reminder: moment(reminder),
            deadline: moment(due),
            leader: moment(leader),
            question: moment(question),
        };
        assert_eq!(timetable, expected, "{received} {deadline:?}");
    }
}

/// Simulates looks at the times that the previous look asked for, and at some others. One a minute would be slow.
fn planned(received: Timestamp, promise: Promise, events: &[Event], also: &[Timestamp]) -> Vec<(Timestamp, Notice)> {
    let mut given: BTreeMap<Holder, BTreeSet<Notice>> = BTreeMap::new();
    let mut planned = Vec::new();
    let mut next: BTreeSet<(Timestamp, Holder)> = BTreeSet::new();
    let end = promise.due().saturating_add(SignedDuration::from_hours(24 * 14)).unwrap();
    for holder in Holder::ALL {
        next.insert((received, holder));
        next.extend(also.iter().map(|at| (*at, holder)));
        next.extend(events.iter().flat_map(|event| [(event.at, holder), (event.visible_from(), holder)]));
    }
    while let Some((now, holder)) = next.pop_first().filter(|(now, _)| *now < end) {
        let case = Case::new(events.iter().filter(|event| event.at <= now).cloned());
        let all: BTreeSet<Notice> = given.values().flatten().copied().collect();
        let look = Call { holder, received, promise, case: &case, given: &all }.look(now);
        if let Look::Owed { notices, next: later, .. } = look {
            assert!(later > now, "{later} is not after {now}");
            given.entry(holder).or_default().extend(&notices);
            planned.extend(notices.into_iter().map(|notice| (now, notice)));
            next.insert((later, holder));
        }
    }
    planned
}

#[test]
fn a_call_that_nobody_makes_causes_every_notice_once_and_in_time() {
    let received = moment("2026-11-23T08:00:00Z");
    let promise = Deadline::Call { days: 7 }.promise(received);
    let expected = [
        (moment("2026-11-30T07:00:00Z"), Notice::Reminder(Holder::First)),
        (moment("2026-12-01T07:00:00Z"), Notice::Overdue(Holder::First)),
        (moment("2026-12-02T07:00:00Z"), Notice::Question),
    ];
    assert_eq!(planned(received, promise, &[], &[]), expected);
    // A call that reached nobody leaves the call owed.
    let tried = [event(1, moment("2026-11-24T09:00:00Z"), Act::NotReached)];
    assert_eq!(planned(received, promise, &tried, &[]), expected);
}

#[test]
fn a_settled_call_causes_no_notice_until_the_settlement_is_undone() {
    let received = moment("2026-11-23T08:00:00Z");
    let promise = Deadline::Call { days: 7 }.promise(received);
    let in_time = moment("2026-11-30T06:55:00Z");
    let called = [event(1, in_time, Act::Called)];
    assert_eq!(planned(received, promise, &called, &[]), []);
    for act in [Act::Planned, Act::Done(Default::default()), Act::Answered { called: true }] {
        assert_eq!(planned(received, promise, &[event(1, in_time, act)], &[]), []);
    }
    // Noted at five to and undone at four past: the reminder is four minutes late, not lost.
    let back = event(2, moment("2026-11-30T07:04:00Z"), Act::Undone { nonce: called[0].nonce.clone() });
    let all = planned(received, promise, &[called[0].clone(), back], &[]);
    assert_eq!(all[0], (moment("2026-11-30T07:04:00Z"), Notice::Reminder(Holder::First)));
    assert_eq!(all.len(), 3);
    // The citizen says that nobody has called: no further notice is sent, and the call is owed.
    let no = event(3, moment("2026-12-02T08:00:00Z"), Act::Answered { called: false });
    assert_eq!(planned(received, promise, std::slice::from_ref(&no), &[]).len(), 3);
    let case = Case::new([no.clone()]);
    assert_eq!((case.owes_call(), case.missed()), (true, Some(no.at)));
    let case = Case::new([no, event(4, moment("2026-12-02T09:00:00Z"), Act::Called)]);
    assert_eq!((case.owes_call(), case.missed()), (false, None));
}

#[test]
fn a_forwarded_request_keeps_its_deadline() {
    let received = moment("2026-11-23T08:00:00Z");
    let promise = Deadline::Call { days: 7 }.promise(received);
    let forwarding = |at| event(1, moment(at), Act::Forwarded { to: KredsSlug::parse("bornholm").unwrap() });
    let forwarded = |notice: fn(Holder) -> Notice| notice(Holder::Forwarded);
    for (at, expected) in [
        (
            "2026-11-24T08:00:00Z",
            vec![
                (moment("2026-11-30T07:00:00Z"), forwarded(Notice::Reminder)),
                (moment("2026-12-01T07:00:00Z"), forwarded(Notice::Overdue)),
                (moment("2026-12-02T07:00:00Z"), Notice::Question),
            ],
        ),
        // After the first kreds's reminder: 80 % of the remaining time falls in a night, and the last morning is over,
        // so the reminder comes with the leader's notice.
        (
            "2026-11-30T09:00:00Z",
            vec![
                (moment("2026-11-30T07:00:00Z"), Notice::Reminder(Holder::First)),
                (moment("2026-12-01T07:00:00Z"), forwarded(Notice::Reminder)),
                (moment("2026-12-01T07:00:00Z"), forwarded(Notice::Overdue)),
                (moment("2026-12-02T07:00:00Z"), Notice::Question),
            ],
        ),
        // After the deadline: the other kreds and its leader are notified as soon as forwarding cannot be undone.
        (
            "2026-12-01T09:00:00Z",
            vec![
                (moment("2026-11-30T07:00:00Z"), Notice::Reminder(Holder::First)),
                (moment("2026-12-01T07:00:00Z"), Notice::Overdue(Holder::First)),
                (moment("2026-12-01T09:10:00Z"), forwarded(Notice::Reminder)),
                (moment("2026-12-01T09:10:00Z"), forwarded(Notice::Overdue)),
                (moment("2026-12-02T07:00:00Z"), Notice::Question),
            ],
        ),
    ] {
        assert_eq!(planned(received, promise, &[forwarding(at)], &[]), expected, "{at}");
    }
}

#[test]
fn ten_years_of_days_off_and_deadlines_agree_with_another_program() {
    let lines = include_str!("timetable.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split('\t').collect()).collect();
    let off: BTreeSet<Date> = rows.iter().filter(|row| row[0] == "off").map(|row| row[1].parse().unwrap()).collect();
    let (mut day, end) = (date(2026, 1, 1), date(2036, 1, 1));
    while day < end {
        let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        assert_eq!(is_free(day), is_weekend || off.contains(&day), "{day}");
        day = day.tomorrow().unwrap();
    }
    let calls: Vec<_> = rows.iter().filter(|row| row[0] == "call").collect();
    assert!(off.len() >= 70 && calls.len() > 400, "{} {}", off.len(), calls.len());
    for row in calls {
        let [_, received, unit, many, due, reminder, leader, question] = row[..] else { panic!("{row:?}") };
        let (received, many) = (moment(received), many.parse().unwrap());
        let deadline =
            if unit == "hours" { Deadline::CallWithin { hours: many } } else { Deadline::Call { days: many } };
        let timetable = Timetable::new(received, deadline.promise(received).due());
        let expected = Timetable {
            reminder: moment(reminder),
            deadline: moment(due),
            leader: moment(leader),
            question: moment(question),
        };
        assert_eq!(timetable, expected, "{row:?}");
    }
}

#[test]
fn notice_names_are_read_back() {
    for notice in Notice::ALL {
        assert_eq!(Notice::parse(notice.as_str()), Some(notice));
    }
    assert_eq!(Notice::parse("kreds"), None);
}
