//! Tests of the metric lines against a file that the tests of the alarms use, too: one line of each kind.

use super::*;
use crate::clock::Clock;
use crate::mailer::Mailer;
use crate::test_support::settings;

const GOLDEN: &str = include_str!("../../../tests/infra/metrics.jsonl");

fn service() -> (Service, Kept) {
    let kept = Kept::default();
    let mut settings = settings("folder:/nowhere");
    settings.environment = "test".to_owned();
    let mailer = Mailer::new(&settings).unwrap();
    let service = Service::wired(settings, Clock::System, crate::store::https(), mailer).unwrap();
    (service.measured_by(Metrics::Kept(kept.clone())), kept)
}

fn without_time(line: &str) -> Value {
    let mut line: Value = serde_json::from_str(line).unwrap();
    let time = line["_aws"]["Timestamp"].take();
    assert!(time.as_i64().is_some_and(|time| time > 1_700_000_000_000), "milliseconds since 1970: {time}");
    line
}

#[test]
fn the_lines_equal_those_that_the_alarms_are_tested_with() {
    let (service, kept) = service();
    let fyn = KredsSlug::parse("fyn").unwrap();
    for metric in [Metric::Received, Metric::Delivered, Metric::Bounced] {
        service.count(metric, &fyn);
    }
    Held::ALL.into_iter().for_each(|held| service.count_held(held, &fyn));
    Reason::ALL.into_iter().for_each(|reason| service.count_refused(reason));
    let mut nothing = Measured::default();
    let mut much = Measured::default();
    for (metric, value) in
        [(Metric::Owed, 3), (Metric::OwedAge, 5400), (Metric::Late, 360), (Metric::Parked, 1), (Metric::Overdue, 2)]
    {
        nothing.add(metric, 0, [(fyn.clone(), 0)]);
        much.add(metric, value, [(fyn.clone(), value)]);
    }
    service.record(&nothing);
    service.record(&much);
    service.record(&Measured::default());
    service.measure(Metric::ProbeDelivered, 42);
    let golden: Vec<Value> = GOLDEN.lines().map(without_time).collect();
    let lines: Vec<Value> = kept.lines().iter().map(|line| without_time(line)).collect();
    assert_eq!(lines, golden, "{}", kept.lines().join("\n"));
    for metric in Metric::ALL {
        let is_named = |line: &Value| line.get(metric.name()).is_some();
        assert!(lines.iter().any(is_named), "{metric:?}");
    }
}
