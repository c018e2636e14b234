"""The reference validator of HL7, as HAPI brings it, without network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import PROJECT
from tests.jvm.program import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM = PROJECT / "tests" / "fhir" / "Validate.java"


def messages(release: str, files: Sequence[Path], known: Sequence[Path]) -> list[list[str]]:
    """Severity, place and text of every message; ``known`` are resources that others refer to."""
    lines = told("hapi", PROGRAM, [release, *map(str, known)], files, 850)
    read = [line[0] for line in lines if line[1] == "read"]
    assert read == [str(file) for file in files]
    return [line for line in lines if line[1] != "read"]


def problems(release: str, files: Sequence[Path], known: Sequence[Path]) -> list[list[str]]:
    """The messages that are errors."""
    return [line for line in messages(release, files, known) if line[1] in {"error", "fatal"}]
