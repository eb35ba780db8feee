//! Hidden numbers, and different months that publish the same figures.

use super::*;
use jiff::Timestamp;

pub(super) const KREDSE: usize = 12;
pub(super) const MONTHS: usize = 24;

pub(super) fn reasons() -> Vec<ReasonSlug> {
    ["givet-raad", "ikke-muligt", "kontrol-afholdt"].map(|slug| ReasonSlug::parse(slug).unwrap()).to_vec()
}

/// A month with these calls, these ends (by reason, by a reason that is gone, not closed), and this many forwarded.
pub(super) fn month(calls: [u32; 4], ends: &[u32], forwarded: u32) -> Counts {
    let gone = ReasonSlug::parse("udgaaet").unwrap();
    let closed = reasons().into_iter().chain([gone]).zip(ends.iter().copied()).collect();
    let days = [vec![3; calls[0] as usize], vec![20; calls[1] as usize]].concat();
    let received = calls.iter().sum();
    assert_eq!(received, ends.iter().sum::<u32>());
    let calls = Call::ALL.into_iter().zip(calls).collect();
    Counts { received, calls, days, forwarded, closed, started: received, ..Counts::default() }
}

/// The true value of a figure.
pub(super) fn truth(counts: &Counts, measure: &Measure) -> u32 {
    let closed = counts.ends(&reasons()).into_iter().find(|(end, _)| end == measure).map(|(_, number)| number);
    match measure {
        Measure::Received => counts.received,
        Measure::Started => counts.started,
        Measure::Call(call) => counts.call(*call),
        Measure::Forwarded => counts.forwarded,
        Measure::NotForwarded => counts.received - counts.forwarded,
        Measure::MedianDays => counts.median().unwrap_or(0),
        Measure::Failed(form, field) => counts.failed[&(form.clone(), field.clone())],
        _ => closed.unwrap(),
    }
}

/// Two years of small months, the same for the same seed.
pub(super) fn years(seed: u64) -> Vec<Counts> {
    let mut random = seed;
    let mut below = |most: u32| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(random >> 33).unwrap() % most
    };
    let mut small = || {
        let most = [1, 9, 9, 30][below(4) as usize];
        below(most)
    };
    let mut one = || {
        let calls = [0; 4].map(|_| small());
        let received: u32 = calls.iter().sum();
        let (mut left, mut ends) = (received, Vec::new());
        for _ in 0..4 {
            ends.push(small().min(left));
            left -= ends.last().unwrap();
        }
        ends.push(left);
        month(calls, &ends, small().min(received))
    };
    (0..KREDSE * MONTHS).map(|_| one()).collect()
}

#[test]
fn a_small_part_is_hidden_with_the_smallest_of_the_others_and_its_equals() {
    for (parts, shown) in [
        (&[9, 5, 7][..], &[Some(9), Some(5), Some(7)][..]),
        (&[20, 4, 7], &[Some(20), None, None]),
        (&[20, 0, 0], &[None, None, None]),
        (&[20, 9, 0, 9], &[Some(20), None, None, None]),
        (&[30, 9, 0, 3, 8], &[Some(30), Some(9), None, None, None]),
        (&[4, 4], &[None, None]),
        (&[5, 1], &[None, None]),
    ] {
        let named: Vec<_> = parts.iter().copied().enumerate().collect();
        let split: Vec<_> = split(&named).into_iter().map(|(_, number)| number).collect();
        assert_eq!(split, shown, "{parts:?}");
        let total: u32 = parts.iter().sum();
        assert!(!is_revealed(total, &split));
    }
}

#[test]
fn parts_that_can_be_worked_out_are_detected() {
    let revealed = [(20, &[Some(16), None][..]), (20, &[Some(20), None, None]), (20, &[Some(16), None, None])];
    for (total, parts) in revealed {
        assert!(is_revealed(total, parts), "{parts:?}");
    }
    assert!(!is_revealed(20, &[Some(20)]) && !is_revealed(20, &[Some(15), None, None]));
}

