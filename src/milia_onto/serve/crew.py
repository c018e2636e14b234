"""The server's side of the nursery: asks for workers, has them killed, learns how they ended."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from milia_onto.model.errors import ContentError, SurroundingsError
from milia_onto.serve import nursery
from milia_onto.serve.line import Line, LineClosedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox

    from milia_onto.serve.worker import Limits

PATIENCE = 300.0
LONGEST_REPORT = 4096
# Before another nursery is tried; twice as long after each that never loaded: it may be of
# something that lasts.
PAUSE, LONGEST_PAUSE = 0.2, 10.0


class Crew:
    """The nursery and the workers that it has forked."""

    def __init__(
        self, load: Callable[[], ox.Store], prefixes: Mapping[str, str], limits: Limits
    ) -> None:
        self.load = load
        self.prefixes = prefixes
        self.limits = limits
        self.pid = 0
        self.line: socket.socket | None = None
        self.stopped = False
        self.lines: dict[int, Line] = {}
        self._pause = PAUSE
        self._births: deque[asyncio.Future[Line]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Fork the nursery and wait until it has loaded. Raises ContentError, SurroundingsError."""
        try:
            self.pid, self.line = nursery.start(self.load, self.prefixes, self.limits)
            self.line.settimeout(PATIENCE)
            data = self.line.recv(nursery.REPORT.size + LONGEST_REPORT)
        except OSError as error:
            self.stop()
            told = error.strerror or f"not done within {PATIENCE:g} s"
            fix = "look at the memory left"
            raise SurroundingsError(f"the data cannot be loaded: {told}", fix=fix) from None
        if data[:1] != nursery.READY:
            self.stop()
            told = data[nursery.REPORT.size :].decode("utf-8", "replace")
            if not told:
                raise SurroundingsError("the data cannot be loaded", fix="look at the memory left")
            raise ContentError(told)
        self.line.setblocking(False)

    def watch(self) -> None:
        """Listen to the nursery, in the running event loop."""
        if self.line is not None:
            asyncio.get_running_loop().add_reader(self.line.fileno(), self._report)

    async def fork(self) -> Line:
        """A new worker. Raises LineClosedError while there is no nursery to fork it."""
        if self.line is None:
            raise LineClosedError
        birth: asyncio.Future[Line] = asyncio.get_running_loop().create_future()
        self._births.append(birth)
        self._order(nursery.FORK, 0)
        return await birth

    def kill(self, line: Line) -> None:
        """Kill a worker, whatever it does."""
        line.close()
        self._order(nursery.KILL, line.pid)

    def stop(self) -> None:
        """End the nursery, and with it all workers."""
        self.stopped = True
        self._bury()

    def _order(self, order: bytes, pid: int) -> None:
        if self.line is not None:
            with suppress(OSError):
                self.line.send(nursery.ORDER.pack(order, pid))

    def _report(self) -> None:
        """Take one report of the nursery; where it has died, start another."""
        assert self.line is not None
        try:
            data, descriptors, _, _ = socket.recv_fds(self.line, nursery.REPORT.size, 1)
        except BlockingIOError:
            return
        except OSError:
            data, descriptors = b"", []
        kind, pid, status = nursery.REPORT.unpack(data) if data else (nursery.FAILED, 0, 0)
        if kind == nursery.FAILED:
            self._bury()
            self._try_later()
        elif kind == nursery.READY:
            self._pause = PAUSE
        elif kind == nursery.BORN:
            task = asyncio.ensure_future(self._welcome(pid, socket.socket(fileno=descriptors[0])))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        elif kind == nursery.DIED and (line := self.lines.pop(pid, None)):
            line.death.set_result(status)

    async def _welcome(self, pid: int, sock: socket.socket) -> None:
        self.lines[pid] = line = Line(pid)
        sock.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.create_unix_connection(lambda: line, sock=sock)
        while self._births:
            birth = self._births.popleft()
            if not birth.done():
                birth.set_result(line)
                return
        line.close()

    def _bury(self) -> None:
        """Close the line to the nursery, see it end, and tell all who wait for a worker."""
        if self.line is None:
            return
        with suppress(RuntimeError):
            asyncio.get_running_loop().remove_reader(self.line.fileno())
        self.line.close()
        self.line = None
        with suppress(ChildProcessError, ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        for line in self.lines.values():
            line.close()
            line.death.set_result(None)
        self.lines.clear()
        while self._births:
            birth = self._births.popleft()
            if not birth.done():
                birth.set_exception(LineClosedError())

    def _try_later(self) -> None:
        asyncio.get_running_loop().call_later(self._pause, self._start_again)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def _start_again(self) -> None:
        if self.stopped:
            return
        try:
            self.pid, self.line = nursery.start(self.load, self.prefixes, self.limits)
        except OSError:
            self._try_later()
            return
        self.line.setblocking(False)
        self.watch()
