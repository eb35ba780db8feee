//! Properties of notices over arbitrary requests, deadlines and cases, and looks at any time.

use super::*;
use crate::case::UNDO_WITHIN;
use crate::working_time::working_time;
use proptest::prelude::*;

fn deadline() -> impl Strategy<Value = Deadline> {
    prop_oneof![
        (1_u16..=80).prop_map(|days| Deadline::Call { days }),
        (24_u16..=168).prop_map(|hours| Deadline::CallWithin { hours }),
        (1_u16..=80).prop_map(|days| Deadline::AnswerAndAct { answer_days: days, act_days: 80 }),
    ]
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        Just(Act::Called),
        Just(Act::NotReached),
        Just(Act::Forwarded { to: KredsSlug::parse("bornholm").unwrap() }),
        Just(Act::Planned),
        Just(Act::Answered { called: true }),
        Just(Act::Answered { called: false }),
        Just(Act::Undone { nonce: Nonce::from_random([1; 8]) }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn notices_are_sent_once_in_working_time_while_a_call_is_owed_and_never_forgotten(
        received in 1_767_225_600_i64..2_082_758_400,
        deadline in deadline(),
        acts in prop::collection::vec((0_i64..60 * 24 * 100, act()), 0..5),
        also in prop::collection::vec(0_i64..60 * 24 * 100, 0..20),
    ) {
        let received = Timestamp::from_second(received).unwrap();
        let promise = deadline.promise(received);
        let later = |minutes: &i64| received.saturating_add(SignedDuration::from_mins(*minutes)).unwrap();
        let events: Vec<Event> =
            (1..).zip(&acts).map(|(number, (minutes, act))| event(number, later(minutes), act.clone())).collect();
        let also: Vec<Timestamp> = also.iter().map(later).collect();
        let planned = planned(received, promise, &events, &also);
        let kinds: BTreeSet<Notice> = planned.iter().map(|(_, notice)| *notice).collect();
        prop_assert_eq!(kinds.len(), planned.len(), "twice: {:?}", planned);
        for (at, notice) in &planned {
            prop_assert!(is_working_time(*at), "{notice:?} at {at}");
            let case = Case::new(events.iter().filter(|event| event.at <= *at).cloned());
            prop_assert!(case.owes_call(), "{notice:?} at {at} of what is done");
            match notice {
                Notice::Reminder(_) => {}
                Notice::Overdue(_) => prop_assert!(*at >= promise.due()),
                Notice::Question => prop_assert!(
                    working_time(promise.due(), *at) >= SignedDuration::from_hours(8)
                ),
            }
        }
        // If the call was owed all along until two working days after the deadline, every notice was sent.
        let case = Case::new(events.clone());
        let quiet = events.iter().all(|event| matches!(event.act, Act::NotReached | Act::Answered { called: false }));
        if quiet && case.owes_call() {
            prop_assert!(kinds.contains(&Notice::Overdue(Holder::First)) && kinds.contains(&Notice::Question));
            let at = |wanted: Notice| planned.iter().find(|(_, notice)| *notice == wanted).map(|(at, _)| *at).unwrap();
            prop_assert!(working_time(promise.due(), at(Notice::Overdue(Holder::First))) < SignedDuration::from_hours(1));
            prop_assert!(at(Notice::Reminder(Holder::First)) <= at(Notice::Overdue(Holder::First)));
            prop_assert!(at(Notice::Question) <= one_working_day_after(working_time_from(promise.due())));
        }
        prop_assert!(UNDO_WITHIN < SignedDuration::from_hours(1));
    }
}
