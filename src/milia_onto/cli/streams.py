"""The standard streams, made fit to use: UTF-8 whatever the locale, and there even if closed.

Results must reach their reader or be missed; what is said to a person may be lost in silence.
"""

from __future__ import annotations

import io
import os
import sys

STDERR = 2
# Unicode category Cc, but for the line feed and the tab.
CONTROL = {n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160)) if chr(n) not in "\t\n"}


def visible(text: str) -> str:
    """A text for people; of control characters, which a terminal would obey, the codes."""
    return text.translate(CONTROL)


class Speech(io.TextIOWrapper):
    """Standard error: a full disk or a closed terminal behind it does not stop a command."""

    def write(self, text: str, /) -> int:
        """Write and flush; where that fails, this and all that follows is dropped."""
        self._say(visible(text))
        return len(text)

    def restate(self, text: str) -> None:
        """Write ``text`` over the line of a terminal that is being written."""
        self._say(f"\r\x1b[2K{visible(text)}")

    def _say(self, text: str) -> None:
        try:
            super().write(text)
            super().flush()
        except OSError:
            self._drop()

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
