"""A Java source file of the tests, run with the jars of a tool that ``install`` fetched."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def told(
    tool: str, program: Path, arguments: Iterable[str], lines: Iterable[object], limit: float
) -> list[list[str]]:
    """The lines that the program writes for ``lines``, each cut at its tabs.

    ``limit`` is the time it may take, in seconds.
    """
    jars = PROJECT / ".cache" / "jvm" / tool / "*"
    done = subprocess.run(
        ["java", "-Xmx1500m", "-cp", str(jars), str(program), *arguments],
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=limit,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [line.split("\t") for line in done.stdout.splitlines()]
