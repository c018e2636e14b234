"""What a query may do to its worker, and that nobody else notices."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.serve.running import DIRECT, PROJECT, Running, children, gone, is_alive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.running import Reply

pytestmark = pytest.mark.alone

SECONDS = 3.0
GOOD = "SELECT (COUNT(*) AS ?n) { <https://w3id.org/milia/MILIA_0000001> ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SERVER = ("--release", PROJECT / "build", "--seconds", SECONDS, "--megabytes", 256, "--workers", 2)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with Running(*SERVER, "--answer-megabytes", 3) as running:
        yield running


def limit_of(reply: Reply) -> str:
    assert reply.headers["content-type"] == "application/problem+json", reply.body[:200]
    told = json.loads(reply.body)
    assert told["status"] == reply.status
    return str(told.get("limit", ""))


# What ends a query: name, query, status, the limit that was met, a word in the detail
ENDS = [
    ("time", ENDLESS, 503, "time", f"no answer within {SECONDS:g} s"),
    ("memory of text", f'SELECT * {{ BIND("0123456789" AS ?a0) {" ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(40))} }}', 503, "memory", "out of memory"),
    ("memory of rows", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a", 503, "memory", "out of memory"),
    ("bytes of solutions", "SELECT * { ?s ?p ?o }", 503, "size", "larger than 3 MB"),
    ("bytes of a graph", "CONSTRUCT WHERE { ?s ?p ?o }", 503, "size", "larger than 3 MB"),
    ("stack, by signs", f"ASK {{ FILTER({'!' * 200_000}true) }}", 400, "", "nests too deep"),
    ("stack, by a sum", f"SELECT (1{'+1' * 100_000} AS ?x) {{}}", 400, "", "nests too deep"),
    ("braces", "ASK " + "{" * 2500 + "}" * 2500, 400, "", "nests deeper than 200"),
    ("SERVICE that only the engine sees", "PREFIX x: <http://127.0.0.1:9/> ASK { ?s ?p trueSERVICESILENT x:y { ?s ?p ?o } }", 403, "", "SERVICE is not allowed"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "status", "limit", "word"), [pytest.param(*rest, id=name) for name, *rest in ENDS]
)
def test_a_query_that_goes_too_far_is_told_so_and_the_next_is_answered(
    server: Running, query: str, status: int, limit: str, word: str
) -> None:
    assert len(ENDS) == 9
    client = server.client()
    reply = client.direct(query)
    assert (reply.status, limit_of(reply)) == (status, limit), reply.text
    assert word in json.loads(reply.body)["detail"]
    assert reply.seconds < SECONDS + 4
    # On the same connection: it was not dropped.
    following = client.ask(GOOD)
    assert (following.status, following.seconds < 1) == (200, True)


def test_only_what_may_pass_says_when_to_try_again(server: Running) -> None:
    client = server.client()
    assert client.ask(ENDLESS).headers["retry-after"] == f"{SECONDS:g}"
    assert "retry-after" not in client.ask("SELECT * { ?s ?p ?o }").headers


def test_a_worker_cannot_open_a_socket(server: Running) -> None:
    """Even what the grammar does not tell apart goes nowhere: no descriptor is left for it."""
    assert server.client().ask(GOOD).status == 200
    end = time.monotonic() + 5
    # One may be so young that it is not confined yet.
    while set(found := list(map(open_files, children(server.nursery())))) != {("4", "4", 4)}:
        assert time.monotonic() < end, found
        time.sleep(0.02)


def open_files(pid: int) -> tuple[str, str, int]:
    """How many descriptors a process may have, soft and hard, and how many it has."""
    try:
        limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
        line = next(text for text in limits if text.startswith("Max open files"))
        soft, hard = line.split()[3:5]
        return soft, hard, len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return "", "", 0


def test_endless_queries_do_not_keep_others_waiting(server: Running) -> None:
    """More of them than there are places, all at once."""
    lines = [server.client() for _ in range(8)]
    for number, client in enumerate(lines):
        client.line.request("POST", "/sparql", f"{ENDLESS} # {number}", {"Content-Type": DIRECT})
    client = server.client()
    times = [client.ask(f"{GOOD} # {turn}").seconds for turn in range(20)]
    assert max(times) < 1
    ends = [client.line.getresponse() for client in lines]
    assert {reply.status for reply in ends} == {503}
    for reply in ends:
        assert json.loads(reply.read())["limit"] in {"time", "busy"}


def test_what_a_client_has_left_is_stopped(server: Running) -> None:
    before = set(server.family())
    sock = socket.create_connection(
        (urlsplit(server.url).hostname or "", urlsplit(server.url).port or 0)
    )
    query = f"{ENDLESS} # left".encode()
    head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    sock.sendall(f"{head}Content-Length: {len(query)}\r\n\r\n".encode() + query)
    time.sleep(0.3)
    busy = {pid for pid in server.family() if niceness(pid) > 0}
    assert busy
    sock.close()
    assert gone(list(busy), SECONDS / 2)
    assert server.process.pid in before


def niceness(pid: int) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except OSError:
        return 0


def test_a_worker_that_has_grown_is_replaced(server: Running) -> None:
    client = server.client()
    workers = set(children(server.nursery()))
    query = (
        'SELECT (STRLEN(REPLACE(REPLACE("aaaaaaaaaaaaaaaa", "a", "{0}"), "a", "{1}")) AS ?n) {{}}'
    )
    assert client.ask(query.format("a" * 1000, "a" * 6000)).status == 200
    assert client.ask(GOOD).status == 200
    end = time.monotonic() + 5
    while all(map(is_alive, workers)):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_server_goes_on_when_the_nursery_is_killed() -> None:
    with Running(*SERVER) as server:
        client = server.client()
        for _ in range(2):
            family = server.family()[1:]
            os.kill(server.nursery(), signal.SIGKILL)
            assert gone(family)
            end = time.monotonic() + 10
            while (reply := client.ask(f"{GOOD} # {time.monotonic()}")).status != 200:
                assert (reply.status, reply.headers["retry-after"]) == (503, "1")
                assert time.monotonic() < end
                time.sleep(0.1)


@pytest.mark.parametrize("idle", [True, False], ids=["idle", "busy"])
def test_nothing_survives_a_server_that_is_killed(idle: bool) -> None:
    with Running(*SERVER, "--seconds", 60) as server:
        client = server.client()
        assert client.ask(GOOD).status == 200
        if not idle:
            client.line.request("POST", "/sparql", ENDLESS, {"Content-Type": DIRECT})
            time.sleep(0.3)
        family = server.family()
        assert len(family) > 2
        server.kill()
        assert gone(family)


def test_a_server_that_is_stopped_first_answers_what_it_was_asked() -> None:
    with Running(*SERVER, "--seconds", 2) as server:
        client = server.client()
        assert client.ask(GOOD).status == 200
        client.line.request("POST", "/sparql", ENDLESS, {"Content-Type": DIRECT})
        time.sleep(0.3)
        family = server.family()
        # A service manager tells all processes at once.
        for pid in family:
            os.kill(pid, signal.SIGTERM)
        reply = client.line.getresponse()
        assert (reply.status, json.loads(reply.read())["limit"]) == (503, "time")
        assert server.process.wait(10) in {0, -signal.SIGTERM}
        assert gone(family)
