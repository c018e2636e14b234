"""What a quick command costs against a bare interpreter."""

from __future__ import annotations

import os
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

BARE = "python -c pass"


def _commands(bin_: Path) -> dict[str, list[str]]:
    tool, python = str(bin_ / "milia-onto"), str(bin_ / "python")
    return {
        BARE: [python, "-c", "pass"],
        "milia-onto --version": [tool, "--version"],
        "milia-onto --help": [tool, "--help"],
        "milia-onto lookup L72.0": [tool, "lookup", "L72.0"],
    }


def _once(command: Sequence[str], null: int) -> tuple[float, float]:
    actions = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], list(command), os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)} failed: run `make build` first")
    return wall, usage.ru_utime + usage.ru_stime


def measure(bin_: Path, repeats: int) -> Mapping[str, tuple[float, float]]:
    """Median wall and CPU seconds of each command; the commands take turns."""
    commands = _commands(bin_)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    null = os.open(os.devnull, os.O_WRONLY)
    for _ in range(repeats):
        for name, command in commands.items():
            taken[name].append(_once(command, null))
    os.close(null)
    return {
        name: (median(wall for wall, _ in runs), median(cpu for _, cpu in runs))
        for name, runs in taken.items()
    }
