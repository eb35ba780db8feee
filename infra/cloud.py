"""What all scripts share: an environment's settings, calls of the AWS command line, and how a script begins and ends."""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

INFRA = Path(__file__).resolve().parent
ROOT = INFRA.parent
# Where the settings of installations are; they may be kept outside the repository.
ENVIRONMENTS = Path(os.environ.get("ENVIRONMENTS") or INFRA / "environments")

DONE, NOT_DONE, WRONG_COMMAND, HUMAN = 0, 1, 2, 3
EXIT_CODES = """Exit code: 0 done; 1 not done: what went wrong, and what to do, is said on the error output; 2 the command is wrong;
3 done, and something waits for a human."""

# In the European Union: London and Zürich are called eu-, too.
REGIONS = ("eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3")

# Each setting: what it must look like, and what it is unless it is set. None must be set.
SETTINGS = {
    "ENVIRONMENT": (r"[a-z][a-z0-9-]{1,19}", None),
    "ACCOUNT": (r"\d{12}", None),
    "REGION": ("|".join(REGIONS), None),
    "DOMAIN": (r"[a-z0-9.-]*", ""),
    "SENDER": (r"[^@\s]+@[a-z0-9.-]+", None),
    # In another domain than SENDER; one below it unless it is set.
    "RECEIPT_SENDER": (r"([^@\s]+@[a-z0-9.-]+)?", ""),
    "RECEIPTS": (r"off|\d+", "1000"),
    "POLICE_DOMAINS": (r"([a-z0-9.-]+(,[a-z0-9.-]+)*)?", ""),
    "SINK": (r"[^@\s]+@[a-z0-9.-]+", None),
    "ALARM_EMAIL": (r"[^@\s]+@[a-z0-9.-]+", None),
    "ARCHITECTURE": ("x86_64|arm64", "x86_64"),
    "LIMIT": (r"\d+", "5"),
    "OPEN_PER_PHONE": (r"\d+", "5"),
    "PER_ADDRESS_DAY": (r"\d+", "40"),
    "PER_KREDS_HOUR": (r"\d+", "60"),
    "RESERVED_CONCURRENCY": (r"\d+", "50"),
    "LOG_DAYS": (r"\d+", "90"),
    "BUDGET_USD": (r"\d+", "40"),
    "OPERATOR_ROLE_ARN": (r"(arn:aws:iam::\d{12}:role/\S+)?", ""),
    "RESTORED_TABLE": (r"[A-Za-z0-9_.-]*", ""),
}


class Trouble(Exception):
    """Something that stops a script: what it is, and what to do next."""

    def __init__(self, what, then="", code=NOT_DONE):
        super().__init__(f"{what}\n{then}".rstrip())
        self.code = code


class Environment:
    """One installation of the service, as its settings file describes it."""

    def __init__(self, name, file=None):
        path = Path(file) if file else ENVIRONMENTS / f"{name}.settings"
        self.file = path
        self.values = read_settings(path)
        if self["ENVIRONMENT"] != name:
            raise Trouble(f"{path} is about the environment {self['ENVIRONMENT']}, not {name}.", code=WRONG_COMMAND)
        self.name = name
        self.stack = f"bestil-{name}"
        self.region = self["REGION"]
        self._outputs = None

    def __getitem__(self, setting):
        return self.values[setting]

    @property
    def is_production(self):
        return self.name == "production"

    @property
    def receipt_sender(self):
        """Whom receipts to citizens come from."""
        name, domain = self["SENDER"].split("@")
        return self["RECEIPT_SENDER"] or f"{name}@kvittering.{domain}"

    @property
    def code_bucket(self):
        return f"{self.stack}-code-{self['ACCOUNT']}-{self.region}"

    def endpoint(self, service):
        """Where a service of AWS answers."""
        return os.environ.get("AWS_ENDPOINT_URL") or f"https://{service}.{self.region}.amazonaws.com/"

    def aws(self, *arguments, region=None, **more):
        return aws(*arguments, "--region", region or self.region, **more)

    def stack_status(self, name=None, region=None):
        """The stack's status, or None where there is none."""
        found = self.aws("cloudformation", "describe-stacks", "--stack-name", name or self.stack, region=region, may_fail="does not exist")
        return found["Stacks"][0]["StackStatus"] if found else None

    def outputs(self, again=False):
        """What the stack says of itself."""
        if self._outputs is None or again:
            found = self.aws("cloudformation", "describe-stacks", "--stack-name", self.stack, may_fail="does not exist")
            if not found:
                raise Trouble(f"There is no stack {self.stack} in {self.region}.", f"Deploy it first: infra/deploy {self.name}")
            self._outputs = {output["OutputKey"]: output["OutputValue"] for output in found["Stacks"][0].get("Outputs", [])}
        return self._outputs

    def check_account(self):
        """Ends the script unless the credentials are those of the environment's own account."""
        account = self.aws("sts", "get-caller-identity")["Account"]
        if account != self["ACCOUNT"]:
            raise Trouble(
                f"These credentials are of account {account}, and {self.name} is in account {self['ACCOUNT']} ({self.file}).",
                "Choose others: AWS_PROFILE=… , or aws sso login.",
            )


