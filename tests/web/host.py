"""Two hosts of one small site: one that answers at ``/sparql``, one with files alone."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterator


class Files(Protocol):
    """A dict of path and bytes, or what behaves like one."""

    def get(self, path: str, /) -> bytes | None: ...


TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".nt": "application/n-triples",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# A worker has the policy of its own answer: only the engine may compile WebAssembly.
ENGINE_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'"
RESULTS = "application/sparql-results+json"


class Host(ThreadingHTTPServer):
    """Serves ``files``; ``store`` answers queries where there is one."""

    daemon_threads = True

    def __init__(self, files: Files, store: ox.Store | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.store = files, store
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/sparql" and self.server.store is not None:
            return self.answer(query["query"][0])
        # As hosts of plain files do: /sparql is sparql.html.
        path = "/sparql.html" if path == "/sparql" else path
        data = self.server.files.get(path[1:])
        if data is None:
            return self.send(404, "text/plain", b"not found\n")
        return self.send(200, TYPES[PurePosixPath(path).suffix], data)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        is_form = "form-urlencoded" in self.headers["Content-Type"]
        self.answer(parse_qs(body)["query"][0] if is_form else body)

    def answer(self, query: str) -> None:
        assert self.server.store is not None
        try:
            result = self.server.store.query(query)
        except SyntaxError as error:
            line, column, detail = re.findall(r"at (\d+):(\d+): (.*)", str(error))[0]
            problem = {"detail": detail, "line": int(line), "column": int(column)}
            return self.send(400, "application/problem+json", json.dumps(problem).encode())
        if isinstance(result, ox.QueryTriples):
            return self.send(200, "text/turtle", result.serialize(format=ox.RdfFormat.TURTLE))
        return self.send(200, RESULTS, result.serialize(format=ox.QueryResultsFormat.JSON))

    def send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        is_engine = urlsplit(self.path).path == "/assets/engine.js"
        self.send_header("Content-Security-Policy", ENGINE_POLICY if is_engine else POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(files: Files, store: ox.Store | None) -> Iterator[str]:
    """The origin of a running host."""
    with Host(files, store) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield host.origin
        finally:
            host.shutdown()
            thread.join()
