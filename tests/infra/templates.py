"""Reads a CloudFormation template as plain data: `!Ref x` becomes {"Ref": "x"}, `!GetAtt a.b` becomes {"Fn::GetAtt": ["a", "b"]}."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "infra" / "template.yaml"
EDGE = ROOT / "infra" / "us-east-1.yaml"


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    pass


def _tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if suffix == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


Loader.add_multi_constructor("!", _tag)


def read(text):
    """Returns a template's text as data."""
    return yaml.load(text, Loader)  # noqa: S506, it is a SafeLoader


class Template:
    """A template's resources, alarms and policy statements."""

    def __init__(self, text):
        self.text = text
        self.data = read(text)
        self.resources = self.data["Resources"]

    def of_type(self, kind):
        return {name: about["Properties"] for name, about in self.resources.items() if about["Type"] == kind}

    def alarms(self):
        """Returns every alarm as one on a metric; the series of one kreds represents all of a query."""
        return {name: {**alarm, **_queried(alarm)} for name, alarm in self.of_type("AWS::CloudWatch::Alarm").items()}

    def properties(self, name):
        return self.resources[name]["Properties"] if name in self.resources else {}

    def statements(self):
        """Yields every statement of every policy, with the name of its resource."""
        for name, about in self.resources.items():
            yield from ((name, statement) for statement in _statements(about.get("Properties", {})))


def _queried(alarm):
    if "Metrics" not in alarm:
        return {}
    (query,) = alarm["Metrics"]
    form = r"SELECT MAX\(([\w-]+)\) FROM SCHEMA\(\"([^\"]+)\", environment, kreds\) WHERE environment = '([^']+)'.*"
    metric, namespace, environment = re.fullmatch(form, query["Expression"]["Fn::Sub"]).groups()
    dimensions = [{"Name": "environment", "Value": {"Fn::Sub": environment}}, {"Name": "kreds", "Value": "fyn"}]
    return {"MetricName": metric, "Namespace": {"Fn::Sub": namespace}, "Dimensions": dimensions, "Statistic": "Maximum", "Period": query["Period"]}


def _statements(value):
    if isinstance(value, dict):
        if "Effect" in value and ("Action" in value or "NotAction" in value):
            yield value
        for inner in value.values():
            yield from _statements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _statements(inner)


def listed(value):
    """Returns a value, or several, as a list."""
    return value if isinstance(value, list) else [value]
