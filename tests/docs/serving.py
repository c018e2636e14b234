"""A documented ``serve`` is started on a free port, and stopped once it says that it serves."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def serves(arguments: Sequence[str]) -> bool:
    return bool(arguments) and arguments[0] == "serve"


def start_and_stop(command: Sequence[str | Path], cwd: Path) -> None:
    with subprocess.Popen(
        [*command, "--port", "0"], cwd=cwd, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        assert server.stderr
        said = server.stderr.readline()
        server.terminate()
    assert said.startswith("serving ")
    assert " at http://127.0.0.1:" in said
    assert server.returncode == 0
