"""The standard streams, made fit to use: UTF-8 whatever the locale, and there even if closed.

Results must reach their reader or be missed; what is said to a person may be lost in silence.
"""

from __future__ import annotations

import io
import os
import sys

STDERR = 2


class Speech(io.TextIOWrapper):
    """Standard error: a full disk or a closed terminal behind it does not stop a command."""

    def write(self, text: str, /) -> int:
        """Write and flush; where that fails, this and all that follows is dropped."""
        try:
            written = super().write(text)
            super().flush()
        except OSError:
            self._drop()
            return len(text)
        return written

    def flush(self) -> None:
        """Write what is left; where that fails, it is dropped."""
        try:
            super().flush()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), STDERR)


def prepare() -> None:
    """Replace what is closed or written in another encoding; called once, before all else."""
    # What is opened later must not get the number of a standard stream. Nobody may write to the
    # stand-in for standard output: a result that goes nowhere is an error.
    for number, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, mode), True)
    if not isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    if not isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = os.fdopen(STDERR, "w", closefd=False)
    sys.stderr = Speech(sys.stderr.detach(), encoding="utf-8", errors="backslashreplace")
