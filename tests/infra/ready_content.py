"""The project's content as an authority would prepare it: one kreds open, the others closed, no gaps to fill in."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from templates import ROOT

OPEN = "fyn"
CLOSED = """lukket:
  bestil-en-betjent: "{text}"
  bestil-en-faerdselskontrol: "{text}"
"""


SITE_GEN = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "debug/site-gen"


def prepare(folder, source=ROOT / "content", site_gen=SITE_GEN):
    """Copies content into a folder and prepares it."""
    content = Path(folder) / "content"
    shutil.copytree(source, content)
    for path in content.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\[udfyldes af myndigheden: ([^\]]+)\]", r"udfyldt: \1", text)
        text = re.sub(r"\[to be filled in by the authority: ([^\]]+)\]", r"filled in: \1", text)
        text = re.sub(r"(@[a-z0-9.-]+)\.example\b", r"\1.test", text)
        path.write_text(text, encoding="utf-8")
    for kreds in (content / "kredse").iterdir():
        if kreds.name == OPEN:
            change(kreds / "kreds.md", "---\n", '---\ntelefon: "20 12 34 56"\n')
            # Only approved numbers may be published.
            with (content / "data/telefonnumre.csv").open("a", encoding="utf-8") as numbers:
                numbers.write("20 12 34 56,Fyns Politi,https://politi.example/fyn\n")
            continue
        change(kreds / "kreds.md", "---\n", "---\n" + CLOSED.format(text="Vi er ikke begyndt endnu."))
        if (kreds / "kreds.en.md").exists():
            change(kreds / "kreds.en.md", "---\n", "---\n" + CLOSED.format(text="We have not begun yet."))
    # As if somebody had compared both languages and approved the commitments.
    has_list = (content / "data/loefter.txt").is_file()  # The release before may have none.
    for command in (["compared", "--all"], ["commitments", "--approve"])[: 1 + has_list]:
        subprocess.run([site_gen, *command, "--content", content], check=True, stdout=subprocess.DEVNULL)
    return content


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old} is not in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
