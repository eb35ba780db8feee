"""The website in its bucket: what differs from what was built, and what each file's headers say."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from pathlib import Path

from cloud import Trouble, step

# The same table that the preview has: on each line an extension, a tab and a media type.
TABLE = Path(__file__).parent.parent / "pages/media-types.tsv"
TYPES = {f".{extension}": kind for extension, kind in (line.split("\t") for line in TABLE.read_text().splitlines())}

# A file whose name holds a digest of it never changes; anything else is asked for again after a minute.
FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=60"

# Above this many, everything is invalidated: a thousand paths a month are free, and `/*` is one.
MOST_PATHS = 40


def built(folder):
    """The files of a built site by their keys: path and MD5, which is what S3 calls the ETag of a file."""
    files = found(folder)
    if "index.html" not in files or "404.html" not in files:
        raise Trouble(f"{folder} is no built site.", "Build it: cargo run --bin site-gen -- build")
    return files


def found(folder):
    """The files in a folder, as of a site or a part of one."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(Path(folder).rglob("*")) if path.is_file()}
    unknown = [key for key in files if Path(key).suffix not in TYPES]
    if unknown:
        raise Trouble(f"What kind of file is {', '.join(unknown)}?", "Add its type to pages/media-types.tsv.")
    return {key: (path, hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()) for key, path in files.items()}


def there(environment, bucket):
    """The files that are in the bucket: the ETag of each."""
    listed = environment.aws("s3api", "list-objects-v2", "--bucket", bucket) or {}
    return {entry["Key"]: entry["ETag"].strip('"') for entry in listed.get("Contents", [])}


def difference(files, present):
    """Keys to upload, in the order that never shows a page before what it needs, and keys to delete.

    A stylesheet, font or script is never deleted: who has an older page open asks for it, and so does a function of another
    release. All of a year are a few hundred kilobytes. A picture is: whoever is on it may have withdrawn their consent.
    """
    changed = [key for key, (_, digest) in files.items() if present.get(key) != digest]
    changed.sort(key=lambda key: (rank(key), key))
    gone = [key for key in sorted(present) if key not in files and not is_asset(key)]
    return changed, gone


def rank(key):
    return 0 if is_fingerprinted(key) else 2 if key.endswith(".html") else 1


def is_fingerprinted(key):
    return is_asset(key) or is_picture(key)


def is_asset(key):
    return key.startswith("assets/")


def is_picture(key):
    """A version of a picture: its name holds a digest of it and its width."""
    return bool(re.fullmatch(r"billeder/[a-z0-9-]+-[0-9a-f]{12}-[0-9]+\.(jpg|png)", key))


def headers(key):
    """The headers that a file is kept with: content type and how long it may be kept."""
    return TYPES[Path(key).suffix], FOREVER if is_fingerprinted(key) else SHORT


def upload(environment, bucket, files, keys):
    """Uploads files, those first that others need."""
    groups = {}
    for key in keys:
        groups.setdefault((rank(key), *headers(key)), []).append(key)
    for (_, content_type, cache), members in sorted(groups.items()):
        step(f"Uploading {len(members)} files: {content_type}, {cache}")
        with tempfile.TemporaryDirectory() as folder:
            for key in members:
                target = Path(folder) / key
                target.parent.mkdir(parents=True, exist_ok=True)
                link_or_copy(files[key][0], target)
            environment.aws("s3", "cp", "--recursive", "--only-show-errors", "--no-guess-mime-type", "--content-type", content_type,
                            "--cache-control", cache, folder, f"s3://{bucket}/", parse=False)


def link_or_copy(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def delete(environment, bucket, keys):
    for start in range(0, len(keys), 1000):
        batch = {"Objects": [{"Key": key} for key in keys[start : start + 1000]], "Quiet": True}
        environment.aws("s3api", "delete-objects", "--bucket", bucket, "--delete", json.dumps(batch))


def paths(keys):
    """What to invalidate: each page by its address and by its file, since the function at the edge makes the one of the other.

    A picture comes here only if it is gone, or if it is not what its name says: the copies of it must go too.
    """
    pages = [key for key in keys if not is_asset(key)]
    if len(pages) > MOST_PATHS:
        return ["/*"]
    addresses = [f"/{key.removesuffix('index.html')}" for key in pages]
    return sorted({*addresses, *(f"/{key}" for key in pages)})
