"""When a Danish call is owed, computed apart from the service: other algorithms, other libraries, the same rules.

The rules are those of docs/officer.md. `python3 tests/failures/quarter/promised.py` prints the table that
model/src/notice/tests.rs compares the service with.
"""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")
UTC = dt.timezone.utc
OPENS, CLOSES = dt.time(8), dt.time(16)
DAY = dt.timedelta(days=1)


def easter(year):
    """By the epact of Lilius: the Sunday after the fourteenth day of the paschal moon."""
    golden = year % 19 + 1
    century = year // 100 + 1
    dropped = 3 * century // 4 - 12
    moon = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - dropped - 10
    epact = (11 * golden + 20 + moon - dropped) % 30
    if (epact == 25 and golden > 11) or epact == 24:
        epact += 1
    full = 44 - epact
    if full < 21:
        full += 30
    full += 7 - (sunday + full) % 7
    return dt.date(year, 3, 1) + (full - 1) * DAY


def days_off(year):
    """The public holidays of a year by date, but for those that are Sundays anyway."""
    at = easter(year)
    movable = {-3: "skærtorsdag", -2: "langfredag", 1: "2. påskedag", 39: "Kristi himmelfartsdag", 50: "2. pinsedag"}
    fixed = {dt.date(year, 1, 1): "nytårsdag", dt.date(year, 12, 25): "juledag", dt.date(year, 12, 26): "2. juledag"}
    return fixed | {at + days * DAY: name for days, name in movable.items()}


def works(day):
    return day.isoweekday() < 6 and day not in days_off(day.year)


def working_day(day):
    return next(day for day in (day + n * DAY for n in itertools.count()) if works(day))


def local(moment):
    return moment.astimezone(DENMARK)


def utc(day, time):
    return dt.datetime.combine(day, time, DENMARK).astimezone(UTC)


def is_open(moment):
    here = local(moment)
    return works(here.date()) and OPENS <= here.time() < CLOSES


def open_from(moment):
    """The moment itself, or the next opening."""
    if is_open(moment):
        return moment
    here = local(moment)
    first = here.date() if here.time() < OPENS else here.date() + DAY
    return utc(working_day(first), OPENS)


def last_opening(moment):
    days = (local(moment).date() - n * DAY for n in itertools.count())
    openings = (utc(day, OPENS) for day in days if works(day))
    return next(opening for opening in openings if opening < moment)


def next_working_day(moment):
    here = local(moment)
    return utc(working_day(here.date() + DAY), here.time().replace(tzinfo=None))


def due(received, days=None, hours=None):
    """When a call is overdue that was promised within days, or hours."""
    if hours is not None:
        return (received + dt.timedelta(hours=hours)).replace(second=0, microsecond=0)
    last = working_day(local(received).date() + days * DAY)
    return utc(last + DAY, dt.time())


def timetable(since, deadline):
    """When the kreds is reminded, the leader told, and the citizen asked."""
    most = dt.timedelta(seconds=int((deadline - since).total_seconds()) * 4 // 5)
    reminder = open_from(since + most)
    if reminder >= deadline:
        reminder = last_opening(deadline)
    leader = open_from(max(deadline, since))
    return (reminder if reminder > since else leader), leader, next_working_day(open_from(deadline))


def shown(moment):
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moments():
    """A request at odd hours every three weeks of ten years, and more around clock changes, Easter and Christmas."""
    begin = dt.datetime(2026, 1, 1, tzinfo=UTC)
    for week in range(0, 530, 3):
        yield begin + dt.timedelta(days=7 * week + week % 7, hours=5 * week % 24, minutes=17 * week % 60)
    for year in range(2026, 2036):
        changes = [max(dt.date(year, month, day) for day in range(25, 32) if dt.date(year, month, day).isoweekday() == 7) for month in (3, 10)]
        for day, hour in itertools.product([*changes, easter(year), dt.date(year, 12, 24)], (-80, -30, -4, 0, 1, 2, 26)):
            yield dt.datetime.combine(day, dt.time(), UTC) + dt.timedelta(hours=hour)


def main():
    print("# Made by: python3 tests/failures/quarter/promised.py > model/src/notice/timetable.tsv")
    for year in range(2026, 2036):
        for day, name in sorted(days_off(year).items()):
            print("off", day, name, sep="\t")
    promises = itertools.cycle([{"days": 7}, {"days": 14}, {"hours": 72}, {"days": 1}])
    for received in moments():
        (unit, many), = (promise := next(promises)).items()
        deadline = due(received, **promise)
        print("call", shown(received), unit, many, shown(deadline), *map(shown, timetable(received, deadline)), sep="\t")


if __name__ == "__main__":
    main()
