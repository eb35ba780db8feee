"""Runs the whole service in an emulated AWS: the newcomer's path of infra/README.md, and what follows.

The emulator (ministack) does not model these, so nothing here tests them:
- permissions: whatever IAM, key and bucket policies forbid works, except the bucket policy of the distribution's files;
- encryption, point-in-time recovery and expiry of tables, the version that a topic signs with, and reserved concurrency:
  CloudFormation drops them. `infra/verify` must find exactly that, and its advice must fix it;
- CloudFront's firewall, caches, origin groups, API Gateway origins, and error pages: `edge.py` plays the last three;
- throttling, cold starts, concurrency, and a region that fails;
- SES events, sandbox, DKIM, and the signature of SNS by version 2 with a certificate of AWS's;
- metrics from log lines, missing data, dimensions and queries of alarms (`ministack_app.py`), and budgets (its
  CloudFormation refuses them: BUDGET_USD=0).
The rules of promises.py check those parts of the template.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))
import ready_content
from edge import Edge
from emulator import ACCOUNTS, REGION, Emulator, NameServer
from orders import TARGET, Journey, a_release_is_rolled_back, both_orders_of_two_releases
from pictures import pictures_reach_the_browser_and_tell_nothing
from storm import the_edge_answers_with_pages
from templates import ROOT

# What the emulator's CloudFormation drops, in the words of infra/verify.
DROPPED = ["is not encrypted with our key", "does not delete what is expired", "cannot be restored", "is not encrypted with our key",
           "does not delete what is expired", "are not believed: aws sns", "may run at once", "may run at once"]
PATH_HEADING = "## From an empty account to a live kreds"


class World:
    """The emulator, content and settings for the commands of the path, and their times."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.started = time.monotonic()
        self.emulator = Emulator(self.folder / "ministack.log")
        self.names = NameServer()
        self.edges, self.table = {}, []
        self.content = ready_content.prepare(folder)
        for name, account in ACCOUNTS.items():
            domain = f"{name}.bestil.test"
            lines = {"ENVIRONMENT": name, "ACCOUNT": account, "REGION": REGION, "SENDER": f"afsender@{domain}", "SINK": f"sink@{domain}",
                     "ALARM_EMAIL": f"drift@{domain}", "BUDGET_USD": "0", "POLICE_DOMAINS": "politi.test,bestil-en-betjent.test",
                     # All requests here come from one address.
                     "LIMIT": "50", "OPEN_PER_PHONE": "50"}
            self.set(name, **lines)

    def set(self, name, **lines):
        path = self.folder / f"{name}.settings"
        old = dict(line.split("=", 1) for line in path.read_text().splitlines()) if path.exists() else {}
        path.write_text("".join(f"{key}={value}\n" for key, value in (old | lines).items()))

    def aws(self, name):
        return self.emulator.aws(name)

    def output(self, name, key):
        """Returns an output of an environment's stack."""
        stack = self.aws(name)("cloudformation", "describe-stacks", "--stack-name", f"bestil-{name}")["Stacks"][0]
        return next(output["OutputValue"] for output in stack["Outputs"] if output["OutputKey"] == key)

    def edge(self, name):
        """Returns the address of an environment's site, as deployed now."""
        if name not in self.edges:
            self.edges[name] = Edge(self.aws(name), self.emulator.endpoint, self.output(name, "DistributionId"), ACCOUNTS[name])
        self.edges[name].refresh()
        return self.edges[name].url

    def run(self, command, expected=0, typed=""):
        """Runs a command as written, in the environment that it names; returns its output."""
        name = next((name for name in ACCOUNTS if re.search(rf"\b{name}\b", command)), "test")
        before = time.monotonic()
        env = {**os.environ, **self.emulator.environment(name), "ENVIRONMENTS": str(self.folder), "CONTENT": str(self.content), "BIN": str(TARGET / "debug"),
               "CARGO_TARGET_DIR": str(TARGET), "DNS_SERVER": self.names.address, "BY": "emulated", "PYTHONDONTWRITEBYTECODE": "1"}
        if "infra/smoke" in command:
            env["SITE_URL"] = self.edge(name)
        command = command.replace("cargo run --features local/cloud --bin operator --", str(TARGET / "debug/operator"))
        done = subprocess.run(command, shell=True, cwd=ROOT, env=env, input=typed, capture_output=True, text=True, check=False)  # noqa: S602
        took = time.monotonic() - before
        self.table.append((took, command))
        said = done.stdout + done.stderr
        print(f"{time.monotonic() - self.started:7.1f} s  {took:6.1f} s  {command}", flush=True)
        if done.returncode != expected:
            raise AssertionError(f"{command}\nended with {done.returncode}, not {expected}:\n{said}")
        return said

    def wait_for(self, what, find, seconds=240):
        """Waits for something that the service does by itself, and returns it."""
        print(f"{time.monotonic() - self.started:7.1f} s           waiting: {what}", flush=True)
        deadline = time.monotonic() + seconds
        while not (found := find()):
            assert time.monotonic() < deadline, f"in {seconds} seconds there was no: {what}"
            time.sleep(0.5)
        return found

    def close(self):
        for edge in self.edges.values():
            edge.close()
        self.names.close()
        self.emulator.close()


