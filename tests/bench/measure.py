"""One run of one generator: seconds, processor time, memory, and what it wrote."""

import hashlib
import html
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

MIB = 1 << 20


class Failed(Exception):
    """Why there is no result. What the program said itself is only printed: it may name folders of this machine."""


def run(command, folder):
    """Runs a command in a folder. The peak is that of its largest process, and never below that of this one, which starts it."""
    with tempfile.TemporaryFile() as said:
        before = time.perf_counter()
        try:
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env={**os.environ, "NO_COLOR": "1"})
        except OSError as why:
            raise Failed(f"it could not be started: {why.strerror}") from None
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - before
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            print(said.read().decode(errors="replace").strip()[-2000:], file=sys.stderr)
            raise Failed(f"it ended with {process.returncode}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"seconds": round(seconds, 3), "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3), "peak_mib": round(peak / MIB, 1)}


def written(out):
    """What a build wrote: pages of the corpus, HTML files, all files, and their size."""
    pages = documents = files = size = 0
    for path, _, names in os.walk(out):
        for name in names:
            files += 1
            size += os.stat(os.path.join(path, name)).st_size
            if name.endswith(".html"):
                documents += 1
                pages += (os.path.basename(path) if name == "index.html" else name).startswith("emne-")
    return {"pages_written": pages, "html": documents, "files": files, "mib": round(size / MIB, 1)}


def words(out, slug):
    """A mark of the words of one page, without its tags. Empty if there is no such page."""
    for path in (out / slug / "index.html", out / f"{slug}.html"):
        if path.exists():
            text = path.read_text(encoding="utf-8")
            text = html.unescape(re.sub("<[^>]+>", " ", text[text.index("<h1"):text.index("</main>")]))
            return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
    return ""


@contextmanager
def output():
    """A new folder for the output, in memory where there is such a disk, and gone afterwards."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        out = Path(folder) / "out"
        out.mkdir()
        yield out


def in_memory():
    return os.access("/dev/shm", os.W_OK)


def machine():
    """What the numbers are of. The name of the machine is nobody's business."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), model)
    return {"system": platform.system(), "cpu": model, "cores": os.cpu_count(), "output_in_memory": in_memory()}


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