#[test]
fn a_month_shows_no_number_under_five_and_a_median_only_of_shown_calls() {
    let shown = |counts: &Counts, measure| counts.published(&reasons()).get(&measure).copied().flatten();
    let quiet = month([2, 1, 1, 0], &[1, 0, 0, 0, 3], 1);
    assert_eq!(quiet.published(&reasons()), Figures::from([(Measure::Received, None)]));
    let busy = month([40, 2, 9, 9], &[12, 30, 0, 8, 10], 6);
    assert_eq!(shown(&busy, Measure::Received), Some(60));
    assert_eq!((busy.overdue(), shown(&busy, Measure::MedianDays)), (11, Some(3)));
    assert_eq!(shown(&busy, Measure::Call(Call::InTime)), Some(40));
    for hidden in [Call::Late, Call::None, Call::NotNeeded] {
        assert_eq!(shown(&busy, Measure::Call(hidden)), None);
    }
    let few_calls = month([4, 0, 30, 6], &[10, 10, 10, 0, 10], 6);
    assert_eq!(shown(&few_calls, Measure::MedianDays), None);
    for (started, is_shown) in [(60, false), (64, false), (65, true), (10, false)] {
        let counts = Counts { started, ..busy.clone() };
        assert_eq!(shown(&counts, Measure::Started).is_some(), is_shown, "{started}");
    }
    let question = (FormId::parse("bestil-en-betjent").unwrap(), FieldName::parse("telefon").unwrap());
    for (times, is_there) in [(4, false), (5, true)] {
        let counts = Counts { failed: BTreeMap::from([(question.clone(), times)]), ..quiet.clone() };
        let measure = Measure::Failed(question.0.clone(), question.1.clone());
        assert_eq!(counts.published(&reasons()).contains_key(&measure), is_there);
    }
}

/// The same parts with two of them swapped, and, since all may be small, with the whole in one place.
fn exchanged(parts: &[u32], place: usize) -> Vec<Vec<u32>> {
    let mut others: Vec<Vec<u32>> = (0..parts.len())
        .filter(|other| parts[*other] != parts[place])
        .map(|other| {
            let mut parts = parts.to_vec();
            parts.swap(place, other);
            parts
        })
        .collect();
    for all in 0..parts.len() {
        let mut one = vec![0; parts.len()];
        one[all] = parts.iter().sum();
        others.push(one);
    }
    others
}

/// Knowing the rules reveals no more than the sums: these are of shown numbers, and kredse and months are apart.
#[test]
fn every_hidden_number_may_differ_in_a_month_that_publishes_the_same() {
    let mut hidden = 0;
    for counts in years(7) {
        let published = counts.published(&reasons());
        if counts.received < LEAST {
            assert_eq!(published, month([0; 4], &[0; 5], 0).published(&reasons()));
            continue;
        }
        let calls = Call::ALL.map(|call| counts.call(call));
        let ends = counts.ends(&reasons());
        let closed: Vec<u32> = ends.iter().map(|(_, number)| *number).collect();
        let moved = [counts.forwarded, counts.received - counts.forwarded];
        let is_hidden = |measure: &Measure| published[measure].is_none();
        let looks_alike = |other: &Counts, measure: &Measure| {
            truth(other, measure) != truth(&counts, measure) && other.published(&reasons()) == published
        };
        for (place, call) in Call::ALL.into_iter().enumerate().filter(|(_, call)| is_hidden(&Measure::Call(*call))) {
            let mut others = exchanged(&calls, place).into_iter();
            let other = |calls: Vec<u32>| month(calls.try_into().unwrap(), &closed, counts.forwarded);
            assert!(others.any(|calls| looks_alike(&other(calls), &Measure::Call(call))), "{calls:?} {call:?}");
            hidden += 1;
        }
        for (place, (measure, _)) in ends.iter().enumerate().filter(|(_, (measure, _))| is_hidden(measure)) {
            let mut others = exchanged(&closed, place).into_iter();
            let other = |ends: Vec<u32>| month(calls, &ends, counts.forwarded);
            assert!(others.any(|ends| looks_alike(&other(ends), measure)), "{closed:?} {measure}");
            hidden += 1;
        }
        if is_hidden(&Measure::Forwarded) {
            let mut others = exchanged(&moved, 0).into_iter();
            let other = |moved: Vec<u32>| month(calls, &closed, moved[0]);
            assert!(others.any(|moved| looks_alike(&other(moved), &Measure::Forwarded)), "{moved:?}");
            hidden += 2;
        }
    }
    assert!(hidden > 1_000, "{hidden}");
}

#[test]
fn every_name_is_read_back_as_written() {
    let others = ["lukket:givet-raad", "fejl:bestil-en-betjent:telefon"].map(|name| Measure::parse(name).unwrap());
    for measure in Measure::FIXED.into_iter().chain(others) {
        assert_eq!(Measure::parse(&measure.to_string()), Some(measure));
    }
    for bad in ["", "lukket:", "fejl:telefon", "fejl:a:", "Modtaget"] {
        assert_eq!(Measure::parse(bad), None, "{bad}");
    }
}

#[test]
fn a_month_follows_danish_time_and_is_settled_two_whole_months_later() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let month = Month::of(at("2026-10-31T23:30:00Z"));
    assert_eq!((month.to_string().as_str(), month.begin()), ("2026-11", at("2026-10-31T23:00:00Z")));
    assert_eq!(month.settled(), at("2027-01-31T23:00:00Z"));
    assert_eq!(month.counted_in().last(), Month::parse("2027-01"));
    for bad in ["2026-13", "2026-1", "2026-1-1", "26-11", ""] {
        assert_eq!(Month::parse(bad), None, "{bad}");
    }
}
