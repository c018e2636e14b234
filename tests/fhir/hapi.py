"""The reference validator of HL7, as HAPI brings it, without network."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PROJECT = Path(__file__).resolve().parents[2]
JARS = PROJECT / ".cache" / "jvm" / "hapi" / "*"
PROGRAM = PROJECT / "tests" / "fhir" / "Validate.java"


def messages(release: str, files: Sequence[Path], known: Sequence[Path]) -> list[list[str]]:
    """Severity, place and text of every message; ``known`` are resources that others refer to."""
    command = ["java", "-Xmx1500m", "-cp", str(JARS), str(PROGRAM), release, *map(str, known)]
    done = subprocess.run(
        command,
        input="".join(f"{file}\n" for file in files),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=850,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    read = [line[0] for line in lines if line[1] == "read"]
    assert read == [str(file) for file in files]
    return [line for line in lines if line[1] != "read"]


def problems(release: str, files: Sequence[Path], known: Sequence[Path]) -> list[list[str]]:
    """The messages that are errors."""
    return [line for line in messages(release, files, known) if line[1] in {"error", "fatal"}]
