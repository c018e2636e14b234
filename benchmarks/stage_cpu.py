"""The stages of our build in CPU seconds, which other work on the machine does not change much.

HermiT works in a process of its own and is not in these figures.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from milia_onto.edges.files import read_sources, write_release
from milia_onto.model.timer import Timer
from milia_onto.pipeline import make


class CpuTimer(Timer):
    """Counts the CPU time of this process instead of the time on the wall."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.process_time()

    def lap(self, stage: str) -> None:
        now = time.process_time()
        self.seconds[stage] = now - self._last
        self._last = now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--time-limit", type=float, default=300.0)
    args = parser.parse_args()
    gc.disable()
    # What would be done in a forked process is done in this one then, and counted.
    del os.fork
    timer = CpuTimer()
    try:
        sources = read_sources(args.project)
        timer.lap("read")
        made = make(sources, limit=args.time_limit, timer=timer)
        with tempfile.TemporaryDirectory() as folder:
            write_release(Path(folder, "release"), made.files)
            timer.lap("write")
    finally:
        for stage, seconds in timer.seconds.items():
            sys.stderr.write(f"{seconds:8.3f} s  {stage}\n")


if __name__ == "__main__":
    main()
