"""Work done beside other work, on a second core: in a forked process that sends back the result.

A fork has the graph already; a new process would have to read it again. It works on what was there
when it started, whatever is changed meanwhile; without fork the work is done at the start, so that
the outcome is the same.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from milia_onto.edges.confine import die_with_parent
from milia_onto.model.errors import MiliaError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

T = TypeVar("T")
CHUNK = 1 << 20


class Beside(Generic[T]):
    """Work under way: start it, do other work, then ask for the ``result``. Used with ``with``."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Start ``work``; what it returns is sent by pickle."""
        self._child = 0
        self._reader = -1
        self._told = b""
        if hasattr(os, "fork"):
            self._start(work)
        else:
            self._told = _outcome(work)

    def _start(self, work: Callable[[], T]) -> None:
        self._reader, writer = os.pipe()
        parent = os.getpid()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._reader)
            _answer(work, writer, parent)
        os.close(writer)

    def result(self) -> T:
        """What the work returned; its MiliaError is raised here.

        Raises SurroundingsError where the process died.
        """
        if self._child:
            parts = []
            while part := os.read(self._reader, CHUNK):
                parts.append(part)
            self._stop()
            self._told = b"".join(parts)
        try:
            good, value = pickle.loads(self._told)
        except (EOFError, pickle.UnpicklingError):
            fix = "is there enough memory?"
            raise SurroundingsError("a process that did part of the work died", fix=fix) from None
        if not good:
            raise value
        return value  # type: ignore[no-any-return]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the work, if it still goes on."""
        self._stop()

    def _stop(self) -> None:
        if self._child:
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            os.close(self._reader)
            self._child = 0


def _outcome(work: Callable[[], T]) -> bytes:
    """What the work returned, or its MiliaError; any other error is raised."""
    try:
        return pickle.dumps((True, work()))
    except MiliaError as error:
        return pickle.dumps((False, error))


def _answer(work: Callable[[], T], writer: int, parent: int) -> None:
    """Send the outcome and end this process; where there is none it ends without a word."""
    try:
        die_with_parent(parent)
        # A collection would write to every page and so copy what is shared.
        gc.disable()
        view = memoryview(_outcome(work))
        while view:
            view = view[os.write(writer, view) :]
    finally:
        os._exit(0)