def path():
    """Returns the commands of the newcomer's path, each with its expected exit code: 0, or the one in its comment."""
    section = (ROOT / "infra/README.md").read_text(encoding="utf-8").split(PATH_HEADING, 1)[1].split("\n## ", 1)[0]
    lines = [line for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL) for line in block.splitlines() if line.strip()]
    commands = []
    for line in lines:
        command, _, comment = line.partition("  #")
        code = re.match(r" ends with (\d)", comment)
        commands.append((command.strip(), int(code[1]) if code else 0))
    return commands


def make_records(world, name):
    """Creates the DNS records that infra/doctor asks for."""
    aws = world.aws(name)
    for domain in (f"{name}.bestil.test", f"kvittering.{name}.bestil.test"):
        # Identities from the emulator's CloudFormation have no keys; those from its API do.
        aws("sesv2", "delete-email-identity", "--email-identity", domain)
        tokens = aws("sesv2", "create-email-identity", "--email-identity", domain)["DkimAttributes"]["Tokens"]
        records = {(f"{token}._domainkey.{domain}", "CNAME"): [f"{token}.dkim.amazonses.com"] for token in tokens}
        records[(f"mail.{domain}", "MX")] = [f"feedback-smtp.{REGION}.amazonses.com"]
        records[(f"mail.{domain}", "TXT")] = ["v=spf1 include:amazonses.com -all"]
        records[(f"_dmarc.{domain}", "TXT")] = ["v=DMARC1; p=reject"]
        world.names.records.update(records)


def walk(world):
    """Walks the newcomer's path."""
    for command, expected in path():
        name = command.split()[1] if len(command.split()) > 1 else ""
        if command.startswith("infra/doctor") and expected == 0:
            make_records(world, name)
            confirm_alarms(world, name)
        if command.startswith("infra/verify"):
            put_right_what_the_emulator_drops(world, name)
        if "--code" in command:
            for code in codes(world, name):
                said = world.run(re.sub(r"--code \d+", f"--code {code}", command), expected if code == codes(world, name)[-1] else 3)
                assert "proven" in said, said
            continue
        world.run(command, expected)
        if "smoke test --send" in command:
            world.wait_for("the mail, by the schedule, at the sink and nowhere else", lambda: received(world, "test"))
            assert {address for mail in world.emulator.mails("test") for address in mail["To"]} == {"sink@test.bestil.test"}


def received(world, name, to=None):
    """Returns the mails to the police."""
    return [mail for mail in world.emulator.mails(name) if "kode til" not in mail["Subject"] and (to is None or to in mail["To"])]


def codes(world, name):
    """Returns the codes that infra/ready has mailed."""
    letters = [mail for mail in world.emulator.mails(name) if "kode til" in mail["Subject"]]
    return [re.search(r"Koden er (\d{6})", mail["BodyText"])[1] for mail in letters]


def confirm_alarms(world, name):
    """Follows the link in the mail that AWS sends to the recipients of alarms."""
    aws = world.aws(name)
    topic = f"arn:aws:sns:{REGION}:{ACCOUNTS[name]}:bestil-{name}-alarms"
    for entry in aws("sns", "list-subscriptions-by-topic", "--topic-arn", topic)["Subscriptions"]:
        if not entry["SubscriptionArn"].startswith("arn:"):
            aws("sns", "confirm-subscription", "--topic-arn", topic, "--token", "emulated")


def put_right_what_the_emulator_drops(world, name):
    said = world.run(f"infra/verify {name}", 3)
    faults = re.findall(r"  WRONG  (.*)", said)
    assert [any(known in fault for known in DROPPED) for fault in faults] == [True] * len(DROPPED), said
    for fault in faults:
        world.run(re.sub(r"^.*?: (aws .*)$", r"\1", fault) + f" # {name}")


