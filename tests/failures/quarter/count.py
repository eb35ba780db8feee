"""Counts what came of a quarter, from the raw records and the mails alone, and fails where somebody was not told.

It knows nothing of the service's code: when a call is due it computes itself (promised.py).
"""

import bisect
import collections
import datetime as dt
import json
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
from figures import check_figures
from promised import DENMARK, UTC, due, is_open, local, open_from, timetable, working_day

TAKEN_BACK = dt.timedelta(minutes=10)
PLANNED = dt.timedelta(minutes=2)
problems = []


def wrong(*words):
    problems.append(" ".join(map(str, words)))


def read(folder, name):
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def moment(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def seconds(number):
    return dt.datetime.fromtimestamp(int(number), UTC)


def worked_from(moment, hours=1):
    """The end of so many working hours after a moment."""
    moment = open_from(moment)
    closes = local(moment).replace(hour=16, minute=0, second=0, microsecond=0).astimezone(UTC)
    left = closes - moment
    wanted = dt.timedelta(hours=hours)
    return moment + wanted if wanted <= left else open_from(closes) + (wanted - left)


class Request:
    """A request as its record tells it."""

    def __init__(self, item, kredse):
        text = lambda name: item[name]["S"]
        self.id, self.reference, self.first = text("pk").split("#")[1], text("reference"), text("kreds")
        self.received, self.form = seconds(item["received"]["N"]), text("form")
        self.expires = seconds(item["expires_at"]["N"]) if "expires_at" in item else seconds(2**32)
        promise, kreds = json.loads(text("promise")), kredse[self.first]["deadline"]
        if "call_within" in kreds:
            self.due, told = due(self.received, hours=kreds["call_within"]["hours"]), "call_before"
            same = moment(promise.get(told, {}).get("at", "1970-01-01T00:00:00Z")) == self.due
        else:
            days = kreds.get("call", {}).get("days") or kreds["answer_and_act"]["answer_days"]
            self.due = due(self.received, days=days)
            last = promise.get("call", {}).get("by") or promise.get("answer_and_act", {}).get("answer_by")
            same = dt.date.fromisoformat(last) == local(self.due).date() - dt.timedelta(days=1)
        if not same:
            wrong(self.reference, "was promised", promise, "and should have been", self.due)
        events = [(name.split("#")[1], json.loads(value["S"])) for name, value in item.items() if name.startswith("event#")]
        self.events = sorted((moment(event["at"]), nonce, event["by"], event["act"]) for nonce, event in events)

    def standing(self, at):
        """What was done until then, without what was taken back until then."""
        done = [event for event in self.events if event[0] <= at]
        back = {act["undone"]["nonce"] for _, _, _, act in done if isinstance(act, dict) and "undone" in act}
        return [(when, act) for when, nonce, _, act in done if nonce not in back and not (isinstance(act, dict) and "undone" in act)]

    def ended(self, at):
        """How and when its call ended, by the last word about it; none if it is owed."""
        ended = None
        for when, act in self.standing(at):
            name = act if isinstance(act, str) else next(iter(act))
            says_called = act["answered"]["called"] if name == "answered" else None
            if name in ("closed", "withdrawn"):
                return ended or (name, when)
            if name in ("called", "planned", "done") or says_called:
                ended = ended or (name, when)
            elif name == "not_reached" or says_called is False:
                ended = None
        return ended

    def owed_from(self, at):
        """The first moment from then on at which its call is owed: it may have ended before, and be owed again. That moment if it never is."""
        moments = [at, *(when for when, *_ in self.events if when > at)]
        return next((moment for moment in moments if not self.ended(moment)), at)

    def sent_on(self, at):
        for when, act in self.standing(at):
            if isinstance(act, dict) and "forwarded" in act:
                return act["forwarded"]["to"], when
        return None

    def holder(self, at):
        sent_on = self.sent_on(at)
        return sent_on[0] if sent_on and at >= sent_on[1] + TAKEN_BACK else self.first

    def missed(self, at):
        return any(isinstance(act, dict) and act.get("answered", {}).get("called") is False for _, act in self.standing(at))

    def changes(self, begin, end):
        """True if something was done about it, or became final, in a time."""
        return any(begin <= moment <= end for when, *_ in self.events for moment in (when, when + TAKEN_BACK))

    def expected(self):
        """The notices that are due while the call is owed: kind, and when."""
        end = seconds(2**32)
        sent_on = self.sent_on(end)
        reminder, leader, question = timetable(self.received, self.due)
        if not sent_on:
            return [("rykker", reminder), ("overskredet", leader), ("spoergsmaal", question)]
        moved = sent_on[1] + TAKEN_BACK
        before = [(kind, at) for kind, at in (("rykker", reminder), ("overskredet", leader)) if at < sent_on[1]]
        again, told, _ = timetable(moved, self.due)
        asked = question if question < sent_on[1] else max(question, open_from(moved))
        return before + [("videre-rykker", again), ("videre-overskredet", told), ("spoergsmaal", asked)]


def check_notices(requests, mails, kredse):
    """Each notice went out once, in time, in working hours, to whom it is for, and only while the call was owed."""
    counts = collections.Counter()
    for request in requests:
        expected = dict(request.expected())
        for kind in ("rykker", "overskredet", "videre-rykker", "videre-overskredet", "spoergsmaal"):
            came, at = mails.get(f"{request.reference}.{kind}", []), expected.get(kind)
            if len(came) > 1:
                wrong(request.reference, kind, "came", len(came), "times")
            if not at:
                if came:
                    wrong(request.reference, kind, "came and was not due")
                continue
            at = request.owed_from(at)
            end = worked_from(at)
            ended = request.ended(at)
            is_owed = not ended
            # What was done within the hour may or may not have been seen in time.
            may = request.changes(at - TAKEN_BACK, end + PLANNED)
            asked = kind == "spoergsmaal"
            if is_owed and not may and not came and not (asked and not request.email):
                wrong(request.reference, kind, "was due", at, "and did not come")
            if not came:
                continue
            counts[kind] += 1
            (mail,) = came[:1]
            sent = seconds(mail["at"])
            if ended and not may:
                wrong(request.reference, kind, "came at", sent, "and the call had ended:", ended)
            if sent < at or (sent > end and not may and not asked):
                wrong(request.reference, kind, "was due", at, "and came", sent)
            if not is_open(sent) and not asked:
                wrong(request.reference, kind, "came out of hours:", sent)
            kreds = kredse[request.holder(sent)]
            right = request.email if asked else kreds["mailboxes"][request.form]
            if kind.endswith("overskredet"):
                right = kreds.get("leader_mailbox") or right
            if mail["to"] != right:
                wrong(request.reference, kind, "went to", mail["to"], "and is for", right)
    return counts


def listed(text):
    """The references of a list of calls, in its order, each with what stands beside it."""
    lines = text.splitlines()
    found = [(line.split(" · ")[0], lines[place + 1]) for place, line in enumerate(lines) if " · modtaget " in line]
    return [(reference, "FRISTEN ER OVERSKREDET" in beside, "BORGEREN SVARER" in beside) for reference, beside in found]


def owed_at(requests, kreds, at):
    """The calls that a kreds owes: surely, and perhaps."""
    surely, perhaps = [], set()
    for request in requests:
        # What was kept as long as it may be is deleted, called or not.
        if request.received > at or request.expires <= at:
            continue
        if request.changes(at - PLANNED, at + PLANNED):
            perhaps.add(request.reference)
        if request.holder(at) == kreds and not request.ended(at):
            surely.append(request)
    surely.sort(key=lambda request: (not request.missed(at), request.received, request.reference))
    return surely, perhaps


def check_list(name, mail, surely, perhaps, at):
    shown = listed(mail["text"])
    references = [reference for reference, _, _ in shown]
    if set(references) - perhaps != {request.reference for request in surely} - perhaps:
        wrong(name, "lists", references, "and should list", [request.reference for request in surely])
    order = [request.reference for request in surely if request.reference in references]
    if [reference for reference in references if reference in order] != order and not perhaps & set(references):
        wrong(name, "lists in the order", references, "and should", order)
    by_reference = {request.reference: request for request in surely}
    for reference, is_overdue, is_missed in shown:
        request = by_reference.get(reference)
        if request and reference not in perhaps and (is_overdue, is_missed) != (request.due <= at, request.missed(at)):
            wrong(name, "says of", reference, is_overdue, is_missed)


def check_lists(requests, by_kreds, mails):
    """Each digest and each leader's list holds the calls that the records say are owed, in their order."""
    lists = 0
    for name, came in mails.items():
        digest = re.fullmatch(r"dagens\.([a-z-]+)\.[0-9-]+\.bestil-en-betjent", name)
        leader = name.endswith("overskredet")
        if not digest and not leader:
            continue
        for mail in came:
            at = seconds(mail["at"])
            kreds = digest[1] if digest else by_reference(requests)[name.split(".")[0]].holder(at)
            surely, perhaps = owed_at(by_kreds[kreds], kreds, at)
            if leader:
                surely = [request for request in surely if request.due <= at]
            check_list(name, mail, surely, perhaps, at)
            lists += 1
    return lists


def by_reference(requests, cache={}):
    if not cache:
        cache.update({request.reference: request for request in requests})
    return cache


def check_numbers(mails):
    """The numbers of each mailbox have no gap."""
    series = collections.defaultdict(list)
    for name, came in mails.items():
        if name.endswith((".kreds", ".videre")):
            number, year = re.search(r"^Løbenummer: nr\. (\d+) i (\d+)$", came[0]["text"], re.M).groups()
            series[came[0]["to"], year].append(int(number))
    for mailbox, numbers in series.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            wrong("the numbers of", mailbox, "are", sorted(numbers))


def silent(requests, mails, digests, end):
    """The requests past their deadline of which kreds, leader or citizen had not heard within a working hour."""
    count = 0
    for request in requests:
        _, leader, question = timetable(request.received, request.due)
        for what, at in (("kreds", leader), ("leader", leader), ("citizen", question)):
            at = request.owed_from(at)
            until = worked_from(at)
            if until > end or request.ended(until) or request.changes(at - TAKEN_BACK, until):
                continue
            sent_on = request.sent_on(until)
            if what == "citizen":
                heard = not request.email or f"{request.reference}.spoergsmaal" in mails
            elif what == "leader":
                told = [mail for mail in request.told if mail["name"].endswith("overskredet") and seconds(mail["at"]) <= until + PLANNED]
                heard = bool(told) or sent_on and sent_on[1] + TAKEN_BACK > at
            else:
                reminded = any(mail["name"].endswith("rykker") and seconds(mail["at"]) <= until for mail in request.told)
                times = digests.get(request.holder(until), [])
                place = bisect.bisect_left(times, (request.due.timestamp(), ""))
                named = any(request.reference in text for when, text in times[place : place + 2] if when <= until.timestamp())
                heard = reminded or named
            if not heard:
                count += 1
                wrong(request.reference, "is silent: its", what, "had heard nothing by", until)
    return count


def main():
    folder = Path(sys.argv[1])
    kredse = {kreds["slug"]: kreds for kreds in read(folder, "kredse.jsonl")}
    requests = [Request(item, kredse) for item in read(folder, "records.jsonl")]
    mails, digests = collections.defaultdict(list), collections.defaultdict(list)
    for mail in read(folder, "mails.jsonl"):
        mails[mail["name"]].append(mail)
        reference, _, kind = mail["name"].partition(".")
        if reference == "dagens":
            digests[kind.split(".")[0]].append((mail["at"], mail["text"]))
    told = collections.defaultdict(list)
    for name, came in mails.items():
        told[name.split(".")[0]].extend(came)
    for request in requests:
        request.told = told[request.reference]
        to = mails.get(f"{request.reference}.borger")
        request.email = to[0]["to"] if to else None
    by_kreds = collections.defaultdict(list)
    for request in requests:
        for kreds in {request.first, *(act["forwarded"]["to"] for _, _, _, act in request.events if isinstance(act, dict) and "forwarded" in act)}:
            by_kreds[kreds].append(request)
    end = max(seconds(mail["at"]) for came in mails.values() for mail in came)
    notices = check_notices(requests, mails, kredse)
    lists = check_lists(requests, by_kreds, mails)
    check_numbers(mails)
    months = check_figures(requests, folder, wrong)
    quiet = silent(requests, mails, digests, end)
    ends = collections.Counter((request.ended(end) or ("owed", None))[0] for request in requests)
    late = sum(1 for request in requests if not request.ended(request.due))
    print(f"{len(requests)} requests: {dict(ends)}, {sum(1 for r in requests if r.sent_on(end))} of them sent on")
    print(f"{late} past their deadline; notices: {dict(notices)}; {lists} lists agree; silent past their deadline: {quiet}; figures of {months} months of kredse agree")
    for problem in problems[:20]:
        print("WRONG:", problem)
    sys.exit(f"{len(problems)} problems" if problems else 0)


if __name__ == "__main__":
    main()
