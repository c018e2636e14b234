"""A store of our own that behaves as it is told: an ASGI application over pyoxigraph."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import uvicorn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

USER, PASSWORD, TOKEN = "curator", "pass-word-5ecret", "to-ken-5ecret"
NT = "application/n-triples"
JSON = "application/sparql-results+json"
HTML = b"<!DOCTYPE html><html><body>Welcome</body></html>"
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Behaviour:
    """What the store does; the defaults are a store that does all well."""

    query: bool = True
    update: bool = True
    graphs: bool = True
    writes: bool = True
    auth: str = ""
    product: str = ""
    most: int = 1 << 30
    rows: int = 1 << 30
    spelling: bool = False
    loses: bool = False
    lies: bool = False
    # Called with the kind of request and its number; an answer replaces what the store would do.
    instead: Callable[[FakeStore, str, dict[str, str]], Answer | str | None] = field(
        default=lambda store, kind, headers: None
    )


class FakeStore:
    """The application, its content, and what it was asked."""

    def __init__(self, **behaviour: Any) -> None:
        self.behaviour = Behaviour(**behaviour)
        self.store = ox.Store()
        self.asked: list[tuple[str, str, str]] = []
        self.base = ""

    def count(self, graph: str) -> int:
        return len(list(self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))))

    def graphs(self) -> set[str]:
        return {node.value for node in self.store.named_graphs()}

    def kinds(self) -> list[str]:
        return [kind for _, kind, _ in self.asked]

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while (event := await receive())["type"] == "http.request":
            body += event.get("body", b"")
            if not event.get("more_body"):
                break
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        fields = parse_qs(scope["query_string"].decode(), keep_blank_values=True)
        kind = kind_of(scope, headers)
        self.asked.append((scope["method"], kind, headers.get("authorization", "")))
        told = self.behaviour.instead(self, kind, headers)
        if told == "hang":
            await asyncio.sleep(3600)
        if told == "endless":
            await endless(receive, send)
            return
        assert not isinstance(told, str)
        answer = told or self.refused(scope, headers) or self.answer(scope, kind, fields, body)
        status, extra, data = answer
        extra = extra | ({"Server": self.behaviour.product} if self.behaviour.product else {})
        pairs = [(name.encode(), value.encode()) for name, value in extra.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send(
            {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else data}
        )

    def refused(self, scope: dict[str, Any], headers: dict[str, str]) -> Answer | None:
        given = headers.get("authorization", "")
        if self.behaviour.auth == "basic":
            right = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            asks = 'Basic realm="fake"'
            return None if given == f"Basic {right}" else (401, {"WWW-Authenticate": asks}, b"")
        if self.behaviour.auth == "bearer":
            right = f"Bearer {TOKEN}"
            return None if given == right else (401, {"WWW-Authenticate": "Bearer"}, b"")
        if self.behaviour.auth == "digest":
            asks = 'Digest realm="fake", nonce="n0nce", qop="auth", algorithm=MD5'
            right = digest_of(given, scope["method"])
            return None if right else (401, {"WWW-Authenticate": asks}, b"")
        return None

    def answer(
        self, scope: dict[str, Any], kind: str, fields: dict[str, list[str]], body: bytes
    ) -> Answer:
        known = self.behaviour
        if len(body) > known.most:
            return 413, {"Content-Type": "text/html"}, HTML
        if kind == "query" and known.query:
            return self.ask(parse_qs(body.decode()))
        if kind == "update" and known.update:
            if not known.lies:
                self.store.update(body.decode())
            return 204, {}, b""
        if kind == "graph" and known.graphs:
            return self.graph(scope["method"], fields, body)
        return 404, {"Content-Type": "text/html"}, HTML

    def ask(self, fields: dict[str, list[str]]) -> Answer:
        named = [ox.NamedNode(iri) for iri in fields.get("default-graph-uri", ())]
        result = self.store.query(fields["query"][0], default_graph=named or None)
        if isinstance(result, ox.QueryTriples):
            return 200, {"Content-Type": NT}, self.written(list(result))
        return 200, {"Content-Type": JSON}, result.serialize(format=ox.QueryResultsFormat.JSON)

    def graph(self, method: str, fields: dict[str, list[str]], body: bytes) -> Answer:
        if "graph" not in fields:
            return (200 if method == "HEAD" else 415), {"Content-Type": NT}, b""
        node = ox.NamedNode(fields["graph"][0])
        if method == "GET":
            found = list(self.store.quads_for_pattern(None, None, None, node))
            triples = [quad.triple for quad in found]
            return (200, {"Content-Type": NT}, self.written(triples)) if found else (404, {}, b"")
        if not self.behaviour.writes:
            return 405, {"Content-Type": "text/plain"}, b"read-only"
        triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        if self.behaviour.loses:
            triples = triples[1:]
        if method in {"PUT", "DELETE"}:
            self.store.remove_graph(node)
        self.store.extend([ox.Quad(t.subject, t.predicate, t.object, node) for t in triples])
        return 204, {}, b""

    def written(self, triples: list[ox.Triple]) -> bytes:
        data = ox.serialize(triples[: self.behaviour.rows], format=ox.RdfFormat.N_TRIPLES) or b""
        if self.behaviour.spelling:
            # As Jena's TDB2 and Virtuoso give them.
            data = data.replace(b'"3"', b'"3.0"').replace(b"@en-gb", b"@en-GB")
        return data


def kind_of(scope: dict[str, Any], headers: dict[str, str]) -> str:
    path, content = scope["path"], headers.get("content-type", "")
    if path in {"/ds", "/ds/query"} and content == "application/x-www-form-urlencoded":
        return "query"
    if path == "/ds/update" and content == "application/sparql-update":
        return "update"
    return "graph" if path == "/ds/data" else "nothing"


def digest_of(given: str, method: str) -> bool:
    """Whether a digest is right (RFC 7616, 3.4.1)."""
    told = dict(re.findall(r'(\w+)="?([^",]*)"?', given))
    if not told.keys() >= {"uri", "nonce", "nc", "cnonce", "response"}:
        return False

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    first, second = md5(f"{USER}:fake:{PASSWORD}"), md5(f"{method}:{told['uri']}")
    whole = f"{first}:{told['nonce']}:{told['nc']}:{told['cnonce']}:auth:{second}"
    return told["nonce"] == "n0nce" and md5(whole) == told["response"]


async def endless(receive: Any, send: Any) -> None:
    """An answer without an end, for as long as somebody listens."""
    gone = asyncio.ensure_future(receive())
    headers = [(b"content-type", JSON.encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    while not gone.done():
        await send({"type": "http.response.body", "body": b" " * 65536, "more_body": True})
        await asyncio.sleep(0)


@contextmanager
def running(store: FakeStore) -> Iterator[str]:
    """The address of the store's dataset, while it runs in a thread of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        store,
        log_level="critical",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=0,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    store.base = f"http://127.0.0.1:{listening.getsockname()[1]}/ds"
    yield store.base
    server.should_exit = True
    thread.join(10)
    listening.close()
    # One that goes on would slow down all tests that follow.
    assert not thread.is_alive()
