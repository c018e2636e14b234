"""Work done beside other work, on a second core: in a forked process that sends back the result.

A fork has the graph already; a new process would have to read it again. Where there is no fork,
or where the child dies, the work is done here, so the outcome is the same everywhere.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from milia_onto.edges.confine import die_with_parent
from milia_onto.model.errors import MiliaError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

T = TypeVar("T")
CHUNK = 1 << 20


class Beside(Generic[T]):
    """Work under way: start it, do other work, then ask for the ``result``. Used with ``with``."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Start ``work``; what it returns is sent by pickle."""
        self._work = work
        self._child = 0
        self._reader = -1
        if hasattr(os, "fork"):
            self._start()

    def _start(self) -> None:
        self._reader, writer = os.pipe()
        parent = os.getpid()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._reader)
            _answer(self._work, writer, parent)
        os.close(writer)

    def result(self) -> T:
        """What the work returned; its MiliaError is raised here."""
        if not self._child:
            return self._work()
        try:
            parts = []
            while part := os.read(self._reader, CHUNK):
                parts.append(part)
        finally:
            self._stop()
        try:
            good, value = pickle.loads(b"".join(parts))
        except (EOFError, pickle.UnpicklingError):
            return self._work()
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


def _answer(work: Callable[[], T], writer: int, parent: int) -> None:
    """Send the outcome and end this process; anything but a MiliaError ends it without a word."""
    try:
        die_with_parent(parent)
        # A collection would write to every page and so copy what is shared.
        gc.disable()
        try:
            told = pickle.dumps((True, work()))
        except MiliaError as error:
            told = pickle.dumps((False, error))
        view = memoryview(told)
        while view:
            view = view[os.write(writer, view) :]
    finally:
        os._exit(0)
