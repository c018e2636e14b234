"""Errors that end a run. Findings (``values.Finding``) are for content that is wrong.

::

    MiliaError
    ├── UsageError            exit 2   the command was called wrongly
    ├── ContentError          exit 1   the content cannot be read or has blocking findings
    │   └── GateClosedError   exit 1   the release may not be made
    ├── SurroundingsError     exit 3   a file, port, program or store failed us
    └── LimitError            exit 4   cut by a time or memory limit: the result is unknown
"""

from __future__ import annotations

# Type checkers take this for true; importing `typing` would double the start-up of --version.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from milia_onto.model.values import Finding, Merged


class MiliaError(Exception):
    """One clear line for the user: where, what is wrong, how to mend it."""

    exit_code = 3

    def __init__(self, message: str, *, place: str = "", fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.fix = fix

    def __str__(self) -> str:
        """``place: message; fix`` on one line, whatever the parts hold."""
        where = f"{self.place}: " if self.place else ""
        mend = f"; {self.fix}" if self.fix else ""
        return " ".join(f"{where}{self.message}{mend}".split())


class UsageError(MiliaError):
    """The command was called wrongly."""

    exit_code = 2


class ContentError(MiliaError):
    """The content cannot be read, or it has findings that block."""

    exit_code = 1


def damaged(place: str, message: str = "the file is damaged") -> ContentError:
    """The error for a file of a release that is not what a build writes."""
    fix = "prove the release with milia-onto verify, and take it again"
    return ContentError(message, place=place, fix=fix)


class GateClosedError(ContentError):
    """The gate refused: carries all findings, and the sources they speak of."""

    def __init__(self, findings: tuple[Finding, ...], merged: Merged) -> None:
        self.blocking = tuple(f for f in findings if f.severity == "violation")
        noun = "finding" if len(self.blocking) == 1 else "findings"
        super().__init__(f"{len(self.blocking)} blocking {noun}; no release was written")
        self.findings = findings
        self.merged = merged


class SurroundingsError(MiliaError):
    """A file, a port, a program or a store failed us."""

    exit_code = 3


class LimitError(MiliaError):
    """Cut by a time or memory limit: the result is unknown, never "passed"."""

    exit_code = 4
