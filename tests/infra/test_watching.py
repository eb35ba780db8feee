"""Each alarm rings when what it is about happens, and is silent when it does not: also those about what did not run."""

import functools
import re
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
from templates import EDGE, ROOT, TEMPLATE, Template
from watching import counted, matches, rings

# As the function prints them; `emulated.py` compares the form with what the deployed function printed.
ALARM = '{"level":"ERROR","fields":{"message":"alarm","alarm":"%s","kreds":"fyn","what":"K7F-M2X-P9T"}}'
REFUSED = '{"level":"INFO","fields":{"message":"a request was refused","refused":%d}}'
ERROR = '{"level":"ERROR","fields":{"message":"a form could not be answered","error":"storing failed: no answer in time","form":"bestil-en-betjent"}}'
HARMLESS = [
    '{"level":"WARN","fields":{"message":"a task failed and is due again","failure":"mail was not sent: Throttling","kreds":"fyn","attempts":1}}',
    '{"level":"INFO","fields":{"message":"a mailbox takes mail again","kreds":"fyn","form":"bestil-en-betjent"}}',
    REFUSED % 404,
    "START RequestId: 8f5f Version: 7",
    "REPORT RequestId: 8f5f Duration: 4.41 ms Billed Duration: 5 ms Memory Size: 256 MB Max Memory Used: 21 MB",
    '"ERROR"',
]


@functools.cache
def template():
    return Template(TEMPLATE.read_text(encoding="utf-8"))


def alarm_on(metric):
    found = [alarm for alarm in template().of_type("AWS::CloudWatch::Alarm").values() if alarm["MetricName"] == metric and "BestilEnBetjent" in str(alarm["Namespace"])]
    assert len(found) == 1, f"{len(found)} alarms are on {metric}"
    return found[0]


class Watching(unittest.TestCase):
    def test_each_thing_that_the_function_raises_rings_its_own_alarm_and_no_other(self):
        kinds = re.findall(r'Self::\w+ => "([a-z-]+)"', (ROOT / "function/src/alarm.rs").read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(kinds), 12)
        for kind in kinds:
            with self.subTest(kind):
                alarm = alarm_on(kind)
                lines = [ALARM % kind] * alarm["Threshold"] + HARMLESS
                metrics = counted(template(), lines)
                self.assertEqual(+metrics, {kind: alarm["Threshold"]})
                self.assertTrue(rings(alarm, [metrics[kind]]))
                self.assertFalse(rings(alarm, [metrics[kind], None]), "it ends when nothing more happens")
                self.assertFalse(rings(alarm, []))

    def test_errors_and_refusals_ring_above_their_number_and_not_below(self):
        for metric, line in (("errors", ERROR), ("refused-429", REFUSED % 429), ("refused-503", REFUSED % 503)):
            alarm = alarm_on(metric)
            for lines, is_ringing in ((alarm["Threshold"], True), (alarm["Threshold"] - 1, False)):
                metrics = counted(template(), [line] * lines + HARMLESS)
                self.assertEqual(+metrics, {metric: lines})
                self.assertEqual(rings(alarm, [metrics[metric]]), is_ringing, metric)

    def test_what_is_counted_by_aws_rings_at_its_threshold_and_is_silent_below_and_in_silence(self):
        alarms = {name: alarm for name, alarm in template().of_type("AWS::CloudWatch::Alarm").items() if "AWS/" in str(alarm["Namespace"])}
        alarms |= Template(EDGE.read_text(encoding="utf-8")).of_type("AWS::CloudWatch::Alarm")
        self.assertGreaterEqual(len(alarms), 12)
        for name, alarm in alarms.items():
            if alarm["TreatMissingData"] == "breaching":
                continue
            with self.subTest(name):
                self.assertTrue(rings(alarm, [alarm["Threshold"]] * alarm["EvaluationPeriods"]))
                self.assertFalse(rings(alarm, [alarm["Threshold"] * 0.99]))
                self.assertFalse(rings(alarm, []))

    def test_what_does_not_run_rings_within_two_of_its_periods(self):
        for name, alarm in template().of_type("AWS::CloudWatch::Alarm").items():
            if alarm["TreatMissingData"] != "breaching":
                continue
            with self.subTest(name):
                runs = [alarm["Threshold"]] * 10
                self.assertFalse(rings(alarm, runs))
                self.assertFalse(rings(alarm, [*runs, None]), "one that is late is not missing")
                self.assertTrue(rings(alarm, [*runs, None, None]))
                self.assertTrue(rings(alarm, [*runs, 0, None]))
                self.assertFalse(rings(alarm, [None, None, *runs]), "it ends when it runs again")

    def test_a_pattern_of_another_form_is_not_taken_for_tested(self):
        for pattern in ("ERROR", "{ $.level = ERR* }", '{ ($.a = "b") || ($.c = "d") }', "{ $.a IS NULL }"):
            with self.assertRaises(ValueError):
                matches(pattern, "{}")


if __name__ == "__main__":
    unittest.main(verbosity=1)
