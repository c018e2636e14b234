"""The cluster of ``docs/how-to/cluster.md``: two nodes and nginx, as processes, and what they bear."""

from __future__ import annotations

import shlex
import signal
import subprocess
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from benchmarks.replicas import (
    DIRECT,
    EVERYTHING,
    FRONT,
    PAGE,
    Clients,
    Cluster,
    ask,
    cluster,
    expected_rows,
    questions,
    recipe,
    wait,
)
from milia_onto.edges.files import write_release

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.model.values import Release

pytestmark = [pytest.mark.alone, pytest.mark.needs("nginx", "fuseki", "curl")]

BLOCKS = {"node", "load", "nginx.conf", "nginx", "ask"}
# A pause between questions: a node that starts again gets some of the two processors.
CLIENTS, PAUSE = 6, 0.25
# Jena works on it until it is told to stop.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
# What a client is told of an answer that breaks off: the chunks do not end (RFC 9112, 8).
TOLD = {"cut off: IncompleteRead", "cut off: ConnectionResetError", "cut off: RemoteDisconnected"}


@pytest.fixture(scope="module")
def group(made: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    release = tmp_path_factory.mktemp("replicas") / "build"
    write_release(release, made.files)
    with cluster(release) as found:
        yield found


@pytest.fixture(scope="module")
def expected(group: Cluster, made: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:  # fmt: skip
    release: Path = tmp_path_factory.mktemp("questions")
    for path, data in made.files.items():
        if path.startswith("queries/"):
            (release / path).parent.mkdir(exist_ok=True)
            (release / path).write_bytes(data)
    texts = questions(release)
    assert len(texts) > 120
    return expected_rows(group.nodes[0], texts)


def test_all_blocks_are_found() -> None:
    assert set(recipe()) == BLOCKS
    assert PAGE.read_text(encoding="utf-8").count("```") == 2 * len(BLOCKS)


def test_the_command_of_the_page_asks(group: Cluster) -> None:
    command = shlex.split(recipe()["ask"].replace("8080", str(group.port)))
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["label", "milia"]


def test_both_nodes_hold_the_graph(group: Cluster, made: Release) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    number = made.files["milia.nt"].count(b"\n")
    for node in group.nodes:
        assert f'"value": "{number}"' in ask(node.port, DIRECT, query)[1].decode()


def test_nobody_writes_through_the_front(group: Cluster) -> None:
    import http.client

    line = http.client.HTTPConnection("127.0.0.1", group.port, timeout=30)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for path, expected in ((FRONT, range(400, 500)), ("/milia/update", (404,)), ("/milia/data", (404,))):  # fmt: skip
        line.request("POST", path, urlencode({"update": "CLEAR ALL"}), form)
        reply = line.getresponse()
        reply.read()
        assert reply.status in expected, path
    line.request("PUT", FRONT, b"", form)
    assert line.getresponse().status == 403
    line.close()


def test_a_killed_node_costs_at_most_what_it_was_answering_and_comes_back(
    group: Cluster, expected: dict[str, Counter[str]]
) -> None:
    """Each node is killed under load, the second once the first is back: it answers alone then.

    No wrong rows, no error status. Only an answer that was flowing may break off, and visibly: at
    most one a client and kill.
    """
    clients = Clients(group.port, FRONT, expected, CLIENTS, PAUSE)
    try:
        for node in group.nodes:
            # Longer than nginx leaves a node that failed alone.
            time.sleep(4)
            node.signal(signal.SIGKILL)
            time.sleep(4)
            node.start()
            wait(node.port, DIRECT)
    finally:
        seen = clients.stop()
    assert set(seen.wrong) <= TOLD
    assert len(seen.wrong) <= len(group.nodes) * CLIENTS
    assert len(seen.times) > 100


def test_a_hung_node_delays_and_spoils_nothing(
    group: Cluster, expected: dict[str, Counter[str]]
) -> None:
    clients = Clients(group.port, FRONT, expected, CLIENTS, PAUSE)
    time.sleep(4)
    group.nodes[1].signal(signal.SIGSTOP)
    try:
        time.sleep(15)
    finally:
        group.nodes[1].signal(signal.SIGCONT)
        seen = clients.stop()
    assert seen.wrong == []
    # The time that nginx waits for a node, and some for the other's answer on a busy machine.
    assert 10 < max(seen.times) < 20


def test_a_query_that_takes_too_long_harms_nobody_else(
    group: Cluster, expected: dict[str, Counter[str]]
) -> None:
    statuses: list[int] = []
    slow = threading.Thread(
        target=lambda: statuses.append(ask(group.port, FRONT, ENDLESS, seconds=100)[0])
    )
    clients = Clients(group.port, FRONT, expected, 2, PAUSE)
    slow.start()
    slow.join()
    seen = clients.stop()
    assert statuses == [503]
    assert seen.wrong == []
    assert len(seen.times) > 20


def test_a_long_answer_of_a_killed_node_is_visibly_cut(group: Cluster) -> None:
    """What has begun to flow cannot be asked again by nginx: the client is told, and never fooled."""
    whole = expected_rows(group.nodes[0], [EVERYTHING])
    assert sum(whole[EVERYTHING].values()) > 80_000
    clients = Clients(group.port, FRONT, whole, 4)
    time.sleep(6)
    group.nodes[1].signal(signal.SIGKILL)
    time.sleep(6)
    seen = clients.stop()
    assert set(seen.wrong) <= TOLD
    assert len(seen.times) > len(seen.wrong)
    group.nodes[1].start()
    wait(group.nodes[1].port, DIRECT)
