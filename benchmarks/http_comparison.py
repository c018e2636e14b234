"""What the servers are asked: documents, each query, all queries in turn."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.http_clients import TURN, Line, Work, get
from benchmarks.http_figures import (
    CACHED,
    FUSEKI,
    OURS,
    SAME_TEXT,
    VIRTUOSO,
    Rates,
    errors,
    rows_of,
)
from benchmarks.tables import figure, markdown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.http_clients import Clients
    from benchmarks.http_figures import PerQuery, Rows
    from benchmarks.http_servers import Server

ACCEPT = {"ttl": "text/turtle", "jsonld": "application/ld+json", "html": "text/html"}

OTHERS_WARM_UP = 0.1


def say(text: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(text + "\n")


def uncached(server: Server, query: str) -> bytes:
    """A request that is another one for each client each time."""
    return get(server.start + quote(f"{query}\n#", safe="") + TURN.decode())


def cached(server: Server, query: str) -> bytes:
    """A request that is always the same."""
    return get(server.start + quote(query, safe=""))


class Comparison:
    """The running servers and the clients, and what they are asked."""

    def __init__(
        self, clients: Clients, servers: Mapping[str, Server], queries: Mapping[str, str]
    ) -> None:
        self.clients = clients
        self.servers = servers
        self.queries = queries
        # The name in tables, the server, and how it is asked.
        self.ways = [(name, server, uncached) for name, server in servers.items()]
        self.ways.insert(1, (CACHED, servers[OURS], cached))
        if VIRTUOSO in servers:
            self.ways.append((SAME_TEXT, servers[VIRTUOSO], cached))

    def _asked(self, server: Server, requests: Sequence[bytes], seconds: float) -> Rates:
        return Rates.of(self.clients.do(Work(server.port, requests, seconds)))

    def warm_up(self, seconds: float) -> None:
        """All queries in turn, for so long on Fuseki: Java compiles while it runs."""
        for name, server in self.servers.items():
            requests = [uncached(server, query) for query in self.queries.values()]
            share = 1.0 if name == FUSEKI else OTHERS_WARM_UP
            found = self._asked(server, requests, share * seconds)
            say(f"{name}: warmed up, {found.answers} answers")

    def rows(self) -> Rows:
        """How many rows each server finds for each query; this also fills our cache."""
        lines = {name: Line(server.port) for name, server in self.servers.items()}
        found = {
            query: {
                name: rows_of(line.ask(cached(self.servers[name], text)))
                for name, line in lines.items()
            }
            for query, text in self.queries.items()
        }
        for line in lines.values():
            line.close()
        return found

    def each(self, seconds: float) -> PerQuery:
        """Query by query, all servers one after the other, for so long each."""
        return {
            query: {
                way: self._asked(server, [request(server, text)], seconds)
                for way, server, request in self.ways
            }
            for query, text in self.queries.items()
        }

    def mix(self, seconds: float) -> dict[str, Rates]:
        """All queries in turn, each client in an order of its own."""
        found = {}
        for way, server, request in self.ways:
            requests = [request(server, query) for query in self.queries.values()]
            found[way] = self._asked(server, requests, seconds)
            say(f"{way}: {found[way].rate:.0f} answers/s")
        return found

    def hop(self) -> dict[str, Rates]:
        """A query that costs nothing, asked by a single client."""
        return {
            name: Rates.of(self.clients.do(Work(server.port, [uncached(server, "ASK {}")], 1.0), 1))
            for name, server in self.servers.items()
        }


def documents(clients: Clients, server: Server, names: Sequence[str], seconds: float) -> str:
    """The documents of all terms: the first time, again, and by way of the redirect."""
    body = []
    for suffix, accept in ACCEPT.items():
        direct = [get(f"/{name}.{suffix}", accept) for name in names]
        things = [get(f"/{name}", accept) for name in names]
        line = Line(server.port)
        for way, work in (
            ("first time", Work(server.port, direct, None)),
            ("again", Work(server.port, direct, seconds)),
            ("303 and its target", Work(server.port, things, seconds, follow=True)),
        ):
            rates = Rates.of(clients.do(work))
            more = [str(rates.answers), errors(rates), figure(rates.clients)]
            body.append([f"{accept}, {way}", *rates.cells(), *more])
        size = sum(len(line.ask(request).body) for request in direct) / len(direct)
        body[-3][0] += f" (mean {size / 1000:.0f} kB)"
        line.close()
    head = ["", "answers/s", "p50, ms", "p99, ms", "answers", "errors", "clients"]
    return f"{len(names)} terms.\n\n{markdown(head, body)}"
