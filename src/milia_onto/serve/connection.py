"""Connections that are not held open for nothing: uvicorn's, with deadlines and bounds.

Uvicorn itself waits without end for the rest of a request, and takes connections until the system
has no file left for one.
"""

from __future__ import annotations

import asyncio
import errno
import re
from collections import OrderedDict
from typing import TYPE_CHECKING

from uvicorn import Server as Uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState, logger

from milia_onto.serve.replies import ProblemError

if TYPE_CHECKING:
    from socket import socket
    from typing import Any

    from starlette.responses import Response
    from uvicorn.config import Config

NONE_LEFT = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}

# What is longer while it is not yet whole is read no further.
MOST_HEAD = 512 * 1024
# httptools counts the characters of an address in 16 bits.
LONGEST_PARSED = 65_535
# Who is told so while sending has a moment to read it: to close at once might take it back.
LINGER = 2.0
# RFC 3986, 3.2.2 and 3.2.3; where there is no host the field is empty (RFC 9112, 3.2).
_NAME = rb"A-Za-z0-9._~!$&'()*+,;=\-"
HOST = re.compile(rb"(?:\[[%s:]+\]|(?:[%s]|%%[0-9A-Fa-f]{2})*)(?::[0-9]*)?" % (_NAME, _NAME))
WRONG_HOST = "say in one Host line which host is asked"


class Connections(ServerState):
    """All connections. ``waiting`` are those that wait for their client, and since when.

    There are ``most`` at a time, and each may wait ``patience`` seconds for a whole request.
    """

    def __init__(self, most: int, patience: float) -> None:
        super().__init__()
        self.most = most
        self.patience = patience
        # In the order in which they began to wait.
        self.waiting: OrderedDict[Connection, float] = OrderedDict()

    def close_overdue(self, now: float) -> None:
        """Close those that have waited too long."""
        while self.waiting and next(iter(self.waiting.values())) < now - self.patience:
            self.waiting.popitem(last=False)[0].give_up()

    def close_longest(self) -> None:
        """Close the one that has waited longest."""
        while self.waiting and not self.waiting.popitem(last=False)[0].give_up():
            pass

    def shrink(self) -> bool:
        """Do with three quarters of what there are from now on; False where that is so already."""
        there = len(self.connections)
        left = max(there * 3 // 4, 1)
        if left >= self.most:
            return False
        self.most = left
        for _ in range(there - left):
            self.close_longest()
        return True


class Connection(HttpToolsProtocol):
    """One connection: a request has to be whole in time, and to name the host once."""

    server_state: Connections

    def __init__(
        self,
        config: Config,
        server_state: Connections,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.refused = False
        # Whether there has been the head of a request, and so a cycle of it and its answer.
        self.asked = False
        # About how many bytes of a head have come, None while a body is read.
        self.head: int | None = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Called by the event loop: the client is there."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > self.server_state.most:
            self.server_state.close_longest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the event loop: the client has gone, or was left."""
        self.server_state.waiting.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop: a part of a request."""
        if self.refused:
            return
        super().data_received(data)
        if self.head is not None and not self.refused:
            self.head += len(data)
            if self.head > MOST_HEAD:
                status = 414 if len(self.url) > MOST_HEAD // 2 else 431
                told = f"what stands before the content is more than {MOST_HEAD} bytes"
                self._refuse(ProblemError(status, told).response, lingers=True)

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Called for what the parser cannot read (RFC 9112, 2.2)."""
        told = "this is no request of HTTP/1.1"
        self._refuse(ProblemError(400, told).response, lingers=True)

    def on_headers_complete(self) -> None:
        """Called by the parser: the head of a request is whole."""
        self.head, self.asked = None, True
        self.app = self.config.loaded_app
        hosts = [value for name, value in self.headers if name == b"host"]
        # HTTP/1.0 knows no Host (RFC 9112, 3.2); all that there are have to be right.
        may_lack = not hosts and self.parser.get_http_version() != "1.1"
        if not may_lack and (len(hosts) != 1 or not HOST.fullmatch(hosts[0].strip())):
            self.app = ProblemError(400, WRONG_HOST).response
        if len(self.url) > LONGEST_PARSED:
            self._long_address()
        else:
            super().on_headers_complete()

    def _long_address(self) -> None:
        self.url, _, query = self.url.partition(b"?")
        if len(self.url) > LONGEST_PARSED:
            told = f"a path may have {LONGEST_PARSED} bytes"
            self.url, self.app = b"/", ProblemError(414, told).response
        super().on_headers_complete()
        self.scope["query_string"] = query

    def on_message_complete(self) -> None:
        """Called by the parser: a request is whole."""
        super().on_message_complete()
        self.head = 0
        if self.cycle.response_complete:
            # It was answered before it was whole; the next one is waited for.
            self._wait()
        else:
            self.server_state.waiting.pop(self, None)

    def on_response_complete(self) -> None:
        """Called once an answer is sent: the next request, or the rest of it, is waited for."""
        super().on_response_complete()
        is_waiting = self.cycle.response_complete or self.cycle.more_body
        if is_waiting and not self.transport.is_closing():
            self._wait()

    def _wait(self) -> None:
        waiting = self.server_state.waiting
        waiting[self] = self.loop.time()
        waiting.move_to_end(self)

    def give_up(self) -> bool:
        """Close while waiting for the client, with a 408 where a request has begun.

        False where it is being closed already (RFC 9110, 15.5.9).
        """
        if self.transport.is_closing():
            return False
        if self.head == 0 or self.timeout_keep_alive_task is not None:
            self.transport.close()
        else:
            told = f"the request was not whole within {self.server_state.patience:g} s"
            self._refuse(ProblemError(408, told).response)
        return True

    def _refuse(self, response: Response, *, lingers: bool = False) -> None:
        """Send the response outside of the application, and close."""
        self.refused = True
        self.server_state.waiting.pop(self, None)
        under_way = self.asked and not self.cycle.response_complete
        if under_way:
            # To the application the client has gone.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not (under_way and self.cycle.response_started):
            fields = [*self.server_state.default_headers, *response.raw_headers]
            lines = [name + b": " + value + b"\r\n" for name, value in fields]
            last = b"connection: close\r\n\r\n"
            status = STATUS_LINE[response.status_code]
            self.transport.write(b"".join([status, *lines, last, bytes(response.body)]))
        if lingers:
            self.transport.write_eof()
            self.loop.call_later(LINGER, self.transport.abort)
        else:
            self.transport.close()


class Server(Uvicorn):
    """Uvicorn's server, which looks after the connections that wait."""

    def __init__(self, config: Config, connections: Connections, backlog: int) -> None:
        super().__init__(config)
        self.server_state = self.held = connections
        self.backlog = backlog

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        asyncio.get_running_loop().set_exception_handler(self._wrong)
        for each in sockets or ():
            # Of uvicorn's configuration it is also how many are taken at once.
            each.listen(self.backlog)

    async def on_tick(self, counter: int) -> bool:
        """Called ten times a second."""
        self.held.close_overdue(asyncio.get_running_loop().time())
        return await super().on_tick(counter)

    def _wrong(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What went wrong outside of requests; of connections that cannot be taken one line."""
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in NONE_LEFT:
            loop.default_exception_handler(context)
        elif self.held.shrink():
            told = "%s: from now on there are %d connections; more need more files (ulimit -n)"
            logger.error(told, error.strerror, self.held.most)
