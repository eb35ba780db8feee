"""CloudWatch as far as the template uses it: which lines of a log a metric filter counts, and when an alarm rings.

The emulator keeps filters and alarms but counts nothing and knows no missing data. This goes by AWS's documentation ("Filter and
pattern syntax", "Configuring how CloudWatch alarms treat missing data"), for the few forms that stand in the template; any other
form is refused, so that nobody believes it to be tested.
"""

import json
import re
from collections import Counter

_TERM = re.compile(r'\$\.([\w.]+) (=|!=) (?:"([^"]*)"|(\d+))')
_COMPARE = {
    "GreaterThanOrEqualToThreshold": lambda value, limit: value >= limit,
    "GreaterThanThreshold": lambda value, limit: value > limit,
    "LessThanThreshold": lambda value, limit: value < limit,
    "LessThanOrEqualToThreshold": lambda value, limit: value <= limit,
}


def matches(pattern, line):
    """Whether a filter's pattern counts a line."""
    inner = re.fullmatch(r"\{ (.*) \}", pattern)
    terms = [term.removeprefix("(").removesuffix(")") for term in inner[1].split(" && ")] if inner else []
    parsed = [_TERM.fullmatch(term) for term in terms]
    if not parsed or not all(parsed):
        raise ValueError(f"this test does not know the pattern {pattern}")
    try:
        said = json.loads(line)
    except ValueError:
        return False
    return isinstance(said, dict) and all(_holds(term, said) for term in parsed)


def _holds(term, said):
    path, operator, text, number = term.groups()
    value = said
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    if value is None:
        # A field that is not there equals nothing, and differs from nothing.
        return False
    equal = value == (text if number is None else int(number)) and not isinstance(value, bool)
    return equal if operator == "=" else not equal


def counted(template, lines):
    """How often each metric is counted in lines."""
    metrics = Counter()
    for each in template.of_type("AWS::Logs::MetricFilter").values():
        transformation, = each["MetricTransformations"]
        metrics[transformation["MetricName"]] += sum(int(transformation["MetricValue"]) for line in lines if matches(each["FilterPattern"], line))
    return metrics


def rings(alarm, periods):
    """Whether an alarm rings after periods with these values, the newest last; None is a period of which nothing was heard."""
    if alarm["TreatMissingData"] not in ("breaching", "notBreaching"):
        raise ValueError(f"this test does not know what missing data as {alarm['TreatMissingData']} does")
    count = alarm["EvaluationPeriods"]
    judged = ([None] * count + list(periods))[-count:]
    compare, limit = _COMPARE[alarm["ComparisonOperator"]], alarm["Threshold"]
    breaching = [alarm["TreatMissingData"] == "breaching" if value is None else compare(value, limit) for value in judged]
    return sum(breaching) >= alarm.get("DatapointsToAlarm", count)
