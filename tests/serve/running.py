"""A server in a process of its own, and a client that asks it over one connection."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from tests.running import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

DIRECT = "application/sparql-query"
PROJECT = Path(__file__).resolve().parents[2]


class Client:
    """Asks over one connection that is kept open, as a browser or a program would."""

    def __init__(self, url: str, timeout: float = 60) -> None:
        self.url = url
        self.line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=timeout)

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        start = time.perf_counter()
        self.line.request(method, path, body, dict(headers or {}))
        found = self.line.getresponse()
        data = found.read()
        heads = {name.lower(): value for name, value in found.getheaders()}
        return Reply(found.status, heads, data, time.perf_counter() - start)

    def ask(
        self, query: str, accept: str = "application/sparql-results+json", **more: str
    ) -> Reply:
        """A query by POST, as a form; in the address it could be too long."""
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", "/sparql", headers, urlencode({"query": query, **more}).encode())

    def direct(self, query: str) -> Reply:
        """A query by POST, as it is."""
        return self.send("POST", "/sparql", {"Content-Type": DIRECT}, query.encode())

    def get(self, query: str, accept: str = "application/sparql-results+json") -> Reply:
        return self.send("GET", f"/sparql?query={quote(query)}", {"Accept": accept})


class Running:
    """The endpoint as a process; used with ``with``."""

    def __init__(self, *arguments: object) -> None:
        self.clients: list[Client] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.serve.server", *map(str, arguments)],
            stdout=subprocess.PIPE,
            cwd=PROJECT,
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().decode().strip()
        assert self.url, "the server did not start"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self.clients:
            client.line.close()
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(30)
        assert self.process.stdout
        self.process.stdout.close()

    def client(self) -> Client:
        self.clients.append(Client(self.url))
        return self.clients[-1]

    def nursery(self) -> int:
        """The process that forks the workers."""
        return children(self.process.pid)[0]

    def family(self) -> list[int]:
        """The server, the nursery and all workers."""
        found = [self.process.pid]
        for pid in found:
            found += children(pid)
        return found

    def resident(self) -> int:
        """Bytes that all these processes hold together; what they share counts once."""
        return sum(proportional(pid) for pid in self.family())

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


def children(pid: int) -> list[int]:
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []


def proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return 1024 * int(
        next(line for line in text.splitlines() if line.startswith("Pss:")).split()[1]
    )


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended but was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: list[int], seconds: float = 5) -> bool:
    """Whether all these processes end within the time."""
    end = time.monotonic() + seconds
    while any(map(is_alive, pids)):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def stop_all(pids: list[int]) -> None:
    for pid in pids:
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)
