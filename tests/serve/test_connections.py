"""Connections that nobody finishes, and heads that are no request: others go on undisturbed."""

from __future__ import annotations

import json
import re
import resource
import socket
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.serve.running import PROJECT, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = PROJECT / "tests" / "serve" / "small.ttl"
ASK = "ASK { ?s ?p ?o }"
PATIENCE = 2.0
HEAD = b"GET /sparql HTTP/1.1\r\nHost: x\r\n"
HALF = HEAD + b"A: "
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: x\r\n" + FORM + b"Content-Length: 600\r\n\r\nquery="
REFUSED = b"PUT /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 600\r\n\r\nquery="
WHOLE = b"GET /graphs HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with Running("--data", SMALL, "--workers", 1, "--patience", PATIENCE) as running:
        yield running


def connected(server: Running) -> socket.socket:
    url = urlsplit(server.url)
    return socket.create_connection((url.hostname, url.port), timeout=20)


def told(sock: socket.socket, sent: bytes) -> bytes:
    """Everything that comes back until the server closes."""
    sock.sendall(sent)
    return b"".join(iter(lambda: sock.recv(65536), b""))


# What is sent and never finished, and the statuses that come back
UNFINISHED = {
    "nothing": (b"", []),
    "half a line": (b"GET /spa", [408]),
    "half a head": (HALF, [408]),
    "no body": (POST.removesuffix(b"query="), [408]),
    "half a body": (POST, [408]),
    "half a body, refused before": (REFUSED, [405]),
    "half a head after a request": (WHOLE + HALF, [400]),
    "half a body after a request": (WHOLE + POST, [400, 408]),
}


@pytest.mark.parametrize("what", UNFINISHED)
def test_a_request_has_to_be_whole_in_time(server: Running, what: str) -> None:
    assert len(UNFINISHED) == 8
    sent, statuses = UNFINISHED[what]
    start = time.monotonic()
    with connected(server) as sock:
        found = told(sock, sent)
    assert PATIENCE - 0.1 < time.monotonic() - start < PATIENCE + 5
    assert list(map(int, re.findall(rb"HTTP/1\.1 (\d+)", found))) == statuses
    if 408 in statuses:
        head, _, body = found.rpartition(b"\r\n\r\n")
        assert b"connection: close" in head
        assert json.loads(body)["detail"] == f"the request was not whole within {PATIENCE:g} s"


def test_a_request_that_takes_long_to_answer_is_answered() -> None:
    patterns = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(15))
    slow = f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}"
    with Running("--data", SMALL, "--patience", 0.3, "--seconds", 1.5) as server:
        reply = server.client().ask(slow)
    assert (reply.status, json.loads(reply.body)["limit"]) == (503, "time")
    assert reply.seconds > 1


def test_slowly_is_not_never(server: Running) -> None:
    """A body in small parts, and a second request over the same connection after a while."""
    with connected(server) as sock:
        content = b"query=ASK%7B%7D"
        head = POST.partition(b"\r\n\r\n")[0].replace(b"600", str(len(content)).encode())
        for part in (head, b"\r\n\r\n", content[:4], content[4:]):
            sock.sendall(part)
            time.sleep(PATIENCE / 10)
        assert b"200 OK" in sock.recv(65536)
        time.sleep(PATIENCE * 0.4)
        sock.sendall(HALF)
        time.sleep(PATIENCE * 0.1)
        sock.sendall(b"b\r\n\r\n")
        assert b"200 OK" in sock.recv(65536)


def halves(server: Running, many: int, held: ExitStack) -> list[socket.socket]:
    found = []
    for _ in range(many):
        found.append(held.enter_context(connected(server)))
        found[-1].sendall(HALF)
    return found


def test_more_connections_than_may_be_drive_out_the_oldest() -> None:
    with Running("--data", SMALL, "--workers", 1, "--files", 256) as server, ExitStack() as held:
        found = halves(server, 400, held)
        for _ in range(3):
            assert server.client().ask(ASK).seconds < 5
        for each in found[:200]:
            assert b"408 Request Timeout" in told(each, b"")
        # Those that came last may still finish.
        assert b"200 OK" in told(found[-1], b"b\r\nConnection: close\r\n\r\n")


def test_a_server_without_files_makes_do_with_those_it_has(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with Running("--data", SMALL, "--workers", 1, "--files", 256) as server, ExitStack() as held:
        assert server.client().ask(ASK).status == 200
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (64, 64))
        halves(server, 120, held)
        for _ in range(5):
            assert server.client().ask(ASK).status == 200
    said = capfd.readouterr().err.splitlines()
    # Those that are being taken meanwhile may be too many once more.
    assert 1 <= len(said) <= 5
    wanted = r"ERROR: +Too many open files: from now on there are \d\d connections; more need .*"
    assert [line for line in said if not re.fullmatch(wanted, line)] == []


# Heads, and the status of what comes back
HEADS = {
    "no host": (b"GET /sparql HTTP/1.1\r\n\r\n", 400),
    "two hosts": (HEAD + b"Host: x\r\n\r\n", 400),
    "a host with a blank": (b"GET /sparql HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    "a host with a path": (b"GET /sparql HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
    "a host with a user": (b"GET /sparql HTTP/1.1\r\nHost: u@a\r\n\r\n", 400),
    "a port that is none": (b"GET /sparql HTTP/1.1\r\nHost: a:b\r\n\r\n", 400),
    "two hosts in HTTP/1.0": (b"GET /sparql HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    "no host in HTTP/1.0": (b"GET /sparql HTTP/1.0\r\n\r\n", 200),
    "an empty host": (b"GET /sparql HTTP/1.1\r\nHost:\r\n\r\n", 200),
    "a name": (b"GET /sparql HTTP/1.1\r\nHost: a-b.example:8000 \r\n\r\n", 200),
    "an address": (b"GET /sparql HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n", 200),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500, 400),
    "a path of 70 KB": (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "a query of 300 KB": (
        b"GET /sparql?query=" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414,
    ),
    "an address of 4 MB": (b"GET /?" + b"a" * 4_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    "a head of 4 MB": (HEAD + b"A: " + b"a" * 4_000_000 + b"\r\n\r\n", 431),
    "a query of 200 KB": (
        b"GET /sparql?query=ASK%7B%7D" + b"%20" * 65_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 200,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HEADS)
def test_what_stands_before_the_content(server: Running, what: str) -> None:
    assert len(HEADS) == 17
    sent, status = HEADS[what]
    with connected(server) as sock:
        sent = sent.replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nConnection: close\r\n")
        head, _, body = told(sock, sent).partition(b"\r\n\r\n")
    assert int(head.split()[1]) == status
    if status != 200:
        assert b"content-type: application/problem+json" in head
        assert json.loads(body)["status"] == status
