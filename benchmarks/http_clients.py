"""Clients in processes of their own: each asks over a connection that it keeps, one after another.

The client does little beside the kernel's work: requests are bytes made beforehand, answers are
read by uvicorn's parser (in C). What it takes of the processor is measured too.
"""

from __future__ import annotations

import itertools
import multiprocessing
import random
import socket
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import httptools

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from typing import Self

TIMEOUT = 120.0
CHUNK = 1 << 18
JSON = "application/sparql-results+json"
# Where a request holds this, each client puts what nobody asked before.
TURN = b"@turn@"


def get(path: str, accept: str = JSON) -> bytes:
    """A GET request (HTTP/1.1)."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Accept: {accept}", "", ""]
    return "\r\n".join(lines).encode("ascii")


class Reply(NamedTuple):
    """What came back."""

    status: int
    body: bytes
    location: str


class Line:
    """A connection that is kept; where the server closed it, the next request opens another."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.line: socket.socket | None = None

    def _open(self) -> socket.socket:
        self.parser = httptools.HttpResponseParser(self)
        line = socket.create_connection(("127.0.0.1", self.port), TIMEOUT)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def close(self) -> None:
        if self.line:
            self.line.close()
        self.line = None

    # What the parser calls.

    def on_message_begin(self) -> None:
        self.parts: list[bytes] = []
        self.location = ""
        self.done = False

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"location":
            self.location = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self.parts.append(body)

    def on_message_complete(self) -> None:
        self.done = True
        # Afterwards the parser speaks of the message to come.
        self.kept = self.parser.should_keep_alive()

    def ask(self, request: bytes) -> Reply:
        """The answer to a request. Raises OSError where there is none."""
        is_new = self.line is None
        try:
            return self._ask(request)
        except ConnectionError:
            self.close()
            if is_new:
                raise
            return self._ask(request)

    def _ask(self, request: bytes) -> Reply:
        self.line = self.line or self._open()
        self.done = False
        self.line.sendall(request)
        while not self.done:
            data = self.line.recv(CHUNK)
            if not data:
                raise ConnectionResetError("the server closed the connection")
            self.parser.feed_data(data)
        reply = Reply(self.parser.get_status_code(), b"".join(self.parts), self.location)
        if not self.kept:
            self.close()
        return reply


class Work(NamedTuple):
    """What all clients do at the same time.

    Each asks the requests in an order of its own until the time is over, or, where ``seconds`` is
    None, its share of them once. ``follow``: a redirect and its target count as one.
    """

    port: int
    requests: Sequence[bytes]
    seconds: float | None
    follow: bool = False


@dataclass(slots=True)
class Sample:
    """What the clients saw: seconds of each answer, answers a second, statuses other than 200.

    ``busy`` is the processor time of the clients, ``elapsed`` how long the longest of them worked.
    """

    times: list[float] = field(default_factory=list)
    rate: float = 0.0
    failed: Counter[str] = field(default_factory=Counter)
    busy: float = 0.0
    elapsed: float = 0.0

    def add(self, other: Self) -> None:
        """Count in what another client saw; each had its own pace, so their rates add up."""
        self.times += other.times
        self.rate += other.rate
        self.failed += other.failed
        self.busy += other.busy
        self.elapsed = max(self.elapsed, other.elapsed)


class Clients:
    """Some clients; used with ``with``."""

    def __init__(self, number: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.ends: list[Connection] = []
        self.processes = []
        for each in range(number):
            end, other = context.Pipe()
            process = context.Process(target=_client, args=(each, number, other), daemon=True)
            process.start()
            other.close()
            self.ends.append(end)
            self.processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for end in self.ends:
            end.close()
        for process in self.processes:
            process.join(TIMEOUT)

    def do(self, work: Work, number: int | None = None) -> Sample:
        """What all clients saw while they did the work, or the first ``number`` of them."""
        for end in self.ends[:number]:
            end.send(work)
        total = Sample()
        for end in self.ends[:number]:
            total.add(end.recv())
        return total


def _client(number: int, of: int, orders: Connection) -> None:
    lines: dict[int, Line] = {}
    turn = 0
    chance = random.Random(number)
    with suppress(EOFError):
        while True:
            work: Work = orders.recv()
            line = lines.get(work.port) or lines.setdefault(work.port, Line(work.port))
            if work.seconds is None:
                asked = list(work.requests[number::of])
            else:
                asked = chance.sample(work.requests, len(work.requests))
            turn += 1
            orders.send(_asked(line, asked, work, f"{number}-{turn}-"))


def _asked(line: Line, requests: Sequence[bytes], work: Work, mark: str) -> Sample:
    sample = Sample()
    busy, start = time.process_time(), time.perf_counter()
    for count in range(len(requests)) if work.seconds is None else itertools.count():
        request = requests[count % len(requests)].replace(TURN, f"{mark}{count}".encode())
        before = time.perf_counter()
        status = _status(line, request, follow=work.follow)
        now = time.perf_counter()
        sample.times.append(now - before)
        if status != "200":
            sample.failed[status] += 1
        if work.seconds is not None and now - start >= work.seconds:
            break
    sample.elapsed = time.perf_counter() - start
    sample.rate = len(sample.times) / sample.elapsed
    sample.busy = time.process_time() - busy
    return sample


def _status(line: Line, request: bytes, *, follow: bool) -> str:
    """The status of the answer in the end, or what went wrong."""
    try:
        reply = line.ask(request)
        if follow and reply.status == 303:
            rest = request[request.index(b" HTTP/1.1") :]
            reply = line.ask(b"GET " + reply.location.encode() + rest)
    except OSError as error:
        return type(error).__name__
    return str(reply.status)
