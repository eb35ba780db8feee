"""Each alarm rings when its event happens, and only then; also alarms about something that did not run."""

import functools
import json
import re
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from templates import EDGE, ROOT, TEMPLATE, Template
from watching import embedded, matches, measured, metric_of, metrics_of, rings

# Lines as the function prints them; tests/journeys/canary/program.rs checks the format.
ALARM = '{"level":"ERROR","fields":{"message":"alarm","alarm":"%s","kreds":"fyn","what":"K7F-M2X-P9T"}}'
ERROR = '{"level":"ERROR","fields":{"message":"a form could not be answered","error":"storing failed: no answer in time","form":"bestil-en-betjent"}}'
HARMLESS = [
    '{"level":"WARN","fields":{"message":"a task failed and is due again","failure":"mail was not sent: Throttling","kreds":"fyn","attempts":1}}',
    '{"level":"INFO","fields":{"message":"a mailbox takes mail again","kreds":"fyn","form":"bestil-en-betjent"}}',
    '{"level":"INFO","fields":{"message":"a request was refused","refused":429}}',
    "START RequestId: 8f5f Version: 7",
    "REPORT RequestId: 8f5f Duration: 4.41 ms Billed Duration: 5 ms Memory Size: 256 MB Max Memory Used: 21 MB",
    '"ERROR"',
]
# One line of each kind that the function writes, which a test in function/src/metrics/tests.rs checks.
METRICS = (Path(__file__).parent / "metrics.jsonl").read_text(encoding="utf-8").splitlines()


@functools.cache
def template():
    return Template(TEMPLATE.read_text(encoding="utf-8"))


def ours():
    """Returns the alarms on our own metrics."""
    return {name: alarm for name, alarm in template().alarms().items() if "BestilEnBetjent" in str(alarm["Namespace"])}


def alarm_on(metric, **dimensions):
    found = [alarm for alarm in ours().values() if alarm["MetricName"] == metric and dict(metric_of(alarm)[2]).items() >= dimensions.items()]
    assert len(found) == 1, f"{len(found)} alarms are on {metric}"
    return found[0]


def line_of(metric, value, **dimensions):
    """Returns a line as the function writes it, with this value of a metric, and 0 for all others."""
    for line in METRICS:
        root = json.loads(line)
        if metric in root and all(root.get(name) == text for name, text in dimensions.items()):
            others = {each["Name"]: 0 for directive in root["_aws"]["CloudWatchMetrics"] for each in directive["Metrics"]}
            return json.dumps({**root, **others, metric: value})
    raise AssertionError(f"the function writes no line with {metric} {dimensions}")


def seen(alarm, lines):
    """Returns what an alarm sees in a period with these lines."""
    return measured(alarm, metrics_of(template(), lines)[metric_of(alarm)])


def ringing(lines):
    """Returns the metrics whose alarms ring after a period with these lines, but not alarms that ring without data."""
    return {alarm["MetricName"] for alarm in ours().values() if alarm["TreatMissingData"] == "notBreaching" and rings(alarm, [seen(alarm, lines)])}


