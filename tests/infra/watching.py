"""CloudWatch, as far as the template uses it: which metrics it extracts from log lines, and when an alarm rings.

The emulator stores filters and alarms, but counts nothing and ignores missing data. This follows AWS's documentation
("Filter and pattern syntax", "Specification: embedded metric format", "Configuring how CloudWatch alarms treat missing
data"), for the few forms in the template and the log; it refuses any other form, so that none passes untested.
"""

import json
import re
from collections import defaultdict

# `Environment` in these tests, and in the lines of metrics.jsonl.
ENVIRONMENT = "test"

_TERM = re.compile(r'\$\.([\w.]+) (=|!=) (?:"([^"]*)"|(\d+))')
_COMPARE = {
    "GreaterThanOrEqualToThreshold": lambda value, limit: value >= limit,
    "GreaterThanThreshold": lambda value, limit: value > limit,
    "LessThanThreshold": lambda value, limit: value < limit,
    "LessThanOrEqualToThreshold": lambda value, limit: value <= limit,
}
_STATISTICS = {"Sum": sum, "Maximum": max, "Minimum": min, "SampleCount": len}
_UNITS = ("Count", "Seconds")


def matches(pattern, line):
    """Returns whether a filter's pattern matches a line."""
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
        # A missing field equals nothing, and differs from nothing.
        return False
    equal = value == (text if number is None else int(number)) and not isinstance(value, bool)
    return equal if operator == "=" else not equal


def embedded(line):
    """Returns the values that a line embeds, each with its metric: namespace, name and dimensions; None without any."""
    try:
        root = json.loads(line)
    except ValueError:
        return None
    if not isinstance(root, dict) or "_aws" not in root:
        return None
    about = root["_aws"]
    _must(set(about) == {"Timestamp", "CloudWatchMetrics"}, "_aws has a time and directives, and nothing else", line)
    # In milliseconds; seconds would be a time before 2002, and CloudWatch accepts nothing older than two weeks.
    _must(isinstance(about["Timestamp"], int) and about["Timestamp"] > 10**12, "the time is in milliseconds", line)
    values = []
    for directive in about["CloudWatchMetrics"]:
        _must(set(directive) == {"Namespace", "Dimensions", "Metrics"}, "a directive has these members", line)
        _must(1 <= len(directive["Namespace"]) <= 256, "the namespace has a name", line)
        _must(0 < len(directive["Metrics"]) <= 100, "there are metrics", line)
        for names in directive["Dimensions"]:
            _must(0 < len(names) <= 30, "a set has dimensions", line)
            _must(all(isinstance(root.get(name), str) and 0 < len(root[name]) <= 1024 for name in names), "each dimension is a text of the root", line)
            for metric in directive["Metrics"]:
                _must(set(metric) == {"Name", "Unit"} and metric["Unit"] in _UNITS, "a metric has a name and a unit", line)
                value = root.get(metric["Name"])
                _must(isinstance(value, (int, float)) and not isinstance(value, bool), "each metric is a number of the root", line)
                values.append(((directive["Namespace"], metric["Name"], frozenset((name, root[name]) for name in names)), value))
        _must(directive["Dimensions"], "there is a set of dimensions", line)
    return values


def _must(holds, what, line):
    if not holds:
        raise ValueError(f"{what}: {line}")


def metrics_of(template, lines):
    """Returns the values of each metric that CloudWatch extracts from lines: by filters, and from embedded metrics."""
    metrics = defaultdict(list)
    for line in lines:
        for each in template.of_type("AWS::Logs::MetricFilter").values():
            transformation, = each["MetricTransformations"]
            if matches(each["FilterPattern"], line):
                metrics[(_text(transformation["MetricNamespace"]), transformation["MetricName"], frozenset())].append(int(transformation["MetricValue"]))
        for metric, value in embedded(line) or []:
            metrics[metric].append(value)
    return metrics


def metric_of(alarm):
    """Returns the metric that an alarm watches."""
    dimensions = {dimension["Name"]: _text(dimension["Value"]) for dimension in alarm.get("Dimensions", [])}
    return _text(alarm["Namespace"]), alarm["MetricName"], frozenset(dimensions.items())


def _text(value):
    if isinstance(value, dict):
        value = "${Environment}" if value == {"Ref": "Environment"} else value.get("Fn::Sub", str(value))
    return value.replace("${Environment}", ENVIRONMENT)


def measured(alarm, values):
    """Returns what an alarm sees in a period with these values; None if there are none."""
    return _STATISTICS[alarm["Statistic"]](values) if values else None


def rings(alarm, periods):
    """Returns whether an alarm rings after periods with these values, newest last; None is a period without data."""
    if alarm["TreatMissingData"] not in ("breaching", "notBreaching"):
        raise ValueError(f"this test does not know what missing data as {alarm['TreatMissingData']} does")
    count = alarm["EvaluationPeriods"]
    judged = ([None] * count + list(periods))[-count:]
    compare, limit = _COMPARE[alarm["ComparisonOperator"]], alarm["Threshold"]
    breaching = [alarm["TreatMissingData"] == "breaching" if value is None else compare(value, limit) for value in judged]
    return sum(breaching) >= alarm.get("DatapointsToAlarm", count)
