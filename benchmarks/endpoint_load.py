"""Hostile queries beside ordinary ones, or a long mixed load, against the endpoint.

Says how long ordinary queries take while nothing hostile goes on and while it does, whether any
answer was wrong, and what memory is held before and after.

    python -m benchmarks.endpoint_load --hostile 1000
    python -m benchmarks.endpoint_load --minutes 10
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections import Counter
from itertools import takewhile
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

import pyoxigraph as ox

from benchmarks.replicas import rows
from tests.serve.hostile import hostile
from tests.serve.running import Running, gone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.serve.hostile import Hostile

SELECT = "http://www.w3.org/ns/shacl#select"
QUERIES = Path("ontology/queries")


def competency() -> dict[str, str]:
    """The competency queries, by name."""
    return {
        path.stem: quad.object.value
        for path in sorted(QUERIES.glob("*.ttl"))
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value == SELECT and isinstance(quad.object, ox.Literal)
    }


def same(one: bytes, other: bytes) -> bool:
    """Whether two answers in SPARQL 1.1 JSON differ at most in the order of their rows.

    A query may leave that order open. What is no such answer is only the same as itself.
    """
    if one == other:
        return True
    try:
        return json.loads(one)["head"] == json.loads(other)["head"] and rows(one) == rows(other)
    except (ValueError, LookupError, TypeError):
        return False


class Ordinary(threading.Thread):
    """A client that asks ordinary queries, one after the other, and compares the answers."""

    def __init__(self, server: Running, queries: list[str], expected: list[bytes]) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.queries = queries
        self.expected = expected
        self.times: list[float] = []
        self.wrong: list[str] = []
        self.stopped = threading.Event()

    def run(self) -> None:
        client = self.server.client()
        turn = hash(self.name) % len(self.queries)
        while not self.stopped.is_set():
            turn = (turn + 1) % len(self.queries)
            # A comment makes it another query, so it is not answered from the cache.
            reply = client.ask(f"{self.queries[turn]}#{self.name} {len(self.times)}")
            self.times.append(reply.seconds)
            if reply.status != 200 or not same(reply.body, self.expected[turn]):
                self.wrong.append(f"{reply.status} {reply.body[:200]!r} {self.queries[turn][:80]}")


class Attacker(threading.Thread):
    """A client that asks hostile queries."""

    def __init__(self, server: Running, queries: Iterator[Hostile], lock: threading.Lock) -> None:
        super().__init__(daemon=True)
        self.server = server
        self.queries = queries
        self.lock = lock
        self.seen: Counter[str] = Counter()
        self.slowest = 0.0
        self.wrong: list[str] = []

    def run(self) -> None:
        client = self.server.client()
        while True:
            with self.lock:
                query = next(self.queries, None)
            if query is None:
                return
            try:
                reply = client.ask(query.query, "*/*")
            except OSError as error:
                self.wrong.append(f"{query.kind}: {error!r} {query.query[:80]!r}")
                client = self.server.client()
                continue
            self.seen[f"{query.kind} {reply.status}"] += 1
            self.slowest = max(self.slowest, reply.seconds)
            is_problem = reply.headers.get("content-type") == "application/problem+json"
            if (reply.status == 200) == is_problem or reply.status not in {200, 400, 403, 413, 503}:
                self.wrong.append(f"{query.kind}: {reply.status} {reply.body[:200]!r}")


def ordinary_for(
    server: Running, clients: int, work: Callable[[], None]
) -> tuple[list[float], list[str]]:
    """What ordinary clients saw while ``work`` was done."""
    queries = list(competency().values())
    client = server.client()
    expected = [client.ask(query).body for query in queries]
    asking = [Ordinary(server, queries, expected) for _ in range(clients)]
    for each in asking:
        each.start()
    work()
    for each in asking:
        each.stopped.set()
        each.join(120)
    return [t for each in asking for t in each.times], [w for each in asking for w in each.wrong]


def sleep_for(seconds: float) -> Callable[[], None]:
    """Work that is none."""
    return lambda: time.sleep(seconds)


def told(times: list[float]) -> str:
    p50, p99 = (1000 * quantiles(times, n=100)[at] for at in (49, 98))
    slowest = 1000 * max(times)
    return f"{len(times)} queries, p50 {p50:.1f} ms, p99 {p99:.1f} ms, slowest {slowest:.0f} ms"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--hostile", type=int, default=1000, help="hostile queries (default: 1000)")
    add("--attackers", type=int, default=2, help="clients that ask them (default: 2)")
    add("--clients", type=int, default=8, help="clients that ask ordinary ones (default: 8)")
    add("--idle", type=float, default=10, help="seconds without hostile queries (default: 10)")
    add("--minutes", type=float, help="go on with hostile queries for so long")
    add("--seconds", type=float, default=2.0, help="the time limit of the server (default: 2)")
    add("--workers", type=int, default=4, help="workers of the server (default: 4)")
    args = parser.parse_args()
    with Running(
        "--release", "build", "--seconds", args.seconds, "--workers", args.workers
    ) as server:
        ordinary_for(server, args.clients, sleep_for(1))
        before = server.resident()
        idle, wrong = ordinary_for(server, args.clients, sleep_for(args.idle))
        say(f"idle: {told(idle)}; wrong answers: {len(wrong)}")
        end = time.monotonic() + 60 * args.minutes if args.minutes else None
        number = 10**9 if end else args.hostile
        stream = takewhile(lambda _: end is None or time.monotonic() < end, hostile(number))
        lock = threading.Lock()
        attackers = [Attacker(server, stream, lock) for _ in range(args.attackers)]

        def attack() -> None:
            for each in attackers:
                each.start()
            while any(each.is_alive() for each in attackers):
                time.sleep(1 if end is None else 10)
                if end:
                    say(f"{server.resident() / 1e6:.0f} MB, {len(server.family())} processes")

        start = time.monotonic()
        busy, more = ordinary_for(server, args.clients, attack)
        say(f"with hostile queries: {told(busy)}; wrong answers: {len(more)}")
        seen = sum((each.seen for each in attackers), Counter())
        slowest = max(each.slowest for each in attackers)
        took = time.monotonic() - start
        say(f"hostile: {seen.total()} in {took:.0f} s, slowest {slowest:.2f} s")
        for name, count in sorted(seen.items()):
            say(f"  {count:5} {name}")
        time.sleep(args.seconds + 1)
        say(f"memory: {before / 1e6:.0f} MB before, {server.resident() / 1e6:.0f} MB after")
        ratio = quantiles(busy, n=100)[98] / quantiles(idle, n=100)[98]
        say(f"p99 with hostile queries / idle: {ratio:.2f}")
        for each in [*wrong, *more, *(w for e in attackers for w in e.wrong)][:20]:
            say(each)
        family = server.family()
    say(f"orphans: {0 if gone(family) else 'there are'}")


if __name__ == "__main__":
    main()
