"""Seconds spent in each stage of a run."""

from __future__ import annotations

import time


class Timer:
    """Seconds spent in each stage, in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """All time since the last lap belongs to ``stage``."""
        now = time.perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now