def read_settings(path):
    """The settings in a file, one NAME=value a line. All that is wrong with them is said at once."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        known = ", ".join(sorted(file.stem for file in ENVIRONMENTS.glob("*.settings")))
        raise Trouble(f"{path} cannot be read ({error.strerror}).", f"Environments are: {known}", WRONG_COMMAND) from None
    values, wrong = {}, []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or name not in SETTINGS:
            wrong.append(f"{path}, line {number}: not a setting. They are {', '.join(SETTINGS)}")
            continue
        values[name] = value.strip()
    for name, (pattern, default) in SETTINGS.items():
        value = values.setdefault(name, default) if default is not None else values.get(name, "")
        if not re.fullmatch(pattern, value):
            wrong.append(f"{path}: {name} is {value!r} and must look like {pattern}")
        elif re.search(r"\.example$", value):
            wrong.append(f"{path}: {name} is {value}, which is a placeholder")
    if wrong:
        raise Trouble("\n".join(wrong), "Correct the file, and run this again.", WRONG_COMMAND)
    return values


def aws(*arguments, may_fail=None, parse=True, env=None):
    """Calls the AWS command line and gives what it answers. `may_fail`: the words of an error that only means that there is none."""
    command = ["aws", *arguments] + (["--output", "json"] if parse else [])
    try:
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "AWS_PAGER": "", **(env or {})}, check=False)
    except FileNotFoundError:
        raise Trouble("The AWS command line is missing.", "Install it: https://docs.aws.amazon.com/cli/ , or pip install awscli") from None
    if done.returncode == 0:
        return json.loads(done.stdout) if parse and done.stdout.strip() else done.stdout
    said = done.stderr.strip() or done.stdout.strip()
    if may_fail and re.search(may_fail, said):
        return None
    raise Trouble(f"aws {' '.join(arguments[:2])}: {said}", hint(said))


def hint(said):
    """What to do about an error of AWS."""
    for pattern, then in (
        (r"ExpiredToken|credentials|InvalidClientTokenId|Unable to locate", "Sign in: aws sso login, or set AWS_PROFILE."),
        (r"AccessDenied|not authorized", "These credentials may not do that. infra/README.md, 'Who may do what', names the policies."),
        (r"Could not connect|endpoint URL", "Is there a network, and is AWS_ENDPOINT_URL right?"),
        (r"ROLLBACK_COMPLETE", "The first deployment failed. Delete what is left: infra/destroy, or in production by hand."),
    ):
        if re.search(pattern, said):
            return then
    return "Nothing further was done; it can be run again."


def run(*command, env=None, quiet=False, may_end=(0,)):
    """Runs a program and gives its output; ends the script where it ends with another code."""
    try:
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.PIPE if quiet else None, check=False)
    except OSError as error:
        raise Trouble(f"{command[0]} cannot be run: {error.strerror}.") from None
    if done.returncode not in may_end:
        raise Trouble(f"{' '.join(map(str, command))} ended with {done.returncode}.\n{done.stdout}{done.stderr or ''}".rstrip())
    return done.stdout


def program(name, folder):
    """How to call one of the project's own programs: as built in a folder, which $BIN may name, or by cargo, which builds it."""
    if folder := folder or os.environ.get("BIN"):
        return [str(Path(folder).resolve() / name)]
    # The settings of a stack name KMS and SES, which only this feature has.
    features = {"site-gen": [], "operator": ["--features", "local/cloud"]}[name]
    return ["cargo", "run", "--quiet", "--locked", *features, "--bin", name, "--"]


def operator_settings(environment, secrets):
    """The settings of a stack for the operator's tool. Without secrets they do for publishing, and nothing else."""
    outputs = environment.outputs()
    unknown = "0" * 64

    def secret(name):
        return environment.aws("secretsmanager", "get-secret-value", "--secret-id", outputs[name])["SecretString"] if secrets else unknown

    values = {
        "TABLE": outputs["Table"],
        "KEYS_TABLE": outputs["KeysTable"],
        "AWS_REGION": environment.region,
        "AWS_ENDPOINT_URL": os.environ.get("AWS_ENDPOINT_URL", ""),
        "SECRET": secret("HashSecret"),
        "KMS_KEY": outputs["AnswersKey"],
        "SENDER": environment["SENDER"],
        "SINK": environment["SINK"],
        "ENVIRONMENT": environment.name,
        "MAIL": f"ses:{outputs['KredsMail']},{outputs['CitizenMail']}",
    }
    return values


def credentials():
    """The credentials of the AWS command line, for programs that read only the environment."""
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    if os.environ.get(names[0]):
        return {name: os.environ.get(name, "") for name in names}
    found = aws("configure", "export-credentials", "--format", "process", parse=False)
    found = json.loads(found)
    return dict(zip(names, (found["AccessKeyId"], found["SecretAccessKey"], found.get("SessionToken", ""))))


def who():
    """Who does this, for the audit."""
    return os.environ.get("BY") or os.environ.get("USER") or "infra"


STARTED = time.monotonic()


def step(text):
    """Says what is being done, and since when."""
    print(f"{time.monotonic() - STARTED:7.1f} s  {text}", flush=True)


def parser(description, examples):
    """A script's arguments; all have these."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter,
                                   epilog=f"Examples:\n{examples.strip(chr(10))}\n\n{EXIT_CODES}")
    made.add_argument("environment", help="which installation: the name of a file in infra/environments, without .settings; $ENVIRONMENTS names another folder")
    made.add_argument("--settings", metavar="FILE", help="another settings file")
    return made


def main(work, arguments):
    """Runs a script: it gives an exit code, or None for done."""
    try:
        environment = Environment(arguments.environment, arguments.settings)
        sys.exit(work(environment, arguments) or DONE)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        sys.exit(trouble.code)
    except KeyboardInterrupt:
        sys.exit("Stopped. What was done stays; it can be run again.")
