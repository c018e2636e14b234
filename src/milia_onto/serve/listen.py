"""Listens for requests: takes the port before anything is said, then hands it to uvicorn."""

from __future__ import annotations

import resource
import signal
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from milia_onto.model.errors import SurroundingsError

if TYPE_CHECKING:
    from types import FrameType

    from starlette.types import ASGIApp

BACKLOG = 2048
GRACE = 10
# Seconds for a request to be whole.
PATIENCE = 30.0
# Files that may be open, for connections and all else.
FILES = 4096
# Taken at a time: what waits to be closed must not use up the files that are left.
AT_ONCE = 8


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises SurroundingsError where host or port cannot be had."""
    place = f"{host}:{port}"
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        found = socket.socket(family, kind, protocol)
    except OSError as error:
        fix = "name an address of this machine with --host"
        raise SurroundingsError(f"no such host: {error.strerror}", place=place, fix=fix) from None
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(target)
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        fix = "name another with --port, or 0 for any free one"
        raise SurroundingsError(f"cannot listen: {error.strerror}", place=place, fix=fix) from None
    return found


def run(app: ASGIApp, listening: socket.socket, patience: float = PATIENCE) -> None:
    """Serve until the process is told to stop; requests that are under way are finished.

    A request that is not whole within ``patience`` seconds is answered with 408.
    """
    import uvicorn

    from milia_onto.serve.connection import Connection, Connections, Server

    config = uvicorn.Config(
        app,
        # Java's client offers HTTP/2 in each request, which is no news.
        log_level="error",
        access_log=False,
        # uvloop's handlers after a fork close descriptors by number, also in the workers' parent.
        loop="asyncio",
        http=Connection,
        ws="none",
        server_header=False,
        lifespan="on",
        backlog=AT_ONCE,
        timeout_graceful_shutdown=GRACE,
    )
    connections = Connections(_files() * 3 // 4, patience)
    # Uvicorn raises the signal that stopped it once more; to be told to stop is no failure.
    before = {name: signal.signal(name, _told) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        Server(config, connections, BACKLOG).run(sockets=[listening])
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _told(_signal: int, _frame: FrameType | None) -> None:
    """Nothing is left to do."""


def _files() -> int:
    """How many files may be open: as many as are wanted, or as the system lets this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < FILES:
        wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return FILES if soft == resource.RLIM_INFINITY else min(soft, FILES)


def address_of(listening: socket.socket) -> str:
    """Where the socket can be reached."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
