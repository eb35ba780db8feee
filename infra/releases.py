"""Content and function are released apart: what one needs of the other is asked before it comes into force."""

import json
import tempfile
from pathlib import Path

import site_files
from cloud import DONE, HUMAN, Trouble, credentials, operator_settings, program, run, who


def said_by(environment, function, qualifier, catalog=None):
    """What a version of the function says of a catalog, or of the one in force, and of itself; None if it is too old to be asked."""
    with tempfile.TemporaryDirectory() as folder:
        question, answer = Path(folder) / "question.json", Path(folder) / "answer.json"
        question.write_text(json.dumps({"task": "read", **({"catalog": catalog} if catalog else {})}), encoding="utf-8")
        # The command line takes a text in different ways, by its own version; a file it takes as it is.
        called = environment.aws("lambda", "invoke", "--function-name", function, "--qualifier", qualifier, "--payload", f"fileb://{question}", str(answer))
        said = answer.read_text(encoding="utf-8")
    if called.get("FunctionError"):
        raise Trouble(f"Version {qualifier} of the function could not be asked whether it reads the content: {said}",
                      f"Does it work at all? infra/verify {environment.name}, and its log.")
    try:
        found = json.loads(said)
    except ValueError:
        found = None
    return found if isinstance(found, dict) and "reads" in found else None


def reads(environment, function, qualifier, catalog=None):
    """Whether a version of the function reads a catalog, or the one in force; None if it is too old to be asked."""
    found = said_by(environment, function, qualifier, catalog)
    # Where nothing is published there is nothing to be read.
    return found and (found["reads"] or (catalog is None and found["catalog"] is None))


def may_come_back(environment, function, version):
    """Whether a version of the function reads the content in force, and whether it understands the gateway: a REST API's requests."""
    found = said_by(environment, function, version) or {"reads": False, "catalog": ""}
    return found["reads"] or found["catalog"] is None, "1.0" in found.get("payloads", [])


def content_is_read(environment, programs=None):
    """Whether this release reads the content in force: its operator's tool is of the same source as its function."""
    settings = {**operator_settings(environment, secrets=False), **credentials()}
    said = json.loads(run(*program("operator", programs), "--json", "--by", who(), "content", env=settings, may_end=(DONE, HUMAN)))
    return said["reads"] or said["catalog"] is None


def upload_assets(environment, bucket, programs=None):
    """Stylesheets, fonts and scripts that this release's function refers to; the others stay for who still asks for them."""
    with tempfile.TemporaryDirectory() as folder:
        run(*program("site-gen", programs), "assets", "--out", folder)
        files = site_files.found(Path(folder) / "public")
        changed, _ = site_files.difference(files, site_files.there(environment, bucket))
        if changed:
            site_files.upload(environment, bucket, files, changed)
    return len(changed)
