"""Moves to another release and back: function and site of two releases, in every order in which they can meet (R96).

tests/previous/build builds the previous release from the history: its function, site, content and scripts. Each journey
is made by a plain HTML client through the distribution, and ends with the mail to the police.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import ready_content
from templates import ROOT

sys.path.insert(0, str(ROOT / "infra"))
from browser import Browser, Form

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
PREVIOUS = TARGET / "previous"

CALL = {"emne": "utryghed", "postnr": "5000", "kommune": "0461", "beskrivelse": "Vi er utrygge her.", "navn": "Åse Holm", "telefon": "31 22 33 44", "ringetid": "aften"}
TRAFFIC = {"problem": "stoej", "postnr": "5000", "kommune": "0461", "fra": "Byskiltet", "til": "Kirken", "retning": "begge", "hvornaar": "mandag.morgen",
           "trafikanter": "skoleboern", "beskrivelse": "Det larmer.", "navn": "Åse Holm", "telefon": "31 22 33 44", "ringetid": "aften"}


class Journey:
    """A citizen with a browser without JavaScript, who sends a form step by step."""

    def __init__(self, world, name, place, form="bestil-en-betjent", given=CALL):
        self.given = {**given, "vej": place}
        self.path = f"/fyn/{form}/formular/"
        reach = world.edge(name)
        self.browser = Browser(f"https://{world.edges[name].name}", reach)
        self.page = self.browser.get(self.path)
        assert self.page.status == 200, self.page.text

    def summary(self):
        form = Form(self.page.text)
        self.page = self.browser.post(form.action.partition("#")[0], form.values(self.given, ("", "")), self.path)
        assert self.page.status == 200 and "Fyns Politi" in self.page.text and 'value="send"' in self.page.text, self.page.text
        return self

    def send(self):
        """Sends the form; returns the receipt's path."""
        form = Form(self.page.text)
        answer = self.browser.post(form.action.partition("#")[0], form.values({}, ("trin", "send")))
        assert answer.status == 303, answer.text
        self.page = self.browser.get(answer.headers["location"])
        assert self.page.status == 200, self.page.text
        self.receipt = answer.headers["location"]
        return self.receipt

    @property
    def reference(self):
        return re.search(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b", re.sub(r"<[^>]+>", " ", self.page.text))[0]


def both_orders_of_two_releases(world):
    """Moves from yesterday's release to today's and back, with journeys in each pair and across deployments."""
    if not (PREVIOUS / "built").exists():
        print("           NOT WALKED: the release before this one is not in the history of this copy.", flush=True)
        return
    commit = (PREVIOUS / "built").read_text(encoding="utf-8").strip()
    if "apigw_rest" not in subprocess.run(["git", "show", f"{commit}:Cargo.toml"], cwd=ROOT, capture_output=True, text=True, check=True).stdout:
        print("           NOT WALKED: the release before this one does not understand a REST API's requests; infra/rollback refuses it.", flush=True)
        return
    yesterday = f"CONTENT={content_before(world)} BIN={PREVIOUS / 'bin'}"
    sent = []

    world.run(f"infra/deploy test --binary {PREVIOUS / 'bin/function'}")
    # With its own script: today's needs lists that yesterday's content lacks.
    world.run(f"env {yesterday} {PREVIOUS / 'infra/publish'} test")
    sent.append(smoke(world))
    assert "stoej" not in Journey(world, "test", "", "bestil-en-faerdselskontrol").page.text, "the content before lacks a choice"

    # Today's function under yesterday's site. Some citizens have yesterday's page open, some its summary.
    page, summary = Journey(world, "test", "Fra siden af i går"), Journey(world, "test", "Fra oversigten af i går").summary()
    world.run("infra/deploy test")
    for journey in (page.summary(), summary):
        journey.send()
        sent.append(journey.reference)
    sent.append(smoke(world))

    # Yesterday's function under today's site, with content that it has never seen.
    world.run("infra/publish test")
    page = Journey(world, "test", "Fra siden af i dag", "bestil-en-faerdselskontrol", TRAFFIC)
    summary = Journey(world, "test", "Fra oversigten af i dag", "bestil-en-faerdselskontrol", TRAFFIC).summary()
    receipt = Journey(world, "test", "Modtaget i dag").summary().send()
    world.run("infra/rollback test")
    for journey in (page.summary(), summary):
        journey.send()
        sent.append(journey.reference)
    sent.append(smoke(world))
    assert summary.browser.get(receipt).status == 200, "yesterday's function shows the receipt of today's"
    mails = world.wait_for("the mails of them all, at the sink", lambda: mails_about(world, sent))
    assert all(len(found) == 1 for found in mails.values()), {reference: len(found) for reference, found in mails.items()}
    noise = [found[0] for found in mails.values() if "Fra siden af i dag" in found[0]["BodyText"]]
    assert len(noise) == 1 and "Støjende eller vild kørsel" in noise[0]["BodyText"], noise
    world.run("infra/deploy test --forward")


def a_release_is_rolled_back(world):
    world.run("infra/rollback test", 1)
    world.set("test", LIMIT="70")
    assert "infra/template" not in world.run("infra/deploy test --dry-run")
    # As if this release had a new stylesheet.
    site = world.aws("test")("s3api", "list-objects-v2", "--bucket", bucket := world.output("test", "SiteBucket"), "--prefix", "assets/site-")
    world.aws("test")("s3api", "delete-object", "--bucket", bucket, "--key", site["Contents"][0]["Key"])
    world.run("infra/smoke test", 3)
    assert "1 stylesheets, fonts and scripts" in world.run("infra/deploy test")
    limit = lambda: world.aws("test")("lambda", "get-function-configuration", "--function-name", "bestil-test", "--qualifier", "live")["Environment"]["Variables"]["LIMIT"]  # noqa: E731
    assert limit() == "70"
    content_that_nobody_can_read_stops_a_deployment_and_a_rollback(world)
    assert "Nothing was done" in world.run("infra/rollback test --dry-run") and limit() == "70"
    world.run("infra/rollback test")
    assert limit() == "50"
    assert "<- live" in world.run("infra/rollback test --list")
    world.run("infra/smoke test")
    assert "the newest is 2" in world.run("infra/verify test", 3)
    assert "ATTENTION" in world.run("infra/deploy test", 3)
    world.run("infra/deploy test --forward")
    assert limit() == "70"
    world.run("infra/deploy test --new-origin-secret")
    world.run("infra/smoke test")


def content_that_nobody_can_read_stops_a_deployment_and_a_rollback(world):
    aws, key = world.aws("test"), json.dumps({"pk": {"S": "CATALOG"}, "sk": {"S": "current"}})
    in_force = aws("dynamodb", "get-item", "--table-name", "bestil-test", "--key", key)["Item"]
    aws("dynamodb", "put-item", "--table-name", "bestil-test", "--item", json.dumps({**in_force, "version": {"S": "0" * 16}}))
    for command in ("infra/deploy test", "infra/deploy test --dry-run", "infra/rollback test"):
        said = world.run(command, 1)
        assert "cannot read the content in force" in said and "infra/publish test" in said, said
    aws("dynamodb", "put-item", "--table-name", "bestil-test", "--item", json.dumps(in_force))


def smoke(world):
    """Uses the whole service with its smoke test; returns the reference of the request that it sent."""
    return re.search(r"It is received: (\S+)", world.run("infra/smoke test --send"))[1]


def mails_about(world, references):
    """Returns the mails about each reference, once every one has a mail."""
    mails = world.emulator.mails("test")
    found = {reference: [mail for mail in mails if reference in mail["BodyText"]] for reference in references}
    return found if all(found.values()) else None


def content_before(world):
    """Returns the content of the previous release, without one choice that today's has."""
    folder = world.folder / "before"
    folder.mkdir()
    content = ready_content.prepare(folder, PREVIOUS / "content", PREVIOUS / "bin/site-gen")
    for path in (content / "formularer").iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "{kode: stoej," not in line), encoding="utf-8")
    return content
