"""Runs a command and says what it took: wall time, CPU time, memory of its whole process tree."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = 0.05
PAGE = os.sysconf("SC_PAGE_SIZE")
PR_SET_CHILD_SUBREAPER = 36
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command. Times in seconds, memory in bytes; ``cut`` where the limit ended it."""

    wall: float
    cpu: float
    memory: int
    code: int
    out: bytes
    err: str
    cut: bool


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent was killed, so that their CPU is counted."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _tree(root: int) -> list[int]:
    found = [root]
    for pid in found:
        with suppress(OSError):
            for task in (PROC / str(pid) / "task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def _resident(root: int) -> int:
    total = 0
    for pid in _tree(root):
        with suppress(OSError, IndexError):
            total += int((PROC / str(pid) / "statm").read_text().split()[1]) * PAGE
    return total


class _Watch(threading.Thread):
    """Samples the memory of a process tree, and ends the tree at the time limit."""

    def __init__(self, root: int, limit: float | None) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.end = time.monotonic() + limit if limit else None
        self.peak = 0
        self.cut = False
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(SAMPLE):
            self.peak = max(self.peak, _resident(self.root))
            if self.end and time.monotonic() > self.end:
                self.cut = True
                for pid in _tree(self.root):
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                return


def run(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    limit: float | None = None,
    given: bytes = b"",
) -> Run:
    """Run ``command`` to its end or to ``limit`` seconds; ``given`` is its standard input."""
    with tempfile.TemporaryFile() as given_file, tempfile.TemporaryFile() as out:
        given_file.write(given)
        given_file.seek(0)
        with tempfile.TemporaryFile() as err:
            start = time.perf_counter()
            process = subprocess.Popen(
                list(map(str, command)), cwd=folder, stdin=given_file, stdout=out, stderr=err
            )
            watch = _Watch(process.pid, limit)
            watch.start()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            watch.done.set()
            watch.join()
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024
            with suppress(ChildProcessError):
                while (reaped := os.wait4(-1, os.WNOHANG))[0]:
                    cpu += reaped[2].ru_utime + reaped[2].ru_stime
            out.seek(0)
            err.seek(0)
            return Run(
                wall,
                cpu,
                max(peak, watch.peak),
                process.returncode,
                out.read(),
                err.read().decode("utf-8", "replace"),
                watch.cut,
            )


def stages(run: Run) -> dict[str, float]:
    """The seconds of each stage that a program told on stderr."""
    found: dict[str, float] = {}
    for line in run.err.splitlines():
        parts = line.split(" s  ", 1)
        with suppress(ValueError, IndexError):
            found[parts[1].strip()] = float(parts[0])
    return found


def middle(runs: Sequence[Run]) -> Run:
    """The run of median wall time; of an even number the slower of the two in the middle."""
    found = sorted(runs, key=lambda run: run.wall)[len(runs) // 2]
    return replace(found, cut=any(run.cut for run in runs))
