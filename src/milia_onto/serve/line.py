"""The server's end of the socket to one worker."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from milia_onto.serve.jobs import HEAD, pack_job, unpack

if TYPE_CHECKING:
    from milia_onto.serve.jobs import Answer, Job


class LineClosedError(Exception):
    """The worker ended before it had answered."""


class Line(asyncio.Protocol):
    """Asks one worker one job at a time; ``last`` once the worker has said that it ends."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.last = False
        self.closed = False
        # The exit status, once the nursery reports it; None where the nursery itself has died.
        self.death: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport | None = None
        self._parts: list[bytes] = []
        self._missing = -HEAD.size
        self._head: tuple[bytes, bytes] = (b"", b"")
        self._answer: asyncio.Future[Answer] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the event loop: the socket is ours."""
        # The signature names the base class; the transport of a socket is always this one.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Called by the event loop: a part of an answer."""
        self._parts.append(data)
        if self._missing < 0:
            head = b"".join(self._parts)
            if len(head) < HEAD.size:
                return
            kind, last, self._missing, digest = HEAD.unpack_from(head)
            self.last = self.last or last
            self._head = (kind, digest)
            self._parts = [head[HEAD.size :]]
            data = self._parts[0]
        self._missing -= len(data)
        if self._missing <= 0:
            self._deliver()

    def _deliver(self) -> None:
        payload, self._parts, self._missing = b"".join(self._parts), [], -HEAD.size
        waiting, self._answer = self._answer, None
        if waiting is None or waiting.done():
            return
        try:
            waiting.set_result(unpack(*self._head, payload))
        except Exception as error:
            waiting.set_exception(error)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Called by the event loop: the worker has ended."""
        self.closed = True
        waiting, self._answer = self._answer, None
        if waiting is not None and not waiting.done():
            waiting.set_exception(LineClosedError())

    def ask(self, job: Job) -> asyncio.Future[Answer]:
        """The answer to come; fails with JobError, or LineClosedError where the worker ends."""
        self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or self.closed:
            self._answer.set_exception(LineClosedError())
        else:
            self._transport.write(pack_job(job))
        return self._answer

    def yield_to_others(self, niceness: int) -> None:
        """From now on the worker runs less where other processes want to; there is no way back."""
        self.last = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, niceness)

    def spent(self) -> float:
        """Seconds of processor time that the worker has used; on other systems, of any time."""
        try:
            # The clock of another process: see clock_getcpuclockid(3) on Linux.
            return time.clock_gettime((~self.pid << 3) | 2)
        except OSError:
            return time.monotonic()

    def is_reusable(self) -> bool:
        """Whether the worker may be given another job."""
        return not self.last and not self.closed

    def close(self) -> None:
        """Close the socket; an idle worker ends."""
        if self._answer is not None:
            self._answer.cancel()
        if self._transport is not None:
            self._transport.abort()
