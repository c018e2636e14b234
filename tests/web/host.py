"""A host of plain files, as there are many: no endpoint, no negotiation, the headers of ours."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from milia_onto.linked import table

if TYPE_CHECKING:
    from collections.abc import Iterator


class Files(Protocol):
    """A dict of path and bytes, or what behaves like one."""

    def get(self, path: str, /) -> bytes | None: ...


class Host(ThreadingHTTPServer):
    """Serves ``files``."""

    daemon_threads = True

    def __init__(self, files: Files) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = files
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Else the body waits until the client has acknowledged the headers, some 40 ms.
    disable_nagle_algorithm = True
    server: Host

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = urlsplit(self.path).path[1:]
        # As such hosts do: a name without a suffix is a page.
        path = f"{asked}.html" if asked == "sparql" else asked
        data = self.server.files.get(path)
        body = b"not found\n" if data is None else data
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Type", table.content_type(path))
        self.send_header("Content-Length", str(len(body)))
        policy = table.ENGINE_CSP if path == table.ENGINE else table.CSP
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serving(files: Files) -> Iterator[str]:
    """The origin of a running host."""
    with Host(files) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield host.origin
        finally:
            host.shutdown()
            thread.join()
