"""The clients of the HTTP benchmark, against a small server."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from benchmarks.http_clients import TURN, Clients, Line, Reply, Work, get

if TYPE_CHECKING:
    from collections.abc import Iterator

BODY = b"0\r\n\r\n" * 3


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    paths: list[str]
    connections: int

    def setup(self) -> None:
        type(self).connections += 1
        super().setup()

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response({"/moved": 303, "/missing": 404}.get(self.path, 200))
        if self.path == "/moved":
            self.send_header("Location", "/there")
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in (BODY[:4], BODY[4:]):
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
            return
        self.send_header("Content-Length", str(len(BODY)))
        if self.path == "/told":
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(BODY)
        self.close_connection = self.path in {"/told", "/untold"}


@contextmanager
def serving() -> Iterator[tuple[int, type[Handler]]]:
    handler = type("Counting", (Handler,), {"paths": [], "connections": 0})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_address[1], handler
        finally:
            server.shutdown()
            thread.join()


CONNECTIONS = {"/sized": 1, "/chunked": 1, "/told": 2, "/untold": 2}


@pytest.mark.parametrize("path", CONNECTIONS)
def test_a_connection_is_kept_while_the_server_keeps_it(path: str) -> None:
    assert len(CONNECTIONS) == 4
    with serving() as (port, handler):
        line = Line(port)
        assert [line.ask(get(path)) for _ in range(2)] == 2 * [Reply(200, BODY, "")]
        line.close()
        assert handler.paths == [path, path]
    assert handler.connections == CONNECTIONS[path]


def test_each_client_asks_what_nobody_asked_before() -> None:
    with serving() as (port, handler), Clients(2) as clients:
        work = Work(port, [get("/a?" + TURN.decode()), get("/b?" + TURN.decode())], 0.2)
        both = clients.do(work)
        one = clients.do(work, 1)
    assert len(handler.paths) == len(both.times) + len(one.times) == len(set(handler.paths))
    assert handler.connections == 2
    assert min(both.rate, one.rate, both.busy) > 0
    assert both.elapsed >= 0.2


def test_redirects_are_followed_failures_counted_and_each_request_made_once() -> None:
    with serving() as (port, handler), Clients(2) as clients:
        paths = ["/moved", "/missing", "/sized"]
        sample = clients.do(Work(port, [get(path) for path in paths], None, follow=True))
    assert sorted(handler.paths) == ["/missing", "/moved", "/sized", "/there"]
    assert len(sample.times) == 3
    assert sample.failed == {"404": 1}
