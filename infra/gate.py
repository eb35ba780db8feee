"""What a kreds must have before its forms are open to citizens, and the proof that its mailboxes are read."""

import hashlib
import hmac
import json
import re
import secrets
import time
from datetime import date
from pathlib import Path

PLACEHOLDER = re.compile(r"\[udfyldes |\[to be filled in ")
CODE_IS_GOOD_FOR = 7 * 24 * 3600


def read(dist):
    """The catalog of a built site."""
    return json.loads((Path(dist) / "catalog.json").read_text(encoding="utf-8"))


def open_kredse(dist):
    """Kredse that have a form which is not closed."""
    catalog = read(dist)
    closed = catalog.get("closed", {})
    return [kreds["slug"] for kreds in catalog["atlas"]["kredse"] if set(kreds["mailboxes"]) - set(closed.get(kreds["slug"], {}))]


def kreds_of(catalog, slug):
    return next((kreds for kreds in catalog["atlas"]["kredse"] if kreds["slug"] == slug), None)


def mailboxes(kreds):
    """Every mailbox of a kreds, and what it is for."""
    purposes = {}
    for form, address in kreds["mailboxes"].items():
        purposes.setdefault(address, []).append(form)
    if kreds.get("second_mailbox"):
        purposes.setdefault(kreds["second_mailbox"], []).append("second mailbox")
    return purposes


def faults(environment, dist, slug):
    """What is missing at a kreds; nothing if it is ready."""
    catalog = read(dist)
    kreds = kreds_of(catalog, slug)
    found = []
    if not kreds.get("phone"):
        found.append("there is no telephone number (`telefon` in its kreds.md)")
    if not days(kreds.get("deadline")):
        found.append("there is no deadline (`frist` in its kreds.md)")
    if not kreds.get("second_mailbox"):
        found.append("there is no second mailbox (`reservepostkasse` in its kreds.md)")
    for address, purposes in mailboxes(kreds).items():
        if address.endswith(".example"):
            found.append(f"the mailbox {address} ({', '.join(purposes)}) is a placeholder")
        elif not proven(environment, slug, address):
            found.append(f"nobody has proved that the mailbox {address} ({', '.join(purposes)}) is read")
    for name in ("base_url", "fallback"):
        if catalog[name].endswith(".example"):
            found.append(f"{catalog[name]} is a placeholder (indstillinger.md)")
    for page in placeholders(dist):
        found.append(f"the page {page} has a place that the authority must fill in")
    for language, texts in catalog["languages"].items():
        if PLACEHOLDER.search(texts["privacy_notice"]):
            found.append(f"the text about personal data above the button ({language}) has a place that the authority must fill in")
    return found


def days(deadline):
    """The days of a deadline, however it is written."""
    numbers = []
    rest = [deadline]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest.extend(value.values())
        elif isinstance(value, int):
            numbers.append(value)
    return [number for number in numbers if number > 0]


def placeholders(dist):
    """The Danish pages that are not of one kreds alone and still have places to fill in."""
    public = Path(dist) / "public"
    pages = [path for path in sorted(public.glob("*/index.html")) if PLACEHOLDER.search(path.read_text(encoding="utf-8"))]
    return [f"/{path.parent.name}/" for path in pages]


def parameter(environment, kind, slug, address):
    digest = hashlib.sha256(address.lower().encode()).hexdigest()[:16]
    return f"/{environment.stack}/{kind}/{slug}/{digest}"


def proven(environment, slug, address):
    """When somebody proved that a mailbox is read, if they did."""
    found = stored(environment, parameter(environment, "proven", slug, address))
    return found and found["on"]


def new_code(environment, slug, address):
    """A code for a mailbox. Only its digest is kept."""
    code = f"{secrets.randbelow(1_000_000):06}"
    keep(environment, parameter(environment, "code", slug, address), {"digest": digest(address, code), "until": int(time.time()) + CODE_IS_GOOD_FOR, "tries": 0})
    return code


def prove(environment, slug, address, code, by):
    """Whether a code is the one that was mailed to a mailbox; if so, the mailbox is proven. A code can be tried ten times."""
    name = parameter(environment, "code", slug, address)
    sent = stored(environment, name)
    if not sent or sent["until"] < time.time() or sent["tries"] >= 10:
        return False
    if not hmac.compare_digest(sent["digest"], digest(address, re.sub(r"\D", "", code))):
        keep(environment, name, {**sent, "tries": sent["tries"] + 1})
        return False
    keep(environment, parameter(environment, "proven", slug, address), {"on": date.today().isoformat(), "by": by})
    environment.aws("ssm", "delete-parameter", "--name", name, parse=False)
    return True


def digest(address, code):
    return hashlib.sha256(f"{address.lower()} {code}".encode()).hexdigest()


def stored(environment, name):
    found = environment.aws("ssm", "get-parameter", "--name", name, "--with-decryption", may_fail="ParameterNotFound")
    return json.loads(found["Parameter"]["Value"]) if found else None


def keep(environment, name, value):
    environment.aws("ssm", "put-parameter", "--name", name, "--type", "SecureString", "--overwrite", "--value", json.dumps(value))