class Watching(unittest.TestCase):
    def test_each_alarm_of_the_function_rings_alone(self):
        kinds = re.findall(r'Self::\w+ => "([a-z-]+)"', (ROOT / "function/src/alarm.rs").read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(kinds), 12)
        embedded_kinds = {name for line in METRICS for (_, name, _), _ in embedded(line)}
        for kind in kinds:
            with self.subTest(kind):
                alarm = alarm_on(kind)
                lines = [ALARM % kind] * alarm["Threshold"] + HARMLESS
                if kind in embedded_kinds:
                    # It is counted once: by the metric, not by the line with the reference.
                    self.assertEqual(ringing(lines), set())
                    lines += [line_of(kind, 1, kreds="fyn")] * alarm["Threshold"]
                    lines += [line_of(kind, alarm["Threshold"])]
                self.assertEqual(ringing(lines), {kind})
                value = seen(alarm, lines)
                self.assertFalse(rings(alarm, [value, None]), "it ends when nothing more happens")
                self.assertFalse(rings(alarm, []))

    def test_errors_and_refusals_ring_at_their_threshold_and_not_below(self):
        for metric, line, of in (
            ("errors", ERROR, {}),
            ("refused", line_of("refused", 1, reason="too-many"), {"reason": "too-many"}),
            ("refused", line_of("refused", 1, reason="unavailable"), {"reason": "unavailable"}),
        ):
            alarm = alarm_on(metric, **of)
            self.assertTrue(rings(alarm, [seen(alarm, [line] * alarm["Threshold"] + HARMLESS)]), metric)
            self.assertFalse(rings(alarm, [seen(alarm, [line] * (alarm["Threshold"] - 1) + HARMLESS)]), metric)
            other = line_of("refused", 1, reason="invalid")
            self.assertFalse(rings(alarm, [seen(alarm, [other] * 1000 + HARMLESS)]), "people mistype")

    def test_a_mail_owed_for_an_hour_rings_and_many_younger_ones_do_not(self):
        alarm = alarm_on("owed-age")
        old, young, none = ([line_of("owed-age", age)] for age in (3600, 3599, 0))
        self.assertTrue(rings(alarm, [seen(alarm, young * 4 + old)]))
        self.assertFalse(rings(alarm, [seen(alarm, young * 5)] * 24), "each waits for a while, and goes out")
        self.assertFalse(rings(alarm, [seen(alarm, old), seen(alarm, none)]), "it ends when it has gone out")
        self.assertFalse(rings(alarm, [None]), "that nobody measures is the alarm `late`'s")

    def test_untried_mail_and_missing_measures_ring_after_five_minutes(self):
        alarm = alarm_on("late")
        self.assertEqual(alarm["Period"] * alarm["EvaluationPeriods"], 300)
        fine, lies = (seen(alarm, [line_of("late", value)]) for value in (59, 300))
        self.assertFalse(rings(alarm, [fine] * 5))
        self.assertTrue(rings(alarm, [fine, *[lies] * 5]))
        self.assertFalse(rings(alarm, [*[lies] * 5, fine]), "it ends when what was due is tried")
        self.assertTrue(rings(alarm, [fine, *[None] * 5]), "nobody measures")
        self.assertTrue(rings(alarm, [fine, None, lies, None, lies, lies]))
        self.assertFalse(rings(alarm, [fine, None, None, fine, None]), "a line that is late is not missing")

    def test_missing_probes_ring_within_half_an_hour_and_a_slow_one_does_not(self):
        alarm = alarm_on("probe-delivered")
        self.assertEqual(alarm["Period"] * alarm["EvaluationPeriods"], 1800)
        for seconds in (1, 90, 1800):
            arrived = seen(alarm, [line_of("probe-delivered", seconds)])
            self.assertFalse(rings(alarm, [arrived, None]))
            self.assertTrue(rings(alarm, [arrived, None, None]))
            self.assertFalse(rings(alarm, [None, None, arrived]))
        self.assertIsNone(seen(alarm, [line_of("received", 1, kreds="fyn"), line_of("delivered", 1, kreds="fyn")]), "a citizen's request is no probe")

    def test_every_alarm_of_ours_is_on_a_metric_that_the_function_writes(self):
        lines = METRICS + [ERROR] + [ALARM % kind for kind in re.findall(r'\$\.fields\.alarm = "([a-z-]+)"', template().text)]
        made = metrics_of(template(), lines)
        for name, alarm in ours().items():
            self.assertIn(metric_of(alarm), made, name)

    def test_only_metrics_in_use_are_written_every_minute(self):
        made = {metric for line in METRICS for metric, _ in embedded(line)}
        in_all = {name for _, name, dimensions in made if {name for name, _ in dimensions} == {"environment"}}
        self.assertEqual(in_all, {"received", "quarantined", "delivered", "bounced", "owed", "owed-age", "late", "parked", "overdue", "probe-delivered"})
        allowed = {frozenset({"environment"}), frozenset({"environment", "kreds"}), frozenset({"environment", "reason"})}
        self.assertEqual({frozenset(name for name, _ in dimensions) for _, _, dimensions in made}, allowed)

    def test_the_graphs_use_metrics_that_the_function_writes(self):
        body = template().properties("Dashboard")["DashboardBody"]["Fn::Sub"]
        widgets = json.loads(body)["widgets"]
        made = {(name, frozenset(dimension for dimension, _ in dimensions)) for line in METRICS for (_, name, dimensions), _ in embedded(line)}
        searched = set()
        for expression in re.findall(r"\"expression\": \"(SEARCH.*?)\" \}", body):
            found = re.fullmatch(r"SEARCH\('\{\"BestilEnBetjent/\$\{Environment\}\",environment,(\w+)\} MetricName=\"([a-z-]+)\"', '(Sum|Maximum)', \d+\)", expression.replace('\\"', '"'))
            self.assertTrue(found, expression)
            self.assertIn((found[2], frozenset({"environment", found[1]})), made)
            searched.add(found[2])
        self.assertEqual(searched, {"received", "delivered", "quarantined", "bounced", "owed", "owed-age", "parked", "refused"})
        self.assertEqual(len(widgets), len({(widget["x"], widget["y"]) for widget in widgets}))

    def test_alarms_on_aws_metrics_ring_at_their_threshold_and_not_without_data(self):
        alarms = {name: alarm for name, alarm in template().alarms().items() if "AWS/" in str(alarm["Namespace"])}
        alarms |= Template(EDGE.read_text(encoding="utf-8")).alarms()
        self.assertGreaterEqual(len(alarms), 12)
        for name, alarm in alarms.items():
            if alarm["TreatMissingData"] == "breaching":
                continue
            with self.subTest(name):
                self.assertTrue(rings(alarm, [alarm["Threshold"]] * alarm["EvaluationPeriods"]))
                self.assertFalse(rings(alarm, [alarm["Threshold"] * 0.99]))
                self.assertFalse(rings(alarm, []))

    def test_missing_runs_ring_within_two_periods(self):
        for name, alarm in template().alarms().items():
            if alarm["TreatMissingData"] != "breaching" or not alarm["ComparisonOperator"].startswith("LessThan"):
                continue
            with self.subTest(name):
                runs = [alarm["Threshold"]] * 10
                self.assertFalse(rings(alarm, runs))
                self.assertFalse(rings(alarm, [*runs, None]), "one that is late is not missing")
                self.assertTrue(rings(alarm, [*runs, None, None]))
                self.assertTrue(rings(alarm, [*runs, 0, None]))
                self.assertFalse(rings(alarm, [None, None, *runs]), "it ends when it runs again")

    def test_an_unsupported_pattern_is_refused(self):
        for pattern in ("ERROR", "{ $.level = ERR* }", '{ ($.a = "b") || ($.c = "d") }', "{ $.a IS NULL }"):
            with self.assertRaises(ValueError):
                matches(pattern, "{}")

    def test_a_line_that_cloudwatch_would_reject_is_refused(self):
        good = json.loads(METRICS[0])
        about = good["_aws"]
        directive = about["CloudWatchMetrics"][0]
        for broken in (
            {**good, "_aws": {**about, "Timestamp": about["Timestamp"] // 1000}},
            {**good, "_aws": {"CloudWatchMetrics": [directive]}},
            {**good, "_aws": {**about, "CloudWatchMetrics": [{**directive, "Dimensions": [[]]}]}},
            {**good, "_aws": {**about, "CloudWatchMetrics": [{**directive, "Dimensions": [["nobody"]]}]}},
            {**good, "_aws": {**about, "CloudWatchMetrics": [{**directive, "Metrics": [{"Name": "received", "Unit": "Pieces"}]}]}},
            {**good, "received": "1"},
            {**good, "kreds": ""},
        ):
            with self.assertRaises(ValueError):
                embedded(json.dumps(broken))
        self.assertIsNone(embedded(ERROR))


if __name__ == "__main__":
    unittest.main(verbosity=1)
