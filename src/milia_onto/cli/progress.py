"""How far a long command is, in one line of a terminal; nowhere else."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from milia_onto.cli.streams import Speech

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Shows the text that it is called with, instead of the one before; at the end none is left."""

    def tell(text: str) -> None:
        if isinstance(sys.stderr, Speech) and sys.stderr.isatty():
            sys.stderr.restate(text)

    try:
        yield tell
    finally:
        tell("")
