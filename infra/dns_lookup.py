"""A question to a name server, as far as mail needs it: TXT, CNAME and MX. Python's own library asks for addresses alone."""

import os
import re
import secrets
import socket
import struct

from cloud import Trouble

TYPES = {"CNAME": 5, "MX": 15, "TXT": 16}


def server():
    """The name server of this machine; DNS_SERVER names another, as 192.0.2.1 or 192.0.2.1:5353."""
    named = os.environ.get("DNS_SERVER")
    if not named:
        try:
            named = re.search(r"^nameserver\s+(\S+)", open("/etc/resolv.conf", encoding="ascii").read(), re.MULTILINE)[1]
        except (OSError, TypeError):
            raise Trouble("No name server is known.", "Name one: DNS_SERVER=192.0.2.1") from None
    host, _, port = named.partition(":") if named.count(":") == 1 else (named, "", "")
    return host, int(port or 53)


def lookup(name, kind):
    """The records of a kind at a name, as texts; none if there are none."""
    question = struct.pack(">HHHHHH", secrets.randbits(16), 0x0100, 1, 0, 0, 0) + encoded(name) + struct.pack(">HH", TYPES[kind], 1)
    answer = ask(question, name)
    flags, _, answers = struct.unpack_from(">HHH", answer, 2)
    if flags & 15 not in (0, 3):
        raise Trouble(f"The name server does not answer for {name} (code {flags & 15}).", "Try again, or name another: DNS_SERVER=192.0.2.1")
    place = 12 + len(question) - 12
    found = []
    for _ in range(answers):
        _, place = decoded(answer, place)
        its_kind, _, _, length = struct.unpack_from(">HHIH", answer, place)
        place += 10
        if its_kind == TYPES[kind]:
            found.append(value(answer, place, length, kind))
        place += length
    return found


def ask(question, name):
    address = server()
    for _ in range(3):
        with socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.settimeout(3)
            try:
                sender.sendto(question, address)
                answer = sender.recv(4096)
            except OSError:
                continue
        if answer[:2] == question[:2]:
            return by_tcp(address, question) if answer[2] & 2 else answer
    raise Trouble(f"The name server {address[0]} does not answer about {name}.", "Is there a network? DNS_SERVER=192.0.2.1 names another.")


def by_tcp(address, question):
    """What is too long for one packet."""
    with socket.create_connection(address, 5) as connection, connection.makefile("rwb") as stream:
        stream.write(struct.pack(">H", len(question)) + question)
        stream.flush()
        return stream.read(struct.unpack(">H", stream.read(2))[0])


def encoded(name):
    return b"".join(bytes([len(label)]) + label.encode("idna") for label in name.rstrip(".").split(".")) + b"\0"


def decoded(message, place):
    """The name that stands at a place, and the place after it."""
    labels, after = [], None
    while length := message[place]:
        if length >= 0xC0:
            after = after or place + 2
            place = struct.unpack_from(">H", message, place)[0] & 0x3FFF
            continue
        labels.append(message[place + 1 : place + 1 + length].decode("ascii", "replace"))
        place += length + 1
    return ".".join(labels).lower(), after or place + 1


def value(message, place, length, kind):
    if kind == "TXT":
        end, parts = place + length, []
        while place < end:
            parts.append(message[place + 1 : place + 1 + message[place]])
            place += 1 + message[place]
        return b"".join(parts).decode("utf-8", "replace")
    return decoded(message, place + (2 if kind == "MX" else 0))[0]
