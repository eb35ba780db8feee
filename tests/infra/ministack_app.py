"""Ministack, with a CloudFormation that accepts an alarm on a metrics query, as one on a plain metric without data."""

from ministack.app import main
from ministack.services.cloudformation import provisioners

record = provisioners._cw_metric_alarm_record


def of_a_query_as_well(name, props):
    """Records such an alarm (OverdueAlarm), which has no metric of its own and would be refused."""
    query, *others = props.get("Metrics") or [None]
    assert not others, f"{name} has more than a query"
    if query:
        props = {**props, "Metrics": None, "MetricName": query["Id"], "Namespace": "query", "Period": query["Period"]}
    return record(name, props)


provisioners._cw_metric_alarm_record = of_a_query_as_well

if __name__ == "__main__":
    main()
