"""The function as Lambda takes it: the binary is checked, and zipped so that equal bytes make an equal file."""

import hashlib
import re
import struct
import zipfile
from pathlib import Path

from cloud import Trouble

# What Amazon Linux 2023 has.
NEWEST_GLIBC = (2, 34)
MACHINES = {"x86_64": 0x3E, "arm64": 0xB7}
LARGEST = 50 * 1024 * 1024


def check(binary, architecture):
    """Ends the script unless the binary runs on Amazon Linux 2023; gives the newest GLIBC symbol that it needs."""
    data = Path(binary).read_bytes()
    if data[:5] != b"\x7fELF\x02":
        raise Trouble(f"{binary} is no 64-bit Linux program.", "Build it on Linux, or name another: --binary FILE")
    machine = struct.unpack_from("<H", data, 18)[0]
    if machine != MACHINES[architecture]:
        raise Trouble(f"{binary} is not built for {architecture}.", "Set ARCHITECTURE, or build for it (cargo build --target …) and use --binary FILE")
    versions = {tuple(map(int, number.split(b"."))) for number in re.findall(rb"\0GLIBC_(\d+\.\d+)(?=[\0.])", dynamic_strings(data, binary))}
    newest = max(versions, default=(0, 0))
    if newest > NEWEST_GLIBC:
        raise Trouble(
            f"{binary} needs GLIBC_{newest[0]}.{newest[1]}, and Amazon Linux 2023 has GLIBC_{NEWEST_GLIBC[0]}.{NEWEST_GLIBC[1]}: it would not start.",
            "Build it on an older system (Debian 12 does), for example in a container, and use --binary FILE",
        )
    return f"GLIBC_{newest[0]}.{newest[1]}"


def dynamic_strings(data, binary):
    """The section .dynstr, where the names of the versions stand that a program asks of its libraries."""
    offset, = struct.unpack_from("<Q", data, 40)
    size, count, names = struct.unpack_from("<HHH", data, 58)
    sections = [struct.unpack_from("<IIQQQQ", data, offset + size * number) for number in range(count)]
    table = sections[names][4] if sections else 0
    for name, _, _, _, start, length in sections:
        if data[table + name :].startswith(b".dynstr\0"):
            return data[start : start + length]
    raise Trouble(f"What {binary} needs of its system cannot be read.", "Build it with `cargo build --release -p function --features cloud`")


def pack(binary, zip_file):
    """Zips the binary as `bootstrap`, always alike; gives the digest of the zip."""
    entry = zipfile.ZipInfo("bootstrap", (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o100755 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    Path(zip_file).parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(zip_file, "w") as archive:
        archive.writestr(entry, Path(binary).read_bytes(), compresslevel=9)
    data = Path(zip_file).read_bytes()
    if len(data) > LARGEST:
        raise Trouble(f"{zip_file} has {len(data)} bytes, and Lambda takes {LARGEST}.", "Is it a release build?")
    return hashlib.sha256(data).hexdigest()
