"""The servers that are measured beside each other: ours, a bare one, Fuseki, Virtuoso.

Each answers from the same N-Triples file, listens on a free port of this machine, works in a
temporary folder, and is ended with the ``with`` block. Foreign ones are those of tests/stores.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from tests.running import ServerError, running, told_port, wait_for
from tests.stores import servers as stores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.stores.servers import Store

__all__ = ["JARS", "VIRTUOSO", "Server", "ServerError"]

JARS = Path(".cache/jvm/fuseki")
VIRTUOSO = ("virtuoso-t", "isql-vt")


@dataclass(frozen=True, slots=True)
class Server:
    """A running endpoint: its name in tables, its port, what comes before the query in a path."""

    name: str
    port: int
    start: str = "/sparql?query="


def _server(store: Store) -> Server:
    """A store, as the clients of the benchmark ask it."""
    address = urlsplit(store.query)
    default = f"default-graph-uri={quote(store.default, safe='')}&" if store.default else ""
    return Server(store.name, address.port or 80, f"{address.path}?{default}query=")


@contextmanager
def _module(name: str, *arguments: object) -> Iterator[Server]:
    """A server that is a Python module."""
    with tempfile.TemporaryDirectory(prefix="milia-http-") as folder:
        log = Path(folder) / "stderr"
        with running([sys.executable, "-m", *arguments], log, Path.cwd()) as process:
            server = Server(name, told_port(process, log))
            address = f"http://127.0.0.1:{server.port}{server.start}{quote('ASK {}')}"
            wait_for(process, address, log)
            yield server


@contextmanager
def ours(release: Path) -> Iterator[Server]:
    """``milia-onto serve`` as it comes."""
    with _module("ours", "milia_onto", "serve", "--release", release, "--port", 0) as server:
        yield server


@contextmanager
def bare(data: Path) -> Iterator[Server]:
    """Starlette over pyoxigraph, in the event loop."""
    with _module("bare", "benchmarks.http_bare", data) as server:
        yield server


@contextmanager
def bare_threads(data: Path) -> Iterator[Server]:
    """Starlette over pyoxigraph, in threads."""
    with _module("bare, threads", "benchmarks.http_bare", data, "--threads") as server:
        yield server


@contextmanager
def fuseki(data: Path) -> Iterator[Server]:
    """Apache Jena Fuseki with the data in memory."""
    with (
        tempfile.TemporaryDirectory(prefix="milia-http-") as folder,
        stores.fuseki(Path(folder), data, memory=True) as store,
    ):
        yield _server(store)


@contextmanager
def virtuoso(data: Path) -> Iterator[Server]:
    """Virtuoso with the data in its database."""
    with (
        tempfile.TemporaryDirectory(prefix="milia-http-") as folder,
        stores.virtuoso(Path(folder), data) as store,
    ):
        yield _server(store)
