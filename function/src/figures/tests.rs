//! Tests of the figures of a month, computed from audit lines.

use super::*;
use crate::officer::audit_text;
use model::case::Act;
use model::control::Control;
use model::names::CatalogVersion;

fn at(text: &str) -> Timestamp {
    format!("{text}:00Z").parse().unwrap()
}

fn line(about: &str, when: &str, what: &str) -> AuditLine {
    AuditLine {
        about: about.to_owned(),
        at: at(when),
        what: what.to_owned(),
        by: "link kreds fyn".to_owned(),
        received: None,
    }
}

fn received(about: &str, when: &str, due: &str) -> AuditLine {
    let received = Some((KredsSlug::parse("fyn").unwrap(), at(due)));
    AuditLine { received, ..line(about, when, "received") }
}

fn of(month: &str, lines: &[AuditLine]) -> Counts {
    counted(Month::parse(month).unwrap(), lines).remove(&KredsSlug::parse("fyn").unwrap()).unwrap_or_default()
}

#[test]
fn acts_are_recognised_by_their_names_in_the_audit() {
    let reason = ReasonSlug::parse("givet-raad").unwrap();
    let closed = Act::Closed { reason: reason.clone(), catalog: CatalogVersion::parse("0123456789abcdef").unwrap() };
    let today = jiff::civil::date(2026, 12, 7);
    let held = Control::parse(["", "", "60", "212", "31", "12"], today..=today).unwrap();
    let cases = [
        (audit_text(&Act::Called), Some(Deed::Called)),
        ("was called".to_owned(), Some(Deed::Called)),
        (audit_text(&Act::Planned), Some(Deed::Settled)),
        (audit_text(&Act::Done(Control::default())), Some(Deed::Settled)),
        (audit_text(&Act::Done(held)), Some(Deed::Settled)),
        (audit_text(&Act::Withdrawn), Some(Deed::Settled)),
        (audit_text(&closed), Some(Deed::Closed(reason))),
        (audit_text(&Act::Forwarded { to: KredsSlug::parse("fyn").unwrap() }), Some(Deed::Forwarded)),
        ("discarded as spam".to_owned(), Some(Deed::Discarded)),
        ("erased".to_owned(), Some(Deed::Settled)),
        ("erased undelivered".to_owned(), None),
        (audit_text(&Act::NotReached), None),
        ("was not called".to_owned(), None),
        ("released".to_owned(), None),
    ];
    for (what, deed) in cases {
        assert_eq!(Deed::of(&line("A", "2026-11-02T10:00", &what)), deed, "{what}");
    }
    let of_its_own = AuditLine { by: "retention".to_owned(), ..line("A", "2026-11-02T10:00", "erased") };
    assert_eq!(Deed::of(&of_its_own), None);
}

#[test]
fn the_result_of_a_call_depends_on_what_happened_before_the_deadline() {
    let begun = received("A", "2026-11-02T10:00", "2026-11-10T23:00");
    let (before, after) = ("2026-11-09T10:00", "2026-11-20T10:00");
    for (acts, call, days) in [
        (&[][..], Call::None, &[][..]),
        (&[(before, "called")], Call::InTime, &[7]),
        (&[(after, "called")], Call::Late, &[18]),
        (&[(before, "not reached"), (after, "was called")], Call::Late, &[18]),
        (&[(before, "closed: givet-raad")], Call::NotNeeded, &[]),
        (&[(after, "closed: givet-raad")], Call::None, &[]),
        (&[(before, "withdrawn")], Call::NotNeeded, &[]),
        (&[(before, "measure planned"), (after, "called")], Call::NotNeeded, &[18]),
        (&[(before, "called"), (before, "taken back: called")], Call::None, &[]),
        (&[(before, "called"), (before, "taken back: called"), (after, "called")], Call::Late, &[18]),
        // Nothing after the month is settled changes what is published.
        (&[("2027-02-01T10:00", "called")], Call::None, &[]),
    ] {
        let acts = acts.iter().map(|(when, what)| line("A", when, what));
        let counts = of("2026-11", &[begun.clone()].into_iter().chain(acts).collect::<Vec<_>>());
        assert_eq!(counts.calls, BTreeMap::from([(call, 1)]));
        assert_eq!((counts.received, counts.days.as_slice()), (1, days));
    }
}

#[test]
fn requests_count_in_the_danish_month_of_receipt_unless_discarded() {
    let lines = [
        received("A", "2026-10-31T22:59", "2026-11-10T23:00"),
        received("B", "2026-10-31T23:00", "2026-11-10T23:00"),
        received("C", "2026-11-02T10:00", "2026-11-10T23:00"),
        line("C", "2026-11-02T12:00", "discarded as spam"),
        line("B", "2026-11-03T12:00", "forwarded to bornholm"),
        line("B", "2026-11-04T12:00", "closed: givet-raad"),
    ];
    assert_eq!(of("2026-10", &lines).received, 1);
    let november = of("2026-11", &lines);
    assert_eq!((november.received, november.forwarded, november.overdue()), (1, 1, 0));
    assert_eq!(november.closed, BTreeMap::from([(ReasonSlug::parse("givet-raad").unwrap(), 1)]));
}
