"""A forked process at work: it sends back what came of it, whole, or is known to have died."""

from __future__ import annotations

import os
import select
import signal
import struct
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from milia_onto.edges.confine import die_with_parent
from milia_onto.model.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

# The kind of the answer and its length: what a process that died had sent is never taken for all.
HEAD = struct.Struct("!cQ")
FAULT = b"f"
CHUNK = 1 << 20


class Forked:
    """Work under way in a process that ends with this one. ``stop`` it, whatever comes of it."""

    def __init__(self, work: Callable[[], tuple[bytes, bytes]]) -> None:
        """Start ``work``, which returns one byte for the kind of its answer, and the answer.

        Raises SurroundingsError where the system starts no process.
        """
        parent = os.getpid()
        self._status = 0
        self._reader, writer = os.pipe()
        try:
            self._pid = os.fork()
        except OSError as error:
            os.close(self._reader)
            os.close(writer)
            told = f"no process can be started: {error.strerror}"
            raise SurroundingsError(told, fix="is there enough memory?") from None
        if self._pid == 0:
            os.close(self._reader)
            _send(work, writer, parent)
        os.close(writer)

    def answer(self, limit: float | None = None) -> tuple[bytes, bytes] | None:
        """The kind and the answer; None where the process died before it had sent all of it.

        Raises TimeoutError after ``limit`` seconds, SurroundingsError where the work is at fault.
        """
        end = None if limit is None else time.monotonic() + limit
        head = self._receive(HEAD.size, end)
        if head is None:
            return None
        kind, size = HEAD.unpack(head)
        data = self._receive(size, end)
        if data is not None and kind == FAULT:
            raise SurroundingsError(f"a fault of this program, please report it: {data.decode()}")
        return None if data is None else (kind, data)

    def _receive(self, size: int, end: float | None) -> bytes | None:
        """Exactly ``size`` bytes, or None where the process sends no more. Raises TimeoutError."""
        parts = []
        while size:
            left = None if end is None else max(end - time.monotonic(), 0)
            ready, _, _ = select.select([self._reader], [], [], left)
            if not ready:
                raise TimeoutError
            part = os.read(self._reader, min(size, CHUNK))
            if not part:
                return None
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def stop(self) -> int:
        """End the process where it still goes on; how it ended, as ``os.waitpid`` says it."""
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            _, self._status = os.waitpid(self._pid, 0)
            os.close(self._reader)
            self._pid = 0
        return self._status


def _send(work: Callable[[], tuple[bytes, bytes]], writer: int, parent: int) -> NoReturn:
    """Do the work, send the answer and end this process."""
    code = 1
    try:
        die_with_parent(parent)
        for part in _framed(work):
            view = memoryview(part)
            while view:
                view = view[os.write(writer, view) :]
        code = 0
    # A panic of the engine or Ctrl-C must end it too, or it would go on as a second parent.
    finally:
        os._exit(code)


def _framed(work: Callable[[], tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    try:
        kind, data = work()
    except MemoryError:
        raise
    except Exception as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())
        kind, data = FAULT, told.encode("utf-8", "replace")
    return HEAD.pack(kind, len(data)), data