def steps_after(world):
    """Tests the running service after the path."""
    nothing_changes_the_second_time(world)
    a_probe_goes_the_whole_way_to_the_sink(world)
    a_mailbox_is_changed_by_publishing(world)
    pictures_reach_the_browser_and_tell_nothing(world)
    the_edge_answers_with_pages(world)
    a_release_is_rolled_back(world)
    both_orders_of_two_releases(world)
    installations_are_deleted_but_production(world)


def nothing_changes_the_second_time(world):
    assert "nothing was changed" in world.run("infra/deploy test")
    assert "Nothing would be changed" in world.run("infra/deploy test --dry-run")
    said = world.run("infra/publish production")
    assert "0 files uploaded, 0 deleted" in said and "was in the table already" in said and "was in force already" in said, said
    assert "0 files would be uploaded, 0 deleted" in world.run("infra/publish production --dry-run")


def a_probe_goes_the_whole_way_to_the_sink(world):
    """The distribution's name leads nowhere here, so the sending function gets another address; `live` receives it."""
    aws, sink = world.aws("production"), "sink@production.bestil.test"
    assert not received(world, "production", sink), "in production the sink gets nothing else"
    function = aws("lambda", "get-function-configuration", "--function-name", "bestil-production-delivery")
    variables = function["Environment"]["Variables"]

    def set_variables(changed):
        aws("lambda", "update-function-configuration", "--function-name", "bestil-production-delivery", "--environment", json.dumps({"Variables": changed}))

    set_variables({**variables, "SITE_URL": world.edge("production")})
    answer = world.folder / "probe.json"
    aws("lambda", "invoke", "--function-name", "bestil-production-delivery", "--payload", '{"task":"probe"}', str(answer))
    set_variables(variables)
    assert "errorMessage" not in answer.read_text(encoding="utf-8"), answer.read_text(encoding="utf-8")
    mail, = world.wait_for("the mail of a probe, by the schedule, at the sink", lambda: received(world, "production", sink))
    assert "Automatisk afprøvning" in mail["BodyText"] and mail["To"] == [sink], mail


def a_mailbox_is_changed_by_publishing(world):
    function = world.aws("production")("lambda", "get-function", "--function-name", "bestil-production", "--qualifier", "live")["Configuration"]
    Journey(world, "production", "Parken").summary().send()
    world.wait_for("the mail at the mailbox of the kreds", lambda: received(world, "production", "betjent@fyn.politi.test"))
    kreds = world.content / "kredse/fyn/kreds.md"
    ready_content.change(kreds, "betjent@fyn.politi.test", "vagten@fyn.politi.test")
    said = world.run("infra/publish production", 1)
    assert "vagten@fyn.politi.test" in said and "nothing was published" in said, said
    world.run("infra/ready production fyn --send", 3)
    world.run(f"infra/ready production fyn --code {codes(world, 'production')[-1]}")
    assert "is in force now" in world.run("infra/publish production")
    Journey(world, "production", "Et andet sted").summary().send()
    mails = world.wait_for("the mail at the new mailbox", lambda: received(world, "production", "vagten@fyn.politi.test"))
    assert len(mails) == 1 and len(received(world, "production", "betjent@fyn.politi.test")) == 1, mails
    after = world.aws("production")("lambda", "get-function", "--function-name", "bestil-production", "--qualifier", "live")["Configuration"]
    assert after["RevisionId"] == function["RevisionId"], "no code was deployed"
    assert "0 files uploaded" in world.run("infra/publish production")


def installations_are_deleted_but_production(world):
    assert "no script deletes it" in world.run("infra/destroy production --yes bestil-production", 2)
    world.run("infra/destroy test", 2, typed="bestil\n")
    assert "Nothing was done" in world.run("infra/destroy test --dry-run")
    world.run("infra/destroy test --yes bestil-test")
    aws = world.aws("test")
    assert aws("dynamodb", "list-tables")["TableNames"] == []
    assert aws("s3api", "list-buckets")["Buckets"] == []
    assert "There is no stack" in world.run("infra/destroy test --yes bestil-test")
    assert sorted(world.aws("production")("dynamodb", "list-tables")["TableNames"]) == ["bestil-production", "bestil-production-keys"]


def main():
    logs = TARGET / "run"
    logs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        world = World(folder)
        try:
            walk(world)
            steps_after(world)
        finally:
            world.close()
            shutil.copyfile(Path(folder) / "ministack.log", logs / "emulated.txt")
    print(f"\n{len(world.table)} commands in {sum(took for took, _ in world.table):.0f} seconds; the longest:")
    for took, command in sorted(world.table, reverse=True)[:5]:
        print(f"{took:7.1f} s  {command}")


if __name__ == "__main__":
    main()
