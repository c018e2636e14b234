"""Work done beside other work, on a second core: in a forked process that sends back the result.

A fork has the graph already; a new process would have to read it again. It works on what was there
when it started, whatever is changed meanwhile; without fork the work is done at the start, so that
the outcome is the same.
"""

from __future__ import annotations

import gc
import os
import pickle
from typing import TYPE_CHECKING, Generic, TypeVar

from milia_onto.edges.forked import Forked
from milia_onto.model.errors import LimitError, MiliaError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

T = TypeVar("T")
GOOD, BAD = b"+", b"!"


class Beside(Generic[T]):
    """Work under way: start it, do other work, then ask for the ``result``. Used with ``with``."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Start ``work``; what it returns is sent by pickle.

        Raises SurroundingsError where the system starts no process.
        """
        self._child: Forked | None = None
        self._told: tuple[bytes, bytes] | None = None
        if hasattr(os, "fork"):
            self._child = Forked(lambda: _uncollected(work))
        else:
            self._told = _outcome(work)

    def result(self, limit: float | None = None) -> T:
        """What the work returned; its MiliaError is raised here.

        Raises LimitError after ``limit`` seconds, SurroundingsError where the process died, or the
        work is at fault.
        """
        if self._told is None and self._child is not None:
            try:
                self._told = self._child.answer(limit)
            except TimeoutError:
                fix = "allow more time with --time-limit"
                raise LimitError(f"no answer within {limit:g} s", fix=fix) from None
        if self._told is None:
            fix = "is there enough memory?"
            raise SurroundingsError("a process that did part of the work died", fix=fix)
        kind, data = self._told
        value = pickle.loads(data)
        if kind == BAD:
            raise value
        return value  # type: ignore[no-any-return]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the work, if it still goes on."""
        if self._child is not None:
            self._child.stop()


def _outcome(work: Callable[[], T]) -> tuple[bytes, bytes]:
    """What the work returned, or its MiliaError; any other error is raised."""
    try:
        return GOOD, pickle.dumps(work())
    except MiliaError as error:
        return BAD, pickle.dumps(error)


def _uncollected(work: Callable[[], T]) -> tuple[bytes, bytes]:
    # A collection would write to every page and so copy what is shared.
    gc.disable()
    return _outcome(work)
