"""Counts each kreds and month of a quarter from the raw records and the forms that were sent, and compares the service's figures."""

import collections
import datetime as dt
import json

from promised import DENMARK, UTC, local


def month_of(moment):
    return local(moment).strftime("%Y-%m")


def settled(month):
    """What is done later about a request of this month does not count: two whole months have passed."""
    year, number = map(int, month.split("-"))
    year, number = (year, number + 3) if number <= 9 else (year + 1, number - 9)
    return dt.datetime(year, number, 1, tzinfo=DENMARK).astimezone(UTC)


def of_request(request):
    """Where a request counts, and as what."""
    month = month_of(request.received)
    called = over = reason = None
    is_forwarded = False
    for when, act in request.standing(settled(month) - dt.timedelta(microseconds=1)):
        name = act if isinstance(act, str) else next(iter(act))
        if name == "called" or name == "answered" and act["answered"]["called"]:
            called = called or when
        elif name in ("planned", "done", "withdrawn", "closed"):
            over = over or when
        if name == "closed":
            reason = reason or act["closed"]["reason"]
        is_forwarded = is_forwarded or name == "forwarded"
    if called and called < request.due:
        call = "in time"
    elif over and over < request.due:
        call = "not needed"
    else:
        call = "late" if called else "none"
    days = [(local(called).date() - local(request.received).date()).days] if called else []
    return month, call, days, reason, is_forwarded


def counted(requests, posts):
    figures = collections.defaultdict(
        lambda: {"received": 0, "calls": {}, "days": [], "forwarded": 0, "closed": {}, "started": 0, "failed": {}}
    )

    def one_more(numbers, name):
        numbers[name] = numbers.get(name, 0) + 1

    for request in requests:
        month, call, days, reason, is_forwarded = of_request(request)
        figure = figures[month, request.first]
        figure["received"] += 1
        one_more(figure["calls"], call)
        figure["days"] = sorted(figure["days"] + days)
        figure["forwarded"] += is_forwarded
        if reason:
            one_more(figure["closed"], reason)
    for post in posts:
        figure = figures[month_of(dt.datetime.fromtimestamp(post["at"], UTC)), post["kreds"]]
        figure["started"] += post["is_first"]
        for field in post["refused"]:
            one_more(figure["failed"], field)
    return {key: figure for key, figure in figures.items()}


def check_figures(requests, folder, wrong):
    read = lambda name: [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    ours = counted(requests, read("posts.jsonl"))
    theirs = {(line.pop("month"), line.pop("kreds")): line for line in read("figures.jsonl")}
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            wrong("the figures of", *key, "are", theirs.get(key), "and should be", ours.get(key))
    return len(ours)
