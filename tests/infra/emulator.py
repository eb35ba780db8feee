"""An AWS on this machine: ministack, on its own port, and a name server with a test's records."""

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

TOOLS = Path(sys.executable).parent
REGION = "eu-central-1"
# In ministack, an access key of twelve digits is the account.
ACCOUNTS = {"test": "111111111111", "production": "222222222222"}


class Emulator:
    def __init__(self, log):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{port}"
        # By default, it listens on every address of the machine.
        own = {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "AWS_ENDPOINT_URL": self.endpoint, "MINISTACK_REGION": REGION}
        self.log = open(log, "w", encoding="utf-8")
        self.process = subprocess.Popen([sys.executable, Path(__file__).with_name("ministack_app.py")], env={**os.environ, **own}, stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 120
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    self.close()
                    raise SystemExit(f"ministack did not start: see {log}") from None
                time.sleep(0.2)

    def environment(self, name):
        """Returns the variables that point the AWS command line to it, with the account of an environment."""
        account = ACCOUNTS[name]
        return {
            "PATH": f"{TOOLS}:{os.environ['PATH']}", "AWS_ENDPOINT_URL": self.endpoint, "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "emulated", "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_MAX_ATTEMPTS": "1",
        }

    def aws(self, name):
        """Returns a function that calls it with the account of an environment."""
        def call(*arguments):
            done = subprocess.run(["aws", *arguments, "--output", "json"], env={**os.environ, **self.environment(name)}, capture_output=True, text=True, check=False)
            if done.returncode:
                raise AssertionError(f"aws {' '.join(arguments[:2])}: {done.stderr}")
            return json.loads(done.stdout) if done.stdout.strip() else {}
        return call

    def mails(self, name):
        """Returns the mails that it accepted for an environment, oldest first."""
        with urllib.request.urlopen(f"{self.endpoint}/_ministack/ses/messages?account={ACCOUNTS[name]}", timeout=30) as answer:
            return json.load(answer)["messages"].get(ACCOUNTS[name], [])

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


class NameServer:
    """Answers with the records that it is given, by name and kind."""

    KINDS = {5: "CNAME", 15: "MX", 16: "TXT"}

    def __init__(self):
        self.records = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                question, sender = self.socket.recvfrom(4096)
            except OSError:
                return
            labels, place = [], 12
            while length := question[place]:
                labels.append(question[place + 1 : place + 1 + length].decode())
                place += length + 1
            kind = self.KINDS.get(struct.unpack_from(">H", question, place + 1)[0])
            values = self.records.get((".".join(labels).lower(), kind), [])
            answers = b"".join(self.answer(kind, value) for value in values)
            code = 0 if values else 3
            self.socket.sendto(question[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(values), 0, 0) + question[12 : place + 5] + answers, sender)

    def answer(self, kind, value):
        name = b"".join(bytes([len(label)]) + label.encode() for label in value.split(".")) + b"\0"
        data = {"TXT": bytes([len(value)]) + value.encode() if len(value) < 256 else b"", "MX": b"\0\x0a" + name, "CNAME": name}[kind]
        number = next(number for number, known in self.KINDS.items() if known == kind)
        return b"\xc0\x0c" + struct.pack(">HHIH", number, 1, 60, len(data)) + data

    def close(self):
        self.socket.close()
